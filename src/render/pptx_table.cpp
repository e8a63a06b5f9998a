// Tables of a deck: ECMA-376 part 1, 21.1.3. Rows are measured, since PowerPoint makes a row as high as its text only once
// somebody edits it.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/text.hpp"
#include "lacuna/render.hpp"
#include "render/layout.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

constexpr double side = 5;  ///< Between a cell's edge and its text.
constexpr double above = 3;
constexpr double least_width = 52;  ///< Of a column; a grid with more columns than have that much is divided.

/// The words of a cell: a state shows its sign, and its name where the cell says nothing else.
std::string text_of(const Slide::Cell& cell) {
  if (!cell.state) return harmless(cell.text);
  return fmt::format("{} {}", sign_of(*cell.state), cell.text.empty() ? std::string(name_of(*cell.state)) : harmless(cell.text));
}

struct Row {
  std::vector<Slide::Cell> cells;
  double height = 0;
};

/// One table: all columns of a grid, or as many as have room.
class TableSetter {
 public:
  TableSetter(const Slide::Grid& grid, std::vector<std::size_t> columns, const Slide& slide, const Base& base,
              std::vector<Leaf>& leaves)
      : grid_(grid), columns_(std::move(columns)), slide_(slide), base_(base), leaves_(leaves) {
    std::vector<double> shares;
    for (const std::size_t c : columns_)
      shares.push_back(c < grid_.widths.size() && grid_.widths.size() == grid_.columns.size() ? std::max(0.01, grid_.widths[c])
                                                                                              : 1.0);
    const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (const double share : shares) widths_.push_back(base_.area.w * share / sum);
  }

  void run(std::optional<Frame> under) {
    choose_size(under ? under->h : base_.area.h);
    Frame frame = under ? *under : open();
    std::vector<Row> page;
    double used = header_.height;
    const auto close = [&] {
      draw(page, frame);
      page.clear();
      used = header_.height;
    };
    for (std::size_t r = 0; r < grid_.rows.size(); ++r) {
      for (Row& row : pieces(row_of(grid_.rows[r]), base_.area.h - header_.height)) {
        if (used + row.height > frame.h && (!page.empty() || under)) {
          if (!page.empty()) close();
          under.reset();
          frame = open();
        }
        used += row.height;
        page.push_back(std::move(row));
      }
    }
    draw(page, frame);
  }

 private:
  Frame open() {
    Leaf leaf;
    leaf.title = title_;
    leaves_.push_back(std::move(leaf));
    return base_.area;
  }

  Row row_of(const std::vector<Slide::Cell>& cells) const {
    Row row;
    for (const std::size_t c : columns_) row.cells.push_back(c < cells.size() ? cells[c] : Slide::Cell{});
    row.height = height_of(row.cells, false);
    return row;
  }

  double inner(std::size_t c) const { return std::max(8.0, widths_[c] - 2 * side - 1); }

  /// Lines of a slide; no more of a text is looked at.
  std::size_t most_lines() const { return 1 + static_cast<std::size_t>(base_.area.h / (1.2 * size_)); }

