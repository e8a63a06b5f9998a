// Differences against a plain comparison of what each state of a map says by itself.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "lacuna/analysis.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Lines = std::multiset<std::string>;

/// Some dozen changes of every kind, at random; the map stays valid.
Map changed(Map map, std::uint64_t seed) {
  Dice dice(seed);
  std::vector<std::string> deliverables;
  std::vector<std::string> needs;
  for (const Node& node : map.nodes) {
    if (node.kind == Kind::deliverable) deliverables.push_back(node.id);
    if (is_need(node.kind)) needs.push_back(node.id);
  }
  const auto node = [&](const std::string& id) -> Node& { return *std::ranges::find(map.nodes, id, &Node::id); };
  const auto remove = [&](const std::string& id) {
    std::erase_if(map.nodes, [&](const Node& n) { return n.id == id; });
    std::erase_if(map.links, [&](const Link& l) { return l.from == id || l.to == id; });
    for (Search& s : map.searches) std::erase(s.needs, id);
  };
  for (std::size_t i = 0; i < 1 + dice.below(10); ++i) {
    Link& link = map.links[dice.below(map.links.size())];
    const std::string& doc = deliverables[dice.below(deliverables.size())];
    switch (dice.below(8)) {
      case 0:
        if (link.relation == Relation::covers) link.degree = static_cast<Degree>(dice.below(3));
        break;
      case 1: link.status = static_cast<Status>(dice.below(4)); break;
      case 2: map.links.erase(map.links.begin() + static_cast<std::ptrdiff_t>(dice.below(map.links.size()))); break;
      case 3: {
        Link fresh;
        fresh.from = doc;
        fresh.relation = Relation::covers;
        fresh.to = needs[dice.below(needs.size())];
        fresh.degree = Degree::full;
        fresh.by = "C";
        const bool there = std::ranges::any_of(
            map.links, [&](const Link& l) { return l.from == fresh.from && l.to == fresh.to && l.by == fresh.by; });
        const bool ends = std::ranges::find(map.nodes, fresh.from, &Node::id) != map.nodes.end() &&
                          std::ranges::find(map.nodes, fresh.to, &Node::id) != map.nodes.end();
        if (!there && ends) map.links.push_back(fresh);
        break;
      }
      case 4:
        if (std::ranges::find(map.nodes, doc, &Node::id) != map.nodes.end()) {
          node(doc).state = State::withdrawn;
          node(doc).dates.push_back({"withdrawn", Date{2027, 1, 1}});
        }
        break;
      case 5: remove(dice.chance(50) ? doc : needs[dice.below(needs.size())]); break;
      case 6: {
        Node fresh;
        fresh.id = fmt::format("New {}", i);
        fresh.kind = Kind::deliverable;
        fresh.title = "new";
        fresh.state = State::draft;
        map.nodes.push_back(fresh);
        Link covers;
        covers.from = fresh.id;
        covers.relation = Relation::covers;
        covers.degree = Degree::partial;
        for (const Node& n : map.nodes) {
          if (is_need(n.kind)) covers.to = n.id;
        }
        if (!covers.to.empty()) map.links.push_back(covers);
        break;
      }
      default: map.searches.front().needs.clear();
    }
  }
  sort_canonically(map);
  return map;
}

Params params_at(std::int16_t year) {
  Params params;
  params.profile = &default_profile();
  params.as_of = Date{year, 6, 30}.last_day();
  return params;
}

const Table& table(const Result& result, std::string_view name) { return *std::ranges::find(result.tables, name, &Table::name); }

Lines told(const Result& result, std::string_view name, const std::vector<std::string>& members) {
  Lines lines;
  for (const Value& row : table(result, name).rows) {
    std::string line;
    for (const std::string& m : members) line += (row[m].if_text() != nullptr ? *row[m].if_text() : "-") + "|";
    lines.insert(line);
  }
  return lines;
}

std::map<std::string, std::string> states(const Graph& graph, const Params& params) {
  std::map<std::string, std::string> result;
  const Situation situation(graph, *params.profile, params.as_of);
  for (const NodeId need : situation.needs()) {
    const Coverage c = situation.coverage(need);
    result[graph.node(need).id] = fmt::format("{} {:.4f}", static_cast<int>(c.state), c.score);
  }
  return result;
}

