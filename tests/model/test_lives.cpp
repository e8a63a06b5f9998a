#include <catch2/catch.hpp>

#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// The life of a node as "DAY STATE (BASIS)", one step a line.
std::string life(const Map& map, const std::string& id) {
  const auto all = lives(map);
  std::string text;
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    if (map.nodes[i].id != id) continue;
    for (const Milestone& m : all[i]) {
      text += to_string(m.day) + " " + std::string(name_of(m.state)) + " (" + m.basis + ")\n";
      CHECK(m.dated == (m.basis.find(", undated") == std::string::npos));  // A map in a file tells it by the words.
    }
  }
  return text;
}

/// A deliverable with nothing but a state.
Node& undated(SmallMap& small, const std::string& id, State state) {
  Node& n = small.node(Kind::deliverable, id);
  n.state = state;
  return n;
}

}  // namespace

TEST_CASE("lives: a date counts from the last day that it may mean") {
  SmallMap small;
  Node& n = small.doc("A", State::published, "2019-06");
  n.dates.push_back({"draft", date("2017")});
  n.dates.push_back({"approved", date("2019-02")});
  n.dates.push_back({"withdrawn", date("2024-03-05")});
  CHECK(life(small.map, "A") ==
        "2017-12-31 draft (draft 2017)\n"
        "2019-02-28 approved (approved 2019-02)\n"
        "2019-06-30 published (published 2019-06)\n"
        "2024-03-05 withdrawn (withdrawn 2024-03-05)\n");
}

TEST_CASE("lives: two states of one day stand in the order of a life") {
  SmallMap small;
  Node& n = small.doc("A", State::published, "2019-06-22");
  n.dates.push_back({"approved", date("2019-06-22")});
  CHECK(life(small.map, "A") ==
        "2019-06-22 approved (approved 2019-06-22)\n"
        "2019-06-22 published (published 2019-06-22)\n");
}

TEST_CASE("lives: other kinds have none") {
  SmallMap small;
  small.node(Kind::requirement, "R").dates.push_back({"since", date("2019")});
  CHECK(life(small.map, "R") == "");
}

TEST_CASE("lives: a published deliverable ends the life of the one that it supersedes") {
  SmallMap small;
  small.doc("A:2013", State::published, "2013");
  small.doc("A:2022", State::published, "2022-10");
  small.link("A:2022", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:2013") ==
        "2013-12-31 published (published 2013)\n"
        "2022-10-31 superseded (superseded by A:2022, published 2022-10)\n");
  CHECK(life(small.map, "A:2022") == "2022-10-31 published (published 2022-10)\n");
}

