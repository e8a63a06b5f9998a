// The needs of a map as writings of a day.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna::evaluation {

/// A need of a map as it was known on a day.
struct MapNeed {
  std::vector<std::string> labels;  ///< Its title, then its aliases.
  std::string text;
  std::vector<std::uint32_t>
      linked;  ///< Positions of the needs that it needs, faces or counters, and of those that do so with it; ascending.
  bool dated =
      false;  ///< The map says since when there is such a need. Of others nobody knows whether they were known on the day.
};
/// The needs of a map on the day of the situation, in natural order; only links that count, between needs of that day. Linear.
std::vector<MapNeed> map_needs(const Situation& situation);
/// Those that are dated, as if there were no others. Linear.
std::vector<MapNeed> dated_needs(std::span<const MapNeed> needs);

}  // namespace lacuna::evaluation
