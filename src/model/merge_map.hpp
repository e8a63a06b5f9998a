// Nodes and links of an import onto the map that is there.
#pragma once

#include "lacuna/catalogue.hpp"
#include "lacuna/model.hpp"

namespace lacuna {

/// Nodes by identifier, links by both ends, relation and who says so: what comes anew is added, what differs replaces what was
/// there. Search records that are there stay. O(n log n).
ImportSummary merge_into(Map& map, Map&& from);

}  // namespace lacuna
