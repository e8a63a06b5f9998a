// A whole map as a workbook that people edit and bring back.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lacuna/model.hpp"

namespace lacuna {

/// A workbook with the sheets "Map", "Nodes", "Links", "Searches" and, of needs against deliverables, "Matrix"; and, hidden, the
/// map that it was made from. The same map, the same bytes. Throws Error(bad_input) for more rows than a sheet has, Error(io).
std::string write_map_workbook(const Map& map);

/// What became of such a workbook in other hands.
struct MapWorkbook {
  Map base;                             ///< The map that it was made from.
  Map edited;                           ///< The same with what its sheets say now. Both in canonical order.
  std::vector<Diagnostic> diagnostics;  ///< With FILE:SHEET and row; where one is an error, `edited` is not to be used.
};
/// Only cells that differ from those that were written are read: what nobody touched is as it was, to the letter. A row that is
/// not there any more is a removed item. Throws Error(bad_input) for what is no workbook of a map.
MapWorkbook read_map_workbook(std::string_view bytes, const std::string& file);

/// The name of the hidden sheet.
constexpr std::string_view workbook_state = "lacuna-state";

}  // namespace lacuna
