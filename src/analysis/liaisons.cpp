#include "analysis/liaisons.hpp"

#include <algorithm>

namespace lacuna {

Liaisons::Liaisons(const Graph& graph) : graph_(&graph), nesting_(graph), liaised_(graph.size()), forked_(graph.size()) {
  for (const NodeId id : nesting_.order()) {
    const auto parent = graph.parent(id);
    const auto asserted = [&](LinkId l) { return graph.edge(l).status == Status::asserted; };
    const bool liaises = std::ranges::any_of(graph.out(id, Relation::liaises_with), asserted) ||
                         std::ranges::any_of(graph.in(id, Relation::liaises_with), asserted);
    liaised_[index(id)] = liaises ? std::optional(id) : parent ? liaised_[index(*parent)] : std::nullopt;
    forked_[index(id)] = !further_parents(id).empty() ? std::optional(id) : parent ? forked_[index(*parent)] : std::nullopt;
  }
}

std::vector<NodeId> Liaisons::further_parents(NodeId group) const {
  std::vector<NodeId> result;
  for (const LinkId l : graph_->out(group, Relation::part_of)) {
    const Edge& e = graph_->edge(l);
    if (e.status == Status::asserted && graph_->parent(group) != e.to) result.push_back(e.to);
  }
  return result;
}

std::optional<NodeId> Liaisons::next(const std::vector<std::optional<NodeId>>& nearest, NodeId group) const {
  const auto parent = graph_->parent(group);
  return parent ? nearest[index(*parent)] : std::nullopt;
}

bool Liaisons::inside(NodeId part, NodeId whole) const {
  return any_way_up(part, [&](NodeId start) { return nesting_.inside(start, whole); });
}

bool Liaisons::linked(NodeId group, NodeId other) const {
  const auto among = [&](std::span<const LinkId> links, bool outgoing) {
    return std::ranges::any_of(links, [&](LinkId l) {
      const Edge& e = graph_->edge(l);
      return e.status == Status::asserted && inside(other, outgoing ? e.to : e.from);
    });
  };
  return among(graph_->out(group, Relation::liaises_with), true) || among(graph_->in(group, Relation::liaises_with), false);
}

bool Liaisons::between(NodeId a, NodeId b) const {
  return any_way_up(a, [&](NodeId start) {
    for (std::optional<NodeId> at = liaised_[index(start)]; at; at = next(liaised_, *at)) {
      if (linked(*at, b)) return true;
    }
    return false;
  });
}

}  // namespace lacuna
