// A map as everybody may see it.
#pragma once

#include "lacuna/model.hpp"

namespace lacuna {

/// Without what is a group's own: suggested links, the names of who judged, searched and signed (in their place "reviewer 1", the
/// same for the same name, also inside sentences), notes of searches, free attributes but those that say what a node is, and
/// addresses and names of sources that lead into somebody's file system. Coverage is that of the map. O(texts · names).
Map open_edition(Map map);

}  // namespace lacuna
