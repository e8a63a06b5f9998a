// Needs, or what stands for many of them, against groups: counted once, for listings, pictures and decks.
#pragma once

#include <string>
#include <vector>

#include "analysis/columns.hpp"
#include "analysis/explain.hpp"
#include "analysis/nesting.hpp"
#include "model/state_looks.hpp"

namespace lacuna {

/// Needs of a row by their state.
struct MatrixCell {
  EnumArray<CoverageState, std::size_t> by_state{};

  /// How many are covered in full, in part or with a draft.
  [[nodiscard]] std::size_t live() const {
    std::size_t n = 0;
    for (const CoverageState state : all_of<CoverageState>()) n += is_live(state) ? by_state[state] : 0;
    return n;
  }
  /// The best state of one of them; unknown for none.
  [[nodiscard]] CoverageState best() const;
};

struct MatrixRow {
  NodeId node{};
  std::size_t depth = 0;      ///< How many nodes it is inside of.
  std::vector<NodeId> needs;  ///< Of the needs asked for, those behind it; a need by itself.
};

/// A value by itself, but for the graph and the profile.
class CoverageMatrix {
 public:
  /// Rows for the nodes of kind `by` (objective, topic, session; only those of `nodes` where it has any), or for each of the
  /// needs where that is a kind of needs; a topic is followed by the topics inside it. Only `needs` count.
  CoverageMatrix(Situation situation, Kind by, std::vector<NodeId> needs, const std::vector<NodeId>& nodes,
                 std::vector<GroupColumn> columns);

  [[nodiscard]] const Situation& situation() const { return situation_; }
  [[nodiscard]] Kind by() const { return by_; }
  /// Rows are single needs.
  [[nodiscard]] bool single() const { return is_need(by_); }
  [[nodiscard]] const std::vector<NodeId>& needs() const { return needs_; }
  [[nodiscard]] const std::vector<MatrixRow>& rows() const { return rows_; }
  [[nodiscard]] const std::vector<GroupColumn>& columns() const { return columns_; }
  /// What a column's deliverables cover of a row. O(links of its needs).
  [[nodiscard]] MatrixCell cell(const MatrixRow& row, std::size_t column) const;
  /// The same for a whole scope.
  [[nodiscard]] MatrixCell cell(const MatrixRow& row, const Scope& scope) const;

 private:
  Situation situation_;
  Kind by_;
  std::vector<NodeId> needs_;
  std::vector<MatrixRow> rows_;
  std::vector<GroupColumn> columns_;
  std::vector<Scope> scopes_;  ///< Of the columns.
};

/// The matrix that a question asks for: rows by `params.by`, columns for `params.columns` or the groups that cover most, a dozen.
CoverageMatrix coverage_matrix(const Graph& graph, const MatrixParams& params);

/// An answer about its needs in `params.scope`, with its columns in the head, and no table yet.
Result coverage_answer(const CoverageMatrix& matrix, const Params& params);
/// The matrix as a table.
Table coverage_table(CoverageMatrix matrix, const Params& params);

}  // namespace lacuna
