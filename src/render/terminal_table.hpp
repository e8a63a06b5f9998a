// A table on a terminal of so many columns: what answers the question stays, and what had no room is told.
#pragma once

#include <string>
#include <vector>

#include "lacuna/result.hpp"

namespace lacuna {

/// The lines of a table, none wider than `width` (20 at least), each with its line end. `cells` are the texts of the rows, one
/// for each column. Where there is no room for all as it is, these follow until there is: headings break at hyphens and blanks; a
/// last column of prose goes below its rows; columns that hold nothing, then spare ones, are left out; titles and lists break
/// over lines; columns from the right are left out. The last lines say what was left out or cut, and how to see it. O(cells).
std::string terminal_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& cells,
                           std::size_t width);

}  // namespace lacuna
