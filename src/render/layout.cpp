#include "render/layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/text.hpp"
#include "lacuna/render.hpp"
#include "model/state_looks.hpp"
#include "render/fit.hpp"

namespace lacuna {

Colours colours_of(CoverageState state) {
  const StateLook& look = look_of(state);
  return {std::string(look.fill), std::string(look.text), std::string(look.border)};
}

namespace {

Shape::Border border_of(CoverageState state) {
  switch (look_of(state).edge) {
    case StateLook::Edge::heavy: return Shape::Border::heavy;
    case StateLook::Edge::dashed: return Shape::Border::dashed;
    case StateLook::Edge::solid: break;
  }
  return Shape::Border::solid;
}

Shape text_at(std::string id, double left, double top, double w, double h, std::string text, double font) {
  Shape s;
  s.id = std::move(id);
  s.x = left + w / 2;
  s.y = top - h / 2;
  s.w = w;
  s.h = h;
  s.lines = {std::move(text)};
  s.font = font;
  s.align = Shape::Align::left;
  s.colours.text = "#000000";
  return s;
}

/// Lays out one picture. Shapes of the page's own carry identifiers that begin with a blank, which no node's does.
class Layouter {
 public:
  Layouter(const Picture& picture, const Canvas& ground)
      : picture_(picture),
        ground_(ground),
        margin_(ground.margin),
        fit_{ground.grows ? Typeface::dejavu : Typeface::arial, ground.least_font} {
    page_.width = ground.width;
    page_.height = ground.height;
  }

  double room() {
    const double top = add_title();
    return top - add_legend() - (has_headings() ? 19 : 0);
  }

  Page run() {
    if (picture_.grid && ground_.grows) fit_page_to_grid();
    const double top = add_title();
    const double bottom = add_legend();
    if (picture_.grid) {
      add_grid(top, bottom);
    } else {
      add_stacks(top, bottom);
    }
    return std::move(page_);
  }

 private:
  double inner() const { return page_.width - 2 * margin_; }

  /// Title and notes; gives the height below them.
  double add_title() {
    double y = page_.height - (ground_.title ? 16 : 0);
    if (ground_.title) {
      // One line, else smaller, else two.
      double font = 20;
      while (font > 14 && fit_.width_of(picture_.title, font) > inner()) font -= 0.5;
      const auto lines = at_most(2, fit_.broken(picture_.title, inner(), font), font);
      const double h = 1.35 * font * static_cast<double>(lines.size());
      page_.shapes.push_back(text_at(" title", margin_, y, inner(), h, "", font));
      page_.shapes.back().lines = lines;
      y -= h;
    }
    for (std::size_t i = 0; i < picture_.notes.size(); ++i) {
      auto lines = fit_.broken(picture_.notes[i], inner(), 12);
      if (ground_.title) lines = at_most(3, std::move(lines), 12);
      const double h = 16 * static_cast<double>(lines.size());
      page_.shapes.push_back(text_at(fmt::format(" note {}", i + 1), margin_, y, inner(), h, "", 12));
      page_.shapes.back().lines = std::move(lines);
      if (!ground_.title) page_.shapes.back().texts = {picture_.notes[i]};
      y -= h;
    }
    return y - 6;
  }

  /// The first lines; what has no room is told by an ellipsis.
  std::vector<std::string> at_most(std::size_t most, std::vector<std::string> lines, double font) const {
    if (lines.size() <= most) return lines;
    lines[most - 1] = fit_.on_one_line(lines[most - 1] + " " + lines[most], inner(), font);
    lines.resize(most);
    return lines;
  }

  /// Whether a colour of the coverage states stands on the picture: else nobody needs them explained.
  bool shows_states() const {
    const auto shows = [](const Box& box) { return box.look.state.has_value() || box.tally.has_value(); };
    return std::ranges::any_of(picture_.stacks, [&](const auto& s) { return std::ranges::any_of(s.boxes, shows); }) ||
           (picture_.grid &&
            std::ranges::any_of(picture_.grid->cells, [&](const auto& row) { return std::ranges::any_of(row, shows); }));
  }

