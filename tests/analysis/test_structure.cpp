// The questions about the shape of a map, against their definitions read word by word over the text form.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <numeric>
#include <set>

#include "model/small_map.hpp"
#include "support/dice.hpp"
#include "support/naive_search.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Names = std::set<std::string>;

Result ask(std::string_view question, const Graph& graph, const Params& params) {
  for (const Question& q : structure_questions()) {
    if (q.name == question) return q.ask(graph, params);
  }
  FAIL("no question " << question);
  return {};
}

const Value::Array& rows_of(const Result& result, std::string_view table) {
  for (const Table& t : result.tables) {
    if (t.name == table) return t.rows;
  }
  static const Value::Array none;
  FAIL("no table " << table);
  return none;
}

const Value& head(const Result& result, std::string_view name) {
  for (const auto& [key, value] : result.head) {
    if (key == name) return value;
  }
  static const Value none;
  return none;
}

std::string text(const Value& value) { return value.if_text() == nullptr ? "-" : *value.if_text(); }
std::size_t number(const Value& value) { return static_cast<std::size_t>(*value.if_integer()); }
/// Identifiers of a list of names or of objects.
std::vector<std::string> names(const Value& list, std::string_view member = "id") {
  std::vector<std::string> result;
  for (const Value& v : *list.if_array()) result.push_back(text(v.if_object() != nullptr ? v[member] : v));
  return result;
}
std::string joined(const std::vector<std::string>& parts) {
  std::string result;
  for (const std::string& p : parts) result += p + " ";
  return result;
}

/// The definitions over nodes and links as they are written, without any index.
struct Naive {
  const Map& map;
  Day as_of;
  bool suggested = false;
  std::string scope;
  std::string objective;
  std::string topic;
  std::map<std::string, std::optional<State>> states;
  Names in_scope;  ///< Groups.

  Naive(const Map& m, const Graph& graph, const Params& params)
      : map(m), as_of(params.as_of), suggested(params.include_suggested) {
    if (params.scope) scope = graph.node(*params.scope).id;
    if (params.objective) objective = graph.node(*params.objective).id;
    if (params.topic) topic = graph.node(*params.topic).id;
    const auto all = lives(map);
    for (std::size_t i = 0; i < map.nodes.size(); ++i) {
      auto& state = states[map.nodes[i].id];
      for (const Milestone& step : all[i]) {
        if (step.day <= as_of) state = step.state;
      }
    }
    in_scope = inside(scope);
  }

  const Node& node(const std::string& id) const {
    for (const Node& n : map.nodes) {
      if (n.id == id) return n;
    }
    throw std::runtime_error(id);
  }
  Kind kind(const std::string& id) const { return node(id).kind; }
  bool exists(const std::string& id) const {
    for (const NodeDate& d : node(id).dates) {
      if (d.what == "since" && d.date.last_day() > as_of) return false;
    }
    return true;
  }
  bool counts(const Link& l) const { return l.status == Status::asserted || (suggested && l.status == Status::suggested); }

  /// What is part of a node, at any depth.
  Names inside(const std::string& root) const {
    Names result{root};
    for (bool more = true; more;) {
      more = false;
      for (const Link& l : map.links) {
        if (l.relation == Relation::part_of && l.status == Status::asserted && result.contains(l.to))
          more = result.insert(l.from).second || more;
      }
    }
    return result;
  }

  /// Other ends of links that count and exist.
  Names ends(const std::string& id, Relation relation, bool outgoing) const {
    Names result;
    for (const Link& l : map.links) {
      const std::string& other = outgoing ? l.to : l.from;
      if (l.relation == relation && (outgoing ? l.from : l.to) == id && counts(l) && exists(other)) result.insert(other);
    }
    return result;
  }

  std::vector<std::string> needs() const {
    std::vector<std::string> result;
    const Names in_topic = topic.empty() ? Names() : inside(topic);
    for (const Node& n : map.nodes) {
      if (!is_need(n.kind) || !exists(n.id)) continue;
      if (!objective.empty() && !ends(n.id, Relation::serves, true).contains(objective)) continue;
      if (!topic.empty() && !in_topic.contains(n.id)) continue;
      result.push_back(n.id);
    }
    std::ranges::sort(result, natural_less);
    return result;
  }

  Names groups_of(const std::string& deliverable) const {
    Names result;
    for (const Link& l : map.links) {
      if (l.relation == Relation::develops && l.status == Status::asserted && l.to == deliverable) result.insert(l.from);
    }
    return result;
  }
  bool is_in_scope(const std::string& deliverable) const {
    if (scope.empty()) return true;
    return std::ranges::any_of(groups_of(deliverable), [&](const std::string& g) { return in_scope.contains(g); });
  }

