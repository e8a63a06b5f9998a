#include <catch2/catch.hpp>

#include "model/small_map.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::string told(const Map& map) {
  std::string text;
  for (const Diagnostic& d : cycles(map)) text += to_string(d) + "\n";
  return text;
}

Link& line(Link& link, std::uint32_t number) {
  link.where.line = number;
  return link;
}

}  // namespace

TEST_CASE("cycles: none in a tree, a diamond or a self-made pair of different relations") {
  SmallMap small;
  for (const char* id : {"A", "B", "C", "D"}) small.doc(id, State::published, "2019");
  small.link("B", Relation::part_of, "A");
  small.link("C", Relation::part_of, "A");
  small.link("D", Relation::part_of, "B");
  small.link("D", Relation::part_of, "C");
  small.link("A", Relation::supersedes, "B");
  small.link("A", Relation::amends, "D");
  CHECK(told(small.map) == "");
}

TEST_CASE("cycles: a circle is told once, at its first link, with its nodes in natural order") {
  SmallMap small;
  for (const char* id : {"R10", "R9", "R1", "R2"}) small.node(Kind::requirement, id);
  line(small.link("R1", Relation::part_of, "R10"), 3);
  line(small.link("R10", Relation::part_of, "R9"), 4);
  line(small.link("R9", Relation::part_of, "R10"), 5);
  line(small.link("R2", Relation::part_of, "R9"), 6);
  CHECK(told(small.map) == "small.json:4: error: part-of runs in a circle through \"R9\", \"R10\"; remove one of the links\n");
}

TEST_CASE("cycles: each relation and each circle by itself") {
  SmallMap small;
  for (const char* id : {"A", "B", "C", "D"}) small.doc(id, State::published, "2019");
  line(small.link("C", Relation::supersedes, "D"), 1);
  line(small.link("D", Relation::supersedes, "C"), 2);
  line(small.link("A", Relation::supersedes, "B"), 3);
  line(small.link("B", Relation::supersedes, "A"), 4);
  line(small.link("A", Relation::amends, "B"), 5);
  line(small.link("B", Relation::amends, "A"), 6);
  line(small.link("A", Relation::references, "B"), 7);
  line(small.link("B", Relation::references, "A"), 8);
  CHECK(told(small.map) ==
        "small.json:1: error: supersedes runs in a circle through \"C\", \"D\"; remove one of the links\n"
        "small.json:3: error: supersedes runs in a circle through \"A\", \"B\"; remove one of the links\n"
        "small.json:5: error: amends runs in a circle through \"A\", \"B\"; remove one of the links\n");
}

TEST_CASE("cycles: of a large circle eight nodes are named") {
  SmallMap small;
  for (int i = 0; i < 20; ++i) small.node(Kind::requirement, "R" + std::to_string(i));
  for (int i = 0; i < 20; ++i) small.link("R" + std::to_string(i), Relation::part_of, "R" + std::to_string((i + 1) % 20));
  CHECK(told(small.map) ==
        "small.json: error: part-of runs in a circle through \"R0\", \"R1\", \"R2\", \"R3\", \"R4\", \"R5\", \"R6\", \"R7\", and "
        "12 more; remove one of the links\n");
}

TEST_CASE("cycles: a chain of a hundred thousand links does not exhaust the stack") {
  SmallMap small;
  constexpr int n = 100'000;
  for (int i = 0; i < n; ++i) small.node(Kind::topic, "T" + std::to_string(i));
  for (int i = 0; i + 1 < n; ++i) small.link("T" + std::to_string(i), Relation::part_of, "T" + std::to_string(i + 1));
  CHECK(told(small.map) == "");
}

TEST_CASE("cycles: dangling links and links to itself are the validator's") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.link("R", Relation::part_of, "R");
  small.link("R", Relation::part_of, "nowhere");
  CHECK(told(small.map) == "");
}
