// Pictures with more boxes or rows than a slide has room for, as several that have.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"
#include "render/layout.hpp"
#include "render/measure.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {

Canvas slide_ground(double width, double height) { return {width, height, 0, false, false, 9, 56}; }

namespace {

constexpr double between = 3;         ///< Boxes of a column, as in the layout.
constexpr double least_column = 120;  ///< Width of a column with what stands between it and the next.
constexpr double least_cell = 40;     ///< Width of a cell of a grid.

std::size_t times(double room, double each) { return std::max<std::size_t>(1, static_cast<std::size_t>(room / each)); }
std::size_t parts_for(std::size_t n, std::size_t each) { return std::max<std::size_t>(1, (n + each - 1) / each); }

std::string name_of_box(const Box& box) { return shortened(box.lines.empty() ? box.id : box.lines[0], 60); }

// ---- grids --------------------------------------------------------------------------------------------------------------------

std::vector<PicturePart> grid_parts(const Picture& picture, double width, double height) {
  const Picture::Grid& grid = *picture.grid;
  const Canvas ground = slide_ground(width, height);
  const std::size_t narrow = grid.columns.size() - grid.bars;
  const double bars = 150 * static_cast<double>(grid.bars);
  const std::size_t wide_parts = parts_for(narrow, times(width - 190 - bars, least_cell));
  const std::size_t columns = parts_for(narrow, wide_parts);
  // Names of two lines need rows of two.
  const double names = std::clamp(width - bars - static_cast<double>(std::min(narrow, columns)) * 62, 190.0, 330.0);
  const auto long_names = std::ranges::count_if(
      grid.rows, [&](const std::string& name) { return static_cast<double>(length_of(name)) * 0.56 * 9 > names - 14; });
  const double row = long_names * 5 > static_cast<std::ptrdiff_t>(grid.rows.size()) ? 24 : least_row;
  const std::size_t high_parts = parts_for(grid.rows.size(), times(room_on(picture, ground) - ground.heading, row));
  const std::size_t rows = parts_for(grid.rows.size(), high_parts);
  std::vector<PicturePart> parts;
  for (std::size_t r = 0; r < std::max<std::size_t>(1, grid.rows.size()); r += rows) {
    for (std::size_t c = 0; c < std::max<std::size_t>(1, narrow); c += columns) {
      PicturePart part{picture, {}};
      Picture::Grid& g = *part.picture.grid;
      g = {{}, {}, {}, grid.corner, grid.bars};
      const std::size_t last = std::min(narrow, c + columns);
      const auto take = [&](const auto& from, auto& to) {
        for (std::size_t i = c; i < std::min(last, from.size()); ++i) to.push_back(from[i]);
        for (std::size_t i = narrow; i < from.size(); ++i) to.push_back(from[i]);
      };
      take(grid.columns, g.columns);
      for (std::size_t i = r; i < std::min(grid.rows.size(), r + rows); ++i) {
        g.rows.push_back(grid.rows[i]);
        g.cells.emplace_back();
        if (i < grid.cells.size()) take(grid.cells[i], g.cells.back());
      }
      parts.push_back(std::move(part));
    }
  }
  return parts;
}

// ---- columns of boxes ---------------------------------------------------------------------------------------------------------

/// How many boxes of a column have room one above the other, with one line of text each; `comfortably`, with two where they have
/// two, or a long title beside a bar.
std::size_t most_in(const Picture::Stack& stack, double room, bool comfortably = true) {
  double least = 14;
  for (const Box& box : stack.boxes)
    least = std::max(least, (box.tally || box.lines.size() > 1) && comfortably ? 23.4 : box.tally ? 17.0 : 14.0);
  return times(room + between, least + between);
}

class StackSplitter {
 public:
  StackSplitter(const Picture& picture, double width, double height, std::size_t first)
      : picture_(picture), width_(width), first_(first) {
    Canvas ground = slide_ground(width, height);
    // One slide with smaller texts says more than several among which the lines are torn; one with texts that are cut does not.
    whole_ = picture.stacks.size() <= times(width, least_column) &&
             std::ranges::all_of(
                 picture.stacks,
                 [&](const Picture::Stack& s) { return s.boxes.size() <= most_in(s, room_on(picture, ground), false); }) &&
             std::ranges::none_of(laid_out(picture, ground).shapes, &Shape::cut);
    // What tells the lines to other slides takes three lines of text.
    ground.height -= whole_ ? 0 : 3 * 13;
    room_ = std::max(40.0, room_on(picture, ground));
  }

  std::vector<PicturePart> run() {
    const std::size_t columns = times(width_, least_column);
    for (std::size_t s = 0; s < picture_.stacks.size(); s += columns) deal(s, std::min(picture_.stacks.size(), s + columns));
    if (parts_.empty()) parts_.push_back({without_boxes(), {}});
    home_boxes();
    share_lines();
    return std::move(parts_);
  }

 private:
  std::size_t most_of(std::size_t stack) const { return most_in(picture_.stacks[stack], room_, !whole_); }

  Picture without_boxes() const {
    Picture picture = picture_;
    picture.stacks.clear();
    picture.lines.clear();
    return picture;
  }

