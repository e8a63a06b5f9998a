#include "formats/plain.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/utf8.hpp"

namespace lacuna {
namespace {

struct Reference {
  std::string_view name;
  std::uint32_t character;
};

/// What stands in the catalogues; other names stay as they are.
constexpr std::array<Reference, 36> references{
    {{"amp", '&'},       {"lt", '<'},       {"gt", '>'},       {"quot", '"'},     {"apos", '\''},    {"nbsp", ' '},
     {"rsquo", 0x2019},  {"lsquo", 0x2018}, {"ldquo", 0x201C}, {"rdquo", 0x201D}, {"ndash", 0x2013}, {"mdash", 0x2014},
     {"hellip", 0x2026}, {"bull", 0x2022},  {"middot", 0xB7},  {"deg", 0xB0},     {"plusmn", 0xB1},  {"micro", 0xB5},
     {"times", 0xD7},    {"reg", 0xAE},     {"trade", 0x2122}, {"copy", 0xA9},    {"eacute", 0xE9},  {"egrave", 0xE8},
     {"agrave", 0xE0},   {"ccedil", 0xE7},  {"ecirc", 0xEA},   {"oacute", 0xF3},  {"Omega", 0x3A9},  {"omega", 0x3C9},
     {"mu", 0x3BC},      {"alpha", 0x3B1},  {"beta", 0x3B2},   {"le", 0x2264},    {"ge", 0x2265},    {"sup2", 0xB2}}};

/// Windows' characters 0x80 to 0x9F, which some catalogues number as if they were Unicode's; 0 where there is none.
constexpr std::array<std::uint16_t, 32> windows{
    0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
    0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178};

/// The character that "name" (of "&name;") stands for; 0 for none.
std::uint32_t character(std::string_view name) {
  if (name.starts_with("#")) {
    const bool hexadecimal = name.size() > 1 && (name[1] == 'x' || name[1] == 'X');
    const std::string_view digits = name.substr(hexadecimal ? 2 : 1);
    std::uint32_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value, hexadecimal ? 16 : 10);
    if (problem != std::errc() || end != digits.data() + digits.size()) return 0;
    if (value >= 0x80 && value < 0xA0) return windows[value - 0x80];
    return value >= 0x20 && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF) ? value : 0;
  }
  for (const Reference& r : references) {
    if (r.name == name) return r.character;
  }
  return 0;
}

/// Length of the tag at the start, or 0 where "<" is a mere sign.
std::size_t tag_length(std::string_view text) {
  std::size_t at = 1;
  if (at < text.size() && text[at] == '/') ++at;
  const bool letter = at < text.size() && ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z'));
  if (!letter && !text.starts_with("<!--")) return 0;
  while (at < text.size() &&
         ((text[at] >= 'a' && text[at] <= 'z') || (text[at] >= 'A' && text[at] <= 'Z') || (text[at] >= '0' && text[at] <= '9')))
    ++at;
  // "<http://…>" is an address, not a tag.
  if (letter && at < text.size() && text[at] != '>' && text[at] != ' ' && text[at] != '/' && text[at] != '\n' &&
      text[at] != '\r' && text[at] != '\t')
    return 0;
  const std::size_t end = text.substr(0, 4096).find('>');
  return end == std::string_view::npos ? 0 : end + 1;
}

/// A tag of a phrase leaves a word whole; one of a block parts words.
bool is_phrase(std::string_view tag) {
  constexpr std::array<std::string_view, 15> phrases{"a", "abbr",  "b",    "cite",   "code", "em",  "font", "i",
                                                     "s", "small", "span", "strong", "sub",  "sup", "u"};
  std::string name;
  for (std::size_t i = tag.starts_with("</") ? 2 : 1; i < tag.size(); ++i) {
    const auto letter = static_cast<char>(tag[i] >= 'A' && tag[i] <= 'Z' ? tag[i] - 'A' + 'a' : tag[i]);
    if (letter < 'a' || letter > 'z') break;
    name += letter;
  }
  return std::ranges::find(phrases, name) != phrases.end();
}

}  // namespace

std::string plain_text(std::string_view text, bool* marked_up) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  const auto put = [&](std::string_view bytes) {
    if (blank && !out.empty()) out += ' ';
    blank = false;
    out += bytes;
  };
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c == '<') {
      if (const std::size_t length = tag_length(text.substr(i)); length > 0) {
        if (marked_up != nullptr) *marked_up = true;
        if (!is_phrase(text.substr(i, length))) blank = true;
        i += length;
        continue;
      }
    } else if (c == '&') {
      const std::size_t end = text.substr(i, 12).find(';');
      if (end != std::string_view::npos) {
        if (const std::uint32_t found = character(text.substr(i + 1, end - 1)); found != 0) {
          if (marked_up != nullptr) *marked_up = true;
          if (found == ' ' || found == 0xA0) {
            blank = true;
          } else {
            std::string bytes;
            append_utf8(bytes, found);
            put(bytes);
          }
          i += end + 1;
          continue;
        }
      }
    } else if (c <= 0x20 || c == 0x7F) {
      blank = true;
      ++i;
      continue;
    } else if (c == 0xC2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) <= 0xA0) {
      blank = true;  // No-break space and the control characters before it.
      i += 2;
      continue;
    } else if (c == 0xE2 && text.substr(i, 3) == "\xE2\x80\x8B") {
      i += 3;  // Zero-width space.
      continue;
    }
    put(text.substr(i, 1));
    ++i;
  }
  return out;
}

}  // namespace lacuna
