// A map that came by mail is data: what its schema and its rows may be, and whether they are what was written.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "base/hash.hpp"
#include "base/text.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"

namespace lacuna {
namespace {

struct Object {
  std::string type;
  std::string sql;
};
using Objects = std::map<std::string, Object, std::less<>>;  // by name

Objects objects_of(const Connection& db) {
  Objects objects;
  Statement rows = db.prepare("SELECT name, type, sql FROM sqlite_schema");
  while (rows.step()) objects.emplace(rows.text(0), Object{std::string(rows.text(1)), std::string(rows.text(2))});
  return objects;
}

struct Own {
  std::unique_ptr<Connection> db;
  Objects objects;
};

/// An empty map in memory: what the program itself would make.
const Own& own(bool tag) {
  const auto make = [](const std::string& sql) {
    Own result{std::make_unique<Connection>(":memory:", Connection::Is::part), {}};
    result.db->run(sql);
    result.objects = objects_of(*result.db);
    return result;
  };
  static const Own map = make(schema_sql());
  static const Own tagged = make(map_tables_sql() + map_indexes_sql());
  return tag ? tagged : map;
}

/// Names of the columns of a table; a computed one makes it no table of ours.
std::vector<std::string> columns_of(const Connection& db, const std::string& table) {
  std::vector<std::string> columns;
  Statement rows = db.prepare("SELECT name, hidden FROM pragma_table_xinfo(?)");
  rows.bind(1, table);
  while (rows.step())
    columns.push_back(rows.number(1) == 0 ? std::string(rows.text(0)) : fmt::format("computed {}", rows.text(0)));
  return columns;
}

/// Tables without which a map of that version is none.
std::vector<std::string_view> needed_tables(std::int64_t version, bool tag) {
  std::vector<std::string_view> tables{"info", "node",   "shown_group",      "alias",      "date", "milestone",
                                       "link", "search", "search_catalogue", "search_need"};
  if (version >= 6) {
    tables.insert(tables.end(), {"link_clause", "search_protocol", "search_unsearched", "search_query", "search_candidate"});
  }
  if (version >= 7) tables.push_back("search_unjudged");
  if (version >= 8) tables.push_back("link_question");
  if (tag) return tables;
  if (version >= 2)
    tables.insert(tables.end(), {"catalogue", "committee", "work", "work_alias", "record", "record_text", "record_link",
                                 "acronym", "record_index"});
  if (version >= 3) tables.push_back("tag");
  if (version >= 4) tables.push_back("text_term");
  if (version >= 7) tables.push_back("title_part");
  if (version >= 9) tables.push_back("change");
  if (version >= 10) tables.insert(tables.end(), {"uptake", "uptake_concept"});
  return tables;
}

}  // namespace

std::int64_t version_of(const Connection& db) {
  if (db.number("PRAGMA application_id") != application_id) {
    throw Error(ErrorCode::not_a_map, db.path(), "is not a map of Lacuna; make one with: lacuna build FOLDER -o MAP");
  }
  const std::int64_t version = db.number("PRAGMA user_version");
  if (version > newest_version) {
    throw Error(
        ErrorCode::newer_map, db.path(),
        fmt::format("was written by a newer Lacuna (map version {}, this one knows {}); use that one", version, newest_version));
  }
  return version;
}

bool check_schema(const Connection& db, std::int64_t version, bool tag) {
  const Own& ours = own(tag);
  const Objects theirs = objects_of(db);
  const auto foreign = [&](const std::string& name, const Object& object) {
    return Error(
        ErrorCode::damaged_map, db.path(),
        fmt::format("holds the {} \"{}\", which is not Lacuna's and could change what is read or written; if it is yours, remove "
                    "it with SQL: DROP {} \"{}\"",
                    harmless(object.type), shortened(harmless(name), 80), harmless(object.type), shortened(harmless(name), 80)));
  };
  bool same = true;
  for (const auto& [name, object] : theirs) {
    if (name.starts_with("sqlite_stat") && object.type == "table") continue;  // What ANALYZE leaves.
    if (name == "tie" && object.type == "table" && version < 10 && !tag) {
      same = false;
      continue;
    }
    const auto found = ours.objects.find(name);
    if (found == ours.objects.end() || found->second.type != object.type) throw foreign(name, object);
    if (found->second.sql == object.sql) continue;
    same = false;
    // Earlier versions worded some of it otherwise. What is read through may not differ; the views for people are not read by the
    // program.
    const bool virtual_table = found->second.sql.starts_with("CREATE VIRTUAL") || object.sql.starts_with("CREATE VIRTUAL");
    if (object.type == "table" && !virtual_table && columns_of(db, name) == columns_of(*ours.db, name)) continue;
    if (object.type == "view" && name != "record_content") continue;
    throw foreign(name, object);
  }
  for (const std::string_view table : needed_tables(version, tag)) {
    if (!theirs.contains(table)) db.damaged(fmt::format("the table \"{}\" is missing", table));
  }
  return same && std::ranges::all_of(ours.objects, [&](const auto& entry) { return theirs.contains(entry.first); });
}

namespace {

constexpr std::string_view hash_name = "content";
constexpr std::string_view catalogues_hash_name = "catalogues";

/// Of all rows of these questions, each in the order of its key.
std::string hash_of_rows(const Connection& db, const std::vector<std::string_view>& questions) {
  std::uint64_t hash = hash_of_nothing;
  for (const std::string_view question : questions) {
    hash = hash_of(question, hash);
    Statement rows = db.prepare(question);
    while (rows.step()) rows.add_to(hash);
  }
  return fmt::format("{:016x}", hash);
}

std::string content_hash(const Connection& db) {
  std::vector<std::string_view> questions{"SELECT * FROM info WHERE name NOT IN ('content', 'catalogues') ORDER BY name",
                                          "SELECT * FROM node ORDER BY node",
                                          "SELECT * FROM shown_group ORDER BY place",
                                          "SELECT * FROM alias ORDER BY node, alias",
                                          "SELECT * FROM date ORDER BY node, what",
                                          "SELECT * FROM milestone ORDER BY node, step",
                                          "SELECT * FROM link ORDER BY link",
                                          "SELECT * FROM search ORDER BY search",
                                          "SELECT * FROM search_catalogue ORDER BY search, name",
                                          "SELECT * FROM search_need ORDER BY search, node"};
  if (db.has_table("search_protocol")) {
    questions.insert(questions.end(), {"SELECT * FROM link_clause ORDER BY link", "SELECT * FROM search_protocol ORDER BY search",
                                       "SELECT * FROM search_unsearched ORDER BY search, place",
                                       "SELECT * FROM search_query ORDER BY search, place",
                                       "SELECT * FROM search_candidate ORDER BY search, place"});
  }
  if (db.has_table("search_unjudged")) questions.push_back("SELECT * FROM search_unjudged ORDER BY search, place");
  if (db.has_table("link_question")) questions.push_back("SELECT * FROM link_question ORDER BY link");
  if (db.has_table("tie")) questions.push_back("SELECT * FROM tie ORDER BY node");
  return hash_of_rows(db, questions);
}

std::string catalogues_hash(const Connection& db) {
  std::vector<std::string_view> questions{"SELECT * FROM catalogue ORDER BY catalogue",
                                          "SELECT * FROM committee ORDER BY committee",
                                          "SELECT * FROM work ORDER BY work",
                                          "SELECT * FROM work_alias ORDER BY key, work",
                                          "SELECT * FROM record ORDER BY record",
                                          "SELECT * FROM record_text ORDER BY record",
                                          "SELECT * FROM record_link ORDER BY record, place",
                                          "SELECT * FROM acronym ORDER BY short, long",
                                          "SELECT * FROM text_term ORDER BY term"};
  if (db.has_table("title_part")) questions.push_back("SELECT * FROM title_part ORDER BY part");
  if (db.has_table("uptake")) {
    questions.push_back("SELECT * FROM uptake");
    questions.push_back("SELECT * FROM uptake_concept ORDER BY concept");
  }
  return hash_of_rows(db, questions);
}

std::string noted(const Connection& db, std::string_view name) {
  Statement row = db.prepare("SELECT value FROM info WHERE name = ?");
  row.bind(1, name);
  return row.step() ? std::string(row.text(0)) : std::string();
}

void note(Connection& db, std::string_view name, const std::string& value) {
  db.prepare("INSERT OR REPLACE INTO info VALUES (?,?)").bind(1, name).bind(2, value).run();
}

}  // namespace

void check_content(const Connection& db, bool catalogues) {
  if (version_of(db) < 5) return;  // Noted nothing yet.
  if (noted(db, hash_name) != content_hash(db)) {
    throw Error(ErrorCode::damaged_map, db.path(),
                "holds something else than Lacuna wrote: another program changed it, or it is damaged; see what it says with: "
                "lacuna export --format map -o FOLDER, and build it again from there "
                "(lacuna build FOLDER -o MAP --force)");
  }
  if (catalogues && holds_records(db) && noted(db, catalogues_hash_name) != catalogues_hash(db)) {
    throw Error(ErrorCode::damaged_map, db.path(),
                "its catalogues are not as Lacuna wrote them: they are damaged, or another program changed them; build the map "
                "anew and import them again");
  }
}

void note_content(Connection& db) { note(db, hash_name, content_hash(db)); }
void note_catalogues(Connection& db) { note(db, catalogues_hash_name, catalogues_hash(db)); }

void note_tied(Connection& db, const Connection& catalogues) {
  db.run("DELETE FROM catalogue");
  Statement insert = db.prepare("INSERT INTO catalogue (name, format, source, date, records) VALUES (?,?,?,?,?)");
  for (const CatalogueInfo& c : read_catalogues(catalogues)) {
    insert.bind(1, c.name).bind(2, c.format).bind(3, c.source).bind_text_or_null(4, text_of(c.date));
    insert.bind(5, static_cast<std::int64_t>(c.records)).run();
  }
}

}  // namespace lacuna
