// A map as rows: written beside its place and renamed, or changed where it is in one transaction.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <tuple>
#include <unordered_map>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "store/edit.hpp"
#include "store/rows.hpp"
#include "store/schema.hpp"
#include "store/text_index.hpp"

namespace lacuna {
namespace {

using Keys = std::unordered_map<std::string_view, std::int64_t>;

/// Positions of the nodes from 1 on.
Keys keys_of(const Map& map) {
  Keys keys;
  keys.reserve(map.nodes.size());
  for (std::size_t i = 0; i < map.nodes.size(); ++i) keys.emplace(map.nodes[i].id, static_cast<std::int64_t>(i + 1));
  return keys;
}

class NodeWriter {
 public:
  explicit NodeWriter(Connection& db)
      : node_(db.prepare("INSERT INTO node VALUES (?,?,?,?,?,?,?,?,?,?,?,?)")),
        alias_(db.prepare("INSERT INTO alias VALUES (?,?)")),
        date_(db.prepare("INSERT INTO date VALUES (?,?,?,?)")),
        milestone_(db.prepare("INSERT INTO milestone VALUES (?,?,?,?,?)")) {}

  void put(std::int64_t key, const Node& n, const std::vector<Milestone>& life) {
    node_.bind(1, key).bind(2, n.id).bind(3, name_of(n.kind)).bind(4, n.title).bind_text_or_null(5, n.text);
    node_.bind_or_null(6, n.priority)
        .bind_text_or_null(7, text_of(n.state))
        .bind_text_or_null(8, n.address)
        .bind_text_or_null(9, n.source.name);
    node_.bind_text_or_null(10, n.source.address).bind_text_or_null(11, text_of(n.source.seen));
    node_.bind_text_or_null(12, n.attributes.empty() ? std::string() : json::write_compact(Value(n.attributes)));
    node_.run();
    for (const std::string& a : n.aliases) alias_.bind(1, key).bind(2, a).run();
    for (const NodeDate& d : n.dates)
      date_.bind(1, key).bind(2, d.what).bind(3, to_string(d.date)).bind(4, to_string(d.date.last_day())).run();
    for (std::size_t s = 0; s < life.size(); ++s) {
      const Milestone& m = life[s];
      milestone_.bind(1, key)
          .bind(2, static_cast<std::int64_t>(s))
          .bind(3, to_string(m.day))
          .bind(4, name_of(m.state))
          .bind(5, m.basis)
          .run();
    }
  }

 private:
  Statement node_, alias_, date_, milestone_;
};

class LinkWriter {
 public:
  LinkWriter(Connection& db, const Keys& keys)
      : keys_(keys),
        link_(db.prepare("INSERT INTO link VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)")),
        clause_(db.prepare("INSERT INTO link_clause VALUES (?,?)")),
        question_(db.prepare("INSERT INTO link_question VALUES (?,?)")) {}

  void put(std::int64_t number, const Link& l) {
    if (!l.clause.empty()) clause_.bind(1, number).bind(2, l.clause).run();
    if (!l.questioned.empty()) question_.bind(1, number).bind(2, l.questioned).run();
    link_.bind(1, number).bind(2, keys_.at(l.from)).bind(3, name_of(l.relation)).bind(4, keys_.at(l.to));
    link_.bind_text_or_null(5, text_of(l.degree)).bind_text_or_null(6, text_of(l.set_relation));
    link_.bind_or_null(7, l.strength)
        .bind_text_or_null(8, l.rationale)
        .bind_text_or_null(9, l.evidence)
        .bind_text_or_null(10, text_of(l.method));
    link_.bind_text_or_null(11, l.by).bind_text_or_null(12, text_of(l.on)).bind_text_or_null(13, l.source.name);
    link_.bind_text_or_null(14, l.source.address).bind_text_or_null(15, text_of(l.source.seen)).bind(16, name_of(l.status)).run();
  }

