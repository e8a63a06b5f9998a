// Maps of any size and shape from a seed: the same seed gives the same map on every machine.
#pragma once

#include <cstdint>

#include "lacuna/model.hpp"

namespace lacuna::test {

struct RandomMap {
  std::uint64_t seed = 1;
  std::size_t needs = 40;
  std::size_t deliverables = 60;
  std::size_t groups = 12;
  std::size_t covers = 120;
};

/// A valid map with every kind of link, nested groups, editions that supersede each other, partial dates, undated drafts,
/// suggested, rejected and disputed links, and searches for a part of the needs.
Map random_map(const RandomMap& shape);

}  // namespace lacuna::test
