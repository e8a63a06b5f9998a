// The engine, the SQL views and a naive reading of the definitions say the same of every map.
#include <fmt/format.h>
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>

#include "lacuna/analysis.hpp"
#include "lacuna/import.hpp"
#include "lacuna/store.hpp"
#include "support/naive_search.hpp"
#include "support/process.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Rows = std::multiset<std::string>;

Rows sql_rows(const std::string& map, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(map.c_str(), &db) == SQLITE_OK);
  Rows rows;
  const auto add = [](void* target, int n, char** values, char** /*names*/) {
    std::string row;
    for (int i = 0; i < n; ++i) row += fmt::format("{}{}", i > 0 ? "|" : "", values[i] == nullptr ? "" : values[i]);
    static_cast<Rows*>(target)->insert(row);
    return 0;
  };
  char* message = nullptr;
  const int code = sqlite3_exec(db, sql.c_str(), add, &rows, &message);
  const std::string problem = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(db);
  INFO(problem);
  REQUIRE(code == SQLITE_OK);
  return rows;
}

Params params_for(Day as_of) {
  Params params;
  params.profile = &default_profile();
  params.as_of = as_of;
  return params;
}

Rows engine_coverage(const Graph& graph, Day as_of) {
  const Situation situation(graph, default_profile(), as_of);
  Rows rows;
  for (const NodeId need : situation.needs()) {
    const Coverage coverage = situation.coverage(need);
    REQUIRE(coverage.state == situation.state_of(need));
    rows.insert(fmt::format("{}|{}|{}", graph.node(need).id, name_of(coverage.state), coverage.evidence.size()));
  }
  return rows;
}

Rows engine_gaps(const Graph& graph, Day as_of) {
  Rows rows;
  const Result result = query_gaps(graph, params_for(as_of));
  for (const Value& row : result.tables.front().rows) {
    const std::string kind = *row["kind"].if_text();
    const Value& groups = row["groups"];
    if (kind == "unliaised") {
      rows.insert(fmt::format("{}|{}|{}", kind, *(*groups.if_array())[0].if_text(), *(*groups.if_array())[1].if_text()));
    } else {
      rows.insert(fmt::format("{}|{}|{}", kind, *row["subject"].if_text(),
                              kind == "single-body" ? *(*groups.if_array())[0].if_text() : std::string()));
    }
  }
  return rows;
}

/// The definitions of the coverage states word by word, over the text form, without any index.
std::string naive_state(const Map& map, const std::vector<std::vector<Milestone>>& all_lives, const std::string& need, Day as_of,
                        const std::set<std::string>* scope = nullptr) {
  const auto state_on_day = [&](const std::string& id) -> std::optional<State> {
    std::optional<State> state;
    for (std::size_t i = 0; i < map.nodes.size(); ++i) {
      if (map.nodes[i].id != id) continue;
      for (const Milestone& m : all_lives[i]) {
        if (m.day <= as_of) state = m.state;
      }
    }
    return state;
  };
  const auto is_suspect = [&](const Link& covers) {
    std::vector<std::string> later{covers.from};
    bool replaced = false;
    for (std::size_t i = 0; i < later.size(); ++i) {
      for (const Link& s : map.links) {
        if (s.relation != Relation::supersedes || s.to != later[i] || s.status != Status::asserted) continue;
        if (std::find(later.begin(), later.end(), s.from) != later.end()) continue;
        later.push_back(s.from);
        const auto state = state_on_day(s.from);
        replaced = replaced || (state && *state >= State::published);
        for (const Link& v : map.links) {
          const bool verdict = v.relation == Relation::covers || v.relation == Relation::mentions;
          if (state && verdict && v.from == s.from && v.to == covers.to && v.status != Status::suggested) return false;
        }
      }
    }
    return replaced;
  };
  bool published_full = false, published_partial = false, draft = false, old = false, elsewhere = false;
  for (const Link& link : map.links) {
    if (link.relation != Relation::covers || link.to != need || link.status != Status::asserted || link.degree == Degree::none)
      continue;
    const auto state = state_on_day(link.from);
    if (!state) continue;
    if (scope != nullptr && !scope->contains(link.from)) {
      elsewhere = elsewhere || (*state <= State::published && !is_suspect(link));
    } else if (*state > State::published || is_suspect(link)) {
      old = true;
    } else if (*state < State::published) {
      draft = true;
    } else if (link.degree == Degree::full) {
      published_full = true;
    } else {
      published_partial = true;
    }
  }
  if (published_full) return "covered";
  if (published_partial) return "partly-covered";
  if (draft) return "in-progress";
  if (old) return "stale";
  if (elsewhere) return "elsewhere";
  return naive_uncovered(map, need);
}

