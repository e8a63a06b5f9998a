#include "analysis/paths.hpp"

#include <algorithm>
#include <cassert>
#include <queue>

namespace lacuna {

PathNetwork::PathNetwork(const Situation& situation) {
  const Graph& graph = situation.graph();
  const auto points = [&](Penalty p) { return static_cast<std::uint8_t>(situation.profile().penalty[p]); };
  const std::size_t n = graph.size();
  is_need_.resize(n);
  for (std::size_t i = 0; i < n; ++i) is_need_[i] = lacuna::is_need(graph.node(static_cast<NodeId>(i)).kind);

  // Each link gives an arc at both of its ends: counted first, then put in their places.
  const auto each = [&](auto&& put) {
    for (std::size_t l = 0; l < graph.edges().size(); ++l) {
      const LinkId link = static_cast<LinkId>(l);
      const Edge& edge = graph.edge(link);
      Arc out{static_cast<std::uint32_t>(index(edge.to)), link};
      switch (edge.relation) {
        case Relation::covers: {
          if (edge.degree == Degree::none) continue;
          const auto state = situation.state(edge.from);
          if (!state) continue;
          out.kind = out.back_kind = edge.degree == Degree::full ? Penalty::full : Penalty::partial;
          const bool stale = *state > State::published || situation.suspect(link);
          out.draft = !stale && *state < State::published;
          out.added = stale ? points(Penalty::stale) : out.draft ? points(Penalty::draft) : std::uint8_t{0};
          break;
        }
        case Relation::part_of:
          if (!is_need_[index(edge.from)] || !is_need_[index(edge.to)]) continue;
          out.kind = Penalty::broader;
          out.back_kind = Penalty::narrower;
          break;
        case Relation::maps_to:
          if (edge.degree == Degree::none) continue;
          out.kind = out.back_kind = edge.degree == Degree::full ? Penalty::full : Penalty::partial;
          break;
        case Relation::needs:
        case Relation::counters:
        case Relation::faces: out.kind = out.back_kind = Penalty::related; break;
        case Relation::adopts: out.kind = out.back_kind = Penalty::adopts; break;
        default: continue;
      }
      if (!situation.counts(link) || !situation.exists(edge.from) || !situation.exists(edge.to)) continue;
      out.out = static_cast<std::uint8_t>(points(out.kind) + out.added);
      out.back = static_cast<std::uint8_t>(points(out.back_kind) + out.added);
      Arc in = out;
      in.to = static_cast<std::uint32_t>(index(edge.from));
      std::swap(in.kind, in.back_kind);
      std::swap(in.out, in.back);
      put(index(edge.from), out);
      put(index(edge.to), in);
    }
  };
  start_.assign(n + 1, 0);
  each([&](std::size_t at, const Arc&) { ++start_[at + 1]; });
  for (std::size_t i = 0; i < n; ++i) start_[i + 1] += start_[i];
  arcs_.resize(start_.back());
  std::vector<std::uint32_t> next(start_.begin(), start_.end() - 1);
  each([&](std::size_t at, const Arc& arc) { arcs_[next[at]++] = arc; });
  // By neighbour, so that the first of several equal paths is the first by name. Of several verdicts on one pair, the cheapest is
  // a step.
  const auto covers = [](const Arc& arc) { return arc.kind == Penalty::full || arc.kind == Penalty::partial; };
  std::uint32_t kept = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t first = start_[i];
    const std::uint32_t last = start_[i + 1];
    std::stable_sort(arcs_.begin() + first, arcs_.begin() + last,
                     [](const Arc& a, const Arc& b) { return std::pair(a.to, a.out) < std::pair(b.to, b.out); });
    start_[i] = kept;
    for (std::uint32_t a = first; a < last; ++a) {
      if (kept > start_[i] && arcs_[kept - 1].to == arcs_[a].to && covers(arcs_[kept - 1]) && covers(arcs_[a])) continue;
      arcs_[kept++] = arcs_[a];
    }
  }
  start_[n] = kept;
  arcs_.resize(kept);
}

namespace {

constexpr std::uint32_t one_step = 1;
constexpr unsigned cost_bits = 16;
constexpr int cost_of(std::uint32_t key) { return static_cast<int>(key >> cost_bits); }
constexpr std::uint32_t step_of(int cost) { return (static_cast<std::uint32_t>(cost) << cost_bits) + one_step; }

}  // namespace

PathSearch::PathSearch(const PathNetwork& network, int bound)
    : network_(&network), bound_(bound), key_(2 * network.size(), unreached), buckets_(static_cast<std::size_t>(bound) + 1) {}

/// The states next to a state: `backwards` those from which a path may come, else those to which it may go on.
template <class F>
void PathSearch::each_step(std::uint32_t state, bool backwards, F&& f) const {
  const auto n = static_cast<std::uint32_t>(network_->size());
  const bool far = state >= n;
  const std::uint32_t vertex = far ? state - n : state;
  const bool need = network_->is_need(vertex);
  // From the items outwards: near deliverables, needs, far deliverables. Towards the items: the other way round.
  for (const PathNetwork::Arc& arc : network_->arcs(vertex)) {
    if (arc.kind == Penalty::adopts) {
      f(far ? arc.to + n : arc.to, arc);
    } else if (need) {
      f(network_->is_need(arc.to) || !backwards ? arc.to : arc.to + n, arc);
    } else if (far != backwards) {
      f(arc.to, arc);
    }
  }
}