  /// Of rows that are higher than a slide, more than that.
  double height_of(const std::vector<Slide::Cell>& cells, bool bold) const {
    std::size_t most = 1;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      most = std::max(most, lines_in(text_of(cells[c]), inner(c), size_, base_.widen * (bold ? 1.06 : 1), most_lines()));
    }
    return static_cast<double>(most) * 1.2 * size_ + 2 * above;
  }

  /// The largest of the sizes in which the whole table has room, else the middle one.
  void choose_size(double room) {
    const bool many = columns_.size() > 8;
    const double sizes[] = {many ? 12.0 : 14.0, many ? 11.0 : 12.0, many ? 10.0 : 11.0};
    for (const double size : sizes) {
      set_size(size);
      double height = header_.height;
      for (const auto& row : grid_.rows) height += row_of(row).height;
      if (height <= room) return;
    }
    set_size(sizes[1]);
  }

  void set_size(double size) {
    size_ = size;
    header_.cells.clear();
    // A heading as high as a slide would leave no room for what it heads.
    const auto most = std::max<std::size_t>(1, static_cast<std::size_t>(0.3 * base_.area.h / (1.2 * size)));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string whole = harmless(grid_.columns[columns_[i]]);
      const std::string part(fitting(whole, inner(i), size, base_.widen * 1.06, most));
      header_.cells.push_back(
          {part.size() < whole.size() ? shortened(part, std::max<std::size_t>(2, length_of(part)) - 1) + "…" : whole});
    }
    header_.height = height_of(header_.cells, true);
  }

  /// A row that is higher than a slide in pieces, each of which says that it goes on.
  std::vector<Row> pieces(Row row, double room) const {
    std::vector<Row> result;
    if (row.height <= room) return {std::move(row)};
    const auto lines = std::max<std::size_t>(1, static_cast<std::size_t>((room - 2 * above) / (1.2 * size_)));
    struct Left {
      std::string text;
      std::size_t at = 0;
      std::string_view before = {};
    };
    std::vector<Left> left;
    for (const Slide::Cell& cell : row.cells) left.push_back({harmless(cell.text)});
    // As much of a cell's text as could have room: copying all that is left for each piece would take its length squared.
    const auto head = [&](std::size_t c) {
      const std::string_view rest = std::string_view(left[c].text).substr(left[c].at);
      return std::string(left[c].before).append(fitting(rest, inner(c), size_, base_.widen, most_lines() + 1));
    };
    for (std::size_t c = 0; c < left.size(); ++c) row.cells[c].text = head(c);
    while (row.height > room) {
      Row first = row;
      for (std::size_t c = 0; c < row.cells.size(); ++c) {
        const std::string& whole = first.cells[c].text;
        const std::string part(fitting(whole, inner(c) - size_, size_, base_.widen, lines));
        if (part.size() >= whole.size()) {
          row.cells[c] = {};
          continue;
        }
        Left& l = left[c];
        l.at += part.size() - std::min(part.size(), l.before.size());
        l.at = std::min(l.text.size(), l.text.find_first_not_of(' ', l.at));
        l.before = part.size() > l.before.size() ? "… " : "";
        row.cells[c].text = head(c);
        first.cells[c].text = part + " …";
      }
      first.height = std::min(room, height_of(first.cells, false));
      row.height = height_of(row.cells, false);
      result.push_back(std::move(first));
    }
    result.push_back(std::move(row));
    return result;
  }

  std::string cell_xml(const Slide::Cell& cell, bool header) const {
    Face face{size_, header, ""};
    std::string look;
    if (cell.state) {
      const Colours colours = colours_of(*cell.state);
      face.colour = colours.text;
      // Lines stand before the fill.
      std::string line;
      for (const std::string_view edge : {"lnL", "lnR", "lnT", "lnB"})
        line += fmt::format("<a:{0} w=\"9525\">{1}</a:{0}>", edge, fill_of(colours.border));
      look = line + fill_of(colours.fill);
    }
    return fmt::format(
        "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/>{}</a:txBody><a:tcPr marL=\"{}\" marR=\"{}\" marT=\"{}\" marB=\"{}\" "
        "anchor=\"{}\">{}</a:tcPr></a:tc>",
        paragraph(text_of(cell), face), emu(side), emu(side), emu(above), emu(above), header ? "b" : "t", look);
  }

  void draw(const std::vector<Row>& page, const Frame& frame) {
    Leaf& leaf = leaves_.back();
    double height = header_.height;
    for (const Row& row : page) height += row.height;
    const std::string words = fmt::format("Table of {} with the columns {}", count_of(page.size(), "row"), join(names(), ", "));
    std::string out = fmt::format(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{}\" name=\"Table\" "
        "descr=\"{}\"/><p:cNvGraphicFramePr><a:graphicFrameLocks "
        "noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}"
        "<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\" "
        "bandRow=\"1\"><a:tableStyleId>{}</a:tableStyleId></a:tblPr><a:tblGrid>",
        ++leaf.last_id, safe(words), xfrm({frame.x, frame.y, base_.area.w, height}, "p"), base_.table_style);
    for (const double w : widths_) out += fmt::format("<a:gridCol w=\"{}\"/>", emu(w));
    out += "</a:tblGrid>";
    const auto add = [&](const Row& row, bool header) {
      out += fmt::format("<a:tr h=\"{}\">", emu(row.height));
      for (const Slide::Cell& cell : row.cells) out += cell_xml(cell, header);
      out += "</a:tr>";
    };
    add(header_, true);
    for (const Row& row : page) add(row, false);
    leaf.shapes += out + "</a:tbl></a:graphicData></a:graphic></p:graphicFrame>";
  }

  std::vector<std::string> names() const {
    std::vector<std::string> list;
    for (const std::size_t c : columns_) list.push_back(shortened(grid_.columns[c], 100));
    return list;
  }

  const Slide::Grid& grid_;
  std::vector<std::size_t> columns_;
  const Slide& slide_;
  std::string title_ = shortened(slide_.title, longest_title);
  const Base& base_;
  std::vector<Leaf>& leaves_;
  std::vector<double> widths_;
  double size_ = 12;
  Row header_;
};

}  // namespace

void add_table(const Slide::Grid& grid, const Slide& slide, const Base& base, std::optional<Frame> under,
               std::vector<Leaf>& leaves) {
  if (grid.columns.empty()) return;
  const auto most = std::max<std::size_t>(2, static_cast<std::size_t>(base.area.w / least_width));
  std::vector<std::size_t> columns(grid.columns.size());
  std::iota(columns.begin(), columns.end(), std::size_t{0});
  if (columns.size() <= most) return TableSetter(grid, std::move(columns), slide, base, leaves).run(under);
  // The first column says what a row is about: every part has it.
  for (std::size_t from = 1; from < columns.size(); from += most - 1) {
    std::vector<std::size_t> part{0};
    for (std::size_t c = from; c < std::min(columns.size(), from + most - 1); ++c) part.push_back(c);
    TableSetter(grid, std::move(part), slide, base, leaves).run(from == 1 ? under : std::nullopt);
  }
}

}  // namespace lacuna::pptx