  /// The states and further explanations along the lower edge; gives the height above them.
  double add_legend() {
    double y = margin_ > 0 ? margin_ / 2 : 0;
    for (std::size_t i = picture_.legend.size(); i-- > 0;) {
      const auto lines = fit_.broken(picture_.legend[i], inner(), 9.5);
      if (!ground_.title) {
        const double h = 13 * static_cast<double>(lines.size());
        page_.shapes.push_back(text_at(fmt::format(" legend {}", i + 1), margin_, y + h, inner(), h, "", 9.5));
        page_.shapes.back().lines = lines;
        page_.shapes.back().texts = {picture_.legend[i]};
        y += h;
        continue;
      }
      for (std::size_t k = lines.size(); k-- > 0;) {
        page_.shapes.push_back(text_at(fmt::format(" legend {}.{}", i + 1, k + 1), margin_, y + 13, inner(), 13, lines[k], 9.5));
        y += 13;
      }
    }
    if (picture_.states_legend && shows_states()) {
      y += 3;
      const double w = inner() / static_cast<double>(words<CoverageState>().size());
      for (std::size_t s = 0; s < words<CoverageState>().size(); ++s) {
        const auto state = static_cast<CoverageState>(s);
        Shape swatch;
        swatch.id = fmt::format(" legend {}", name_of(state));
        swatch.w = w - 8;
        swatch.h = 17;
        swatch.x = margin_ + static_cast<double>(s) * w + swatch.w / 2;
        swatch.y = y + 9;
        swatch.lines = {fmt::format("{} {}", sign_of(state), name_of(state))};
        swatch.font = 10;
        swatch.colours = colours_of(state);
        swatch.border = border_of(state);
        page_.shapes.push_back(std::move(swatch));
      }
      y += 22;
    }
    return y + 4;
  }

  bool has_headings() const {
    return !picture_.grid && std::ranges::any_of(picture_.stacks, [](const auto& s) { return !s.heading.empty(); });
  }

  // ---- columns of boxes ----------------------------------------------------------------------------------------------

  void add_stacks(double top, double bottom) {
    const std::size_t n = picture_.stacks.size();
    if (n == 0) return;
    // The middle column holds sentences; what stands beside it, names.
    std::vector<double> widths(n, 1.0);
    const bool alone = n == 3 && picture_.stacks[1].boxes.size() == 1;
    const bool given = std::ranges::any_of(picture_.stacks, [](const auto& s) { return s.share > 0; });
    if (given) {
      for (std::size_t s = 0; s < n; ++s) widths[s] = std::max(0.2, picture_.stacks[s].share);
    } else if (n == 3)
      widths = alone ? std::vector{1.1, 0.9, 1.1} : std::vector{0.86, 1.34, 1.0};
    const double gap = (alone ? 128 : 84) *
                       (ground_.grows ? 1 : std::min(1.0, ground_.width / 888) * std::min(1.0, 3.0 / static_cast<double>(n)));
    const double unit = (inner() - gap * static_cast<double>(n - 1)) / std::accumulate(widths.begin(), widths.end(), 0.0);
    order_boxes();
    const bool headings = has_headings();
    double x = margin_;
    for (std::size_t s = 0; s < n; ++s) {
      const Picture::Stack& stack = picture_.stacks[s];
      const double w = unit * widths[s];
      if (headings) {
        // A heading has the room up to the next column, and never begins left of its own.
        const double room = w + (s + 1 < n ? gap - 8 : 0);
        const double font = std::clamp(12 * room / std::max(1.0, fit_.width_of(stack.heading, 12)), ground_.least_font, 12.0);
        page_.shapes.push_back(
            text_at(fmt::format(" heading {}", s + 1), x, top, room, 16, fit_.on_one_line(stack.heading, room, font), font));
      }
      add_stack(stack, order_[s], x, w, top - (headings ? 19 : 0), bottom);
      x += w + gap;
    }
    add_curves();
  }

