// A back-test of the ranking of gaps on the map.
#pragma once

#include "lacuna/analysis.hpp"

namespace lacuna::evaluation {

/// The needs that were not covered in full on `params.as_of`, ranked with everything later hidden, against what deliverables
/// first seen after it and by `to` covered of them: area under the ROC curve, precision and recall, beside the ranking by
/// dependants and chance, with intervals; group by group. O(groups · gaps), and a thousand samples a ranking.
Result query_backtest_map(const Graph& graph, const Params& params, Day to);

}  // namespace lacuna::evaluation
