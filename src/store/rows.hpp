// What the readers of rows share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "lacuna/date.hpp"
#include "lacuna/records.hpp"
#include "lacuna/store.hpp"
#include "lacuna/vocabulary.hpp"
#include "store/sqlite.hpp"

namespace lacuna {

/// Where the catalogues of a map are asked: in the map itself where it holds any, else in the one beside it.
class CatalogueSource {
 public:
  /// The map must outlive it. `beside` may be empty, and need not be there.
  CatalogueSource(const Connection& map, std::string beside) : map_(map), beside_path_(std::move(beside)) {}
  /// The map where neither holds any. Opens the one beside it when it is first asked. Throws as Store.
  [[nodiscard]] const Connection& db() const;

 private:
  const Connection& map_;
  std::string beside_path_;
  mutable std::unique_ptr<Connection> beside_;
  mutable bool looked_ = false;
};

/// False for maps of the first version, which have no tables for catalogues.
bool knows_catalogues(const Connection& db);
/// True when it is catalogues that a map holds, not only the names of those beside it.
bool holds_records(const Connection& db);

inline std::optional<Date> date_of(std::string_view text) { return text.empty() ? std::nullopt : Date::parse(text); }

template <class E>
std::optional<E> word_of(std::string_view text) {
  return text.empty() ? std::nullopt : parse<E>(text);
}

inline std::string text_of(const std::optional<Date>& date) { return date ? to_string(*date) : std::string(); }

template <class E>
std::string_view text_of(const std::optional<E>& value) {
  return value ? name_of(*value) : std::string_view();
}

/// All records of a work, settled; nothing where the key is unknown. O(n log n).
std::optional<WorkRecords> read_work(const Connection& db, std::string_view key);
/// A statement that reads records with the condition given in SQL, and the record in its present row.
Statement select_rows(const Connection& db, std::string_view condition);
RecordRow row_of(const Statement& rows);
std::vector<CatalogueInfo> read_catalogues(const Connection& db);

/// How the tag or the catalogue of that name is spelled in its table; the name itself where there is none.
std::string spelled_in(const Connection& db, std::string_view table, std::string_view name);

/// Puts what forecasts rest on in the place of what there was; nothing takes it away.
void put_uptake(Connection& db, const std::optional<UptakeTable>& table);

/// All records with their texts; see Store::texts().
std::vector<CatalogueText> read_texts(const Connection& db);

/// Finds the records of deliverables; keeps what it has read.
class RecordFinder {
 public:
  explicit RecordFinder(const Connection& catalogues) : db_(catalogues) {}

  struct Found {
    const WorkRecords* work = nullptr;
    std::size_t record = 0;  ///< In the work: the one that is believed.
    [[nodiscard]] const RecordRow& row() const { return work->records[record]; }
  };
  /// The record of exactly this document, under one of its names, the first of which is its identifier.
  std::optional<Found> find(const std::vector<std::string>& names);

 private:
  const WorkRecords* work(const std::string& key);
  const Connection& db_;
  std::unordered_map<std::string, std::optional<WorkRecords>> works_;
};

/// The connection behind a Store.
class Store::Database : public Connection {
 public:
  Database(const std::string& path, Is is, const std::string& told, std::string beside = {})
      : Connection(path, is, told), catalogues_(*this, std::move(beside)) {}
  /// Where the catalogues are asked.
  [[nodiscard]] const Connection& catalogues() const { return catalogues_.db(); }
  /// Finds records there.
  [[nodiscard]] RecordFinder& records() const {
    if (!records_) records_.emplace(catalogues());
    return *records_;
  }

 private:
  CatalogueSource catalogues_;
  mutable std::optional<RecordFinder> records_;
};

}  // namespace lacuna