  /// Boxes keep the order of their column but for the first: it is sorted by the mean height of what each box is linked to, so
  /// that lines cross less (barycentre heuristic, Sugiyama et al. 1981).
  void order_boxes() {
    std::map<std::string, double> rank;
    for (const Picture::Stack& stack : picture_.stacks) {
      order_.emplace_back(stack.boxes.size());
      std::iota(order_.back().begin(), order_.back().end(), std::size_t{0});
      for (std::size_t i = 0; i < stack.boxes.size(); ++i)
        rank[stack.boxes[i].id] = static_cast<double>(i) / static_cast<double>(stack.boxes.size());
    }
    if (picture_.stacks.size() != 3 || picture_.stacks[1].boxes.size() < 2) return;
    for (const std::size_t s : {std::size_t{0}, std::size_t{2}}) {
      // Topics stand by branch and gaps by gravity: only groups may move.
      const auto& boxes = picture_.stacks[s].boxes;
      if (boxes.empty() || boxes.front().look.role != Look::Role::group) continue;
      std::vector<double> mean(boxes.size(), 0.5);
      for (std::size_t i = 0; i < boxes.size(); ++i) {
        double sum = 0;
        double weight = 0;
        for (const Line& line : picture_.lines) {
          const std::string& other = line.from == boxes[i].id ? line.to : line.from;
          if ((line.from != boxes[i].id && line.to != boxes[i].id) || !rank.contains(other)) continue;
          sum += line.weight * rank[other];
          weight += line.weight;
        }
        if (weight > 0) mean[i] = sum / weight;
      }
      std::ranges::stable_sort(order_[s], {}, [&](std::size_t i) { return mean[i]; });
    }
  }

  void add_stack(const Picture::Stack& stack, const std::vector<std::size_t>& order, double left, double w, double top,
                 double bottom) {
    if (stack.boxes.empty()) return;
    const double between = ground_.grows ? 5 : 3;
    const double room = top - bottom;
    const auto n = static_cast<double>(stack.boxes.size());
    const double h = std::min(58.0, (room - between * (n - 1)) / n);
    // A short column stands spread out, not huddled at the top.
    const double step = std::min((room - h) / std::max(1.0, n - 1), h * 1.9 + between);
    double y = n == 1 ? (top + bottom) / 2 : top - h / 2 - std::max(0.0, (room - h - step * (n - 1)) / 2);
    std::vector<std::size_t> titles;
    std::vector<std::size_t> boxes;
    for (const std::size_t i : order) {
      if (!stack.boxes[i].tally) boxes.push_back(page_.shapes.size());
      if (stack.boxes[i].tally) titles.push_back(page_.shapes.size() + 1);
      add_box(stack.boxes[i], left, w, y, h);
      y -= step;
    }
    even_fonts(titles);
    if (!ground_.grows) even_fonts(boxes);
  }

  void add_box(const Box& box, double left, double w, double y, double h) {
    Shape s;
    s.id = box.id;
    s.of = box.id;
    s.x = left + w / 2;
    s.y = y;
    s.w = w;
    s.h = h;
    s.rounded = true;
    s.border = Shape::Border::solid;
    style(s, box.look);
    place_[box.id] = {left, left + w, y};
    if (box.tally) {
      add_tally_box(box, std::move(s));
      return;
    }
    std::vector<std::string> lines = box.lines;
    if (box.look.state && !lines.empty()) lines[0] = fmt::format("{} {}", sign_of(*box.look.state), lines[0]);
    fit_.into(s, lines);
    page_.shapes.push_back(std::move(s));
  }

  static void style(Shape& s, const Look& look) {
    if (look.state) {
      s.colours = colours_of(*look.state);
      s.border = border_of(*look.state);
      return;
    }
    switch (look.role) {
      case Look::Role::group: s.colours = {"#eeeeee", "#000000", "#525252"}; break;
      case Look::Role::centre: s.colours = {"#fff7dc", "#000000", "#8a6d1b"}; break;
      default: s.colours = {"#ffffff", "#000000", "#525252"}; break;
    }
  }

