#include <catch2/catch.hpp>

#include <set>

#include "analysis/grouping.hpp"
#include "model/small_map.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// A profile by which only one affinity counts.
Profile only(Affinity affinity, double threshold, int largest = 100) {
  Profile profile = default_profile();
  profile.affinity = {};
  profile.affinity[affinity] = 1;
  profile.grouping_threshold = threshold;
  profile.grouping_largest = largest;
  return profile;
}

std::string text(const std::vector<std::vector<std::size_t>>& groups) {
  std::string result;
  for (const auto& group : groups) {
    if (!result.empty()) result += " | ";
    for (const std::size_t i : group) result += std::to_string(i);
  }
  return result;
}

std::string grouped_text(const Graph& graph, const Profile& profile) {
  const Situation situation(graph, profile, day("2026"));
  const std::vector<NodeId> needs = graph.of_kind(Kind::requirement);
  return text(grouped(Affinities(situation, needs), needs.size(), profile));
}

/// Requirements with the threats that each one counters, one letter a threat.
Graph with_threats(const std::vector<std::string>& threats) {
  SmallMap small;
  std::set<char> all;
  for (std::size_t i = 0; i < threats.size(); ++i) {
    const std::string id = "R" + std::to_string(i);
    small.node(Kind::requirement, id);
    for (const char t : threats[i]) {
      if (all.insert(t).second) small.node(Kind::threat, std::string("threat ") + t);
      small.link(id, Relation::counters, std::string("threat ") + t);
    }
  }
  return small.graph();
}

}  // namespace

TEST_CASE("affinity: shared threats as a share of all threats") {
  const Graph graph = with_threats({"ab", "bc", "ab", "", "d"});
  const Profile profile = only(Affinity::threats, 0.5);
  const Situation situation(graph, profile, day("2026"));
  const Affinities affinities(situation, graph.of_kind(Kind::requirement));
  CHECK(affinities.one(Affinity::threats, 0, 1) == Approx(1.0 / 3));
  CHECK(affinities.one(Affinity::threats, 0, 2) == 1);
  CHECK(affinities.one(Affinity::threats, 0, 3) == 0);
  CHECK(affinities.one(Affinity::threats, 3, 4) == 0);
  CHECK(affinities.one(Affinity::threats, 3, 3) == 0);
}

TEST_CASE("affinity: the same topic is all, a common topic above is a part") {
  SmallMap small;
  for (const char* id : {"Top", "A", "B", "Far"}) small.node(Kind::topic, id);
  small.link("A", Relation::part_of, "Top");
  small.link("B", Relation::part_of, "Top");
  for (const auto& [need, topic] : {std::pair("R0", "A"), {"R1", "A"}, {"R2", "B"}, {"R3", "Far"}}) {
    small.node(Kind::requirement, need);
    small.link(need, Relation::part_of, topic);
  }
  small.node(Kind::requirement, "R4");
  const Graph graph = small.graph();
  const Situation situation(graph, default_profile(), day("2026"));
  const Affinities affinities(situation, graph.of_kind(Kind::requirement));
  CHECK(affinities.one(Affinity::topic, 0, 1) == 1);
  CHECK(affinities.one(Affinity::topic, 0, 2) == Approx(0.3));
  CHECK(affinities.one(Affinity::topic, 0, 3) == 0);
  CHECK(affinities.one(Affinity::topic, 0, 4) == 0);
}

TEST_CASE("affinity: use cases that need both, or one of which is the other") {
  SmallMap small;
  small.node(Kind::use_case, "UC");
  small.node(Kind::requirement, "R1");
  small.node(Kind::requirement, "R2");
  small.node(Kind::requirement, "R3");
  small.link("UC", Relation::needs, "R1");
  small.link("UC", Relation::needs, "R2");
  const Graph graph = small.graph();
  const Situation situation(graph, default_profile(), day("2026"));
  const Affinities affinities(situation, {graph.find("UC"), graph.find("R1"), graph.find("R2"), graph.find("R3")});
  CHECK(affinities.one(Affinity::use_cases, 0, 1) == 1);
  CHECK(affinities.one(Affinity::use_cases, 1, 2) == 1);
  CHECK(affinities.one(Affinity::use_cases, 1, 3) == 0);
}

