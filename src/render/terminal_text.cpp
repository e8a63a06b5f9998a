#include "render/terminal_text.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "render/measure.hpp"

namespace lacuna {

std::string cut_to_cells(std::string_view utf8, std::size_t cells) {
  std::size_t taken = 0;
  std::size_t end = 0;  // Of what has room beside "…".
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::string_view from = rest;
    next_code_point(rest);
    taken += cells_of(from.substr(0, from.size() - rest.size()));
    if (taken > cells) return cells == 0 ? std::string() : std::string(utf8.substr(0, end)) + "…";
    // No blank before "…".
    if (taken < cells && from.front() != ' ') end = utf8.size() - rest.size();
  }
  return std::string(utf8);
}

std::vector<std::string> lines_of_cells(std::string_view utf8, std::size_t cells) {
  cells = std::max<std::size_t>(2, cells);
  std::vector<std::string> lines;
  std::size_t start = 0;     // Of the line.
  std::size_t break_at = 0;  // Where it may be broken; not behind its start: nowhere yet.
  std::size_t taken = 0;     // By the line so far.
  const auto end_line = [&](std::size_t at) {
    std::string& line = lines.emplace_back(utf8.substr(start, at - start));
    while (line.ends_with(' ')) line.pop_back();
    start = at;
  };
  for (std::string_view rest = utf8; !rest.empty();) {
    const std::size_t at = utf8.size() - rest.size();
    const char32_t c = next_code_point(rest);
    const std::size_t behind = utf8.size() - rest.size();
    const std::size_t own = cells_of(utf8.substr(at, behind - at));
    if (own == 2) break_at = at;
    // A blank at the end of a line hangs over it.
    if (c != ' ' && taken + own > cells) {
      end_line(break_at > start ? break_at : at);
      taken = cells_of(utf8.substr(start, at - start));
    }
    taken += own;
    const bool inside = at > 0 && !rest.empty() && is_letter(utf8[at - 1]) && is_letter(rest.front());
    if (c == ' ' || (c == '-' && inside) || c == 0x200B || own == 2) break_at = behind;
  }
  end_line(utf8.size());
  return lines;
}

}  // namespace lacuna
