// Pairs that are bounded: the first of them and how many there are; and what answers say where some were left out.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "analysis/gaps.hpp"
#include "base/text.hpp"
#include "model/small_map.hpp"
#include "support/dice.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// One need that so many groups without a common body cover in full.
SmallMap crowd(std::size_t groups, const std::vector<std::string>& needs = {"R"}) {
  SmallMap small;
  for (const std::string& need : needs) small.node(Kind::term, need);
  for (std::size_t i = 1; i <= groups; ++i) {
    small.group(fmt::format("G{}", i));
    small.doc(fmt::format("D{}", i), State::published, "2020", fmt::format("G{}", i));
    for (const std::string& need : needs) small.covers(fmt::format("D{}", i), need, Degree::full);
  }
  return small;
}

Params asked(GapKind kind) {
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026-11-23");
  params.kinds = {kind};
  return params;
}

}  // namespace

TEST_CASE("pairs: the first of them and their number are those of all pairs put in order, on two thousand lists") {
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    Dice dice(seed);
    std::vector<Party> parties;
    std::size_t block = 0;
    const std::size_t bodies = 1 + dice.below(5);
    for (std::size_t n = dice.below(20); n > 0; --n) {
      if (dice.chance(70)) ++block;
      parties.push_back({static_cast<NodeId>(dice.below(bodies)), block, seed % 3 == 0 || dice.chance(40)});
    }
    std::vector<std::pair<std::size_t, std::size_t>> expected;
    for (std::size_t later = 0; later < parties.size(); ++later) {
      for (std::size_t earlier = 0; earlier < later; ++earlier) {
        const Party& a = parties[earlier];
        const Party& b = parties[later];
        if (a.body != b.body && a.block != b.block && (a.asked || b.asked)) expected.emplace_back(earlier, later);
      }
    }
    INFO("seed " << seed);
    const std::size_t most = seed % 2 == 0 ? 1000 : dice.below(12);
    const Pairs pairs = pairs_among(parties, most);
    REQUIRE(pairs.all == expected.size());
    expected.resize(std::min(most, expected.size()));
    REQUIRE(pairs.first == expected);
  }
}

