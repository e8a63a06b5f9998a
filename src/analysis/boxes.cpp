#include "analysis/boxes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "model/state_looks.hpp"

namespace lacuna {

std::string slide_name(const Node& node) {
  const bool bare = node.kind == Kind::topic || node.kind == Kind::term || node.id == node.title;
  return bare ? node.title : fmt::format("{}  {}", node.id, node.title);
}

Box box_of(const Graph& graph, NodeId id, Look::Role role, std::optional<CoverageState> state) {
  const Node& node = graph.node(id);
  Box box;
  box.id = node.id;
  box.lines = {node.id, node.title};
  if (node.id == node.title) box.lines.pop_back();
  if (node.kind == Kind::topic || node.kind == Kind::term) box.lines = {node.title};
  box.look.role = role;
  box.look.state = state;
  return box;
}

Box tally_box(const Situation& situation, const std::string& id, const std::string& title, const std::vector<NodeId>& needs,
              const Scope& scope) {
  Box box;
  box.id = id;
  box.lines = {title};
  box.look.role = Look::Role::need;
  box.tally = tally(situation, needs, scope).by_state;
  return box;
}

Result picture_result(const Situation& situation, const Params& params, std::string title) {
  Result result;
  result.title = title;
  result.head = head_of(situation, params);
  Picture picture;
  picture.title = std::move(title);
  picture.notes = face_notes(situation, params);
  result.picture = std::move(picture);
  return result;
}

GroupPart part_of(const Situation& situation, const std::vector<NodeId>& needs, const Scope& group) {
  GroupPart part;
  for (const NodeId need : needs) {
    bool covered = false;
    for (const LinkId l : situation.graph().in(need, Relation::covers)) {
      const Edge& e = situation.graph().edge(l);
      const auto state = situation.state(e.from);
      if (!situation.counts(l) || e.degree == Degree::none || !group.has(e.from) || !state) continue;
      if (counted_state(*state, situation.suspect(l)) > State::published) continue;
      part.texts.insert(e.from);
      covered = true;
    }
    if (covered) part.needs.push_back(need);
  }
  return part;
}

std::string part_text(const GroupPart& part) {
  if (part.texts.empty()) return "no text on them";
  return fmt::format("{} on {}", count_of(part.texts.size(), "text"), count_of(part.needs.size(), "need"));
}

std::vector<NodeId> uncovered(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope) {
  std::vector<NodeId> result;
  std::ranges::copy_if(needs, std::back_inserter(result), [&](NodeId n) { return !is_live(situation.state_of(n, scope)); });
  return result;
}

std::string uncovered_text(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope) {
  return fmt::format("{} of {} uncovered", uncovered(situation, needs, scope).size(), count_of(needs.size(), "need"));
}

std::string uncovered_legend(const Graph& graph, const Params& params) {
  return params.scope ? fmt::format("Uncovered: no text of {} in force and no draft of it covers the need, in full or in part.",
                                    graph.node(*params.scope).id)
                      : "Uncovered: no text in force and no draft of any group covers the need, in full or in part.";
}

std::vector<NodeId> common(const std::vector<NodeId>& a, const std::vector<NodeId>& b) {
  std::vector<NodeId> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  return both;
}

std::optional<NodeId> acting_group(const Situation& situation, const Params& params, NodeId objective) {
  if (params.scope) return params.scope;
  const Graph& graph = situation.graph();
  for (const std::string& id : graph.info().groups) {
    const NodeId group = graph.find(id);
    for (const LinkId l : graph.out(group, Relation::works_on))
      if (situation.counts(l) && graph.edge(l).to == objective) return group;
  }
  return std::nullopt;
}

}  // namespace lacuna