  /// A title over a bar whose parts are as wide as there are needs in each state.
  void add_tally_box(const Box& box, Shape s) {
    const std::size_t total = std::accumulate(box.tally->begin(), box.tally->end(), std::size_t{0});
    // Where the bar would be too low for its numbers, it stands beside the title.
    const bool beside = !ground_.grows && s.h * 0.45 < ground_.least_font * 1.4;
    const double bar = beside ? s.h : std::min(15.0, s.h * 0.45);
    Shape title = s;
    title.id = " " + box.id + " title";
    title.h = beside ? s.h : s.h - bar;
    title.y = beside ? s.y : s.y + bar / 2;
    if (beside) {
      title.w = s.w * 0.68;
      title.x = s.x - s.w * 0.16;
    }
    title.border = Shape::Border::none;
    title.colours.fill = "";
    title.align = Shape::Align::left;
    title.rounded = false;
    fit_.into(title, {fmt::format("{} ({})", box.lines.empty() ? box.id : box.lines[0], total)});
    title.font = std::min(title.font, title.h * 0.85);
    const double y = s.y - s.h / 2 + bar / 2;
    const double left = s.x - s.w / 2;
    const double width = s.w;
    s.rounded = false;
    page_.shapes.push_back(std::move(s));
    page_.shapes.push_back(std::move(title));
    Shape strip;
    strip.of = box.id;
    strip.x = beside ? left + width * 0.84 : left + width / 2;
    strip.y = y;
    strip.w = beside ? width * 0.32 : width;
    strip.h = bar;
    add_bar(box, strip);
  }

  struct Place {
    double left = 0, right = 0, y = 0;
  };

  void add_curves() {
    std::map<Line::Kind, double> heaviest;
    for (const Line& line : picture_.lines) heaviest[line.kind] = std::max(heaviest[line.kind], line.weight);
    for (const Line& line : picture_.lines) {
      const auto from = place_.find(line.from);
      const auto to = place_.find(line.to);
      if (from == place_.end() || to == place_.end()) continue;
      const bool forward = from->second.right <= to->second.left;
      const Place& a = forward ? from->second : to->second;
      const Place& b = forward ? to->second : from->second;
      Curve curve{line.from, line.to, a.right, a.y, b.left, b.y, 1.1, line.kind};
      const double heavy = heaviest[line.kind];
      if (line.arrow) curve.arrow = forward ? Curve::Arrow::at_end : Curve::Arrow::at_start;
      if (heavy > 1) curve.width = 0.5 + (line.kind == Line::Kind::strong ? 9 : 6) * line.weight / heavy;
      page_.curves.push_back(curve);
      if (line.label.empty()) continue;
      // Beside the box that is not the centre, where the lines are still apart; beyond the head of an arrow.
      const bool at_left = a.right < page_.width / 3;
      const double font = std::max(8.0, ground_.grows ? 0.0 : ground_.least_font);
      constexpr double head = 14;
      const double most = ground_.grows ? 112.0 : std::clamp(b.left - a.right - head - 4, 20.0, 112.0);
      const double w = std::min(most, fit_.width_of(line.label, font) + 6);
      Shape label = text_at(fmt::format(" label {}", page_.curves.size()), at_left ? a.right + head : b.left - w - head,
                            (at_left ? a.y : b.y) + 6, w, 12, fit_.on_one_line(line.label, w - 2, font), font);
      label.align = Shape::Align::centre;
      label.colours.fill = "#ffffff";
      page_.shapes.push_back(std::move(label));
    }
  }

  // ---- the grid ------------------------------------------------------------------------------------------------------

  void fit_page_to_grid() {
    const double fixed = page_.height - Layouter(picture_, ground_).room() + ground_.heading;
    page_.height = std::max(page_.height, fixed + least_row * static_cast<double>(picture_.grid->rows.size()));
  }

