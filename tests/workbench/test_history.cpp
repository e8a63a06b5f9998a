// Editing a map, its log, and taking changes back.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <cstdlib>

#include "base/files.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "model/small_map.hpp"
#include "support/process.hpp"
#include "support/random_edit.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"
#include "workbench/checked.hpp"
#include "workbench/device.hpp"
#include "workbench/editing.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// A variable of the environment for as long as it lives.
class Variable {
 public:
  Variable(const char* name, const std::string& value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    setenv(name, value.c_str(), 1);
  }
  ~Variable() {
    if (old_)
      setenv(name_, old_->c_str(), 1);
    else
      unsetenv(name_);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> old_;
};

std::string text_at(const std::string& path) { return text_form(Store(path).map()); }

std::string lines(const ChangeSet& set) {
  std::string text;
  for (const std::string& line : lines_of(set)) text += line + "\n";
  return text;
}

std::string small_map_at(const Scratch& scratch, const std::string& name = "m.db") {
  SmallMap m;
  m.group("ITU-T SG17");
  m.node(Kind::requirement, "R1", "One");
  m.node(Kind::requirement, "R2", "Two");
  m.node(Kind::threat, "T1", "Threat");
  m.doc("D1", State::published, "2020-01-01", "ITU-T SG17");
  m.covers("D1", "R1", Degree::partial, Status::asserted, "Anna");
  write_map(m.map, scratch.path(name));
  return scratch.path(name);
}

const Occasion anna{.by = "Anna"};

}  // namespace

TEST_CASE("editing: nodes and links come, change and go, each in one change that can be undone") {
  const Variable device("LACUNA_DEVICE", "test");
  const Scratch scratch;
  const std::string path = small_map_at(scratch);
  std::vector<std::string> states{text_at(path)};
  const auto step = [&](const ChangeSet& set, const std::string& wanted) {
    CHECK(lines(set) == wanted);
    states.push_back(text_at(path));
    CHECK(states.back() != states[states.size() - 2]);
  };
  step(add_node(path, Kind::requirement, "R3", {"title=Three", "priority=2"}, anna), "+ R3 – Three\n");
  step(set_members(path, "r3", {"title=Third", "aliases+=drei"}, anna), "R3: title “Three” → “Third”; aliases – → “drei”\n");
  step(add_link(path, {"D1", "drei", Relation::covers, ""}, {"degree=full", "rationale=clause 5"}, anna),
       "+ D1 covers R3 (Anna): full\n");
  step(set_link(path, {"D1", "R3", std::nullopt, ""}, {"clause=5.1"}, anna), "D1 covers R3 (Anna): clause – → “5.1”\n");
  step(add_link(path, {"R3", "T1", Relation::counters, ""}, {}, anna), "+ R3 counters T1 (Anna)\n");
  step(give_identifier(path, "R3", "R30", anna), "R3 is called R30 now\nR30: aliases “drei” → “drei” and “R3”\n");
  step(remove_link(path, {"R3", "T1", std::nullopt, ""}, anna), "- R30 counters T1 (Anna)\n");
  step(remove_node(path, "R30", true, anna), "- R30 – Third\n- D1 covers R30 (Anna): full\n");
  step(set_members(path, "map", {"title=Another"}, anna), "the map: title “Small map” → “Another”\n");

  CHECK(past_changes(Store(path)).size() == 9);
  for (std::size_t i = states.size() - 1; i > 0; --i) {
    undo(path, 0, anna);
    CHECK(text_at(path) == states[i - 1]);
  }
  CHECK_THROWS_WITH(undo(path, 0, anna), path + ": has no change left that was not undone; see: lacuna log");
  // Taking an undoing back does it again.
  CHECK(undo(path, 18, {.by = "Anna"}) == "undone: change 18: change 1 undone: added R3\n  + R3 – Three\n");
  CHECK(text_at(path) == states[1]);
  CHECK_THROWS_WITH(undo(path, 2, anna), "2: was undone by change 17; take that back to have it again");
  CHECK_THROWS_WITH(undo(path, 99, anna), "99: is no change of the log, which has 19; see: lacuna log");
  Store(path).check();
}

