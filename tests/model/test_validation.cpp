// What the validator says of maps that no JSON file can hold; what files can hold stands in tests/import/map/invalid/.
#include <catch2/catch.hpp>

#include "model/small_map.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::string faults(const Map& map) {
  std::string text;
  for (const Diagnostic& d : validate(map)) text += to_string(d) + "\n";
  return text;
}

}  // namespace

TEST_CASE("validate: a small map without faults") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.doc("D", State::published, "2019");
  small.covers("D", "R", Degree::full);
  CHECK(faults(small.map) == "");
}

TEST_CASE("validate: two dates of one name") {
  SmallMap small;
  Node& n = small.doc("D", State::published, "2019");
  n.dates.push_back({"published", date("2020")});
  n.where.line = 7;
  CHECK(faults(small.map) == "small.json:7: error: \"D\" has two dates \"published\"\n");
}

TEST_CASE("validate: a map that was not read from a file has faults too") {
  Map map;
  map.info.title = "T";
  Node node;
  node.id = "R";
  map.nodes = {node, node};
  node.title = "x";
  CHECK(faults(map) ==
        ": error: the id \"R\" is used twice, first at ?; give one of them another id\n"
        ": error: \"R\" has no title\n"
        ": error: \"R\" has no title\n");
}

TEST_CASE("validate: a message does not grow with a very long identifier") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.link("R", Relation::part_of, std::string(100'000, 'x'));
  CHECK(faults(small.map) ==
        "small.json: error: \"to\" \"" + std::string(79, 'x') + "…\" is no node of the map; add it or remove this\n");
}

TEST_CASE("validate: the state of a deliverable may be later than its last date") {
  SmallMap small;
  small.doc("D", State::published, "2019").state = State::withdrawn;
  CHECK(faults(small.map) == "");
}

TEST_CASE("validate: two people may differ on one pair") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.doc("D", State::published, "2019");
  small.covers("D", "R", Degree::full, Status::disputed, "A");
  small.covers("D", "R", Degree::none, Status::disputed, "B");
  CHECK(faults(small.map) == "");
}
