// A map that came by mail is data: nothing in it is run, and what is not as Lacuna wrote it is told.
#include <catch2/catch.hpp>

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/pack.hpp"
#include "lacuna/import.hpp"
#include "lacuna/store.hpp"
#include "support/process.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::test;

namespace {

/// The small map of the tests with a tag, at PLACE/m.db.
std::string small_map(const Scratch& scratch) {
  const std::string path = scratch.path("m.db");
  Map map = import_path(importer("map"), LACUNA_SOURCE "/tests/maps/small").map;
  write_map(map, path);
  put_tag(path, "t0", *Date::parse("2026-11-23"), "", false);
  return path;
}

void sql(const std::string& path, const std::string& statements) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* message = nullptr;
  const int status = sqlite3_exec(db, statements.c_str(), nullptr, nullptr, &message);
  INFO((message == nullptr ? "" : message));
  REQUIRE(status == SQLITE_OK);
  sqlite3_free(message);
  sqlite3_close(db);
}

template <class Action>
std::string error_of(Action action) {
  try {
    action();
  } catch (const Error& error) {
    const std::string text = error.what();
    return text.substr(text.find("m.db"));
  }
  return "no error";
}

void open(const std::string& path) { const Store store(path); }

}  // namespace

TEST_CASE("integrity: a schema with something that is not Lacuna's is refused before anything of it is read") {
  const std::string foreign =
      "which is not Lacuna's and could change what is read or written; if it is yours, remove it with SQL: DROP ";
  const std::pair<std::string, std::string> cases[] = {
      {"CREATE TRIGGER evil AFTER INSERT ON link BEGIN UPDATE link SET status='rejected'; END",
       "m.db: holds the trigger \"evil\", " + foreign + "trigger \"evil\""},
      {"ALTER TABLE info RENAME TO i2; CREATE VIEW info AS SELECT 'title' AS name, hex(zeroblob(400000000)) AS value",
       "m.db: holds the table \"i2\", " + foreign + "table \"i2\""},
      {"DROP TABLE info; CREATE VIEW info AS SELECT 'title' AS name, 'x' AS value",
       "m.db: holds the view \"info\", " + foreign + "view \"info\""},
      {"CREATE VIEW mine AS SELECT 1", "m.db: holds the view \"mine\", " + foreign + "view \"mine\""},
      {"CREATE INDEX slow ON node (hex(title))", "m.db: holds the index \"slow\", " + foreign + "index \"slow\""},
      {"DROP INDEX link_to; CREATE INDEX link_to ON link (hex(rationale))",
       "m.db: holds the index \"link_to\", " + foreign + "index \"link_to\""},
      {"DROP VIEW record_content; CREATE VIEW record_content AS SELECT 1 AS record, 'x' AS identifier, 'x' AS title, 'x' AS "
       "keywords, 'x' AS abstract",
       "m.db: holds the view \"record_content\", " + foreign + "view \"record_content\""},
      {"DROP TABLE setting; CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT, more TEXT AS (hex(value)))",
       "m.db: holds the table \"setting\", " + foreign + "table \"setting\""},
      {"CREATE VIRTUAL TABLE other USING fts5(x)", "m.db: holds the table \"other\", " + foreign + "table \"other\""},
      {"CREATE TABLE \"a\x1b]52;c;eA==\x07\" (x)",
       "m.db: holds the table \"a ]52;c;eA== \", " + foreign + "table \"a ]52;c;eA== \""},
      {"DROP TABLE search_need", "m.db: is damaged (the table \"search_need\" is missing); build it again from its text form"},
      {"DROP TABLE tag", "m.db: is damaged (the table \"tag\" is missing); build it again from its text form"},
  };
  for (const auto& [statement, said] : cases) {
    const Scratch scratch;
    const std::string path = small_map(scratch);
    sql(path, statement);
    INFO(statement);
    CHECK(error_of([&] { open(path); }) == said);
    const std::string before = read_file(path);
    CHECK(error_of([&] { change_map(path, [](Map&) {}); }) == said);
    CHECK(error_of([&] { put_tag(path, "t1", *Date::parse("2026-11-23"), "", false); }) == said);
    CHECK(error_of([&] { CatalogueWriter writer(path); }) == said);
    CHECK(read_file(path) == before);
  }
}

