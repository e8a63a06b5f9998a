// An SQLite file on a drive of one's own or of one server: a table of change sets.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/text.hpp"
#include "lacuna/error.hpp"
#include "share/carriers.hpp"
#include "store/sqlite.hpp"

namespace lacuna {
namespace {

constexpr std::int64_t shared_id = 0x4C414353;  // "LACS"
constexpr std::string_view table =
    "CREATE TABLE lacuna_change (map TEXT NOT NULL, device TEXT NOT NULL, number INTEGER NOT NULL, clock INTEGER NOT NULL, "
    "author TEXT NOT NULL, made TEXT NOT NULL, content TEXT NOT NULL, hash TEXT NOT NULL, PRIMARY KEY (map, device, number)) "
    "STRICT";

/// A file that somebody may have made: only with our table, word for word, it is one of ours.
void check_shared(const Connection& db) {
  if (db.number("PRAGMA application_id") != shared_id)
    throw Error(ErrorCode::usage, db.path(), "is no file of shared maps; name one that is not there yet, and it is made");
  Statement rows = db.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL");
  if (!rows.step() || rows.text(0) != table || rows.step()) db.damaged("its tables are not those of shared maps");
}

class SqliteFile : public Carrier {
 public:
  explicit SqliteFile(const std::string& path) : path_(path), db_(path, Connection::Is::map) { check_shared(db_); }

  std::vector<std::string> maps() override {
    Statement rows = db_.prepare("SELECT DISTINCT map FROM lacuna_change ORDER BY map");
    std::vector<std::string> names;
    while (rows.step()) names.emplace_back(rows.text(0));
    return names;
  }

  std::vector<CarriedDevice> devices(const std::string& map) override {
    Statement rows =
        db_.prepare("SELECT device, count(*), max(number) FROM lacuna_change WHERE map = ? GROUP BY device ORDER BY device");
    rows.bind(1, map);
    std::vector<CarriedDevice> list;
    while (rows.step()) list.push_back({std::string(rows.text(0)), static_cast<std::size_t>(rows.number(1)), rows.number(2)});
    return list;
  }

  std::vector<CarriedNumber> numbers(const std::string& map, const std::string& device) override {
    Statement rows = db_.prepare("SELECT number, hash FROM lacuna_change WHERE map = ? AND device = ? ORDER BY number");
    rows.bind(1, map).bind(2, device);
    std::vector<CarriedNumber> list;
    while (rows.step()) list.push_back({rows.number(0), std::string(rows.text(1))});
    return list;
  }

  std::vector<CarriedContent> fetch(const std::string& map, const std::string& device, std::int64_t after) override {
    Statement rows =
        db_.prepare("SELECT number, content FROM lacuna_change WHERE map = ? AND device = ? AND number > ? ORDER BY number");
    rows.bind(1, map).bind(2, device).bind(3, after);
    std::vector<CarriedContent> list;
    while (rows.step()) list.push_back({rows.number(0), std::string(rows.text(1))});
    return list;
  }

  std::vector<RefusedChange> add(const std::string& map, const std::vector<LoggedChange>& sets) override {
    Connection db(path_, Connection::Is::locked);
    db.run("BEGIN IMMEDIATE");
    check_shared(db);
    Statement there = db.prepare("SELECT hash FROM lacuna_change WHERE map = ? AND device = ? AND number = ?");
    Statement insert = db.prepare("INSERT INTO lacuna_change VALUES (?,?,?,?,?,?,?,?)");
    std::vector<RefusedChange> refused;
    for (const LoggedChange& set : sets) {
      const std::string hash = fingerprint(set.content);
      there.bind(1, map).bind(2, set.device).bind(3, set.number);
      const bool known = there.step();
      if (known && there.text(0) != hash) refused.push_back({set.device, set.number, RefusedChange::Why::number_taken});
      there.reset();
      if (known) continue;
      insert.bind(1, map).bind(2, set.device).bind(3, set.number).bind(4, set.clock).bind(5, set.by).bind(6, set.made);
      insert.bind(7, set.content).bind(8, hash).run();
    }
    db.run("COMMIT");
    return refused;
  }

 private:
  std::string path_;
  Connection db_;
};

std::unique_ptr<Carrier> open_sqlite(const std::string& address, bool begin) {
  if (!holds_something(address)) {
    if (!begin) throw Error(ErrorCode::io, address, "is not there: is the drive connected?");
    const FileLock lock(address);
    if (!holds_something(address)) {
      Replacement file(address, Replacement::By::map);
      {
        Connection db(file.part(), Connection::Is::part, address);
        db.run(fmt::format("PRAGMA application_id = {}; {};", shared_id, table));
      }
      file.commit();
    }
  }
  return std::make_unique<SqliteFile>(address);
}

bool is_sqlite(const std::string& address) {
  const std::string ending = std::filesystem::path(address).extension().string();
  return ending == ".sqlite" || ending == ".sqlite3" || ending == ".db" ||
         read_beginning(address, 16).starts_with("SQLite format 3");
}

}  // namespace

extern const CarrierKind sqlite_carrier{"sqlite", is_sqlite, open_sqlite};

}  // namespace lacuna
