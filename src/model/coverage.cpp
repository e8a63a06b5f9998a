#include "lacuna/coverage.hpp"

#include <algorithm>
#include <tuple>

namespace lacuna {

Scope::Scope(const Graph& graph, NodeId group) : inside_(graph.size()), group_(group) {
  for (const NodeId d : graph.deliverables_of(group)) inside_[index(d)] = true;
}

Scope::Scope(const Graph& graph, std::span<const NodeId> deliverables) : inside_(graph.size()) {
  for (const NodeId d : deliverables) inside_[index(d)] = true;
}

Situation::Situation(const Graph& graph, const Profile& profile, Day as_of, bool include_suggested)
    : graph_(&graph),
      profile_(&profile),
      as_of_(as_of),
      include_suggested_(include_suggested),
      step_(graph.size(), -1),
      states_(graph.size(), absent) {
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    if (node.kind == Kind::deliverable) {
      const auto life = graph.life(id);
      for (std::size_t s = 0; s < life.size() && life[s].day <= as_of; ++s) step_[i] = static_cast<std::int16_t>(s);
      if (step_[i] < 0) {
        const bool soon = !life.empty() && life.front().day <= years_after(as_of, 4);
        starts_unknown_ += soon && life.front().state == State::published ? 1 : 0;
        continue;
      }
      states_[i] = static_cast<std::uint8_t>(life[static_cast<std::size_t>(step_[i])].state);
      if (!graph.in(id, Relation::supersedes).empty()) states_[i] |= replaceable;
    } else if (is_need(node.kind)) {
      const bool ended =
          std::ranges::any_of(node.dates, [&](const NodeDate& d) { return d.what == "until" && d.date.last_day() < as_of; });
      if (exists(id)) {
        needs_.push_back(id);
      } else if (ended) {
        ++needs_ended_;
      } else {
        ++needs_later_;
      }
    }
  }
}

const Milestone* Situation::milestone(NodeId deliverable) const {
  const auto step = step_[index(deliverable)];
  return step < 0 ? nullptr : &graph_->life(deliverable)[static_cast<std::size_t>(step)];
}

std::optional<State> Situation::state(NodeId deliverable) const {
  const std::uint8_t state = states_[index(deliverable)];
  return state == absent ? std::nullopt : std::optional(static_cast<State>(state & ~replaceable));
}

bool Situation::exists(NodeId id) const {
  const Node& node = graph_->node(id);
  if (node.kind == Kind::deliverable) return step_[index(id)] >= 0;
  // A workshop is prepared before its day and followed up after it; its dates say when it meets, not when it exists.
  if (node.kind == Kind::workshop || node.kind == Kind::session) return true;
  for (const NodeDate& date : node.dates) {
    if (date.what == "since" && date.date.last_day() > as_of_) return false;
    if (date.what == "until" && date.date.last_day() < as_of_) return false;
  }
  return true;
}

std::vector<NodeId> Situation::later_editions(NodeId edition) const {
  std::vector<NodeId> later =
      graph_->reach_against(Relation::supersedes, edition, [&](LinkId l) { return graph_->edge(l).status == Status::asserted; });
  later.erase(later.begin());
  return later;
}

bool Situation::suspect(LinkId covers) const {
  const Edge& link = graph_->edge(covers);
  if (link.status != Status::asserted || link.degree == Degree::none) return false;
  if (link.questioned) return true;
  if (graph_->in(link.from, Relation::supersedes).empty()) return false;
  const auto judged = [&](NodeId edition, Relation relation) {
    // From the end with fewer links: an edition may cover all needs, or all editions one need.
    const auto out = graph_->out(edition, relation);
    const auto in = graph_->in(link.to, relation);
    return std::ranges::any_of(out.size() < in.size() ? out : in, [&](LinkId l) {
      const Edge& e = graph_->edge(l);
      return e.from == edition && e.to == link.to && e.status != Status::suggested;
    });
  };
  bool replaced = false;
  for (const NodeId newer : later_editions(link.from)) {
    const auto newer_state = state(newer);
    if (newer_state && (judged(newer, Relation::covers) || judged(newer, Relation::mentions))) return false;
    replaced = replaced || (newer_state && *newer_state >= State::published);
  }
  return replaced;
}