Lines needs_expected(const Graph& before, const Params& b, const Graph& after, const Params& a) {
  const auto old = states(before, b);
  const auto fresh = states(after, a);
  Lines lines;
  for (const auto& [id, state] : old) {
    if (!fresh.contains(id)) lines.insert("gone|" + id + "|");
  }
  for (const auto& [id, state] : fresh) {
    const auto was = old.find(id);
    if (was == old.end()) {
      lines.insert("appeared|" + id + "|");
    } else if (was->second != state) {
      // A lower state is a better one; in one state, a higher score is.
      const bool better = state[0] != was->second[0] ? state[0] < was->second[0] : state > was->second;
      lines.insert((better ? "better|" : "worse|") + id + "|");
    }
  }
  return lines;
}

std::set<std::string> gap_keys(const Graph& graph, const Params& params) {
  std::set<std::string> keys;
  const Result result = query_gaps(graph, params);
  for (const Value& row : result.tables.front().rows) {
    keys.insert(fmt::format("{}|{}|{}|", *row["kind"].if_text(), *row["subject"].if_text(),
                            row["other"].if_text() != nullptr ? *row["other"].if_text() : "-"));
  }
  return keys;
}

/// Of gaps that follow from a state, a need has one: "kind|need|-|" for each need.
std::map<std::string, std::string> by_state(const std::set<std::string>& keys) {
  std::map<std::string, std::string> result;
  for (const char* kind : {"uncovered|", "partial|", "draft-only|", "stale|", "outside-scope|", "unknown|"}) {
    for (const std::string& key : keys) {
      if (key.starts_with(kind)) result[key.substr(std::string(kind).size())] = key;
    }
  }
  return result;
}

Lines gaps_expected(const std::set<std::string>& before, const std::set<std::string>& after) {
  Lines lines;
  const auto old = by_state(before);
  const auto fresh = by_state(after);
  const auto subject = [](const std::string& key) { return key.substr(key.find('|') + 1); };
  for (const std::string& key : before) {
    const bool state = old.contains(subject(key)) && old.at(subject(key)) == key;
    if (!after.contains(key) && !(state && fresh.contains(subject(key)))) lines.insert("closed|" + key);
  }
  for (const std::string& key : after) {
    const bool state = fresh.contains(subject(key)) && fresh.at(subject(key)) == key;
    if (!before.contains(key)) lines.insert((state && old.contains(subject(key)) ? "turned|" : "opened|") + key);
  }
  return lines;
}

Lines deliverables_expected(const Graph& before, const Params& b, const Graph& after, const Params& a) {
  const auto states_of = [](const Graph& graph, const Params& params) {
    std::map<std::string, std::string> result;
    const Situation situation(graph, *params.profile, params.as_of);
    for (const NodeId d : graph.of_kind(Kind::deliverable)) {
      if (const auto state = situation.state(d)) result[graph.node(d).id] = name_of(*state);
    }
    return result;
  };
  const auto old = states_of(before, b);
  const auto fresh = states_of(after, a);
  Lines lines;
  for (const auto& [id, state] : old) {
    if (!fresh.contains(id)) lines.insert("gone|" + id + "|" + state + "|-|");
  }
  for (const auto& [id, state] : fresh) {
    const auto was = old.find(id);
    if (was == old.end()) {
      lines.insert("appeared|" + id + "|-|" + state + "|");
    } else if (was->second != state) {
      lines.insert(state + "|" + id + "|" + was->second + "|" + state + "|");
    }
  }
  return lines;
}

/// Pairs of nodes and relation, how many verdicts each, and of single ones degree, status and suspicion.
Lines links_expected(const Graph& before, const Params& b, const Graph& after, const Params& a) {
  struct Stand {
    Degree degree;
    Status status;
    bool suspect;
    std::string by;
    std::string rationale;
  };
  const auto stands = [](const Graph& graph, const Params& params) {
    std::map<std::string, std::vector<Stand>> result;
    const Situation situation(graph, *params.profile, params.as_of);
    for (std::size_t i = 0; i < graph.edges().size(); ++i) {
      const LinkId l = static_cast<LinkId>(i);
      const Edge& e = graph.edge(l);
      result[fmt::format("{}|{}|{}|", graph.node(e.from).id, name_of(e.relation), graph.node(e.to).id)].push_back(
          {e.degree, e.status, e.relation == Relation::covers && situation.suspect(l), graph.text(l).by,
           graph.text(l).rationale});
    }
    return result;
  };
  auto old = stands(before, b);
  auto fresh = stands(after, a);
  Lines lines;
  std::set<std::string> keys;
  for (const auto& entry : old) keys.insert(entry.first);
  for (const auto& entry : fresh) keys.insert(entry.first);
  for (const std::string& key : keys) {
    std::vector<Stand> was = old[key];
    std::vector<Stand> is = fresh[key];
    const bool alone = was.size() == 1 && is.size() == 1;
    for (const Stand& w : was) {
      const auto match = std::ranges::find_if(is, [&](const Stand& s) { return alone || s.by == w.by; });
      if (match == is.end()) {
        lines.insert("removed|" + key);
        continue;
      }
      if (match->status != w.status) {
        lines.insert((w.status == Status::suggested && match->status == Status::asserted ? "accepted"
                                                                                         : std::string(name_of(match->status))) +
                     "|" + key);
      } else if (match->degree != w.degree) {
        lines.insert("degree|" + key);
      } else if (match->suspect != w.suspect) {
        lines.insert((match->suspect ? "suspect|" : "settled|") + key);
      } else if (match->by != w.by || match->rationale != w.rationale) {
        lines.insert("reworded|" + key);
      }
      is.erase(match);
    }
    const bool asserted = std::ranges::any_of(fresh[key], [](const Stand& s) { return s.status == Status::asserted; });
    for (const Stand& s : is)
      lines.insert((s.status != Status::rejected ? "added|" : asserted ? "disputed|" : "rejected|") + key);
  }
  return lines;
}