  bool suspect(const Link& covers) const {
    if (covers.status != Status::asserted) return false;
    std::vector<std::string> later{covers.from};
    bool replaced = false;
    for (std::size_t i = 0; i < later.size(); ++i) {
      for (const Link& s : map.links) {
        if (s.relation != Relation::supersedes || s.to != later[i] || s.status != Status::asserted) continue;
        if (std::ranges::find(later, s.from) != later.end()) continue;
        later.push_back(s.from);
        const auto state = states.at(s.from);
        replaced = replaced || (state && *state >= State::published);
        for (const Link& v : map.links) {
          const bool verdict = v.relation == Relation::covers || v.relation == Relation::mentions;
          if (state && verdict && v.from == s.from && v.to == covers.to && v.status != Status::suggested) return false;
        }
      }
    }
    return replaced;
  }

  /// Links that count for a need, in the scope or anywhere.
  std::vector<const Link*> covering(const std::string& need, bool anywhere = false) const {
    std::vector<const Link*> result;
    for (const Link& l : map.links) {
      if (l.relation != Relation::covers || l.to != need || !counts(l) || l.degree == Degree::none || !states.at(l.from))
        continue;
      if (anywhere || is_in_scope(l.from)) result.push_back(&l);
    }
    return result;
  }
  bool live(const Link& l) const { return *states.at(l.from) <= State::published && !suspect(l); }
  Names live_texts(const std::string& need, bool anywhere = false) const {
    Names result;
    for (const Link* l : covering(need, anywhere)) {
      if (live(*l)) result.insert(l->from);
    }
    return result;
  }

  std::string state(const std::string& need, bool anywhere = false) const {
    bool full = false, partial = false, draft = false, old = false;
    for (const Link* l : covering(need, anywhere)) {
      if (!live(*l)) {
        old = true;
      } else if (*states.at(l->from) < State::published) {
        draft = true;
      } else if (l->degree == Degree::full) {
        full = true;
      } else {
        partial = true;
      }
    }
    if (full) return "covered";
    if (partial) return "partly-covered";
    if (draft) return "in-progress";
    if (old) return "stale";
    if (!anywhere) {
      for (const Link* l : covering(need, true)) {
        if (!is_in_scope(l->from) && live(*l)) return "elsewhere";
      }
    }
    return naive_uncovered(map, need);
  }

  double score(const std::string& need) const {
    std::map<std::string, double> best;
    const Profile& p = default_profile();
    for (const Link* l : covering(need)) {
      const State s = suspect(*l) ? std::max(*states.at(l->from), State::superseded) : *states.at(l->from);
      best[l->from] = std::max(best[l->from], p.degree[*l->degree] * p.maturity[s]);
    }
    double open = 1;
    for (const auto& [id, contribution] : best) open *= 1 - contribution;
    return 1 - open;
  }
};

struct Drawn {
  Map map;
  Graph graph;
  Params params;
};

/// A small map with a day, and by turns a scope, a filter, suggested links.
Drawn draw(std::uint64_t seed, bool larger = false) {
  Dice dice(seed);
  RandomMap shape;
  shape.seed = seed;
  shape.needs = 4 + dice.below(14);
  shape.deliverables = 4 + dice.below(16);
  shape.groups = 3 + dice.below(10);
  shape.covers = 6 + dice.below(36);
  if (larger) shape.needs += 20, shape.deliverables += 30, shape.groups += 10, shape.covers += 40;
  const Map map = random_map(shape);
  Drawn drawn{map, graph_of(map), {}};
  drawn.params.profile = &default_profile();
  drawn.params.as_of = Date{static_cast<std::int16_t>(2016 + dice.below(12)), 7, 1}.last_day();
  drawn.params.include_suggested = dice.chance(30);
  if (dice.chance(40)) drawn.params.scope = drawn.graph.find(fmt::format("Group {}", dice.below(shape.groups)));
  if (dice.chance(20)) drawn.params.objective = drawn.graph.find(fmt::format("O{}", 1 + dice.below(6)));
  if (dice.chance(20)) drawn.params.topic = drawn.graph.find(fmt::format("topic {}", 1 + dice.below(5)));
  return drawn;
}

constexpr std::uint64_t maps = 4000;

}  // namespace

