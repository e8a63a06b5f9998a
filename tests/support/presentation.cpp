#include "support/presentation.hpp"

#include <fmt/format.h>
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "formats/xml.hpp"

namespace lacuna::test {
namespace {

/// Children in the order that ECMA-376 gives, for those elements in which PowerPoint minds it most.
const std::map<std::string, std::vector<std::string>>& orders() {
  static const std::map<std::string, std::vector<std::string>> list = {
      {"presentation",
       {"sldMasterIdLst", "notesMasterIdLst", "handoutMasterIdLst", "sldIdLst", "sldSz", "notesSz", "embeddedFontLst", "kinsoku",
        "defaultTextStyle"}},
      {"sp", {"nvSpPr", "spPr", "style", "txBody"}},
      {"cxnSp", {"nvCxnSpPr", "spPr", "style"}},
      {"grpSp", {"nvGrpSpPr", "grpSpPr", "sp", "cxnSp"}},
      {"graphicFrame", {"nvGraphicFramePr", "xfrm", "graphic"}},
      {"cNvCxnSpPr", {"cxnSpLocks", "stCxn", "endCxn"}},
      {"spPr", {"xfrm", "prstGeom", "noFill", "solidFill", "ln"}},
      {"grpSpPr", {"xfrm"}},
      {"xfrm", {"off", "ext", "chOff", "chExt"}},
      {"ln", {"noFill", "solidFill", "prstDash", "round", "headEnd", "tailEnd"}},
      {"txBody", {"bodyPr", "lstStyle", "p"}},
      {"p", {"pPr", "r", "fld", "endParaRPr"}},
      {"r", {"rPr", "t"}},
      {"rPr", {"ln", "solidFill", "latin", "ea", "cs", "sym", "hlinkClick"}},
      {"tbl", {"tblPr", "tblGrid", "tr"}},
      {"tc", {"txBody", "tcPr"}},
      {"tcPr", {"lnL", "lnR", "lnT", "lnB", "lnTlToBr", "lnBlToTr", "noFill", "solidFill"}},
      {"sldMaster", {"cSld", "clrMap", "sldLayoutIdLst", "hf", "txStyles"}},
      {"sldLayout", {"cSld", "clrMapOvr"}},
      {"sld", {"cSld", "clrMapOvr"}},
      {"notes", {"cSld", "clrMapOvr"}},
      {"cSld", {"bg", "spTree"}},
  };
  return list;
}

void check_order(const Element& element, const std::string& part, std::string& faults) {
  if (const auto order = orders().find(element.name); order != orders().end()) {
    std::size_t before = 0;
    for (const Element& child : element.children) {
      const auto at = std::ranges::find(order->second, child.name);
      if (at == order->second.end()) {
        faults += fmt::format("{}: {} in {}\n", part, child.name, element.name);
        continue;
      }
      const auto place = static_cast<std::size_t>(at - order->second.begin());
      if (place < before) faults += fmt::format("{}: {} too late in {}\n", part, child.name, element.name);
      before = place;
    }
  }
  for (const Element& child : element.children) check_order(child, part, faults);
}

long number(const std::string& text) { return text.empty() ? 0 : std::stol(text); }

void check_slide(const Presentation& file, const SlideFile& slide, std::string& faults) {
  std::map<std::string, const Element*> by_id;
  for (const Element* properties : slide.root.all("cNvPr")) {
    if (!by_id.emplace((*properties)["id"], properties).second)
      faults += fmt::format("{}: id {} twice\n", slide.part, (*properties)["id"]);
  }
  std::set<std::string> shapes;
  for (const Element* shape : slide.root.all("sp")) shapes.insert((*shape->all("cNvPr").front())["id"]);
  for (const char* end : {"stCxn", "endCxn"}) {
    for (const Element* connection : slide.root.all(end)) {
      if (!shapes.contains((*connection)["id"]))
        faults += fmt::format("{}: a connector ends at {}, which is no shape of the slide\n", slide.part, (*connection)["id"]);
      if (number((*connection)["idx"]) > 3)
        faults += fmt::format("{}: a rectangle has no site {}\n", slide.part, (*connection)["idx"]);
    }
  }
  for (const Element* place : slide.root.all("xfrm")) {
    long x = 0, y = 0, w = 0, h = 0;
    for (const Element& child : place->children) {
      if (child.name == "off") x = number(child["x"]), y = number(child["y"]);
      if (child.name == "ext") w = number(child["cx"]), h = number(child["cy"]);
    }
    constexpr long slack = 12700;
    if (x < -slack || y < -slack || x + w > file.width + slack || y + h > file.height + slack)
      faults += fmt::format("{}: {},{} {}x{} is off the slide\n", slide.part, x, y, w, h);
  }
  for (const Element* run : slide.root.all("rPr")) {
    if (const long size = number((*run)["sz"]); size > 0 && size < 900)
      faults += fmt::format("{}: text of {} hundredths of a point\n", slide.part, size);
  }
}

}  // namespace

std::vector<const Element*> Element::all(const std::string& wanted) const {
  std::vector<const Element*> list;
  for (const Element& child : children) {
    if (child.name == wanted) list.push_back(&child);
    for (const Element* below : child.all(wanted)) list.push_back(below);
  }
  return list;
}

std::vector<std::string> Element::paragraphs() const {
  std::vector<std::string> list;
  for (const Element* p : all("p")) {
    std::string text;
    for (const Element* t : p->all("t")) text += t->text;
    list.push_back(text);
  }
  return list;
}

std::string Element::operator[](const std::string& attribute) const {
  const auto found = attributes.find(attribute);
  return found == attributes.end() ? std::string() : found->second;
}

Element element_of(const std::string& bytes) {
  static constexpr const char* wanted[] = {"id",  "name", "descr",    "idx",  "type",  "x",     "y", "cx", "cy",  "sz",   "b",
                                           "rtl", "algn", "typeface", "prst", "flipH", "flipV", "w", "h",  "val", "lang", "lvl"};
  std::vector<Element> open(1);
  xml::read(bytes, "part",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               Element element;
               element.name = name;
               for (const char* a : wanted) {
                 if (attributes.has(a)) element.attributes[a] = attributes[a];
               }
               open.push_back(std::move(element));
             },
             [&](std::string_view, std::string& text) {
               Element element = std::move(open.back());
               open.pop_back();
               element.text = text;
               open.back().children.push_back(std::move(element));
             }});
  return std::move(open.front().children.front());
}

