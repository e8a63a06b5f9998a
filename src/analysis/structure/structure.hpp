// What the questions about the shape of a map share: who supports a need, and how an answer begins.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/explain.hpp"
#include "base/sorted.hpp"

namespace lacuna {

/// A question about the shape of a map, with what all of them begin with. Graph and parameters must outlive it.
struct Inquiry {
  Inquiry(const Graph& graph, const Params& params);

  const Graph& graph;
  const Params& params;
  Situation situation;
  Scope scope;
  std::vector<NodeId> needs;  ///< That it asks about, in natural order.

  /// An answer with its head, which names the question, and its first line.
  [[nodiscard]] Result answer(std::string_view question, std::string title) const;
  /// Where it is asked for, adds `explanation` to a row: what the row says, and each need that it speaks of down to links and
  /// dates. `about` is what the row is about, or empty.
  void explain(Value& row, std::string_view about, std::string_view why, std::span<const NodeId> about_needs) const;
};

/// What one deliverable by itself makes of a need.
struct Support {
  NodeId deliverable{};
  State state = State::published;
  CoverageState alone =
      CoverageState::stale;  ///< The state of the need if nothing else covered it; its state is the best of these.
  double contribution = 0;   ///< Of its strongest link, in [0,1].

  /// False for superseded and withdrawn deliverables and for suspect links.
  [[nodiscard]] bool live() const { return alone <= CoverageState::in_progress; }
};

/// Everything in the scope that counts for a need as of the day, one entry a deliverable, in natural order. O(links of the need).
std::vector<Support> supports_of(const Situation& situation, NodeId need, const Scope& scope = {});

/// The state of a need that nothing in the scope covers: elsewhere where others do, else what searches say. O(links of the need).
CoverageState uncovered_state(const Situation& situation, NodeId need, const Scope& scope);

/// "RC01, RC02 and 5 more": the identifiers of the first few.
std::string names_text(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t most = 6);
/// Identifiers as a list.
Value id_values(const Graph& graph, const std::vector<NodeId>& nodes);
/// {"id", "kind", "title"} of each.
Value node_values(const Graph& graph, const std::vector<NodeId>& nodes);

}  // namespace lacuna
