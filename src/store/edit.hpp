// Changing a map: beside its place, then renamed. Readers see the old map until the new one is complete.
#pragma once

#include <memory>
#include <string>

#include "base/text.hpp"
#include "lacuna/store.hpp"
#include "store/sqlite.hpp"

namespace lacuna {

constexpr std::int64_t application_id = 0x4C414355;  // "LACU"
constexpr std::int64_t newest_version = 4;           // PRAGMA user_version; 2 brought catalogues, 3 tags, 4 the index of texts.

/// Keeps other writers away from a map. Readers are let through.
class MapLock {
 public:
  /// Throws Error(io) when another command is changing the map. A map that does not exist is not locked.
  explicit MapLock(const std::string& path);

 private:
  std::unique_ptr<Connection> connection_;
};

/// A map on its way to being replaced.
class MapEdit {
 public:
  enum class From : std::uint8_t { scratch, existing };
  /// `existing` begins with a copy of the map (an empty one where there is none) and keeps other writers away; maps of earlier versions
  /// are brought up to date. `scratch` begins with an empty map. Throws Error(io), Error(not_a_map), Error(newer_map).
  MapEdit(const std::string& path, From from);

  Connection& db() { return *db_; }
  /// Puts the new map in the place of the old one. Throws Error(io).
  void commit();
  /// An error of the part as one of the map that the user named.
  [[noreturn]] void rethrow(const Error& error) const;

 private:
  std::string path_;
  std::unique_ptr<MapLock> lock_;
  Replacement replacement_;
  std::unique_ptr<Connection> db_;
};

/// Puts a valid map in the place of the one in the database; catalogues stay. O(n log n).
void put_map(Connection& db, Map& map);

/// Ties the deliverables of a map to the records of catalogues: states, dates and later editions come from there. Returns what
/// changed, one sentence each, by identifier. O(deliverables).
std::vector<std::string> tie_deliverables(Connection& db, Map& map);

/// The map in the database as a graph.
Graph read_graph(const Connection& db, Store::Texts texts);

/// The map in the database, in canonical order.
Map read_map(const Connection& db);

}  // namespace lacuna
