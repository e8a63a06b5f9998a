#include "render/measure.hpp"

#include <algorithm>

namespace lacuna {
namespace {

/// The next character; `text` is moved behind it. Malformed bytes count as characters of their own.
char32_t next(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text[0]);
  const std::size_t n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  char32_t code = n == 1 ? first : first & (0x7FU >> n);
  std::size_t used = 1;
  while (used < std::min(n, text.size()) && (static_cast<unsigned char>(text[used]) & 0xC0U) == 0x80U) code = code << 6U | (static_cast<unsigned char>(text[used++]) & 0x3FU);
  text.remove_prefix(used);
  return code;
}

bool in(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_wide(char32_t c) {
  return in(c, 0x1100, 0x115F) || in(c, 0x2E80, 0xA4CF) || in(c, 0xAC00, 0xD7A3) || in(c, 0xF900, 0xFAFF) || in(c, 0xFE30, 0xFE4F) || in(c, 0xFF00, 0xFF60) ||
         in(c, 0x1F000, 0x1FAFF) || in(c, 0x20000, 0x3FFFF);
}

bool is_right_to_left(char32_t c) {
  return in(c, 0x0590, 0x08FF) || in(c, 0xFB1D, 0xFDFF) || in(c, 0xFE70, 0xFEFC) || in(c, 0x10800, 0x10FFF) || in(c, 0x1E800, 0x1EFFF);
}

bool stands_on_others(char32_t c) {
  return in(c, 0x0300, 0x036F) || in(c, 0x0591, 0x05BD) || in(c, 0x064B, 0x065F) || in(c, 0x200B, 0x200F) || in(c, 0x20D0, 0x20FF) || in(c, 0xFE00, 0xFE0F) || c == 0x00AD;
}

double ems_of(char32_t c) {
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

double ems_of(std::string_view utf8) {
  double width = 0;
  while (!utf8.empty()) width += ems_of(next(utf8));
  return width;
}

std::size_t cells_of(std::string_view utf8) {
  std::size_t cells = 0;
  while (!utf8.empty()) {
    const char32_t c = next(utf8);
    cells += stands_on_others(c) ? 0 : is_wide(c) ? 2 : 1;
  }
  return cells;
}

std::vector<std::size_t> line_starts(std::string_view utf8, double width, std::size_t most) {
  std::vector<std::size_t> starts{0};
  std::string_view rest = utf8;
  double line = 0;             // Of the line so far.
  std::size_t break_at = 0;    // Where it may be broken, and what stands before; 0: nowhere yet.
  double before_break = 0;
  while (!rest.empty() && starts.size() < most) {
    const std::size_t at = utf8.size() - rest.size();
    const char32_t c = next(rest);
    const double w = ems_of(c);
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
    const char32_t c = next(utf8);
    if (!letter && is_right_to_left(c)) return Script::right_to_left;
    letter = letter || in(c, 'a', 'z') || in(c, 'A', 'Z') || in(c, 0xC0, 0x58F) || is_wide(c);
    if (in(c, 0x3040, 0x30FF)) return Script::japanese;
    if (in(c, 0xAC00, 0xD7A3) || in(c, 0x1100, 0x11FF)) return Script::korean;
    if (is_wide(c) && c < 0x1F000) script = Script::chinese;
  }
  return script;
}

}  // namespace lacuna
