#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "formats/xml_edit.hpp"
#include "render/docx_layout.hpp"

namespace lacuna::docx {
namespace {

/// A style as we would write it. `names` are those by which a template's is known, in lower case; the first is ours.
struct Style {
  Role role;
  std::string_view type;
  std::string_view id;
  std::string_view name;
  std::string_view other_names;  ///< With "|" between.
  std::string_view properties;   ///< Behind name and base.
};

constexpr Style styles[] = {
    {Role::title, "paragraph", "Title", "Title", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"10\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"0\" "
     "w:after=\"80\"/><w:contextualSpacing/></w:pPr>"
     "<w:rPr><w:b/><w:bCs/><w:color w:val=\"12304F\"/><w:sz w:val=\"36\"/><w:szCs w:val=\"36\"/></w:rPr>"},
    {Role::subtitle, "paragraph", "Subtitle", "Subtitle", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"11\"/><w:qFormat/><w:pPr><w:spacing w:before=\"0\" "
     "w:after=\"240\"/></w:pPr><w:rPr><w:color w:val=\"4A4A4A\"/></w:rPr>"},
    {Role::heading_1, "paragraph", "Heading1", "heading 1", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing "
     "w:before=\"320\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/></w:pPr>"
     "<w:rPr><w:b/><w:bCs/><w:color w:val=\"12304F\"/><w:sz w:val=\"28\"/><w:szCs w:val=\"28\"/></w:rPr>"},
    {Role::heading_2, "paragraph", "Heading2", "heading 2", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing "
     "w:before=\"240\" w:after=\"80\"/><w:outlineLvl w:val=\"1\"/></w:pPr>"
     "<w:rPr><w:b/><w:bCs/><w:color w:val=\"12304F\"/><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr>"},
    {Role::heading_3, "paragraph", "Heading3", "heading 3", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"9\"/><w:qFormat/><w:pPr><w:keepNext/><w:keepLines/><w:spacing "
     "w:before=\"200\" w:after=\"60\"/><w:outlineLvl w:val=\"2\"/></w:pPr>"
     "<w:rPr><w:b/><w:bCs/><w:color w:val=\"12304F\"/></w:rPr>"},
    {Role::item_1, "paragraph", "ListBullet", "List Bullet", "",
     "<w:uiPriority w:val=\"99\"/><w:qFormat/><w:pPr><w:spacing w:before=\"0\" w:after=\"60\"/></w:pPr>"},
    {Role::item_2, "paragraph", "ListBullet2", "List Bullet 2", "",
     "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"60\"/></w:pPr>"},
    {Role::item_3, "paragraph", "ListBullet3", "List Bullet 3", "",
     "<w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:before=\"0\" w:after=\"60\"/></w:pPr>"},
    {Role::table_text, "paragraph", "TableText", "Table Text", "table_text|tabletext",
     "<w:qFormat/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" w:lineRule=\"auto\"/></w:pPr><w:rPr><w:sz "
     "w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>"},
    {Role::table_heading, "paragraph", "TableHeading", "Table Heading", "table_head|tablehead",
     "<w:qFormat/><w:pPr><w:spacing w:before=\"40\" w:after=\"40\" w:line=\"240\" "
     "w:lineRule=\"auto\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>"},
    {Role::caption, "paragraph", "Caption", "caption", "",
     "<w:next w:val=\"{normal}\"/><w:uiPriority w:val=\"35\"/><w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before=\"160\" "
     "w:after=\"80\"/></w:pPr><w:rPr><w:b/><w:bCs/><w:sz w:val=\"20\"/><w:szCs w:val=\"20\"/></w:rPr>"},
    {Role::reference, "paragraph", "References", "References", "",
     "<w:qFormat/><w:pPr><w:spacing w:before=\"0\" w:after=\"60\"/></w:pPr><w:rPr><w:sz w:val=\"20\"/><w:szCs "
     "w:val=\"20\"/></w:rPr>"},
    {Role::strong, "character", "Strong", "Strong", "", "<w:uiPriority w:val=\"22\"/><w:qFormat/><w:rPr><w:b/><w:bCs/></w:rPr>"},
    {Role::emphasis, "character", "Emphasis", "Emphasis", "",
     "<w:uiPriority w:val=\"20\"/><w:qFormat/><w:rPr><w:i/><w:iCs/></w:rPr>"},
    {Role::hyperlink, "character", "Hyperlink", "Hyperlink", "",
     "<w:uiPriority w:val=\"99\"/><w:rPr><w:color w:val=\"0B5394\"/><w:u w:val=\"single\"/></w:rPr>"},
    {Role::citation, "character", "Citation", "Citation", "", "<w:rPr><w:color w:val=\"0B5394\"/></w:rPr>"},
    {Role::blank, "character", "Blank", "Blank", "",
     "<w:qFormat/><w:rPr><w:color w:val=\"5C4400\"/><w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"FFF2B2\"/></w:rPr>"},
    {Role::grid, "table", "TableGrid", "Table Grid", "",
     "<w:uiPriority w:val=\"39\"/><w:tblPr><w:tblBorders><w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
     "w:color=\"8A97A5\"/><w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A97A5\"/>"
     "<w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A97A5\"/><w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" "
     "w:color=\"8A97A5\"/>"
     "<w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"8A97A5\"/><w:insideV w:val=\"single\" w:sz=\"4\" "
     "w:space=\"0\" w:color=\"8A97A5\"/></w:tblBorders></w:tblPr>"},
};

/// What a template has.
struct Found {
  std::string type;
  std::string id;
  std::string name;  ///< In lower case.
  bool is_default = false;
};

std::vector<Found> styles_in(std::string_view part) {
  std::vector<Found> found;
  bool open = false;
  xml::read(part, "the list of styles",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               if (name == "style") {
                 const std::string_view flag = attributes["default"];
                 found.push_back({std::string(attributes["type"]), std::string(attributes["styleId"]), "",
                                  flag == "1" || flag == "true" || flag == "on"});
                 open = true;
               }
               if (name == "name" && open) found.back().name = lower(attributes["val"]);
             },
             [&](std::string_view name, std::string&) { open = open && name != "style"; }});
  return found;
}

