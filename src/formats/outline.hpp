// What a document of any kind becomes before it is asked what it proposes: its lines in reading order.
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.hpp"
#include "formats/document.hpp"

namespace lacuna {

/// Why a document cannot be read. Caught by read_document, which makes a diagnostic of it.
struct Unreadable {
  std::uint32_t line;  ///< 0 for the whole of it.
  std::string message;
};

inline bool has_words(std::string_view text) { return !next_word(text).empty(); }

/// One line: blanks and control characters of any kind as single blanks, none at the ends; hyphens that do not break as hyphens;
/// without characters of no width. Linear.
inline std::string cleaned(std::string_view text) {
  static constexpr std::pair<std::string_view, std::string_view> signs[] = {
      {"\u00A0", " "}, {"\u2002", " "}, {"\u2003", " "}, {"\u2009", " "}, {"\u202F", " "}, {"\u2028", " "}, {"\u3000", " "},
      {"\u2010", "-"}, {"\u2011", "-"}, {"\u00AD", ""},  {"\u200B", ""},  {"\u200E", ""},  {"\u200F", ""},  {"\uFEFF", ""}};
  const std::string safe = harmless(text);
  std::string out;
  for (std::string_view rest = safe; !rest.empty();) {
    std::string_view seen = rest.substr(0, 1);
    std::string_view meant = seen;
    if (static_cast<unsigned char>(rest[0]) >= 0x80) {
      for (const auto& [sign, meaning] : signs) {
        if (rest.starts_with(sign)) seen = sign, meant = meaning;
      }
    }
    rest.remove_prefix(seen.size());
    if (meant != " " || (!out.empty() && out.back() != ' ')) out += meant;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

struct Outline {
  enum class Kind : std::uint8_t { text, title, heading, code };
  struct Line {
    std::string text;  ///< Cleaned, with words.
    Kind kind = Kind::text;
    int level = 0;           ///< Of a heading, from 1.
    bool continues = false;  ///< The paragraph of the line before.
    std::size_t row = 0;  ///< Rows and cells, empty ones too, are numbered through the document, a table within a cell being part
    std::size_t cell = 0;  ///< of that cell; 0 outside of tables.
  };

  std::vector<Line> lines;
  std::size_t rows = 0;
  std::size_t cells = 0;
  bool in_cell = false;  ///< In the last one.

  void open_row() { ++rows; }
  void open_cell() { ++cells, in_cell = true; }
  void close_cell() { in_cell = false; }

  /// False for a text without words, which is left out. Throws Unreadable over the limit of lines.
  bool add(std::string_view text, Kind kind, int level = 0, bool continues = false) {
    Line line{cleaned(text), kind, level, continues, in_cell ? rows : 0, in_cell ? cells : 0};
    if (!has_words(line.text)) return false;
    if (lines.size() == most_document_lines)
      throw Unreadable{0, fmt::format("more than {} lines of text; take the proposal alone", most_document_lines)};
    lines.push_back(std::move(line));
    return true;
  }
};

}  // namespace lacuna
