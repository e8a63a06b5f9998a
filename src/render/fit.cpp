#include "render/fit.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "render/measure.hpp"

namespace lacuna {

std::size_t characters(double width, double font) {
  return static_cast<std::size_t>(std::max(4.0, width / (font * per_character)));
}

namespace {

/// Of characters as wide as they are high, fewer find room.
std::size_t room_for(const std::string& text, std::size_t room) {
  const double mean = ems_of(text) / std::max(1.0, static_cast<double>(length_of(text)));
  return mean <= 0.7 ? room
                     : std::max<std::size_t>(2, static_cast<std::size_t>(static_cast<double>(room) * per_character / mean));
}

std::size_t lines_that_fit(double h, double font) {
  return std::max<std::size_t>(1, static_cast<std::size_t>((h - 2) / (font * line_height)));
}

/// As much of a text as holds `most` characters; blanks one after the other are one. Whole where it has no more.
std::string beginning(const std::string& text, std::size_t most) {
  std::size_t n = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool inside = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
    const bool blank = text[at] == ' ' && at > 0 && text[at - 1] == ' ';
    if (!inside && !blank && n++ == most) return text.substr(0, at);
  }
  return text;
}

}  // namespace

std::vector<std::string> TextFitter::broken(const std::string& text, double width, double font) const {
  if (wide_font) return wrapped(text, room_for(text, characters(width, font)));
  std::vector<std::string> lines;
  const auto starts = line_starts(text, width / font);
  for (std::size_t i = 0; i < starts.size(); ++i) {
    std::string line = text.substr(starts[i], i + 1 < starts.size() ? starts[i + 1] - starts[i] : std::string::npos);
    while (line.ends_with(' ')) line.pop_back();
    lines.push_back(std::move(line));
  }
  return lines;
}

/// The same, or nothing when a word does not fit on a line of its own.
std::optional<std::vector<std::string>> TextFitter::unbroken(const std::string& text, double width, double font) const {
  auto lines = broken(text, width, font);
  for (std::string& line : lines) {
    if (line.starts_with("· ")) line.erase(0, std::string_view("· ").size());
    if (line.ends_with(" ·")) line.resize(line.size() - std::string_view(" ·").size());
  }
  const double room = wide_font ? static_cast<double>(room_for(text, characters(width, font))) : width / font;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find(' ', at), text.size());
    const std::string_view word = std::string_view(text).substr(at, space - at);
    if ((wide_font ? static_cast<double>(length_of(word)) : ems_of(word)) > room && script_of(word) < Script::chinese)
      return std::nullopt;
    at = space + 1;
  }
  return lines;
}

void TextFitter::into(Shape& s, const std::vector<std::string>& all) const {
  // Of a long text, what could have room in the smallest font and a little more: the rest would be measured for nothing, again
  // and again. Letters are a quarter as wide as their font is high at least, but marks above them take no room.
  const std::size_t most = 8 * (lines_that_fit(s.h, least_font) + 2) * characters(s.w, least_font);
  std::vector<std::string> lines;
  for (const std::string& line : all) lines.push_back(beginning(line, most));
  const std::string joined = join(lines, " · ");
  s.texts = {joined};
  for (double font = 12; font >= least_font; font -= 0.5) {
    std::vector<std::string> apart;
    bool whole = true;
    for (const std::string& line : lines) {
      const auto parts = unbroken(line, s.w - 10, font);
      whole = whole && parts.has_value();
      if (parts) apart.insert(apart.end(), parts->begin(), parts->end());
    }
    const auto together = unbroken(joined, s.w - 10, font);
    s.font = font;
    if (whole && apart.size() <= lines_that_fit(s.h, font)) {
      s.lines = std::move(apart);
      s.texts = lines;
      return;
    }
    if (font <= 10.5 && together && together->size() <= lines_that_fit(s.h, font)) return void(s.lines = *together);
  }
  const std::size_t fit = lines_that_fit(s.h, s.font);
  s.lines = broken(joined, s.w - 8, s.font);
  if (s.lines.size() > fit) {
    std::string last = s.lines[fit - 1] + " " + s.lines[fit];
    s.lines.resize(fit);
    s.lines.back() = shortened(last, length_with_room(last, s.w - 8, s.font));
    s.texts = {join(s.lines, " ")};
    s.cut = true;
  }
}

/// How many characters of a text, the "…" behind them included, have room on one line.
std::size_t TextFitter::length_with_room(const std::string& text, double width, double font) const {
  if (wide_font) return room_for(text, characters(width, font)) - 1;
  std::size_t length = length_of(text);
  while (length > 2 && ems_of(shortened(text, length)) > width / font) --length;
  return length;
}

}  // namespace lacuna
