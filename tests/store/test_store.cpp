#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <random>

#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "lacuna/store.hpp"
#include "model/small_map.hpp"
#include "support/process.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::test;

namespace {

Map shipped() { return import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map; }
Map everything() { return import_path(importer("map"), LACUNA_SOURCE "/tests/import/map/valid/everything.json").map; }

struct Thrown {
  ErrorCode code = ErrorCode::internal;
  std::string what = "no error";
};

template <class Action>
Thrown thrown_by(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return {error.code(), error.what()};
  }
  return {};
}

/// What SQLite says to a statement on the file: "" when it obeys.
std::string sql_text(const std::string& path, const std::string& statement) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* message = nullptr;
  sqlite3_exec(db, statement.c_str(), nullptr, nullptr, &message);
  const std::string said = message == nullptr ? "" : message;
  sqlite3_free(message);
  sqlite3_close(db);
  return said;
}

/// Everything that can be asked of a map file.
void ask_everything(const std::string& path) {
  const Store store(path);
  const Graph graph = store.graph();
  MatrixParams params;
  params.profile = &default_profile();
  params.as_of = Date{2026, 11, 23}.last_day();
  render_json(query_gaps(graph, params), {});
  render_json(query_coverage(graph, params), {});
  render_json(query_export(graph, params), {});
  render_map(store.map());
}

std::size_t entries(const std::string& folder) {
  std::size_t n = 0;
  for ([[maybe_unused]] const auto& entry : fs::directory_iterator(folder)) ++n;
  return n;
}

}  // namespace

TEST_CASE("store: a map comes back as it went in") {
  const Scratch scratch;
  const auto back = [&](Map map) {
    write_map(map, scratch.path("map.db"));
    sort_canonically(map);
    const Store store(scratch.path("map.db"));
    store.check();
    CHECK(text_form(store.map()) == text_form(map));
  };
  back(everything());
  back(shipped());
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    back(random_map(shape));
  }
  Map empty;
  empty.info.title = "Empty";
  back(empty);
}

TEST_CASE("store: a stored map answers as the map itself does, with the same bytes") {
  const Scratch scratch;
  const auto answers = [](const Graph& graph) {
    MatrixParams params;
    params.profile = &default_profile();
    params.as_of = Date{2026, 11, 23}.last_day();
    return std::pair(render_json(query_export(graph, params), {}), render_json(query_gaps(graph, params), {}));
  };
  for (Map map : {everything(), shipped()}) {
    write_map(map, scratch.path("map.db"));
    const auto [direct_export, direct_gaps] = answers(graph_of(map));
    const auto [stored_export, stored_gaps] = answers(Store(scratch.path("map.db")).graph());
    CHECK(direct_gaps == stored_gaps);
    // The texts are long: say where they part, not all of them.
    const auto part = std::mismatch(direct_export.begin(), direct_export.end(), stored_export.begin(), stored_export.end());
    if (part.first != direct_export.end() || part.second != stored_export.end()) {
      const auto at = static_cast<std::size_t>(part.first - direct_export.begin());
      const std::size_t from = at > 200 ? at - 200 : 0;
      INFO("direct:\n" << direct_export.substr(from, 400) << "\nstored:\n" << stored_export.substr(from, 400));
      CHECK(false);
    }
  }
}

TEST_CASE("store: a graph without texts has the same nodes and links") {
  const Scratch scratch;
  Map map = random_map({});
  write_map(map, scratch.path("map.db"));
  const Store store(scratch.path("map.db"));
  const Graph with = store.graph();
  const Graph without = store.graph(Store::Texts::skip);
  REQUIRE(with.edges().size() == without.edges().size());
  for (std::size_t i = 0; i < with.edges().size(); ++i) {
    const LinkId id = static_cast<LinkId>(i);
    REQUIRE(with.edge(id).from == without.edge(id).from);
    REQUIRE(with.edge(id).to == without.edge(id).to);
    REQUIRE(with.edge(id).degree == without.edge(id).degree);
    REQUIRE(without.text(id).rationale.empty());
  }
}

