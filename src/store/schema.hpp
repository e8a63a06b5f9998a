// The SQL of a map, in the parts in which it is run.
#pragma once

#include <string>

#include "lacuna/store.hpp"

namespace lacuna {

/// Tables and views of the map itself; indexes come after the rows.
std::string map_tables_sql();
std::string map_indexes_sql();

}  // namespace lacuna