TEST_CASE("affinity: the mean of all four, by the weights of the profile") {
  const Graph graph = with_threats({"ab", "bc"});
  Profile profile = default_profile();
  profile.affinity = {1.0, 0.5, 0.25, 0.25};
  const Situation situation(graph, profile, day("2026"));
  const Affinities affinities(situation, graph.of_kind(Kind::requirement));
  double sum = 0;
  for (std::size_t k = 0; k < 4; ++k) sum += profile.affinity[k] * affinities.one(static_cast<Affinity>(k), 0, 1);
  CHECK(affinities.between(0, 1) == Approx(sum / 2.0));
  CHECK(affinities.between(0, 1) == affinities.between(1, 0));
  profile.affinity = {};
  CHECK(affinities.between(0, 1) == 0);
}

TEST_CASE("grouping: needs below the threshold stay alone, at the threshold they join") {
  const Graph graph = with_threats({"ab", "bc", "x"});  // 1/3 between the first two
  CHECK(grouped_text(graph, only(Affinity::threats, 0.34)) == "0 | 1 | 2");
  CHECK(grouped_text(graph, only(Affinity::threats, 1.0 / 3)) == "01 | 2");
  CHECK(grouped_text(graph, only(Affinity::threats, 0)) == "012");
}

TEST_CASE("grouping: average linkage, by hand") {
  // 0–1: 2/2 = 1; 0–2 and 1–2: {a,b} and {b,c}: 1/3; 2–3: {b,c} and {c}: 1/2; 0–3: 0.
  // First 0 and 1 join (1), then 2 and 3 (1/2). Between {0,1} and {2,3}: (1/3 + 0 + 1/3 + 0) / 4 = 1/6.
  const Graph graph = with_threats({"ab", "ab", "bc", "c"});
  CHECK(grouped_text(graph, only(Affinity::threats, 0.6)) == "01 | 2 | 3");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.5)) == "01 | 23");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.17)) == "01 | 23");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.16)) == "0123");
}

TEST_CASE("grouping: the mean counts every pair, not every group") {
  // 0, 1, 2 the same: {a}; 3: {a,b}: 1/2 to each of them; 4: {b,c}: 1/3 to 3, nothing to the others.
  // {0,1,2} with 3: 1/2 → joined. With 4: (0 + 0 + 0 + 1/3) / 4 = 1/12; a mean of means would say 1/6.
  const Graph graph = with_threats({"a", "a", "a", "ab", "bc"});
  CHECK(grouped_text(graph, only(Affinity::threats, 0.4)) == "0123 | 4");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.1)) == "0123 | 4");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.08)) == "01234");
}

TEST_CASE("grouping: no group is larger than the profile allows; ties go to the earlier needs") {
  const Graph graph = with_threats({"a", "a", "a", "a", "a"});
  CHECK(grouped_text(graph, only(Affinity::threats, 0.5, 2)) == "01 | 23 | 4");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.5, 1)) == "0 | 1 | 2 | 3 | 4");
  CHECK(grouped_text(graph, only(Affinity::threats, 0.5, 4)) == "0123 | 4");
}

TEST_CASE("grouping: nothing to group") {
  const Graph graph = with_threats({});
  CHECK(grouped_text(graph, default_profile()) == "");
  CHECK(grouped_text(with_threats({"a"}), default_profile()) == "0");
}

TEST_CASE("grouping: every need stands in exactly one group, twice the same way") {
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    const Graph graph = graph_of(random_map(shape));
    for (const int largest : {1, 3, 8}) {
      Profile profile = default_profile();
      profile.grouping_largest = largest;
      const Situation situation(graph, profile, day("2026"));
      const std::vector<NodeId>& needs = situation.needs();
      const auto groups = grouped(Affinities(situation, needs), needs.size(), profile);
      std::set<std::size_t> seen;
      for (const auto& group : groups) {
        CHECK(group.size() <= static_cast<std::size_t>(largest));
        for (const std::size_t i : group) CHECK(seen.insert(i).second);
      }
      CHECK(seen.size() == needs.size());
      CHECK(text(groups) == text(grouped(Affinities(situation, needs), needs.size(), profile)));
    }
  }
}
