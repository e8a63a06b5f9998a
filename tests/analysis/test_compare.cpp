// Comparisons against their definition: all paths of small random maps, walked one by one over the text form.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "analysis/paths.hpp"
#include "lacuna/analysis.hpp"
#include "model/small_map.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

struct Way {
  std::string to;
  int cost = 0;
};

/// The definition, step by step: adoptions, a need that the deliverable covers, needs that belong together, a deliverable that
/// covers the last one, adoptions.
class Walker {
 public:
  Walker(const Map& map, const Situation& situation) : map_(map), situation_(situation), graph_(situation.graph()) {}

  /// All ways without circles that begin at a node, and cost no more than the bound.
  std::vector<Way> all(const std::string& start, int bound) {
    ways_.clear();
    bound_ = bound;
    been_ = {start};
    const bool need = is_need(graph_.node(graph_.find(start)).kind);
    walk(start, need ? Phase::need : Phase::before, 0);
    return ways_;
  }

 private:
  enum class Phase { before, need, after };

  static int points(Penalty p) { return default_profile().penalty[p]; }

  void go(const std::string& to, Phase phase, int cost) {
    if (cost > bound_ || been_.contains(to)) return;
    been_.insert(to);
    walk(to, phase, cost);
    been_.erase(to);
  }

  void walk(const std::string& at, Phase phase, int cost) {
    ways_.push_back({at, cost});
    for (const Link& link : map_.links) {
      if (link.status != Status::asserted || (link.from != at && link.to != at)) continue;
      const bool out = link.from == at;
      const std::string& to = out ? link.to : link.from;
      const NodeId from_id = graph_.find(link.from);
      const NodeId to_id = graph_.find(link.to);
      if (!situation_.exists(from_id) || !situation_.exists(to_id)) continue;
      const Kind kind = graph_.node(out ? to_id : from_id).kind;
      if (link.relation == Relation::covers && link.degree != Degree::none) {
        if (!speaks(link)) continue;
        const int step = points(link.degree == Degree::full ? Penalty::full : Penalty::partial) + added(from_id, to_id);
        if (out && phase == Phase::before) go(to, Phase::need, cost + step);
        if (!out && phase == Phase::need) go(to, Phase::after, cost + step);
      } else if (link.relation == Relation::adopts && phase != Phase::need) {
        go(to, phase, cost + points(Penalty::adopts));
      } else if (phase == Phase::need && is_need(kind)) {
        if (link.relation == Relation::part_of) go(to, Phase::need, cost + points(out ? Penalty::broader : Penalty::narrower));
        if (link.relation == Relation::needs || link.relation == Relation::counters || link.relation == Relation::faces)
          go(to, Phase::need, cost + points(Penalty::related));
      }
    }
  }

  /// Of several verdicts on one pair, the first of the strongest.
  bool speaks(const Link& link) const {
    const Link* best = nullptr;
    for (const Link& other : map_.links) {
      if (other.relation != Relation::covers || other.status != Status::asserted || other.degree == Degree::none ||
          other.from != link.from || other.to != link.to)
        continue;
      if (best == nullptr || *other.degree < *best->degree) best = &other;
    }
    return best == &link;
  }

  int added(NodeId deliverable, NodeId need) const {
    bool suspect = false;
    for (const LinkId l : graph_.out(deliverable, Relation::covers))
      suspect = suspect || (graph_.edge(l).to == need && situation_.suspect(l));
    const State state = *situation_.state(deliverable);
    return suspect || state > State::published ? points(Penalty::stale) : state < State::published ? points(Penalty::draft) : 0;
  }

  const Map& map_;
  const Situation& situation_;
  const Graph& graph_;
  std::vector<Way> ways_;
  std::set<std::string> been_;
  int bound_ = 0;
};

RandomMap small_shape(std::uint64_t seed) {
  RandomMap shape;
  shape.seed = seed;
  shape.needs = 3 + seed % 6;
  shape.deliverables = 4 + seed % 6;
  shape.groups = 3;
  shape.covers = 5 + seed % 14;
  return shape;
}

CompareParams params_at(Day day) {
  CompareParams params;
  params.profile = &default_profile();
  params.as_of = day;
  return params;
}

const Value::Array& rows(const Result& result, std::string_view name) {
  for (const Table& t : result.tables) {
    if (t.name == name) return t.rows;
  }
  static const Value::Array none;
  return none;
}

}  // namespace

