#include "render/svg.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/graph.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

/// Points with two decimals at most; never "-0".
std::string points(double value) {
  const double rounded = std::round(value * 100) / 100;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

class SvgWriter {
 public:
  SvgWriter(const Page& page, const std::function<SvgBox(const std::string&)>& box) : page_(page), box_(box) {}

  std::string write(std::string_view title, std::string_view about) {
    out_ = fmt::format(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}pt\" height=\"{1}pt\" role=\"group\" "
        "aria-labelledby=\"picture-title\"{2} font-family=\"DejaVu Sans,Verdana,sans-serif\">\n<title "
        "id=\"picture-title\">{3}</title>\n",
        points(page_.width), points(page_.height), about.empty() ? "" : " aria-describedby=\"picture-about\"",
        xml::escaped(title));
    if (!about.empty()) out_ += fmt::format("<desc id=\"picture-about\">{}</desc>\n", xml::escaped(about));
    out_ += fmt::format("<rect width=\"{}\" height=\"{}\" fill=\"#ffffff\"/>\n<g fill=\"none\">\n", points(page_.width),
                        points(page_.height));
    for (const Curve& curve : page_.curves) line(curve);
    out_ += "</g>\n";
    for (std::size_t i = 0; i < page_.shapes.size();) i = box(i);
    return out_ + "</svg>\n";
  }

 private:
  [[nodiscard]] double down(double y) const { return page_.height - y; }

  void fresh_line() {
    if (!out_.ends_with('\n')) out_ += '\n';
  }

  /// ` id="box=RC27"`, or nothing where that is an id already.
  std::string own_id(std::string id) {
    for (char& c : id) {
      if (c == ' ') c = '_';
    }
    return ids_.insert(id).second ? fmt::format(" id=\"{}\"", xml::escaped(id)) : std::string();
  }

  void line(const Curve& curve) {
    constexpr double head = 7;
    const double x0 = curve.arrow == Curve::Arrow::at_start ? curve.x0 + head : curve.x0;
    const double x1 = curve.arrow == Curve::Arrow::at_end ? curve.x1 - head : curve.x1;
    const double bend = (x1 - x0) / 2;
    const std::string_view colour = curve.kind == Line::Kind::strong ? "#2b5c8a" : "#777777";
    out_ += fmt::format(
        "<path{} data-from=\"{}\" data-to=\"{}\" d=\"M{} {}C{} {} {} {} {} {}\" stroke=\"{}\" stroke-opacity=\"0.53\" "
        "stroke-width=\"{}\"{}/>\n",
        own_id(fmt::format("line={}>{}", curve.from, curve.to)), xml::escaped(curve.from), xml::escaped(curve.to), points(x0),
        points(down(curve.y0)), points(x0 + bend), points(down(curve.y0)), points(x1 - bend), points(down(curve.y1)), points(x1),
        points(down(curve.y1)), colour, points(curve.width), curve.kind == Line::Kind::dashed ? " stroke-dasharray=\"5 3\"" : "");
    const auto arrow = [&](double tip, double y, double back) {
      out_ += fmt::format("<path d=\"M{} {}l{} -3v6z\" fill=\"{}\" fill-opacity=\"0.53\"/>\n", points(tip), points(y),
                          points(back), colour);
    };
    if (curve.arrow == Curve::Arrow::at_end) arrow(curve.x1, down(curve.y1), -head);
    if (curve.arrow == Curve::Arrow::at_start) arrow(curve.x0, down(curve.y0), head);
  }

  /// The shapes of one box, which stand beside each other; returns where the next begins.
  std::size_t box(std::size_t first) {
    const std::string& of = page_.shapes[first].of;
    std::size_t end = first + 1;
    while (!of.empty() && end < page_.shapes.size() && page_.shapes[end].of == of) ++end;
    const SvgBox what = of.empty() ? SvgBox{} : box_(of);
    if (!of.empty()) out_ += fmt::format("<g{} data-id=\"{}\">", own_id("box=" + of), xml::escaped(of));
    if (!what.title.empty()) out_ += fmt::format("<title>{}</title>", xml::escaped(what.title));
    if (!what.href.empty()) out_ += fmt::format("<a href=\"{}\">", xml::escaped(what.href));
    for (std::size_t i = first; i < end; ++i) shape(page_.shapes[i]);
    fresh_line();
    if (!what.href.empty()) out_ += "</a>";
    if (!of.empty()) out_ += "</g>";
    fresh_line();
    return end;
  }

  void shape(const Shape& shape) {
    const bool bordered = shape.border != Shape::Border::none && !shape.colours.border.empty();
    if (bordered || !shape.colours.fill.empty()) {
      out_ += fmt::format("<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"{} fill=\"{}\"", points(shape.x - shape.w / 2),
                          points(down(shape.y + shape.h / 2)), points(shape.w), points(shape.h), shape.rounded ? " rx=\"4\"" : "",
                          shape.colours.fill.empty() ? "none" : shape.colours.fill);
      if (bordered)
        out_ += fmt::format(" stroke=\"{}\" stroke-width=\"{}\"{}", shape.colours.border,
                            shape.border == Shape::Border::heavy ? "2" : "0.8",
                            shape.border == Shape::Border::dashed ? " stroke-dasharray=\"4 3\"" : "");
      out_ += "/>";
    }
    const bool left = shape.align == Shape::Align::left;
    const double x = left ? shape.x - shape.w / 2 + 0.04 * 72 : shape.x;
    const double step = shape.font * 1.2;
    // Baselines so that the block of lines stands in the middle.
    double y = down(shape.y) - step * static_cast<double>(shape.lines.size()) / 2 + shape.font * 0.95;
    for (const std::string& line : shape.lines) {
      fresh_line();
      out_ += fmt::format("<text x=\"{}\" y=\"{}\" font-size=\"{}\"{}{}>{}</text>", points(x), points(y), points(shape.font),
                          shape.colours.text.empty() ? "" : fmt::format(" fill=\"{}\"", shape.colours.text),
                          left ? "" : " text-anchor=\"middle\"", xml::escaped(line));
      y += step;
    }
  }

  const Page& page_;
  const std::function<SvgBox(const std::string&)>& box_;
  std::set<std::string> ids_;
  std::string out_;
};

}  // namespace

std::string svg_of(const Page& page, std::string_view title, std::string_view about,
                   const std::function<SvgBox(const std::string& id)>& box) {
  return SvgWriter(page, box).write(title, about);
}

std::string render_svg(const Picture& picture, const Graph* graph) {
  const auto box = [&](std::string_view id) -> SvgBox {
    if (graph == nullptr) return {};
    // Around a node, a neighbour may stand on both sides of it.
    for (const std::string_view side : {"from ", "to "}) {
      if (id.starts_with(side) && graph->named(id).empty()) id.remove_prefix(side.size());
    }
    const std::vector<NodeId> named = graph->named(id);
    if (named.size() != 1) return {};
    const Node& node = graph->node(named.front());
    const auto address = followable(node.address);
    return {node.title == node.id ? node.id : fmt::format("{} – {}", node.id, node.title), address ? *address : ""};
  };
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" +
         svg_of(laid_out(picture), picture.title, join(picture.notes, ". "), box);
}

}  // namespace lacuna