TEST_CASE("structure: every question answers every map, empty ones too, and gives a reason in every row") {
  std::size_t told = 0;
  const auto look = [&](const Graph& graph, const Params& params) {
    for (const Question& question : structure_questions()) {
      const Result result = question.ask(graph, params);
      CHECK(result.schema == "structure-1");
      CHECK(text(head(result, "question")) == question.name);
      CHECK(result.summary.size() >= 2);
      for (const Table& table : result.tables) {
        for (const Value& row : table.rows) {
          ++told;
          CHECK(text(row["why"]).size() > 3);
          for (const Column& column : table.columns)
            CHECK(std::ranges::any_of(*row.if_object(), [&](const auto& m) { return m.first == column.key; }));
        }
      }
      Params few = params;
      few.limit = 1;
      for (const Table& table : question.ask(graph, few).tables) CHECK(table.rows.size() <= 1);
    }
  };
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    const Drawn d = draw(seed);
    INFO("seed " << seed);
    look(d.graph, d.params);
  }
  CHECK(told > 1000);
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026-11-23");
  look(graph_of(Map()), params);
}

// ---- critical -------------------------------------------------------------------------------------------------------------

TEST_CASE("structure: critical says what taking each live deliverable's coverage out of the map changes") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const Drawn d = draw(seed);
    INFO("seed " << seed);
    const Naive before(d.map, d.graph, d.params);
    const std::vector<std::string> needs = before.needs();
    std::map<std::string, std::string> expected;
    std::map<std::string, double> losses;
    for (const auto& [deliverable, state] : before.states) {
      if (!state || before.kind(deliverable) != Kind::deliverable) continue;
      Names covered;
      for (const std::string& need : needs) {
        if (before.live_texts(need).contains(deliverable)) covered.insert(need);
      }
      if (covered.empty()) continue;
      // It covers nothing any more; that it was looked at stays.
      Map without = d.map;
      for (Link& l : without.links) {
        if (l.relation != Relation::covers || l.from != deliverable || !covered.contains(l.to)) continue;
        l.relation = Relation::mentions;
        l.degree.reset();
      }
      const Naive after(without, d.graph, d.params);
      std::string worse;
      std::size_t count = 0;
      std::size_t loses = 0;
      double loss = 0;
      for (const std::string& need : needs) {
        loss += priority_of(before.node(need)) / 5.0 * (before.score(need) - after.score(need));
        if (before.state(need) == after.state(need)) continue;
        ++count;
        loses += after.live_texts(need).empty();
        worse += fmt::format("{} {} {} {}, ", need, before.state(need), after.state(need), after.live_texts(need).size());
      }
      if (count > 0) expected[deliverable] = fmt::format("{} {} {} {}", loses, count, covered.size(), worse);
      losses[deliverable] = loss;
    }
    std::map<std::string, std::string> said;
    const Result result = ask("critical", d.graph, d.params);
    std::tuple<std::size_t, std::size_t, double> last{1000, 1000, 1000};
    for (const Value& row : rows_of(result, "critical")) {
      std::string worse;
      for (const Value& n : *row["needs"].if_array()) {
        worse += fmt::format("{} {} {} {}, ", text(n["id"]), text(n["before"]), text(n["after"]), number(n["left"]));
      }
      said[text(row["deliverable"])] =
          fmt::format("{} {} {} {}", number(row["loses"]), number(row["worse"]), number(row["covers"]), worse);
      CHECK(*row["loss"].if_real() == Approx(losses[text(row["deliverable"])]).margin(1e-4));
      const std::tuple key{number(row["loses"]), number(row["worse"]), *row["loss"].if_real()};
      CHECK(key <= last);
      last = key;
      ++found;
    }
    REQUIRE(said == expected);
  }
  CHECK(found > 3000);
}

TEST_CASE("structure: critical: the verdict of a draft on its earlier edition stays when the draft goes") {
  SmallMap small;
  small.node(Kind::term, "R");
  small.doc("D1", State::published, "2015");
  small.doc("D2", State::draft, "2018");
  small.doc("D3", State::published, "2020");
  small.link("D2", Relation::supersedes, "D1");
  small.link("D3", Relation::supersedes, "D2");
  small.covers("D1", "R", Degree::full);
  small.covers("D2", "R", Degree::full);
  const Graph graph = small.graph();
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026-11-23");
  const Result result = ask("critical", graph, params);
  CHECK(rows_of(result, "critical").size() == 1);
  CHECK(text(rows_of(result, "critical").front()["deliverable"]) == "D1");
}

// ---- hanging --------------------------------------------------------------------------------------------------------------