TEST_CASE("pairs: of a million parties, the number and the first ones are told without going over all") {
  std::vector<Party> parties(1'000'000);
  for (std::size_t i = 0; i < parties.size(); ++i) parties[i] = {static_cast<NodeId>(i < 999'999 ? 0 : 1), i};
  CHECK(pairs_among(parties, 3).all == 999'999);
  CHECK(pairs_among(parties, 2).first == std::vector<std::pair<std::size_t, std::size_t>>{{0, 999'999}, {1, 999'999}});
  for (std::size_t i = 0; i < parties.size(); ++i) parties[i].body = static_cast<NodeId>(i);
  CHECK(pairs_among(parties, 4).all == 499'999'500'000);
  CHECK(pairs_among(parties, 4).first == std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {0, 2}, {1, 2}, {0, 3}});
  for (Party& p : parties) p.block = 0;
  CHECK(pairs_among(parties, 4).all == 0);
}

TEST_CASE("overlap: up to a thousand pairs of texts are told, of more the first, and that there are more") {
  const auto why = [](std::size_t groups) {
    const Graph graph = crowd(groups).graph();
    const Params params = asked(GapKind::overlap);
    const Situation situation(graph, *params.profile, params.as_of);
    const Gaps found = find_gaps(situation, params);
    REQUIRE(found.list.size() == 1);
    return std::pair(found.list.front().why, found.list.front().groups.size());
  };
  const auto pairs_in = [](const std::string& text) {
    std::size_t n = 0;
    for (std::size_t at = text.find(" and D"); at != std::string::npos; at = text.find(" and D", at + 1)) ++n;
    return n;
  };
  const auto [all, all_groups] = why(45);
  CHECK(pairs_in(all) == 990);
  CHECK(all_groups == 45);
  CHECK(all.ends_with("D44 (G44) and D45 (G45); no liaison and no adoption between them is on the map"));
  const auto [first, first_groups] = why(60);
  CHECK(pairs_in(first) == 1000);
  CHECK(first_groups == 46);
  CHECK(first.ends_with(
      "; no liaison and no adoption between them is on the map; only the first 1,000 of 1,770 pairs were looked at"));
}

TEST_CASE(
    "unliaised: of more than ten thousand pairs on one need the first are told, with all needs of each, and that it is so") {
  SmallMap small = crowd(150, {"R1", "R2"});
  // Of another need, a pair that is not among the first of R1 and R2.
  small.node(Kind::term, "A");
  small.covers("D149", "A", Degree::full);
  small.covers("D150", "A", Degree::full);
  const Graph graph = small.graph();
  const Params params = asked(GapKind::unliaised);
  const Result result = query_gaps(graph, params);
  REQUIRE(result.summary.size() == 5);
  CHECK(result.summary[2] == "10001 gaps: 10001 unliaised");
  CHECK(result.summary[3] == "R1: only the first 10,000 of 11,175 pairs of groups that work on it were looked at");
  CHECK(result.summary[4] == "R2: only the first 10,000 of 11,175 pairs of groups that work on it were looked at");
  const Value::Array& rows = result.tables.front().rows;
  REQUIRE(rows.size() == 10'001);
  // Most needs first.
  CHECK(*rows[0]["subject"].if_text() == "G149");
  CHECK(*rows[0]["other"].if_text() == "G150");
  CHECK(*rows[0]["why"].if_text() == "both work on 3 needs: A, R1, R2; no liaison between them is on the map");
  CHECK(*rows[1]["subject"].if_text() == "G1");
  CHECK(*rows[1]["other"].if_text() == "G2");
  CHECK(*rows[1]["why"].if_text() == "both work on 2 needs: R1, R2; no liaison between them is on the map");

  const Standing before{"map", &graph, params};
  const Result diff = query_diff(before, before);
  const std::string cut = "only the first 10,000 of 11,175 pairs of groups that work on it were looked at";
  CHECK(std::ranges::count(diff.summary, "Gaps before, R1: " + cut) == 1);
  CHECK(std::ranges::count(diff.summary, "Gaps after, R2: " + cut) == 1);
}

TEST_CASE("unliaised: as many groups of two bodies as there may be still bring pairs across the bodies") {
  SmallMap small;
  small.node(Kind::term, "R");
  small.group("A");
  small.group("B");
  for (int i = 1; i <= 120; ++i) {
    for (const std::string body : {"A", "B"}) {
      small.group(fmt::format("{}{}", body, i), body);
      small.doc(fmt::format("D{}{}", body, i), State::published, "2020", fmt::format("{}{}", body, i));
      small.covers(fmt::format("D{}{}", body, i), "R", Degree::partial);
    }
  }
  const Graph graph = small.graph();
  const Result result = query_gaps(graph, asked(GapKind::unliaised));
  CHECK(result.summary.back() == "R: only the first 10,000 of 14,400 pairs of groups that work on it were looked at");
  for (const Value& row : result.tables.front().rows) {
    REQUIRE(row["subject"].if_text()->front() == 'A');
    REQUIRE(row["other"].if_text()->front() == 'B');
  }
}

TEST_CASE("bridges: of more than ten thousand pairs on one need the first make the network, and that it is so is told") {
  const Graph graph = crowd(150).graph();
  Params params = asked(GapKind::overlap);
  for (const Question& question : structure_questions()) {
    if (question.name != "bridges") continue;
    const Result result = question.ask(graph, params);
    const auto network = std::ranges::find(result.head, std::string("network"), [](const auto& member) { return member.first; });
    CHECK(*network->second["pairs"].if_integer() == 10'000);
    CHECK(*network->second["groups_alone"].if_integer() == 0);
    CHECK(std::ranges::count(result.summary,
                             "R: only the first 10,000 of 11,175 pairs of groups that work on it were looked at.") == 1);
  }
}

TEST_CASE("pairs: what was left out is told need by need, of many needs in one sentence more") {
  const Graph graph = crowd(1, {"R1", "R2", "R3", "R4", "R5"}).graph();
  const auto need = [&](const char* name) { return CutPairs::Need{graph.find(name), 1'249'975'000}; };
  CHECK(cut_texts(graph, {}).empty());
  CHECK(cut_texts(graph, {{need("R1"), need("R2"), need("R3"), need("R4"), need("R5")}, true}) ==
        std::vector<std::string>{"R1: only the first 10,000 of 1,249,975,000 pairs of groups that work on it were looked at",
                                 "R2: only the first 10,000 of 1,249,975,000 pairs of groups that work on it were looked at",
                                 "R3: only the first 10,000 of 1,249,975,000 pairs of groups that work on it were looked at",
                                 "2 needs more: only the first 10,000 pairs of groups that work on each were looked at",
                                 "all needs: only the first 100,000 pairs of groups that work on one of them were looked at"});
}
