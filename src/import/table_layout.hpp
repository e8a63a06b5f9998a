// How a table that somebody else made says what the columns of nodes and links say.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/import.hpp"

namespace lacuna {

/// A file of data/tables as it is built in: made by CMake.
struct ShippedTable {
  std::string_view name;  ///< "asvs".
  std::string_view json;
};
std::span<const ShippedTable> shipped_tables();

/// The layouts that come with the program (data/tables), by name.
std::span<const TableLayout> shipped_layouts();

}  // namespace lacuna