TEST_CASE("lives: a draft edition does not end the life of the earlier one") {
  SmallMap small;
  small.doc("A:2013", State::published, "2013");
  small.doc("A:2027", State::draft, "2025");
  small.link("A:2027", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:2013") == "2013-12-31 published (published 2013)\n");
}

TEST_CASE("lives: only asserted links end a life") {
  for (const Status status : {Status::suggested, Status::rejected, Status::disputed}) {
    SmallMap small;
    small.doc("A:2013", State::published, "2013");
    small.doc("A:2022", State::published, "2022");
    small.link("A:2022", Relation::supersedes, "A:2013").status = status;
    CHECK(life(small.map, "A:2013") == "2013-12-31 published (published 2013)\n");
  }
}

TEST_CASE("lives: the first of several newer editions ends the life") {
  SmallMap small;
  small.doc("A:2013", State::published, "2013");
  small.doc("A:2022", State::published, "2022");
  small.doc("A:2018", State::published, "2018");
  small.link("A:2022", Relation::supersedes, "A:2013");
  small.link("A:2018", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:2013") ==
        "2013-12-31 published (published 2013)\n"
        "2018-12-31 superseded (superseded by A:2018, published 2018)\n");
}

TEST_CASE("lives: a deliverable that says when it ended is believed") {
  SmallMap small;
  Node& old = small.doc("A:2013", State::published, "2013");
  old.dates.push_back({"superseded", date("2023-05")});
  small.doc("A:2022", State::published, "2022-10");
  small.link("A:2022", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:2013") ==
        "2013-12-31 published (published 2013)\n"
        "2023-05-31 superseded (superseded 2023-05)\n");
}

TEST_CASE("lives: an undated superseded is dated by the edition that came after") {
  SmallMap small;
  small.doc("A:2013", State::published, "2013").state = State::superseded;
  small.doc("A:2022", State::published, "2022-10");
  small.link("A:2022", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:2013") ==
        "2013-12-31 published (published 2013)\n"
        "2022-10-31 superseded (superseded by A:2022, published 2022-10)\n");
}

TEST_CASE("lives: an undated state counts from the day its source was seen") {
  SmallMap small;
  small.map.info.date = date("2026-11-23");
  undated(small, "A", State::draft).source.seen = date("2026-04");
  CHECK(life(small.map, "A") == "2026-04-30 draft (draft, undated; seen 2026-04)\n");
}

TEST_CASE("lives: an undated state without a source counts from the date of the map") {
  SmallMap small;
  small.map.info.date = date("2026-11-23");
  undated(small, "A", State::published);
  CHECK(life(small.map, "A") == "2026-11-23 published (published, undated; on the map of 2026-11-23)\n");
}

TEST_CASE("lives: who is superseded by an undated edition has no date for it either") {
  SmallMap small;
  small.map.info.date = date("2026-11-23");
  undated(small, "A", State::published);
  small.doc("B", State::published, "2013");
  small.link("A", Relation::supersedes, "B");
  CHECK(life(small.map, "B") ==
        "2013-12-31 published (published 2013)\n"
        "2026-11-23 superseded (superseded by A, published, undated; on the map of 2026-11-23)\n");
}

TEST_CASE("lives: an undated state of an undated map counts always") {
  SmallMap small;
  undated(small, "A", State::withdrawn);
  CHECK(life(small.map, "A") == "0000-00-00 withdrawn (withdrawn, undated: taken to hold always)\n");
}

TEST_CASE("lives: an undated final state comes after everything that is dated") {
  SmallMap small;
  Node& n = small.doc("A", State::published, "2019-06");
  n.state = State::withdrawn;
  CHECK(life(small.map, "A") ==
        "2019-06-30 published (published 2019-06)\n"
        "2019-06-30 withdrawn (withdrawn, undated: taken to hold always)\n");
  small.map.nodes[0].source.seen = date("2018-01-01");
  CHECK(life(small.map, "A") ==
        "2019-06-30 published (published 2019-06)\n"
        "2019-06-30 withdrawn (withdrawn, undated; seen 2018-01-01)\n");
  small.map.nodes[0].source.seen = date("2024-01-01");
  CHECK(life(small.map, "A") ==
        "2019-06-30 published (published 2019-06)\n"
        "2024-01-01 withdrawn (withdrawn, undated; seen 2024-01-01)\n");
}

TEST_CASE("lives: a state that a date tells is not told again") {
  SmallMap small;
  Node& n = small.doc("A", State::published, "2019-06");
  n.state = State::published;
  n.source.seen = date("2026-04-02");
  CHECK(life(small.map, "A") == "2019-06-30 published (published 2019-06)\n");
}

TEST_CASE("lives: an undated newer edition ends the life of the earlier one on the day it was seen") {
  SmallMap small;
  small.doc("A:2013", State::published, "2013");
  undated(small, "A:new", State::published).source.seen = date("2026-04-02");
  small.link("A:new", Relation::supersedes, "A:2013");
  CHECK(life(small.map, "A:new") == "2026-04-02 published (published, undated; seen 2026-04-02)\n");
  CHECK(life(small.map, "A:2013") ==
        "2013-12-31 published (published 2013)\n"
        "2026-04-02 superseded (superseded by A:new, published, undated; seen 2026-04-02)\n");
}

TEST_CASE("lives: an undated published edition does not come back to life after it was superseded") {
  SmallMap small;
  undated(small, "A:old", State::published).source.seen = date("2026-04-02");
  small.doc("A:2015", State::published, "2015");
  small.link("A:2015", Relation::supersedes, "A:old");
  const auto all = lives(small.map);
  REQUIRE_FALSE(all[0].empty());
  CHECK(name_of(all[0].back().state) == "superseded");
}
