// Our own presentation without slides: a master, four layouts and a notes master. It goes through the same reading as a user's
// template.
#include <fmt/format.h>

#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

constexpr std::string_view presentation_types = "application/vnd.openxmlformats-officedocument.presentationml.";
constexpr std::string_view theme_type = "application/vnd.openxmlformats-officedocument.theme+xml";

/// A placeholder on a master or a layout; without a frame it stands where the master's stands.
std::string holder(int id, std::string_view name, std::string_view ph, const Frame* frame, std::string_view body,
                   std::string_view style, std::string_view text) {
  return fmt::format(
      "<p:sp><p:nvSpPr><p:cNvPr id=\"{}\" name=\"{}\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph "
      "{}/></p:nvPr></p:nvSpPr>{}<p:txBody>{}{}{}</p:txBody></p:sp>",
      id, name, ph,
      frame != nullptr ? fmt::format("<p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>", xfrm(*frame))
                       : "<p:spPr/>",
      body.empty() ? "<a:bodyPr/>" : body, style.empty() ? "<a:lstStyle/>" : fmt::format("<a:lstStyle>{}</a:lstStyle>", style),
      text);
}

constexpr std::string_view title_text = "<a:p><a:r><a:rPr lang=\"en-GB\"/><a:t>Title</a:t></a:r></a:p>";
constexpr std::string_view body_text =
    "<a:p><a:pPr lvl=\"0\"/><a:r><a:rPr lang=\"en-GB\"/><a:t>Text</a:t></a:r></a:p><a:p><a:pPr lvl=\"1\"/><a:r><a:rPr "
    "lang=\"en-GB\"/><a:t>What it rests on</a:t></a:r></a:p>";
constexpr std::string_view no_text = "<a:p><a:endParaRPr lang=\"en-GB\"/></a:p>";
constexpr std::string_view number_text =
    "<a:p><a:fld id=\"{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}\" type=\"slidenum\"><a:rPr "
    "lang=\"en-GB\"/><a:t>‹#›</a:t></a:fld><a:endParaRPr lang=\"en-GB\"/></a:p>";
constexpr std::string_view small_body =
    "<a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\" anchor=\"ctr\"/>";

std::string small_style(std::string_view align) {
  return fmt::format(
      "<a:lvl1pPr algn=\"{}\"><a:defRPr sz=\"1000\"><a:solidFill><a:srgbClr "
      "val=\"595959\"/></a:solidFill></a:defRPr></a:lvl1pPr>",
      align);
}

/// Footer, date and number. Layouts say again what the master says: LibreOffice does not look there.
std::string lower_edge(bool master) {
  static constexpr Frame footer{36, 506, 620, 22};
  static constexpr Frame date{664, 506, 150, 22};
  static constexpr Frame number{824, 506, 100, 22};
  const auto one = [&](int id, std::string_view name, std::string_view ph, const Frame& frame, std::string_view align,
                       std::string_view text) { return holder(id, name, ph, &frame, small_body, small_style(align), text); };
  return one(4, "Footer", master ? "type=\"ftr\" sz=\"quarter\" idx=\"3\"" : "type=\"ftr\" sz=\"quarter\" idx=\"11\"", footer,
             "l", no_text) +
         one(5, "Date", master ? "type=\"dt\" sz=\"half\" idx=\"2\"" : "type=\"dt\" sz=\"half\" idx=\"10\"", date, "r", no_text) +
         one(6, "Slide number", master ? "type=\"sldNum\" sz=\"quarter\" idx=\"4\"" : "type=\"sldNum\" sz=\"quarter\" idx=\"12\"",
             number, "r", number_text);
}

/// A level of text of a list style.
std::string level(int n, int left, int indent, int size, std::string_view more, std::string_view colour, int before) {
  return fmt::format(
      "<a:lvl{0}pPr marL=\"{1}\" indent=\"{2}\" algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" latinLnBrk=\"0\" "
      "hangingPunct=\"1\"><a:lnSpc><a:spcPct val=\"95000\"/></a:lnSpc>"
      "<a:spcBef><a:spcPts val=\"{6}\"/></a:spcBef>{4}<a:defRPr sz=\"{3}\" kern=\"1200\"><a:solidFill>{5}</a:solidFill><a:latin "
      "typeface=\"+mn-lt\"/><a:ea typeface=\"+mn-ea\"/>"
      "<a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl{0}pPr>",
      n, left, indent, size, more, colour, before);
}

