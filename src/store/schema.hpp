// The SQL of a map, in the parts in which it is run.
#pragma once

#include <string>

#include "lacuna/store.hpp"

namespace lacuna {

/// Tables and views of the map itself; indexes come after the rows.
std::string map_tables_sql();
std::string map_indexes_sql();
/// Tables, index and full-text index of catalogues.
std::string catalogue_sql();
/// The table of tags.
std::string tag_sql();
/// The index of the texts of works.
std::string text_sql();

}  // namespace lacuna
