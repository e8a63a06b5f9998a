#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <map>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "analysis/columns.hpp"
#include "base/text.hpp"
#include "lacuna/import.hpp"
#include "model/small_map.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// ITU with SG2 and SG17 (and WP1 inside it), ISO with SC 27; each with some deliverables that cover R.
SmallMap field() {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.group("ITU");
  small.group("SG2", "ITU");
  small.group("SG17", "ITU");
  small.group("WP1", "SG17");
  small.group("ISO");
  small.group("SC 27", "ISO");
  const auto docs = [&](const std::string& group, int n) {
    for (int i = 1; i <= n; ++i) {
      const std::string id = group + " doc " + std::to_string(i);
      small.doc(id, State::published, "2019", group);
      small.covers(id, "R", Degree::partial);
    }
  };
  docs("SG2", 1);
  docs("SG17", 3);
  docs("WP1", 2);
  docs("ISO", 1);
  docs("SC 27", 4);
  return small;
}

/// "LABEL n", largest first.
std::string columns(const Graph& graph, std::size_t most, const std::vector<std::string>& wanted = {},
                    const std::string& group = "") {
  const Situation situation(graph, default_profile(), day("2026"));
  std::vector<NodeId> groups;
  for (const std::string& id : wanted) groups.push_back(graph.find(id));
  const Scope scope = group.empty() ? Scope() : Scope(graph, graph.find(group));
  std::string text;
  for (const GroupColumn& c : group_columns(situation, situation.needs(), scope, groups, most)) {
    text += fmt::format("{}{} {}", text.empty() ? "" : ", ", c.label, c.deliverables.size());
  }
  return text;
}

}  // namespace

TEST_CASE("columns: every group that covers something has one, the largest first") {
  CHECK(columns(field().graph(), 12) == "SC 27 4, SG17 without WP1 3, WP1 2, ISO without SC 27 1, SG2 1");
}

TEST_CASE("columns: where there are too many, the smallest are counted with their parent") {
  const Graph graph = field().graph();
  CHECK(columns(graph, 5) == "SC 27 4, SG17 without WP1 3, WP1 2, ISO without SC 27 1, SG2 1");
  CHECK(columns(graph, 4) == "SC 27 4, SG17 without WP1 3, WP1 2, others 2");
  CHECK(columns(graph, 3) == "SG17 5, SC 27 4, others 2");
  CHECK(columns(graph, 1) == "others 11");
}

TEST_CASE("columns: no more than were asked for, and no deliverable is lost") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    const Graph graph = graph_of(random_map(shape));
    const Situation situation(graph, default_profile(), day("2026"));
    std::set<NodeId> all;
    for (const GroupColumn& c : group_columns(situation, situation.needs(), {}, {}, 1000))
      all.insert(c.deliverables.begin(), c.deliverables.end());
    for (std::size_t most = 1; most <= 14; ++most) {
      const auto columns = group_columns(situation, situation.needs(), {}, {}, most);
      CHECK(columns.size() <= most);
      std::set<NodeId> seen;
      for (const GroupColumn& c : columns) {
        CHECK_FALSE(c.deliverables.empty());
        seen.insert(c.deliverables.begin(), c.deliverables.end());
      }
      CHECK(seen == all);
    }
  }
}

TEST_CASE("columns: the smallest go to their parents one by one, the first of equal ones first, on three hundred hierarchies") {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    Dice dice(seed);
    SmallMap small;
    small.node(Kind::requirement, "R");
    const std::size_t groups = 2 + dice.below(30);
    for (std::size_t g = 0; g < groups; ++g) {
      const bool child = g > 0 && dice.chance(80);
      small.group(fmt::format("G{}", g * 37 % 101),
                  child ? fmt::format("G{}", (dice.chance(50) ? g - 1 : dice.below(g)) * 37 % 101) : "");
      for (std::size_t d = dice.below(3); d > 0; --d) {
        small.doc(fmt::format("D{}-{}", g, d), State::published, "2019", fmt::format("G{}", g * 37 % 101));
        small.covers(fmt::format("D{}-{}", g, d), "R", Degree::partial);
      }
    }
    const Graph graph = small.graph();
    const std::size_t most = 1 + dice.below(6);
    std::map<NodeId, std::size_t> sizes;
    for (const NodeId d : graph.of_kind(Kind::deliverable)) ++sizes[graph.developers_of(d).front()];
    std::size_t others = 0;
    while (sizes.size() + (others > 0) > most && !sizes.empty()) {
      const auto smallest = std::ranges::min_element(sizes, {}, [](const auto& g) { return std::pair(g.second, g.first); });
      const auto [group, n] = *smallest;
      sizes.erase(smallest);
      const std::vector<NodeId> path = graph.path(group);
      (path.size() < 2 ? others : sizes[path[path.size() - 2]]) += n;
    }
    std::vector<std::pair<NodeId, std::size_t>> order(sizes.begin(), sizes.end());
    std::ranges::stable_sort(order, std::greater(), [](const auto& g) { return g.second; });
    std::string expected;
    for (const auto& [group, n] : order) {
      // The groups inside whose nearest column above is this one.
      std::vector<std::string> inside;
      for (const auto& [other, m] : sizes) {
        const std::vector<NodeId> path = graph.path(other);
        const auto above = std::find_if(path.rbegin() + 1, path.rend(), [&](NodeId g) { return sizes.contains(g); });
        if (above != path.rend() && *above == group) inside.push_back(graph.node(other).id);
      }
      const std::string without = inside.empty()       ? ""
                                  : inside.size() <= 2 ? " without " + join(inside, ", ")
                                                       : fmt::format(" without {} groups inside", inside.size());
      expected += fmt::format("{}{}{} {}", expected.empty() ? "" : ", ", graph.node(group).id, without, n);
    }
    if (others > 0) expected += fmt::format("{}others {}", expected.empty() ? "" : ", ", others);
    INFO("seed " << seed);
    REQUIRE(columns(graph, most) == expected);
  }
}