TEST_CASE("integrity: what ANALYZE leaves, an index that is missing and the day of the views do not matter") {
  const Scratch scratch;
  const std::string path = small_map(scratch);
  sql(path, "ANALYZE; DROP INDEX link_to; INSERT INTO setting VALUES ('as_of', '2025-01-01')");
  CHECK(error_of([&] { open(path); }) == "no error");
  change_map(path, [](Map& map) { map.info.about = "changed"; });
  CHECK(Store(path).map().info.about == "changed");
  CHECK(Store(path).tags().size() == 1);
  CHECK(error_of([&] { Store(path).check(); }) == "no error");
}

TEST_CASE("integrity: a map of an earlier version is brought up to date without its schema") {
  const Scratch scratch;
  const std::string path = small_map(scratch);
  const std::size_t links = Store(path).map().links.size();
  sql(path,
      "DROP VIEW gap; CREATE VIEW gap AS SELECT 'worded otherwise once' AS kind; DELETE FROM info WHERE name = 'content'; DROP "
      "TABLE search_unjudged; DROP TABLE search_candidate; DROP TABLE link_clause; DROP TABLE link_question; PRAGMA user_version "
      "= 4");
  CHECK(error_of([&] { Store(path).check(); }) == "no error");
  change_map(path, [](Map& map) { map.info.about = "changed"; });
  CHECK(Store(path).map().links.size() == links);
  CHECK(Store(path).tagged_map("t0").links.size() == links);
  CHECK(error_of([&] { Store(path).check(); }) == "no error");
  const std::string bytes = read_file(path);
  CHECK(bytes.find("worded otherwise once") == std::string::npos);
}

TEST_CASE("integrity: rows that Lacuna did not write are told by validate, and by whatever would write on top of them") {
  const std::string said =
      "m.db: holds something else than Lacuna wrote: another program changed it, or it is damaged; see what it says with: lacuna "
      "export --format map -o FOLDER, and build it again from there "
      "(lacuna build FOLDER -o MAP --force)";
  for (const char* statement :
       {"UPDATE node SET title = 'X' WHERE node = 1",
        "UPDATE link SET degree = 'full' WHERE link = (SELECT min(link) FROM link WHERE degree = 'partial')",
        "DELETE FROM search_need", "UPDATE milestone SET day = '1999-01-01'", "DELETE FROM info WHERE name = 'content'"}) {
    const Scratch scratch;
    const std::string path = small_map(scratch);
    sql(path, statement);
    INFO(statement);
    const std::string before = read_file(path);
    CHECK(error_of([&] { open(path); }) == "no error");
    CHECK(error_of([&] { Store(path).check(); }) == said);
    CHECK(error_of([&] { change_map(path, [](Map&) {}); }) == said);
    CHECK(error_of([&] { put_tag(path, "t1", *Date::parse("2026-11-23"), "", false); }) == said);
    Map map = Store(path).map();
    CHECK(error_of([&] { write_map(map, path); }) == said + "; nothing was changed; --force replaces it");
    CHECK(read_file(path) == before);
    write_map(map, path, true);
    CHECK(Store(path).tags().size() == 1);  // What can be kept is kept.
    CHECK(error_of([&] { Store(path).check(); }) == "no error");
  }
}

TEST_CASE("integrity: malformed text and attributes that cannot be read are told, never passed on") {
  const std::pair<std::string, std::string> cases[] = {
      {"UPDATE node SET title = CAST(x'4142ff43' AS TEXT) WHERE node = 1",
       "m.db: is damaged (the text \"AB\xEF\xBF\xBD"
       "C\" of a title is no UTF-8); build it again from its text form"},
      {"UPDATE info SET value = CAST(x'c080' AS TEXT) WHERE name = 'title'",
       "m.db: is damaged (the text \"\xEF\xBF\xBD\xEF\xBF\xBD\" of a value is no UTF-8); build it again from its text form"},
      {"UPDATE node SET attributes = '[1]' WHERE node = 1",
       "m.db: is damaged (the attributes of @ are no JSON object that can be read); build it again from its text form"},
      {"UPDATE node SET attributes = '{\"a\": 1e400}' WHERE node = 1",
       "m.db: is damaged (the attributes of @ are no JSON object that can be read: "},
  };
  for (const auto& [statement, said] : cases) {
    const Scratch scratch;
    const std::string path = small_map(scratch);
    const std::string first = Store(path).map().nodes.front().id;
    sql(path, statement);
    INFO(statement);
    std::string expected = said;
    if (const std::size_t at = expected.find('@'); at != std::string::npos) expected.replace(at, 1, first);
    const std::string found = error_of([&] { (void)Store(path).graph(); });
    CHECK(found.substr(0, expected.size()) == expected);
  }
}