std::string SlideFile::title() const {
  for (const Element* shape : root.all("sp")) {
    if ((*shape->all("cNvPr").front())["id"] == "2") return shape->paragraphs().front();
  }
  return {};
}

Presentation checked(const std::string& bytes) {
  Presentation file;
  file.package = read_package(bytes, "out.pptx");
  const Package& package = file.package;
  std::string faults;
  const std::string main = find_relationship(package, "", "officeDocument")->target;
  for (const auto& [part, content] : package.parts) {
    if (content_type_of(package, part).empty()) faults += part + " has no content type\n";
    if (part.ends_with(".xml")) check_order(element_of(content), part, faults);
  }
  const Element presentation = element_of(package.parts.at(main));
  const Element& size = *presentation.all("sldSz").front();
  file.width = number(size["cx"]);
  file.height = number(size["cy"]);
  for (const Relationship& r : package.relationships.at(main)) {
    if (!r.type.ends_with("/slide")) continue;
    SlideFile slide;
    slide.part = r.target;
    slide.root = element_of(package.parts.at(r.target));
    slide.layout = find_relationship(package, r.target, "slideLayout")->target;
    if (const Relationship* notes = find_relationship(package, r.target, "notesSlide")) {
      slide.notes = element_of(package.parts.at(notes->target)).paragraphs();
      CHECK(find_relationship(package, notes->target, "slide")->target == r.target);
      CHECK(find_relationship(package, notes->target, "notesMaster") != nullptr);
    }
    check_slide(file, slide, faults);
    file.slides.push_back(std::move(slide));
  }
  CHECK(presentation.all("sldId").size() == file.slides.size());
  CHECK(faults == "");
  return file;
}

}  // namespace lacuna::test
