#include "render/papers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "base/text.hpp"
#include "formats/package.hpp"
#include "render/measure.hpp"

namespace lacuna {

std::span<const PaperFormat> paper_formats() {
  static constexpr PaperFormat list[] = {
      {"md", "Markdown as GitHub reads it", false, render_paper_markdown},
      {"html", "one page for a browser and for printing", false, render_paper_html},
      {"docx", "for Word; with a template, in its styles and on its page", true, render_paper_docx},
      {"json", "everything; see data/schema/paper-1.json", false, render_paper_json},
  };
  return list;
}

std::string text_of_blank(std::string_view what) {
  return what.empty() ? "[to be filled in]" : fmt::format("[to be filled in: {}]", what);
}

std::optional<std::string> followable(std::string_view address) {
  static constexpr std::string_view schemes[] = {"https://", "http://", "mailto:", "ftp://"};
  const std::string small = lower(address.substr(0, 10));
  if (std::ranges::none_of(schemes, [&](std::string_view scheme) { return small.starts_with(scheme); })) return std::nullopt;
  return as_uri(address);
}

namespace {

enum class Direction : std::uint8_t { none, left_to_right, right_to_left };

/// Takes the next character off the text. After the blocks of UAX #9 whose letters have class R or AL.
Direction next_direction(std::string_view& text) {
  const auto first = static_cast<unsigned char>(text.front());
  std::size_t n = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  n = std::min(n, text.size());
  std::uint32_t c = n == 1 ? first : first & (0x7Fu >> n);
  for (std::size_t i = 1; i < n; ++i) c = (c << 6) | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  text.remove_prefix(n);
  const auto in = [c](std::uint32_t low, std::uint32_t high) { return c >= low && c <= high; };
  if (in('A', 'Z') || in('a', 'z')) return Direction::left_to_right;
  if (c < 0xAA || in(0x2000, 0x2BFF) || in(0x3000, 0x3004) || in(0x3008, 0x3020) || in(0xFE00, 0xFE0F) || in(0x1F000, 0x1FAFF) ||
      c == 0xD7 || c == 0xF7)
    return Direction::none;
  if (in(0x0660, 0x0669) || in(0x06F0, 0x06F9) || in(0x0300, 0x036F)) return Direction::none;
  if (in(0x0590, 0x08FF) || in(0xFB1D, 0xFDFF) || in(0xFE70, 0xFEFE) || in(0x10800, 0x10FFF) || in(0x1E800, 0x1EFFF))
    return Direction::right_to_left;
  return Direction::left_to_right;
}

Direction first_direction(std::string_view text) {
  while (!text.empty()) {
    if (const Direction d = next_direction(text); d != Direction::none) return d;
  }
  return Direction::none;
}

}  // namespace

bool reads_right_to_left(std::string_view text) { return first_direction(text) == Direction::right_to_left; }

bool reads_right_to_left(const Prose& prose) {
  for (const Run& run : prose) {
    if (const Direction d = first_direction(run.text); d != Direction::none) return d == Direction::right_to_left;
  }
  return false;
}

std::vector<Stretch> stretches_of(std::string_view text, bool paragraph_right_to_left) {
  std::vector<Stretch> stretches;
  const auto add = [&](std::string_view part, bool right_to_left) {
    if (part.empty()) return;
    if (!stretches.empty() && stretches.back().right_to_left == right_to_left) {
      stretches.back().text = {stretches.back().text.data(), stretches.back().text.size() + part.size()};
    } else {
      stretches.push_back({part, right_to_left});
    }
  };
  std::string_view rest = text;
  std::size_t told = 0;  // Everything before has its direction.
  Direction last = paragraph_right_to_left ? Direction::right_to_left : Direction::left_to_right;
  while (!rest.empty()) {
    const std::size_t at = text.size() - rest.size();
    const Direction d = next_direction(rest);
    if (d == Direction::none) continue;
    add(text.substr(told, at - told), d == last ? d == Direction::right_to_left : paragraph_right_to_left);
    told = text.size() - rest.size();
    add(text.substr(at, told - at), d == Direction::right_to_left);
    last = d;
  }
  add(text.substr(told), paragraph_right_to_left);
  return stretches;
}

ReferenceText text_of(const Reference& reference) {
  ReferenceText text{reference.identifier, reference.title, {}};
  if (text.identifier.empty()) text.identifier = std::exchange(text.title, "");
  if (text.identifier.empty()) text.identifier = reference.node.empty() ? "no title" : reference.node;
  for (const std::string& more : {reference.body, reference.state}) {
    if (!more.empty()) text.rest.push_back(more);
  }
  return text;
}

std::size_t columns_of(const PaperTable& table) {
  std::size_t columns = std::max<std::size_t>(1, table.columns.size());
  for (const PaperTable::Row& row : table.rows) columns = std::max(columns, row.cells.size());
  return columns;
}

std::vector<double> shares_of(const PaperTable& table) {
  const std::size_t columns = columns_of(table);
  const bool usable =
      table.widths.size() == columns && std::ranges::all_of(table.widths, [](double w) { return w > 0 && w < 1e6; });
  std::vector<double> shares = usable ? table.widths : std::vector<double>(columns, 1.0);
  if (!usable && table.columns.empty() && columns > 1) shares[0] = static_cast<double>(columns - 1) * 3 / 7;
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (double& share : shares) share /= sum;
  return shares;
}

namespace {

/// How much wider than ems_of() says a wide font is, DejaVu Sans, and its bold letters.
constexpr double wide_factor = 1.16;
constexpr double bold_factor = 1.33;
constexpr double cell_padding = 1.15;       ///< Left and right of a cell's text, with the borders, in font sizes.
constexpr double widest_word_share = 0.45;  ///< Of the line: no address or hash makes a column wider.

/// The widest piece that no line is broken in: up to a blank, or with the hyphen behind which a line may be broken.
double widest_piece(std::string_view text) {
  double widest = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    const bool hyphen = i < text.size() && text[i] == '-' && i > begin;
    if (i < text.size() && text[i] != ' ' && !hyphen) continue;
    widest = std::max(widest, ems_of(text.substr(begin, i - begin + (hyphen ? 1 : 0))));
    begin = i + 1;
  }
  return widest;
}

/// A paragraph as it is set, with the numbers that it cites: these stand behind the last word without a break.
std::string text_with_cites(const Prose& prose) {
  std::string text;
  for (const Run& run : prose) {
    text += run.kind == Run::Kind::blank ? text_of_blank(run.text) : run.text;
    for (const std::size_t n : run.cites) text += fmt::format("{}{}", n == run.cites.front() ? "\u00A0[" : ",\u00A0", n);
    if (!run.cites.empty()) text += ']';
  }
  return text;
}

}  // namespace