bool is_called(const Style& style, std::string_view name) {
  if (name == lower(style.name)) return true;
  for (std::string_view rest = style.other_names; !rest.empty();) {
    const std::string_view other = rest.substr(0, rest.find('|'));
    if (name == other) return true;
    rest.remove_prefix(std::min(other.size() + 1, rest.size()));
  }
  return false;
}

/// `taken` and a number behind where it must be.
std::string free_name(std::string name, std::string_view between, const std::set<std::string>& taken) {
  const std::string first = name;
  for (int n = 2; taken.contains(lower(name)); ++n) name = fmt::format("{}{}{}", first, between, n);
  return name;
}

std::string replaced(std::string_view text, std::string_view what, const std::string& by) {
  std::string out(text);
  if (const std::size_t at = out.find(what); at != std::string::npos) out.replace(at, what.size(), by);
  return out;
}

}  // namespace

std::string with_styles(std::string_view part, std::map<Role, std::string>& ids) {
  const std::vector<Found> found = styles_in(part);
  std::set<std::string> taken_ids;
  std::set<std::string> taken_names;
  for (const Found& f : found) taken_ids.insert(lower(f.id)), taken_names.insert(f.name);
  const auto id_of = [&](std::string_view type, const auto& matches) -> const std::string* {
    const auto style = std::ranges::find_if(found, [&](const Found& f) { return f.type == type && !f.id.empty() && matches(f); });
    return style == found.end() ? nullptr : &style->id;
  };
  std::string added;
  // What ours build on. A style that is named nowhere is left out of the base.
  std::map<std::string_view, std::string> base;
  for (const auto& [type, name, own] : {std::tuple{"paragraph", "normal", "Normal"}, {"table", "normal table", "TableNormal"}}) {
    const std::string* id = id_of(type, [&](const Found& f) { return f.is_default; });
    if (id == nullptr) id = id_of(type, [&, wanted = std::string_view(name)](const Found& f) { return f.name == wanted; });
    if (id != nullptr) {
      base[type] = *id;
      continue;
    }
    base[type] = free_name(own, "", taken_ids);
    taken_ids.insert(lower(base[type]));
    added += fmt::format("<w:style w:type=\"{}\" w:default=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/>{}</w:style>", type,
                         base[type], std::string_view(type) == "table" ? "Normal Table" : "Normal",
                         std::string_view(type) == "table"
                             ? "<w:uiPriority w:val=\"99\"/><w:semiHidden/><w:unhideWhenUsed/><w:tblPr><w:tblInd w:w=\"0\" "
                               "w:type=\"dxa\"/><w:tblCellMar><w:top w:w=\"0\" w:type=\"dxa\"/>"
                               "<w:left w:w=\"108\" w:type=\"dxa\"/><w:bottom w:w=\"0\" w:type=\"dxa\"/><w:right w:w=\"108\" "
                               "w:type=\"dxa\"/></w:tblCellMar></w:tblPr>"
                             : "<w:qFormat/>");
  }
  ids[Role::normal] = xml::escaped(base["paragraph"]);
  for (const Style& style : styles) {
    if (const std::string* id = id_of(style.type, [&](const Found& f) { return is_called(style, f.name); })) {
      ids[style.role] = xml::escaped(*id);
      continue;
    }
    const std::string id = free_name(std::string(style.id), "", taken_ids);
    const std::string name = free_name(std::string(style.name), " ", taken_names);
    taken_ids.insert(lower(id));
    const std::string based_on =
        style.type == "character" ? "" : fmt::format("<w:basedOn w:val=\"{}\"/>", xml::escaped(base[style.type]));
    added += fmt::format("<w:style w:type=\"{}\"{} w:styleId=\"{}\"><w:name w:val=\"{}\"/>{}{}</w:style>", style.type,
                         style.id == "TableText" || style.id == "TableHeading" || style.id == "References" ||
                                 style.id == "Citation" || style.id == "Blank"
                             ? " w:customStyle=\"1\""
                             : "",
                         id, name, based_on, replaced(style.properties, "{normal}", xml::escaped(base["paragraph"])));
    ids[style.role] = id;
  }
  std::string out = xml::ready_for(part, "w", main_namespace);
  return out.insert(xml::skeleton_of(out).inside_end, added);
}

