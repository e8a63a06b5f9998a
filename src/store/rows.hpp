// What the readers of rows share.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "lacuna/date.hpp"
#include "lacuna/store.hpp"
#include "lacuna/vocabulary.hpp"
#include "store/sqlite.hpp"

namespace lacuna {

/// The connection behind a Store.
class Store::Database : public Connection {
 public:
  using Connection::Connection;
};

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

}  // namespace lacuna
