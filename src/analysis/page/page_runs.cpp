#include "analysis/page/page_runs.hpp"

#include <algorithm>
#include <map>

#include "base/sorted.hpp"

namespace lacuna {
namespace {

/// Days on which a need comes and goes.
std::vector<Day> days_of_need(const Node& node) {
  std::vector<Day> days;
  for (const NodeDate& date : node.dates) {
    if (date.what == "since") days.push_back(date.date.last_day());
    if (date.what == "until") days.push_back(day_of(calendar(date.date.last_day()) + std::chrono::days{1}));
  }
  return days;
}

/// A link that may make a need covered.
bool may_cover(const Graph& graph, LinkId link, bool include_suggested) {
  const Edge& e = graph.edge(link);
  return e.degree != Degree::none && (e.status == Status::asserted || (include_suggested && e.status == Status::suggested));
}

bool same_run(const PageRun& a, const PageRun& b) {
  const auto same_evidence = [](const Evidence& x, const Evidence& y) {
    return x.link == y.link && x.state == y.state && x.suspect == y.suspect;
  };
  return a.state == b.state && std::ranges::equal(a.evidence, b.evidence, same_evidence);
}

void append_run(PageRuns& runs, PageRun run) {
  if (runs.empty() || !same_run(runs.back(), run)) runs.push_back(std::move(run));
}

/// By need, the positions of the days on which its states may change: its own, and those of the deliverables that cover it and of
/// their later editions.
class NeedChanges {
 public:
  NeedChanges(const Graph& graph, const std::vector<Day>& days, bool include_suggested)
      : graph_(graph), days_(days), include_suggested_(include_suggested) {}

  [[nodiscard]] std::vector<std::size_t> of(NodeId need) {
    std::vector<std::size_t> at{0};
    for (const Day day : days_of_need(graph_.node(need))) at.push_back(position(day));
    for (const LinkId l : graph_.in(need, Relation::covers)) {
      if (!may_cover(graph_, l, include_suggested_)) continue;
      const std::vector<std::size_t>& own = of_deliverable(graph_.edge(l).from);
      at.insert(at.end(), own.begin(), own.end());
    }
    sort_unique(at);
    return at;
  }

 private:
  [[nodiscard]] std::size_t position(Day day) const {
    const auto after = std::ranges::upper_bound(days_, day);
    return after == days_.begin() ? 0 : static_cast<std::size_t>(after - days_.begin() - 1);
  }

  const std::vector<std::size_t>& of_deliverable(NodeId deliverable) {
    const auto [known, fresh] = known_.try_emplace(deliverable);
    if (fresh) {
      const auto asserted = [&](LinkId l) { return graph_.edge(l).status == Status::asserted; };
      for (const NodeId edition : graph_.reach_against(Relation::supersedes, deliverable, asserted)) {
        for (const Milestone& m : graph_.life(edition)) known->second.push_back(position(m.day));
      }
      sort_unique(known->second);
    }
    return known->second;
  }

  const Graph& graph_;
  const std::vector<Day>& days_;
  bool include_suggested_;
  std::map<NodeId, std::vector<std::size_t>> known_;
};

PageRun page_run(const Situation& situation, std::size_t day, NodeId need, const Scope& scope) {
  if (!situation.exists(need)) return {day, std::nullopt, 0, {}};
  Coverage coverage = situation.coverage(need, scope);
  return {day, coverage.state, coverage.score, std::move(coverage.evidence)};
}

}  // namespace

std::vector<Day> days_of_change(const Graph& graph, Day own) {
  std::vector<Day> days{own};
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    for (const Milestone& m : graph.life(id)) {
      if (m.day != Day::before_everything) days.push_back(m.day);
    }
    if (!is_need(graph.node(id).kind)) continue;
    const std::vector<Day> more = days_of_need(graph.node(id));
    days.insert(days.end(), more.begin(), more.end());
  }
  sort_unique(days);
  days.insert(days.begin(), day_of(calendar(days.front()) - std::chrono::days{1}));
  return days;
}

std::vector<PageScope> page_scopes(const Graph& graph, bool include_suggested) {
  std::vector<bool> covers(graph.size());
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    covers[index(d)] =
        std::ranges::any_of(graph.out(d, Relation::covers), [&](LinkId l) { return may_cover(graph, l, include_suggested); });
  }
  std::vector<PageScope> scopes{{std::nullopt, "all groups", true}};
  for (const NodeId group : graph.of_kind(Kind::group)) {
    if (std::ranges::any_of(graph.deliverables_of(group), [&](NodeId d) { return covers[index(d)]; }))
      scopes.push_back({group, graph.node(group).id, true});
  }
  return scopes;
}

void find_runs(const Graph& graph, const Profile& profile, bool include_suggested, const std::vector<Day>& days,
               const std::vector<Scope>& sets, std::vector<PageNeed>& needs,
               const std::function<void(const Situation&)>& each_day) {
  NeedChanges changes(graph, days, include_suggested);
  std::vector<std::vector<std::size_t>> on_day(days.size());  // Positions of the needs to look at.
  std::vector<std::vector<std::size_t>> scopes_of(graph.size());
  for (std::size_t s = 1; s < sets.size(); ++s) {
    for (const NodeId d : graph.of_kind(Kind::deliverable)) {
      if (sets[s].has(d)) scopes_of[index(d)].push_back(s);
    }
  }
  for (std::size_t n = 0; n < needs.size(); ++n) {
    for (const std::size_t day : changes.of(needs[n].node)) on_day[day].push_back(n);
    std::vector<std::size_t> scopes;
    for (const LinkId l : graph.in(needs[n].node, Relation::covers)) {
      if (!may_cover(graph, l, include_suggested)) continue;
      const std::vector<std::size_t>& own = scopes_of[index(graph.edge(l).from)];
      scopes.insert(scopes.end(), own.begin(), own.end());
    }
    sort_unique(scopes);
    for (const std::size_t s : scopes) needs[n].own.emplace_back(s, PageRuns{});
  }
  const Scope nobody(graph, std::span<const NodeId>{});
  for (std::size_t day = 0; day < days.size(); ++day) {
    const Situation situation(graph, profile, days[day], include_suggested);
    if (each_day) each_day(situation);
    for (const std::size_t n : on_day[day]) {
      PageNeed& need = needs[n];
      append_run(need.all, page_run(situation, day, need.node, {}));
      append_run(need.none, page_run(situation, day, need.node, nobody));
      for (auto& [scope, runs] : need.own) append_run(runs, page_run(situation, day, need.node, sets[scope]));
    }
  }
}

}  // namespace lacuna
