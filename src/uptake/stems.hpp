// The stems of concepts.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "uptake/uptake.hpp"

namespace lacuna::uptake {

/// Concepts by each of their stems, ascending. Stems point into the split. O(stems · log).
std::map<std::string_view, std::vector<std::uint32_t>> by_stem(const Split& split);

}  // namespace lacuna::uptake
