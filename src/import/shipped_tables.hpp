// The files of data/tables as they are built in.
#pragma once

#include <span>
#include <string_view>

namespace lacuna {

struct ShippedTable {
  std::string_view name;  ///< "asvs".
  std::string_view json;
};
std::span<const ShippedTable> shipped_tables();

}  // namespace lacuna
