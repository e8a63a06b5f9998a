#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "change/apply.hpp"
#include "lacuna/analysis.hpp"
#include "model/small_map.hpp"
#include "support/map_states.hpp"
#include "support/random_edit.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Somebody's copy of a map, with the change sets that have come there.
struct Device {
  std::string name;
  const Map* begun = nullptr;
  std::vector<ChangeSet> known = {};
  Map map = *begun;
  std::int64_t made = 0;

  void edit(const std::function<void(Map&)>& change, const std::string& by) {
    Map after = map;
    change(after);
    sort_canonically(after);
    ChangeSet set;
    set.id = {name, ++made};
    for (const ChangeSet& s : known) set.clock = std::max(set.clock, s.clock);
    ++set.clock;
    set.by = by;
    set.made = fmt::format("2026-11-30T18:{:02}:{:02}Z", made / 60 % 60, made % 60);
    set.changes = difference(map, after);
    known.push_back(std::move(set));
    map = std::move(after);
  }
  void take(const std::vector<ChangeSet>& sets) {
    for (const ChangeSet& s : sets) {
      if (std::ranges::find(known, s.id, &ChangeSet::id) == known.end()) known.push_back(s);
    }
    map = replay(*begun, known, is_valid).map;
  }
};

/// Who says what beside what stands, as text.
std::string waiting(const Map& map) {
  std::string text;
  for (const Contest& c : contests_of(map)) text += fmt::format("{} {}: {} / {} {}\n", c.node, c.member, c.here, c.there, c.by);
  return text;
}

Map two_needs() {
  SmallMap m;
  m.node(Kind::requirement, "R1").title = "One";
  m.node(Kind::requirement, "R2").title = "Two";
  m.doc("D1", State::published, "2020-01-01");
  m.covers("D1", "R1", Degree::partial, Status::asserted, "Anna").rationale = "read";
  return canonical(m.map);
}

}  // namespace

TEST_CASE("replay: the same change sets give the same map, whoever got them in which order") {
  const char* more = std::getenv("LACUNA_HISTORIES");
  const std::uint64_t histories = more == nullptr ? 40 : std::strtoull(more, nullptr, 10);
  std::size_t conflicts = 0;
  std::size_t left_aside = 0;
  for (std::uint64_t seed = 1; seed <= histories; ++seed) {
    CAPTURE(seed);
    const Map begun = canonical(random_map({seed, 6, 8, 3, 20}));
    std::array<Device, 3> devices{Device{"a", &begun}, Device{"b", &begun}, Device{"c", &begun}};
    constexpr std::array<const char*, 3> people{"Anna", "Bert", "Anna"};  // One of them has two devices.
    Dice dice(seed);
    for (int step = 0; step < 40; ++step) {
      const std::size_t who = dice.below(3);
      if (dice.below(8) == 0)
        devices[who].take(devices[dice.below(3)].known);  // Perhaps half a day's work.
      else
        devices[who].edit([&](Map& map) { random_edit(map, dice, people[who]); }, people[who]);
    }
    for (Device& to : devices) {
      for (const Device& from : devices) to.take(from.known);
    }
    const std::string whole = text_form(devices[0].map);
    CHECK(text_form(devices[1].map) == whole);
    CHECK(text_form(devices[2].map) == whole);
    CHECK(is_valid(devices[0].map));
    std::vector<ChangeSet> sets = devices[0].known;
    for (int order = 0; order < 5; ++order) {
      for (std::size_t i = sets.size(); i > 1; --i) std::swap(sets[i - 1], sets[dice.below(i)]);
      sets.push_back(sets[dice.below(sets.size())]);  // One comes twice.
      const Replayed again = replay(begun, sets, is_valid);
      CHECK(text_form(again.map) == whole);
      sets.pop_back();
      conflicts += again.conflicts.size();
      left_aside += again.left_aside.size();
    }
  }
  CHECK(conflicts > histories);  // The histories are not tame.
  CHECK(left_aside < conflicts);
}