  void add_grid(double top, double bottom) {
    const Picture::Grid& grid = *picture_.grid;
    if (grid.rows.empty()) return;
    const auto wide = static_cast<double>(grid.bars);
    const auto narrow = static_cast<double>(grid.columns.size() - grid.bars);
    const double each = grid.bars > 0 ? 62 : 45;  // A sign takes less room than a number over a bar.
    const double names = std::clamp(inner() - wide * 150 - narrow * each, ground_.grows ? 215.0 : 240.0, 330.0);
    // The columns of bars take what the others leave.
    const double bar = wide > 0 ? std::clamp((inner() - names - narrow * 62) / wide, ground_.grows ? 120.0 : 105.0, 420.0) : 0;
    const double cell = narrow > 0 ? std::min(70.0, (inner() - names - wide * bar) / narrow) : 0;
    const auto is_wide = [&](std::size_t column) { return column + grid.bars >= grid.columns.size(); };
    const double row = std::min(34.0, (top - bottom - ground_.heading) / static_cast<double>(grid.rows.size()));

    std::vector<std::size_t> headings;
    double x = margin_ + names;
    for (std::size_t c = 0; c < grid.columns.size(); ++c) {
      const double w = is_wide(c) ? bar : cell;
      Shape heading = text_at(fmt::format(" column {}", c + 1), x, top, w, ground_.heading, "", 9);
      heading.align = Shape::Align::centre;
      fit_.into(heading, {grid.columns[c]}, 3);  // Beside it stands no border.
      headings.push_back(page_.shapes.size());
      page_.shapes.push_back(std::move(heading));
      x += w;
    }
    even_fonts(headings);
    std::vector<std::size_t> names_of_rows;
    double y = top - ground_.heading;
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
      Shape name = text_at(fmt::format(" row {}", r + 1), margin_, y, names - 4, row, "", 10);
      const std::size_t indent = grid.rows[r].find_first_not_of(' ');
      name.x += 2 * static_cast<double>(indent);
      name.w -= 4 * static_cast<double>(indent);
      fit_.into(name, {grid.rows[r]});
      name.row = r + 1;
      names_of_rows.push_back(page_.shapes.size());
      page_.shapes.push_back(std::move(name));
      y -= row;
    }
    even_fonts(names_of_rows);
    y = top - ground_.heading;
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
      x = margin_ + names;
      for (std::size_t c = 0; c < grid.cells[r].size(); ++c) {
        const Box& box = grid.cells[r][c];
        const double w = is_wide(c) ? bar : cell;
        const std::size_t before = page_.shapes.size();
        add_cell(box, x, y, w, row, is_wide(c));
        for (std::size_t i = before; i < page_.shapes.size(); ++i) page_.shapes[i].row = r + 1;
        x += w;
      }
      y -= row;
    }
  }

  /// Texts that say the same kind of thing are equally large.
  void even_fonts(const std::vector<std::size_t>& texts) {
    double smallest = 12;
    for (const std::size_t i : texts) smallest = std::min(smallest, page_.shapes[i].font);
    for (const std::size_t i : texts) page_.shapes[i].font = smallest;
  }

  void add_cell(const Box& box, double left, double top, double w, double h, bool wide) {
    Shape s;
    s.id = box.id;
    s.of = box.id;
    s.x = left + w / 2;
    s.y = top - h / 2;
    s.w = w - 2;
    s.h = h - 2;
    s.font = std::min(11.0, h * 0.6);
    s.lines = box.lines;
    s.border = Shape::Border::solid;
    s.colours = {"#ffffff", "#000000", "#cccccc"};
    if (box.look.state) {
      s.colours = colours_of(*box.look.state);
      s.border = border_of(*box.look.state);
      s.lines = {std::string(sign_of(*box.look.state))};
    }
    if (box.tally && !wide) return add_count(box, std::move(s));
    if (!box.tally) return page_.shapes.push_back(std::move(s));
    const std::size_t total = std::accumulate(box.tally->begin(), box.tally->end(), std::size_t{0});
    if (total == 0) {
      s.lines.clear();
      fit_.into(s, box.lines.empty() ? std::vector<std::string>{"no needs"} : box.lines);
      s.font = std::min(s.font, 11.0);
      return page_.shapes.push_back(std::move(s));
    }
    add_bar(box, s);
  }