TEST_CASE("store: the same map gives the same bytes, in whichever order it was read") {
  const Scratch scratch;
  Map first = shipped();
  write_map(first, scratch.path("a.db"));
  Map second = shipped();
  std::reverse(second.nodes.begin(), second.nodes.end());
  std::reverse(second.links.begin(), second.links.end());
  std::reverse(second.searches.begin(), second.searches.end());
  write_map(second, scratch.path("b.db"));
  const std::string bytes = read_file(scratch.path("a.db"));
  CHECK((bytes == read_file(scratch.path("b.db"))));
  write_map(first, scratch.path("a.db"));
  CHECK((bytes == read_file(scratch.path("a.db"))));
  CHECK(entries(scratch.path()) == 2);
}

TEST_CASE("store: what is not a map is told apart") {
  const Scratch scratch;
  const auto opened = [](const std::string& path) { return thrown_by([&] { Store store(path); }); };
  const std::string hint = "make one with: lacuna build FOLDER -o MAP";

  Thrown thrown = opened(scratch.path("none.db"));
  CHECK(thrown.what == scratch.path("none.db") + ": there is no such map; make one with: lacuna init, or lacuna build FOLDER");
  CHECK((thrown.code == ErrorCode::io));

  thrown = opened(scratch.path());
  CHECK(thrown.what == scratch.path() + ": is a folder, not a map; make one from it with: lacuna build FOLDER -o MAP");
  CHECK((thrown.code == ErrorCode::not_a_map));

  const std::string note = scratch.file("note.txt", std::string(2000, 'x'));
  thrown = opened(note);
  CHECK(thrown.what == note + ": is not a map of Lacuna; " + hint);
  CHECK((thrown.code == ErrorCode::not_a_map));

  const std::string empty = scratch.file("empty.db", "");
  thrown = opened(empty);
  CHECK(thrown.what == empty + ": is not a map of Lacuna; " + hint);
  CHECK((thrown.code == ErrorCode::not_a_map));

  REQUIRE(sql_text(scratch.path("other.db"), "CREATE TABLE node (id TEXT)") == "");
  thrown = opened(scratch.path("other.db"));
  CHECK(thrown.what == scratch.path("other.db") + ": is not a map of Lacuna; " + hint);
  CHECK((thrown.code == ErrorCode::not_a_map));
}

TEST_CASE("store: a map of a newer program is refused") {
  const Scratch scratch;
  Map map = everything();
  const std::string path = scratch.path("map.db");
  write_map(map, path);
  REQUIRE(sql_text(path, "PRAGMA user_version = 11") == "");
  const Thrown thrown = thrown_by([&] { Store store(path); });
  CHECK(thrown.what == path + ": was written by a newer Lacuna (map version 11, this one knows 10); use that one");
  CHECK((thrown.code == ErrorCode::newer_map));
}

TEST_CASE("store: a map that cannot be written leaves what was there") {
  const Scratch scratch;
  Map map = everything();
  fs::create_directory(scratch.path("folder"));
  Thrown thrown = thrown_by([&] { write_map(map, scratch.path("folder")); });
  CHECK(thrown.what == scratch.path("folder") + ": is a folder; name a file");
  CHECK((thrown.code == ErrorCode::io));
  thrown = thrown_by([&] { write_map(map, scratch.path("none/map.db")); });
  CHECK(thrown.what == scratch.path("none/map.db") + ": cannot be written: No such file or directory; nothing was changed");
  CHECK(entries(scratch.path()) == 1);

  const std::string path = scratch.path("map.db");
  write_map(map, path);
  const std::string before = read_file(path);
  SECTION("when the map breaks a rule of the file") {
    Map broken = everything();
    broken.nodes[1].id = broken.nodes[0].id;
    thrown = thrown_by([&] { write_map(broken, path); });
    CHECK(thrown.what.starts_with(path + ": cannot be "));
    CHECK(entries(scratch.path()) == 2);
  }
  CHECK((read_file(path) == before));
}

