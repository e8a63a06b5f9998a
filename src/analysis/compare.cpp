// compare: what two sides, or all sets, have in common, as tables.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/counterparts.hpp"
#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {

namespace {

std::string class_name(std::optional<PathClass> c) { return c ? std::string(name_of(*c)) : "none"; }

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

/// "30 items of ITU-T SG17 cover nothing on the map: …": those that no path can begin at, in one line; empty where there are
/// none.
std::string unlinked_text(const Situation& situation, const Side& side, const SideItems& items) {
  constexpr std::size_t most = 8;
  const Graph& graph = situation.graph();
  std::vector<std::string> names;
  bool documents = true;
  for (const ItemWays& one : items.ways) {
    if (one.linked || !one.paths.empty()) continue;
    names.push_back(graph.node(one.item).id);
    documents = documents && graph.node(one.item).kind == Kind::deliverable;
  }
  const std::size_t all = names.size();
  if (all == 0) return {};
  if (all > most) {
    names.resize(most);
    names.push_back(fmt::format("and {} more (--format json lists them)", all - most));
  }
  return fmt::format("· {} of {} {}: {}", count_of(all, "item"), side.name,
                     documents  ? (all == 1 ? "covers nothing on the map" : "cover nothing on the map")
                     : all == 1 ? "is linked to nothing"
                                : "are linked to nothing",
                     join(names, ", "));
}

/// One direction of a comparison: all paths of an item stay together, at the place of its best one.
Table ways_table(const Situation& situation, const CompareParams& params, const SideItems& from, const SideItems& to,
                 std::string name, const std::string& caption) {
  using enum Column::Format;
  const Graph& graph = situation.graph();
  const Profile& profile = situation.profile();
  // What is linked to nothing is told above the tables; only other programs want it row by row.
  std::vector<const ItemWays*> listed;
  for (const ItemWays& one : from.ways) {
    if (one.linked || !one.paths.empty() || params.evidence) listed.push_back(&one);
  }
  std::size_t all = 0;
  for (const ItemWays* one : listed) all += std::max<std::size_t>(one->paths.size(), 1);
  Table table{std::move(name),
              caption_of(caption, all, params) + ":",
              {{"item", "item", text},
               {"title", "title", title, {}, 48},
               {"class", "class", text},
               {"cost", "cost", number},
               {"counterpart", "best counterpart", text},
               spare({"others", "others", number}),
               {"path", "path", prose}},
              {}};
  const auto row_of = [&](const ItemWays& one, std::size_t p) {
    const Path* path = one.paths.empty() ? nullptr : &one.paths[p];
    const Node& node = graph.node(one.item);
    Value row = Value::object();
    row.set("item", node.id).set("kind", name_of(node.kind)).set("title", node.title);
    row.set("class", class_name(path == nullptr ? std::nullopt : class_of(profile, path->cost)))
        .set("cost", path == nullptr ? Value() : Value(path->cost));
    row.set("counterpart", path == nullptr ? Value() : Value(graph.node(path->end()).id));
    row.set("counterpart_title", path == nullptr ? Value() : Value(graph.node(path->end()).title));
    row.set("others", one.reached > 0 ? one.reached - 1 : 0);
    const std::string route = path != nullptr   ? path_text(graph, *path)
                              : !one.linked     ? why_unlinked(situation, one.item)
                              : to.list.empty() ? "the other side has no items"
                                                : fmt::format("no path of at most {} points", profile.path_class.back());
    row.set("path", route);
    if (params.evidence) {
      row.set("steps", path == nullptr ? Value::array() : path_value(graph, *path));
      Value counterparts = Value::array();
      for (const auto& [cost, other] : std::span(one.counterparts).first(p == 0 ? one.counterparts.size() : 0)) {
        Value value = node_value(graph, other);
        value.set("cost", cost).set("class", class_name(class_of(profile, cost)));
        counterparts.push(std::move(value));
      }
      row.set("counterparts", std::move(counterparts));
    }
    if (params.explain) {
      row.set("explanation", reason_value(path != nullptr ? path_reason(situation, params, *path)
                                                          : Reason{fmt::format("{}: {}", node.id, route)}));
    }
    return row;
  };
  const std::size_t shown = rows_shown(all, params);
  for (const ItemWays* one : listed) {
    for (std::size_t p = 0; p < std::max<std::size_t>(one->paths.size(), 1) && table.rows.size() < shown; ++p)
      table.rows.push_back(row_of(*one, p));
  }
  return table;
}

Value side_value(const Situation& situation, const Side& side, const SideItems& items) {
  Value value = Value::object();
  value.set("name", side.name).set("what", side.what);
  if (side.roots.size() == 1) value.set("title", situation.graph().node(side.roots.front()).title);
  value.set("items", items.list.size()).set("left_out", items.left_out);
  Value by_class = Value::object();
  set_counts(by_class, items.counts);
  value.set("by_class", std::move(by_class));
  return value;
}

Table shared_table(const Counterparts& found, const CompareParams& params) {
  using enum Column::Format;
  const Situation& situation = found.situation;
  const Graph& graph = situation.graph();
  const std::string& a = params.sides[0].name;
  const std::string& b = params.sides[1].name;
  Table table =
      table_of("needs", fmt::format("Needs that {} (A), {} (B) or both cover", a, b),
               {{"id", "need", text},
                {"title", "title", title},
                {"covered_by", "by", text},
                {"state_a", "A", state},
                {"state_b", "B", state},
                {"texts_a", "texts of A", list},
                {"texts_b", "texts of B", list}},
               found.needs->size(), params, [&](std::size_t i) {
                 const SharedNeed& one = (*found.needs)[i];
                 Value row = node_value(graph, one.need);
                 row.set("covered_by", one.who() == 0 ? "both" : one.who() == 1 ? "A" : "B");
                 Reason reason{fmt::format("{}: covered by {}", graph.node(one.need).id,
                                           one.who() == 0   ? "both"
                                           : one.who() == 1 ? a
                                                            : b)};
                 const auto add = [&](const std::string& side, const std::string& name, const Coverage& coverage) {
                   row.set("state_" + side, coverage.evidence.empty() ? Value() : Value(name_of(coverage.state)));
                   row.set("texts_" + side, evidence_texts(situation, coverage.evidence, 2));
                   if (params.evidence) row.set("evidence_" + side, evidence_values(situation, coverage.evidence));
                   if (params.explain && !coverage.evidence.empty())
                     reason.because.push_back({fmt::format("by {}", name), {reason_of(situation, params, one.need, coverage)}});
                 };
                 add("a", a, one.by_a);
                 add("b", b, one.by_b);
                 if (params.explain) row.set("explanation", reason_value(reason));
                 return row;
               });
  table.caption += ":";
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

Result answer_counterparts(const Counterparts& found, const CompareParams& params) {
  const Situation& situation = found.situation;
  const Side& a = params.sides[0];
  const Side& b = params.sides[1];
  Result result;
  result.schema = "compare-1";
  result.title = fmt::format("{} and {}", a.name, b.name);
  result.head = head_of_comparison(situation, params);
  result.head.emplace_back("a", side_value(situation, a, found.a));
  result.head.emplace_back("b", side_value(situation, b, found.b));
  result.summary.push_back(moment_text(situation, params) + (situation.include_suggested() ? " · suggested links counted" : ""));
  const auto say = [&](const Side& from, const Side& to, const SideItems& items) {
    const ClassCounts& counts = items.counts;
    if (items.list.empty())
      return fmt::format("{} ({}) has no items{} on that day", from.name, from.what,
                         params.items ? fmt::format(" of kind {}", name_of(*params.items)) : "");
    std::string line = fmt::format("{} of {} of {} {} a counterpart in {}: {}", items.list.size() - counts[4],
                                   count_of(items.list.size(), "item"), from.name,
                                   items.list.size() - counts[4] == 1 ? "has" : "have", to.name, counts_text(counts));
    if (items.left_out > 0) line += fmt::format("; {} not in force on that day left out", items.left_out);
    return line;
  };
  if (found.needs) {
    std::array<std::size_t, 3> counts{};
    for (const SharedNeed& one : *found.needs) ++counts[one.who()];
    result.summary.push_back(fmt::format("Needs: {} covered by both, {} by {} alone, {} by {} alone", counts[0], counts[1],
                                         a.name, counts[2], b.name));
    Value value = Value::object();
    value.set("both", counts[0]).set("a", counts[1]).set("b", counts[2]);
    result.head.emplace_back("need_counts", std::move(value));
  }
  for (const bool forth : {true, false}) {
    const SideItems& items = forth ? found.a : found.b;
    result.summary.push_back(forth ? say(a, b, items) : say(b, a, items));
    if (std::string line = unlinked_text(situation, forth ? a : b, items); !line.empty())
      result.summary.push_back(std::move(line));
  }
  result.summary.push_back(classes_text(situation.profile()));
  const auto caption = [](const Side& from, const Side& to) { return fmt::format("From {} to {}", from.name, to.name); };
  result.tables.push_back(ways_table(situation, params, found.a, found.b, "a_to_b", caption(a, b)));
  result.tables.push_back(ways_table(situation, params, found.b, found.a, "b_to_a", caption(b, a)));
  if (found.needs) result.tables.push_back(shared_table(found, params));
  return result;
}

Result query_compare(const Graph& graph, const CompareParams& params) {
  return answer_counterparts(find_counterparts(graph, params), params);
}

namespace {

/// Items of the row with a counterpart in the column; without rows where they would be too wide.
Table matrix_of(const MeetingSets& found, const CompareParams& params) {
  using enum Column::Format;
  const Graph& graph = found.situation.graph();
  const std::vector<ItemSet>& sets = found.sets;
  const std::size_t n = sets.size();
  Table matrix{"matrix",
               "Items of the row with a counterpart in the column, of all items of the row:",
               {{"id", params.sets, text}, {"items", "items", number}},
               {}};
  if (found.reached.empty()) return matrix;
  for (std::size_t from = 0; from < n; ++from) {
    // Identifiers are unique: put side by side, not looked up.
    Value::Object reached;
    for (std::size_t to = 0; to < n; ++to) {
      reached.emplace_back(graph.node(sets[to].node).id, from == to ? Value() : Value(std::size_t{found.reached[from * n + to]}));
    }
    const Node& node = graph.node(sets[from].node);
    Value row = Value::object();
    row.set("id", node.id)
        .set("title", node.title)
        .set("items", sets[from].items.size())
        .set("reached", Value(std::move(reached)));
    matrix.rows.push_back(std::move(row));
  }
  for (const ItemSet& set : sets)
    matrix.columns.push_back(spare({"reached", graph.node(set.node).id, number, graph.node(set.node).id}));
  return matrix;
}

}  // namespace

Result answer_meeting_sets(const MeetingSets& found, const CompareParams& params) {
  using enum Column::Format;
  const Graph& graph = found.situation.graph();
  const std::vector<ItemSet>& sets = found.sets;
  const std::size_t n = sets.size();
  Result result;
  result.schema = "compare-all-1";
  result.title = fmt::format("Every {} against every other", params.sets);
  result.head = head_of_comparison(found.situation, params);
  result.head.emplace_back("sets", params.sets);
  result.summary.push_back(moment_text(found.situation, params) +
                           (found.situation.include_suggested() ? " · suggested links counted" : ""));
  Table pairs{"pairs", "", {{"from", "from", text}, {"to", "to", text}, {"items", "items", number}}, {}};
  for (const Word& w : words<PathClass>()) pairs.columns.push_back({std::string(w.name), std::string(w.name), number});
  pairs.columns.push_back({"none", "none", number});
  for (const SetPair& pair : found.pairs) {
    Value row = Value::object();
    row.set("from", graph.node(sets[pair.from].node).id)
        .set("to", graph.node(sets[pair.to].node).id)
        .set("items", sets[pair.from].items.size());
    set_counts(row, pair.counts);
    pairs.rows.push_back(std::move(row));
  }
  if (pairs.rows.size() < found.met) pairs.caption = fmt::format("Pairs (the first {} of {}):", pairs.rows.size(), found.met);
  const std::string many = params.sets == "body" ? "bodies" : params.sets + "s";
  result.summary.push_back(fmt::format("{} {} with links, {}; {} of {} ordered pairs have counterparts", n, many,
                                       found.unlinked > 0 ? fmt::format("{} without", found.unlinked) : "none without", found.met,
                                       n * (n - std::min<std::size_t>(n, 1))));
  if (pairs.rows.size() < rows_shown(found.met, params)) {
    result.summary.push_back(fmt::format("Only the {} closest pairs are listed", thousands(most_pairs_listed)));
  }
  if (found.wants_matrix && n > widest_matrix) {
    result.summary.push_back(fmt::format("The matrix is left out: it would be wider than {} {}", thousands(widest_matrix), many));
  }
  result.summary.push_back(classes_text(found.situation.profile()));
  if (found.wants_matrix) result.tables.push_back(matrix_of(found, params));
  result.tables.push_back(std::move(pairs));
  return result;
}

Result query_compare_all(const Graph& graph, const CompareParams& params) {
  return answer_meeting_sets(find_meeting_sets(graph, params), params);
}

}  // namespace lacuna
