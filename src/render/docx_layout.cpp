#include "render/docx_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "formats/xml_edit.hpp"
#include "lacuna/error.hpp"

namespace lacuna::docx {
namespace {

constexpr std::size_t largest_part = 32u << 20;  ///< Of those that are read and changed here.

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorCode::bad_input, "", message); }

std::string type_of(std::string_view kind) { return fmt::format("{}{}+xml", word_types, kind); }

/// Our own page: A4, the number of the page in the footer.
Package own_layout() {
  const std::string root = fmt::format("xmlns:w=\"{}\" xmlns:r=\"{}\"", main_namespace, relationships_namespace);
  Package package;
  put_part(package, "word/document.xml", type_of("document.main"),
           fmt::format("{}<w:document {}><w:body><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId1\"/><w:pgSz "
                       "w:w=\"11906\" w:h=\"16838\"/>"
                       "<w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" "
                       "w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
                       declaration, root));
  add_relationship(package, "", office_relationship("officeDocument"), "word/document.xml");
  const auto field = [](std::string_view code) {
    return fmt::format(
        "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText xml:space=\"preserve\"> {} "
        "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
        "<w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>",
        code);
  };
  put_part(package, "word/footer1.xml", type_of("footer"),
           fmt::format("{}<w:ftr {}><w:p><w:pPr><w:pStyle w:val=\"Footer\"/></w:pPr>{}<w:r><w:t xml:space=\"preserve\"> "
                       "(</w:t></w:r>{}<w:r><w:t>)</w:t></w:r></w:p></w:ftr>",
                       declaration, root, field("PAGE"), field("NUMPAGES")));
  add_relationship(package, "word/document.xml", office_relationship("footer"), "word/footer1.xml");
  put_part(
      package, "word/styles.xml", type_of("styles"),
      fmt::format(
          "{}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Calibri\" w:hAnsi=\"Calibri\" "
          "w:eastAsia=\"Microsoft YaHei\" w:cs=\"Arial\"/><w:sz w:val=\"22\"/><w:szCs w:val=\"22\"/>"
          "<w:lang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing "
          "w:after=\"120\" w:line=\"264\" w:lineRule=\"auto\"/></w:pPr></w:pPrDefault></w:docDefaults>"
          "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/><w:qFormat/></w:style>"
          "<w:style w:type=\"paragraph\" w:styleId=\"Footer\"><w:name w:val=\"footer\"/><w:basedOn "
          "w:val=\"Normal\"/><w:uiPriority w:val=\"99\"/><w:pPr><w:spacing w:after=\"0\" w:line=\"240\" "
          "w:lineRule=\"auto\"/><w:jc w:val=\"center\"/></w:pPr>"
          "<w:rPr><w:color w:val=\"4A4A4A\"/><w:sz w:val=\"18\"/><w:szCs w:val=\"18\"/></w:rPr></w:style></w:styles>",
          declaration, root));
  add_relationship(package, "word/document.xml", office_relationship("styles"), "word/styles.xml");
  put_part(package, "word/settings.xml", type_of("settings"),
           fmt::format("{}<w:settings {}><w:zoom w:percent=\"100\"/><w:defaultTabStop w:val=\"567\"/><w:characterSpacingControl "
                       "w:val=\"doNotCompress\"/>"
                       "<w:compat><w:compatSetting w:name=\"compatibilityMode\" "
                       "w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat>"
                       "<w:themeFontLang w:val=\"en-GB\" w:eastAsia=\"zh-CN\" w:bidi=\"ar-SA\"/><w:decimalSymbol "
                       "w:val=\".\"/><w:listSeparator w:val=\",\"/></w:settings>",
                       declaration, root));
  add_relationship(package, "word/document.xml", office_relationship("settings"), "word/settings.xml");
  return package;
}

/// The page of the last section, as far as it concerns us.
struct Section {
  std::map<std::pair<std::string, std::string>, std::string>
      headers;  ///< Id by element and type, those inherited from sections before included.
  std::map<std::pair<std::string, std::string>, std::string> own;  ///< Those of the last section.
  int width = 11906, left = 1134, right = 1134, gutter = 0, columns = 1;
};

int length(std::string_view text, int otherwise) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end != text.data() ? number : otherwise;
}

