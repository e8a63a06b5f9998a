#include "analysis/columns.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// What a column counts.
struct Members {
  std::set<NodeId> covering;
  std::set<NodeId> in_force;
};

/// Adds what `from` has, always the smaller to the larger.
void join_into(std::set<NodeId>& to, std::set<NodeId>& from) {
  if (to.size() < from.size()) to.swap(from);
  to.merge(from);
}

/// The small columns are counted with what they are part of, smallest first, until at most so many are left. O(groups · log
/// groups), and steps up from small columns to their parents.
void merge_small(const Graph& graph, std::map<NodeId, Members>& by_group, Members& left_over, std::size_t most) {
  std::set<std::pair<std::size_t, NodeId>> sizes;
  std::vector<bool> has_column(graph.size());
  for (const auto& [group, members] : by_group) {
    sizes.emplace(members.covering.size(), group);
    has_column[index(group)] = true;
  }
  while (!sizes.empty() && sizes.size() + (left_over.covering.empty() ? 0 : 1) > most) {
    const auto [size, group] = *sizes.begin();
    sizes.erase(sizes.begin());
    has_column[index(group)] = false;
    auto column = by_group.extract(group);
    // A parent without a column takes this one over, and hands it on at once while it is the smallest again.
    const auto next = sizes.empty() ? std::pair(~std::size_t{0}, NodeId{}) : *sizes.begin();
    std::optional<NodeId> parent = graph.parent(group);
    while (parent && !has_column[index(*parent)] && std::pair(size, *parent) < next) parent = graph.parent(*parent);
    if (parent && !has_column[index(*parent)]) {
      sizes.emplace(size, *parent);
      has_column[index(*parent)] = true;
      column.key() = *parent;
      by_group.insert(std::move(column));
      continue;
    }
    Members& members = parent ? by_group.at(*parent) : left_over;
    if (parent) sizes.erase({members.covering.size(), *parent});
    join_into(members.covering, column.mapped().covering);
    join_into(members.in_force, column.mapped().in_force);
    if (parent) sizes.emplace(members.covering.size(), *parent);
  }
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

  std::map<NodeId, Members> by_group;
  Members left_over;
  std::map<NodeId, std::size_t> place;  // Among those wanted.
  for (std::size_t i = 0; i < wanted.size(); ++i) place.emplace(wanted[i], i);
  // By group: its own column, or those of all wanted ones that it is inside of with no other between.
  std::vector<std::vector<Members*>> columns_of(graph.size());
  for (const NodeId group : wanted) {
    Members* column = &by_group[group];
    const auto is_new = [&](NodeId inner) {
      const auto& so_far = columns_of[index(inner)];
      return graph.node(inner).kind == Kind::group && !place.contains(inner) && (so_far.empty() || so_far.back() != column);
    };
    columns_of[index(group)] = {column};
    std::vector<NodeId> way{group};
    while (!way.empty()) {
      const NodeId outer = way.back();
      way.pop_back();
      for (const LinkId l : graph.in(outer, Relation::part_of)) {
        const Edge& e = graph.edge(l);
        if (e.status != Status::asserted || !is_new(e.from)) continue;
        columns_of[index(e.from)].push_back(column);
        way.push_back(e.from);
      }
    }
  }
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
    for (const NodeId developer : developers) {
      if (wanted.empty()) {
        add(by_group[developer]);
      } else if (columns_of[index(developer)].empty()) {
        add(left_over);
      } else {
        for (Members* column : columns_of[index(developer)]) add(*column);
      }
    }
  }
  if (wanted.empty()) std::erase_if(by_group, [](const auto& g) { return g.second.covering.empty(); });

  if (wanted.empty()) merge_small(graph, by_group, left_over, most);

  // A group around others with columns says which it leaves to them.
  std::map<NodeId, std::vector<std::string>> parts;
  for (const auto& entry : by_group) {
    for (auto above = graph.parent(entry.first); above; above = graph.parent(*above)) {
      if (!by_group.contains(*above)) continue;
      parts[*above].push_back(graph.node(entry.first).id);
      break;
    }
  }
  const auto label_of = [&](NodeId group) {
    const auto& inside = parts[group];
    return graph.node(group).id + (inside.empty()       ? ""
                                   : inside.size() <= 2 ? fmt::format(" without {}", join(inside, ", "))
                                                        : fmt::format(" without {} groups inside", inside.size()));
  };
  std::vector<GroupColumn> columns;
  for (const auto& [group, members] : by_group) {
    columns.push_back({group, label_of(group), {members.covering.begin(), members.covering.end()}, members.in_force.size()});
  }
  if (wanted.empty()) {
    std::ranges::stable_sort(
        columns, [](const GroupColumn& a, const GroupColumn& b) { return a.deliverables.size() > b.deliverables.size(); });
  } else {
    std::ranges::stable_sort(columns, {}, [&](const GroupColumn& c) { return place.at(*c.group); });
  }
  if (!left_over.covering.empty()) {
    columns.push_back(
        {std::nullopt, "others", {left_over.covering.begin(), left_over.covering.end()}, left_over.in_force.size()});
  }
  return columns;
}

}  // namespace lacuna
