// A map of the size of OpenCRE: standards whose sections cover the requirements of one hierarchy.
#pragma once

#include <cstdint>
#include <string>

#include "lacuna/model.hpp"

namespace lacuna::test {

/// A valid map of 428 requirements in a forest of five levels, about 15 % of them with a second parent, and of 30 standards
/// (published 2024, each developed by one of 10 groups) with 100 sections each; a section covers 1 to 3 requirements, two thirds
/// of the links in full. The same seed gives the same map.
Map framework_map(std::uint64_t seed);

/// The steps of a framework_map() for programs that know only weighted graphs. Nodes are numbers; a section is two of them, one
/// from which paths start and one where they end, so that no path runs through a section.
///
///   nodes N
///   standard ID A B C D   its sections in order: paths start at A to B-1, and end at C to D-1
///   FROM TO WEIGHT        section to requirement and back: full 0, partial 1; requirement to parent 2, to child 1
std::string framework_steps(Map map);

}  // namespace lacuna::test
