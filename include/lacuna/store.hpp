// A map as one SQLite file, readable with any SQL tool.
#pragma once

#include <memory>
#include <string>

#include "lacuna/graph.hpp"
#include "lacuna/model.hpp"

namespace lacuna {

/// Writes a valid map to `path`, beside it first and then renamed: an interrupted or failed write leaves what was there before.
/// Same map, same bytes. Puts the map into canonical order. O(n log n). Throws Error(io).
void write_map(Map& map, const std::string& path);

/// An open map; nothing is ever changed through it.
class Store {
 public:
  /// Throws Error(io) when the file cannot be opened, Error(not_a_map) when it is something else, Error(newer_map) when a newer
  /// program wrote it, Error(damaged_map) when SQLite finds it broken.
  explicit Store(const std::string& path);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// What the explanations cost: most questions are answered without them.
  enum class Texts : bool { skip, load };
  /// The whole map as a graph. Linear.
  [[nodiscard]] Graph graph(Texts texts = Texts::load) const;
  /// The whole map in its text form, in canonical order. Linear.
  [[nodiscard]] Map map() const;
  /// Reads every page and checks every constraint. Throws Error(damaged_map) saying what is broken.
  void check() const;

 private:
  class Database;
  std::unique_ptr<Database> database_;
};

/// The SQL that makes an empty map: tables and views, with comments.
std::string schema_sql();

}  // namespace lacuna