TEST_CASE("structure: hanging lists the needs with exactly one live deliverable, drafts apart from published ones") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const Drawn d = draw(seed);
    INFO("seed " << seed);
    const Naive naive(d.map, d.graph, d.params);
    Names drafts;
    Names single;
    for (const std::string& need : naive.needs()) {
      const Names live = naive.live_texts(need);
      if (live.size() != 1) continue;
      const State state = *naive.states.at(*live.begin());
      (state < State::published ? drafts : single)
          .insert(fmt::format("{} {} {} {}", need, *live.begin(), name_of(state), naive.state(need)));
    }
    const Result result = ask("hanging", d.graph, d.params);
    const auto said = [&](std::string_view table) {
      Names list;
      std::tuple<std::size_t, std::size_t> last{1000, 1000};
      for (const Value& row : rows_of(result, table)) {
        list.insert(fmt::format("{} {} {} {}", text(row["need"]), text(row["deliverable"]), text(row["deliverable_state"]),
                                text(row["state"])));
        const std::tuple key{number(row["priority"]), number(row["dependants"])};
        CHECK(key <= last);
        last = key;
        ++found;
      }
      return list;
    };
    REQUIRE(said("drafts") == drafts);
    REQUIRE(said("single") == single);
  }
  CHECK(found > 2000);
}

TEST_CASE("structure: hanging says since when a draft is in its stage, and for how long") {
  SmallMap small;
  small.node(Kind::term, "R");
  small.doc("D", State::draft, "2024-02-29");
  small.covers("D", "R", Degree::full);
  const Graph graph = small.graph();
  const auto on = [&](std::string_view date) {
    Params params;
    params.profile = &default_profile();
    params.as_of = day(date);
    const Result result = ask("hanging", graph, params);
    const Value& row = rows_of(result, "drafts").front();
    return fmt::format("{} {} {}", text(row["since"]), number(row["days"]), text(row["waiting"]));
  };
  CHECK(on("2024-02-29") == "2024-02-29 0 0 days");
  CHECK(on("2024-03-01") == "2024-02-29 1 1 day");
  CHECK(on("2024-03-28") == "2024-02-29 28 28 days");
  CHECK(on("2024-03-29") == "2024-02-29 29 1 month");
  CHECK(on("2024-12-31") == "2024-02-29 306 10 months");
  CHECK(on("2025-02-28") == "2024-02-29 365 11 months");
  CHECK(on("2025-03-01") == "2024-02-29 366 1 year");
  CHECK(on("2026-05-05") == "2024-02-29 796 2 years 2 months");
}

// ---- chains ---------------------------------------------------------------------------------------------------------------

TEST_CASE("structure: chains are followed as they are defined, and every break is told once") {
  std::size_t found = 0;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const Drawn d = draw(seed);
    INFO("seed " << seed);
    const Naive naive(d.map, d.graph, d.params);
    const Names wanted = naive.topic.empty() ? Names() : naive.inside(naive.topic);
    const auto is_wanted = [&](const std::string& id) { return naive.topic.empty() || wanted.contains(id); };
    std::size_t chains = 0, full = 0, part = 0;
    struct Place {
      Names objectives, use_cases;
      std::size_t chains = 0;
    };
    std::map<std::string, Place> places;
    for (const Node& objective : d.map.nodes) {
      if (objective.kind != Kind::objective || (!naive.objective.empty() && objective.id != naive.objective)) continue;
      Names use_cases;
      for (const std::string& need : naive.ends(objective.id, Relation::serves, false)) {
        if (naive.kind(need) == Kind::use_case) use_cases.insert(need);
      }
      const auto broken = [&](const std::string& at, const std::string& use_case) {
        ++chains;
        ++places[at].chains;
        places[at].objectives.insert(objective.id);
        if (!use_case.empty()) places[at].use_cases.insert(use_case);
      };
      if (use_cases.empty() && naive.topic.empty()) broken(objective.id, "");
      for (const std::string& use_case : use_cases) {
        Names needed;
        for (const std::string& need : naive.ends(use_case, Relation::needs, true)) {
          if (naive.kind(need) != Kind::term) needed.insert(need);
        }
        if (needed.empty() && is_wanted(use_case)) broken(use_case, use_case);
        for (const std::string& need : needed) {
          if (!is_wanted(need)) continue;
          const std::string state = naive.state(need);
          if (state == "covered" || state == "partly-covered") {
            ++chains;
            ++(state == "covered" ? full : part);
          } else {
            broken(need, use_case);
          }
        }
      }
    }
    Names expected;
    for (const auto& [id, place] : places) {
      const Kind kind = naive.kind(id);
      std::vector<std::string> objectives(place.objectives.begin(), place.objectives.end());
      std::vector<std::string> use_cases(place.use_cases.begin(), place.use_cases.end());
      std::ranges::sort(use_cases, natural_less);
      expected.insert(fmt::format("{} at {} {} chains {} objectives {} use cases {}", id,
                                  kind == Kind::objective  ? "objective"
                                  : kind == Kind::use_case ? "use-case"
                                                           : "requirement",
                                  kind == Kind::objective ? "-" : naive.state(id), place.chains, joined(objectives),
                                  joined(use_cases)));
    }
    const Result result = ask("chains", d.graph, d.params);
    Names said;
    std::size_t last = 1000;
    for (const Value& row : rows_of(result, "chains")) {
      said.insert(fmt::format("{} at {} {} chains {} objectives {} use cases {}", text(row["node"]), text(row["breaks_at"]),
                              text(row["state"]), number(row["chains"]), joined(names(row["objectives"])),
                              joined(names(row["use_cases"]))));
      CHECK(number(row["use_case_count"]) <= last);
      last = number(row["use_case_count"]);
      ++found;
    }
    REQUIRE(said == expected);
    REQUIRE(said.size() == rows_of(result, "chains").size());
    const Value& counts = head(result, "counts");
    REQUIRE(number(counts["chains"]) == chains);
    REQUIRE(number(counts["hold_in_full"]) == full);
    REQUIRE(number(counts["hold_in_part"]) == part);
  }
  CHECK(found > 3000);
}

