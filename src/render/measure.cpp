#include "render/measure.hpp"

#include <algorithm>
#include <array>

#include "base/utf8.hpp"

namespace lacuna {
namespace {

bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_wide(char32_t c) { return columns_of(c) == 2; }

bool stands_on_others(char32_t c) { return columns_of(c) == 0 || c == 0x00AD; }

/// Advance widths of DejaVu Sans from blank to tilde, in thousandths of its size.
constexpr std::array<short, 95> dejavu_widths{
    318, 401, 460, 838, 636, 950, 780, 275, 390,  390, 500, 838, 318, 361, 318, 337, 636, 636, 636, 636, 636, 636, 636, 636,
    636, 636, 337, 337, 838, 838, 838, 531, 1000, 684, 686, 698, 770, 632, 575, 775, 752, 295, 295, 656, 557, 863, 748, 787,
    603, 787, 695, 635, 611, 732, 684, 989, 685,  611, 685, 390, 337, 390, 838, 500, 500, 613, 635, 550, 635, 615, 352, 635,
    634, 278, 278, 579, 278, 974, 634, 612, 635,  635, 411, 521, 392, 634, 592, 818, 592, 592, 525, 636, 337, 636, 838};

double dejavu_ems_of(char32_t c) {
  if (in(c, ' ', '~')) return dejavu_widths[c - ' '] / 1000.0;
  if (stands_on_others(c)) return 0;
  if (is_wide(c)) return 1;
  if (c == 0x00A0 || c == 0x00B7) return 0.318;
  if (c < 0x0250) return 0.64;
  if (c == 0x2013) return 0.5;
  if (c == 0x2014 || c == 0x2026) return 1;
  return in(c, 0x2100, 0x2BFF) ? 0.88 : 0.75;
}

double ems_of(char32_t c, Typeface face) {
  if (face == Typeface::dejavu) return dejavu_ems_of(c);
  if (c < 0x80) {
    const char a = static_cast<char>(c);
    constexpr std::string_view narrow = " .,:;'|!ijlI/\\";
    constexpr std::string_view slim = "ftr()[]{}-\"`*";
    if (narrow.find(a) != std::string_view::npos) return 0.28;
    if (slim.find(a) != std::string_view::npos) return 0.36;
    if (a == 'm' || a == 'M') return 0.84;
    if (a == 'W' || a == '@' || a == '%') return 1.0;
    if (a == 'w' || in(c, 'A', 'Z')) return 0.71;
    return 0.556;
  }
  if (stands_on_others(c)) return 0;
  if (is_wide(c)) return 1;
  if (c == 0x00A0 || c == 0x00B7) return 0.33;
  if (c < 0x0250) return 0.62;
  if (c == 0x2014 || c == 0x2026 || in(c, 0x2100, 0x2BFF)) return 1;
  return 0.65;
}

}  // namespace

double ems_of(std::string_view utf8, Typeface face) {
  double width = 0;
  while (!utf8.empty()) width += ems_of(next_code_point(utf8), face);
  return width;
}

std::size_t cells_of(std::string_view utf8) {
  std::size_t cells = 0;
  while (!utf8.empty()) {
    const char32_t c = next_code_point(utf8);
    cells += stands_on_others(c) ? 0 : is_wide(c) ? 2 : 1;
  }
  return cells;
}

std::vector<std::size_t> line_starts(std::string_view utf8, double width, std::size_t most, Typeface face) {
  std::vector<std::size_t> starts{0};
  std::string_view rest = utf8;
  double line = 0;           // Of the line so far.
  std::size_t break_at = 0;  // Where it may be broken, and what stands before; 0: nowhere yet.
  double before_break = 0;
  while (!rest.empty() && starts.size() < most) {
    const std::size_t at = utf8.size() - rest.size();
    const char32_t c = next_code_point(rest);
    const double w = ems_of(c, face);
    if (is_wide(c) && at > starts.back()) {
      break_at = at;
      before_break = line;
    }
    // A blank at the end of a line hangs over it.
    if (c != ' ' && line + w > width && at > starts.back()) {
      if (break_at > starts.back()) {
        starts.push_back(break_at);
        line -= before_break;
      } else {
        starts.push_back(at);
        line = 0;
      }
      break_at = 0;
      if (line + w > width && line > 0) {  // What was taken along is itself too long.
        starts.push_back(at);
        line = 0;
      }
    }
    line += w;
    if (c == ' ' || c == '-' || is_wide(c) || c == 0x200B) {
      break_at = utf8.size() - rest.size();
      before_break = line;
    }
  }
  if (starts.size() > most) starts.resize(std::max<std::size_t>(1, most));
  return starts;
}

Script script_of(std::string_view utf8) {
  bool letter = false;
  Script script = Script::latin;
  while (!utf8.empty()) {
    const char32_t c = next_code_point(utf8);
    if (!letter && is_right_to_left(c)) return Script::right_to_left;
    letter = letter || in(c, 'a', 'z') || in(c, 'A', 'Z') || in(c, 0xC0, 0x58F) || is_wide(c);
    if (in(c, 0x3040, 0x30FF)) return Script::japanese;
    if (in(c, 0xAC00, 0xD7A3) || in(c, 0x1100, 0x11FF)) return Script::korean;
    if (is_wide(c) && c < 0x1F000) script = Script::chinese;
  }
  return script;
}

}  // namespace lacuna
