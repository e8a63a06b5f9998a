// SVG is written by our own writer. For other formats Graphviz draws what layout.cpp has placed: nodes with fixed positions,
// edges with fixed curves (engine nop2).
#include <fmt/format.h>
#include <graphviz/gvc.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <optional>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/error.hpp"
#include "lacuna/render.hpp"
#include "render/layout.hpp"
#include "render/svg.hpp"

namespace lacuna {

std::span<const PictureFormat> picture_formats() {
  static constexpr PictureFormat list[] = {
      {"svg", "for slides and browsers"},  {"pdf", "for printing", true},
      {"png", "1920 pixels wide", true},   {"pptx", "slides of shapes and connectors that can be moved", true, true},
      {"dot", "for other Graphviz tools"},
  };
  return list;
}

namespace {

constexpr const char* font_family = "DejaVu Sans,Verdana,sans-serif";

/// What Graphviz complained about last.
std::string& last_complaint() {
  static std::string text;
  return text;
}
int note_complaint(char* text) {
  last_complaint() += text;
  return 0;
}

/// One for the whole process, never freed: the Pango plugin of Graphviz 2.42 keeps pointers into it between drawings.
GVC_t* drawing_context() {
  static GVC_t* const context = gvContext();
  return context;
}

struct CloseGraph {
  GVC_t* context;
  void operator()(Agraph_t* graph) const {
    gvFreeLayout(context, graph);
    agclose(graph);
  }
};

/// The calls below want `char*` and do not write to it.
char* c_string(const std::string& text) { return const_cast<char*>(text.c_str()); }

void set(void* object, const char* name, const std::string& value) {
  agsafeset(object, const_cast<char*>(name), c_string(value), const_cast<char*>(""));
}

/// Text as a label: Graphviz would take "\N" for the node's name and "&lt;" for "<"; both must show as they are.
std::string label_of(const Shape& shape) {
  std::string out;
  const std::string_view end = shape.align == Shape::Align::left ? "\\l" : "\\n";
  for (std::size_t i = 0; i < shape.lines.size(); ++i) {
    for (const char c : xml::clean(shape.lines[i])) {
      if (c == '\\') {
        out += "\\\\";
      } else if (c == '&') {
        out += "&amp;";
      } else {
        out += c;
      }
    }
    if (i + 1 < shape.lines.size() || shape.align == Shape::Align::left) out += end;
  }
  return out;
}

/// A shape's name for Graphviz: no two of different shapes are alike, also where they differ in what XML forbids alone.
std::string name_of_shape(const std::string& id) {
  const std::string clean = xml::clean(id);
  std::string name;
  for (const char c : clean) name += c == '&' ? std::string("&amp;") : std::string(1, c);
  return clean == id ? name : fmt::format("{} #{}", name, fingerprint(id));
}

/// Never "-0.00".
std::string number(double value) { return fmt::format("{:.2f}", std::abs(value) < 0.005 ? 0.0 : value); }

void add_shape(Agraph_t* graph, const Shape& shape) {
  Agnode_t* node = agnode(graph, c_string(name_of_shape(shape.id)), 1);
  set(node, "pos", number(shape.x) + "," + number(shape.y));
  set(node, "width", number(shape.w / 72));
  set(node, "height", number(shape.h / 72));
  set(node, "label", label_of(shape));
  set(node, "fontsize", number(shape.font));
  set(node, "fontname", font_family);
  set(node, "fontcolor", shape.colours.text.empty() ? "#000000" : shape.colours.text);
  std::vector<std::string> style;
  if (!shape.colours.fill.empty()) style.emplace_back("filled");
  if (shape.rounded) style.emplace_back("rounded");
  if (shape.border == Shape::Border::dashed) style.emplace_back("dashed");
  set(node, "style", join(style, ","));
  set(node, "fillcolor", shape.colours.fill.empty() ? "transparent" : shape.colours.fill);
  const bool bordered = shape.border != Shape::Border::none && !shape.colours.border.empty();
  set(node, "color", bordered ? shape.colours.border : shape.colours.fill.empty() ? "transparent" : shape.colours.fill);
  set(node, "penwidth", !bordered ? "0" : shape.border == Shape::Border::heavy ? "2" : "0.8");
}

void add_curve(Agraph_t* graph, const Curve& curve) {
  Agnode_t* from = agnode(graph, c_string(name_of_shape(curve.from)), 1);
  Agnode_t* to = agnode(graph, c_string(name_of_shape(curve.to)), 1);
  Agedge_t* edge = agedge(graph, from, to, nullptr, 1);
  // The line ends short of an arrow's head; "e,x,y" and "s,x,y" say where the head's point is.
  constexpr double head = 7;
  const double x0 = curve.arrow == Curve::Arrow::at_start ? curve.x0 + head : curve.x0;
  const double x1 = curve.arrow == Curve::Arrow::at_end ? curve.x1 - head : curve.x1;
  std::string pos;
  if (curve.arrow == Curve::Arrow::at_end) pos += fmt::format("e,{:.2f},{:.2f} ", curve.x1, curve.y1);
  if (curve.arrow == Curve::Arrow::at_start) pos += fmt::format("s,{:.2f},{:.2f} ", curve.x0, curve.y0);
  const double bend = (x1 - x0) / 2;
  pos += fmt::format("{:.2f},{:.2f} {:.2f},{:.2f} {:.2f},{:.2f} {:.2f},{:.2f}", x0, curve.y0, x0 + bend, curve.y0, x1 - bend,
                     curve.y1, x1, curve.y1);
  set(edge, "pos", pos);
  if (curve.arrow != Curve::Arrow::none) set(edge, "dir", curve.arrow == Curve::Arrow::at_end ? "forward" : "back");
  set(edge, "arrowsize", "0.6");
  set(edge, "penwidth", number(curve.width));
  set(edge, "color", curve.kind == Line::Kind::strong ? "#2b5c8a88" : "#77777788");
  set(edge, "style", curve.kind == Line::Kind::dashed ? "dashed" : "solid");
}

/// Cairo writes the time zone into PDF files, in more or fewer characters: while this lives, it is UTC.
class WorldTime {
 public:
  WorldTime() {
    if (const char* zone = std::getenv("TZ")) before_ = zone;
    turn_to("UTC0");
  }
  WorldTime(const WorldTime&) = delete;
  WorldTime& operator=(const WorldTime&) = delete;
  ~WorldTime() {
    if (before_)
      turn_to(before_->c_str());
    else
      ::unsetenv("TZ"), ::tzset();
  }

