// What answers an objective behind which no needs stand: what groups do, or ways forward.
#pragma once

#include "analysis/explain.hpp"

namespace lacuna {

/// Adds to what `show` says of an objective the table that answers it: "activities" of the groups that work on it, or the first
/// "ways" forward of the acting group; nothing for one that needs answer. The cost is that of find_ways.
void add_answer(Result& result, const Situation& situation, const Params& params, NodeId objective);

}  // namespace lacuna
