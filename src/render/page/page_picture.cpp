// The relationship picture of a page: our own layout as SVG whose boxes lead to what they show.
#include <fmt/format.h>

#include <cmath>

#include "render/layout.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

/// Points with two decimals at most; never "-0".
std::string points(double value) {
  const double rounded = std::round(value * 100) / 100;
  return fmt::format("{}", rounded == 0 ? 0.0 : rounded);
}

class SvgWriter {
 public:
  SvgWriter(const Graph& graph, const Page& page) : graph_(graph), page_(page) {}

  std::string write(std::string_view title, std::string_view description) {
    out_ = fmt::format(
        "<svg id=\"picture\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" "
        "role=\"group\" "
        "aria-labelledby=\"picture-title picture-about\" font-family=\"DejaVu Sans,Verdana,sans-serif\">\n<title "
        "id=\"picture-title\">{2}</title>\n<desc id=\"picture-about\">{3}</desc>\n<rect width=\"{0}\" height=\"{1}\" "
        "fill=\"#ffffff\"/>\n",
        points(page_.width), points(page_.height), html_text(title), html_text(description));
    out_ += "<g fill=\"none\">\n";
    for (const Curve& curve : page_.curves) line(curve);
    out_ += "</g>\n";
    for (const Shape& shape : page_.shapes) box(shape);
    return out_ + "</svg>\n";
  }

 private:
  [[nodiscard]] double down(double y) const { return page_.height - y; }

  void line(const Curve& curve) {
    constexpr double head = 7;
    const double x0 = curve.arrow == Curve::Arrow::at_start ? curve.x0 + head : curve.x0;
    const double x1 = curve.arrow == Curve::Arrow::at_end ? curve.x1 - head : curve.x1;
    const double bend = (x1 - x0) / 2;
    const std::string colour = curve.kind == Line::Kind::strong ? "#2b5c8a" : "#777777";
    out_ += fmt::format(
        "<path class=\"line\" data-from=\"{}\" data-to=\"{}\" d=\"M{} {}C{} {} {} {} {} {}\" stroke=\"{}\" "
        "stroke-opacity=\"0.53\" stroke-width=\"{}\"{}/>\n",
        html_text(curve.from), html_text(curve.to), points(x0), points(down(curve.y0)), points(x0 + bend), points(down(curve.y0)),
        points(x1 - bend), points(down(curve.y1)), points(x1), points(down(curve.y1)), colour, points(curve.width),
        curve.kind == Line::Kind::dashed ? " stroke-dasharray=\"5 3\"" : "");
    const auto arrow = [&](double tip, double y, double back) {
      out_ += fmt::format("<path d=\"M{} {}l{} -3v6z\" fill=\"{}\"/>\n", points(tip), points(y), points(back), colour);
    };
    if (curve.arrow == Curve::Arrow::at_end) arrow(curve.x1, down(curve.y1), -head);
    if (curve.arrow == Curve::Arrow::at_start) arrow(curve.x0, down(curve.y0), head);
  }

  void box(const Shape& shape) {
    std::string link;
    const std::vector<NodeId> named = shape.of.empty() ? std::vector<NodeId>{} : graph_.named(shape.of);
    if (named.size() == 1) {
      const Node& node = graph_.node(named.front());
      if (const std::string_view kind = place_kind(node.kind); !kind.empty()) link = place_link(kind, node.id);
      out_ +=
          fmt::format("<g data-id=\"{}\"><title>{} – {}</title>", html_text(node.id), html_text(node.id), html_text(node.title));
    } else {
      out_ += "<g>";
    }
    if (!link.empty()) out_ += fmt::format("<a href=\"{}\">", link);
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
    text(shape);
    out_ += link.empty() ? "</g>\n" : "</a></g>\n";
  }

  void text(const Shape& shape) {
    if (shape.lines.empty()) return;
    const bool left = shape.align == Shape::Align::left;
    const double x = left ? shape.x - shape.w / 2 + 0.04 * 72 : shape.x;
    const double step = shape.font * 1.2;
    // Baselines so that the block of lines stands in the middle.
    double y = down(shape.y) - step * static_cast<double>(shape.lines.size()) / 2 + shape.font * 0.95;
    out_ += fmt::format("<text font-size=\"{}\" fill=\"{}\"{}>", points(shape.font),
                        shape.colours.text.empty() ? "#000000" : shape.colours.text, left ? "" : " text-anchor=\"middle\"");
    for (const std::string& line : shape.lines) {
      out_ += fmt::format("<tspan x=\"{}\" y=\"{}\">{}</tspan>", points(x), points(y), html_text(line));
      y += step;
    }
    out_ += "</text>";
  }

  const Graph& graph_;
  const Page& page_;
  std::string out_;
};

}  // namespace

std::string picture_view(const PageContext& context) {
  const MapPage& page = context.page;
  if (!page.picture) return {};
  const Page laid = laid_out(*page.picture);
  std::string out =
      "<section id=\"view=picture\" class=\"made\" aria-labelledby=\"h-picture\">\n<h2 id=\"h-picture\" "
      "tabindex=\"-1\">Picture</h2>\n<p "
      "class=\"own\">As the page was made. Boxes lead to what they show.</p>\n<div class=\"wide picture\" role=\"region\" "
      "tabindex=\"0\" "
      "aria-label=\"Picture of groups, objectives and topics\">\n";
  out += SvgWriter(context.graph(), laid)
             .write(page.picture->title,
                    "Groups, objectives and topics as boxes, with lines for who works on what. The matrix and the "
                    "tables of groups and needs say the same in words.");
  return out + "</div>\n</section>\n";
}

}  // namespace lacuna
