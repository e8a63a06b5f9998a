// How far two spellings are apart.
#pragma once

#include <cstddef>
#include <string_view>

namespace lacuna {

/// Edits between two words, over bytes: a letter put in, left out, changed, or swapped with its neighbour (optimal string
/// alignment, Damerau 1964). More than `most` counts as most + 1, and costs less. O(length²).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

}  // namespace lacuna
