#include "render/terminal_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "base/text.hpp"
#include "render/measure.hpp"
#include "render/terminal_text.hpp"

namespace lacuna {
namespace {

using Format = Column::Format;

constexpr std::size_t comfortable = 24;  ///< Cells in which a title or a list still reads well.
constexpr std::size_t tight = 14;        ///< Cells that it must have.
constexpr std::size_t room_for_prose = 36;
constexpr std::size_t most_lines = 4;        ///< Of a cell, and of prose below a row.
constexpr std::size_t most_title_lines = 8;  ///< Titles that begin alike end otherwise.
constexpr std::size_t indent = 4;            ///< Of prose below a row.

bool is_figure(const Column& column) { return column.format == Format::number || column.format == Format::score; }
bool bends(const Column& column) { return !is_figure(column) && column.format != Format::state; }
/// Identifiers and words, which stay on one line while anything else gives way.
bool is_stiff(const Column& column) { return column.format == Format::text; }

/// A column with what it would like to have.
struct Wish {
  std::size_t text = 0;          ///< The widest cell below the heading.
  std::size_t heading = 0;       ///< The heading on one line.
  std::size_t heading_word = 0;  ///< Its longest part that does not break.
  bool empty = true;             ///< Nothing, or 0, in every row.
  bool zeros = false;            ///< 0 in every row.
};

std::size_t longest_word(std::string_view text) {
  std::size_t longest = 0;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    // Not "ITU-" and "T".
    const bool hyphen = i < text.size() && text[i] == '-' && i >= begin + 2 &&
                        text.substr(i + 1, 3).find(' ') == std::string_view::npos && i + 3 < text.size();
    if (i < text.size() && text[i] != ' ' && !hyphen) continue;
    longest = std::max(longest, cells_of(text.substr(begin, i + (hyphen ? 1 : 0) - begin)));
    begin = i + 1;
  }
  return longest;
}

class TableFit {
 public:
  TableFit(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& cells, std::size_t width)
      : columns_(columns), cells_(cells), width_(std::max<std::size_t>(20, width)) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::string label = harmless(columns[c].label);
      Wish wish{0, cells_of(label), longest_word(label)};
      wish.zeros = is_figure(columns[c]) && !cells.empty();
      for (const auto& row : cells) {
        wish.text = std::max(wish.text, cells_of(row[c]));
        wish.empty = wish.empty && (row[c].empty() || (is_figure(columns[c]) && row[c] == "0"));
        wish.zeros = wish.zeros && row[c] == "0";
      }
      wishes_.push_back(wish);
    }
    shown_.resize(columns.size());
    std::iota(shown_.begin(), shown_.end(), std::size_t{0});
    choose();
    widen();
  }

  [[nodiscard]] std::string draw() {
    std::vector<std::string> heading;
    for (const Column& column : columns_) heading.push_back(harmless(column.label));
    std::string out = drawn(heading, true);
    for (const auto& row : cells_) out += drawn(row, false);
    return out + notes();
  }

 private:
  /// Cells that a column would take if there were room.
  [[nodiscard]] std::size_t full(std::size_t c) const {
    const bool last_prose = columns_[c].format == Format::prose;
    const std::size_t text = bends(columns_[c]) && !last_prose ? std::min(wishes_[c].text, columns_[c].widest) : wishes_[c].text;
    return std::max(text, wishes_[c].heading);
  }

  /// Cells that it takes where bending columns keep so many.
  [[nodiscard]] std::size_t least(std::size_t c, std::size_t kept) const {
    const std::size_t bent = is_stiff(columns_[c]) && kept > tight ? columns_[c].widest : std::min(columns_[c].widest, kept);
    const std::size_t text = bends(columns_[c]) ? std::min(wishes_[c].text, bent) : wishes_[c].text;
    return std::max(text, wishes_[c].heading_word);
  }

  [[nodiscard]] bool fits(std::size_t kept) const {
    std::size_t sum = gap_ * (shown_.size() - 1);
    for (const std::size_t c : shown_) sum += least(c, kept);
    return sum <= width_;
  }

  void leave_out(std::size_t c) {
    std::erase(shown_, c);
    left_out_.push_back(c);
  }

  /// What is shown, and how far bending columns give way.
  void choose() {
    std::size_t sum = gap_ * (shown_.size() - 1);
    for (const std::size_t c : shown_) sum += full(c);
    if (sum <= width_) {
      for (const std::size_t c : shown_) widths_.push_back(full(c));
      whole_ = true;
      return;
    }
    put_prose_below();
    kept_ = comfortable;
    if (fits(kept_)) return;
    for (std::size_t c = columns_.size(); c-- > 1 && !fits(kept_);) {
      if (wishes_[c].empty && c != below_) leave_out(c);
    }
    std::uint8_t order = 0;
    for (const Column& column : columns_) order = std::max(order, column.spare);
    for (; order > 0 && !fits(kept_); --order) {
      for (std::size_t c = columns_.size(); c-- > 1 && !fits(kept_);) {
        if (columns_[c].spare == order && std::ranges::find(shown_, c) != shown_.end()) leave_out(c);
      }
    }
    if (fits(kept_)) return;
    kept_ = tight;
    if (!fits(kept_)) gap_ = 1;
    while (!fits(kept_) && shown_.size() > 1) leave_out(shown_.back());
  }

  /// Long prose behind everything else stands below its row where it would have little room beside it.
  void put_prose_below() {
    if (columns_.size() < 2 || columns_.back().format != Format::prose) return;
    const std::size_t last = columns_.size() - 1;
    std::size_t others = 0;
    for (std::size_t c = 0; c < last; ++c) others += least(c, comfortable) + gap_;
    if (others + std::min(wishes_[last].text, room_for_prose) <= width_) return;
    below_ = last;
    shown_.pop_back();
  }

  /// Gives what room is left to bending columns, the narrowest first.
  void widen() {
    if (whole_) return;
    std::size_t sum = gap_ * (shown_.size() - 1);
    for (const std::size_t c : shown_) {
      widths_.push_back(std::min(least(c, kept_), width_));
      sum += widths_.back();
    }
    // Headings on one line, before texts on fewer.
    for (std::size_t i = 0; i < shown_.size() && sum < width_; ++i) {
      const std::size_t c = shown_[i];
      if (bends(columns_[c]) || widths_[i] >= wishes_[c].heading || sum + wishes_[c].heading - widths_[i] > width_) continue;
      if (std::ranges::any_of(shown_,
                              [&](std::size_t other) { return bends(columns_[other]) && least(other, kept_) < full(other); }))
        break;
      sum += wishes_[c].heading - widths_[i];
      widths_[i] = wishes_[c].heading;
    }
    // Up to what reads well all alike; then what had better not break, then the others.
    const auto share = [&](std::size_t most, bool stiff, bool others) {
      while (sum < width_) {
        std::optional<std::size_t> narrowest;
        for (std::size_t i = 0; i < shown_.size(); ++i) {
          const Column& column = columns_[shown_[i]];
          if (bends(column) && (is_stiff(column) ? stiff : others) && widths_[i] < std::min(most, full(shown_[i])) &&
              (!narrowest || widths_[i] < widths_[*narrowest]))
            narrowest = i;
        }
        if (!narrowest) return;
        ++widths_[*narrowest];
        ++sum;
      }
    };
    share(comfortable, true, true);
    share(width_, true, false);
    share(width_, false, true);
  }

  /// A cell in lines of its column.
  std::vector<std::string> lines_of(const std::string& text, std::size_t c, std::size_t width, bool heading) {
    const std::size_t most = columns_[c].format == Format::title ? most_title_lines : most_lines;
    std::vector<std::string> lines = lines_of_cells(text, width);
    for (std::string& line : lines) line = cut_to_cells(line, width);
    if (lines.size() > most && !heading) {
      lines[most - 1] = cut_to_cells(lines[most - 1] + " " + lines[most], width);
      lines.resize(most);
      cut_ = true;
    }
    return lines;
  }

  std::string drawn(const std::vector<std::string>& row, bool heading) {
    std::vector<std::vector<std::string>> parts;
    std::size_t height = 1;
    for (std::size_t i = 0; i < shown_.size(); ++i) {
      parts.push_back(lines_of(row[shown_[i]], shown_[i], widths_[i], heading));
      height = std::max(height, parts.back().size());
    }
    std::string out;
    for (std::size_t l = 0; l < height; ++l) {
      std::string line;
      for (std::size_t i = 0; i < shown_.size(); ++i) {
        if (i > 0) line.append(gap_, ' ');
        // Headings stand at their foot, beside what they head.
        const std::size_t first = heading ? height - parts[i].size() : 0;
        const std::string text = l >= first && l - first < parts[i].size() ? parts[i][l - first] : "";
        const std::string blanks(widths_[i] - std::min(widths_[i], cells_of(text)), ' ');
        line += is_figure(columns_[shown_[i]]) ? blanks + text : text + blanks;
      }
      while (line.ends_with(' ')) line.pop_back();
      out += line + "\n";
    }
    if (below_ && !row[*below_].empty()) {
      for (const std::string& line : lines_of(row[*below_], *below_, width_ - indent, heading))
        out += std::string(indent, ' ') + line + "\n";
    }
    return out;
  }

  std::string notes() {
    std::vector<std::string> zeros;
    std::vector<std::string> empty;
    std::vector<std::string> others;
    std::ranges::sort(left_out_);
    for (const std::size_t c : left_out_)
      (wishes_[c].zeros ? zeros : wishes_[c].empty ? empty : others).push_back(harmless(columns_[c].label));
    std::vector<std::string> sentences;
    if (!zeros.empty()) sentences.push_back(fmt::format("0 in every row: {}.", join(zeros, ", ")));
    if (!empty.empty()) sentences.push_back(fmt::format("Empty in every row: {}.", join(empty, ", ")));
    if (!others.empty())
      sentences.push_back(
          fmt::format("No room for: {} (a wider terminal has, and --format csv, md or xlsx).", join(others, ", ")));
    if (cut_)
      sentences.push_back(fmt::format("What ends in … is whole {}.", others.empty() ? "with --format csv, md or xlsx" : "there"));
    std::string out;
    for (const std::string& sentence : sentences) {
      for (const std::string& line : lines_of_cells(sentence, width_)) out += line + "\n";
    }
    return out;
  }

  const std::vector<Column>& columns_;
  const std::vector<std::vector<std::string>>& cells_;
  std::size_t width_;
  std::size_t gap_ = 2;
  std::size_t kept_ = 0;
  bool whole_ = false;
  bool cut_ = false;
  std::vector<Wish> wishes_;
  std::vector<std::size_t> shown_;   ///< Columns, in their order.
  std::vector<std::size_t> widths_;  ///< Of these.
  std::optional<std::size_t> below_;
  std::vector<std::size_t> left_out_;
};

}  // namespace

std::string terminal_table(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& cells,
                           std::size_t width) {
  return TableFit(columns, cells, width).draw();
}

}  // namespace lacuna