TEST_CASE("replay: what one device did is what its map says") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    CAPTURE(seed);
    const Map begun = canonical(random_map({seed, 20, 25, 6, 50}));
    Device device{"a", &begun};
    Dice dice(seed);
    for (int i = 0; i < 30; ++i) device.edit([&](Map& map) { random_edit(map, dice, "Anna"); }, "Anna");
    const Replayed replayed = replay(begun, device.known, is_valid);
    CHECK(replayed.conflicts.empty());
    CHECK(replayed.left_aside.empty());
    CHECK(text_form(replayed.map) == text_form(device.map));
  }
}

TEST_CASE("replay: of a member that two people say differently the later stands, and the other waits until somebody settles it") {
  const Map begun = two_needs();
  Device anna{"a", &begun};
  Device bert{"b", &begun};
  anna.edit([](Map& map) { node(map, "R1").title = "First"; }, "Anna");
  anna.edit([](Map& map) { node(map, "R2").title = "Second"; }, "Anna");
  bert.edit([](Map& map) { node(map, "R1").title = "Erstens"; }, "Bert");
  bert.edit([](Map& map) { map.links.front().rationale = "read by Bert"; }, "Bert");
  anna.edit([](Map& map) { map.links.front().rationale = "read twice"; }, "Anna");
  anna.take(bert.known);
  bert.take(anna.known);
  CHECK(text_form(anna.map) == text_form(bert.map));
  CHECK(node(anna.map, "R1").title == "Erstens");  // Both are first of their devices: b comes after a.
  CHECK(anna.map.links.front().rationale == "read twice");
  CHECK(waiting(anna.map) == "D1 covers R1 (Anna): rationale: read twice / read by Bert Bert\nR1 title: Erstens / First Anna\n");
  bert.edit([](Map& map) { node(map, "R1").attributes.clear(); }, "Bert");
  anna.take(bert.known);
  CHECK(waiting(anna.map) == "D1 covers R1 (Anna): rationale: read twice / read by Bert Bert\n");
}

TEST_CASE("replay: two change sets of one number that say something else are both there") {
  const Map begun = two_needs();
  Device anna{"a", &begun};
  Device copy{"a", &begun};  // Her counter was copied with her computer.
  anna.edit([](Map& map) { node(map, "R1").title = "First"; }, "Anna");
  copy.edit([](Map& map) { node(map, "R2").title = "Second"; }, "Anna");
  std::vector<ChangeSet> sets{anna.known.front(), copy.known.front(), anna.known.front()};
  Map map = replay(begun, sets, is_valid).map;
  CHECK(node(map, "R1").title == "First");
  CHECK(node(map, "R2").title == "Second");
  std::ranges::reverse(sets);
  CHECK(text_form(replay(begun, sets, is_valid).map) == text_form(map));
}

TEST_CASE("replay: what would make the map invalid is left aside, the same everywhere") {
  Map map = two_needs();
  const Map begun = map;
  const auto part_of = [](Map& of, const char* from, const char* to) {
    Link link;
    link.from = from;
    link.relation = Relation::part_of;
    link.to = to;
    of.links.push_back(link);
  };
  Device anna{"a", &begun};
  Device bert{"b", &begun};
  anna.edit([&](Map& m) { part_of(m, "R1", "R2"); }, "Anna");
  bert.edit([&](Map& m) { part_of(m, "R2", "R1"), node(m, "R2").priority = 1; }, "Bert");
  anna.take(bert.known);
  bert.take(anna.known);
  CHECK(text_form(anna.map) == text_form(bert.map));
  CHECK(is_valid(anna.map));
  CHECK(node(anna.map, "R2").priority == 1);
  const Replayed replayed = replay(begun, anna.known, is_valid);
  REQUIRE(replayed.left_aside.size() == 1);
  CHECK(name_of(replayed.left_aside.front().item) == "R2 part-of R1");
}
