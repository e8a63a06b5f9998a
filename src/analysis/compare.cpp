// What two sides have in common through shared needs, and what each has alone.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "analysis/explain.hpp"
#include "analysis/paths.hpp"
#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "lacuna/identifier.hpp"

namespace lacuna {

namespace {

/// All needs that were read from a source of that name; none where there is no such source.
Side framework(const Graph& graph, std::string_view name) {
  Side side{std::string(name), "framework", {}};
  const std::string wanted = lower(name);
  for (std::size_t i = 0; i < graph.size() && !wanted.empty(); ++i) {
    const Node& node = graph.node(static_cast<NodeId>(i));
    if (!is_need(node.kind) || lower(node.source.name) != wanted) continue;
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
      if (node.kind == Kind::topic && lower(node.title) == lower(name)) return {node.id, "topic", {static_cast<NodeId>(i)}};
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

namespace {

/// A side as it stands on the day.
struct Items {
  std::vector<NodeId> list;  ///< In natural order.
  std::size_t left_out = 0;  ///< Not there on the day, or replaced.
};

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

Items items_of(const Situation& situation, const Side& side, std::optional<Kind> kind) {
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
  Items items;
  for (const NodeId id : all) {
    if (in_force_only ? in_force(id) : situation.exists(id)) {
      items.list.push_back(id);
    } else {
      ++items.left_out;
    }
  }
  return items;
}

/// Nothing for a cost beyond the bound.
std::optional<PathClass> class_of(const Profile& profile, std::optional<int> cost) {
  for (std::size_t c = 0; cost && c < profile.path_class.size(); ++c) {
    if (*cost <= profile.path_class[c]) return static_cast<PathClass>(c);
  }
  return std::nullopt;
}

std::string class_name(std::optional<PathClass> c) { return c ? std::string(name_of(*c)) : "none"; }

/// Items by class; the last counts those without counterpart.
using ClassCounts = std::array<std::size_t, 5>;

std::string counts_text(const ClassCounts& counts) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    if (counts[c] > 0) parts.push_back(fmt::format("{} {}", counts[c], c < 4 ? words<PathClass>()[c].name : "none"));
  }
  return parts.empty() ? "no items" : join(parts, ", ");
}

void set_counts(Value& value, const ClassCounts& counts) {
  for (std::size_t c = 0; c < 4; ++c) value.set(words<PathClass>()[c].name, counts[c]);
  value.set("none", counts[4]);
}

std::string penalty_text(const PathStep& step) {
  return step.added ? fmt::format("{} + {}", name_of(step.kind), name_of(*step.added)) : std::string(name_of(step.kind));
}

/// "covers RC27 (full 0) · is covered by ISO/IEC 24029-1 (partial 1)".
std::string path_text(const Graph& graph, const Path& path) {
  if (path.steps.empty()) return "on both sides";
  std::vector<std::string> parts;
  NodeId at = path.start;
  for (const PathStep& step : path.steps) {
    parts.push_back(fmt::format("{} {} ({} {})", phrase(graph.edge(step.link).relation, graph.edge(step.link).from == at),
                                graph.node(step.to).id, penalty_text(step), step.cost));
    at = step.to;
  }
  return join(parts, " · ");
}

Value path_value(const Graph& graph, const Path& path) {
  Value steps = Value::array();
  NodeId at = path.start;
  for (const PathStep& step : path.steps) {
    const Edge& edge = graph.edge(step.link);
    Value value = Value::object();
    value.set("relation", name_of(edge.relation)).set("direction", edge.from == at ? "out" : "in");
    value.set("node", node_value(graph, step.to));
    if (edge.relation == Relation::covers) value.set("degree", name_of(edge.degree));
    value.set("penalty", penalty_text(step)).set("cost", step.cost);
    add_link(value, graph, step.link);
    steps.push(std::move(value));
    at = step.to;
  }
  return steps;
}

Reason path_reason(const Situation& situation, const CompareParams& params, const Path& path) {
  const Graph& graph = situation.graph();
  std::vector<std::string> sum;
  for (const PathStep& step : path.steps) sum.push_back(std::to_string(step.cost));
  Reason reason{fmt::format("{} → {}: {}{} points, {}", graph.node(path.start).id, graph.node(path.end()).id,
                            sum.size() > 1 ? join(sum, " + ") + " = " : "", path.cost,
                            class_name(class_of(situation.profile(), path.cost)))};
  NodeId at = path.start;
  if (path.steps.empty()) reason.because.push_back({"the item is on both sides"});
  for (const PathStep& step : path.steps) {
    const Edge& edge = graph.edge(step.link);
    std::string weights = fmt::format("{} {}", name_of(step.kind), situation.profile().penalty[step.kind]);
    if (step.added) weights += fmt::format(" + {} {}", name_of(*step.added), situation.profile().penalty[*step.added]);
    Reason one{fmt::format("{} {} {}: {} = {}", graph.node(at).id, phrase(edge.relation, edge.from == at), graph.node(step.to).id,
                           weights, step.cost)};
    one.because.push_back(reason_of(graph, step.link));
    if (edge.relation == Relation::covers) one.because.push_back(life_reason(situation, params, edge.from));
    reason.because.push_back(std::move(one));
    at = step.to;
  }
  return reason;
}

/// Why no path can begin at an item.
std::string why_unlinked(const Situation& situation, NodeId item) {
  const Graph& graph = situation.graph();
  if (graph.node(item).kind != Kind::deliverable) return "nothing covers it, and no other need is linked to it";
  std::vector<std::string> mentioned;
  for (const LinkId l : graph.out(item, Relation::mentions)) {
    if (situation.counts(l)) mentioned.push_back(graph.node(graph.edge(l).to).id);
  }
  return mentioned.empty() ? "it covers nothing on the map"
                           : fmt::format("it covers nothing on the map; it only mentions {}", join(mentioned, ", "));
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

/// One direction of a comparison.
struct Direction {
  Table table;
  ClassCounts counts{};
  std::size_t unlinked = 0;  ///< Items without counterpart from which no path can begin at all.
};

Direction compare_one_way(const Situation& situation, const CompareParams& params, const PathNetwork& network, const Items& from,
                          const Items& to, std::string name, std::string caption) {
  using enum Column::Format;
  const Graph& graph = situation.graph();
  const Profile& profile = situation.profile();
  const int bound = profile.path_class.back();
  Direction result;
  result.table = {std::move(name),
                  std::move(caption),
                  {{"item", "item", text},
                   {"title", "title", Column::Format::title, {}, 48},
                   {"class", "class", text},
                   {"cost", "cost", number},
                   {"counterpart", "best counterpart", text},
                   {"others", "others", number},
                   {"path", "path", text}},
                  {}};
  PathSearch toward(network, bound);
  toward.run(to.list, PathSearch::Direction::toward);
  PathSearch outward(network, bound);
  Reach reach(network, bound, to.list);
  struct Row {
    Value value;
    int cost = 0;
  };
  std::vector<Row> rows;
  for (const NodeId item : from.list) {
    const std::vector<Path> paths = toward.paths(item, std::max<std::size_t>(params.paths, 1));
    const auto best = paths.empty() ? std::nullopt : class_of(profile, paths.front().cost);
    ++result.counts[best ? static_cast<std::size_t>(*best) : 4];
    if (!best && !network.is_linked(item)) ++result.unlinked;
    Value counterparts = Value::array();
    std::size_t reached = 0;
    if (best && !params.evidence) reached = reach(item);
    if (best && params.evidence) {
      outward.run(std::span(&item, 1), PathSearch::Direction::from);
      std::vector<std::pair<int, NodeId>> near;
      for (const NodeId other : to.list) {
        if (const auto cost = outward.cost(other)) near.emplace_back(*cost, other);
      }
      std::ranges::sort(near);
      reached = near.size();
      for (const auto& one : near) {
        Value value = node_value(graph, one.second);
        value.set("cost", one.first).set("class", class_name(class_of(profile, one.first)));
        counterparts.push(std::move(value));
      }
    }
    for (std::size_t p = 0; p < std::max<std::size_t>(paths.size(), 1); ++p) {
      const Path* path = paths.empty() ? nullptr : &paths[p];
      Value row = Value::object();
      row.set("item", graph.node(item).id).set("kind", name_of(graph.node(item).kind)).set("title", graph.node(item).title);
      row.set("class", class_name(path == nullptr ? std::nullopt : class_of(profile, path->cost)))
          .set("cost", path == nullptr ? Value() : Value(path->cost));
      row.set("counterpart", path == nullptr ? Value() : Value(graph.node(path->end()).id));
      row.set("counterpart_title", path == nullptr ? Value() : Value(graph.node(path->end()).title));
      row.set("others", reached > 0 ? reached - 1 : reached);
      const std::string route = path != nullptr            ? path_text(graph, *path)
                                : !network.is_linked(item) ? why_unlinked(situation, item)
                                : to.list.empty()          ? "the other side has no items"
                                                           : fmt::format("no path of at most {} points", bound);
      row.set("path", route);
      if (params.evidence) {
        row.set("steps", path == nullptr ? Value::array() : path_value(graph, *path));
        row.set("counterparts", p == 0 ? counterparts : Value::array());
      }
      if (params.explain) {
        row.set("explanation", reason_value(path != nullptr ? path_reason(situation, params, *path)
                                                            : Reason{fmt::format("{}: {}", graph.node(item).id, route)}));
      }
      rows.push_back({std::move(row), path == nullptr ? bound + 1 : path->cost});
    }
    // All paths of an item stay together, at the place of its best one.
    for (std::size_t i = rows.size() - std::max<std::size_t>(paths.size(), 1); i < rows.size(); ++i)
      rows[i].cost = paths.empty() ? bound + 1 : paths.front().cost;
  }
  std::ranges::stable_sort(rows, {}, &Row::cost);
  result.table.caption = caption_of(result.table.caption, rows.size(), params) + ":";
  for (std::size_t i = 0; i < rows_shown(rows.size(), params); ++i) result.table.rows.push_back(std::move(rows[i].value));
  return result;
}

Value side_value(const Situation& situation, const Side& side, const Items& items, const ClassCounts& counts) {
  Value value = Value::object();
  value.set("name", side.name).set("what", side.what);
  if (side.roots.size() == 1) value.set("title", situation.graph().node(side.roots.front()).title);
  value.set("items", items.list.size()).set("left_out", items.left_out);
  Value by_class = Value::object();
  set_counts(by_class, counts);
  value.set("by_class", std::move(by_class));
  return value;
}

bool of_deliverables(const Graph& graph, const Items& items) {
  return !items.list.empty() &&
         std::ranges::all_of(items.list, [&](NodeId id) { return graph.node(id).kind == Kind::deliverable; });
}

/// Which needs both sides cover, and which only one: in full, in part, with a draft.
Table shared_needs(const Situation& situation, const CompareParams& params, const Items& a, const Items& b,
                   std::array<std::size_t, 3>& counts) {
  using enum Column::Format;
  const Graph& graph = situation.graph();
  Table table{"needs",
              fmt::format("Needs that {} (A), {} (B) or both cover", params.sides[0].name, params.sides[1].name),
              {{"id", "need", text},
               {"title", "title", Column::Format::title},
               {"covered_by", "by", text},
               {"state_a", "A", state},
               {"state_b", "B", state},
               {"texts_a", "texts of A", text},
               {"texts_b", "texts of B", text}},
              {}};
  const Scope in_a(graph, a.list);
  const Scope in_b(graph, b.list);
  std::vector<std::pair<std::size_t, Value>> rows;
  for (const NodeId need : situation.needs()) {
    const Coverage by_a = situation.coverage(need, in_a);
    const Coverage by_b = situation.coverage(need, in_b);
    if (by_a.evidence.empty() && by_b.evidence.empty()) continue;
    const std::size_t who = by_a.evidence.empty() ? 2 : by_b.evidence.empty() ? 1 : 0;
    ++counts[who];
    Value row = node_value(graph, need);
    row.set("covered_by", who == 0 ? "both" : who == 1 ? "A" : "B");
    const auto add = [&](const std::string& side, const Coverage& coverage) {
      row.set("state_" + side, coverage.evidence.empty() ? Value() : Value(name_of(coverage.state)));
      row.set("texts_" + side, evidence_texts(situation, coverage.evidence, 2));
      if (params.evidence) row.set("evidence_" + side, evidence_values(situation, coverage.evidence));
    };
    add("a", by_a);
    add("b", by_b);
    if (params.explain) {
      Reason reason{fmt::format("{}: covered by {}", graph.node(need).id, who == 0 ? "both" : params.sides[who - 1].name)};
      if (!by_a.evidence.empty())
        reason.because.push_back({fmt::format("by {}", params.sides[0].name), {reason_of(situation, params, need, by_a)}});
      if (!by_b.evidence.empty())
        reason.because.push_back({fmt::format("by {}", params.sides[1].name), {reason_of(situation, params, need, by_b)}});
      row.set("explanation", reason_value(reason));
    }
    rows.emplace_back(who, std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
  table.caption = caption_of(table.caption, rows.size(), params) + ":";
  for (std::size_t i = 0; i < rows_shown(rows.size(), params); ++i) table.rows.push_back(std::move(rows[i].second));
  return table;
}

Value penalties_value(const Profile& profile) {
  Value value = Value::object();
  for (std::size_t p = 0; p < profile.penalty.size(); ++p) value.set(words<Penalty>()[p].name, profile.penalty[p]);
  return value;
}

Value classes_value(const Profile& profile) {
  Value value = Value::object();
  for (std::size_t c = 0; c < profile.path_class.size(); ++c) value.set(words<PathClass>()[c].name, profile.path_class[c]);
  return value;
}

std::string classes_text(const Profile& profile) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < profile.path_class.size(); ++c)
    parts.push_back(fmt::format("{} up to {}", words<PathClass>()[c].name, profile.path_class[c]));
  return fmt::format("Points by profile \"{}\": {}; dearer is none", profile.name, join(parts, ", "));
}

Value::Object head_of_comparison(const Situation& situation, const CompareParams& params) {
  Value::Object head = head_without_needs(situation, params);
  head.emplace_back("penalties", penalties_value(situation.profile()));
  head.emplace_back("classes", classes_value(situation.profile()));
  return head;
}

}  // namespace

Result query_compare(const Graph& graph, const CompareParams& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const PathNetwork network(situation);
  const Side& a = params.sides[0];
  const Side& b = params.sides[1];
  const Items in_a = items_of(situation, a, params.items);
  const Items in_b = items_of(situation, b, params.items);
  const auto caption = [](const Side& from, const Side& to) { return fmt::format("From {} to {}", from.name, to.name); };
  Direction there = compare_one_way(situation, params, network, in_a, in_b, "a_to_b", caption(a, b));
  Direction back = compare_one_way(situation, params, network, in_b, in_a, "b_to_a", caption(b, a));

  Result result;
  result.schema = "compare-1";
  result.title = fmt::format("{} and {}", a.name, b.name);
  result.head = head_of_comparison(situation, params);
  result.head.emplace_back("a", side_value(situation, a, in_a, there.counts));
  result.head.emplace_back("b", side_value(situation, b, in_b, back.counts));
  result.summary.push_back(moment_text(situation, params) + (situation.include_suggested() ? " · suggested links counted" : ""));
  const auto say = [&](const Side& from, const Side& to, const Items& items, const Direction& way) {
    const ClassCounts& counts = way.counts;
    if (items.list.empty())
      return fmt::format("{} ({}) has no items{} on that day", from.name, from.what,
                         params.items ? fmt::format(" of kind {}", name_of(*params.items)) : "");
    std::string line = fmt::format("{} of {} of {} {} a counterpart in {}: {}", items.list.size() - counts[4],
                                   count_of(items.list.size(), "item"), from.name,
                                   items.list.size() - counts[4] == 1 ? "has" : "have", to.name, counts_text(counts));
    if (way.unlinked > 0) line += fmt::format(" ({} of them without any link to needs)", way.unlinked);
    if (items.left_out > 0) line += fmt::format("; {} not in force on that day left out", items.left_out);
    return line;
  };
  std::optional<Table> needs;
  if (of_deliverables(graph, in_a) && of_deliverables(graph, in_b)) {
    std::array<std::size_t, 3> counts{};
    needs = shared_needs(situation, params, in_a, in_b, counts);
    result.summary.push_back(fmt::format("Needs: {} covered by both, {} by {} alone, {} by {} alone", counts[0], counts[1],
                                         a.name, counts[2], b.name));
    Value value = Value::object();
    value.set("both", counts[0]).set("a", counts[1]).set("b", counts[2]);
    result.head.emplace_back("need_counts", std::move(value));
  }
  result.summary.push_back(say(a, b, in_a, there));
  result.summary.push_back(say(b, a, in_b, back));
  result.summary.push_back(classes_text(situation.profile()));
  result.tables = {std::move(there.table), std::move(back.table)};
  if (needs) result.tables.push_back(std::move(*needs));
  return result;
}

namespace {

// What a table can hold. The shipped map of 330 deliverables has 147 sets with links and 13,554 pairs.
constexpr std::size_t most_rows = 100'000;
constexpr std::size_t widest_data = 1'000;  ///< Columns of the matrix in JSON.
constexpr std::size_t widest_page = 12;     ///< Columns of the matrix for people: a table wider than any page helps nobody.

/// A set of `compare --all`: the node that names it and what it stands for.
struct Set {
  NodeId node{};
  std::vector<NodeId> items;
};

std::vector<Set> sets_of(const Situation& situation, const CompareParams& params) {
  const Graph& graph = situation.graph();
  const std::string& what = params.sets;
  std::vector<Set> sets;
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

/// An ordered pair of sets: how many items of the first have a counterpart in the second, by class.
struct SetPair {
  ClassCounts counts{};
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

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

/// The sets against each other. `reached` stays empty where the matrix would be too wide.
struct Meetings {
  std::vector<SetPair> pairs;          ///< The closest, so many as are listed.
  std::size_t met = 0;                 ///< Ordered pairs of different sets with counterparts.
  std::vector<std::uint32_t> reached;  ///< Row by row: items of the row's set with a counterpart in the column's.
};

/// One search a set, on all cores; memory for what is listed only.
Meetings meetings_of(const PathNetwork& network, const Profile& profile, const std::vector<Set>& sets, std::size_t listed,
                     bool matrix) {
  const std::size_t n = sets.size();
  Meetings result;
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
  return result;
}

/// Items of the row with a counterpart in the column; without rows where they would be too wide.
Table matrix_of(const Graph& graph, const CompareParams& params, const std::vector<Set>& sets, const Meetings& meetings) {
  using enum Column::Format;
  const std::size_t n = sets.size();
  Table matrix{"matrix",
               "Items of the row with a counterpart in the column, of all items of the row:",
               {{"id", params.sets, text}, {"items", "items", number}},
               {}};
  if (meetings.reached.empty()) return matrix;
  for (std::size_t from = 0; from < n; ++from) {
    // Identifiers are unique: put side by side, not looked up.
    Value::Object reached;
    for (std::size_t to = 0; to < n; ++to) {
      reached.emplace_back(graph.node(sets[to].node).id,
                           from == to ? Value() : Value(std::size_t{meetings.reached[from * n + to]}));
    }
    const Node& node = graph.node(sets[from].node);
    Value row = Value::object();
    row.set("id", node.id)
        .set("title", node.title)
        .set("items", sets[from].items.size())
        .set("reached", Value(std::move(reached)));
    matrix.rows.push_back(std::move(row));
  }
  for (const Set& set : sets) matrix.columns.push_back({"reached", graph.node(set.node).id, number, graph.node(set.node).id});
  return matrix;
}

}  // namespace

Result query_compare_all(const Graph& graph, const CompareParams& params) {
  using enum Column::Format;
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const PathNetwork network(situation);
  const Profile& profile = situation.profile();
  std::vector<Set> sets = sets_of(situation, params);
  const std::size_t all = sets.size();
  std::erase_if(
      sets, [&](const Set& set) { return std::ranges::none_of(set.items, [&](NodeId id) { return network.is_linked(id); }); });
  const std::size_t n = sets.size();
  const bool wants_matrix = params.evidence || n <= widest_page;
  const bool matrix = wants_matrix && n <= widest_data;
  const Meetings meetings = meetings_of(network, profile, sets, rows_shown(most_rows, params), matrix);

  Result result;
  result.schema = "compare-all-1";
  result.title = fmt::format("Every {} against every other", params.sets);
  result.head = head_of_comparison(situation, params);
  result.head.emplace_back("sets", params.sets);
  result.summary.push_back(moment_text(situation, params) + (situation.include_suggested() ? " · suggested links counted" : ""));
  Table pairs{"pairs", "", {{"from", "from", text}, {"to", "to", text}, {"items", "items", number}}, {}};
  for (const Word& w : words<PathClass>()) pairs.columns.push_back({std::string(w.name), std::string(w.name), number});
  pairs.columns.push_back({"none", "none", number});
  for (const SetPair& pair : meetings.pairs) {
    Value row = Value::object();
    row.set("from", graph.node(sets[pair.from].node).id)
        .set("to", graph.node(sets[pair.to].node).id)
        .set("items", sets[pair.from].items.size());
    set_counts(row, pair.counts);
    pairs.rows.push_back(std::move(row));
  }
  if (pairs.rows.size() < meetings.met)
    pairs.caption = fmt::format("Pairs (the first {} of {}):", pairs.rows.size(), meetings.met);
  const std::string many = params.sets == "body" ? "bodies" : params.sets + "s";
  result.summary.push_back(fmt::format("{} {} with links, {}; {} of {} ordered pairs have counterparts", n, many,
                                       all > n ? fmt::format("{} without", all - n) : "none without", meetings.met,
                                       n * (n - std::min<std::size_t>(n, 1))));
  if (pairs.rows.size() < rows_shown(meetings.met, params)) {
    result.summary.push_back(fmt::format("Only the {} closest pairs are listed", thousands(most_rows)));
  }
  if (wants_matrix && !matrix) {
    result.summary.push_back(fmt::format("The matrix is left out: it would be wider than {} {}", thousands(widest_data), many));
  }
  result.summary.push_back(classes_text(profile));
  if (wants_matrix) result.tables.push_back(matrix_of(graph, params, sets, meetings));
  result.tables.push_back(std::move(pairs));
  return result;
}

}  // namespace lacuna
