// The brief of a group as a picture.
#pragma once

#include "lacuna/analysis.hpp"

namespace lacuna {

/// Needs that the group covers on the left, with what does so; the group and who works beside it in the middle; gaps that are its
/// business on the right, each with the reason.
Result view_group(const Graph& graph, const ViewParams& params, NodeId group);

}  // namespace lacuna