TEST_CASE("editing: what the rules forbid is refused, and nothing is changed") {
  const Variable device("LACUNA_DEVICE", "test");
  const Scratch scratch;
  const std::string path = small_map_at(scratch);
  const std::string before = text_at(path);
  CHECK_THROWS_WITH(add_node(path, Kind::threat, "r1", {"title=x"}, anna), "r1: is on the map already: R1 (requirement) – One");
  CHECK_THROWS_WITH(add_node(path, Kind::threat, "T9", {}, anna), "T9: needs a title, as title=…");
  CHECK_THROWS_WITH(remove_node(path, "R1", false, anna),
                    "R1: is what 1 link speak of; --with-links takes it away from there, too; see them with: lacuna show \"R1\"");
  CHECK_THROWS_WITH(give_identifier(path, "R1", "R2", anna), "R2: names R2 already");
  CHECK_THROWS_WITH(add_link(path, {"D1", "R2", Relation::covers, ""}, {}, anna),
                    "whoever says that a deliverable covers a need says to what degree and why: --degree and --rationale");
  CHECK_THROWS_WITH(add_link(path, {"D1", "R1", Relation::covers, ""}, {"degree=full", "rationale=x"}, anna),
                    "Anna says so already; change it with: lacuna link set");
  CHECK_THROWS_AS(add_link(path, {"R1", "D1", Relation::covers, ""}, {"degree=full", "rationale=x"}, anna), FaultyInput);
  CHECK_THROWS_AS(set_members(path, "R1", {"state=published"}, anna), FaultyInput);
  CHECK_THROWS_WITH(set_link(path, {"D1", "R2", std::nullopt, ""}, {"clause=5"}, anna), "nothing links D1 to R2");
  CHECK(text_at(path) == before);
  CHECK(lines(set_members(path, "R1", {"title=Uno"}, {.by = "Anna", .dry = true})) == "R1: title “One” → “Uno”\n");
  CHECK(text_at(path) == before);
  CHECK(Store(path).log().empty());
}

TEST_CASE("undo: what others changed since in the same place is told, and nothing is changed") {
  const Variable device("LACUNA_DEVICE", "test");
  const Scratch scratch;
  const std::string path = small_map_at(scratch);
  set_members(path, "R1", {"title=First", "priority=1"}, anna);
  set_members(path, "R1", {"title=Erste"}, {.by = "Bert"});
  const std::string before = text_at(path);
  CHECK_THROWS_WITH(
      undo(path, 1, anna),
      "change 1 cannot be undone by itself, as others changed the same since (here is the map, there what was before): R1: title "
      "is “Erste” here and “One” there; nothing was changed; see: lacuna log");
  CHECK(text_at(path) == before);
}

TEST_CASE("apply: a colleague's change comes with who made it, once") {
  const Variable device("LACUNA_DEVICE", "annas");
  const Scratch scratch;
  const std::string ours = small_map_at(scratch);
  const std::string theirs = small_map_at(scratch, "theirs.db");
  set_members(ours, "R1", {"title=First"}, {.by = "Anna", .why = "asked for in session 3"});
  const std::string file = scratch.file("change.json", Store(ours).log().front().content);
  CHECK(apply_file(theirs, file, false, {.by = "Bert"}).conflicts.empty());
  const std::vector<PastChange> past = past_changes(Store(theirs));
  REQUIRE(past.size() == 1);
  CHECK(past[0].set.by + ", " + past[0].set.why == "Anna, asked for in session 3");
  CHECK(text_at(theirs) == text_at(ours));
  CHECK_THROWS_WITH(apply_file(theirs, file, false, {.by = "Bert"}),
                    file + ": change 1 of annas is on the map already; nothing was changed");

  const std::string third = small_map_at(scratch, "third.db");
  {
    const Variable another("LACUNA_DEVICE", "berts");
    set_members(third, "R1", {"title=Erste"}, {.by = "Bert"});
    CHECK_THROWS_WITH(
        apply_file(third, file, false, {.by = "Bert"}),
        file +
            ": does not fit the map in 1 place: R1: title is “Erste” here and “First” there; nothing was changed; --partly "
            "applies the rest, and keeps the other values beside those of the map");
    CHECK(apply_file(third, file, true, {.by = "Bert"}).conflicts.size() == 1);
    REQUIRE(contests_of(Store(third).map()).size() == 1);
    CHECK(contests_of(Store(third).map()).front().there == "First");
    set_members(third, "R1", {"title=First"}, {.by = "Bert"});
    CHECK(contests_of(Store(third).map()).empty());
  }
  // The text form of maps, as gaps --with reads it.
  const std::string text = scratch.file("with.json", R"({"nodes": [{"id": "R2", "title": "Second"}]})");
  CHECK(lines(apply_file(ours, text, false, {.by = "Anna"}).set) == "R2: title “Two” → “Second”\n");
}

