// Finds what two sides have in common through shared needs, and what each has alone.
#include "analysis/counterparts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "analysis/explain.hpp"
#include "base/identity.hpp"
#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "lacuna/identifier.hpp"

namespace lacuna {

namespace {

/// All needs that were read from a source of that name; none where there is no such source.
Side framework(const Graph& graph, std::string_view name) {
  Side side{std::string(name), "framework", {}};
  const std::string wanted = identity_of(name);
  for (std::size_t i = 0; i < graph.size() && !wanted.empty(); ++i) {
    const Node& node = graph.node(static_cast<NodeId>(i));
    if (!is_need(node.kind) || !has_identity(node.source.name, wanted)) continue;
    side.name = node.source.name;
    side.roots.push_back(static_cast<NodeId>(i));
  }
  return side;
}

}  // namespace

Side side_of(const Graph& graph, std::string_view name) {
  constexpr std::string_view source = "source:";
  if (name.starts_with(source)) {
    Side side = framework(graph, name.substr(source.size()));
    if (side.roots.empty())
      throw Error(
          ErrorCode::not_found, "",
          fmt::format("no need of the map was read from a source called \"{}\"", shortened(name.substr(source.size()), 80)));
    return side;
  }
  const auto comparable = [&](NodeId id) { return graph.node(id).kind != Kind::workshop; };
  std::vector<NodeId> found = graph.named(name);
  std::erase_if(found, [&](NodeId id) { return !comparable(id); });
  if (found.size() == 1) {
    const Node& node = graph.node(found.front());
    return {node.id, std::string(name_of(node.kind)), found};
  }
  if (found.empty()) {
    for (std::size_t i = 0; i < graph.size(); ++i) {
      const Node& node = graph.node(static_cast<NodeId>(i));
      if (node.kind == Kind::topic && identity_of(node.title) == identity_of(name))
        return {node.id, "topic", {static_cast<NodeId>(i)}};
    }
  }
  // All editions of a work: "ISO/IEC 27001", "X.509".
  const std::string key = parse_identifier(name).work();
  Side side{std::string(name), "work", {}};
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    if (parse_identifier(graph.node(d).id).work() == key) side.roots.push_back(d);
  }
  if (!side.roots.empty()) return side;
  // What was read from one source: an imported framework.
  side = framework(graph, name);
  if (!side.roots.empty()) return side;
  static_cast<void>(graph.find(name));  // Says what is wrong.
  throw Error(ErrorCode::not_found, "",
              fmt::format("\"{}\" is a workshop; a group, topic, objective, need, work, catalogue or framework can be compared",
                          shortened(name, 80)));
}

std::span<const Word> comparable_sets() {
  static constexpr Word list[] = {
      {"work", "deliverables that are not part of another, with their parts"},
      {"group", "groups that develop deliverables, each by itself"},
      {"body", "standards bodies with all groups inside them"},
      {"topic", "topics with their needs"},
  };
  return list;
}

std::optional<PathClass> class_of(const Profile& profile, std::optional<int> cost) {
  for (std::size_t c = 0; cost && c < profile.path_class.size(); ++c) {
    if (*cost <= profile.path_class[c]) return static_cast<PathClass>(c);
  }
  return std::nullopt;
}

namespace {

bool is_live(const Situation& situation, NodeId deliverable) {
  const auto state = situation.state(deliverable);
  return state && *state <= State::published;
}

/// A deliverable with parts stands for them, and for itself only where it covers something itself.
void add_parts(const Situation& situation, NodeId deliverable, std::vector<NodeId>& list) {
  const Graph& graph = situation.graph();
  const std::vector<NodeId> parts = graph.whole(deliverable);
  for (const NodeId part : parts) {
    const bool has_parts = std::ranges::any_of(graph.in(part, Relation::part_of), [&](LinkId l) {
      return situation.counts(l) && graph.node(graph.edge(l).from).kind == Kind::deliverable;
    });
    if (!has_parts || !graph.out(part, Relation::covers).empty()) list.push_back(part);
  }
}

SideItems items_of(const Situation& situation, const Side& side, std::optional<Kind> kind) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> all;
  bool in_force_only = side.roots.size() > 1;
  for (const NodeId root : side.roots) {
    switch (graph.node(root).kind) {
      case Kind::group:
        in_force_only = true;
        for (const NodeId deliverable : graph.deliverables_of(root)) add_parts(situation, deliverable, all);
        break;
      case Kind::deliverable: add_parts(situation, root, all); break;
      case Kind::topic:
      case Kind::objective:
      case Kind::session: {
        const std::vector<NodeId> needs = needs_behind(situation, root);
        all.insert(all.end(), needs.begin(), needs.end());
        break;
      }
      default: {
        const std::vector<NodeId> parts = graph.whole(root);
        all.insert(all.end(), parts.begin(), parts.end());
      }
    }
  }
  sort_unique(all);
  if (kind) std::erase_if(all, [&](NodeId id) { return is_need(graph.node(id).kind) && graph.node(id).kind != *kind; });
  const auto in_force = [&](NodeId id) {
    return graph.node(id).kind == Kind::deliverable ? is_live(situation, id) : situation.exists(id);
  };
  // A single work that was replaced can still be compared; of several editions, those in force are.
  if (!in_force_only || std::ranges::none_of(all, in_force)) in_force_only = false;
  SideItems items;
  for (const NodeId id : all) {
    if (in_force_only ? in_force(id) : situation.exists(id)) {
      items.list.push_back(id);
    } else {
      ++items.left_out;
    }
  }
  return items;
}