/// "ID PUBLISHED DRAFTS NEEDS" before and after, of the groups where they differ: each counted by itself with everything inside
/// it.
Lines groups_expected(const Graph& before, const Params& b, const Graph& after, const Params& a) {
  const auto work = [](const Graph& graph, const Params& params) {
    const Situation situation(graph, *params.profile, params.as_of);
    std::map<std::string, std::array<std::size_t, 3>> result;
    for (const NodeId group : graph.of_kind(Kind::group)) {
      std::array<std::size_t, 3>& own = result[graph.node(group).id];
      std::set<NodeId> needs;
      for (const NodeId d : graph.deliverables_of(group)) {
        const auto state = situation.state(d);
        if (!state || *state > State::published) continue;
        ++own[*state == State::published ? 0 : 1];
        for (const LinkId l : graph.out(d, Relation::covers)) {
          if (graph.edge(l).degree != Degree::none && situation.counts(l) && situation.exists(graph.edge(l).to) &&
              !situation.suspect(l))
            needs.insert(graph.edge(l).to);
        }
      }
      own[2] = needs.size();
    }
    return result;
  };
  auto was = work(before, b);
  auto is = work(after, a);
  Lines lines;
  for (const auto& [id, now] : is) {
    if (was[id] != now)
      lines.insert(fmt::format("{} {} {} {} {} {} {}", id, was[id][0], now[0], was[id][1], now[1], was[id][2], now[2]));
  }
  for (const auto& [id, then] : was) {
    if (!is.contains(id) && then != std::array<std::size_t, 3>{})
      lines.insert(fmt::format("{} {} 0 {} 0 {} 0", id, then[0], then[1], then[2]));
  }
  return lines;
}

Lines groups_told(const Result& result) {
  Lines lines;
  for (const Value& row : table(result, "groups").rows) {
    std::string line = *row["id"].if_text();
    for (const char* m : {"published_before", "published_after", "drafts_before", "drafts_after", "needs_before", "needs_after"})
      line += fmt::format(" {}", *row[m].if_integer());
    lines.insert(line);
  }
  return lines;
}

}  // namespace

TEST_CASE(
    "diff: the work of groups is that of each with all groups inside it, those that are part of several too, on five hundred "
    "pairs of maps") {
  std::size_t changes = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.groups = 3 + seed % 12;
    Map map = random_map(shape);
    Dice dice(seed);
    std::vector<std::string> groups;
    for (const Node& node : map.nodes) {
      if (node.kind == Kind::group) groups.push_back(node.id);
    }
    // Further parents, always towards the front: no circle comes about.
    std::set<std::pair<std::string, std::string>> there;
    for (const Link& link : map.links) there.emplace(link.from, link.to);
    for (std::size_t i = 0; seed % 2 == 0 && i < 4; ++i) {
      const std::size_t part = 1 + dice.below(groups.size() - 1);
      Link link;
      link.from = groups[part];
      link.relation = Relation::part_of;
      link.to = groups[dice.below(part)];
      if (!there.emplace(link.from, link.to).second) continue;
      map.links.push_back(link);
      if (!cycles(map).empty()) map.links.pop_back();
    }
    sort_canonically(map);
    const Graph before = graph_of(map);
    const Graph after = graph_of(changed(map, seed));
    const Params b = params_at(static_cast<std::int16_t>(2015 + seed % 10));
    const Params a = params_at(static_cast<std::int16_t>(2015 + (seed / 3) % 12));
    const Result result = query_diff({"before", &before, b}, {"after", &after, a});
    INFO("seed " << seed);
    REQUIRE(groups_told(result) == groups_expected(before, b, after, a));
    changes += table(result, "groups").rows.size();
  }
  CHECK(changes > 500);
}

