#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>

#include "change/apply.hpp"
#include "change/typed_members.hpp"
#include "formats/json.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/render.hpp"
#include "model/small_map.hpp"
#include "model/values.hpp"
#include "support/map_states.hpp"
#include "support/random_edit.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

ChangeSet between(const Map& before, const Map& after) {
  ChangeSet set;
  set.id = {"laptop", 7};
  set.clock = 3;
  set.by = "Anna";
  set.made = "2026-11-30T18:00:00Z";
  set.why = "why";
  set.changes = difference(before, after);
  return set;
}

std::string told_all(const std::vector<Conflict>& conflicts) {
  std::string text;
  for (const Conflict& c : conflicts) text += told(c) + "\n";
  return text;
}

/// Two needs, a document that Anna says covers the first, and a search for both.
Map small() {
  SmallMap m;
  m.node(Kind::requirement, "R1").title = "One";
  m.node(Kind::requirement, "R2").title = "Two";
  m.doc("D1", State::published, "2020-01-01");
  m.covers("D1", "R1", Degree::partial, Status::asserted, "Anna").rationale = "read";
  Search s;
  s.id = "S1";
  s.by = "Anna";
  s.on = *Date::parse("2026-01-01");
  s.needs = {"R1", "R2"};
  s.catalogues = {{"A", 10, Date::parse("2026-01-01")}};
  s.candidates = {{"R1", "D1", Finding::covers, "clause 2", ""}};
  m.map.searches.push_back(s);
  return canonical(m.map);
}

}  // namespace

TEST_CASE("change sets lead from any map to the next and back, and survive their text form") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    Dice dice(seed);
    const Map before = canonical(random_map({seed, 20, 25, 6, 50}));
    Map after = before;
    for (std::size_t edits = 1 + dice.below(12); edits > 0; --edits) random_edit(after, dice, edits % 2 == 0 ? "Anna" : "Bert");
    CAPTURE(seed);
    const ChangeSet made = between(before, after);
    const std::string text = json::write(value_of(made));
    const ChangeSet set = read_change_set(text, "change.json");
    REQUIRE(json::write(value_of(set)) == text);
    CHECK(set.empty() == (text_form(before) == text_form(after)));

    Map there = before;
    REQUIRE(told_all(apply(there, set)) == "");
    sort_canonically(there);
    REQUIRE(text_form(there) == text_form(after));
    REQUIRE(told_all(apply(there, inverse(set))) == "");
    sort_canonically(there);
    REQUIRE(text_form(there) == text_form(before));
  }
}

TEST_CASE("a rename takes links and records along, leaves an alias, and goes back") {
  const Map before = small();
  Map after = before;
  rename_node(after, "r1", "R10");
  node(after, "R10").aliases.push_back("R1");
  sort_canonically(after);
  CHECK(after.links.front().to == "R10");
  CHECK(after.searches.front().needs == std::vector<std::string>{"R2", "R10"});
  CHECK(after.searches.front().candidates.front().need == "R10");
  ChangeSet set;
  set.renames = {{"R1", "R10"}};
  Map renamed = before;
  rename_node(renamed, "R1", "R10");
  sort_canonically(renamed);
  set.changes = difference(renamed, after);
  REQUIRE(set.changes.size() == 1);
  set = read_change_set(json::write(value_of(set)), "c");
  Map there = before;
  CHECK(told_all(apply(there, set)) == "");
  sort_canonically(there);
  CHECK(text_form(there) == text_form(after));
  // What somebody said of the earlier name meanwhile arrives.
  Map late = before;
  node(late, "R1").priority = 1;
  Link link = late.links.front();
  link.by = "Bert";
  late.links.push_back(link);
  CHECK(told_all(apply(there, between(before, canonical(late)))) == "");
  CHECK(node(there, "R10").priority == 1);
  CHECK(std::ranges::count(there.links, std::string("R10"), &Link::to) == 2);
  there = after;
  CHECK(told_all(apply(there, inverse(set))) == "");
  sort_canonically(there);
  CHECK(text_form(there) == text_form(before));
  CHECK_THROWS_WITH(rename_node(there, "R1", "R2"), "R2: is on the map already: Two");
  CHECK_THROWS_WITH(rename_node(there, "R7", "R8"), "R7: is not on the map");
}

