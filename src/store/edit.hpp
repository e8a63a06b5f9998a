// Changing a map: beside its place, then renamed. Readers see the old map until the new one is complete.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/files.hpp"
#include "lacuna/store.hpp"
#include "store/sqlite.hpp"

namespace lacuna {

constexpr std::int64_t application_id = 0x4C414355;  // "LACU"
constexpr std::int64_t newest_version = 10;  // PRAGMA user_version; 2 brought catalogues, 3 tags, 4 the index of texts, 5 the
                                             // hash of the content, 6 clauses and protocols, 7 parts of titles, and candidates
                                             // that wait for judgement, 8 links that are questioned, 9 the log of changes, 10
                                             // what forecasts rest on, and no more table of ties to records.

constexpr std::int64_t oldest_version = 1;

/// Keeps other writers away from a map, those of Lacuna and those of SQLite. Readers are let through. What other programs left
/// unfinished beside it is settled: no journal and no write-ahead log stands there any more.
class MapLock {
 public:
  /// Waits a few seconds. Throws Error(io) when another command is changing the map, or when what stands beside it cannot be
  /// settled. `database` is false where something else is to be replaced.
  MapLock(const std::string& path, bool database);
  /// With a database: what it holds, in a transaction of its own that goes with the lock unless it is committed.
  Connection& db() { return *connection_; }

 private:
  std::unique_ptr<Connection> connection_;
};

/// A map on its way to being replaced.
class MapEdit {
 public:
  enum class From : std::uint8_t {
    existing,  ///< Begins with a copy of the map, brought up to date where an earlier version wrote it; with an empty one where
               ///< there is none.
    kept,  ///< The same, where catalogues, tags or a log are kept for a map that is built anew; else begins with an empty map.
    kept_unchecked,  ///< The same, whatever became of the rest since it was written.
    scratch          ///< Begins with an empty map, whatever stands there.
  };
  /// Which part of what it begins with.
  enum class Part : std::uint8_t { all, map, catalogues };
  /// Keeps other writers away from the beginning to the end. With a source, what it begins with is that map. Throws Error(io),
  /// Error(not_a_map), Error(newer_map), Error(damaged_map).
  MapEdit(const std::string& path, From from, const std::string& source = {}, Part part = Part::all);
  ~MapEdit();

  Connection& db();
  /// Shows what has been written so far as a map that can be asked, but for what begins a transaction: Store::graph(), map().
  void show(const std::function<void(const Store&)>& look);
  /// True when it began with what was there.
  [[nodiscard]] bool copied() const { return copied_; }
  /// Ends the writing: only the place is missing. Throws Error(io).
  void complete();
  /// Puts the new map in the place of the old one. Throws Error(io).
  void commit();

 private:
  void copy(const std::string& source, const std::string& told, Part part);
  void begin_empty();

  FileLock own_;  ///< Of the program's own kind, also where there is no map yet.
  std::unique_ptr<MapLock> lock_;
  bool copied_ = false;
  std::unique_ptr<Replacement> replacement_;
  std::unique_ptr<Store::Database> db_;
};

/// A map that is being changed: its rows where they are, in one transaction, or those of a copy that comes to stand in its place.
class MapChange {
 public:
  /// Where `copied` is, or the rows cannot be changed where they are: a copy, of `source` where one is given, and of that part.
  /// Throws as MapEdit.
  MapChange(const std::string& path, bool copied, const std::string& source = {}, MapEdit::Part part = MapEdit::Part::all);
  Connection& db();
  /// The copy; nothing where the rows are changed where they are.
  MapEdit* edit() { return edit_.get(); }
  /// Puts a map in the place of the one that was read from it.
  void put(const Map& before, const Map& after);
  /// Throws Error(io).
  void commit();

 private:
  std::unique_ptr<FileLock> own_;
  std::unique_ptr<MapLock> lock_;
  std::unique_ptr<MapEdit> edit_;
};

/// The version of a map. Throws Error(not_a_map), Error(newer_map) where it is none, or of a newer program; and
/// Error(damaged_map), naming it, when the schema holds what a map does not: triggers, views and indexes of others, tables of
/// another shape.
std::int64_t version_of(const Connection& db);
/// True when the schema is the program's own, word for word. Throws as version_of() does. `tag`: one without catalogues and tags.
bool check_schema(const Connection& db, std::int64_t version, bool tag);

/// Throws Error(damaged_map) when the rows of the map are not those that Lacuna wrote last. With `catalogues`, looks at these
/// too. Reads everything.
void check_content(const Connection& db, bool catalogues);
/// Notes the hash of what the map holds now, or of what its catalogues hold.
void note_content(Connection& db);
void note_catalogues(Connection& db);
/// Notes the names and days of catalogues that are not in the map, to which its deliverables were tied.
void note_tied(Connection& db, const Connection& catalogues);

/// Puts a valid map in the place of the one in the database; catalogues stay. O(n log n).
void put_map(Connection& db, Map& map);
/// The same, where `before` is what the database holds: writes only the rows that differ, unless nodes came, went or changed
/// their identifiers, which moves all keys. Links take new keys then. Both in canonical order. O(n).
void update_map(Connection& db, const Map& before, const Map& after);

/// Adds what `log` makes of a change.
void add_to_log(Connection& db, const Map& before, const Map& after, const Logging& log);

/// The log: all entries, by clock, device and number. Throws Error(damaged_map).
std::vector<LoggedChange> read_log(const Connection& db);
/// Makes it those entries: only what differs is written.
void put_log(Connection& db, const std::vector<LoggedChange>& log);

/// Ties the deliverables of a map, which goes into the database `db`, to the records of catalogues: states, dates and later
/// editions come from there. Where these stand beside it, their names and days are noted. Returns what changed, one sentence
/// each, by identifier. With `before`, only deliverables that do not stand there just so are tied, and what is noted stays.
/// O(deliverables).
std::vector<std::string> tie_deliverables(Connection& db, const Connection& catalogues, Map& map, const Map* before = nullptr);

/// The map in the database as a graph.
Graph read_graph(const Connection& db, Store::Texts texts);

/// The map in the database, in canonical order.
Map read_map(const Connection& db);

}  // namespace lacuna
