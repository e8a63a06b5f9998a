// How a table that somebody else made says what the columns of nodes and links say.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/import.hpp"

namespace lacuna {

/// The layouts that come with the program (data/tables), by name.
std::span<const TableLayout> shipped_layouts();

}  // namespace lacuna