TEST_CASE("integrity: a tag that would fill the memory, or is no map, is told") {
  const std::string said = "m.db: the tag \"t0\" is damaged; remove it with: lacuna tag \"t0\" --remove";
  const auto with = [&](const std::string& content, std::size_t bytes) {
    const Scratch scratch;
    const std::string path = small_map(scratch);
    sqlite3* db = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    sqlite3_stmt* row = nullptr;
    REQUIRE(sqlite3_prepare_v2(db, "UPDATE tag SET content = ?, bytes = ?, hash = ?", -1, &row, nullptr) == SQLITE_OK);
    const std::string hash = fingerprint(content);
    sqlite3_bind_blob(row, 1, content.data(), static_cast<int>(content.size()), SQLITE_STATIC);
    sqlite3_bind_int64(row, 2, static_cast<sqlite3_int64>(bytes));
    sqlite3_bind_text(row, 3, hash.c_str(), -1, SQLITE_STATIC);
    REQUIRE(sqlite3_step(row) == SQLITE_DONE);
    sqlite3_finalize(row);
    sqlite3_close(db);
    return error_of([&] { (void)Store(path).tagged_map("t0"); });
  };
  const std::string zeros(4 << 20, '\0');
  CHECK(with(pack(zeros), zeros.size()) == said);                  // No database.
  CHECK(with(pack(zeros).substr(0, 2000), zeros.size()) == said);  // 2,000 times as large as it is packed.
  CHECK(with(pack("x"), std::size_t{1} << 40) == said);
  CHECK(with(pack("x"), 1) == said);
  // A map whose view would never end.
  const Scratch scratch;
  const std::string evil = scratch.path("evil.db");
  sql(evil,
      "CREATE VIEW info AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM c) SELECT 'title' AS name, 'x' AS value "
      "FROM c");
  const std::string bytes = read_file(evil);
  CHECK(with(pack(bytes), bytes.size()) == said);
}

TEST_CASE("integrity: what is packed better than is believed of strangers can still be unpacked") {
  const std::string zeros(3 << 20, '\0');
  const std::string packed = pack(zeros);
  CHECK(packed.size() >= zeros.size() / 100);
  CHECK(unpack(packed, zeros.size()) == zeros);
}

TEST_CASE("integrity: build replaces what is no map, damaged or newer only when it is forced to") {
  const Scratch scratch;
  Map map = import_path(importer("map"), LACUNA_SOURCE "/tests/maps/small").map;
  const auto refused = [&](const std::string& bytes_or_sql, bool database, const std::string& said) {
    const std::string path = small_map(scratch);
    if (database)
      sql(path, bytes_or_sql);
    else
      (void)scratch.file("m.db", bytes_or_sql);
    const std::string before = read_file(path);
    CHECK(error_of([&] { write_map(map, path); }) == said);
    CHECK(read_file(path) == before);
    write_map(map, path, true);
    CHECK(error_of([&] { Store(path).check(); }) == "no error");
    fs::remove(path);
  };
  refused("a text of mine", false, "m.db: is no map of Lacuna, and would be lost; name another file, or replace it with --force");
  refused("PRAGMA application_id = 7", true,
          "m.db: is no map of Lacuna, and would be lost; name another file, or replace it with --force");
  refused("PRAGMA user_version = 11", true,
          "m.db: was written by a newer Lacuna, and what it keeps would be lost; use that one, or replace it with --force");
  refused("DROP TABLE search_need", true,
          "m.db: is damaged (the table \"search_need\" is missing); build it again from its text form; nothing was changed; "
          "--force replaces it");
  // An empty file is no loss.
  (void)scratch.file("m.db", "");
  write_map(map, scratch.path("m.db"));
}
