// Cells of tables as text: the one place that decides how numbers, states and lists read.
#pragma once

#include <string>

#include "lacuna/result.hpp"

namespace lacuna {

/// The value of a column in a row.
const Value& cell_of(const Value& row, const Column& column);

/// For people: scores with two decimals, states with their sign, lists joined by ", ", objects by their id.
std::string readable(const Value& value, Column::Format format);

/// For machines: as readable(), but without signs.
std::string plain(const Value& value, Column::Format format);

}  // namespace lacuna