std::string with_numbering(std::string_view part, int& bullets, int& references) {
  int highest_abstract = -1;
  int highest = 0;
  const auto number = [](std::string_view text) {
    int n = 0;
    for (const char c : text.substr(0, 8)) n = c >= '0' && c <= '9' ? n * 10 + (c - '0') : n;
    return n;
  };
  xml::read(part, "the list of numberings",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               if (name == "abstractNum") highest_abstract = std::max(highest_abstract, number(attributes["abstractNumId"]));
               if (name == "num") highest = std::max(highest, number(attributes["numId"]));
             },
             [](std::string_view, std::string&) {}});
  // Word takes lists with one signature for one list.
  const auto signature = [&](unsigned first) {
    while (part.find(fmt::format("{:08X}", first)) != std::string_view::npos) ++first;
    return fmt::format("<w:nsid w:val=\"{:08X}\"/>", first);
  };
  std::string abstracts = fmt::format("<w:abstractNum w:abstractNumId=\"{}\">{}<w:multiLevelType w:val=\"hybridMultilevel\"/>",
                                      highest_abstract + 1, signature(0x4C616301));
  static constexpr std::string_view signs[] = {"\u2022", "\u2013", "\u25AA"};
  for (int level = 0; level < 3; ++level) {
    abstracts += fmt::format(
        "<w:lvl w:ilvl=\"{}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"{}\"/><w:lvlJc "
        "w:val=\"left\"/><w:pPr><w:ind w:left=\"{}\" w:hanging=\"284\"/></w:pPr>"
        "<w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\" w:hint=\"default\"/></w:rPr></w:lvl>",
        level, signs[level], 340 + 340 * level);
  }
  abstracts += fmt::format(
      "</w:abstractNum><w:abstractNum w:abstractNumId=\"{}\">{}<w:multiLevelType w:val=\"singleLevel\"/><w:lvl "
      "w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"[%1]\"/>"
      "<w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"567\" w:hanging=\"567\"/></w:pPr></w:lvl></w:abstractNum>",
      highest_abstract + 2, signature(0x4C616381));
  bullets = highest + 1;
  references = highest + 2;
  const std::string nums = fmt::format(
      "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{}\"/></w:num><w:num w:numId=\"{}\"><w:abstractNumId "
      "w:val=\"{}\"/></w:num>",
      bullets, highest_abstract + 1, references, highest_abstract + 2);
  // The order is prescribed: pictures, definitions, numberings, and what clears up.
  std::string out = xml::ready_for(part, "w", main_namespace);
  const xml::Skeleton skeleton = xml::skeleton_of(out);
  std::size_t at_nums = skeleton.inside_end;
  std::size_t at_abstracts = skeleton.inside_end;
  for (auto child = skeleton.children.rbegin(); child != skeleton.children.rend(); ++child) {
    if (child->name != "num" && child->name != "abstractNum" && child->name != "numPicBullet") at_nums = child->begin;
    if (child->name != "abstractNum" && child->name != "numPicBullet") at_abstracts = child->begin;
  }
  out.insert(at_nums, nums);
  return out.insert(at_abstracts, abstracts);
}

}  // namespace lacuna::docx
