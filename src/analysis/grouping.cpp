#include "analysis/grouping.hpp"

#include <algorithm>

#include "base/sorted.hpp"
#include "text/tf_idf.hpp"

namespace lacuna {
namespace {

/// Ends of the links of a relation that count and exist on the day, added to `result`.
void add_ends(std::vector<NodeId>& result, const Situation& situation, std::span<const LinkId> links, bool outgoing) {
  for (const LinkId l : links) {
    const NodeId end = outgoing ? situation.graph().edge(l).to : situation.graph().edge(l).from;
    if (situation.counts(l) && situation.exists(end)) result.push_back(end);
  }
}

/// Shared members as a share of all members; 0 for two empty sets.
double jaccard(const std::vector<NodeId>& a, const std::vector<NodeId>& b) {
  std::vector<NodeId> both;
  std::ranges::set_intersection(a, b, std::back_inserter(both));
  const std::size_t all = a.size() + b.size() - both.size();
  return all == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(all);
}

bool share(const std::vector<NodeId>& a, const std::vector<NodeId>& b) {
  return std::ranges::any_of(a, [&](NodeId id) { return std::ranges::binary_search(b, id); });
}

}  // namespace

std::vector<NodeId> threats_behind(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> result;
  if (graph.node(need).kind == Kind::threat) result.push_back(need);
  add_ends(result, situation, graph.out(need, Relation::faces), true);
  add_ends(result, situation, graph.out(need, Relation::counters), true);
  sort_unique(result);
  return result;
}

std::vector<NodeId> use_cases_behind(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> result;
  if (graph.node(need).kind == Kind::use_case) result.push_back(need);
  add_ends(result, situation, graph.in(need, Relation::needs), false);
  add_ends(result, situation, graph.in(need, Relation::faces), false);
  sort_unique(result);
  return result;
}

Affinities::Affinities(const Situation& situation, const std::vector<NodeId>& needs) : profile_(&situation.profile()) {
  const Graph& graph = situation.graph();
  std::vector<std::string> texts;
  for (const NodeId need : needs) texts.push_back(graph.node(need).title + ". " + graph.node(need).text);
  const TfIdf wording(texts);
  for (std::size_t i = 0; i < needs.size(); ++i) {
    Traits t;
    add_ends(t.topics, situation, graph.out(needs[i], Relation::part_of), true);
    sort_unique(t.topics);
    t.above = t.topics;
    for (std::size_t k = 0; k < t.above.size(); ++k) {
      std::vector<NodeId> parents;
      add_ends(parents, situation, graph.out(t.above[k], Relation::part_of), true);
      for (const NodeId parent : parents) {
        if (std::ranges::find(t.above, parent) == t.above.end()) t.above.push_back(parent);
      }
    }
    sort_unique(t.above);
    t.threats = threats_behind(situation, needs[i]);
    t.use_cases = use_cases_behind(situation, needs[i]);
    t.words = wording.vector(texts[i]);
    traits_.push_back(std::move(t));
  }
}

double Affinities::one(Affinity affinity, std::size_t i, std::size_t j) const {
  const Traits& a = traits_[i];
  const Traits& b = traits_[j];
  switch (affinity) {
    case Affinity::topic: return share(a.topics, b.topics) ? 1 : share(a.above, b.above) ? 0.3 : 0;
    case Affinity::threats: return jaccard(a.threats, b.threats);
    case Affinity::use_cases: return jaccard(a.use_cases, b.use_cases);
    case Affinity::wording: return TfIdf::similarity(a.words, b.words);
  }
  return 0;
}

double Affinities::between(std::size_t i, std::size_t j) const {
  double sum = 0;
  double weights = 0;
  for (std::size_t k = 0; k < profile_->affinity.size(); ++k) {
    sum += profile_->affinity[k] * one(static_cast<Affinity>(k), i, j);
    weights += profile_->affinity[k];
  }
  return weights > 0 ? sum / weights : 0;
}

std::vector<std::vector<std::size_t>> grouped(const Affinities& affinities, std::size_t needs, const Profile& profile) {
  std::vector<std::vector<std::size_t>> groups;
  std::vector<std::vector<double>> mean(needs, std::vector<double>(needs, 0));
  for (std::size_t i = 0; i < needs; ++i) {
    groups.push_back({i});
    for (std::size_t j = 0; j < i; ++j) mean[i][j] = mean[j][i] = affinities.between(i, j);
  }
  while (true) {
    std::size_t a = 0;
    std::size_t b = 0;
    double best = profile.grouping_threshold;
    for (std::size_t i = 0; i < groups.size(); ++i) {
      for (std::size_t j = i + 1; j < groups.size(); ++j) {
        if (groups[i].empty() || groups[j].empty()) continue;
        if (groups[i].size() + groups[j].size() > static_cast<std::size_t>(profile.grouping_largest)) continue;
        if (mean[i][j] > best || (b == 0 && mean[i][j] >= best)) {
          best = mean[i][j];
          a = i;
          b = j;
        }
      }
    }
    if (b == 0) break;
    // Lance–Williams for average linkage: the mean over all pairs, without looking at the pairs again.
    const auto na = static_cast<double>(groups[a].size());
    const auto nb = static_cast<double>(groups[b].size());
    for (std::size_t k = 0; k < groups.size(); ++k) mean[a][k] = mean[k][a] = (na * mean[a][k] + nb * mean[b][k]) / (na + nb);
    groups[a].insert(groups[a].end(), groups[b].begin(), groups[b].end());
    groups[b].clear();
  }
  std::erase_if(groups, [](const auto& g) { return g.empty(); });
  for (auto& g : groups) std::ranges::sort(g);
  return groups;
}

}  // namespace lacuna
