// Pictures as shapes and connectors that people can move: ECMA-376 part 1, 19.3.1.43 (sp), 19.3.1.19 (cxnSp) and 19.3.1.22
// (grpSp).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/text.hpp"
#include "render/layout.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {

Canvas slide_ground(double width, double height);

namespace {

/// Connection sites of rectangles, rounded or not, as ECMA-376 numbers them.
enum Site : int { top = 0, left = 1, bottom = 2, right = 3 };

std::string tally_words(const EnumArray<CoverageState, std::size_t>& tally) {
  std::vector<std::string> words_of_tally;
  for (std::size_t s = 0; s < tally.size(); ++s) {
    if (tally[s] > 0) words_of_tally.push_back(fmt::format("{} {}", name_of(static_cast<CoverageState>(s)), tally[s]));
  }
  return words_of_tally.empty() ? "no needs" : join(words_of_tally, ", ");
}

/// All that a box says, for those who hear it and for texts that were cut.
std::string words_of_box(const Box& box) {
  std::string out = join(box.lines, ". ");
  if (box.look.state) out += fmt::format("{}{}", out.empty() ? "" : ". ", name_of(*box.look.state));
  const bool counted = box.tally && std::ranges::any_of(*box.tally, [](std::size_t n) { return n > 0; });
  if (box.tally && (counted || out.empty())) out += fmt::format("{}{}", out.empty() ? "" : ". ", tally_words(*box.tally));
  return out;
}

/// Draws one page into one leaf.
class PictureDrawer {
 public:
  PictureDrawer(const Picture& picture, const Page& page, const Frame& area, Leaf& leaf)
      : picture_(picture), page_(page), area_(area), leaf_(leaf) {
    for (const Picture::Stack& stack : picture.stacks) {
      for (const Box& box : stack.boxes) boxes_.emplace(box.id, &box);
    }
    if (picture.grid) {
      for (const auto& row : picture.grid->cells) {
        for (const Box& box : row) boxes_.emplace(box.id, &box);
      }
    }
    for (const Shape& s : page.shapes) {
      if (!s.of.empty() && s.id == s.of) main_.emplace(s.of, Main{frame_of(s), ++leaf.last_id});
    }
  }

  void run() {
    for (const Line& line : picture_.lines) connect(line);
    std::string legend;
    const auto& shapes = page_.shapes;
    for (std::size_t i = 0; i < shapes.size();) {
      std::size_t end = i + 1;
      // What shows one box, or one row of a grid, is one group.
      if (!shapes[i].of.empty() && shapes[i].row == 0) {
        while (end < shapes.size() && shapes[end].of == shapes[i].of) ++end;
      }
      if (shapes[i].row > 0) {
        ++i;
        continue;
      }
      (shapes[i].id.starts_with(" legend") ? legend : leaf_.shapes) +=
          group({shapes.begin() + static_cast<std::ptrdiff_t>(i), shapes.begin() + static_cast<std::ptrdiff_t>(end)});
      i = end;
    }
    std::map<std::size_t, std::vector<Shape>> rows;
    for (const Shape& s : shapes) {
      if (s.row > 0) rows[s.row].push_back(s);
    }
    for (const auto& [row, members] : rows) leaf_.shapes += group(members);
    leaf_.shapes += legend;
    if (!cut_.empty()) leaf_.notes.push_back("In full: " + join(cut_, "; ") + ".");
  }

 private:
  struct Main {
    Frame frame;
    unsigned id = 0;
  };

  Frame frame_of(const Shape& s) const { return {area_.x + s.x - s.w / 2, area_.y + page_.height - s.y - s.h / 2, s.w, s.h}; }

  // ---- boxes and texts -----------------------------------------------------------------------------------------------

  std::string group(std::vector<Shape> members) {
    if (members.size() == 1) return shape(members.front(), {});
    Shape& first = members.front();
    // The title of a tally stands in the frame that it belongs to.
    Frame title{};
    if (first.id == first.of && members.size() > 1 && members[1].id == " " + first.id + " title") {
      title = frame_of(members[1]);
      first.lines = members[1].lines;
      first.texts = members[1].texts;
      first.cut = members[1].cut;
      first.font = members[1].font;
      first.align = Shape::Align::left;
      members.erase(members.begin() + 1);
    }
    Frame all = frame_of(first);
    for (const Shape& s : members) {
      const Frame f = frame_of(s);
      const double x = std::min(all.x, f.x);
      const double y = std::min(all.y, f.y);
      all = {x, y, std::max(all.x + all.w, f.x + f.w) - x, std::max(all.y + all.h, f.y + f.h) - y};
    }
    const std::string name = first.row > 0 ? fmt::format("Row {}", join(first.texts.empty() ? first.lines : first.texts, " "))
                                           : fmt::format("Box {}", trimmed_name(first.of));
    std::string out = fmt::format(
        "<p:grpSp><p:nvGrpSpPr><p:cNvPr id=\"{0}\" name=\"{1}\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off "
        "x=\"{2}\" y=\"{3}\"/><a:ext cx=\"{4}\" cy=\"{5}\"/>"
        "<a:chOff x=\"{2}\" y=\"{3}\"/><a:chExt cx=\"{4}\" cy=\"{5}\"/></a:xfrm></p:grpSpPr>",
        ++leaf_.last_id, safe(name), emu(all.x), emu(all.y), emu(all.w), emu(all.h));
    for (const Shape& s : members) out += shape(s, &s == &first ? title : Frame{});
    return out + "</p:grpSp>";
  }