  /// How many needs of a row a group covers, over a bar that is as long as the row has needs and shows the states of those.
  void add_count(const Box& box, Shape s) {
    const std::size_t total = std::accumulate(box.tally->begin(), box.tally->end(), std::size_t{0});
    const double thick = std::clamp(s.h * 0.3, 4.0, 9.0);
    Shape strip = s;
    strip.h = thick;
    strip.y = s.y - s.h / 2 + thick / 2;
    strip.lines.clear();
    strip.texts.clear();
    Shape number = std::move(s);
    number.border = Shape::Border::none;
    number.colours = {"", number.lines.empty() ? "" : "#000000", ""};
    number.h -= thick;
    number.y += thick / 2;
    number.font = std::min(11.0, number.h * 0.8);
    page_.shapes.push_back(std::move(number));
    if (total == 0) return;
    const double left = strip.x - strip.w / 2;
    const double whole = strip.w;
    double x = left;
    for (const CoverageState state : all_of<CoverageState>()) {
      const std::size_t n = (*box.tally)[state];
      if (n == 0 || is_open(state)) continue;
      Shape part = strip;
      part.id = fmt::format(" {} {}", box.id, name_of(state));
      part.w = whole * static_cast<double>(n) / static_cast<double>(total);
      part.x = x + part.w / 2;
      part.colours = colours_of(state);
      part.border = border_of(state);
      x += part.w;
      page_.shapes.push_back(std::move(part));
    }
    if (left + whole - x < 0.5) return;
    Shape rest = strip;
    rest.id = fmt::format(" {} rest", box.id);
    rest.w = left + whole - x;
    rest.x = x + rest.w / 2;
    page_.shapes.push_back(std::move(rest));
  }

  /// The parts of a tally side by side, as wide as they are many, across the strip.
  void add_bar(const Box& box, const Shape& strip) {
    const std::size_t total = std::accumulate(box.tally->begin(), box.tally->end(), std::size_t{0});
    double x = strip.x - strip.w / 2;
    for (const CoverageState state : all_of<CoverageState>()) {
      const std::size_t n = (*box.tally)[state];
      if (n == 0) continue;
      Shape part = strip;
      part.border = border_of(state);
      part.id = fmt::format(" {} {}", box.id, name_of(state));
      part.w = strip.w * static_cast<double>(n) / static_cast<double>(total);
      part.x = x + part.w / 2;
      part.colours = colours_of(state);
      part.font = std::min(9.5, strip.h * 0.72);
      part.lines.clear();
      const std::string number = fmt::format("{}", n);
      const std::string label = fmt::format("{} {}", sign_of(state), n);
      if (!ground_.grows && part.font < ground_.least_font) {
        // Nobody could read it; the box tells the numbers by other means.
      } else if (part.w > fit_.width_of(label, part.font) + 6) {
        part.lines = {label};
      } else if (part.w > fit_.width_of(number, part.font) + (ground_.grows ? 3 : 7)) {
        part.lines = {number};
      }
      x += part.w;
      page_.shapes.push_back(std::move(part));
    }
  }

  const Picture& picture_;
  const Canvas& ground_;
  const double margin_;
  const TextFitter fit_;
  Page page_;
  std::vector<std::vector<std::size_t>> order_;
  std::map<std::string, Place> place_;
};

}  // namespace

Page laid_out(const Picture& picture, const Canvas& ground) { return Layouter(picture, ground).run(); }

double room_on(const Picture& picture, const Canvas& ground) { return Layouter(picture, ground).room(); }

}  // namespace lacuna
