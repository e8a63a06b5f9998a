// A map opened for questions, as every front end opens it.
#include <catch2/catch.hpp>

#include <fstream>

#include "lacuna/import.hpp"
#include "support/process.hpp"
#include "workbench/checked.hpp"
#include "workbench/intake.hpp"
#include "workbench/states.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

const std::string small_folder = std::string(LACUNA_SOURCE) + "/tests/maps/small";

std::string built(const Scratch& scratch) {
  const std::string path = scratch.path("m.db");
  Imported imported = import_path(importer("map"), small_folder);
  check(imported);
  REQUIRE(count_errors(imported.diagnostics) == 0);
  write_map(imported.map, path, false);
  return path;
}

template <class Action>
std::string told_by(ErrorCode code, Action action) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("workbench: names are looked up in any spelling, and a scope by default may be missing") {
  const Scratch scratch;
  const std::string path = built(scratch);
  Workbench bench(path, default_profile(), {.scope = "sg17", .objective = "o1", .as_of = "2024"});
  CHECK(bench.graph().node(*bench.params().scope).id == "ITU-T SG17");
  CHECK(bench.graph().node(*bench.params().objective).id == "O1");
  CHECK(to_string(bench.params().as_of) == "2024-12-31");
  CHECK_FALSE(Workbench(path, default_profile(), {.scope = "SG99", .any_scope = true}).params().scope);
  CHECK(told_by(ErrorCode::not_found, [&] { Workbench(path, default_profile(), {.scope = "SG99"}); }) ==
        "no group of the map is called \"SG99\"");
  CHECK(told_by(ErrorCode::usage, [&] { Workbench(path, default_profile(), {.as_of = "soon"}); }) ==
        "--as-of: \"soon\" is no date; write YYYY-MM-DD");
  CHECK(told_by(ErrorCode::io, [&] { Workbench(scratch.path("none.db"), default_profile(), {}); }).find("there is no such map") !=
        std::string::npos);
}

TEST_CASE("workbench: a node is shown, and what nobody knows is not") {
  const Scratch scratch;
  const std::string path = built(scratch);
  Workbench bench(path, default_profile(), {.as_of = "2026-11-23"});
  CHECK(bench.show("r1").schema == "show-1");
  CHECK(told_by(ErrorCode::not_found, [&] { bench.show("R99"); }) == "no node of the map is called \"R99\"");
}

TEST_CASE("workbench: a change that would leave a map invalid changes nothing and tells every fault") {
  const Scratch scratch;
  const std::string path = built(scratch);
  const std::size_t before = Store(path).map().links.size();
  try {
    change_checked(path, Occasion{.by = "Anna"}, [](Map& map) {
      map.links.push_back({.from = "R1", .relation = Relation::covers, .to = "O1"});
      map.links.push_back({.from = "R1", .relation = Relation::serves, .to = "nobody"});
    });
    FAIL("was taken");
  } catch (const FaultyInput& error) {
    CHECK(std::string(error.what()) == path + ": would not be valid; nothing was changed");
    CHECK(count_errors(error.faults()) >= 2);
  }
  CHECK(Store(path).map().links.size() == before);
}

TEST_CASE("workbench: what a change would bring is told, and the map stays as it is") {
  const Scratch scratch;
  const std::string path = built(scratch);
  const std::string change = scratch.file(
      "change.json",
      R"({"nodes": [{"id": "TS 900", "kind": "deliverable", "title": "Withdrawal", "dates": {"published": "2031-01"}}],
    "links": [{"from": "TS 900", "relation": "covers", "to": "R4", "degree": "full", "rationale": "Clause 1."}]})");
  const Result result = what_if(path, default_profile(), {.as_of = "2026-11-23"}, {change}, {});
  CHECK(result.title == "What if");
  CHECK(std::ranges::find(result.summary, "TS 900: published only from 2031-01-31 on; to see it, ask with --as-of 2031-01-31") !=
        result.summary.end());
  CHECK(std::ranges::find(result.summary, "TS 900: no group develops it; it counts for no scope") != result.summary.end());
  CHECK(Store(path).graph().named("TS 900").empty());
  const std::string wrong = scratch.file("wrong.json", R"({"links": [{"from": "R1", "relation": "covers", "to": "O1"}]})");
  CHECK_THROWS_AS(what_if(path, default_profile(), {}, {wrong}, {}), FaultyInput);
}

TEST_CASE("workbench: two days of one map are one map seen twice") {
  const Scratch scratch;
  const std::string path = built(scratch);
  bool asked = false;
  with_states({.from = "2019-01-21", .to = "2026-11-23"}, {}, path, default_profile(),
              [&](const Standing& before, const Standing& after) {
                asked = true;
                CHECK(before.graph == after.graph);
                CHECK(to_string(before.params.as_of) == "2019-01-21");
                CHECK(to_string(after.params.as_of) == "2026-11-23");
              });
  CHECK(asked);
  CHECK(told_by(ErrorCode::usage, [&] {
          with_states({}, {}, path, default_profile(), [](const Standing&, const Standing&) {});
        }).starts_with("name what to compare with"));
  CHECK(told_by(ErrorCode::not_found, [&] {
          with_states({.before = "tag:old"}, {}, path, default_profile(), [](const Standing&, const Standing&) {});
        }).starts_with("tag:old: is neither a map nor a folder, and "));
}

TEST_CASE("workbench: inputs go in together or not at all, and the watcher hears of all that is wrong") {
  const Scratch scratch;
  const std::string path = built(scratch);
  struct Watcher : IntakeWatcher {
    std::string heard;
    void begins(const std::string& catalogue) override { heard += "begins " + catalogue + "\n"; }
    void ends() override { heard += "ends\n"; }
    void faults(std::span<const Diagnostic> list) override { heard += std::to_string(list.size()) + " faults\n"; }
  } watcher;
  const std::string more =
      scratch.file("more.json", R"({"nodes": [{"id": "R9", "kind": "requirement", "title": "Counted models"}]})");
  CHECK(take_in(path, {.paths = {more}, .format = "map"}, watcher).summaries.size() == 1);
  const Intake intake =
      take_in(path, {.paths = {std::string(LACUNA_SOURCE) + "/tests/catalogues/itu"}, .format = "relaton"}, watcher);
  CHECK(watcher.heard == "0 faults\nbegins itu\nends\n");
  CHECK(intake.complete);
  CHECK(Store(path).graph().named("R9").size() == 1);
  CHECK(Store(path).catalogues().size() == 1);
  const std::string bad = scratch.file(
      "bad.json",
      R"({"nodes": [{"id": "R10", "kind": "requirement", "title": "x"}], "links": [{"from": "R10", "relation": "covers", "to": "O1"}]})");
  CHECK_THROWS_AS(take_in(path, {.paths = {bad}, .format = "map"}, watcher), FaultyInput);
  CHECK(Store(path).graph().named("R10").empty());
}