TEST_CASE("columns: groups that were asked for stand in that order, the rest under others") {
  const Graph graph = field().graph();
  CHECK(columns(graph, 12, {"ITU", "SC 27"}) == "ITU 6, SC 27 4, others 1");
  CHECK(columns(graph, 12, {"SG17", "ITU"}) == "SG17 5, ITU without SG17 1, others 5");
  CHECK(columns(graph, 1, {"SG2", "WP1", "SC 27"}) == "SG2 1, WP1 2, SC 27 4, others 4");
}

TEST_CASE("columns: the groups that the map lists are asked for, unless there is a scope") {
  SmallMap small = field();
  small.map.info.groups = {"ISO", "ITU"};
  CHECK(columns(small.graph(), 12) == "ISO 5, ITU 6");
  CHECK(columns(small.graph(), 12, {"SG2"}) == "SG2 1, others 10");
  CHECK(columns(small.graph(), 12, {}, "SG17") == "SG17 without WP1 3, WP1 2");
}

TEST_CASE("columns: a deliverable of two groups stands under both, one of nobody under others") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.group("A");
  small.group("B");
  small.doc("Joint", State::published, "2019", "A");
  small.link("B", Relation::develops, "Joint");
  small.doc("Nobody's", State::published, "2019");
  for (const char* id : {"Joint", "Nobody's"}) small.covers(id, "R", Degree::full);
  CHECK(columns(small.graph(), 12) == "A 1, B 1, others 1");
}

TEST_CASE("columns: what does not cover, or does not exist yet, is not counted; what is in force is counted apart") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.group("A");
  small.doc("Covers", State::published, "2019", "A");
  small.covers("Covers", "R", Degree::full);
  small.doc("Old", State::withdrawn, "2019", "A");
  small.covers("Old", "R", Degree::full);
  small.doc("Not", State::published, "2019", "A");
  small.covers("Not", "R", Degree::none);
  small.doc("Suggested", State::published, "2019", "A");
  small.covers("Suggested", "R", Degree::full, Status::suggested);
  small.doc("Later", State::published, "2030", "A");
  small.covers("Later", "R", Degree::full);
  const Graph graph = small.graph();
  const Situation situation(graph, default_profile(), day("2026"));
  const auto columns = group_columns(situation, situation.needs(), {}, {}, 12);
  REQUIRE(columns.size() == 1);
  CHECK(columns[0].deliverables == std::vector<NodeId>{graph.find("Covers"), graph.find("Old")});
  CHECK(columns[0].in_force == 3);
}

TEST_CASE("columns: a damaged map whose groups run in a circle does not hang the program") {
  SmallMap small = field();
  small.link("ITU", Relation::part_of, "WP1");
  const Graph graph = graph_of(small.map);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGALRM, SIG_DFL);
    ::alarm(2);
    const Situation situation(graph, default_profile(), day("2026"));
    group_columns(situation, situation.needs(), {}, {}, 3);
    group_columns(situation, situation.needs(), {}, {graph.find("SC 27")}, 3);
    ::_exit(0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

TEST_CASE("coverage matrix: an objective has the weighted mean of its needs and says how many they are") {
  SmallMap small = field();
  small.node(Kind::objective, "O");
  small.node(Kind::objective, "Empty");
  small.node(Kind::threat, "T").priority = 1;
  small.link("R", Relation::serves, "O");
  small.link("T", Relation::serves, "O");
  const Graph graph = small.graph();
  MatrixParams params;
  params.profile = &default_profile();
  params.as_of = day("2026");
  const Result result = query_coverage(graph, params);
  const Value::Array& rows = result.tables.front().rows;
  REQUIRE(rows.size() == 2);
  CHECK(rows[0]["id"] == Value("Empty"));
  CHECK(rows[0]["needs"] == Value(0));
  CHECK(rows[0]["score"].is_null());
  CHECK(rows[1]["id"] == Value("O"));
  CHECK(rows[1]["needs"] == Value(2));
  CHECK(rows[1]["partly-covered"] == Value(1));
  CHECK(rows[1]["unknown"] == Value(1));
  CHECK(*rows[1]["score"].if_real() == Approx(3 * (1 - std::pow(0.5, 11)) / 4).margin(1e-4));
  CHECK(rows[1]["groups"]["SC 27"] == Value(1));
}
