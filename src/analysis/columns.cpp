#include "analysis/columns.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace lacuna {
namespace {

/// Parent of a group, or nothing.
std::optional<NodeId> parent_of(const Graph& graph, NodeId group) {
  for (const LinkId l : graph.out(group, Relation::part_of)) {
    if (graph.edge(l).status == Status::asserted) return graph.edge(l).to;
  }
  return std::nullopt;
}

}  // namespace

std::vector<GroupColumn> group_columns(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope,
                                       std::vector<NodeId> wanted, std::size_t most) {
  const Graph& graph = situation.graph();
  if (wanted.empty() && scope.everything()) {
    for (const std::string& id : graph.info().groups) wanted.push_back(graph.find(id));
  }
  std::set<NodeId> covering;
  for (const NodeId need : needs) {
    for (const LinkId l : graph.in(need, Relation::covers)) {
      const Edge& e = graph.edge(l);
      if (situation.counts(l) && e.degree != Degree::none && scope.has(e.from) && situation.state(e.from)) covering.insert(e.from);
    }
  }

  std::map<NodeId, std::set<NodeId>> by_group;  // group → deliverables
  std::set<NodeId> left_over;
  for (const NodeId deliverable : covering) {
    const std::vector<NodeId> developers = graph.developers_of(deliverable);
    if (developers.empty()) left_over.insert(deliverable);
    for (const NodeId developer : developers) {
      std::optional<NodeId> column = developer;
      // The nearest wanted group above the developer.
      while (!wanted.empty() && column && std::ranges::find(wanted, *column) == wanted.end()) column = parent_of(graph, *column);
      if (column) {
        by_group[*column].insert(deliverable);
      } else {
        left_over.insert(deliverable);
      }
    }
  }
  for (const NodeId group : wanted) by_group[group];

  while (wanted.empty() && by_group.size() + (left_over.empty() ? 0 : 1) > most && !by_group.empty()) {
    const auto smallest = std::ranges::min_element(by_group, {}, [](const auto& g) { return std::pair(g.second.size(), g.first); });
    const auto [group, deliverables] = *smallest;
    by_group.erase(smallest);
    const auto parent = parent_of(graph, group);
    auto& target = parent ? by_group[*parent] : left_over;
    target.insert(deliverables.begin(), deliverables.end());
  }

  std::vector<GroupColumn> columns;
  for (const auto& [group, deliverables] : by_group) {
    const bool has_children = std::ranges::any_of(by_group, [&](const auto& other) {
      for (auto up = parent_of(graph, other.first); up; up = parent_of(graph, *up)) {
        if (*up == group) return true;
      }
      return false;
    });
    columns.push_back({group, graph.node(group).id + (has_children ? " (other)" : ""), {deliverables.begin(), deliverables.end()}});
  }
  if (wanted.empty()) {
    std::ranges::stable_sort(columns, [](const GroupColumn& a, const GroupColumn& b) { return a.deliverables.size() > b.deliverables.size(); });
  } else {
    std::ranges::stable_sort(columns, {}, [&](const GroupColumn& c) { return std::ranges::find(wanted, *c.group) - wanted.begin(); });
  }
  if (!left_over.empty()) columns.push_back({std::nullopt, "others", {left_over.begin(), left_over.end()}});
  return columns;
}

}  // namespace lacuna
