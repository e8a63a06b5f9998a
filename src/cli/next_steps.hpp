// What somebody who calls the program alone is told.
#pragma once

#include <string>

namespace lacuna {

/// Commands to begin with, for the map that is there, or where none is; lines of 80 columns or less. Throws as Store.
std::string next_steps(const std::string& map);

}  // namespace lacuna
