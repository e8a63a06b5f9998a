// A search record as a value: in the text form of a map, in answers.
#pragma once

#include "lacuna/model.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// All that the record says; `needs` leaves out or in for which needs.
Value search_value(const Search& search, bool needs);

}  // namespace lacuna