WordSafeShares word_safe_shares(const PaperTable& table, double line) {
  WordSafeShares result{shares_of(table)};
  std::vector<double>& shares = result.shares;
  std::vector<double> least(shares.size(), cell_padding);
  const auto ask = [&](std::size_t column, double ems) {
    least[column] = std::max(least[column], std::min(ems + cell_padding, widest_word_share * line));
  };
  for (std::size_t c = 0; c < table.columns.size(); ++c) ask(c, bold_factor * widest_piece(table.columns[c]));
  for (const PaperTable::Row& row : table.rows) {
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      if (c + 1 == row.cells.size() && row.cells.size() < shares.size()) continue;  // It spans the rest.
      const bool bold = table.columns.empty() && c == 0;
      for (const Prose& prose : row.cells[c].paragraphs)
        ask(c, (bold ? bold_factor : wide_factor) * widest_piece(text_with_cites(prose)));
    }
  }
  const double all = std::accumulate(least.begin(), least.end(), 0.0);
  if (all > line) {
    result.fits = false;
    for (std::size_t c = 0; c < shares.size(); ++c) shares[c] = least[c] / all;
    return result;
  }
  double missing = 0;
  double spare = 0;
  for (std::size_t c = 0; c < shares.size(); ++c) {
    const double more = shares[c] * line - least[c];
    (more < 0 ? missing : spare) += std::abs(more);
  }
  for (std::size_t c = 0; c < shares.size(); ++c) {
    const double more = shares[c] * line - least[c];
    shares[c] = (least[c] + (more < 0 ? 0 : more - missing * more / spare)) / line;
  }
  return result;
}

Paper without_annex(Paper paper) {
  std::vector<Passage> kept;
  bool left_out = false;
  for (Passage& passage : paper.passages) {
    if (passage.kind == Passage::Kind::heading && passage.level <= 1) left_out = passage.key == annex_key;
    if (!left_out) kept.push_back(std::move(passage));
  }
  paper.passages = std::move(kept);
  std::vector<std::size_t> numbers(paper.references.size() + 1);  // New numbers by old ones; 0 for those that are gone.
  std::vector<Reference> references;
  const auto each = [&](const auto& use) {
    for (Passage& passage : paper.passages) {
      use(passage.text);
      for (PaperTable::Row& row : passage.table.rows) {
        for (PaperTable::Cell& cell : row.cells) {
          for (Prose& prose : cell.paragraphs) use(prose);
        }
      }
    }
  };
  each([&](Prose& prose) {
    for (Run& run : prose) {
      run.comment.clear();
      for (std::size_t& n : run.cites) {
        if (n == 0 || n >= numbers.size()) continue;
        if (numbers[n] == 0) {
          references.push_back(std::move(paper.references[n - 1]));
          numbers[n] = references.size();
        }
        n = numbers[n];
      }
    }
  });
  paper.references = std::move(references);
  return paper;
}

std::optional<std::string> tint_of(std::string_view tint) {
  std::string colour;
  for (const char c : tint) colour += c >= 'a' && c <= 'f' ? static_cast<char>(c - 'a' + 'A') : c;
  const bool is_one = colour.size() == 6 && colour.find_first_not_of("0123456789ABCDEF") == std::string::npos;
  return is_one ? std::optional(colour) : std::nullopt;
}

bool is_dark(std::string_view tint) {
  const auto colour = tint_of(tint);
  if (!colour) return false;
  const auto part = [&](std::size_t at) { return std::stoi(colour->substr(at, 2), nullptr, 16); };
  // Rec. 601 luma.
  return part(0) * 299 + part(2) * 587 + part(4) * 114 < 128'000;
}

}  // namespace lacuna