 private:
  const Keys& keys_;
  Statement link_, clause_, question_;
};

void write_protocol(Connection& db, const Search& s, std::int64_t key, const Keys& keys) {
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

void write_searches(Connection& db, const Map& map, const Keys& keys) {
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

void write_info(Connection& db, const MapInfo& map, const Keys& keys) {
  Statement info = db.prepare("INSERT INTO info VALUES (?,?)");
  if (!map.title.empty()) info.bind(1, "title").bind(2, map.title).run();
  if (!map.about.empty()) info.bind(1, "about").bind(2, map.about).run();
  if (map.date) info.bind(1, "date").bind(2, to_string(*map.date)).run();
  Statement shown = db.prepare("INSERT INTO shown_group VALUES (NULL,?)");
  for (const std::string& group : map.groups) shown.bind(1, keys.at(group)).run();
}

constexpr std::string_view search_tables[] = {"search_unjudged", "search_candidate", "search_query",     "search_unsearched",
                                              "search_protocol", "search_need",      "search_catalogue", "search"};

void empty_table(Connection& db, std::string_view table) {
  db.run(fmt::format("DELETE FROM {}{};", table, table == "info" ? " WHERE name <> 'catalogues'" : ""));
}

}  // namespace

void put_map(Connection& db, Map& map) {
  sort_canonically(map);
  db.run("DROP INDEX IF EXISTS link_to; DROP INDEX IF EXISTS link_from; DROP INDEX IF EXISTS search_need_node;");
  for (const std::string_view table : search_tables) empty_table(db, table);
  for (const std::string_view table :
       {"link_clause", "link_question", "link", "milestone", "date", "alias", "shown_group", "node", "info"})
    empty_table(db, table);
  const Keys keys = keys_of(map);
  const auto all_lives = lives(map);
  NodeWriter nodes(db);
  for (std::size_t i = 0; i < map.nodes.size(); ++i) nodes.put(static_cast<std::int64_t>(i + 1), map.nodes[i], all_lives[i]);
  write_info(db, map.info, keys);
  LinkWriter links(db, keys);
  for (std::size_t i = 0; i < map.links.size(); ++i) links.put(static_cast<std::int64_t>(i + 1), map.links[i]);
  write_searches(db, map, keys);
  db.run(map_indexes_sql());
}

namespace {

void update_nodes(Connection& db, const Map& before, const Map& after) {
  const auto lives_before = lives(before);
  const auto lives_after = lives(after);
  NodeWriter nodes(db);
  for (std::size_t i = 0; i < after.nodes.size(); ++i) {
    if (before.nodes[i] == after.nodes[i] && lives_before[i] == lives_after[i]) continue;
    const auto key = static_cast<std::int64_t>(i + 1);
    for (const std::string_view table : {"alias", "date", "milestone", "node"})
      db.prepare(fmt::format("DELETE FROM {} WHERE node = ?", table)).bind(1, key).run();
    nodes.put(key, after.nodes[i], lives_after[i]);
  }
}

void update_links(Connection& db, const Map& before, const Map& after, const Keys& keys) {
  // Links of one pair and relation stand in the order of their keys: all of them are written anew.
  const auto same_pair = [](const Link& a, const Link& b) {
    return a.from == b.from && a.relation == b.relation && a.to == b.to;
  };
  const auto pair_before = [](const Link& a, const Link& b) {
    if (a.from != b.from) return natural_less(a.from, b.from);
    return a.relation != b.relation ? a.relation < b.relation : natural_less(a.to, b.to);
  };
  LinkWriter links(db, keys);
  std::int64_t next = db.number("SELECT coalesce(max(link), 0) FROM link") + 1;
  Statement of_pair = db.prepare("SELECT link FROM link WHERE \"from\" = ? AND relation = ? AND \"to\" = ?");
  Statement gone[] = {db.prepare("DELETE FROM link WHERE link = ?"), db.prepare("DELETE FROM link_clause WHERE link = ?"),
                      db.prepare("DELETE FROM link_question WHERE link = ?")};
  auto old = before.links.begin();
  auto now = after.links.begin();
  while (old != before.links.end() || now != after.links.end()) {
    const Link& first = now == after.links.end() || (old != before.links.end() && pair_before(*old, *now)) ? *old : *now;
    const auto ends = [&](auto from, auto end) {
      return std::find_if_not(from, end, [&](const Link& l) { return same_pair(l, first); });
    };
    const auto old_end = ends(old, before.links.end());
    const auto now_end = ends(now, after.links.end());
    if (!std::equal(old, old_end, now, now_end)) {
      of_pair.bind(1, keys.at(first.from)).bind(2, name_of(first.relation)).bind(3, keys.at(first.to));
      std::vector<std::int64_t> numbers;
      while (of_pair.step()) numbers.push_back(of_pair.number(0));
      of_pair.reset();
      for (const std::int64_t number : numbers) {
        for (Statement& statement : gone) statement.bind(1, number).run();
      }
      for (auto link = now; link != now_end; ++link) links.put(next++, *link);
    }
    old = old_end;
    now = now_end;
  }
}

}  // namespace

void update_map(Connection& db, const Map& before, const Map& after) {
  if (!std::ranges::equal(before.nodes, after.nodes, {}, &Node::id, &Node::id)) {
    Map whole = after;
    return put_map(db, whole);
  }
  update_nodes(db, before, after);
  const Keys keys = keys_of(after);
  update_links(db, before, after, keys);
  if (!(before.info == after.info)) {
    empty_table(db, "info");
    empty_table(db, "shown_group");
    write_info(db, after.info, keys);
  }
  if (before.searches == after.searches) return;
  for (const std::string_view table : search_tables) empty_table(db, table);
  write_searches(db, after, keys);
}

namespace {

void put_entry(Statement& row, const LoggedChange& entry) {
  row.bind(1, entry.device).bind(2, entry.number).bind(3, entry.clock).bind(4, entry.made);
  row.bind_text_or_null(5, entry.by).bind_text_or_null(6, entry.why).bind(7, fingerprint(entry.content)).bind(8, entry.content);
  row.run();
}

constexpr std::string_view insert_entry = "INSERT INTO change VALUES (?,?,?,?,?,?,?,?)";

}  // namespace

void add_to_log(Connection& db, const Map& before, const Map& after, const Logging& log) {
  if (!log) return;
  const auto entry = log(before, after, db.number("SELECT coalesce(max(clock), 0) FROM change"));
  if (!entry) return;
  Statement row = db.prepare(insert_entry);
  put_entry(row, *entry);
}

void put_log(Connection& db, const std::vector<LoggedChange>& log) {
  using Key = std::tuple<std::string, std::int64_t, std::string>;
  std::set<Key> gone;
  for (LoggedChange& there : read_log(db)) gone.emplace(std::move(there.device), there.number, fingerprint(there.content));
  std::vector<const LoggedChange*> come;
  for (const LoggedChange& entry : log) {
    if (gone.erase(Key(entry.device, entry.number, fingerprint(entry.content))) == 0) come.push_back(&entry);
  }
  Statement remove = db.prepare("DELETE FROM change WHERE device = ? AND number = ?");
  for (const auto& [device, number, hash] : gone) remove.bind(1, device).bind(2, number).run();
  Statement row = db.prepare(insert_entry);
  for (const LoggedChange* entry : come) put_entry(row, *entry);
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

constexpr std::string_view catalogue_tables[] = {"catalogue", "committee",   "work",        "work_alias",
                                                 "record",    "record_text", "record_link", "acronym",
                                                 "text_term", "title_part",  "uptake",      "uptake_concept"};

/// All rows of the tables of that part that both have, column by column: nothing of the schema of the one comes into the other.
/// What FTS5 keeps is no table here.
void copy_rows(const Connection& from, Connection& to, MapEdit::Part part) {
  constexpr std::string_view own_tables =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
      "ORDER BY name";
  Statement tables = to.prepare(own_tables);
  while (tables.step()) {
    const std::string table(tables.text(0));
    const bool of_catalogues = std::ranges::find(catalogue_tables, table) != std::end(catalogue_tables);
    if (of_catalogues ? part == MapEdit::Part::map : part == MapEdit::Part::catalogues) continue;
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

void MapEdit::copy(const std::string& source, const std::string& told, Part part) {
  const Connection original(resolved(source), Connection::Is::map, source);
  const std::int64_t version = version_of(original);
  const bool same = check_schema(original, version, false) && version == newest_version && part == Part::all;
  // Through SQLite: opening and closing the file by other means would give up the lock.
  if (same) original.copy_to(Connection(replacement_->part(), Connection::Is::part, told));
  db_ = std::make_unique<Store::Database>(replacement_->part(), Connection::Is::part, told);
  if (same) {
    db_->run("BEGIN");
    return;
  }
  begin_empty();
  copy_rows(original, *db_, part);
  if (!holds_records(*db_)) return;
  db_->run("INSERT INTO record_index (record_index) VALUES ('rebuild');");
  if (version < 7) index_texts(*db_);
  note_catalogues(*db_);
}

void MapEdit::begin_empty() {
  db_->run("PRAGMA page_size = 4096; PRAGMA encoding = 'UTF-8';");
  db_->run(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; BEGIN;", application_id, newest_version));
  db_->run(schema_sql());
}

MapEdit::MapEdit(const std::string& path, From from, const std::string& source, Part part) : own_(replaceable(path)) {
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
  const std::string& original = source.empty() ? path : source;
  if ((there || !source.empty()) && from != From::scratch) {
    if (there) const Store replaced(path);  // Throws where this is no map.
    const Store known(original);
    copied_ = from == From::existing || !known.tied_catalogues().empty() || !known.tags().empty() || !known.log().empty();
    if (checked) known.check_content();
  }
  replacement_ = std::make_unique<Replacement>(path, Replacement::By::map);
  if (copied_) {
    copy(original, path, part);
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

void MapEdit::complete() {
  note_content(*db_);
  db_->run("COMMIT");
  db_.reset();
}

void MapEdit::commit() {
  if (db_) complete();
  replacement_->commit();
}

namespace {

MapWritten write_over(Map& map, MapEdit& edit, const Logging& log, const std::string& beside) {
  MapWritten written;
  if (edit.copied()) {
    const Map before = read_map(edit.db());
    written.catalogues_kept = holds_records(edit.db());
    const CatalogueSource catalogues(edit.db(), edit.db().number("SELECT count(*) FROM catalogue") > 0 ? beside : "");
    written.told = tie_deliverables(edit.db(), catalogues.db(), map);
    put_map(edit.db(), map);
    add_to_log(edit.db(), before, map, log);
  } else {
    put_map(edit.db(), map);
  }
  edit.commit();
  return written;
}

}  // namespace

MapWritten write_map(Map& map, const std::string& path, bool force, const Logging& log, const std::string& beside) {
  try {
    MapEdit edit(path, force ? MapEdit::From::kept_unchecked : MapEdit::From::kept);
    return write_over(map, edit, log, beside);
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
  return write_over(map, edit, log, beside);
}

MapChange::MapChange(const std::string& path, bool copied, const std::string& source, MapEdit::Part part) {
  if (!copied) {
    own_ = std::make_unique<FileLock>(replaceable(path));
    { const Store known(path); }  // Throws where there is no map.
    lock_ = std::make_unique<MapLock>(path, true);
    // Where an earlier version wrote it, the rows cannot be changed where they are.
    if (const std::int64_t version = version_of(lock_->db());
        check_schema(lock_->db(), version, false) && version == newest_version) {
      check_content(lock_->db(), false);
      return;
    }
    lock_.reset();
    own_.reset();
  }
  edit_ = std::make_unique<MapEdit>(path, MapEdit::From::existing, source, part);
}

Connection& MapChange::db() { return edit_ ? edit_->db() : lock_->db(); }

void MapChange::put(const Map& before, const Map& after) {
  if (!edit_) return update_map(db(), before, after);
  Map whole = after;
  put_map(db(), whole);
}

void MapChange::commit() {
  if (edit_) return edit_->commit();
  note_content(db());
  db().run("COMMIT");
}

void change_map(const std::string& path, const std::function<void(Map&)>& change, const Logging& log, const std::string& to,
                const std::string& beside) {
  const bool here = to.empty() || (file_id(to) && file_id(to) == file_id(path));
  MapChange edit(here ? path : to, !here, path);
  const CatalogueSource catalogues(edit.db(), beside);
  const Map before = read_map(edit.db());
  Map after = before;
  change(after);
  sort_canonically(after);
  // Deliverables that came or changed are tied to their records again; those of others are not this change's business.
  if (!(before.nodes == after.nodes)) tie_deliverables(edit.db(), catalogues.db(), after, &before);
  edit.put(before, after);
  add_to_log(edit.db(), before, after, log);
  edit.commit();
}

void change_map_with_log(const std::string& path, const std::function<void(Map&, std::vector<LoggedChange>&)>& change) {
  MapChange edit(path, !holds_something(path));
  const Map before = read_map(edit.db());
  Map after = before;
  std::vector<LoggedChange> log = read_log(edit.db());
  change(after, log);
  sort_canonically(after);
  edit.put(before, after);
  put_log(edit.db(), log);
  edit.commit();
}

void copy_map(const std::string& path, const std::string& beside, const std::string& to, bool with_catalogues) {
  const Store map(path, beside);
  const auto own_rows = [&] { return Connection(resolved(path), Connection::Is::map, path); };
  if (!with_catalogues || map.holds_catalogues() || map.catalogues().empty()) {
    MapEdit copy(to, MapEdit::From::existing, path, with_catalogues ? MapEdit::Part::all : MapEdit::Part::map);
    if (!with_catalogues) note_tied(copy.db(), own_rows());
    return copy.commit();
  }
  MapEdit copy(to, MapEdit::From::existing, beside, MapEdit::Part::catalogues);
  copy.db().run("DELETE FROM info");  // What is noted of the catalogues there is noted of the map, too.
  copy_rows(own_rows(), copy.db(), MapEdit::Part::map);
  note_catalogues(copy.db());
  copy.commit();
}

}  // namespace lacuna