TEST_CASE("diff: every table is what a plain comparison of the two states says, on fifteen hundred pairs of maps") {
  std::size_t changes = 0;
  for (std::uint64_t seed = 1; seed <= 1500; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 4 + seed % 8;
    shape.deliverables = 5 + seed % 9;
    shape.groups = 3 + seed % 4;
    shape.covers = 8 + seed % 25;
    Map map = random_map(shape);
    sort_canonically(map);
    const Graph before = graph_of(map);
    const Graph after = graph_of(changed(map, seed));
    const Params b = params_at(static_cast<std::int16_t>(2015 + seed % 10));
    const Params a = params_at(static_cast<std::int16_t>(2015 + (seed / 3) % 12));
    const Result result = query_diff({"before", &before, b}, {"after", &after, a});
    INFO("seed " << seed);
    REQUIRE(told(result, "needs", {"change", "id"}) == needs_expected(before, b, after, a));
    REQUIRE(told(result, "gaps", {"change", "kind", "subject", "other"}) ==
            gaps_expected(gap_keys(before, b), gap_keys(after, a)));
    REQUIRE(told(result, "deliverables", {"change", "id", "before", "after"}) == deliverables_expected(before, b, after, a));
    REQUIRE(told(result, "links", {"change", "from", "relation", "to"}) == links_expected(before, b, after, a));
    for (const char* name : {"needs", "gaps", "deliverables", "links"}) changes += table(result, name).rows.size();
    // The other way round, what appeared is gone and what was closed is opened.
    const Result back = query_diff({"after", &after, a}, {"before", &before, b});
    REQUIRE(table(back, "needs").rows.size() == table(result, "needs").rows.size());
    REQUIRE(table(back, "gaps").rows.size() == table(result, "gaps").rows.size());
    REQUIRE(told(back, "gaps", {"subject", "other"}) == told(result, "gaps", {"subject", "other"}));
    REQUIRE(told(back, "objectives", {"id"}) == told(result, "objectives", {"id"}));
    REQUIRE(told(back, "groups", {"id"}) == told(result, "groups", {"id"}));
  }
  CHECK(changes > 20000);
}

TEST_CASE("diff: a map and itself on one day do not differ") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    const Graph graph = graph_of(random_map(shape));
    const Result result = query_diff({"one", &graph, params_at(2020)}, {"two", &graph, params_at(2020)});
    for (const Table& t : result.tables) CHECK(t.rows.empty());
    CHECK(result.summary.back() == "Nothing changed");
  }
}

TEST_CASE("known by: links and searches that were made later are not there, what says no day is") {
  Map map;
  const auto node = [&](Kind kind, const std::string& id) {
    Node n;
    n.kind = kind;
    n.id = n.title = id;
    if (kind == Kind::deliverable) n.state = State::published;
    map.nodes.push_back(n);
  };
  node(Kind::requirement, "R");
  const auto covers = [&](const std::string& from, std::optional<Date> on, std::optional<Date> seen) {
    node(Kind::deliverable, from);
    Link link;
    link.from = from;
    link.relation = Relation::covers;
    link.to = "R";
    link.degree = Degree::partial;
    link.on = on;
    link.source.seen = seen;
    map.links.push_back(link);
  };
  covers("on the day", Date{2020, 5, 10}, {});
  covers("a day later", Date{2020, 5, 11}, {});
  covers("in that month", Date{2020, 5, 0}, {});
  covers("in the next month", Date{2020, 6, 0}, {});
  covers("seen before", {}, Date{2020, 5, 1});
  covers("seen later", {}, Date{2021, 0, 0});
  covers("who knows when", {}, {});
  covers("made before, seen later", Date{2020, 1, 1}, Date{2021, 1, 1});
  map.searches.push_back({"S1", "A", Date{2020, 5, 9}, {"R"}, {}, {}, "", {}, {}, {}, Signature{"A", Date{2020, 5, 11}}, "", ""});
  map.searches.push_back({"S2", "A", Date{2020, 5, 12}, {"R"}, {}, {}, "", {}, {}, {}, {}, "", ""});
  const Map told = known_by(map, Date{2020, 5, 10}.last_day());
  std::vector<std::string> kept;
  for (const Link& l : told.links) kept.push_back(l.from);
  CHECK(kept == std::vector<std::string>{"on the day", "seen before", "who knows when", "made before, seen later"});
  REQUIRE(told.searches.size() == 1);
  CHECK(told.searches.front().id == "S1");
  CHECK_FALSE(told.searches.front().signature);  // Signed a day later.
  CHECK(told.nodes.size() == map.nodes.size());
}
