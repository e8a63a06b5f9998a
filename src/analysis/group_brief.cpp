#include "analysis/group_brief.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/sorted.hpp"
#include "model/state_looks.hpp"

namespace lacuna {
namespace {

/// Needs that a link ties to a need: what it needs, counters or faces, and what does so with it.
std::vector<NodeId> tied_to(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> tied;
  for (const Relation relation : {Relation::needs, Relation::counters, Relation::faces}) {
    for (const LinkId l : graph.out(need, relation))
      if (situation.counts(l)) tied.push_back(graph.edge(l).to);
    for (const LinkId l : graph.in(need, relation))
      if (situation.counts(l)) tied.push_back(graph.edge(l).from);
  }
  sort_unique(tied);
  return tied;
}

class BriefFinder {
 public:
  BriefFinder(const Situation& situation, const Params& params, NodeId group)
      : s_(situation), graph_(situation.graph()), params_(params), scope_(graph_, group), whole_(graph_.whole(group)) {
    brief_.group = group;
    brief_.active = s_.exists(group);
    params_.scope.reset();
    needs_ = selected_needs(s_, params_);
  }

  GroupBrief run() {
    std::ranges::copy_if(whole_, std::back_inserter(brief_.inside), [&](NodeId g) { return g != brief_.group && s_.exists(g); });
    texts();
    needs();
    fields();
    gaps();
    neighbours();
    liaisons();
    return std::move(brief_);
  }

 private:
  [[nodiscard]] bool own(NodeId group) const { return std::ranges::binary_search(whole_, group); }
  [[nodiscard]] bool asked(NodeId need) const { return std::ranges::binary_search(needs_, need); }

  void texts() {
    for (const NodeId d : graph_.deliverables_of(brief_.group)) {
      const auto state = s_.state(d);
      if (!state) continue;
      texts_.push_back(d);
      (*state < State::published ? brief_.under_way : *state == State::published ? brief_.published : brief_.past).push_back(d);
      const bool covers = std::ranges::any_of(graph_.out(d, Relation::covers), [&](LinkId l) {
        return s_.counts(l) && graph_.edge(l).degree != Degree::none && asked(graph_.edge(l).to);
      });
      if (!covers && *state <= State::published) brief_.without_needs.push_back(d);
    }
  }

  void needs() {
    brief_.tally = tally(s_, needs_, scope_);
    for (const NodeId need : needs_) {
      Coverage inside = s_.coverage(need, scope_);
      if (is_open(inside.state)) continue;
      if (is_live(inside.state)) live_.push_back(need);
      brief_.covers.push_back({need, std::move(inside), s_.state_of(need)});
    }
    std::ranges::stable_sort(brief_.covers, {}, [](const BriefNeed& n) { return n.inside.state; });
  }

  void fields() {
    std::set<NodeId> fields;
    for (const NodeId g : whole_) {
      for (const LinkId l : graph_.out(g, Relation::works_on)) {
        const NodeId field = graph_.edge(l).to;
        if (s_.counts(l) && s_.exists(field)) fields.insert(field);
      }
    }
    brief_.fields.assign(fields.begin(), fields.end());
  }

  void gaps() {
    Params asked = params_;
    asked.kinds = {GapKind::uncovered, GapKind::stale, GapKind::unknown};
    std::vector<std::pair<NodeId, std::vector<NodeId>>> behind;
    for (const NodeId field : brief_.fields) behind.emplace_back(field, needs_behind(s_, field));
    for (const Gap& gap : find_gaps(s_, asked).list) {
      BriefGap found{gap.subject, gap.kind, s_.state_of(gap.subject), gap.rank, {}, {}, {}, {}};
      for (const auto& [field, members] : behind)
        if (std::ranges::binary_search(members, gap.subject)) found.fields.push_back(field);
      for (const Evidence& e : s_.coverage(gap.subject, scope_).evidence) found.once_covered_by.push_back(e.deliverable);
      for (const Mention& mention : mentions_of(s_, gap.subject))
        if (std::ranges::binary_search(texts_, mention.deliverable)) found.mentioned_by.push_back(mention.deliverable);
      std::ranges::set_intersection(tied_to(s_, gap.subject), live_, std::back_inserter(found.beside));
      if (found.near() || !found.fields.empty()) brief_.gaps.push_back(std::move(found));
    }
    std::stable_partition(brief_.gaps.begin(), brief_.gaps.end(), [](const BriefGap& gap) { return gap.near(); });
  }

  void neighbours() {
    const std::vector<NodeId> around = graph_.path(brief_.group);
    std::map<NodeId, std::set<NodeId>> shared;
    for (const NodeId need : live_) {
      for (const LinkId l : graph_.in(need, Relation::covers)) {
        const Edge& e = graph_.edge(l);
        const auto state = s_.state(e.from);
        if (!s_.counts(l) || e.degree == Degree::none || !state || counted_state(*state, s_.suspect(l)) > State::published)
          continue;
        for (const NodeId g : graph_.developers_of(e.from))
          if (!own(g) && std::ranges::find(around, g) == around.end()) shared[g].insert(need);
      }
    }
    const Liaisons liaisons(graph_);
    for (const auto& [group, needs] : shared)
      brief_.neighbours.push_back({group, {needs.begin(), needs.end()}, liaisons.between(brief_.group, group), s_.exists(group)});
    std::ranges::stable_sort(brief_.neighbours, std::greater(), [](const BriefNeighbour& n) { return n.needs.size(); });
  }

  void liaisons() {
    for (const NodeId g : whole_) {
      const auto take = [&](std::span<const LinkId> links, bool outgoing) {
        for (const LinkId l : links) {
          const Edge& e = graph_.edge(l);
          const NodeId other = outgoing ? e.to : e.from;
          if (e.status == Status::asserted && !own(other) && s_.exists(other)) brief_.liaisons.push_back({l, g, other});
        }
      };
      take(graph_.out(g, Relation::liaises_with), true);
      take(graph_.in(g, Relation::liaises_with), false);
    }
    std::ranges::stable_sort(brief_.liaisons, {}, [](const BriefLiaison& l) { return std::pair(l.other, l.own); });
  }

  const Situation& s_;
  const Graph& graph_;
  Params params_;
  Scope scope_;
  std::vector<NodeId> whole_;  ///< The group and those inside it.
  std::vector<NodeId> texts_;  ///< Its deliverables that exist on the day.
  std::vector<NodeId> needs_;  ///< Asked for.
  std::vector<NodeId> live_;   ///< Of these, what it covers with something published or under way.
  GroupBrief brief_;
};

}  // namespace

GroupBrief find_group_brief(const Situation& situation, const Params& params, NodeId group) {
  return BriefFinder(situation, params, group).run();
}

}  // namespace lacuna