bool Situation::waits(LinkId covers) const {
  if (!suspect(covers)) return false;
  const Edge& link = graph_->edge(covers);
  if (!link.questioned) return true;
  const auto judged_since = [&](Relation relation) {
    return std::ranges::any_of(graph_->in(link.to, relation), [&](LinkId l) {
      const Edge& e = graph_->edge(l);
      return e.from == link.from && e.status != Status::suggested && !e.questioned;
    });
  };
  return !judged_since(Relation::covers) && !judged_since(Relation::mentions);
}

namespace {

bool is_live(State state) { return state <= State::published; }

}  // namespace

CoverageState verdict(Degree degree, State state, bool suspect) {
  if (suspect || !is_live(state)) return CoverageState::stale;
  if (state != State::published) return CoverageState::in_progress;
  return degree == Degree::full ? CoverageState::covered : CoverageState::partly_covered;
}

namespace {

/// What a deliverable makes of a need for who looks at a scope: what others have that is not stale, is elsewhere.
CoverageState seen_from(const Scope& scope, NodeId deliverable, CoverageState state) {
  if (scope.has(deliverable)) return state;
  return state <= CoverageState::in_progress ? CoverageState::elsewhere : CoverageState::unknown;
}

}  // namespace

State counted_state(State state, bool suspect) { return suspect ? std::max(state, State::superseded) : state; }

double contribution(const Profile& profile, Degree degree, State state, bool suspect) {
  return profile.degree[degree] * profile.maturity[counted_state(state, suspect)];
}

CoverageState Situation::state_of(NodeId need, const Scope& scope) const {
  CoverageState best = graph_->uncovered_state(need);
  const auto arrivals = graph_->arrivals(need, Relation::covers);
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const Arrival& link = arrivals[i];
    if (link.degree == Degree::none || !counts(link.status)) continue;
    const std::uint8_t known = states_[index(link.from)];
    if (known == absent) continue;
    const bool is_suspect = (link.questioned || (known & replaceable) != 0) && suspect(graph_->in(need, Relation::covers)[i]);
    best =
        std::min(best, seen_from(scope, link.from, verdict(link.degree, static_cast<State>(known & ~replaceable), is_suspect)));
  }
  return best;
}

Coverage Situation::coverage(NodeId need, const Scope& scope) const {
  Coverage result;
  result.looked = !graph_->searches_for(need).empty();
  result.state = graph_->uncovered_state(need);
  const auto arrivals = graph_->arrivals(need, Relation::covers);
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const Arrival& link = arrivals[i];
    if (link.degree == Degree::none || !counts(link.status)) continue;
    const std::uint8_t known = states_[index(link.from)];
    if (known == absent) continue;
    const LinkId l = graph_->in(need, Relation::covers)[i];
    const bool is_suspect = (link.questioned || (known & replaceable) != 0) && suspect(l);
    Evidence e{l, link.from, link.degree, static_cast<State>(known & ~replaceable), is_suspect, 0};
    e.contribution = contribution(*profile_, e.degree, e.state, e.suspect);
    result.state = std::min(result.state, seen_from(scope, e.deliverable, verdict(e.degree, e.state, e.suspect)));
    if (scope.has(e.deliverable)) result.evidence.push_back(e);
  }
  // Several verdicts on one deliverable: the strongest speaks.
  std::ranges::stable_sort(result.evidence, {},
                           [](const Evidence& e) { return std::tuple(e.deliverable, -e.contribution, e.degree); });
  // Not std::ranges::unique: its result does not compile with clang 14 on libstdc++ 12.
  const auto repeated = std::unique(result.evidence.begin(), result.evidence.end(),
                                    [](const Evidence& a, const Evidence& b) { return a.deliverable == b.deliverable; });
  result.evidence.erase(repeated, result.evidence.end());
  std::ranges::sort(result.evidence, {}, [](const Evidence& e) { return std::pair(-e.contribution, e.deliverable); });
  double uncovered = 1;
  for (const Evidence& e : result.evidence) uncovered *= 1 - e.contribution;
  result.score = 1 - uncovered;
  return result;
}

int priority_of(const Node& node) { return node.priority.value_or(3); }

Tally tally(const Situation& situation, std::span<const NodeId> needs, const Scope& scope) {
  Tally result;
  double weight = 0;
  for (const NodeId need : needs) {
    if (!situation.exists(need)) continue;
    const Coverage coverage = situation.coverage(need, scope);
    const int priority = priority_of(situation.graph().node(need));
    ++result.needs;
    ++result.by_state[coverage.state];
    result.score += priority * coverage.score;
    weight += priority;
  }
  if (weight > 0) result.score /= weight;
  return result;
}

}  // namespace lacuna