TEST_CASE("log: a map is what its changes make of it, for random histories") {
  const Variable device("LACUNA_DEVICE", "test");
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const Scratch scratch;
    const std::string path = scratch.path("m.db");
    Map begun = random_map({seed, 20, 25, 6, 50});
    write_map(begun, path);
    Dice dice(seed);
    for (int i = 0; i < 30; ++i)
      change_checked(path, anna, [&](Map& map) { random_edit(map, dice, i % 3 == 0 ? "Bert" : "Anna"); });
    Map replayed = begun;
    for (const PastChange& past : past_changes(Store(path))) CHECK(apply(replayed, past.set).empty());
    sort_canonically(replayed);
    CAPTURE(seed);
    CHECK(text_form(replayed) == text_at(path));
    const std::size_t changes = past_changes(Store(path)).size();
    for (std::size_t i = changes; i > 0; --i) undo(path, i, anna);
    CHECK(text_at(path) == text_form(begun));
  }
}

TEST_CASE("device: numbers ascend for the user, whatever map is changed, and a map never holds the counter") {
  const Scratch scratch;
  const Variable device("LACUNA_DEVICE", "");  // None is named.
  const Variable folder("XDG_CONFIG_HOME", scratch.path("config"));
  const ChangeId first = next_change_id(0);
  const ChangeId second = next_change_id(100);
  CHECK(first.device == second.device);
  CHECK(first.number == 1);
  CHECK(second.number == 2);
  CHECK(first.device.size() == 8);
  write_file(scratch.path("config") + "/lacuna/device.json", "{broken");
  CHECK(next_change_id(0).device != first.device);
  // Where nothing can be kept, no two changes have one number all the same.
  const Variable nowhere("XDG_CONFIG_HOME", scratch.file("a file", ""));
  CHECK(next_change_id(0).device != next_change_id(0).device);
}

TEST_CASE("conflicts: what two people say of one member of a link waits until somebody sets it") {
  const Scratch scratch;
  const std::string ours = scratch.path("ours.db");
  const std::string theirs = scratch.path("theirs.db");
  for (const std::string& path : {ours, theirs}) {
    Map map = import_path(importer("map"), LACUNA_SOURCE "/tests/maps/small").map;
    write_map(map, path);
  }
  const Link link = Store(ours).map().links.front();
  const LinkNamed named{.from = link.from, .to = link.to, .relation = link.relation, .by = link.by};
  set_link(ours, named, {"rationale=read by Anna"}, anna);
  const std::string file = scratch.path("theirs.json");
  {
    const Variable device("LACUNA_DEVICE", "bert");
    write_file(file, json::write(value_of(set_link(theirs, named, {"rationale=read by Bert"}, {.by = "Bert"}))));
  }
  CHECK(apply_file(ours, file, true, {.by = "Anna"}).conflicts.size() == 1);
  const std::vector<Contest> waiting = contests_of(Store(ours).map());
  REQUIRE(waiting.size() == 1);
  CHECK(waiting.front().node == link.from);
  CHECK(waiting.front().member == contested_member(key_of(link), "rationale"));
  CHECK(waiting.front().here == "read by Anna");
  CHECK(waiting.front().there == "read by Bert");
  set_link(ours, named, {"rationale=read by both"}, anna);
  CHECK(contests_of(Store(ours).map()).empty());
}