 private:
  static void turn_to(const char* zone) {
    ::setenv("TZ", zone, 1);
    ::tzset();
  }

  std::optional<std::string> before_;
};

}  // namespace

std::string render_picture(const Picture& picture, std::string_view format) {
  const auto known = std::ranges::find(picture_formats(), format, &PictureFormat::name);
  if (known == picture_formats().end()) {
    throw Error(ErrorCode::usage, "", fmt::format("no picture format is called \"{}\"; one of svg, pdf, png, pptx, dot", format));
  }
  if (format == "pptx") {
    Result result;
    result.title = picture.title;
    result.picture = picture;
    return render_pptx(deck_of(result), "");
  }
  if (format == "svg") return render_svg(picture);
  const Page page = laid_out(picture);
  agseterrf(note_complaint);
  last_complaint().clear();
  GVC_t* const context = drawing_context();
  const std::unique_ptr<Agraph_t, CloseGraph> graph(agopen(const_cast<char*>("lacuna"), Agstrictdirected, nullptr),
                                                    CloseGraph{context});
  Agraph_t* g = graph.get();
  set(g, "bb", fmt::format("0,0,{:.0f},{:.0f}", page.width, page.height));
  set(g, "outputorder", "edgesfirst");
  set(g, "pad", "0");
  set(g, "margin", "0");
  set(g, "bgcolor", "#ffffff");
  set(g, "charset", "UTF-8");
  set(g, "splines", "true");
  set(g, "notranslate", "true");
  if (format == "png") set(g, "dpi", "144");
  agattr(g, AGNODE, const_cast<char*>("shape"), const_cast<char*>("box"));
  agattr(g, AGNODE, const_cast<char*>("fixedsize"), const_cast<char*>("true"));
  agattr(g, AGNODE, const_cast<char*>("margin"), const_cast<char*>("0.04,0"));
  agattr(g, AGEDGE, const_cast<char*>("dir"), const_cast<char*>("none"));

  // Two shapes in the corners keep the page at its size whatever stands on it.
  Shape sheet;
  sheet.id = " page";
  sheet.x = page.width / 2;
  sheet.y = page.height / 2;
  sheet.w = page.width;
  sheet.h = page.height;
  add_shape(g, sheet);
  for (const Shape& shape : page.shapes) add_shape(g, shape);
  for (const Curve& curve : page.curves) add_curve(g, curve);

  const WorldTime utc;
  char* bytes = nullptr;
  unsigned int size = 0;
  const std::string renderer = format == "pdf" || format == "png" ? std::string(format) + ":cairo" : std::string(format);
  if (gvLayout(context, g, "nop2") != 0 || gvRenderData(context, g, renderer.c_str(), &bytes, &size) != 0 || bytes == nullptr) {
    throw Error(ErrorCode::internal, "",
                fmt::format("Graphviz could not draw {}: {}; is the package graphviz installed?", format,
                            last_complaint().empty() ? "no reason given" : last_complaint()));
  }
  std::string result(bytes, size);
  gvFreeRenderData(bytes);
  // Cairo 1.16 writes the time of day into PDF files; digits of the same number keep the file's table of offsets right.
  constexpr std::string_view created = "/CreationDate (D:";
  if (const auto at = result.find(created); format == "pdf" && at != std::string::npos)
    result.replace(at + created.size(), 14, "19700101000000");
  return result;
}

}  // namespace lacuna