TEST_CASE("store: the file itself refuses words that are not in the vocabulary, and links that cannot be") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Map map = everything();
  write_map(map, path);
  const std::string refused = "CHECK constraint failed: ";
  CHECK(sql_text(path, "UPDATE node SET kind = 'animal' WHERE node = 1").starts_with(refused + "kind IN ("));
  CHECK(sql_text(path, "UPDATE node SET priority = 6 WHERE node = 1") == refused + "priority BETWEEN 1 AND 5");
  CHECK(sql_text(path, "UPDATE node SET state = 'gone' WHERE kind = 'deliverable'").starts_with(refused + "state IN ("));
  CHECK(sql_text(path, "UPDATE node SET state = 'draft' WHERE kind = 'term'") ==
        refused + "kind = 'deliverable' OR state IS NULL");
  CHECK(sql_text(path, "UPDATE node SET attributes = '{' WHERE node = 1") ==
        refused + "attributes IS NULL OR json_valid(attributes)");
  CHECK(sql_text(path, "UPDATE link SET relation = 'likes' WHERE link = 1").starts_with(refused));
  CHECK(sql_text(path, "UPDATE link SET degree = 'very' WHERE relation = 'covers'").starts_with(refused));
  CHECK(sql_text(path, "UPDATE link SET degree = NULL WHERE relation = 'covers'") ==
        refused + "(relation = 'covers') = (degree IS NOT NULL)");
  CHECK(sql_text(path, "UPDATE link SET degree = 'full' WHERE relation = 'mentions'") ==
        refused + "(relation = 'covers') = (degree IS NOT NULL)");
  CHECK(sql_text(path, "UPDATE link SET \"to\" = \"from\"").starts_with(refused));
  CHECK(sql_text(path, "UPDATE link SET strength = 11 WHERE relation = 'covers'") == refused + "strength BETWEEN 0 AND 10");
  CHECK(sql_text(path, "UPDATE link SET status = 'sure'").starts_with(refused));
  CHECK(sql_text(path, "UPDATE link SET method = 'magic'").starts_with(refused));
  CHECK(sql_text(path, "UPDATE link SET set_relation = 'like' WHERE relation = 'covers'").starts_with(refused));
  CHECK(sql_text(path, "UPDATE milestone SET state = 'gone'").starts_with(refused));
  CHECK(sql_text(path, "INSERT INTO setting VALUES ('colour', '2019-02-28')") == refused + "name IN ('as_of')");
  CHECK(sql_text(path, "INSERT INTO node (id, kind, title) VALUES ('r1', 'term', 'x')") == "UNIQUE constraint failed: node.id");
  CHECK(sql_text(path, "PRAGMA foreign_keys = ON; UPDATE link SET \"to\" = 999") == "FOREIGN KEY constraint failed");
  // Nothing was changed by all that.
  const Store store(path);
  store.check();
  CHECK(text_form(store.map()) == text_form(map));
}

TEST_CASE("store: the file itself refuses a day that is in no calendar, and what is no day") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Map map = everything();
  write_map(map, path);
  CHECK(sql_text(path, "INSERT INTO setting VALUES ('as_of', 'yesterday')").starts_with("CHECK constraint failed: "));
  CHECK(sql_text(path, "UPDATE date SET day = '2019'").starts_with("CHECK constraint failed: "));
  CHECK(sql_text(path, "INSERT INTO setting VALUES ('as_of', '2019-02-30')").starts_with("CHECK constraint failed: "));
  CHECK(sql_text(path, "UPDATE date SET day = '2019-02-30'").starts_with("CHECK constraint failed: "));
}

TEST_CASE("store: every enumerator may be stored") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Map map = everything();
  write_map(map, path);
  const auto accepts = [&]<class E>(const std::string& statement) {
    for (const Word& word : words<E>()) CHECK(sql_text(path, fmt::format(fmt::runtime(statement), word.name)) == "");
  };
  accepts.operator()<Kind>("UPDATE node SET kind = '{}' WHERE state IS NULL");
  accepts.operator()<State>("UPDATE node SET state = '{}' WHERE kind = 'deliverable'");
  accepts.operator()<Relation>("UPDATE link SET relation = '{0}', degree = iif('{0}' = 'covers', 'full', NULL)");
  accepts.operator()<Degree>("UPDATE link SET relation = 'covers', degree = '{}'");
  accepts.operator()<SetRelation>("UPDATE link SET set_relation = '{}'");
  accepts.operator()<Method>("UPDATE link SET method = '{}'");
  accepts.operator()<Status>("UPDATE link SET status = '{}'");
}