void PathSearch::improve(std::uint32_t state, Key key) {
  if (cost_of(key) > bound_ || key >= key_[state]) return;
  if (key_[state] == unreached) touched_.push_back(state);
  key_[state] = key;
  buckets_[static_cast<std::size_t>(cost_of(key))].push_back({state, key});
}

void PathSearch::run(std::span<const NodeId> items, Direction direction) {
  for (const std::uint32_t state : touched_) key_[state] = unreached;
  touched_.clear();
  onward_.clear();
  for (const NodeId item : items) improve(static_cast<std::uint32_t>(index(item)), 0);
  for (std::vector<Entry>& bucket : buckets_) {
    // Steps that cost nothing add to the bucket while it is read; the fewest steps win whatever the order.
    for (std::size_t i = 0; i < bucket.size(); ++i) {
      const Entry entry = bucket[i];
      if (entry.key != key_[entry.state]) continue;
      each_step(entry.state, true, [&](std::uint32_t next, const PathNetwork::Arc& arc) {
        improve(next, entry.key + step_of(direction == Direction::toward ? arc.back : arc.out));
      });
    }
    bucket.clear();
  }
}

std::optional<int> PathSearch::cost(NodeId id) const {
  const Key key = std::min(key_[index(id)], key_[index(id) + network_->size()]);
  return key == unreached ? std::nullopt : std::optional(cost_of(key));
}

const PathSearch::Onward& PathSearch::onward(std::uint32_t state) {
  const auto [known, fresh] = onward_.try_emplace(state);
  Onward& first = known->second;
  if (!fresh) return first;
  each_step(state, false, [&](std::uint32_t next, const PathNetwork::Arc& arc) {
    if (first.arc == nullptr && key_[next] != unreached && key_[next] + step_of(arc.out) == key_[state]) first = {next, &arc};
  });
  return first;
}

namespace {

PathStep step_over(const PathNetwork::Arc& arc) {
  PathStep step{static_cast<NodeId>(arc.to), arc.link, arc.kind, {}, arc.out};
  if (arc.added > 0) step.added = arc.draft ? Penalty::draft : Penalty::stale;
  return step;
}

}  // namespace

// Costs and steps fall with every step of a best way: it meets no node twice, and the first that is as good as possible is the
// first of all ways.
std::optional<Path> PathSearch::cheapest(NodeId start) {
  const auto n = static_cast<std::uint32_t>(network_->size());
  auto state = static_cast<std::uint32_t>(index(start));
  if (!network_->is_need(state) && key_[state + n] < key_[state]) state += n;
  if (key_[state] == unreached) return std::nullopt;
  Path path;
  path.start = start;
  path.cost = cost_of(key_[state]);
  while (key_[state] != 0) {
    const Onward& step = onward(state);
    path.steps.push_back(step_over(*step.arc));
    state = step.next;
  }
  return path;
}

std::vector<Path> PathSearch::paths(NodeId start, std::size_t most) {
  if (most == 1) {
    const auto first = cheapest(start);
    return first ? std::vector{*first} : std::vector<Path>();
  }
  // A* with the exact rest of the way: every path that is taken up further is one of the next best.
  struct Part {
    std::uint32_t state;
    std::uint32_t before;  ///< Position in `parts`, or itself at the start.
    const PathNetwork::Arc* arc;
    Key done;
    std::uint32_t steps;
  };
  const auto n = static_cast<std::uint32_t>(network_->size());
  std::vector<Part> parts;
  struct Open {
    Key total;
    std::uint32_t steps;
    std::uint32_t part;
  };
  const auto later = [](const Open& a, const Open& b) {
    if (a.total != b.total) return a.total > b.total;
    if (a.steps != b.steps) return a.steps < b.steps;
    return a.part > b.part;
  };
  std::priority_queue<Open, std::vector<Open>, decltype(later)> open(later);
  const auto add = [&](const Part& part) {
    if (key_[part.state] == unreached || cost_of(part.done + key_[part.state]) > bound_) return;
    parts.push_back(part);
    open.push({part.done + key_[part.state], part.steps, static_cast<std::uint32_t>(parts.size() - 1)});
  };
  const auto vertex = static_cast<std::uint32_t>(index(start));
  add({vertex, 0, nullptr, 0, 0});
  if (!network_->is_need(vertex)) add({vertex + n, 1, nullptr, 0, 0});

  std::vector<Path> result;
  while (!open.empty() && result.size() < most) {
    const std::uint32_t at = open.top().part;
    open.pop();
    const Part part = parts[at];
    if (key_[part.state] == 0) {
      Path path;
      path.start = start;
      path.cost = cost_of(part.done);
      for (std::uint32_t i = at; parts[i].arc != nullptr; i = parts[i].before) {
        path.steps.push_back(step_over(*parts[i].arc));
      }
      std::ranges::reverse(path.steps);
      result.push_back(std::move(path));
      continue;
    }
    const auto been_there = [&](std::uint32_t node) {
      for (std::uint32_t i = at;; i = parts[i].before) {
        if (parts[i].state % n == node) return true;
        if (parts[i].arc == nullptr) return false;
      }
    };
    each_step(part.state, false, [&](std::uint32_t next, const PathNetwork::Arc& arc) {
      if (!been_there(next % n)) add({next, at, &arc, part.done + step_of(arc.out), part.steps + 1});
    });
  }
  return result;
}

}  // namespace lacuna