TEST_CASE("merges go by meaning") {
  const Map base = small();
  REQUIRE(is_valid(base));
  Map ours = base;
  Map theirs = base;
  const auto merged = [&] { return merge_maps(base, canonical(ours), canonical(theirs), is_valid); };

  SECTION("different nodes, different members of one node, elements of one list: both") {
    node(ours, "R1").title = "First";
    node(theirs, "R1").priority = 1;
    node(ours, "R1").aliases = {"ours"};
    node(theirs, "R1").aliases = {"theirs"};
    node(theirs, "R2").text = "More";
    Merged m = merged();
    CHECK(told_all(m.conflicts) == "");
    CHECK(node(m.map, "R1").title == "First");
    CHECK(node(m.map, "R1").priority == 1);
    sort_canonically(m.map);
    CHECK(node(m.map, "R1").aliases == std::vector<std::string>{"ours", "theirs"});
    CHECK(node(m.map, "R2").text == "More");
  }
  SECTION("two people judge one pair: both verdicts") {
    Link verdict = base.links.front();
    verdict.by = "Bert";
    verdict.degree = Degree::none;
    ours.links.push_back(verdict);
    verdict.by = "Clara";
    theirs.links.push_back(verdict);
    const Merged m = merged();
    CHECK(told_all(m.conflicts) == "");
    CHECK(m.map.links.size() == 3);
  }
  SECTION("one member twice: ours stands, the other waits until somebody settles it") {
    node(ours, "R1").title = "First";
    node(theirs, "R1").title = "Erste";
    Merged m = merged();
    CHECK(told_all(m.conflicts) == "R1: title is “First” here and “Erste” there\n");
    contest(m.map, m.conflicts, "Bert", "2026-11-30T18:00:00Z");
    CHECK(node(m.map, "R1").title == "First");
    const auto waiting = contests_of(m.map);
    REQUIRE(waiting.size() == 1);
    CHECK(waiting[0].node + " " + waiting[0].member + " " + waiting[0].here + " " + waiting[0].there + " " + waiting[0].by ==
          "R1 title First Erste Bert");
  }
  SECTION("the same on both sides is no conflict") {
    node(ours, "R1").title = "First";
    node(theirs, "R1").title = "First";
    CHECK(told_all(merged().conflicts) == "");
  }
  SECTION("removed here and changed there, and the other way round: it stays") {
    node(theirs, "R2").title = "Second";
    std::erase(ours.searches.front().needs, "R2");
    std::erase_if(ours.nodes, [](const Node& n) { return n.id == "R2"; });
    Merged m = merged();
    CHECK(told_all(m.conflicts) == "R2: removed here, but still needed there: it stays\n");
    CHECK(node(m.map, "R2").title == "Second");
    std::swap(ours, theirs);
    m = merged();
    CHECK(told_all(m.conflicts) == "R2: removed there, but changed here: it stays\n");
    CHECK(node(m.map, "R2").title == "Second");
  }
  SECTION("removed on one side, and something new rests on it on the other: it stays") {
    std::erase(ours.searches.front().needs, "R2");
    std::erase_if(ours.nodes, [](const Node& n) { return n.id == "R2"; });
    Link link = theirs.links.front();
    link.to = "R2";
    theirs.links.push_back(link);
    Merged m = merged();
    CHECK(told_all(m.conflicts) == "R2: removed here, but still needed there: it stays\n");
    CHECK(m.map.links.size() == 2);
    std::swap(ours, theirs);
    m = merged();
    CHECK(told_all(m.conflicts) == "R2: removed there, but others rest on it here: it stays\n");
  }
  SECTION("both read one source again: the later day stands") {
    for (auto [map, day, title] : {std::tuple(&ours, "2026-02-01", "Of February"), {&theirs, "2026-03-01", "Of March"}}) {
      node(*map, "D1").source = {"catalogue", "", Date::parse(day)};
      node(*map, "D1").title = title;
    }
    Merged m = merged();
    CHECK(told_all(m.conflicts) == "");
    CHECK(node(m.map, "D1").title == "Of March");
    std::swap(ours, theirs);
    m = merged();
    CHECK(node(m.map, "D1").title == "Of March");
  }
  SECTION("what the rules of the map forbid is left aside, the rest goes in") {
    const auto part_of = [](Map& map, const char* from, const char* to) {
      Link link;
      link.from = from;
      link.relation = Relation::part_of;
      link.to = to;
      map.links.push_back(link);
    };
    part_of(ours, "R1", "R2");
    part_of(theirs, "R2", "R1");
    node(theirs, "R2").priority = 1;
    const Merged m = merged();
    CHECK(told_all(m.conflicts) == "");
    REQUIRE(m.left_aside.size() == 1);
    CHECK(name_of(m.left_aside.front().item) == "R2 part-of R1");
    CHECK(std::ranges::find(m.map.nodes, "R2", &Node::id)->priority == 1);
  }
}

TEST_CASE("merging is the same from both sides where nothing is in conflict") {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    Dice dice(seed);
    const Map base = canonical(random_map({seed, 20, 25, 6, 50}));
    Map ours = base;
    Map theirs = base;
    for (int i = 0; i < 4; ++i) random_edit(ours, dice, "Anna");
    for (int i = 0; i < 4; ++i) random_edit(theirs, dice, "Bert");
    Merged one = merge_maps(base, ours, theirs, is_valid);
    Merged other = merge_maps(base, theirs, ours, is_valid);
    CAPTURE(seed);
    sort_canonically(one.map);
    sort_canonically(other.map);
    CHECK(is_valid(one.map));
    if (one.conflicts.empty() && other.conflicts.empty()) CHECK(text_form(one.map) == text_form(other.map));
    CHECK(text_form(merge_maps(base, ours, base, is_valid).map) == text_form(ours));
  }
}