/// How many of some items are within reach of others. Items with the same steps, which differ in nothing but their names, reach
/// as many: where thousands of texts cover one need, one of them is asked.
class Reach {
 public:
  Reach(const PathNetwork& network, int bound, std::span<const NodeId> to)
      : network_(&network), to_(to), search_(network, bound) {}

  std::size_t operator()(NodeId item) {
    // An item is within its own reach, so it counts whether it is one of those to be reached.
    Steps steps{{static_cast<std::uint32_t>(network_->is_need(static_cast<std::uint32_t>(index(item)))),
                 static_cast<std::uint32_t>(std::ranges::binary_search(to_, item))}};
    for (const PathNetwork::Arc& arc : network_->arcs(static_cast<std::uint32_t>(index(item))))
      steps.emplace_back(arc.to, arc.out << 8U | arc.back);
    const auto [known, fresh] = known_.try_emplace(std::move(steps), 0);
    if (!fresh) return known->second;
    search_.run(std::span(&item, 1), PathSearch::Direction::from);
    known->second =
        static_cast<std::size_t>(std::ranges::count_if(to_, [&](NodeId other) { return search_.cost(other).has_value(); }));
    return known->second;
  }

 private:
  using Steps = std::vector<std::pair<std::uint32_t, std::uint32_t>>;  ///< Kind and side first; then where each step leads, and
                                                                       ///< what it costs there and back.
  const PathNetwork* network_;
  std::span<const NodeId> to_;
  PathSearch search_;
  std::map<Steps, std::size_t> known_;
};

void find_item_ways(const Situation& situation, const CompareParams& params, const PathNetwork& network, SideItems& from,
                    const SideItems& to) {
  const int bound = situation.profile().path_class.back();
  PathSearch toward(network, bound);
  toward.run(to.list, PathSearch::Direction::toward);
  PathSearch outward(network, bound);
  Reach reach(network, bound, to.list);
  for (const NodeId item : from.list) {
    ItemWays one{item, toward.paths(item, std::max<std::size_t>(params.paths, 1)), network.is_linked(item), 0, {}};
    const auto best = one.paths.empty() ? std::nullopt : class_of(situation.profile(), one.paths.front().cost);
    ++from.counts[best ? static_cast<std::size_t>(*best) : 4];
    if (!best && !one.linked) ++from.unlinked;
    if (best && !params.evidence) one.reached = reach(item);
    if (best && params.evidence) {
      outward.run(std::span(&item, 1), PathSearch::Direction::from);
      for (const NodeId other : to.list) {
        if (const auto cost = outward.cost(other)) one.counterparts.emplace_back(*cost, other);
      }
      std::ranges::sort(one.counterparts);
      one.reached = one.counterparts.size();
    }
    from.ways.push_back(std::move(one));
  }
  std::ranges::stable_sort(from.ways, {},
                           [&](const ItemWays& one) { return one.paths.empty() ? bound + 1 : one.paths.front().cost; });
}

bool of_deliverables(const Graph& graph, const SideItems& items) {
  return !items.list.empty() &&
         std::ranges::all_of(items.list, [&](NodeId id) { return graph.node(id).kind == Kind::deliverable; });
}

std::vector<SharedNeed> shared_needs(const Situation& situation, const SideItems& a, const SideItems& b) {
  const Scope in_a(situation.graph(), a.list);
  const Scope in_b(situation.graph(), b.list);
  std::vector<SharedNeed> needs;
  for (const NodeId need : situation.needs()) {
    SharedNeed one{need, situation.coverage(need, in_a), situation.coverage(need, in_b)};
    if (!one.by_a.evidence.empty() || !one.by_b.evidence.empty()) needs.push_back(std::move(one));
  }
  std::ranges::stable_sort(needs, {}, &SharedNeed::who);
  return needs;
}

}  // namespace

Counterparts find_counterparts(const Graph& graph, const CompareParams& params) {
  Counterparts found{Situation(graph, *params.profile, params.as_of, params.include_suggested), {}, {}, {}};
  const Situation& situation = found.situation;
  const PathNetwork network(situation);
  found.a = items_of(situation, params.sides[0], params.items);
  found.b = items_of(situation, params.sides[1], params.items);
  find_item_ways(situation, params, network, found.a, found.b);
  find_item_ways(situation, params, network, found.b, found.a);
  if (of_deliverables(graph, found.a) && of_deliverables(graph, found.b)) found.needs = shared_needs(situation, found.a, found.b);
  return found;
}