TEST_CASE("compare: costs, counterparts and items without are those of all paths, on two thousand maps") {
  std::size_t with = 0;
  std::size_t without = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const Map map = random_map(small_shape(seed));
    const Graph graph = graph_of(map);
    CompareParams params = params_at(Date{static_cast<std::int16_t>(2016 + seed % 12), 6, 1}.last_day());
    const Situation situation(graph, *params.profile, params.as_of);
    Dice dice(seed);
    const char* names[] = {"Group 0", "Group 1", "Group 2", "topic 1", "topic 2", "O1", "O2"};
    params.sides = {side_of(graph, names[dice.below(7)]), side_of(graph, names[dice.below(7)])};
    const Result result = query_compare(graph, params);
    INFO("seed " << seed << ": " << params.sides[0].name << " against " << params.sides[1].name);
    std::set<std::string> others;
    for (const Value& row : rows(result, "b_to_a")) others.insert(*row["item"].if_text());
    const int bound = params.profile->path_class.back();
    for (const Value& row : rows(result, "a_to_b")) {
      std::map<std::string, int> best;
      for (const Way& way : Walker(map, situation).all(*row["item"].if_text(), bound)) {
        if (!others.contains(way.to)) continue;
        const auto [at, fresh] = best.emplace(way.to, way.cost);
        if (!fresh) at->second = std::min(at->second, way.cost);
      }
      INFO(*row["item"].if_text());
      ++(best.empty() ? without : with);
      if (best.empty()) {
        REQUIRE(row["cost"].is_null());
        REQUIRE(*row["class"].if_text() == "none");
        continue;
      }
      const int least =
          std::min_element(best.begin(), best.end(), [](const auto& x, const auto& y) { return x.second < y.second; })->second;
      REQUIRE(*row["cost"].if_integer() == least);
      REQUIRE(row["counterparts"].size() == best.size());
      REQUIRE(*row["others"].if_integer() == static_cast<std::int64_t>(best.size()) - 1);
      for (const Value& c : *row["counterparts"].if_array()) REQUIRE(*c["cost"].if_integer() == best.at(*c["id"].if_text()));
      // The path told adds up and ends on the other side.
      std::int64_t sum = 0;
      std::string end = *row["item"].if_text();
      for (const Value& step : *row["steps"].if_array()) {
        sum += *step["cost"].if_integer();
        end = *step["node"]["id"].if_text();
      }
      REQUIRE(sum == least);
      REQUIRE(end == *row["counterpart"].if_text());
      REQUIRE(others.contains(end));
    }
  }
  CHECK(with > 1000);
  CHECK(without > 1000);
}

TEST_CASE("paths: the cheapest ways come first, each once, as many as there are, on a thousand maps") {
  std::size_t several = 0;
  for (std::uint64_t seed = 3001; seed <= 4000; ++seed) {
    const Map map = random_map(small_shape(seed));
    const Graph graph = graph_of(map);
    const Situation situation(graph, default_profile(), Date{2026, 1, 1}.last_day());
    std::vector<NodeId> deliverables;
    for (const NodeId d : graph.of_kind(Kind::deliverable)) {
      if (situation.exists(d)) deliverables.push_back(d);
    }
    if (deliverables.size() < 2) continue;
    const NodeId from = deliverables[seed % deliverables.size()];
    const NodeId to = deliverables[(seed / 7) % deliverables.size()];
    if (from == to) continue;
    const int bound = default_profile().path_class.back();
    const PathNetwork network(situation);
    PathSearch search(network, bound);
    search.run(std::span(&to, 1), PathSearch::Direction::toward);
    const std::vector<Path> paths = search.paths(from, 1000);
    std::vector<int> costs;
    for (const Way& way : Walker(map, situation).all(graph.node(from).id, bound)) {
      if (way.to == graph.node(to).id) costs.push_back(way.cost);
    }
    std::ranges::sort(costs);
    INFO("seed " << seed << ": " << graph.node(from).id << " to " << graph.node(to).id);
    std::vector<int> told;
    std::set<std::vector<LinkId>> different;
    for (const Path& path : paths) {
      told.push_back(path.cost);
      std::vector<LinkId> links;
      for (const PathStep& step : path.steps) links.push_back(step.link);
      different.insert(links);
    }
    REQUIRE(told == costs);
    REQUIRE(different.size() == paths.size());
    several += paths.size() > 1;
    // Asking for fewer gives the first of them.
    const std::vector<Path> first = search.paths(from, 1);
    REQUIRE(first.size() == std::min<std::size_t>(1, paths.size()));
    if (first.empty()) continue;
    REQUIRE(first.front().cost == paths.front().cost);
    std::vector<LinkId> links;
    for (const PathStep& step : first.front().steps) links.push_back(step.link);
    std::vector<LinkId> wanted;
    for (const PathStep& step : paths.front().steps) wanted.push_back(step.link);
    REQUIRE(links == wanted);
  }
  CHECK(several > 50);
}