TEST_CASE("structure: chains: a use case that serves an objective inside another stands under both") {
  SmallMap small;
  small.node(Kind::objective, "O1");
  small.node(Kind::objective, "O2");
  small.link("O2", Relation::part_of, "O1");
  small.node(Kind::use_case, "U");
  small.link("U", Relation::serves, "O2");
  const Graph graph = small.graph();
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026-11-23");
  const Result result = ask("chains", graph, params);
  REQUIRE(rows_of(result, "chains").size() == 1);
  CHECK(joined(names(rows_of(result, "chains").front()["objectives"])) == "O1 O2 ");
}

// ---- bridges --------------------------------------------------------------------------------------------------------------

namespace {

using Weights = std::map<std::pair<std::size_t, std::size_t>, std::int64_t>;  ///< Both directions.

/// Modularity × (twice the total weight)², from its definition.
std::int64_t modularity(const Weights& weights, const std::vector<std::size_t>& community, std::int64_t total) {
  std::int64_t inside = 0;
  std::map<std::size_t, std::int64_t> strength;
  for (const auto& [pair, weight] : weights) {
    if (community[pair.first] == community[pair.second]) inside += weight;
    strength[community[pair.first]] += weight;
  }
  std::int64_t sum = inside * total;
  for (const auto& [c, s] : strength) sum -= s * s;
  return sum;
}

/// The greedy agglomeration with the modularity of every possible union computed anew. A community is called by its first group.
std::vector<std::size_t> agglomerated(const Weights& weights, std::size_t n, std::int64_t total) {
  std::vector<std::size_t> community(n);
  std::iota(community.begin(), community.end(), std::size_t{0});
  while (true) {
    const std::int64_t now = modularity(weights, community, total);
    std::int64_t best = now;
    std::vector<std::size_t> next;
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = a + 1; b < n; ++b) {
        if (community[a] != a || community[b] != b) continue;
        std::vector<std::size_t> joined = community;
        for (std::size_t& c : joined) c = c == b ? a : c;
        const std::int64_t then = modularity(weights, joined, total);
        if (then <= best) continue;
        best = then;
        next = joined;
      }
    }
    if (next.empty()) return community;
    community = next;
  }
}

/// Betweenness from all distances and numbers of shortest ways (Floyd & Warshall; a way of several steps ends in one).
std::vector<double> betweenness(const Weights& weights, std::size_t n) {
  constexpr std::int64_t unit = 144'403'552'893'600;  // A multiple of 1 … 36: lengths are whole.
  constexpr std::int64_t far = std::int64_t{1} << 60;
  std::vector<std::vector<std::int64_t>> distance(n, std::vector<std::int64_t>(n, far));
  for (const auto& [pair, weight] : weights) distance[pair.first][pair.second] = unit / weight;
  for (std::size_t i = 0; i < n; ++i) distance[i][i] = 0;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) distance[i][j] = std::min(distance[i][j], distance[i][k] + distance[k][j]);
    }
  }
  std::vector<std::vector<double>> ways(n, std::vector<double>(n, 0));
  for (std::size_t from = 0; from < n; ++from) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t v) { return distance[from][v]; });
    ways[from][from] = 1;
    for (const std::size_t v : order) {
      for (const auto& [pair, weight] : weights) {
        if (pair.second == v && v != from && distance[from][v] < far &&
            distance[from][pair.first] + unit / weight == distance[from][v]) {
          ways[from][v] += ways[from][pair.first];
        }
      }
    }
  }
  std::vector<double> result(n, 0);
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = s + 1; t < n; ++t) {
        if (s == v || t == v || distance[s][t] >= far || distance[s][v] + distance[v][t] != distance[s][t]) continue;
        result[v] += ways[s][v] * ways[v][t] / ways[s][t];
      }
    }
    if (n > 2) result[v] /= static_cast<double>((n - 1) * (n - 2)) / 2;
  }
  return result;
}

}  // namespace

