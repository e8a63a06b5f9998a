// What pictures are put together from: boxes for nodes, shares of groups, the frame of a picture.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "analysis/columns.hpp"
#include "analysis/explain.hpp"

namespace lacuna {

constexpr std::size_t most_boxes = 12;  ///< In one column of a slide, with two lines of text each.

/// How a slide calls a node: identifier and title; of topics and terms, whose identifiers are the map's own, the title.
std::string slide_name(const Node& node);

Box box_of(const Graph& graph, NodeId id, Look::Role role, std::optional<CoverageState> state = std::nullopt);
/// Needs behind a topic, an objective or a group of rows, as one box with a bar.
Box tally_box(const Situation& situation, const std::string& id, const std::string& title, const std::vector<NodeId>& needs,
              const Scope& scope);

/// A result with a picture that has a title, and on its face day, whose coverage it shows, filters and denominator.
Result picture_result(const Situation& situation, const Params& params, std::string title);

/// What a group does for some needs.
struct GroupPart {
  std::set<NodeId> texts;     ///< Of its deliverables, those in force or under way that cover one of the needs.
  std::vector<NodeId> needs;  ///< Of the needs, those that these cover.
};
/// O(links of the needs).
GroupPart part_of(const Situation& situation, const std::vector<NodeId>& needs, const Scope& group);
/// "3 texts on 2 needs", or "no text on them".
std::string part_text(const GroupPart& part);

/// Of the needs, those that nothing live of the scope covers: no text in force and no draft.
std::vector<NodeId> uncovered(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope);
/// "2 of 19 needs uncovered".
std::string uncovered_text(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope);
/// What "uncovered" means there: a line of a legend.
std::string uncovered_legend(const Graph& graph, const Params& params);

/// Of sorted lists, what is in both.
std::vector<NodeId> common(const std::vector<NodeId>& a, const std::vector<NodeId>& b);

/// The group whose ways forward answer an objective: the scope; without one, the first group that the map lists and that declares
/// to work on it; nothing where there is none.
std::optional<NodeId> acting_group(const Situation& situation, const Params& params, NodeId objective);

}  // namespace lacuna