/// 1 − Π(1 − degree · maturity), each deliverable once, with its strongest link.
double naive_score(const Map& map, const std::vector<std::vector<Milestone>>& all_lives, const std::string& need,
                   const Situation& situation) {
  double uncovered = 1;
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    std::optional<State> state;
    for (const Milestone& m : all_lives[i]) {
      if (m.day <= situation.as_of()) state = m.state;
    }
    if (!state) continue;
    double strongest = 0;
    for (const Link& link : map.links) {
      if (link.relation != Relation::covers || link.from != map.nodes[i].id || link.to != need ||
          link.status != Status::asserted || link.degree == Degree::none)
        continue;
      State counted = *state;
      const Graph& graph = situation.graph();
      for (const LinkId l : graph.in(graph.find(need), Relation::covers)) {
        if (graph.node(graph.edge(l).from).id == link.from && situation.suspect(l) && counted < State::superseded)
          counted = State::superseded;
      }
      const Profile& p = default_profile();
      strongest = std::max(strongest, p.degree[*link.degree] * p.maturity[counted]);
    }
    uncovered *= 1 - strongest;
  }
  return 1 - uncovered;
}

void compare(Map map, const std::string& path, Day as_of) {
  write_map(map, path);
  const std::string set_day = fmt::format("INSERT OR REPLACE INTO setting VALUES ('as_of', '{}')", to_string(as_of));
  const Graph graph = Store(path).graph();
  sql_rows(path, set_day);
  const Rows coverage = engine_coverage(graph, as_of);
  CHECK(coverage == sql_rows(path, "SELECT id, state, deliverables FROM coverage"));
  CHECK(engine_gaps(graph, as_of) == sql_rows(path, "SELECT kind, subject, other FROM gap"));

  const auto all_lives = lives(map);
  const Situation situation(graph, default_profile(), as_of);
  for (const NodeId need : situation.needs()) {
    CHECK(name_of(situation.state_of(need)) == naive_state(map, all_lives, graph.node(need).id, as_of));
  }
}

}  // namespace

TEST_CASE("sql twin: engine, views and definitions agree on random maps at random days") {
  const Scratch scratch;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 10 + seed % 40;
    shape.deliverables = 15 + seed % 50;
    shape.covers = 20 + 5 * (seed % 30);
    INFO("seed " << seed);
    compare(random_map(shape), scratch.path("map.db"), Date{static_cast<std::int16_t>(2013 + seed % 15), 7, 1}.last_day());
  }
}

TEST_CASE("sql twin: engine, views and definitions agree on a thousand small maps, where rare cases meet") {
  const Scratch scratch;
  for (std::uint64_t seed = 1001; seed <= 2000; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 2 + seed % 5;
    shape.deliverables = 3 + seed % 7;
    shape.groups = 3 + seed % 5;
    shape.covers = 4 + seed % 20;
    INFO("seed " << seed);
    compare(random_map(shape), scratch.path("map.db"),
            Date{static_cast<std::int16_t>(2012 + seed % 17), static_cast<std::uint8_t>(1 + seed % 12), 15}.last_day());
  }
}

TEST_CASE("coverage: states and scores are what the definitions say on three thousand maps, at several days") {
  for (std::uint64_t seed = 5001; seed <= 8000; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 2 + seed % 7;
    shape.deliverables = 3 + seed % 9;
    shape.groups = 3 + seed % 4;
    shape.covers = 5 + seed % 30;
    const Map map = random_map(shape);
    const Graph graph = graph_of(map);
    const auto all_lives = lives(map);
    for (const std::int16_t year : {2013, 2018, 2022, 2027}) {
      const Situation situation(graph, default_profile(), Date{year, 6, 30}.last_day());
      for (const NodeId need : situation.needs()) {
        INFO("seed " << seed << ", " << year << ", " << graph.node(need).id);
        const Coverage coverage = situation.coverage(need);
        REQUIRE(name_of(coverage.state) == naive_state(map, all_lives, graph.node(need).id, situation.as_of()));
        REQUIRE(coverage.score == Approx(naive_score(map, all_lives, graph.node(need).id, situation)).margin(1e-12));
        if (seed % 10 != 0) continue;
        for (const NodeId group : graph.of_kind(Kind::group)) {
          std::set<std::string> own;
          for (const NodeId d : graph.deliverables_of(group)) own.insert(graph.node(d).id);
          const std::string expected = naive_state(map, all_lives, graph.node(need).id, situation.as_of(), &own);
          const Scope scope(graph, group);
          REQUIRE(name_of(situation.state_of(need, scope)) == expected);
          REQUIRE(name_of(situation.coverage(need, scope).state) == expected);
        }
      }
    }
  }
}

TEST_CASE("sql twin: engine, views and definitions agree on the shipped map, on the day of the workshop and later") {
  const Scratch scratch;
  const Imported imported = import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security");
  REQUIRE(imported.diagnostics.empty());
  for (const char* day : {"2019-01-21", "2022-06-30", "2026-11-23"}) {
    INFO(day);
    compare(imported.map, scratch.path("map.db"), Date::parse(day)->last_day());
  }
}

TEST_CASE("random maps: every one of them is valid") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    const Map map = random_map(shape);
    std::string faults;
    for (const Diagnostic& d : validate(map)) {
      if (d.severity == Severity::error) faults += to_string(d) + "\n";
    }
    for (const Diagnostic& d : cycles(map)) faults += to_string(d) + "\n";
    INFO("seed " << seed);
    CHECK(faults == "");
  }
}
