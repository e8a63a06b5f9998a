// What a page to mail tells of a map, found once.
#pragma once

#include <optional>
#include <string>

#include "analysis/explain.hpp"
#include "lacuna/page.hpp"

namespace lacuna {

struct PageQuestion {
  Params params;                 ///< Day and scope on which the page opens.
  std::optional<NodeId> acting;  ///< The group whose ways forward it tells; nothing: none.
  bool open = false;             ///< For everybody: the graph is one of open_edition().
  std::string command;           ///< That asks it.
};

/// The graph, with its texts, and the profile must outlive it. O(days · nodes + what find_gaps() and find_ways() take).
MapPage find_page(const Graph& graph, const PageQuestion& question);

}  // namespace lacuna
