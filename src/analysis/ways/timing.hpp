#pragma once

#include "analysis/ways/proposal.hpp"

namespace lacuna {

/// How long the group's works took, as far as catalogues and map date both their start and their publication, and both lie before
/// the day. The middle half by linear interpolation. O(n log n).
Timing timing_of(const Situation& situation, const Params& params);

}  // namespace lacuna
