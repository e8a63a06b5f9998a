#include "render/fit.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace lacuna {

namespace {

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
  std::vector<std::string> lines;
  const auto starts = line_starts(text, width / font, std::string_view::npos, face);
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
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t space = std::min(text.find_first_of(" -", at), text.size());
    const std::string_view word = std::string_view(text).substr(at, space - at);
    if (width_of(word, font) > width && script_of(word) < Script::chinese) return std::nullopt;
    at = space + 1;
  }
  return lines;
}

void TextFitter::into(Shape& s, const std::vector<std::string>& all, double free) const {
  const double room = s.w - std::min(free, 0.1 * s.w);
  // Of a long text, what could have room in the smallest font and a little more: the rest would be measured for nothing, again
  // and again. Letters are a quarter as wide as their font is high at least, but marks above them take no room.
  const std::size_t most = 8 * (lines_that_fit(s.h, least_font) + 2) * static_cast<std::size_t>(4 + s.w / (0.56 * least_font));
  std::vector<std::string> lines;
  for (const std::string& line : all) lines.push_back(beginning(line, most));
  const std::string joined = join(lines, " · ");
  s.texts = {joined};
  constexpr int largest = 24;  // half points
  for (int halves = largest; halves >= static_cast<int>(2 * least_font); --halves) {
    const double font = halves / 2.0;
    std::vector<std::string> apart;
    bool whole = true;
    for (const std::string& line : lines) {
      const auto parts = unbroken(line, room, font);
      whole = whole && parts.has_value();
      if (parts) apart.insert(apart.end(), parts->begin(), parts->end());
    }
    const auto together = unbroken(joined, room, font);
    s.font = font;
    if (whole && apart.size() <= lines_that_fit(s.h, font)) {
      s.lines = std::move(apart);
      s.texts = lines;
      return;
    }
    if (font <= 10.5 && together && together->size() <= lines_that_fit(s.h, font)) return void(s.lines = *together);
  }
  const std::size_t fit = lines_that_fit(s.h, s.font);
  s.lines = broken(joined, room, s.font);
  if (s.lines.size() > fit) {
    std::string last = s.lines[fit - 1] + " " + s.lines[fit];
    s.lines.resize(fit);
    s.lines.back() = on_one_line(last, room, s.font);
    s.texts = {join(s.lines, " ")};
    s.cut = true;
  }
}

std::string TextFitter::on_one_line(const std::string& text, double width, double font) const {
  if (width_of(text, font) <= width) return text;
  std::size_t length = std::min(length_of(text), static_cast<std::size_t>(4 + 4 * width / font));
  while (length > 2 && width_of(shortened(text, length), font) > width) --length;
  return shortened(text, length);
}

}  // namespace lacuna
