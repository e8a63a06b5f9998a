#include <fmt/format.h>

#include <algorithm>

#include "analysis/columns.hpp"
#include "analysis/explain.hpp"
#include "analysis/nesting.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_columns = 12;

/// Rows of the matrix: single needs, or objectives, topics, sessions with the needs behind them.
struct MatrixRow {
  NodeId node{};
  std::vector<NodeId> needs;
};

std::vector<MatrixRow> rows_of(const Situation& situation, const Params& params, const Nesting& nesting, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::vector<MatrixRow> rows;
  const auto among = [&](std::vector<NodeId> list) {
    std::erase_if(list, [&](NodeId id) { return !std::ranges::binary_search(needs, id); });
    return list;
  };
  if (is_need(params.by)) {
    for (const NodeId need : needs) rows.push_back({need, {need}});
  } else {
    for (const NodeId id : graph.of_kind(params.by)) {
      if (params.objective && params.by == Kind::objective && id != *params.objective) continue;
      rows.push_back({id, among(needs_behind(situation, id))});
    }
    // Topics inside a topic follow it.
    std::ranges::stable_sort(rows, {}, [&](const MatrixRow& row) { return nesting.rank(row.node); });
  }
  return rows;
}

/// What the rows are made from. A value by itself, but for the graph.
class RowMaker {
 public:
  RowMaker(Situation situation, Params params, Scope scope, Nesting nesting, const std::vector<GroupColumn>& columns, bool single)
      : situation_(std::move(situation)), params_(std::move(params)), scope_(std::move(scope)), nesting_(std::move(nesting)), single_(single) {
    for (const GroupColumn& c : columns) columns_.push_back({c.label, Scope(situation_.graph(), c.deliverables)});
  }

  [[nodiscard]] Value row_of(const MatrixRow& r) const {
    const Graph& graph = situation_.graph();
    Value row = Value::object();
    row.set("id", graph.node(r.node).id).set("kind", name_of(graph.node(r.node).kind)).set("title", graph.node(r.node).title);
    row.set("depth", nesting_.depth(r.node));
    if (single_) {
      const Coverage coverage = situation_.coverage(r.node, scope_);
      row.set("state", name_of(coverage.state)).set("score", rounded(coverage.score));
    } else {
      const Tally whole = tally(situation_, r.needs, scope_);
      row.set("needs", whole.needs);
      for (std::size_t s = 0; s < whole.by_state.size(); ++s) row.set(words<CoverageState>()[s].name, whole.by_state[s]);
      row.set("score", whole.needs == 0 ? Value() : Value(rounded(whole.score)));
    }
    Value groups = Value::object();
    for (const auto& [key, column] : columns_) {
      if (single_) {
        const CoverageState by_group = situation_.state_of(r.node, column);
        groups.set(key, by_group <= CoverageState::stale ? Value(name_of(by_group)) : Value());
        continue;
      }
      // How many needs of the row the group covers with something that is not stale.
      std::size_t n = 0;
      for (const NodeId need : r.needs) n += situation_.state_of(need, column) <= CoverageState::in_progress;
      groups.set(key, n);
    }
    row.set("groups", std::move(groups));
    if (params_.explain) {
      row.set("explanation", reason_value(single_ ? reason_of(situation_, params_, r.node, situation_.coverage(r.node, scope_))
                                                  : mean_reason(situation_, params_, r.node, r.needs, scope_)));
    }
    return row;
  }

 private:
  Situation situation_;
  Params params_;
  Scope scope_;
  Nesting nesting_;
  std::vector<std::pair<std::string, Scope>> columns_;
  bool single_;
};

}  // namespace

Result query_coverage(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);
  const std::vector<NodeId> needs = selected_needs(situation, params);
  const std::vector<GroupColumn> columns = group_columns(situation, needs, scope, params.columns, most_columns);

  Result result;
  result.schema = "coverage-1";
  result.title = "Coverage";
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  const Tally all = tally(situation, needs, scope);
  result.head.emplace_back("states", tally_value(all));
  result.head.emplace_back("score", rounded(all.score));
  result.summary.push_back(fmt::format("States: {}; priority-weighted score {:.2f}", tally_text(all), all.score));

  const bool single = is_need(params.by);
  result.head.emplace_back("by", single ? Value("need") : Value(name_of(params.by)));
  Value column_list = Value::array();
  for (const GroupColumn& c : columns) {
    Value column = Value::object();
    column.set("label", c.label).set("deliverables", c.deliverables.size());
    column_list.push(std::move(column));
  }
  result.head.emplace_back("columns", std::move(column_list));

  using enum Column::Format;
  Table table{"rows", "", {{"id", single ? "need" : std::string(name_of(params.by)), text}, {"title", "title", text}}, {}};
  if (single) {
    table.columns.push_back({"state", "state", state});
  } else {
    table.columns.push_back({"needs", "needs", number});
    for (const Word& w : words<CoverageState>()) table.columns.push_back({std::string(w.name), std::string(w.name), number});
  }
  table.columns.push_back({"score", "score", score});
  for (const GroupColumn& c : columns) table.columns.push_back({"groups", c.label, single ? state : number, c.label});

  const Nesting nesting(graph);
  std::vector<MatrixRow> rows = rows_of(situation, params, nesting, needs);
  const RowMaker maker{situation, params, scope, nesting, columns, single};
  if (params.on_demand) {
    const std::size_t size = rows.size();
    table.on_demand = {size, [maker, rows = std::move(rows)](std::size_t i) { return maker.row_of(rows[i]); }};
  } else {
    for (const MatrixRow& r : rows) table.rows.push_back(maker.row_of(r));
  }
  if (!single) {
    result.summary.push_back("Group columns count the needs that the group covers in full, in part or with a draft.");
  }
  result.tables.push_back(std::move(table));
  return result;
}

}  // namespace lacuna
