// Parents, bodies, nesting and liaisons, against their definitions read link by link.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/liaisons.hpp"
#include "model/small_map.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// The node and everything that it is inside of, along every asserted link.
std::set<NodeId> around(const Graph& graph, NodeId id) {
  std::set<NodeId> found{id};
  std::vector<NodeId> waiting{id};
  while (!waiting.empty()) {
    const NodeId at = waiting.back();
    waiting.pop_back();
    for (const LinkId l : graph.out(at, Relation::part_of)) {
      if (graph.edge(l).status == Status::asserted && found.insert(graph.edge(l).to).second) waiting.push_back(graph.edge(l).to);
    }
  }
  return found;
}

/// Along the first asserted link to a node of its kind, outermost first.
std::vector<NodeId> path(const Graph& graph, NodeId id) {
  std::vector<NodeId> up{id};
  for (bool found = true; found;) {
    found = false;
    for (const LinkId l : graph.out(up.back(), Relation::part_of)) {
      if (graph.edge(l).status != Status::asserted || graph.node(graph.edge(l).to).kind != graph.node(id).kind) continue;
      up.push_back(graph.edge(l).to);
      found = true;
      break;
    }
  }
  std::ranges::reverse(up);
  return up;
}

/// Groups with one, several or no parents, some of them suggested only, and liaisons at every level.
SmallMap hierarchy(std::uint64_t seed) {
  Dice dice(seed);
  SmallMap small;
  const std::size_t n = 3 + dice.below(20);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < n; ++i) {
    // Numbers out of order: a parent stands before or behind its parts.
    names.push_back(fmt::format("G{}", (i * 7 + seed) % 101));
    small.group(names.back());
    std::set<std::size_t> parents;
    for (std::size_t p = 0; i > 0 && p < dice.below(seed % 2 == 0 ? 2 : 4); ++p) parents.insert(dice.below(i));
    for (const std::size_t p : parents) {
      small.link(names[i], Relation::part_of, names[p]).status = dice.chance(80) ? Status::asserted : Status::suggested;
    }
  }
  std::set<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t k = dice.below(6); k > 0; --k) {
    const std::size_t a = dice.below(n);
    const std::size_t b = dice.below(n);
    if (a != b) pairs.insert(std::minmax(a, b));
  }
  for (const auto& [a, b] : pairs) {
    small.link(names[a], Relation::liaises_with, names[b]).status = dice.chance(80) ? Status::asserted : Status::rejected;
  }
  return small;
}

}  // namespace

TEST_CASE("nesting: order, depth and what is inside what are those of the paths, on five hundred hierarchies") {
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const Graph graph = hierarchy(seed).graph();
    const Nesting nesting(graph);
    INFO("seed " << seed);
    std::vector<NodeId> by_path;
    for (std::size_t i = 0; i < graph.size(); ++i) by_path.push_back(static_cast<NodeId>(i));
    std::ranges::sort(by_path, {}, [&](NodeId id) { return path(graph, id); });
    REQUIRE(nesting.order() == by_path);
    for (std::size_t i = 0; i < graph.size(); ++i) {
      const NodeId id = static_cast<NodeId>(i);
      const std::vector<NodeId> up = path(graph, id);
      REQUIRE(graph.path(id) == up);
      REQUIRE(graph.body_of(id) == up.front());
      REQUIRE(graph.parent(id) == (up.size() < 2 ? std::nullopt : std::optional(up[up.size() - 2])));
      REQUIRE(nesting.depth(id) == up.size() - 1);
      REQUIRE(by_path[nesting.rank(id)] == id);
      for (std::size_t j = 0; j < graph.size(); ++j) {
        REQUIRE(nesting.inside(id, static_cast<NodeId>(j)) == (std::ranges::find(up, static_cast<NodeId>(j)) != up.end()));
      }
    }
  }
}

TEST_CASE("liaisons: between and inside are as the links say, with several parents too, on five hundred hierarchies") {
  std::size_t linked = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    const Graph graph = hierarchy(seed).graph();
    const Liaisons liaisons(graph);
    INFO("seed " << seed);
    for (std::size_t i = 0; i < graph.size(); ++i) {
      const NodeId a = static_cast<NodeId>(i);
      const std::set<NodeId> above_a = around(graph, a);
      std::set<NodeId> met;
      REQUIRE_FALSE(liaisons.any_around(a, [&](NodeId id) { return !met.insert(id).second && false; }));
      REQUIRE(met == above_a);
      for (std::size_t j = 0; j < graph.size(); ++j) {
        const NodeId b = static_cast<NodeId>(j);
        REQUIRE(liaisons.inside(a, b) == above_a.contains(b));
        const std::set<NodeId> above_b = around(graph, b);
        const bool expected = std::ranges::any_of(graph.edges(), [&](const Edge& e) {
          return e.relation == Relation::liaises_with && e.status == Status::asserted &&
                 ((above_a.contains(e.from) && above_b.contains(e.to)) || (above_a.contains(e.to) && above_b.contains(e.from)));
        });
        linked += expected;
        REQUIRE(liaisons.between(a, b) == expected);
      }
    }
  }
  CHECK(linked > 1000);
}

TEST_CASE("nesting: a chain of a hundred thousand groups is gone through once") {
  constexpr std::size_t n = 100'000;
  GraphParts parts;
  parts.nodes.resize(n);
  parts.lives.resize(n);
  for (std::size_t i = 0; i < n; ++i) {
    parts.nodes[i].kind = Kind::group;
    if (i + 1 == n) continue;
    parts.edges.push_back(
        {static_cast<NodeId>(i), static_cast<NodeId>(i + 1), Relation::part_of, Degree::none, Status::asserted});
  }
  const Graph graph(std::move(parts));
  const auto first = static_cast<NodeId>(0);
  const auto last = static_cast<NodeId>(n - 1);
  CHECK(graph.body_of(first) == last);
  CHECK(graph.path(first).size() == n);
  const Liaisons liaisons(graph);
  std::size_t inside = 0;
  for (std::size_t i = 0; i < n; ++i) {
    inside += liaisons.inside(first, static_cast<NodeId>(i));
    inside += liaisons.between(static_cast<NodeId>(i), last);
  }
  CHECK(inside == n);
  CHECK(Nesting(graph).depth(first) == n - 1);
}

TEST_CASE("graph: groups that run in a circle, on a damaged map, have a body and a path that ends") {
  SmallMap small;
  small.group("A", "B");
  small.group("B", "C");
  small.group("C", "A");
  small.group("D", "B");
  const Graph graph = graph_of(small.map);
  CHECK(graph.node(graph.body_of(graph.find("D"))).id == "C");
  CHECK(graph.path(graph.find("D")) == std::vector{graph.find("C"), graph.find("B"), graph.find("D")});
  const Liaisons liaisons(graph);
  CHECK(liaisons.inside(graph.find("C"), graph.find("B")));
  CHECK_FALSE(liaisons.inside(graph.find("C"), graph.find("D")));
  CHECK_FALSE(liaisons.between(graph.find("A"), graph.find("D")));
}

TEST_CASE("graph: a link added to part-of gives new parents and bodies") {
  SmallMap small;
  small.group("A");
  small.group("B", "A");
  small.group("X");
  Graph graph = small.graph();
  CHECK(graph.body_of(graph.find("B")) == graph.find("A"));
  graph.add({graph.find("A"), graph.find("X"), Relation::part_of, Degree::none, Status::asserted});
  CHECK(graph.body_of(graph.find("B")) == graph.find("X"));
  CHECK(graph.parent(graph.find("A")) == graph.find("X"));
}
