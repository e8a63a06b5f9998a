// What tests of changes ask of a map.
#pragma once

#include <algorithm>
#include <string>

#include "lacuna/analysis.hpp"

namespace lacuna::test {

inline Map canonical(Map map) {
  sort_canonically(map);
  return map;
}

inline bool is_valid(const Map& map) { return count_errors(validate(map)) == 0 && cycles(map).empty(); }

inline Node& node(Map& map, const std::string& id) { return *std::ranges::find(map.nodes, id, &Node::id); }

}  // namespace lacuna::test