TEST_CASE("compare --all: each pair says what the comparison of the two says") {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 20;
    shape.deliverables = 25;
    shape.covers = 50;
    const Graph graph = graph_of(random_map(shape));
    for (const Word& sets : comparable_sets()) {
      CompareParams params = params_at(Date{2026, 1, 1}.last_day());
      params.sets = sets.name;
      const Result all = query_compare_all(graph, params);
      INFO("seed " << seed << ", " << sets.name);
      if (sets.name == "group" || rows(all, "pairs").empty())
        continue;  // Groups alone, without those inside them: nobody can name that on a side.
      for (const Value& pair : {rows(all, "pairs").front(), rows(all, "pairs").back()}) {
        params.sides = {side_of(graph, *pair["from"].if_text()), side_of(graph, *pair["to"].if_text())};
        const Result two = query_compare(graph, params);
        const auto a = std::ranges::find(two.head, "a", [](const auto& m) { return m.first; });
        REQUIRE(*pair["items"].if_integer() == *a->second["items"].if_integer());
        for (const char* c : {"direct", "strong", "average", "weak", "none"})
          REQUIRE(*pair[c].if_integer() == *a->second["by_class"][c].if_integer());
      }
    }
  }
}

TEST_CASE("compare --all: fewer rows are the first of all rows") {
  RandomMap shape;
  shape.needs = 20;
  shape.deliverables = 40;
  shape.covers = 120;
  const Graph graph = graph_of(random_map(shape));
  CompareParams params = params_at(Date{2026, 1, 1}.last_day());
  params.sets = "work";
  const auto all = rows(query_compare_all(graph, params), "pairs");
  REQUIRE(all.size() > 100);
  for (const std::size_t limit : {1, 7, 100}) {
    params.limit = limit;
    CHECK(rows(query_compare_all(graph, params), "pairs") ==
          Value::Array(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(limit)));
  }
}

TEST_CASE("compare --all: of more pairs than a table holds, the closest are listed, and that is said") {
  SmallMap m;
  m.node(Kind::requirement, "N");
  for (int i = 0; i < 320; ++i) {
    m.doc(fmt::format("D{}", i), State::published, "2020");
    m.covers(fmt::format("D{}", i), "N", i < 2 ? Degree::full : Degree::partial);
  }
  CompareParams params = params_at(day("2026-11-23"));
  params.sets = "work";
  const Result result = query_compare_all(graph_of(m.map), params);
  CHECK(rows(result, "pairs").size() == 100'000);
  CHECK(*rows(result, "pairs").front()["from"].if_text() == "D0");
  CHECK(*rows(result, "pairs").front()["direct"].if_integer() == 1);
  CHECK(result.summary[1] == "320 works with links, none without; 102080 of 102080 ordered pairs have counterparts");
  CHECK(result.summary[2] == "Only the 100,000 closest pairs are listed");
  CHECK(rows(result, "matrix").size() == 320);
  params.limit = 10;
  CHECK(query_compare_all(graph_of(m.map), params).summary.size() == 3);
}

TEST_CASE("compare --all: a matrix wider than a thousand sets is left out, and that is said") {
  SmallMap m;
  for (int i = 0; i < 1001; ++i) {
    m.node(Kind::requirement, fmt::format("N{}", i));
    m.doc(fmt::format("D{}", i), State::published, "2020");
    m.covers(fmt::format("D{}", i), fmt::format("N{}", i), Degree::full);
  }
  CompareParams params = params_at(day("2026-11-23"));
  params.sets = "work";
  const Result result = query_compare_all(graph_of(m.map), params);
  CHECK(rows(result, "matrix").empty());
  CHECK(result.summary[2] == "The matrix is left out: it would be wider than 1,000 works");
}

TEST_CASE("compare: how many others an item reaches is the same whether its counterparts are listed or not") {
  std::size_t many = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 5;  // So that many texts cover the same.
    shape.deliverables = 40;
    shape.covers = 45;
    shape.groups = 4;
    const Graph graph = graph_of(random_map(shape));
    CompareParams params = params_at(Date{2026, 1, 1}.last_day());
    params.sides = {side_of(graph, "Group 0"), side_of(graph, "Group 1")};
    const Result listed = query_compare(graph, params);
    params.evidence = false;
    const Result counted = query_compare(graph, params);
    for (const char* table : {"a_to_b", "b_to_a"}) {
      std::map<std::string, std::int64_t> others;
      for (const Value& row : rows(listed, table)) others[*row["item"].if_text()] = *row["others"].if_integer();
      // What covers nothing is told above the table where nobody asks for evidence.
      CHECK(rows(counted, table).size() <= others.size());
      for (const Value& row : rows(counted, table)) {
        REQUIRE(others.at(*row["item"].if_text()) == *row["others"].if_integer());
        many += *row["others"].if_integer() > 1;
      }
    }
  }
  CHECK(many > 20);
}
