// Which item of one framework belongs to which of another.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/linking/link_verdicts.hpp"
#include "analysis/linking/linking.hpp"

namespace lacuna {
namespace {

/// The relation between needs of two kinds, and whether it runs from the second to the first. What is not "part of" says more.
struct Membership {
  Relation relation = Relation::part_of;
  bool reversed = false;
};

std::optional<Membership> membership_of(Kind a, Kind b) {
  const auto find = [](Kind from, Kind to) -> std::optional<Relation> {
    for (const Triple& t : allowed_triples()) {
      const bool across = t.relation == Relation::needs || t.relation == Relation::counters || t.relation == Relation::faces;
      if (t.from == from && t.to == to && across) return t.relation;
    }
    return std::nullopt;
  };
  if (const auto forward = find(a, b)) return Membership{*forward, false};
  if (const auto backward = find(b, a)) return Membership{*backward, true};
  if (a == b) return Membership{Relation::part_of, false};
  return std::nullopt;
}

}  // namespace

std::vector<LinkProposal> propose_between(const Situation& situation, const LinkTexts& ground, std::span<const NodeId> a,
                                          std::span<const NodeId> b, std::size_t most, double least) {
  const Graph& graph = situation.graph();
  std::vector<RankCandidate> candidates;
  const std::set<NodeId> second(b.begin(), b.end());
  for (const NodeId id : b) {
    RankCandidate c;
    c.id = graph.node(id).id;
    c.text = graph.node(id).title;
    c.context = graph.node(id).text;
    c.tags = graph.node(id).aliases;
    for (const LinkId l : graph.out(id, Relation::part_of)) c.parents.push_back(graph.node(graph.edge(l).to).title);
    candidates.push_back(std::move(c));
  }
  // What is linked already, in any relation between needs, and what somebody has rejected.
  std::map<NodeId, RankLink> links;
  std::set<std::pair<NodeId, NodeId>> judged;
  for (const Edge& e : graph.edges()) {
    if (!is_need(graph.node(e.from).kind) || !is_need(graph.node(e.to).kind) || e.status == Status::suggested) continue;
    judged.insert({{e.from, e.to}, {e.to, e.from}});
    for (const auto& [item, other] : {std::pair(e.from, e.to), std::pair(e.to, e.from)}) {
      if (!second.contains(other) || second.contains(item)) continue;
      RankLink& link = links[item];
      link.id = graph.node(item).id;
      link.text = graph.node(item).title;
      link.context = graph.node(item).text;
      (e.status == Status::asserted ? link.targets : link.refused).push_back(graph.node(other).id);
    }
  }
  std::vector<RankLink> known;
  for (auto& [id, link] : links) known.push_back(std::move(link));
  const Ranker ranker(std::move(candidates), std::move(known));
  std::vector<RankQuery> queries;
  for (const NodeId id : a) {
    RankQuery query;
    query.id = graph.node(id).id;
    query.text = graph.node(id).title;
    query.context = graph.node(id).text;
    queries.push_back(std::move(query));
  }
  const auto ranked = ranker.rank(queries, 20);
  std::vector<LinkProposal> list;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const Prepared item = ground.comparison->prepare({graph.node(a[i]).title, graph.node(a[i]).text});
    std::vector<LinkProposal> likely;
    for (const Ranked& one : ranked[i]) {
      const NodeId other = b[one.candidate];
      if (other == a[i] || judged.contains({a[i], other})) continue;
      const auto joint = membership_of(graph.node(a[i]).kind, graph.node(other).kind);
      if (!joint) continue;
      LinkProposal p;
      p.relation = joint->relation;
      p.need = joint->reversed ? a[i] : other;
      p.deliverable.node = joint->reversed ? other : a[i];
      p.deliverable.id = graph.node(*p.deliverable.node).id;
      p.deliverable.writing = {graph.node(*p.deliverable.node).title, graph.node(*p.deliverable.node).text};
      p.ranked = one;
      p.overlap = ground.comparison->overlap(item, ground.comparison->prepare({graph.node(other).title, graph.node(other).text}));
      const RankReason reason = ranker.why(queries[i], one.candidate);
      if (reason.nearest) {
        p.like = ranker.links()[*reason.nearest].id;
        p.likeness = reason.nearness;
      }
      p.probability = shy_probability(one, p.overlap, p.likeness);
      if (p.probability < least) continue;
      p.text = text_of_pair(p.deliverable.writing, {graph.node(p.need).title, graph.node(p.need).text});
      likely.push_back(std::move(p));
    }
    std::ranges::stable_sort(likely, [](const LinkProposal& x, const LinkProposal& y) { return x.probability > y.probability; });
    if (likely.size() > most) likely.resize(most);
    std::ranges::move(likely, std::back_inserter(list));
  }
  return list;
}

}  // namespace lacuna
