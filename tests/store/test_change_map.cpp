// Changing a map where it is: the rows that differ, in one transaction, with an entry of the log.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <thread>

#include "base/files.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/render.hpp"
#include "lacuna/store.hpp"
#include "store/sqlite.hpp"
#include "support/process.hpp"
#include "support/random_edit.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Counts.
Logging counted(int& entries) {
  return [&entries](const Map&, const Map&, std::int64_t clock) -> std::optional<LoggedChange> {
    ++entries;
    return LoggedChange{"laptop", entries, clock + 1, "2026-11-30T18:00:00Z", "Anna", "", "{}"};
  };
}

/// Every link as the graph has it, in its order.
std::string links_of(const Graph& graph) {
  std::string text;
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const Edge& e = graph.edges()[i];
    text += fmt::format("{} {} {} {} {}\n", graph.node(e.from).id, name_of(e.relation), graph.node(e.to).id, name_of(e.status),
                        e.questioned);
  }
  return text;
}

}  // namespace

TEST_CASE("store: edits where the map is give what a map written anew holds") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    const Scratch scratch;
    Dice dice(seed);
    Map wanted = random_map({seed, 30, 40, 8, 90});
    const std::string path = scratch.path("m.db");
    write_map(wanted, path);
    const auto inode = file_id(path);
    int entries = 0;
    for (int edit = 0; edit < 25; ++edit) {
      Dice same = dice;
      change_map(
          path, [&](Map& map) { random_edit(map, dice, "Anna"); }, counted(entries));
      random_edit(wanted, same, "Anna");
      CAPTURE(seed, edit);
      const Store store(path);
      REQUIRE(text_form(store.map()) == text_form(wanted));
    }
    CHECK(file_id(path) == inode);
    const Store store(path);
    store.check();
    CHECK(store.log().size() == 25);
    CHECK(store.log().back().clock == 25);
    write_map(wanted, scratch.path("anew.db"));
    const Store anew(scratch.path("anew.db"));
    for (const Store::Texts texts : {Store::Texts::skip, Store::Texts::load}) {
      const Graph changed = store.graph(texts);
      const Graph fresh = anew.graph(texts);
      CHECK(links_of(changed) == links_of(fresh));
    }
  }
}

TEST_CASE("store: what throws leaves the map as it was, byte for byte") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  Map map = random_map({});
  write_map(map, path);
  const std::string before = read_file(path);
  CHECK_THROWS_WITH(change_map(path,
                               [](Map& m) {
                                 m.nodes.front().title = "changed";
                                 throw Error(ErrorCode::usage, "", "no");
                               }),
                    "no");
  CHECK(read_file(path) == before);
  int entries = 0;
  const Logging fails = [](const Map&, const Map&, std::int64_t) -> std::optional<LoggedChange> {
    throw Error(ErrorCode::usage, "", "no entry");
  };
  CHECK_THROWS_WITH(change_map(
                        path, [](Map& m) { m.nodes.front().title = "changed"; }, fails),
                    "no entry");
  CHECK(text_form(Store(path).map()) == text_form(map));
  change_map(
      path, [](Map& m) { m.nodes.front().title = "changed"; }, counted(entries));
  CHECK(Store(path).map().nodes.front().title == "changed");
  CHECK_FALSE(std::filesystem::exists(path + "-journal"));
}

TEST_CASE("store: two who write at once both do, one after the other") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  Map map = random_map({});
  write_map(map, path);
  const auto work = [&](const std::string& by) {
    for (int i = 0; i < 20; ++i) {
      change_map(path, [&](Map& m) {
        Node need;
        need.id = fmt::format("{} {}", by, i);
        need.kind = Kind::requirement;
        need.title = by;
        m.nodes.push_back(need);
      });
    }
  };
  std::thread other([&] { work("Bert"); });
  work("Anna");
  other.join();
  const Map now = Store(path).map();
  for (const std::string by : {"Anna", "Bert"}) CHECK(std::ranges::count(now.nodes, by, &Node::title) == 20);
}

TEST_CASE("store: a log that was changed by others is told") {
  const Scratch scratch;
  const std::string path = scratch.path("m.db");
  Map map = random_map({});
  write_map(map, path);
  int entries = 0;
  change_map(
      path, [](Map& m) { m.nodes.front().title = "changed"; }, counted(entries));
  Connection(path, Connection::Is::part).run("UPDATE change SET content = '{\"by\": \"another\"}'");
  CHECK_THROWS_WITH(Store(path).log(), Catch::Matchers::Contains("change set 1 of its log is not as it was written"));
  CHECK_THROWS_AS(Store(path).check(), Error);
}
