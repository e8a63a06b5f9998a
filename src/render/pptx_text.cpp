// Text and the smallest pieces of DrawingML.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "render/measure.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {

const std::string_view namespaces =
    "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
    "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
    "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

const std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const std::string_view empty_group =
    "<p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm><a:off x=\"0\" "
    "y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>"
    "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>";

std::string safe(std::string_view text) { return xml::escaped(text); }

long emu(double points) { return std::lround(points * 12700); }

std::string xfrm(const Frame& f, std::string_view prefix, std::string_view flags) {
  return fmt::format("<{0}:xfrm{1}{2}><a:off x=\"{3}\" y=\"{4}\"/><a:ext cx=\"{5}\" cy=\"{6}\"/></{0}:xfrm>", prefix,
                     flags.empty() ? "" : " ", flags, emu(f.x), emu(f.y), std::max(0L, emu(f.w)), std::max(0L, emu(f.h)));
}

std::string fill_of(std::string_view colour, int alpha) {
  if (colour.empty()) return "<a:noFill/>";
  const bool own = colour.starts_with('#');
  const std::string_view kind = own ? "srgbClr" : "schemeClr";
  const std::string_view value = own ? colour.substr(1, 6) : colour;
  if (alpha >= 100) return fmt::format("<a:solidFill><a:{} val=\"{}\"/></a:solidFill>", kind, value);
  return fmt::format("<a:solidFill><a:{0} val=\"{1}\"><a:alpha val=\"{2}000\"/></a:{0}></a:solidFill>", kind, value, alpha);
}

namespace {

std::string_view language_of(Script script) {
  switch (script) {
    case Script::right_to_left: return "ar-SA";
    case Script::chinese: return "zh-CN";
    case Script::japanese: return "ja-JP";
    case Script::korean: return "ko-KR";
    case Script::latin: break;
  }
  return "en-GB";
}

}  // namespace

std::string paragraph(std::string_view text, const Face& face, std::string_view align, int level) {
  const Script script = script_of(text);
  const bool rtl = script == Script::right_to_left;
  // Sides are those of the page: what begins at the left in Latin begins at the right in Arabic.
  if (rtl && align != "ctr") align = align == "r" ? "l" : "r";
  std::string about;
  if (level > 0) about += fmt::format(" lvl=\"{}\"", level);
  if (!align.empty()) about += fmt::format(" algn=\"{}\"", align);
  if (rtl) about += " rtl=\"1\"";
  std::string look = fmt::format(" lang=\"{}\"", language_of(script));
  if (script != Script::latin) look += " altLang=\"en-GB\"";
  if (face.size > 0) look += fmt::format(" sz=\"{}\"", std::lround(face.size * 100));
  if (face.bold) look += " b=\"1\"";
  std::string inside;
  if (!face.colour.empty()) inside += fill_of(face.colour);
  if (script == Script::chinese || script == Script::japanese || script == Script::korean)
    inside += "<a:ea typeface=\"+mn-ea\"/>";
  if (rtl) inside += "<a:cs typeface=\"+mn-cs\"/>";
  const std::string pPr = about.empty() ? "" : fmt::format("<a:pPr{}/>", about);
  if (text.empty()) return fmt::format("<a:p>{}<a:endParaRPr{}>{}</a:endParaRPr></a:p>", pPr, look, inside);
  return fmt::format("<a:p>{}<a:r><a:rPr{} dirty=\"0\">{}</a:rPr><a:t>{}</a:t></a:r></a:p>", pPr, look, inside, safe(text));
}

std::size_t lines_in(std::string_view text, double width, double size, double widen, std::size_t most) {
  return line_starts(text, width / (size * widen), most + 1).size();
}

std::string_view fitting(std::string_view text, double width, double size, double widen, std::size_t lines) {
  const auto starts = line_starts(text, width / (size * widen), lines + 1);
  if (starts.size() <= lines) return text;
  std::string_view part = text.substr(0, starts[lines]);
  while (part.ends_with(' ')) part.remove_suffix(1);
  return part;
}

}  // namespace lacuna::pptx