std::string master_xml() {
  static constexpr Frame title{36, 18, 888, 64};
  static constexpr Frame body{36, 92, 888, 404};
  constexpr std::string_view dark = "<a:schemeClr val=\"tx1\"/>";
  constexpr std::string_view grey = "<a:srgbClr val=\"404040\"/>";
  constexpr std::string_view bullet =
      "<a:buClr><a:schemeClr val=\"accent1\"/></a:buClr><a:buFont typeface=\"Arial\"/><a:buChar char=\"•\"/>";
  std::string out(declaration);
  out +=
      fmt::format("<p:sldMaster {}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{}",
                  namespaces, empty_group);
  out += fmt::format(
      "<p:sp><p:nvSpPr><p:cNvPr id=\"7\" name=\"Edge\"/><p:cNvSpPr/><p:nvPr userDrawn=\"1\"/></p:nvSpPr><p:spPr>{}<a:prstGeom "
      "prst=\"rect\"><a:avLst/></a:prstGeom>"
      "<a:solidFill><a:schemeClr "
      "val=\"accent1\"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/>{}</p:txBody></p:sp>",
      xfrm({0, 0, 960, 8}), no_text);
  out += holder(2, "Title", "type=\"title\"", &title,
                "<a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\" "
                "anchor=\"ctr\"><a:normAutofit/></a:bodyPr>",
                "", title_text);
  out += holder(3, "Text", "type=\"body\" idx=\"1\"", &body,
                "<a:bodyPr vert=\"horz\" lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" rtlCol=\"0\"><a:normAutofit/></a:bodyPr>",
                "", body_text);
  out += lower_edge(true);
  out +=
      "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" "
      "accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" "
      "accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:sldLayoutIdLst>";
  for (int i = 1; i <= 4; ++i) out += fmt::format("<p:sldLayoutId id=\"{}\" r:id=\"rId{}\"/>", 2147483648L + i, i);
  out +=
      "</p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\" defTabSz=\"914400\" rtl=\"0\" eaLnBrk=\"1\" "
      "latinLnBrk=\"0\" hangingPunct=\"1\"><a:lnSpc><a:spcPct val=\"90000\"/></a:lnSpc>"
      "<a:spcBef><a:spcPct val=\"0\"/></a:spcBef><a:buNone/><a:defRPr sz=\"2800\" b=\"1\" "
      "kern=\"1200\"><a:solidFill><a:schemeClr val=\"tx2\"/></a:solidFill><a:latin typeface=\"+mj-lt\"/>"
      "<a:ea typeface=\"+mj-ea\"/><a:cs typeface=\"+mj-cs\"/></a:defRPr></a:lvl1pPr></p:titleStyle><p:bodyStyle>";
  out += level(1, 228600, -228600, 2000, bullet, dark, 900) + level(2, 228600, 0, 1600, "<a:buNone/>", grey, 200) +
         level(3, 457200, -228600, 1600, bullet, dark, 300);
  out += "</p:bodyStyle><p:otherStyle>" + level(1, 0, 0, 1800, "", dark, 0) + "</p:otherStyle></p:txStyles></p:sldMaster>";
  return out;
}

std::string layout_xml(std::string_view type, std::string_view name, const std::string& holders) {
  return fmt::format(
      "{}<p:sldLayout {} type=\"{}\" preserve=\"1\"><p:cSld "
      "name=\"{}\"><p:spTree>{}{}{}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>",
      declaration, namespaces, type, name, empty_group, holders, lower_edge(false));
}

std::string opening_holders() {
  static constexpr Frame title{72, 130, 816, 130};
  static constexpr Frame subtitle{72, 276, 816, 130};
  return holder(2, "Title", "type=\"ctrTitle\"", &title, "<a:bodyPr anchor=\"b\"><a:normAutofit/></a:bodyPr>",
                "<a:lvl1pPr algn=\"l\"><a:defRPr sz=\"4000\"/></a:lvl1pPr>", title_text) +
         holder(3, "Subtitle", "type=\"subTitle\" idx=\"1\"", &subtitle, "<a:bodyPr><a:normAutofit/></a:bodyPr>",
                "<a:lvl1pPr marL=\"0\" indent=\"0\" algn=\"l\"><a:buNone/><a:defRPr sz=\"2000\"/></a:lvl1pPr>", title_text);
}

}  // namespace