TEST_CASE("structure: bridges finds the communities, the betweenness and the pairs that the definitions give") {
  std::size_t bridges = 0;
  std::size_t ties = 0;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const Drawn d = draw(seed, seed % 3 == 0);
    INFO("seed " << seed);
    Naive naive(d.map, d.graph, d.params);
    // By group pair: the needs that live deliverables of both cover, whatever the scope.
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> shared;
    std::set<std::string, bool (*)(std::string_view, std::string_view)> joined_groups(natural_less);
    Names all_groups;
    for (const std::string& need : naive.needs()) {
      Names groups;
      for (const std::string& t : naive.live_texts(need, true)) groups.merge(naive.groups_of(t));
      for (const std::string& a : groups) {
        for (const std::string& b : groups) {
          if (natural_less(a, b)) shared[{a, b}].push_back(need);
          if (a != b) joined_groups.insert(a);
        }
      }
      all_groups.merge(groups);
    }
    const std::vector<std::string> groups(joined_groups.begin(), joined_groups.end());
    const auto position = [&](const std::string& id) {
      return static_cast<std::size_t>(std::ranges::find(groups, id) - groups.begin());
    };
    Weights weights;
    std::int64_t total = 0;
    for (const auto& [pair, needs] : shared) {
      const std::size_t a = position(pair.first);
      const std::size_t b = position(pair.second);
      weights[{a, b}] = weights[{b, a}] = static_cast<std::int64_t>(needs.size());
      total += 2 * static_cast<std::int64_t>(needs.size());
    }
    const std::vector<std::size_t> community = agglomerated(weights, groups.size(), total);
    std::map<std::size_t, std::string> members;
    for (std::size_t g = 0; g < groups.size(); ++g) members[community[g]] += groups[g] + " ";

    const Result result = ask("bridges", d.graph, d.params);
    CHECK(number(head(result, "network")["groups"]) == groups.size());
    CHECK(number(head(result, "network")["groups_alone"]) == all_groups.size() - groups.size());
    if (total > 0) {
      const double q = static_cast<double>(modularity(weights, community, total)) / static_cast<double>(total * total);
      CHECK(*head(result, "network")["modularity"].if_real() == Approx(q).margin(1e-4));
    }
    Names expected;
    for (const auto& [c, list] : members) expected.insert(list);
    Names said;
    std::map<std::string, std::size_t> number_of;
    for (const Value& row : rows_of(result, "communities")) {
      said.insert(joined(names(row["groups"])));
      for (const std::string& g : names(row["groups"])) number_of[g] = number(row["number"]);
    }
    REQUIRE(said == expected);

    const std::vector<double> between = betweenness(weights, groups.size());
    std::map<std::string, double> betweenness_of;
    Names expected_bridges;
    Names expected_pairs;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      std::set<std::size_t> reaches;
      for (const auto& [pair, weight] : weights) {
        if (pair.first == g && community[pair.second] != community[g]) reaches.insert(number_of[groups[pair.second]]);
      }
      if (reaches.empty() || (!naive.scope.empty() && !naive.in_scope.contains(groups[g]))) continue;
      betweenness_of[groups[g]] = between[g];
      std::string line = groups[g];
      for (const std::size_t c : reaches) line += fmt::format(" {}", c);
      expected_bridges.insert(line);
    }
    for (const auto& [pair, needs] : shared) {
      if (number_of[pair.first] == number_of[pair.second]) continue;
      if (!naive.scope.empty() && !naive.in_scope.contains(pair.first) && !naive.in_scope.contains(pair.second)) continue;
      // A liaison between them or between groups that they are inside of.
      const auto above = [&](const std::string& id) {
        Names up{id};
        for (bool more = true; more;) {
          more = false;
          for (const Link& l : d.map.links) {
            if (l.relation == Relation::part_of && l.status == Status::asserted && up.contains(l.from))
              more = up.insert(l.to).second || more;
          }
        }
        return up;
      };
      const Names a = above(pair.first);
      const Names b = above(pair.second);
      const bool liaison = std::ranges::any_of(d.map.links, [&](const Link& l) {
        return l.relation == Relation::liaises_with && l.status == Status::asserted &&
               ((a.contains(l.from) && b.contains(l.to)) || (b.contains(l.from) && a.contains(l.to)));
      });
      const bool one_body = d.graph.body_of(d.graph.find(pair.first)) == d.graph.body_of(d.graph.find(pair.second));
      ties += liaison;
      expected_pairs.insert(fmt::format("{} {} {} {}", pair.first, pair.second, joined(needs),
                                        liaison    ? "on the map"
                                        : one_body ? "same body"
                                                   : "none"));
    }
    Names said_bridges;
    for (const Value& row : rows_of(result, "bridges")) {
      std::string line = text(row["group"]);
      CHECK(*row["betweenness"].if_real() == Approx(betweenness_of[line]).margin(1e-4));
      for (const Value& c : *row["reaches"].if_array()) line += fmt::format(" {}", number(c));
      said_bridges.insert(line);
      ++bridges;
    }
    REQUIRE(said_bridges == expected_bridges);
    Names said_pairs;
    for (const Value& row : rows_of(result, "pairs")) {
      said_pairs.insert(
          fmt::format("{} {} {} {}", text(row["first"]), text(row["second"]), joined(names(row["needs"])), text(row["liaison"])));
      CHECK(row["first_deliverables"].size() > 0);
      CHECK(row["second_deliverables"].size() > 0);
    }
    REQUIRE(said_pairs == expected_pairs);
  }
  CHECK(bridges > 1500);
  CHECK(ties > 200);
}

