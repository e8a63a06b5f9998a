// The user's own presentation: what is kept of it, and how it gets our slides.
#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/text.hpp"
#include "formats/xml_edit.hpp"
#include "lacuna/error.hpp"
#include "render/pptx.hpp"

namespace lacuna::pptx {
namespace {

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorCode::bad_input, "template", message); }

std::string_view kind_of(const Relationship& r) { return std::string_view(r.type).substr(r.type.rfind('/') + 1); }

std::string root_name(std::string_view document) {
  std::string name;
  xml::each_tag(document, [&](const xml::Tag& tag) {
    if (name.empty()) name = tag.name;
  });
  return name;
}

/// Removes links to parts that are no longer there: the elements that carry one of the ids.
std::string without_links(std::string document, const std::set<std::string>& ids) {
  const xml::Skeleton root = xml::skeleton_of(document);
  std::vector<xml::Span> gone;
  for (const std::string_view name : {"hlinkClick", "hlinkHover", "hlinkMouseOver"}) {
    for (const xml::Span& span : xml::elements_of(document, {"", root.inside, root.inside_end}, name)) {
      const std::string_view text = std::string_view(document).substr(span.begin, span.end - span.begin);
      const std::string_view tag = text.substr(0, text.find('>'));
      if (std::ranges::any_of(ids, [&](const std::string& id) {
            return tag.find('"' + id + '"') != std::string_view::npos || tag.find('\'' + id + '\'') != std::string_view::npos;
          }))
        gone.push_back(span);
    }
  }
  std::ranges::sort(gone, std::greater(), &xml::Span::begin);
  for (const xml::Span& span : gone) document.erase(span.begin, span.end - span.begin);
  return document;
}

}  // namespace

Package guest(std::string_view bytes) {
  Package package = read_package(bytes, "template");
  const Relationship* main = find_relationship(package, "", "officeDocument");
  const std::string type = main == nullptr || !package.parts.contains(main->target) ? "" : content_type_of(package, main->target);
  if (type.find(".presentationml.presentation.main") == std::string::npos &&
      type.find(".presentationml.template.main") == std::string::npos &&
      type.find(".presentationml.slideshow.main") == std::string::npos) {
    fail("is no presentation; name a file saved as .pptx or .potx");
  }
  const std::string presentation = main->target;
  const std::string& document = package.parts.at(presentation);
  if (document.find("http://purl.oclc.org/ooxml/presentationml/main") != std::string::npos) {
    fail("is written as \"Strict Open XML\"; save it as \"PowerPoint Presentation (*.pptx)\"");
  }
  if (root_name(document) != "presentation") fail("is damaged: its main part is no presentation");
  const xml::Skeleton root = xml::skeleton_of(document);
  if (std::ranges::none_of(root.children, [](const xml::Span& s) { return s.name == "sldMasterIdLst"; }))
    fail("has no slide master; save it anew in PowerPoint");
  package.overrides[presentation] = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";

  // What shows how slides look is kept; slides and what belongs to them or to their authors is not.
  static constexpr std::string_view kept[] = {"slideMaster", "notesMaster", "handoutMaster", "theme", "tableStyles", "font"};
  std::erase_if(package.relationships[""], [](const Relationship& r) { return kind_of(r) != "officeDocument"; });
  std::erase_if(package.relationships[presentation], [&](const Relationship& r) {
    return std::ranges::find(kept, kind_of(r)) == std::end(kept) || !package.parts.contains(r.target);
  });
  for (auto& [source, list] : package.relationships) {
    std::set<std::string> gone;
    for (const Relationship& r : list) {
      if (kind_of(r) == "slide") gone.insert(r.id);
    }
    if (gone.empty()) continue;
    std::erase_if(list, [&](const Relationship& r) { return gone.contains(r.id); });
    if (const auto part = package.parts.find(source); part != package.parts.end())
      part->second = without_links(part->second, gone);
  }
  prune(package);
  refuse_guests(package, "template");
  return package;
}

std::string presentation_xml(const Package& package, const std::string& presentation, const std::vector<std::string>& slide_ids) {
  const std::string_view document = package.parts.at(presentation);
  const xml::Skeleton root = xml::skeleton_of(document);
  const auto child = [&](std::string_view name) {
    const auto found = std::ranges::find(root.children, name, &xml::Span::name);
    return found == root.children.end() ? std::string_view() : document.substr(found->begin, found->end - found->begin);
  };
  std::string out(declaration);
  out += document.substr(root.root_begin, root.inside - root.root_begin);
  out += child("sldMasterIdLst");
  if (const Relationship* notes = find_relationship(package, presentation, "notesMaster")) {
    out += fmt::format("<p:notesMasterIdLst {}><p:notesMasterId r:id=\"{}\"/></p:notesMasterIdLst>", namespaces, notes->id);
  }
  out += child("handoutMasterIdLst");
  if (!slide_ids.empty()) {
    out += fmt::format("<p:sldIdLst {}>", namespaces);
    for (std::size_t i = 0; i < slide_ids.size(); ++i)
      out += fmt::format("<p:sldId id=\"{}\" r:id=\"{}\"/>", 256 + i, slide_ids[i]);
    out += "</p:sldIdLst>";
  }
  for (const std::string_view name : {"sldSz", "notesSz", "embeddedFontLst", "kinsoku", "defaultTextStyle"}) out += child(name);
  out += document.substr(root.inside_end);
  return out;
}

}  // namespace lacuna::pptx
