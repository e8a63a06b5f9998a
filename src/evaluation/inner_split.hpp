// Splits on days before that of a split, out of what it holds.
#pragma once

#include "forecast/split.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// What a split's earlier works tell of a split from an earlier day: the concepts that ten of them hold by then, the works that
/// hold one of these, and as new ones all works that came by `to`, but for those of fields without first editions. Of other
/// records nothing is known. Linear.
Split inner_split(const Split& split, std::int32_t from, std::int32_t to);

}  // namespace lacuna::evaluation
