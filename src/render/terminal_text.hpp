// Lines on a terminal, by the cells that their characters take.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// The beginning of a line that takes at most so many cells, with "…" in the last place when something was cut; marks stay with
/// what they stand on. Linear.
std::string cut_to_cells(std::string_view utf8, std::size_t cells);

/// The text in lines of at most so many cells (2 at least), broken at blanks, behind hyphens and between East Asian characters; a
/// longer word is cut. An empty text has one line. Linear.
std::vector<std::string> lines_of_cells(std::string_view utf8, std::size_t cells);

}  // namespace lacuna