  static std::string trimmed_name(std::string_view id) {
    while (id.starts_with(' ')) id.remove_prefix(1);
    return id.empty() ? "unnamed" : std::string(id);
  }

  /// `text` is where the text stands, when that is not all of the shape.
  std::string shape(const Shape& s, const Frame& text) {
    const Frame frame = frame_of(s);
    const bool is_main = !s.of.empty() && s.id == s.of;
    const auto box = boxes_.find(s.of);
    const std::string words = is_main && box != boxes_.end() ? words_of_box(*box->second) : "";
    if (s.cut) tell_cut(s, words);
    const auto main = main_.find(s.of);
    const bool own_id = is_main && main != main_.end() && !used_[s.of];
    if (own_id) used_[s.of] = true;
    const unsigned id = own_id ? main->second.id : ++leaf_.last_id;
    const bool bordered = s.border != Shape::Border::none && !s.colours.border.empty();
    std::string line = "<a:ln><a:noFill/></a:ln>";
    if (bordered) {
      line = fmt::format("<a:ln w=\"{}\">{}{}</a:ln>", emu(s.border == Shape::Border::heavy ? 2 : 0.8), fill_of(s.colours.border),
                         s.border == Shape::Border::dashed ? "<a:prstDash val=\"dash\"/>" : "");
    }
    const bool inside = text.w > 0;
    const double l = inside ? text.x - frame.x + 4 : s.of.empty() && s.colours.fill.empty() ? 0 : 3;
    const double r = inside ? frame.x + frame.w - text.x - text.w + 2 : s.of.empty() && s.colours.fill.empty() ? 0 : 3;
    const double t = inside ? text.y - frame.y : 0;
    const double b = inside ? frame.y + frame.h - text.y - text.h : 0;
    const bool bare = s.colours.fill.empty() && !bordered;
    return fmt::format(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"{}/><p:cNvSpPr{}/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom "
        "prst=\"{}\"><a:avLst/></a:prstGeom>{}{}</p:spPr><p:txBody>"
        "<a:bodyPr wrap=\"square\" lIns=\"{}\" tIns=\"{}\" rIns=\"{}\" bIns=\"{}\" rtlCol=\"0\" "
        "anchor=\"ctr\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
        id, safe(trimmed_name(s.id)), words.empty() ? "" : fmt::format(" descr=\"{}\"", safe(words)), bare ? " txBox=\"1\"" : "",
        xfrm(frame), s.rounded ? "roundRect" : "rect", fill_of(s.colours.fill), line, emu(l), emu(t), emu(r), emu(b),
        text_of(s, box == boxes_.end() ? nullptr : box->second));
  }

  std::string text_of(const Shape& s, const Box* box) const {
    const std::vector<std::string>& texts = s.texts.empty() ? s.lines : s.texts;
    Face face{s.font, false, s.colours.text.empty() || (s.of.empty() && s.colours.fill.empty()) ? "tx1" : s.colours.text};
    const std::string_view align = s.align == Shape::Align::left ? "l" : "ctr";
    if (texts.empty()) return paragraph("", face, align);
    std::string out;
    for (std::size_t i = 0; i < texts.size(); ++i) {
      face.bold = (i == 0 && box != nullptr && box->lines.size() > 1 && texts.size() == box->lines.size() && !s.cut) ||
                  s.id.starts_with(" heading");
      out += paragraph(texts[i], face, align);
    }
    return out;
  }

  void tell_cut(const Shape& s, const std::string& words) {
    if (s.row > 0 && s.of.empty() && picture_.grid && s.row <= picture_.grid->rows.size()) {
      cut_.push_back(picture_.grid->rows[s.row - 1]);
    } else if (!words.empty()) {
      cut_.push_back(words);
    } else if (s.id.starts_with(" column ") && picture_.grid) {
      const auto column = static_cast<std::size_t>(std::stoul(s.id.substr(8)));
      if (column >= 1 && column <= picture_.grid->columns.size()) cut_.push_back(picture_.grid->columns[column - 1]);
    }
  }

  // ---- lines ---------------------------------------------------------------------------------------------------------