TEST_CASE("store: check finds a row that points to nothing") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Map map = everything();
  write_map(map, path);
  REQUIRE(sql_text(path, "PRAGMA foreign_keys = OFF; UPDATE alias SET node = 999") == "");
  Thrown thrown = thrown_by([&] { Store(path).check(); });
  CHECK(thrown.what == path + ": is damaged (a row of the table alias points to nothing); build it again from its text form");
  CHECK((thrown.code == ErrorCode::damaged_map));
  thrown = thrown_by([&] { static_cast<void>(Store(path).graph()); });
  CHECK(thrown.what == path + ": is damaged (it points to a node that is not there); build it again from its text form");
  CHECK((thrown.code == ErrorCode::damaged_map));
}

TEST_CASE("store: a node that is missing in between is found") {
  const Scratch scratch;
  const std::string path = scratch.path("map.db");
  Map map = everything();
  write_map(map, path);
  REQUIRE(sql_text(path, "PRAGMA foreign_keys = OFF; DELETE FROM node WHERE node = 3") == "");
  CHECK((thrown_by([&] { static_cast<void>(Store(path).graph()); }).code == ErrorCode::damaged_map));
}

TEST_CASE("store: a file cut anywhere is an error or a map, never a crash") {
  const Scratch scratch;
  Map map = everything();
  write_map(map, scratch.path("map.db"));
  const std::string bytes = read_file(scratch.path("map.db"));
  std::size_t errors = 0;
  for (std::size_t n = 0; n < bytes.size(); n += bytes.size() / 40) {
    const std::string path = scratch.file("cut.db", bytes.substr(0, n));
    const Thrown thrown = thrown_by([&] {
      Store(path).check();
      ask_everything(path);
    });
    errors += thrown.what != "no error";
    INFO(n << " bytes: " << thrown.what);
    CHECK((thrown.code != ErrorCode::internal || thrown.what == "no error"));
    CHECK((thrown.what == "no error" || thrown.what.starts_with(path + ": ")));
  }
  CHECK(errors >= 40);
}

TEST_CASE("store: any byte may be wrong: an error or an answer, never a crash") {
  const Scratch scratch;
  Map map = random_map({3, 10, 15, 6, 30});
  write_map(map, scratch.path("map.db"));
  const std::string bytes = read_file(scratch.path("map.db"));
  std::mt19937_64 engine(1);
  std::size_t errors = 0;
  for (int i = 0; i < 200; ++i) {
    std::string damaged = bytes;
    const std::size_t at = engine() % bytes.size();
    const auto old = damaged[at];
    damaged[at] = i % 2 == 0 ? static_cast<char>(engine()) : static_cast<char>(old ^ (1 << (engine() % 8)));
    INFO("byte " << at << " of " << bytes.size() << ": " << static_cast<int>(static_cast<unsigned char>(old)) << " -> "
                 << static_cast<int>(static_cast<unsigned char>(damaged[at])));
    const std::string path = scratch.file("damaged.db", damaged);
    const Thrown thrown = thrown_by([&] { ask_everything(path); });
    errors += thrown.what != "no error";
    CHECK((thrown.what == "no error" || thrown.what.starts_with(path + ": ")));
    thrown_by([&] { Store(path).check(); });
  }
  CHECK(errors > 0);
  CHECK(errors < 200);
}

TEST_CASE("store: a tag keeps clauses and protocols") {
  const Scratch scratch;
  Map map = everything();
  const std::string path = scratch.path("map.db");
  write_map(map, path);
  put_tag(path, "t", Date{2026, 11, 23}, "", false);
  CHECK(text_form(Store(path).tagged_map("t")) == text_form(map));
  CHECK(Store(path).tagged_map("t").searches.front().unjudged.size() == 1);
}

TEST_CASE("store: a clause of a link that is not there is told") {
  const Scratch scratch;
  Map map = everything();
  const std::string path = scratch.path("map.db");
  write_map(map, path);
  REQUIRE(sql_text(path, "INSERT INTO link_clause VALUES (999, '5.2')") == "");
  CHECK_THAT(thrown_by([&] { (void)Store(path).graph(); }).what, Catch::Matchers::Contains("is damaged"));
}

TEST_CASE("store: the schema makes an empty map that answers") {
  const Scratch scratch;
  const std::string path = scratch.path("empty.db");
  CHECK(sql_text(path, schema_sql()) == "");
  for (const char* view : {"as_of", "deliverable_state", "need", "body", "suspect", "cover", "coverage", "live_group", "liaison",
                           "ancestor", "connected", "gap"}) {
    CHECK(sql_text(path, std::string("SELECT * FROM ") + view) == "");
  }
}
