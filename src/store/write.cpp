// A map as rows: written beside its place and renamed, or changed where it is in one transaction.
#include <fmt/format.h>

#include <filesystem>
#include <unordered_map>

#include "base/files.hpp"
#include "formats/json.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"
#include "store/text_index.hpp"

namespace lacuna {
namespace {

void write_nodes(Connection& db, const Map& map) {
  const auto all_lives = lives(map);
  Statement node = db.prepare("INSERT INTO node VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement alias = db.prepare("INSERT INTO alias VALUES (?,?)");
  Statement date = db.prepare("INSERT INTO date VALUES (?,?,?,?)");
  Statement milestone = db.prepare("INSERT INTO milestone VALUES (?,?,?,?,?)");
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    const Node& n = map.nodes[i];
    const auto key = static_cast<std::int64_t>(i + 1);
    node.bind(1, key).bind(2, n.id).bind(3, name_of(n.kind)).bind(4, n.title).bind_text_or_null(5, n.text);
    node.bind_or_null(6, n.priority)
        .bind_text_or_null(7, text_of(n.state))
        .bind_text_or_null(8, n.address)
        .bind_text_or_null(9, n.source.name);
    node.bind_text_or_null(10, n.source.address).bind_text_or_null(11, text_of(n.source.seen));
    node.bind_text_or_null(12, n.attributes.empty() ? std::string() : json::write_compact(Value(n.attributes)));
    node.run();
    for (const std::string& a : n.aliases) alias.bind(1, key).bind(2, a).run();
    for (const NodeDate& d : n.dates)
      date.bind(1, key).bind(2, d.what).bind(3, to_string(d.date)).bind(4, to_string(d.date.last_day())).run();
    for (std::size_t s = 0; s < all_lives[i].size(); ++s) {
      const Milestone& m = all_lives[i][s];
      milestone.bind(1, key)
          .bind(2, static_cast<std::int64_t>(s))
          .bind(3, to_string(m.day))
          .bind(4, name_of(m.state))
          .bind(5, m.basis)
          .run();
    }
  }
}

void write_links(Connection& db, const Map& map, const std::unordered_map<std::string_view, std::int64_t>& keys) {
  Statement link = db.prepare("INSERT INTO link VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  Statement clause = db.prepare("INSERT INTO link_clause VALUES (?,?)");
  Statement question = db.prepare("INSERT INTO link_question VALUES (?,?)");
  for (std::size_t i = 0; i < map.links.size(); ++i) {
    const Link& l = map.links[i];
    const auto number = static_cast<std::int64_t>(i + 1);
    if (!l.clause.empty()) clause.bind(1, number).bind(2, l.clause).run();
    if (!l.questioned.empty()) question.bind(1, number).bind(2, l.questioned).run();
    link.bind(1, number).bind(2, keys.at(l.from)).bind(3, name_of(l.relation)).bind(4, keys.at(l.to));
    link.bind_text_or_null(5, text_of(l.degree)).bind_text_or_null(6, text_of(l.set_relation));
    link.bind_or_null(7, l.strength)
        .bind_text_or_null(8, l.rationale)
        .bind_text_or_null(9, l.evidence)
        .bind_text_or_null(10, text_of(l.method));
    link.bind_text_or_null(11, l.by).bind_text_or_null(12, text_of(l.on)).bind_text_or_null(13, l.source.name);
    link.bind_text_or_null(14, l.source.address).bind_text_or_null(15, text_of(l.source.seen)).bind(16, name_of(l.status)).run();
  }
}

void write_protocol(Connection& db, const Search& s, std::int64_t key,
                    const std::unordered_map<std::string_view, std::int64_t>& keys) {
  if (!s.read.empty() || s.signature) {
    db.prepare("INSERT INTO search_protocol VALUES (?,?,?,?)")
        .bind(1, key)
        .bind_text_or_null(2, s.read)
        .bind_text_or_null(3, s.signature ? s.signature->by : "")
        .bind_text_or_null(4, s.signature ? to_string(s.signature->on) : "")
        .run();
  }
  const auto each = [](const auto& list, Statement statement, const auto& put) {
    for (std::size_t place = 0; place < list.size(); ++place) {
      statement.bind(2, static_cast<std::int64_t>(place));
      put(statement, list[place]);
      statement.run();
    }
  };
  each(s.not_searched, db.prepare("INSERT INTO search_unsearched VALUES (?,?,?)"),
       [&](Statement& into, const std::string& name) { into.bind(1, key).bind(3, name); });
  each(s.queries, db.prepare("INSERT INTO search_query VALUES (?,?,?,?)"),
       [&](Statement& into, const SearchedWords& q) { into.bind(1, key).bind(3, q.words).bind_or_null(4, q.hits); });
  each(s.candidates, db.prepare("INSERT INTO search_candidate VALUES (?,?,?,?,?,?,?)"),
       [&](Statement& into, const JudgedCandidate& c) {
         into.bind(1, key).bind(3, keys.at(c.need)).bind(4, c.document).bind(5, name_of(c.finding));
         into.bind_text_or_null(6, c.reason).bind_text_or_null(7, c.by);
       });
  each(s.unjudged, db.prepare("INSERT INTO search_unjudged VALUES (?,?,?,?,?,?,?)"),
       [&](Statement& into, const UnjudgedCandidate& c) {
         into.bind(1, key).bind(3, keys.at(c.need)).bind(4, c.document).bind(5, c.title).bind(6, c.catalogue);
         into.bind(7, to_string(c.on));
       });
}

void write_searches(Connection& db, const Map& map, const std::unordered_map<std::string_view, std::int64_t>& keys) {
  Statement search = db.prepare("INSERT INTO search VALUES (?,?,?,?,?,?)");
  Statement catalogue = db.prepare("INSERT INTO search_catalogue VALUES (?,?,?,?)");
  Statement need = db.prepare("INSERT INTO search_need VALUES (?,?)");
  for (std::size_t i = 0; i < map.searches.size(); ++i) {
    const Search& s = map.searches[i];
    const auto key = static_cast<std::int64_t>(i + 1);
    search.bind(1, key)
        .bind(2, s.id)
        .bind(3, s.by)
        .bind(4, to_string(s.on))
        .bind_text_or_null(5, s.method)
        .bind_text_or_null(6, s.note)
        .run();
    for (const SearchedCatalogue& c : s.catalogues) {
      catalogue.bind(1, key).bind(2, c.name).bind_or_null(3, c.records).bind_text_or_null(4, text_of(c.date)).run();
    }
    for (const std::string& n : s.needs) need.bind(1, key).bind(2, keys.at(n)).run();
    write_protocol(db, s, key, keys);
  }
}

void write_info(Connection& db, const MapInfo& map) {
  Statement info = db.prepare("INSERT INTO info VALUES (?,?)");
  if (!map.title.empty()) info.bind(1, "title").bind(2, map.title).run();
  if (!map.about.empty()) info.bind(1, "about").bind(2, map.about).run();
  if (map.date) info.bind(1, "date").bind(2, to_string(*map.date)).run();
}

}  // namespace

void put_map(Connection& db, Map& map) {
  sort_canonically(map);
  db.run("DROP INDEX IF EXISTS link_to; DROP INDEX IF EXISTS link_from; DROP INDEX IF EXISTS search_need_node;");
  for (const std::string_view table : {"search_unjudged", "search_candidate", "search_query", "search_unsearched",
                                       "search_protocol", "link_clause", "link_question", "search_need", "search_catalogue",
                                       "search", "link", "milestone", "date", "alias", "shown_group", "node", "info"}) {
    db.run(fmt::format("DELETE FROM {}{};", table, table == "info" ? " WHERE name <> 'catalogues'" : ""));
  }
  std::unordered_map<std::string_view, std::int64_t> keys;
  keys.reserve(map.nodes.size());
  for (std::size_t i = 0; i < map.nodes.size(); ++i) keys.emplace(map.nodes[i].id, static_cast<std::int64_t>(i + 1));
  write_info(db, map.info);
  write_nodes(db, map);
  Statement shown = db.prepare("INSERT INTO shown_group VALUES (NULL,?)");
  for (const std::string& group : map.info.groups) shown.bind(1, keys.at(group)).run();
  write_links(db, map, keys);
  write_searches(db, map, keys);
  db.run(map_indexes_sql());
}

namespace {

/// Files that SQLite keeps beside a database while it is being changed.
constexpr std::string_view companions[] = {"-journal", "-wal"};

}  // namespace

MapLock::MapLock(const std::string& path, bool database) {
  const std::string file = resolved(path);
  std::error_code problem;
  if (database) {
    connection_ = std::make_unique<Connection>(file, Connection::Is::locked, path);
    // Reading rolls back what a program began and did not end; a write-ahead log is moved into the file and given up.
    if (Statement mode = connection_->prepare("PRAGMA journal_mode"); mode.step() && mode.text(0) == "wal") {
      mode.reset();
      Statement moved = connection_->prepare("PRAGMA wal_checkpoint(TRUNCATE)");
      const bool whole = moved.step() && moved.number(0) == 0;
      moved.reset();
      Statement left = connection_->prepare("PRAGMA journal_mode = DELETE");
      if (!whole || !left.step() || left.text(0) != "delete") {
        throw Error(ErrorCode::io, path,
                    "is open in another program, which keeps changes beside it (-wal); close it there and try again");
      }
    }
    connection_->run("BEGIN IMMEDIATE");
    // Under this lock, what is left of a journal is no change of anybody.
    std::filesystem::remove(file + "-journal", problem);
  }
  for (const std::string_view companion : companions) {
    if (!std::filesystem::exists(status_of(file + std::string(companion)))) continue;
    throw Error(ErrorCode::io, path,
                fmt::format("beside it stands {}{}, what another program left of a change; finish that there, or remove the file "
                            "if its database is gone",
                            path, companion));
  }
}

namespace {

/// All rows of the tables that both have, column by column: nothing of the schema of the one comes into the other. What FTS5
/// keeps is no table here.
void copy_rows(const Connection& from, Connection& to) {
  constexpr std::string_view own_tables =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY name";
  Statement tables = to.prepare(own_tables);
  while (tables.step()) {
    const std::string table(tables.text(0));
    Statement there = from.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?");
    if (!there.bind(1, table).step()) continue;
    Statement rows = from.prepare(fmt::format("SELECT * FROM {}", table));
    std::string places;
    for (int column = 0; column < rows.columns(); ++column) places += column == 0 ? "?" : ",?";
    Statement insert = to.prepare(fmt::format("INSERT INTO {} VALUES ({})", table, places));
    while (rows.step()) {
      insert.bind_row(rows);
      insert.run();
    }
  }
}

}  // namespace

void MapEdit::copy(const std::string& path) {
  const Connection original(resolved(path), Connection::Is::map, path);
  const std::int64_t version = version_of(original);
  const bool same = check_schema(original, version, false) && version == newest_version;
  // Through SQLite: opening and closing the file by other means would give up the lock.
  if (same) original.copy_to(Connection(replacement_->part(), Connection::Is::part, path));
  db_ = std::make_unique<Store::Database>(replacement_->part(), Connection::Is::part, path);
  if (same) {
    db_->run("BEGIN");
    return;
  }
  begin_empty();
  copy_rows(original, *db_);
  if (db_->number("SELECT count(*) FROM catalogue") == 0) return;
  db_->run("INSERT INTO record_index (record_index) VALUES ('rebuild');");
  if (version < 7) index_texts(*db_);
  note_catalogues(*db_);
}

void MapEdit::begin_empty() {
  db_->run("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8';");
  db_->run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; BEGIN;", application_id, newest_version));
  db_->run(schema_sql());
}

MapEdit::MapEdit(const std::string& path, From from) : own_(replaceable(path)) {
  const bool there = holds_something(path);
  const bool checked = from != From::kept_unchecked;
  bool database = there;
  if (there && from == From::scratch) {
    try {
      const Store known(path);
    } catch (const Error&) {  // Whatever it is, it goes.
      database = false;
    }
  }
  lock_ = std::make_unique<MapLock>(path, database);
  if (there && from != From::scratch) {
    const Store known(path);  // Throws where this is no map.
    copied_ = from == From::existing || !known.catalogues().empty() || !known.tags().empty();
    if (checked) known.check_content();
  }
  replacement_ = std::make_unique<Replacement>(path, Replacement::By::map);
  if (copied_) {
    copy(path);
  } else {
    db_ = std::make_unique<Store::Database>(replacement_->part(), Connection::Is::part, path);
    begin_empty();
  }
}

MapEdit::~MapEdit() = default;

Connection& MapEdit::db() { return *db_; }

void MapEdit::show(const std::function<void(const Store&)>& look) {
  struct Lent {
    explicit Lent(std::unique_ptr<Store::Database>& from) : owner(from), store(std::move(from)) {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent() { owner = std::move(store.database_); }
    std::unique_ptr<Store::Database>& owner;
    Store store;
  };
  const Lent lent(db_);
  look(lent.store);
}

void MapEdit::commit() {
  note_content(*db_);
  db_->run("COMMIT");
  db_.reset();
  replacement_->commit();
}

namespace {

MapWritten write_over(Map& map, MapEdit& edit) {
  MapWritten written;
  written.catalogues_kept = edit.copied();
  if (edit.copied()) written.told = tie_deliverables(edit.db(), map);
  put_map(edit.db(), map);
  edit.commit();
  return written;
}

}  // namespace

MapWritten write_map(Map& map, const std::string& path, bool force) {
  try {
    MapEdit edit(path, force ? MapEdit::From::kept_unchecked : MapEdit::From::kept);
    return write_over(map, edit);
  } catch (const Error& error) {
    const bool harm =
        error.code() == ErrorCode::not_a_map || error.code() == ErrorCode::newer_map || error.code() == ErrorCode::damaged_map;
    if (!harm) throw;
    if (!force) {
      switch (error.code()) {
        case ErrorCode::not_a_map:
          throw Error(error.code(), path,
                      "is no map of Lacuna, and would be lost; name another file, or replace it with --force");
        case ErrorCode::newer_map:
          throw Error(error.code(), path,
                      "was written by a newer Lacuna, and what it keeps would be lost; use that one, or replace it with --force");
        default: throw Error(error.code(), "", fmt::format("{}; nothing was changed; --force replaces it", error.what()));
      }
    }
  }
  MapEdit edit(path, MapEdit::From::scratch);
  return write_over(map, edit);
}

void change_map(const std::string& path, const std::function<void(Map&)>& change) {
  MapEdit edit(path, MapEdit::From::existing);
  Map map = read_map(edit.db());
  change(map);
  tie_deliverables(edit.db(), map);  // Nodes that came or went move the others.
  put_map(edit.db(), map);
  edit.commit();
}

}  // namespace lacuna
