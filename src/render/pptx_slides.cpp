// One slide and its notes as PresentationML: ECMA-376 part 1, 19.3.1. Titles and texts stand in the layout's placeholders, so
// that outlines and screen readers find them.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

std::string ph_of(const Holder& holder) {
  std::string out = "<p:ph";
  if (!holder.type.empty()) out += fmt::format(" type=\"{}\"", safe(holder.type));
  if (!holder.idx.empty()) out += fmt::format(" idx=\"{}\"", safe(holder.idx));
  return out + "/>";
}

std::string placeholder(int id, std::string_view name, const Holder& holder, const std::string& paragraphs) {
  return fmt::format(
      "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr><a:spLocks "
      "noGrp=\"1\"/></p:cNvSpPr><p:nvPr>{}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr><a:normAutofit/></a:bodyPr>"
      "<a:lstStyle/>{}</p:txBody></p:sp>",
      id, name, ph_of(holder), paragraphs);
}

std::string text_box(int id, std::string_view name, const Frame& frame, std::string_view anchor, const std::string& paragraphs) {
  return fmt::format(
      "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom "
      "prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody>"
      "<a:bodyPr wrap=\"square\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\" "
      "anchor=\"{}\"><a:noAutofit/></a:bodyPr><a:lstStyle/>{}</p:txBody></p:sp>",
      id, name, xfrm(frame), anchor, paragraphs);
}

/// A text for a placeholder of one paragraph: in the template's size where it fits, else smaller, down to 16 points, else
/// shortened.
std::string fitted(const std::string& whole, const std::string& behind, const Holder& holder, double widen) {
  constexpr double least = 16;
  const double width = std::max(40.0, holder.frame.w - 14.4);
  // Titles are bold more often than not.
  const double wider = widen * 1.06;
  const auto room = [&](double size) {
    return std::max<std::size_t>(1, static_cast<std::size_t>((holder.frame.h + 0.15 * size) / (size * 1.13)));
  };
  // More than has room in the smallest font is not looked at: a long title stands on many slides.
  const std::string text(fitting(whole, width, std::min(least, holder.size), wider, room(std::min(least, holder.size)) + 1));
  const auto fits = [&](const std::string& shown, double size) {
    return lines_in(shown + behind, width, size, wider, room(size)) <= room(size);
  };
  double size = holder.size;
  while (size > least && !fits(text, size)) size = std::max(least, size - 2);
  std::string shown = text;
  if (!fits(text, size)) {
    std::size_t length = length_of(text);
    while (length > 8 && !fits(shortened(text, length), size)) length -= std::max<std::size_t>(1, length / 20);
    shown = shortened(text, length);
    if (!shown.ends_with("…")) shown += "…";
  }
  return paragraph(shown + behind, {size < holder.size || !holder.told ? size : 0});
}

/// Sizes of the texts of a body: the template's, unless nobody could read them or they leave no room.
std::string points_xml(const Leaf& leaf, const Holder& holder) {
  std::string out;
  for (const Leaf::Point& point : leaf.points) {
    const double own = point.more ? holder.more_size : holder.size;
    const double size = std::clamp(own, 16.0, point.more ? 18.0 : 24.0);
    out += paragraph(point.text, {size != own || !holder.told ? size : 0}, "", point.more ? 1 : 0);
  }
  return out;
}

/// A title that has no placeholder in the layout, and texts that have none, are boxes of text.
Holder free_holder(const Frame& frame, double size) { return {"", "", frame, size, 16, false}; }

}  // namespace

std::string slide_xml(const Leaf& leaf, const Base& base) {
  const std::string& footer = leaf.footer;
  const Layout& layout = leaf.kind == Leaf::Kind::opening   ? base.opening
                         : leaf.kind == Leaf::Kind::content ? base.content
                                                            : base.bare;
  std::string out(declaration);
  out += fmt::format("<p:sld {}><p:cSld><p:spTree>{}", namespaces, empty_group);
  const std::string behind = leaf.says.empty() ? "" : " " + leaf.says;
  if (layout.title) {
    out += placeholder(2, "Title", *layout.title, fitted(leaf.title, behind, *layout.title, base.widen));
  } else {
    const Holder title = free_holder({base.area.x, 8, base.area.w, std::max(24.0, base.area.y - 12)}, 24);
    out += text_box(2, "Title", title.frame, "ctr", fitted(leaf.title, behind, title, base.widen));
  }
  if (leaf.kind == Leaf::Kind::opening && !leaf.subtitle.empty()) {
    const std::optional<Holder>& holder = layout.subtitle ? layout.subtitle : layout.body;
    if (holder)
      out += placeholder(3, "Subtitle", *holder, fitted(leaf.subtitle, "", *holder, base.widen));
    else
      out += text_box(3, "Subtitle", base.area, "t", fitted(leaf.subtitle, "", free_holder(base.area, 20), base.widen));
  }
  if (!leaf.points.empty()) {
    if (layout.body && leaf.kind == Leaf::Kind::content)
      out += placeholder(3, "Text", *layout.body, points_xml(leaf, *layout.body));
    else
      out += text_box(3, "Text", base.area, "t", points_xml(leaf, free_holder(base.area, 20)));
  }
  out += leaf.shapes;
  if (!footer.empty()) {
    const double width = layout.footer ? layout.footer->frame.w : base.area.w * 0.8;
    const double size = layout.footer ? std::clamp(layout.footer->size, 8.0, 12.0) : 10;
    const std::string shown(
        fitting(harmless(footer), width - 14.4, size, base.widen, layout.footer && layout.footer->frame.h > 2.4 * size ? 2 : 1));
    const std::string text =
        shown.size() < harmless(footer).size() ? shortened(shown, length_of(shown) > 2 ? length_of(shown) - 1 : 1) + "…" : shown;
    // Without a size of its own, LibreOffice sets a footer in a font of its choice.
    if (layout.footer)
      out += placeholder(4, "Footer", *layout.footer, paragraph(text, {size}));
    else
      out += text_box(4, "Footer", {base.area.x, base.height - 22, width, 14}, "ctr", paragraph(text, {10}));
  }
  if (layout.number) {
    out += placeholder(5, "Slide number", *layout.number,
                       "<a:p><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\"><a:rPr "
                       "lang=\"en-GB\"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang=\"en-GB\"/></a:p>");
  }
  return out + "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>";
}

std::string notes_xml(const Leaf& leaf) {
  std::string out(declaration);
  out += fmt::format(
      "<p:notes {}><p:cSld><p:spTree>{}<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide image\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" "
      "noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>"
      "<p:ph type=\"sldImg\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" "
      "name=\"Notes\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" idx=\"1\"/>"
      "</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>",
      namespaces, empty_group);
  for (const std::string& note : leaf.notes) out += paragraph(note);
  return out + "</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>";
}

}  // namespace lacuna::pptx
