// A map as tables for programs that ask in SQL: by identifier, with the states that the program gives.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

struct ReadColumn {
  std::string_view name;
  enum class Type : std::uint8_t { text, integer } type = Type::text;
};

/// What a table of the read model is; its first columns name each row.
struct ReadTable {
  std::string_view name;
  std::string_view about;  ///< What a row is, in words.
  std::span<const ReadColumn> columns;
  std::size_t keys = 0;
  std::string_view select;  ///< From a map, column by column.
};
std::span<const ReadTable> read_tables();

/// Rows of texts, ascending; an empty one is NULL, but in the columns that name a row.
using ReadRows = std::vector<std::vector<std::string>>;

/// What all tables hold.
struct ReadModel {
  std::string day;             ///< For which its states hold: today, unless the map says otherwise.
  std::vector<ReadRows> rows;  ///< As read_tables().
};
/// Linear in the map. Throws Error(io), Error(damaged_map).
ReadModel read_model(const std::string& map);

}  // namespace lacuna