TEST_CASE("structure: bridges: two clusters and the group between them") {
  SmallMap small;
  const auto share = [&](const std::string& a, const std::string& b, int needs) {
    for (int i = 0; i < needs; ++i) {
      const std::string need = fmt::format("N {} {} {}", a, b, i);
      small.node(Kind::term, need);
      for (const std::string& g : {a, b}) {
        const std::string doc = fmt::format("D {} {}", g, need);
        small.doc(doc, State::published, "2020", g);
        small.covers(doc, need, Degree::partial);
      }
    }
  };
  for (const char* g : {"A1", "A2", "A3", "B1", "B2", "B3"}) small.group(g);
  share("A1", "A2", 3);
  share("A2", "A3", 3);
  share("A1", "A3", 3);
  share("B1", "B2", 3);
  share("B2", "B3", 3);
  share("B1", "B3", 3);
  share("A3", "B1", 1);
  small.link("A3", Relation::liaises_with, "B2");
  const Graph graph = small.graph();
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026-11-23");
  const Result result = ask("bridges", graph, params);
  REQUIRE(rows_of(result, "communities").size() == 2);
  CHECK(joined(names(rows_of(result, "communities")[0]["groups"])) == "A1 A2 A3 ");
  REQUIRE(rows_of(result, "bridges").size() == 2);
  CHECK(text(rows_of(result, "bridges")[0]["group"]) == "A3");
  // Of the ten pairs of other groups, the six across lead through A3.
  CHECK(*rows_of(result, "bridges")[0]["betweenness"].if_real() == Approx(0.6));
  REQUIRE(rows_of(result, "pairs").size() == 1);
  CHECK(text(rows_of(result, "pairs")[0]["liaison"]) == "none");
}

// ---- fewest ---------------------------------------------------------------------------------------------------------------

namespace {

/// The size of the smallest cover of at most 16 needs: for each subset of them, from its smaller ones.
std::size_t smallest_cover(const std::vector<std::string>& needs, const std::vector<Names>& sets) {
  std::vector<std::size_t> best(std::size_t{1} << needs.size(), 100);
  best[0] = 0;
  for (std::size_t have = 0; have < best.size(); ++have) {
    for (const Names& set : sets) {
      std::size_t then = have;
      for (std::size_t e = 0; e < needs.size(); ++e) then |= set.contains(needs[e]) ? std::size_t{1} << e : 0;
      best[then] = std::min(best[then], best[have] + 1);
    }
  }
  return best.back();
}

/// Each need stands in exactly one row.
Names closed_by(const Value::Array& list) {
  Names result;
  std::size_t sum = 0;
  for (const Value& row : list) {
    for (const std::string& need : names(row["needs"])) result.insert(need);
    sum += number(row["need_count"]);
  }
  CHECK(sum == result.size());
  return result;
}

}  // namespace