Section section_of(std::string_view document) {
  Section section;
  int skipped = 0;  // A section as it was before a tracked change.
  xml::read(document, "the document",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               if (name == "sectPrChange" || skipped > 0) {
                 ++skipped;
                 return;
               }
               if (name == "sectPr") {
                 for (const auto& [key, id] : section.own) section.headers[key] = id;
                 section = Section{std::move(section.headers)};
               }
               if (name == "headerReference" || name == "footerReference") {
                 section.own[{std::string(name), attributes.has("type") ? std::string(attributes["type"]) : "default"}] =
                     attributes["id"];
               }
               if (name == "pgSz") section.width = length(attributes["w"], section.width);
               if (name == "pgMar") {
                 section.left = length(attributes["left"], length(attributes["start"], section.left));
                 section.right = length(attributes["right"], length(attributes["end"], section.right));
                 section.gutter = length(attributes["gutter"], 0);
               }
               if (name == "cols") section.columns = std::clamp(length(attributes["num"], 1), 1, 10);
             },
             [&](std::string_view, std::string&) { skipped -= skipped > 0 ? 1 : 0; }});
  for (const auto& item : section.own) section.headers.erase(item.first);
  return section;
}

/// The text without these stretches, which do not overlap.
std::string without(std::string_view text, const std::vector<xml::Span>& spans) {
  std::string out;
  std::size_t at = 0;
  for (const xml::Span& span : spans) {
    out += text.substr(at, span.begin - at);
    at = span.end;
  }
  return out + std::string(text.substr(at));
}

/// What belongs to the text that is gone, to other files, or keeps people from filling in.
std::string cleared_settings(std::string_view settings) {
  static constexpr std::string_view unwanted[] = {
      "footnotePr",      "endnotePr",      "attachedTemplate", "mailMerge",       "documentProtection",
      "writeProtection", "rsids",          "docVars",          "saveThroughXslt", "revisionView",
      "trackRevisions",  "attachedSchema", "schemaLibrary",    "linkStyles"};
  std::vector<xml::Span> spans;
  for (const xml::Span& child : xml::skeleton_of(settings).children) {
    if (std::ranges::find(unwanted, child.name) != std::end(unwanted)) spans.push_back(child);
  }
  return without(settings, spans);
}

std::string& editable(Package& package, const std::string& name) {
  std::string& part = package.parts.at(name);
  if (part.size() > largest_part)
    fail(fmt::format("holds a part of more than {} MiB (\"{}\"); use a smaller one", largest_part >> 20, name));
  return part;
}

/// The part of that kind of the document; a new one where it has none.
std::string part_for(Package& package, const std::string& document, std::string_view kind, std::string_view root) {
  if (const Relationship* r = find_relationship(package, document, kind); r != nullptr && package.parts.contains(r->target))
    return r->target;
  std::string name = fmt::format("word/{}.xml", kind);
  for (int n = 2; package.parts.contains(name); ++n) name = fmt::format("word/{}{}.xml", kind, n);
  put_part(package, name, type_of(kind), fmt::format("{}<w:{} xmlns:w=\"{}\"/>", declaration, root, main_namespace));
  add_relationship(package, document, office_relationship(kind), name);
  return name;
}

/// Takes the document apart: its frame without the text, its last section with what that one inherits.
void take_frame(Layout& layout) {
  const std::string document = xml::ready_for(xml::ready_for(editable(layout.package, layout.document), "w", main_namespace), "r",
                                              relationships_namespace);
  const Section section = section_of(document);
  const xml::Skeleton root = xml::skeleton_of(document);
  const auto body = std::ranges::find_if(root.children, [](const xml::Span& child) { return child.name == "body"; });
  if (body == root.children.end()) fail("is damaged: the document has no body; save it anew with Word");
  // The body by itself, so that what stands in it are the children.
  std::string inner = document.substr(body->begin, body->end - body->begin);
  if (inner.ends_with("/>"))
    inner = fmt::format("{}></{}>", inner.substr(0, inner.size() - 2), inner.substr(1, inner.find_first_of(" />\t\r\n") - 1));
  const xml::Skeleton parts = xml::skeleton_of(inner);
  layout.before = document.substr(0, body->begin) + inner.substr(0, parts.inside);
  std::string properties;
  for (const xml::Span& child : parts.children) {
    if (child.name == "sectPr") properties = inner.substr(child.begin, child.end - child.begin);
  }
  if (properties.empty()) properties = "<w:sectPr/>";
  properties = without(properties, xml::elements_of(properties, {"", 0, properties.size()}, "sectPrChange"));
  if (properties.ends_with("/>") && xml::skeleton_of(properties).children.empty()) {
    properties = fmt::format("{}></{}>", properties.substr(0, properties.size() - 2),
                             properties.substr(1, properties.find_first_of(" />\t\r\n") - 1));
  }
  std::string inherited;
  for (const auto& [key, id] : section.headers)
    inherited += fmt::format("<w:{} w:type=\"{}\" r:id=\"{}\"/>", key.first, xml::escaped(key.second), xml::escaped(id));
  properties.insert(xml::skeleton_of(properties).inside, inherited);
  layout.after = properties + inner.substr(parts.inside_end) + document.substr(body->end);
  layout.line = std::clamp((section.width - section.left - section.right - section.gutter) / section.columns, 2000, 30000);
}