  /// Some columns, side by side, on as many parts as the longest of them takes. Short columns stand on all of them, beside what
  /// they are linked to.
  void deal(std::size_t first, std::size_t last) {
    std::size_t rows = 1;
    for (std::size_t s = first; s < last; ++s) rows = std::max(rows, parts_for(picture_.stacks[s].boxes.size(), most_of(s)));
    std::map<std::string, std::size_t> row_of;  ///< Of boxes in long columns.
    std::vector<bool> is_long;
    for (std::size_t s = first; s < last; ++s) {
      const auto& boxes = picture_.stacks[s].boxes;
      is_long.push_back(boxes.size() > most_of(s));
      if (!is_long.back()) continue;
      const std::size_t each = parts_for(boxes.size(), rows);
      for (std::size_t i = 0; i < boxes.size(); ++i) row_of.emplace(boxes[i].id, i / each);
    }
    std::map<std::string, std::set<std::size_t>> rows_of;  ///< Where boxes of short columns have something to be linked to.
    for (const Line& line : picture_.lines) {
      for (const auto& [one, other] : {std::pair(&line.from, &line.to), std::pair(&line.to, &line.from)}) {
        if (const auto at = row_of.find(*other); at != row_of.end()) rows_of[*one].insert(at->second);
      }
    }
    for (std::size_t row = 0; row < rows; ++row) {
      PicturePart part{without_boxes(), {}};
      for (std::size_t s = first; s < last; ++s) {
        Picture::Stack stack{picture_.stacks[s].heading, {}, picture_.stacks[s].share};
        for (const Box& box : picture_.stacks[s].boxes) {
          const auto linked = rows_of.find(box.id);
          const bool here = rows == 1 || (is_long[s - first]        ? row_of.at(box.id) == row
                                          : linked == rows_of.end() ? row == 0
                                                                    : linked->second.contains(row));
          if (here) stack.boxes.push_back(box);
        }
        part.picture.stacks.push_back(std::move(stack));
      }
      parts_.push_back(std::move(part));
    }
  }

  void home_boxes() {
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      for (const Picture::Stack& stack : parts_[p].picture.stacks) {
        for (const Box& box : stack.boxes) {
          homes_[box.id].push_back(p);
          names_.emplace(box.id, name_of_box(box));
        }
      }
    }
  }

  /// Draws a line on each part that has both of its ends; where no part has, tells it on the first one of either.
  void share_lines() {
    std::vector<std::map<std::size_t, std::size_t>> aside(parts_.size());  ///< How many lines of a part lead to which other.
    for (const Line& line : picture_.lines) {
      const auto from = homes_.find(line.from);
      const auto to = homes_.find(line.to);
      if (from == homes_.end() || to == homes_.end()) continue;
      if (from == to) {
        parts_[from->second.front()].notes.push_back(fmt::format("{} goes to itself", names_[line.from]));
        continue;
      }
      std::vector<std::size_t> both;
      std::ranges::set_intersection(from->second, to->second, std::back_inserter(both));
      for (const std::size_t p : both) parts_[p].picture.lines.push_back(line);
      if (!both.empty()) continue;
      const std::size_t a = from->second.front();
      const std::size_t b = to->second.front();
      const std::string label = line.label.empty() ? "" : fmt::format(" ({})", line.label);
      parts_[a].notes.push_back(
          fmt::format("{} goes to {}, on slide {}{}", names_[line.from], names_[line.to], first_ + b, label));
      parts_[b].notes.push_back(
          fmt::format("{} comes from {}, on slide {}{}", names_[line.to], names_[line.from], first_ + a, label));
      ++aside[a][b];
      ++aside[b][a];
    }
    for (std::size_t p = 0; p < parts_.size(); ++p) {
      if (!parts_[p].notes.empty()) parts_[p].picture.legend.push_back(told(parts_[p].notes, aside[p]));
    }
  }

  /// In full where that takes two lines of text, else how many lead to which slide.
  std::string told(const std::vector<std::string>& lines, const std::map<std::size_t, std::size_t>& aside) const {
    const auto room = 2 * static_cast<std::size_t>(width_ / (9.5 * 0.56));
    std::string text = "Not drawn: " + join(lines, "; ") + ".";
    if (length_of(text) <= room) return text;
    text = "Lines to other slides, which the notes name:";
    std::size_t left = aside.size();
    for (const auto& [part, n] : aside) {
      const std::string more = fmt::format("{} {} to slide {}", left < aside.size() ? "," : "", n, first_ + part);
      if (length_of(text) + length_of(more) + 30 > room)
        return text + fmt::format(" and more to {}.", count_of(left, "other slide"));
      text += more;
      --left;
    }
    return text + ".";
  }

  const Picture& picture_;
  double width_;
  double room_ = 0;
  bool whole_ = true;  ///< All has room on one slide.
  std::size_t first_;
  std::vector<PicturePart> parts_;
  std::map<std::string, std::vector<std::size_t>> homes_;
  std::map<std::string, std::string> names_;
};

}  // namespace

std::vector<PicturePart> parts_of(const Picture& picture, double width, double height, std::size_t first) {
  if (picture.grid) return grid_parts(picture, width, height);
  return StackSplitter(picture, width, height, first).run();
}

}  // namespace lacuna::pptx

namespace lacuna {

std::vector<Picture> pages_of(const Picture& picture) {
  if (!picture.grid || picture.grid->rows.empty()) return {picture};
  const Canvas page;
  constexpr double row = 20;  // Names of two lines have room.
  const auto most = pptx::times(room_on(picture, page) - page.heading, row);
  const std::size_t parts = pptx::parts_for(picture.grid->rows.size(), most);
  if (parts == 1) return {picture};
  const std::size_t each = pptx::parts_for(picture.grid->rows.size(), parts);
  std::vector<Picture> pages;
  for (std::size_t first = 0; first < picture.grid->rows.size(); first += each) {
    Picture& part = pages.emplace_back(picture);
    const auto take = [&](auto& list) {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(std::min(list.size(), first + each)), list.end());
      list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(first));
    };
    take(part.grid->rows);
    take(part.grid->cells);
  }
  for (std::size_t i = 0; i < pages.size(); ++i) pages[i].title += fmt::format(" ({} of {})", i + 1, pages.size());
  return pages;
}

}  // namespace lacuna