TEST_CASE("structure: fewest closes every gap that calls for new work with as few documents as there can be") {
  std::size_t items = 0;
  std::size_t letters = 0;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const Drawn d = draw(seed);
    INFO("seed " << seed);
    const Naive naive(d.map, d.graph, d.params);
    Profile profile = default_profile();
    profile.grouping_largest = 2 + static_cast<int>(seed % 4);
    Params params = d.params;
    params.profile = &profile;
    const Result result = ask("fewest", d.graph, params);

    Params all_gaps = params;
    Names gaps;
    const Result listed = query_gaps(d.graph, all_gaps);
    for (const Value& row : listed.tables.front().rows) {
      if (text(row["action"]) == "new-work-item") gaps.insert(text(row["subject"]));
    }
    std::map<std::string, std::vector<std::string>> anchored;
    for (const std::string& need : gaps) {
      for (const std::string& t : naive.ends(need, Relation::part_of, true)) {
        if (t.starts_with("topic")) anchored["topic " + t].push_back(need);  // A need may be part of a need, too.
      }
      Names use_cases = naive.ends(need, Relation::needs, false);
      use_cases.merge(naive.ends(need, Relation::faces, false));
      if (naive.kind(need) == Kind::use_case) use_cases.insert(need);
      for (const std::string& u : use_cases) anchored["use case " + u].push_back(need);
      Names threats = naive.ends(need, Relation::counters, true);
      if (naive.kind(need) == Kind::threat) threats.insert(need);
      for (const std::string& t : threats) anchored["threat " + t].push_back(need);
    }
    std::vector<Names> documents;
    for (auto& [anchor, needs] : anchored) {
      std::ranges::sort(needs, natural_less);
      for (std::size_t i = 0; i < needs.size(); ++i) {
        if (i % static_cast<std::size_t>(profile.grouping_largest) == 0) documents.emplace_back();
        documents.back().insert(needs[i]);
      }
    }
    for (const std::string& need : gaps) documents.push_back({need});
    if (gaps.size() > 16) continue;  // All covers are tried: 2 to that many.
    CHECK(number(head(result, "work")["needs"]) == gaps.size());
    CHECK(*head(result, "work")["exact"].if_bool());
    CHECK(number(head(result, "work")["fewest"]) == smallest_cover({gaps.begin(), gaps.end()}, documents));
    REQUIRE(closed_by(rows_of(result, "work_items")) == gaps);
    for (const Value& row : rows_of(result, "work_items")) {
      Names needs;
      for (const std::string& n : names(row["needs"])) needs.insert(n);
      for (const std::string& n : names(row["also"])) needs.insert(n);
      CHECK(std::ranges::find(documents, needs) != documents.end());
      ++items;
    }

    if (naive.scope.empty()) {
      CHECK(head(result, "liaison").is_null());
      continue;
    }
    std::map<std::string, Names> by_group;
    Names reachable;
    Names beyond;
    for (const std::string& need : naive.needs()) {
      if (!naive.live_texts(need).empty()) continue;
      Names groups;
      for (const std::string& t : naive.live_texts(need, true)) groups.merge(naive.groups_of(t));
      for (const std::string& g : groups) {
        if (!naive.in_scope.contains(g)) by_group[g].insert(need);
      }
      (groups.empty() ? beyond : reachable).insert(need);
    }
    std::vector<Names> sets;
    for (const auto& [group, needs] : by_group) sets.push_back(needs);
    CHECK(number(head(result, "liaison")["fewest"]) == smallest_cover({reachable.begin(), reachable.end()}, sets));
    REQUIRE(closed_by(rows_of(result, "liaisons")) == reachable);
    for (const Value& row : rows_of(result, "liaisons")) {
      for (const std::string& n : names(row["needs"])) CHECK(by_group[text(row["group"])].contains(n));
      ++letters;
    }
    Names said;
    for (const Value& row : rows_of(result, "beyond")) said.insert(text(row["need"]));
    REQUIRE(said == beyond);
  }
  CHECK(items > 1000);
  CHECK(letters > 300);
}

TEST_CASE("structure: fewest cuts an anchor with too many needs into slices in natural order") {
  SmallMap small;
  small.node(Kind::topic, "topic");
  std::vector<std::string> needs;
  for (int i = 1; i <= 11; ++i) {
    needs.push_back(fmt::format("R{}", i));
    small.node(Kind::term, needs.back());
    small.link(needs.back(), Relation::part_of, "topic");
  }
  small.searched(needs);
  const Graph graph = small.graph();
  Profile profile = default_profile();
  profile.grouping_largest = 5;
  Params params;
  params.profile = &profile;
  params.as_of = day("2026-11-23");
  const Result result = ask("fewest", graph, params);
  std::string said;
  for (const Value& row : rows_of(result, "work_items"))
    said += fmt::format("{}: {}\n", text(row["title"]), joined(names(row["needs"])));
  CHECK(said == "topic (part 1 of 3): R1 R2 R3 R4 R5 \ntopic (part 2 of 3): R6 R7 R8 R9 R10 \nR11: R11 \n");
}