/// Of the document's relationships, those that what is kept of it needs.
void keep_relationships(Layout& layout) {
  static constexpr std::string_view kinds[] = {"styles", "numbering", "settings", "theme", "fontTable"};
  const auto used = [&](const Relationship& r) {
    const std::string_view kind = std::string_view(r.type).substr(r.type.rfind('/') + 1);
    if (std::ranges::find(kinds, kind) != std::end(kinds)) return true;
    const std::string quoted = fmt::format("\"{}\"", r.id);
    const std::string single = fmt::format("'{}'", r.id);
    return layout.before.find(quoted) != std::string::npos || layout.after.find(quoted) != std::string::npos ||
           layout.before.find(single) != std::string::npos || layout.after.find(single) != std::string::npos;
  };
  std::erase_if(layout.package.relationships[layout.document], [&](const Relationship& r) { return !used(r); });
  std::erase_if(layout.package.relationships[""], [](const Relationship& r) {
    return !r.type.ends_with("/officeDocument") && !r.type.ends_with("/custom-properties");
  });
  prune(layout.package);
}

/// Whether text without a language of its own is English; where a template does not say, its readers' Word decides.
bool is_english(std::string_view styles) {
  bool in_defaults = false;
  bool english = false;
  xml::read(styles, "the list of styles",
            {[&](std::string_view name, const xml::Attributes& attributes) {
               if (name == "docDefaults") in_defaults = true;
               if (name == "lang" && in_defaults) english = lower(attributes["val"]).starts_with("en");
             },
             [&](std::string_view name, std::string&) { in_defaults = in_defaults && name != "docDefaults"; }});
  return english;
}

/// Every relationship that the kept document and its headers name is there.
void check_references(const Layout& layout) {
  const auto check = [&](const std::string& name, std::string_view text) {
    const auto list = layout.package.relationships.find(name);
    xml::read(text, name,
              {[&](std::string_view element, const xml::Attributes& attributes) {
                 if (element != "headerReference" && element != "footerReference") return;
                 const std::string_view id = attributes["id"];
                 const bool there =
                     list != layout.package.relationships.end() && std::ranges::any_of(list->second, [&](const Relationship& r) {
                       return r.id == id && !r.external && layout.package.parts.contains(r.target);
                     });
                 if (!there)
                   fail(fmt::format("is damaged: its page needs the {} \"{}\", which is not there; save it anew with Word",
                                    element == "headerReference" ? "header" : "footer", shortened(harmless(id), 40)));
               },
               [](std::string_view, std::string&) {}});
  };
  check(layout.document, layout.before + layout.after);
}

}  // namespace

Layout layout_of(std::string_view bytes) {
  Layout layout;
  layout.package = bytes.empty() ? own_layout() : read_package(bytes, "");
  Package& package = layout.package;
  const Relationship* main = find_relationship(package, "", "officeDocument");
  const std::string type = main == nullptr ? "" : content_type_of(package, main->target);
  if (main == nullptr || (type != type_of("document.main") && type != type_of("template.main")) ||
      !package.parts.contains(main->target)) {
    fail("is no document or template of Word; give one that ends in .docx or .dotx");
  }
  if (main->type != office_relationship("officeDocument"))
    fail("is in the format \"Strict Open XML\"; save it as \"Word Document\" or \"Word Template\"");
  layout.document = main->target;
  take_frame(layout);
  keep_relationships(layout);
  check_references(layout);
  std::string& styles = editable(package, part_for(package, layout.document, "styles", "styles"));
  styles = with_styles(styles, layout.styles);
  layout.english = is_english(styles);
  std::string& numbering = editable(package, part_for(package, layout.document, "numbering", "numbering"));
  numbering = with_numbering(numbering, layout.bullets, layout.references);
  if (const Relationship* r = find_relationship(package, layout.document, "settings");
      r != nullptr && package.parts.contains(r->target)) {
    const std::string name = r->target;
    std::string& settings = editable(package, name);
    settings = cleared_settings(settings);
    package.relationships.erase(name);
  }
  prune(package);
  // Of the document itself, the frame is what is kept.
  package.parts[layout.document] = layout.before + layout.after;
  refuse_guests(package, "");
  return layout;
}

}  // namespace lacuna::docx