  void connect(const Line& line) {
    const auto from = main_.find(line.from);
    const auto to = main_.find(line.to);
    if (from == main_.end() || to == main_.end() || from == to) return;
    const auto curve = std::ranges::find_if(
        page_.curves, [&](const Curve& c) { return c.from == line.from && c.to == line.to && c.kind == line.kind; });
    const double width = curve == page_.curves.end() ? 1.1 : curve->width;
    const Frame& a = from->second.frame;
    const Frame& b = to->second.frame;
    Site start = right;
    Site end = left;
    std::string_view geometry = "curvedConnector3";
    std::string adjust = "<a:gd name=\"adj1\" fmla=\"val 50000\"/>";
    if (b.x + b.w <= a.x) {
      start = left;
      end = right;
    } else if (a.x + a.w > b.x) {
      // One above the other: straight down to the next, else around what stands between.
      const bool down = b.y > a.y;
      const double gap = down ? b.y - a.y - a.h : a.y - b.y - b.h;
      start = down ? bottom : top;
      end = down ? top : bottom;
      if (gap > 1.5 * std::min(a.h, b.h)) start = end = right;
    }
    const auto at = [](const Frame& f, Site site) {
      return std::pair(site == left    ? f.x
                       : site == right ? f.x + f.w
                                       : f.x + f.w / 2,
                       site == top      ? f.y
                       : site == bottom ? f.y + f.h
                                        : f.y + f.h / 2);
    };
    const auto [x0, y0] = at(a, start);
    const auto [x1, y1] = at(b, end);
    Frame frame{std::min(x0, x1), std::min(y0, y1), std::abs(x1 - x0), std::abs(y1 - y0)};
    if (start == end) {
      // A bow of 14 points to the right of both; its measure is the width of the connector.
      frame.w = std::max(frame.w, 1.0);
      adjust = fmt::format("<a:gd name=\"adj1\" fmla=\"val {}\"/>", std::lround(100000 * (frame.w + 14) / frame.w));
    } else if (start == top || start == bottom || frame.h < 0.5) {
      geometry = "straightConnector1";
      adjust.clear();
    }
    std::string flags;
    if (x1 < x0) flags = "flipH=\"1\"";
    if (y1 < y0) flags += fmt::format("{}flipV=\"1\"", flags.empty() ? "" : " ");
    const auto word = [&](const std::string& id) {
      const auto box = boxes_.find(id);
      return box == boxes_.end() || box->second->lines.empty() ? trimmed_name(id) : box->second->lines[0];
    };
    const std::string words = fmt::format("{} {} {}{}", word(line.from), line.arrow ? "to" : "and", word(line.to),
                                          line.label.empty() ? "" : fmt::format(": {}", line.label));
    leaf_.shapes += fmt::format(
        "<p:cxnSp><p:nvCxnSpPr><p:cNvPr id=\"{}\" name=\"{} - {}\" descr=\"{}\"/><p:cNvCxnSpPr><a:stCxn id=\"{}\" "
        "idx=\"{}\"/><a:endCxn id=\"{}\" idx=\"{}\"/></p:cNvCxnSpPr><p:nvPr/></p:nvCxnSpPr><p:spPr>{}"
        "<a:prstGeom prst=\"{}\"><a:avLst>{}</a:avLst></a:prstGeom><a:ln w=\"{}\">{}{}<a:round/>{}</a:ln></p:spPr></p:cxnSp>",
        ++leaf_.last_id, safe(trimmed_name(line.from)), safe(trimmed_name(line.to)), safe(words), from->second.id,
        static_cast<int>(start), to->second.id, static_cast<int>(end), xfrm(frame, "a", flags), geometry, adjust, emu(width),
        line.kind == Line::Kind::strong ? fill_of("tx2", 60) : fill_of("tx1", 40),
        line.kind == Line::Kind::dashed ? "<a:prstDash val=\"dash\"/>" : "<a:prstDash val=\"solid\"/>",
        !line.arrow ? ""
        : width > 3 ? "<a:tailEnd type=\"triangle\" w=\"sm\" len=\"sm\"/>"
                    : "<a:tailEnd type=\"triangle\"/>");
  }

  const Picture& picture_;
  const Page& page_;
  const Frame& area_;
  Leaf& leaf_;
  std::map<std::string, const Box*> boxes_;
  std::map<std::string, Main> main_;
  std::map<std::string, bool> used_;
  std::vector<std::string> cut_;
};

}  // namespace

void add_picture(const Picture& given, const Slide& slide, const Base& base, std::vector<Leaf>& leaves) {
  Picture picture = given;
  if (!slide.title.empty() && !picture.title.empty() && picture.title != slide.title)
    picture.notes.insert(picture.notes.begin(), picture.title);
  const std::size_t first = leaves.size() + 1;
  const std::vector<PicturePart> parts = parts_of(picture, base.area.w, base.area.h, first);
  for (const PicturePart& part : parts) {
    Leaf leaf;
    leaf.title = slide.title.empty() ? picture.title : slide.title;
    if (parts.size() > 1)
      leaf.notes.push_back(
          fmt::format("The picture has no room on one slide: it goes over slides {} to {}.", first, first + parts.size() - 1));
    const Page page = laid_out(part.picture, slide_ground(base.area.w, base.area.h));
    PictureDrawer(part.picture, page, base.area, leaf).run();
    leaf.notes.insert(leaf.notes.end(), part.notes.begin(), part.notes.end());
    leaves.push_back(std::move(leaf));
  }
}

}  // namespace lacuna::pptx
