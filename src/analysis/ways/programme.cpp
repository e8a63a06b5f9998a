#include "analysis/ways/programme.hpp"

#include <algorithm>

#include "base/sorted.hpp"

namespace lacuna {

std::vector<NodeId> with_inherited(const Graph& graph, NodeId group) {
  std::vector<NodeId> all = graph.whole(group);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const LinkId l : graph.out(all[i], Relation::supersedes)) {
      if (graph.edge(l).status != Status::asserted) continue;
      for (const NodeId earlier : graph.whole(graph.edge(l).to)) {
        if (std::ranges::find(all, earlier) == all.end()) all.push_back(earlier);
      }
    }
  }
  sort_unique(all);
  return all;
}

std::vector<Holding> holdings_on(const Situation& situation, NodeId need, const Scope& scope) {
  std::vector<Holding> holdings;
  for (const Evidence& e : situation.coverage(need, scope).evidence) {
    if (e.state <= State::published && !e.suspect) holdings.push_back({e.deliverable, e.link, e.degree, e.state});
  }
  return holdings;
}

Programme programme_of(const Situation& situation, const Scope& scope, NodeId group, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  Programme programme{group, 0, 0, {}};
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    const auto state = situation.state(d);
    if (!state || *state > State::published || !scope.has(d)) continue;
    ++(*state == State::published ? programme.published : programme.under_way);
  }
  for (const NodeId need : needs) {
    std::vector<Holding> holdings = holdings_on(situation, need, scope);
    if (!holdings.empty()) programme.on[need] = std::move(holdings);
  }
  return programme;
}

Programme programme_of(const Situation& situation, NodeId group, NodeId us, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  const std::vector<NodeId> our_groups = graph.whole(us);
  std::vector<NodeId> texts;
  for (const NodeId g : with_inherited(graph, group)) {
    if (std::ranges::binary_search(our_groups, g)) continue;
    for (const LinkId l : graph.out(g, Relation::develops)) {
      if (graph.edge(l).status == Status::asserted) texts.push_back(graph.edge(l).to);
    }
  }
  sort_unique(texts);
  return programme_of(situation, Scope(graph, texts), group, needs);
}

Beside beside_each_other(const Programme& ours, const Programme& theirs, const std::vector<NodeId>& needs) {
  Beside beside;
  for (const NodeId need : needs) {
    const bool we = ours.on.contains(need);
    const bool they = theirs.on.contains(need);
    (we && they ? beside.both : we ? beside.ours : they ? beside.theirs : beside.nobody).push_back(need);
  }
  return beside;
}

}  // namespace lacuna