namespace {

constexpr std::size_t widest_page = 12;  ///< Columns of the matrix for people: a table wider than any page helps nobody.

std::vector<ItemSet> sets_of(const Situation& situation, const CompareParams& params) {
  const Graph& graph = situation.graph();
  const std::string& what = params.sets;
  std::vector<ItemSet> sets;
  const auto add = [&](NodeId node, std::vector<NodeId> roots) {
    sets.push_back({node, items_of(situation, {graph.node(node).id, what, std::move(roots)}, params.items).list});
  };
  if (what == "work") {
    for (const NodeId id : graph.of_kind(Kind::deliverable)) {
      if (graph.path(id).size() == 1 && is_live(situation, id)) add(id, {id});
    }
  } else if (what == "topic") {
    for (const NodeId id : graph.of_kind(Kind::topic)) add(id, {id});
  } else if (what == "body") {
    for (const NodeId id : graph.of_kind(Kind::group)) {
      if (graph.body_of(id) == id) add(id, {id});
    }
  } else {
    for (const NodeId id : graph.of_kind(Kind::group)) {
      std::vector<NodeId> own;
      for (const LinkId l : graph.out(id, Relation::develops)) {
        if (situation.counts(l) && is_live(situation, graph.edge(l).to)) own.push_back(graph.edge(l).to);
      }
      if (!own.empty()) add(id, std::move(own));
    }
  }
  return sets;
}

/// Most direct counterparts first, then most strong ones, and so on; equal ones by the names of their sets.
bool closer(const SetPair& a, const SetPair& b) {
  return a.counts != b.counts ? a.counts > b.counts : std::pair(a.from, a.to) < std::pair(b.from, b.to);
}

/// The closest of all pairs that are added, whatever their order. Memory: twice as many as are kept.
class ClosestPairs {
 public:
  explicit ClosestPairs(std::size_t most) : most_(most) {}

  void add(std::span<const SetPair> pairs) {
    all_ += pairs.size();
    for (const SetPair& pair : pairs) {
      kept_.push_back(pair);
      if (kept_.size() == 2 * most_) cut();
    }
  }
  [[nodiscard]] std::size_t all() const { return all_; }
  /// The closest first.
  std::vector<SetPair> take() {
    cut();
    std::ranges::sort(kept_, closer);
    return std::move(kept_);
  }

 private:
  void cut() {
    if (kept_.size() <= most_) return;
    std::nth_element(kept_.begin(), kept_.begin() + static_cast<std::ptrdiff_t>(most_), kept_.end(), closer);
    kept_.resize(most_);
  }

  std::size_t most_;
  std::size_t all_ = 0;
  std::vector<SetPair> kept_;
};

/// One search a set, on all cores; memory for what is listed only.
void meet(const PathNetwork& network, std::size_t listed, MeetingSets& result) {
  const Profile& profile = result.situation.profile();
  const std::vector<ItemSet>& sets = result.sets;
  const std::size_t n = sets.size();
  const bool matrix = result.wants_matrix && n <= widest_matrix;
  if (matrix) result.reached.resize(n * n);
  ClosestPairs closest(listed);
  std::mutex mutex;
  on_all_cores(n, [&] {
    return [&, search = PathSearch(network, profile.path_class.back()), column = std::vector<SetPair>()](std::size_t to) mutable {
      search.run(sets[to].items, PathSearch::Direction::toward);
      column.clear();
      for (std::size_t from = 0; from < n; ++from) {
        SetPair pair{{}, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
        for (const NodeId item : sets[from].items) {
          const auto c = class_of(profile, search.cost(item));
          ++pair.counts[c ? static_cast<std::size_t>(*c) : 4];
        }
        const std::size_t found = sets[from].items.size() - pair.counts[4];
        if (matrix) result.reached[from * n + to] = static_cast<std::uint32_t>(found);
        if (from != to && found > 0) column.push_back(pair);
      }
      const std::lock_guard lock(mutex);
      closest.add(column);
    };
  });
  result.met = closest.all();
  result.pairs = closest.take();
}

}  // namespace

MeetingSets find_meeting_sets(const Graph& graph, const CompareParams& params) {
  MeetingSets found{Situation(graph, *params.profile, params.as_of, params.include_suggested), {}, 0, {}, 0, false, {}};
  const PathNetwork network(found.situation);
  found.sets = sets_of(found.situation, params);
  found.unlinked = std::erase_if(found.sets, [&](const ItemSet& set) {
    return std::ranges::none_of(set.items, [&](NodeId id) { return network.is_linked(id); });
  });
  found.wants_matrix = params.evidence || found.sets.size() <= widest_page;
  meet(network, rows_shown(most_pairs_listed, params), found);
  return found;
}

}  // namespace lacuna