std::string notes_master_xml() {
  static constexpr Frame image{78, 54, 384, 216};
  static constexpr Frame text{54, 290, 432, 382};
  std::string out(declaration);
  out +=
      fmt::format("<p:notesMaster {}><p:cSld><p:bg><p:bgRef idx=\"1001\"><a:schemeClr val=\"bg1\"/></p:bgRef></p:bg><p:spTree>{}",
                  namespaces, empty_group);
  out += fmt::format(
      "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide image\"/><p:cNvSpPr><a:spLocks noGrp=\"1\" noRot=\"1\" "
      "noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr>"
      "<p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/><a:ln w=\"12700\"><a:solidFill><a:prstClr "
      "val=\"black\"/></a:solidFill></a:ln></p:spPr></p:sp>",
      xfrm(image));
  out += holder(3, "Notes", "type=\"body\" sz=\"quarter\" idx=\"3\"", &text, "<a:bodyPr vert=\"horz\" rtlCol=\"0\"/>", "",
                "<a:p><a:pPr lvl=\"0\"/><a:r><a:rPr lang=\"en-GB\"/><a:t>Notes</a:t></a:r></a:p>");
  out +=
      "</p:spTree></p:cSld><p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\" accent2=\"accent2\" "
      "accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\" "
      "accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/><p:notesStyle>" +
      level(1, 0, 0, 1200, "", "<a:schemeClr val=\"tx1\"/>", 300) + "</p:notesStyle></p:notesMaster>";
  return out;
}

Package house() {
  Package package;
  const auto part = [&](const std::string& name, std::string_view type, std::string bytes) {
    put_part(package, name, std::string(type), std::move(bytes));
  };
  const auto type = [](std::string_view kind) { return fmt::format("{}{}+xml", presentation_types, kind); };
  const std::string main = "ppt/presentation.xml";
  const std::string master = "ppt/slideMasters/slideMaster1.xml";
  add_relationship(package, "", office_relationship("officeDocument"), main);
  const std::string master_id = add_relationship(package, main, office_relationship("slideMaster"), master);
  part(main, type("presentation.main"),
       fmt::format("{}<p:presentation {}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" "
                   "r:id=\"{}\"/></p:sldMasterIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/>"
                   "<p:notesSz cx=\"6858000\" cy=\"9144000\"/><p:defaultTextStyle>{}</p:defaultTextStyle></p:presentation>",
                   declaration, namespaces, master_id, level(1, 0, 0, 1800, "", "<a:schemeClr val=\"tx1\"/>", 0)));
  part("ppt/presProps.xml", type("presProps"), fmt::format("{}<p:presentationPr {}/>", declaration, namespaces));
  part("ppt/viewProps.xml", type("viewProps"), fmt::format("{}<p:viewPr {}/>", declaration, namespaces));
  part("ppt/tableStyles.xml", type("tableStyles"), table_styles_xml());
  part("ppt/theme/theme1.xml", theme_type, theme_xml());
  for (const std::string_view kind : {"presProps", "viewProps", "tableStyles"})
    add_relationship(package, main, office_relationship(kind), fmt::format("ppt/{}.xml", kind));
  add_relationship(package, main, office_relationship("theme"), "ppt/theme/theme1.xml");
  part(master, type("slideMaster"), master_xml());
  static constexpr Frame low_title{36, 14, 888, 44};
  const std::string bare_title = holder(2, "Title", "type=\"title\"", nullptr, "", "", title_text);
  const std::string layouts[] = {
      layout_xml("title", "Title", opening_holders()),
      layout_xml("obj", "Title and text", bare_title + holder(3, "Text", "idx=\"1\"", nullptr, "", "", body_text)),
      layout_xml("titleOnly", "Title and drawing", holder(2, "Title", "type=\"title\"", &low_title, "", "", title_text)),
      layout_xml("blank", "Blank", "")};
  for (std::size_t i = 0; i < std::size(layouts); ++i) {
    const std::string name = fmt::format("ppt/slideLayouts/slideLayout{}.xml", i + 1);
    part(name, type("slideLayout"), layouts[i]);
    add_relationship(package, master, office_relationship("slideLayout"), name);
    add_relationship(package, name, office_relationship("slideMaster"), master);
  }
  add_relationship(package, master, office_relationship("theme"), "ppt/theme/theme1.xml");
  return package;
}

}  // namespace lacuna::pptx
