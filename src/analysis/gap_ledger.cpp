#include "analysis/gap_ledger.hpp"

#include <algorithm>

namespace lacuna {

GapLedger::GapLedger(Graph& graph, const Situation& situation, const Params& params)
    : graph_(graph), situation_(situation), params_(params), finder_(situation, params) {
  rebuild();
}

void GapLedger::enter(const Gap& gap) {
  order_.insert(&gap);
  ++counts_[gap.kind];
}

void GapLedger::leave(const Gap& gap) {
  order_.erase(&gap);
  --counts_[gap.kind];
}

void GapLedger::rebuild() {
  order_.clear();
  counts_ = {};
  by_need_.clear();
  needs_of_pair_.clear();
  by_pair_.clear();
  objectives_.clear();
  finder_ = GapFinder(situation_, params_);
  for (const NodeId need : selected_needs(situation_, params_)) {
    NeedGaps& own = by_need_[need];
    finder_.find(need, own);
    for (const Gap& gap : own.gaps) enter(gap);
    for (const GroupPair& pair : own.pairs) needs_of_pair_[pair].insert(need);
  }
  for (const auto& entry : needs_of_pair_) update(entry.first);
  update_objectives();
}

void GapLedger::update_objectives() {
  for (const Gap& gap : objectives_) leave(gap);
  objectives_ = finder_.of_objectives();
  for (const Gap& gap : objectives_) enter(gap);
}

void GapLedger::update(const GroupPair& pair) {
  if (const auto old = by_pair_.find(pair); old != by_pair_.end()) {
    leave(old->second);
    by_pair_.erase(old);
  }
  const std::set<NodeId>& needs = needs_of_pair_[pair];
  if (auto gap = finder_.unliaised(pair, {needs.begin(), needs.end()}))
    enter(by_pair_.emplace(pair, std::move(*gap)).first->second);
}

void GapLedger::update(NodeId need) {
  const auto found = by_need_.find(need);
  if (found == by_need_.end()) return;  // Not asked for, or not there on the day.
  NeedGaps& own = found->second;
  for (const Gap& gap : own.gaps) leave(gap);
  const std::vector<GroupPair> before = std::move(own.pairs);
  own.pairs.clear();
  finder_.find(need, own);
  for (const Gap& gap : own.gaps) enter(gap);
  std::set<GroupPair> changed;
  std::ranges::set_symmetric_difference(before, own.pairs, std::inserter(changed, changed.end()));
  for (const GroupPair& pair : changed) {
    std::set<NodeId>& needs = needs_of_pair_[pair];
    if (needs.erase(need) == 0) needs.insert(need);
    update(pair);
  }
}

void GapLedger::touched(const Edge& edge) {
  switch (edge.relation) {
    case Relation::covers:  // Which is near the needs beside it, too.
      for (const Relation relation : {Relation::needs, Relation::counters, Relation::faces}) {
        for (const LinkId l : graph_.out(edge.to, relation)) update(graph_.edge(l).to);
        for (const LinkId l : graph_.in(edge.to, relation)) update(graph_.edge(l).from);
      }
      return update(edge.to);
    case Relation::mentions: return update(edge.to);
    case Relation::needs:
    case Relation::counters:
    case Relation::faces: update(edge.from); return update(edge.to);
    case Relation::serves:
      if (params_.objective) return rebuild();
      update(edge.from);
      return update_objectives();
    case Relation::maps_to:
    case Relation::discusses:
    case Relation::amends:
    case Relation::references: return;
    // Who develops, liaises or supersedes what concerns many needs at once, and comes seldom.
    default: return rebuild();
  }
}

void GapLedger::judge(LinkId link, Degree degree, Status status) {
  graph_.judge(link, degree, status);
  touched(graph_.edge(link));
}

LinkId GapLedger::add(const Edge& edge) {
  const LinkId link = graph_.add(edge);
  touched(edge);
  return link;
}

std::vector<const Gap*> GapLedger::first(std::size_t most) const {
  std::vector<const Gap*> result;
  for (const Gap* gap : order_) {
    if (result.size() == most) break;
    result.push_back(gap);
  }
  return result;
}

}  // namespace lacuna