TEST_CASE("what does not fit is told, and the rest goes in") {
  const Map base = small();
  Map changed = base;
  node(changed, "R1").title = "First";
  node(changed, "R2").title = "Second";
  const ChangeSet set = between(base, changed);
  Map other = base;
  node(other, "R1").title = "Erste";
  std::erase(other.searches.front().needs, "R2");
  std::erase_if(other.nodes, [](const Node& n) { return n.id == "R2"; });
  CHECK(told_all(apply(other, set)) ==
        "R1: title is “Erste” here and “First” there\nR2: changed there, but not on the map any more\n");
  ChangeSet link;
  link.changes = {
      {{ItemKey::Of::link, "", "D1", Relation::covers, "R9", "Bert"},
       std::nullopt,
       Value(Value::Object{{"from", "D1"}, {"relation", "covers"}, {"to", "R9"}, {"degree", "full"}, {"by", "Bert"}})}};
  CHECK(told_all(apply(other, link)) == "D1 covers R9 (Bert): “R9” is not on the map\n");
}

TEST_CASE("change files that are none are told by line") {
  const auto read = [](const std::string& text) { return read_change_set(text, "c.json"); };
  const std::string head = "{\"schema\": \"lacuna:schema/change-1.json\",\n";
  CHECK_THROWS_WITH(read("[]"), "c.json:1: a change set must be an object, not a list");
  CHECK_THROWS_WITH(read("{\"schema\": \"lacuna:schema/change-2.json\"}"),
                    "c.json:1: the schema \"lacuna:schema/change-2.json\" is not lacuna:schema/change-1.json; a newer program "
                    "may have written this");
  CHECK_THROWS_WITH(read(head + "\"nodes\": [{\"id\": \"R1\"}]}"),
                    "c.json:2: a change needs \"before\": what stood there, null for nothing");
  CHECK_THROWS_WITH(read(head + "\"nodes\": [{\"before\": null}]}"), "c.json:2: it needs an \"id\"");
  CHECK_THROWS_WITH(read(head + "\"nodes\": [{\"id\": \"R1\", \"removed\": true, \"before\": null}]}"),
                    "c.json:2: what is removed must have been there: \"before\" is null");
  CHECK_THROWS_WITH(read(head + "\"links\": [{\"from\": \"D1\", \"relation\": \"loves\", \"to\": \"R1\", \"before\": null}]}"),
                    "c.json:2: unknown relation \"loves\"");
  CHECK_THROWS_WITH(read(head + "\"number\": -1}"), "c.json:2: \"number\" must be a whole number, not less than 0");
  CHECK_THROWS_WITH(read(head + "\"colour\": 1}"), "c.json:2: a change set has no member \"colour\"");
  Map map = small();
  CHECK_THROWS_WITH(
      apply(map, read(head + "\"nodes\": [{\"id\": \"R1\", \"kind\": \"dream\", \"before\": {\"kind\": \"requirement\"}}]}")),
      Catch::Matchers::StartsWith("the change cannot be read as part of a map: unknown kind \"dream\""));
}

TEST_CASE("change sets in words") {
  const Map before = small();
  Map after = before;
  node(after, "R1").title = "First";
  node(after, "D1").dates.push_back({"withdrawn", *Date::parse("2026-01")});
  Link verdict = before.links.front();
  verdict.by = "Bert";
  after.links = {verdict};
  const std::vector<std::string> lines = lines_of(between(before, canonical(after)));
  CHECK(lines == std::vector<std::string>{"D1: dates.withdrawn – → “2026-01”", "R1: title “One” → “First”",
                                          "+ D1 covers R1 (Bert): partial", "- D1 covers R1 (Anna): partial"});
}

TEST_CASE("members as people type them") {
  const Map map = small();
  const auto typed = [&](std::vector<std::string> members) {
    Value item = value_of(map.nodes.back());
    for (const std::string& m : members) set_typed(item, ItemKey::Of::node, m);
    return json::write_compact(item);
  };
  CHECK(
      typed({"title=A = B", "priority=2", "aliases+=x; y", "aliases-=x", "dates.since=2026", "attributes.n=3",
             "attributes.t=three"}) ==
      R"({"id":"R2","kind":"requirement","title":"A = B","priority":2,"aliases":["y"],"dates":{"since":"2026"},"attributes":{"n":3,"t":"three"}})");
  CHECK(typed({"priority=2", "priority=", "dates.since=2026", "dates.since="}) ==
        R"({"id":"R2","kind":"requirement","title":"Two"})");
  CHECK_THROWS_WITH(typed({"titel=A"}), "titel: is no member that can be set; did you mean \"title\"?");
  CHECK_THROWS_WITH(typed({"title"}), "title: must be NAME=VALUE");
  CHECK_THROWS_WITH(typed({"title+=A"}), "title: is no list; write title=VALUE");
  CHECK_THROWS_WITH(typed({"dates.\xFF+=A"}), "dates.\uFFFD+=A: is not UTF-8 text; type it as such");
  CHECK_THROWS_WITH(typed({"priority=high"}), "priority: must be a whole number, not \"high\"");
  CHECK_THROWS_WITH(typed({"id=R3"}), "id: is no member that can be set; another identifier is given by: lacuna rename");
}
