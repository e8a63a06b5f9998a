// How wide text is, without the fonts: enough to know what fits on a slide or in a cell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// What a text is set in: slides and papers in something not wider than Arial (Calibri and most other text fonts), our own
/// pictures in DejaVu Sans.
enum class Typeface : std::uint8_t { arial, dejavu };

/// Width of one line of well-formed UTF-8 in font sizes. East Asian characters are as wide as they are high; marks that stand on
/// others take nothing. Linear.
double ems_of(std::string_view utf8, Typeface face = Typeface::arial);

/// Cells of a terminal that one line of well-formed UTF-8 takes: two for East Asian characters, none for marks that stand on
/// others. Linear.
std::size_t cells_of(std::string_view utf8);

/// Where the lines begin (byte offsets, the first 0) when the text is set in `width` font sizes: broken at blanks, behind hyphens
/// and between East Asian characters; a longer word is cut. An empty text has one line. Of a text with more lines, the beginnings
/// of the first `most`: no more of it is looked at, so that asking whether a long text has room costs no more than the room.
/// Linear in what is looked at.
std::vector<std::size_t> line_starts(std::string_view utf8, double width, std::size_t most = std::string_view::npos,
                                     Typeface face = Typeface::arial);

/// How a text is written.
enum class Script : std::uint8_t { latin, right_to_left, chinese, japanese, korean };

/// Right to left when the first letter is; else the East Asian script of which there is a character; else Latin, which stands for
/// all others.
Script script_of(std::string_view utf8);

}  // namespace lacuna
