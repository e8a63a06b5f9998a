// The user's own presentation: what is kept of it, and how it gets our slides.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/error.hpp"
#include "render/pptx_template.hpp"

namespace lacuna::pptx {
namespace {

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorCode::bad_input, "template", message); }

std::string_view kind_of(const Relationship& r) { return std::string_view(r.type).substr(r.type.rfind('/') + 1); }

/// Where the tag or the other piece of markup that begins at `at` ends.
std::size_t end_of_markup(std::string_view xml, std::size_t at) {
  const auto behind = [&](std::string_view mark) {
    const std::size_t end = xml.find(mark, at);
    return end == std::string_view::npos ? xml.size() : end + mark.size();
  };
  const std::string_view rest = xml.substr(at);
  if (rest.starts_with("<!--")) return behind("-->");
  if (rest.starts_with("<![CDATA[")) return behind("]]>");
  if (rest.starts_with("<?")) return behind("?>");
  char quote = 0;
  for (std::size_t i = at; i < xml.size(); ++i) {
    if (quote != 0) {
      if (xml[i] == quote) quote = 0;
    } else if (xml[i] == '"' || xml[i] == '\'') {
      quote = xml[i];
    } else if (xml[i] == '>') {
      return i + 1;
    }
  }
  return xml.size();
}

std::string_view local_name(std::string_view tag) {
  tag.remove_prefix(tag.starts_with("</") ? 2 : 1);
  tag = tag.substr(0, tag.find_first_of(" \t\r\n/>"));
  const std::size_t colon = tag.find(':');
  return colon == std::string_view::npos ? tag : tag.substr(colon + 1);
}

/// Removes links to parts that are no longer there: the elements hlinkClick and hlinkHover that carry one of the ids.
std::string without_links(const std::string& xml, const std::set<std::string>& ids) {
  std::string out;
  std::size_t copied = 0;
  for (std::size_t at = xml.find("<"); at != std::string::npos; at = xml.find('<', at)) {
    const std::size_t end = end_of_markup(xml, at);
    const std::string_view tag = std::string_view(xml).substr(at, end - at);
    const std::string_view name = local_name(tag);
    const bool linked = (name == "hlinkClick" || name == "hlinkHover" || name == "hlinkMouseOver") && !tag.starts_with("</") &&
                        std::ranges::any_of(ids, [&](const std::string& id) { return tag.find('"' + id + '"') != std::string_view::npos; });
    if (!linked) {
      at = end;
      continue;
    }
    out.append(xml, copied, at - copied);
    std::size_t after = end;
    if (!tag.ends_with("/>")) {
      const std::size_t close = xml.find(fmt::format("{}>", name), end);
      after = close == std::string::npos ? xml.size() : close + name.size() + 1;
    }
    copied = after;
    at = after;
  }
  return out + xml.substr(copied);
}

}  // namespace

Outline outline_of(std::string_view xml) {
  Outline outline;
  std::size_t depth = 0;
  std::size_t child = 0;
  for (std::size_t at = xml.find('<'); at < xml.size(); at = xml.find('<', at)) {
    const std::size_t end = end_of_markup(xml, at);
    const std::string_view tag = xml.substr(at, end - at);
    at = end;
    if (tag.starts_with("<?") || tag.starts_with("<!")) continue;
    if (tag.starts_with("</")) {
      --depth;
      if (depth == 1) outline.children.push_back({std::string(local_name(tag)), std::string(xml.substr(child, end - child))});
      continue;
    }
    if (depth == 0) outline.start = tag;
    if (depth == 1) child = end - tag.size();
    if (!tag.ends_with("/>")) {
      ++depth;
    } else if (depth == 1) {
      outline.children.push_back({std::string(local_name(tag)), std::string(tag)});
    }
  }
  return outline;
}

Package guest(std::string_view bytes) {
  Package package = read_package(bytes, "template");
  const Relationship* main = find_relationship(package, "", "officeDocument");
  const std::string type = main == nullptr ? "" : content_type_of(package, main->target);
  if (type.find(".presentationml.presentation.main") == std::string::npos && type.find(".presentationml.template.main") == std::string::npos &&
      type.find(".presentationml.slideshow.main") == std::string::npos) {
    fail("is no presentation; name a file saved as .pptx or .potx");
  }
  const std::string presentation = main->target;
  const std::string& xml = package.parts.at(presentation);
  if (xml.find("http://purl.oclc.org/ooxml/presentationml/main") != std::string::npos) {
    fail("is written as \"Strict Open XML\"; save it as \"PowerPoint Presentation (*.pptx)\"");
  }
  if (local_name(outline_of(xml).start) != "presentation") fail("is damaged: its main part is no presentation");
  package.overrides[presentation] = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

  // What shows how slides look is kept; slides and what belongs to them or to their authors is not.
  static constexpr std::string_view kept[] = {"slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles", "font"};
  std::erase_if(package.relationships[""], [](const Relationship& r) { return kind_of(r) != "officeDocument"; });
  std::erase_if(package.relationships[presentation], [](const Relationship& r) { return std::ranges::find(kept, kind_of(r)) == std::end(kept); });
  for (auto& [source, list] : package.relationships) {
    std::set<std::string> gone;
    for (const Relationship& r : list) {
      if (kind_of(r) == "slide") gone.insert(r.id);
    }
    if (gone.empty()) continue;
    std::erase_if(list, [&](const Relationship& r) { return gone.contains(r.id); });
    if (const auto part = package.parts.find(source); part != package.parts.end()) part->second = without_links(part->second, gone);
  }
  prune(package);
  return package;
}

std::string presentation_xml(const Package& package, const std::string& presentation, const std::vector<std::string>& slide_ids) {
  const Outline outline = outline_of(package.parts.at(presentation));
  const auto child = [&](std::string_view name) {
    const auto found = std::ranges::find(outline.children, name, &Outline::Child::name);
    return found == outline.children.end() ? std::string() : found->xml;
  };
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + outline.start + child("sldMasterIdLst");
  if (const Relationship* notes = find_relationship(package, presentation, "notesMaster")) {
    out += fmt::format("<p:notesMasterIdLst {}><p:notesMasterId r:id=\"{}\"/></p:notesMasterIdLst>", namespaces, notes->id);
  }
  out += child("handoutMasterIdLst");
  if (!slide_ids.empty()) {
    out += fmt::format("<p:sldIdLst {}>", namespaces);
    for (std::size_t i = 0; i < slide_ids.size(); ++i) out += fmt::format("<p:sldId id=\"{}\" r:id=\"{}\"/>", 256 + i, slide_ids[i]);
    out += "</p:sldIdLst>";
  }
  for (const std::string_view name : {"sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle"}) out += child(name);
  const std::string_view start = outline.start;
  const std::string_view name = start.substr(1, start.find_first_of(" \t\r\n/>") - 1);
  return out + fmt::format("</{}>", name);
}

}  // namespace lacuna::pptx
