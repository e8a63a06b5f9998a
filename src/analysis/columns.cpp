#include "analysis/columns.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lacuna {
namespace {

/// Parent of a group, or nothing.
std::optional<NodeId> parent_of(const Graph& graph, NodeId group) {
  const std::vector<NodeId> path = graph.path(group);
  return path.size() < 2 ? std::nullopt : std::optional(path[path.size() - 2]);
}

}  // namespace

std::vector<GroupColumn> group_columns(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope,
                                       std::vector<NodeId> wanted, std::size_t most) {
  const Graph& graph = situation.graph();
  if (wanted.empty() && scope.everything()) {
    for (const std::string& id : graph.info().groups) wanted.push_back(graph.find(id));
  }
  std::vector<bool> covering(graph.size());
  for (const NodeId need : needs) {
    for (const LinkId l : graph.in(need, Relation::covers)) {
      const Edge& e = graph.edge(l);
      if (situation.counts(l) && e.degree != Degree::none && scope.has(e.from)) covering[index(e.from)] = true;
    }
  }

  struct Members {
    std::set<NodeId> covering;
    std::set<NodeId> in_force;
  };
  std::map<NodeId, Members> by_group;
  Members left_over;
  std::map<NodeId, Members*> column_of;  // By developing group: found once.
  const auto members_of = [&](NodeId developer) -> Members& {
    const auto [found, fresh] = column_of.emplace(developer, nullptr);
    if (fresh) {
      std::optional<NodeId> column;
      if (wanted.empty()) column = developer;
      // The nearest wanted group above the developer.
      for (const NodeId group : graph.path(developer)) {
        if (std::ranges::find(wanted, group) != wanted.end()) column = group;
      }
      found->second = column ? &by_group[*column] : &left_over;
    }
    return *found->second;
  };
  for (const NodeId deliverable : graph.of_kind(Kind::deliverable)) {
    const auto state = situation.state(deliverable);
    if (!state || !scope.has(deliverable)) continue;
    const auto add = [&](Members& members) {
      // In natural order: each goes to the end.
      if (*state <= State::published) members.in_force.insert(members.in_force.end(), deliverable);
      if (covering[index(deliverable)]) members.covering.insert(members.covering.end(), deliverable);
    };
    const std::vector<NodeId> developers = graph.developers_of(deliverable);
    if (developers.empty()) add(left_over);
    for (const NodeId developer : developers) add(members_of(developer));
  }
  for (const NodeId group : wanted) by_group[group];
  if (wanted.empty()) std::erase_if(by_group, [](const auto& g) { return g.second.covering.empty(); });

  while (wanted.empty() && by_group.size() + (left_over.covering.empty() ? 0 : 1) > most && !by_group.empty()) {
    const auto smallest = std::ranges::min_element(by_group, {}, [](const auto& g) { return std::pair(g.second.covering.size(), g.first); });
    const auto [group, members] = *smallest;
    by_group.erase(smallest);
    const auto parent = parent_of(graph, group);
    Members& target = parent ? by_group[*parent] : left_over;
    target.covering.insert(members.covering.begin(), members.covering.end());
    target.in_force.insert(members.in_force.begin(), members.in_force.end());
  }

  std::vector<GroupColumn> columns;
  for (const auto& [group, members] : by_group) {
    const bool has_children = std::ranges::any_of(by_group, [&, above = group](const auto& other) {
      const std::vector<NodeId> path = graph.path(other.first);
      return other.first != above && std::ranges::find(path, above) != path.end();
    });
    columns.push_back({group, graph.node(group).id + (has_children ? " (other)" : ""), {members.covering.begin(), members.covering.end()}, members.in_force.size()});
  }
  if (wanted.empty()) {
    std::ranges::stable_sort(columns, [](const GroupColumn& a, const GroupColumn& b) { return a.deliverables.size() > b.deliverables.size(); });
  } else {
    std::ranges::stable_sort(columns, {}, [&](const GroupColumn& c) { return std::ranges::find(wanted, *c.group) - wanted.begin(); });
  }
  if (!left_over.covering.empty()) {
    columns.push_back({std::nullopt, "others", {left_over.covering.begin(), left_over.covering.end()}, left_over.in_force.size()});
  }
  return columns;
}

}  // namespace lacuna
