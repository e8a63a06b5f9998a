// What a user's own document must not bring along: whatever runs, or reaches anything but the web where a person follows a link.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/package.hpp"
#include "formats/refuse.hpp"
#include "formats/word_fields.hpp"
#include "formats/xml.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

[[noreturn]] void refuse_link(std::string_view address, std::string_view part) {
  refuse(fmt::format("holds a link to {} ({}); only http, https and mailto are let through: change it, or remove it",
                     in_quotes(address), in_quotes(part)));
}

// ---- relationships ------------------------------------------------------------------------------------------------------------

/// What parts of a document of Word or PowerPoint consist of, by the last segment of the relationship in lower case. A kind that
/// is not here may be one that programs load or run.
constexpr std::string_view known_kinds[] = {"audio",
                                            "chart",
                                            "chartcolorstyle",
                                            "chartstyle",
                                            "chartusershapes",
                                            "comments",
                                            "commentsextended",
                                            "commentsextensible",
                                            "commentsids",
                                            "core-properties",
                                            "custom-properties",
                                            "customxml",
                                            "customxmlprops",
                                            "diagramcolors",
                                            "diagramdata",
                                            "diagramdrawing",
                                            "diagramlayout",
                                            "diagramquickstyle",
                                            "endnotes",
                                            "extended-properties",
                                            "font",
                                            "fonttable",
                                            "footer",
                                            "footnotes",
                                            "glossarydocument",
                                            "handoutmaster",
                                            "hdphoto",
                                            "header",
                                            "hyperlink",
                                            "image",
                                            "media",
                                            "notesmaster",
                                            "notesslide",
                                            "numbering",
                                            "officedocument",
                                            "people",
                                            "settings",
                                            "slide",
                                            "slidelayout",
                                            "slidemaster",
                                            "styles",
                                            "styleswitheffects",
                                            "tablestyles",
                                            "tags",
                                            "theme",
                                            "themeoverride",
                                            "thumbnail",
                                            "video",
                                            "vmldrawing",
                                            "websettings"};

constexpr std::string_view embedded_kinds[] = {"oleobject",      "package", "control",    "activexcontrolbinary",
                                               "activexcontrol", "afchunk", "subdocument"};

/// `source` is the part that points; empty: the package.
void check_relationship(const std::string& source, const Relationship& r) {
  const std::string_view kind = std::string_view(r.type).substr(r.type.rfind('/') + 1);
  const std::string name = lower(kind);
  if (r.external && name == "attachedtemplate") {
    refuse(fmt::format(
        "is tied to a template elsewhere ({}); in Word, choose \"Normal\" under Developer, Document Template, and save it",
        in_quotes(r.target)));
  }
  if (r.external && name != "hyperlink") {
    refuse(fmt::format("takes {} from outside ({}); put it into the document, or remove it",
                       name == "image" ? "a picture" : in_quotes(kind), in_quotes(r.target)));
  }
  if (r.external && !leads_to_the_web(r.target)) refuse_link(r.target, source);
  if (is_one_of(name, embedded_kinds)) refuse(fmt::format("holds an embedded object ({}); remove it", in_quotes(r.target)));
  if (!r.external && !is_one_of(name, known_kinds)) {
    refuse(fmt::format("holds something that is not known to be harmless: {} ({}); remove it", in_quotes(kind),
                       in_quotes(r.target)));
  }
}

// ---- parts --------------------------------------------------------------------------------------------------------------------

void check_embedded(const std::string& name, const std::string& type) {
  const std::string small = lower(type);
  const std::string path = lower(name);
  if (small.find("oleobject") != std::string::npos || small.find("activex") != std::string::npos ||
      path.find("/activex/") != std::string::npos || path.find("/embeddings/") != std::string::npos) {
    refuse(fmt::format("holds an embedded object ({}); remove it", in_quotes(name)));
  }
}

/// What a click on a shape does, ECMA-376 part 1, 21.1.2.3.5: these stay in the presentation. Others run programs, macros and
/// objects, or open files.
void check_action(std::string_view action, const std::string& part) {
  static constexpr std::string_view harmless_actions[] = {"",
                                                          "ppaction://noaction",
                                                          "ppaction://hlinksldjump",
                                                          "ppaction://hlinkshowjump",
                                                          "ppaction://customshow",
                                                          "ppaction://media"};
  if (is_one_of(lower(action.substr(0, action.find('?'))), harmless_actions)) return;
  refuse(fmt::format("holds the action {} ({}), which is not known to be harmless; remove it in PowerPoint (Insert, Action)",
                     in_quotes(action), in_quotes(part)));
}

/// Whether a picture of paths (SVG) takes something from elsewhere with an address in its styles.
bool reaches_out(std::string_view styles) {
  const std::string small = lower(styles);
  for (std::size_t at = small.find("url("); at != std::string::npos; at = small.find("url(", at + 4)) {
    const std::size_t address = small.find_first_not_of(" \t\r\n'\"", at + 4);
    if (address == std::string::npos || (small[address] != '#' && small.compare(address, 5, "data:") != 0)) return true;
  }
  return small.find("@import") != std::string::npos;
}

/// One element of a part.
class ElementCheck {
 public:
  ElementCheck(const std::string& part, bool drawing) : part_(part), drawing_(drawing) {}

  void begin(std::string_view element, const xml::Attributes& attributes) const {
    if (element == "script") refuse(fmt::format("holds a script ({}); remove it", in_quotes(part_)));
    if ((element == "entryMacro" || element == "exitMacro") && !attributes["val"].empty()) refuse_macro(attributes["val"]);
    const bool link = element.starts_with("hlink");
    attributes.each([&](std::string_view space, std::string_view name, std::string_view value) {
      // Those lead through a relationship.
      if (space.ends_with("/relationships")) return;
      if ((link && name == "action") || lower(value.substr(0, 9)) == "ppaction:") check_action(value, part_);
      if (name == "macro" && !value.empty()) refuse_macro(value);
      if (name == "href" || name == "althref" || name == "invalidUrl") check_address(element, value);
      if (name == "src" && !value.empty() && !is_inside(value)) refuse_source(value);
      if (drawing_ && (name.starts_with("on") || reaches_out(value))) refuse_source(value);
    });
  }

  void text(std::string_view text) const {
    if (drawing_ && reaches_out(text)) refuse_source(text);
  }

 private:
  static bool is_inside(std::string_view address) {
    return address.starts_with('#') || lower(address.substr(0, 11)) == "data:image/";
  }

  void check_address(std::string_view element, std::string_view address) const {
    if (address.empty() || is_inside(address)) return;
    // Without being asked, a drawing takes everything but what a link leads to.
    if (drawing_ && element != "a") refuse_source(address);
    if (!leads_to_the_web(address)) refuse_link(address, part_);
  }
  [[noreturn]] void refuse_macro(std::string_view macro) const {
    refuse(fmt::format("runs the macro {} ({}); remove it", in_quotes(macro), in_quotes(part_)));
  }
  [[noreturn]] void refuse_source(std::string_view address) const {
    refuse(fmt::format("takes something from outside ({}, in {}); put it into the document, or remove it", in_quotes(address),
                       in_quotes(part_)));
  }

  const std::string& part_;
  bool drawing_;
};

/// XML is also what does not say so: programs look at the bytes. Fonts, which are noise, may begin like it.
bool is_markup(const std::string& name, const std::string& type, std::string_view bytes) {
  if (type.ends_with("xml") || name.ends_with(".xml") || name.ends_with(".vml") || name.ends_with(".svg")) return true;
  if (bytes.starts_with(std::string_view("\xFF\xFE<\0", 4)) || bytes.starts_with(std::string_view("\xFE\xFF\0<", 4))) return true;
  std::string_view text = bytes;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
  return text.starts_with('<') && is_clean_utf8(bytes);
}

void check_part(const std::string& part, const std::string& type, const std::string& bytes) {
  const std::string path = lower(part);
  const std::string small = lower(type);
  check_embedded(part, type);
  if (!is_markup(path, small, bytes)) return;
  if (!is_clean_utf8(bytes)) refuse(fmt::format("is written in an old set of characters ({}); save it anew", in_quotes(part)));
  if (bytes.find("<?xml-stylesheet") != std::string::npos)
    refuse(fmt::format("takes a style sheet from outside ({}); remove it", in_quotes(part)));
  WordFields fields(part);
  const ElementCheck check(part, path.ends_with(".svg") || small.starts_with("image/svg"));
  xml::read(bytes, part,
            {[&](std::string_view name, const xml::Attributes& attributes) {
               fields.begin(name, attributes);
               check.begin(name, attributes);
             },
             [&](std::string_view name, std::string& text) {
               fields.end(name, text);
               check.text(text);
             }});
}

}  // namespace

void refuse_guests(const Package& package, const std::string& what) {
  try {
    for (const auto& [source, list] : package.relationships) {
      for (const Relationship& r : list) check_relationship(source, r);
    }
    for (const auto& [name, bytes] : package.parts) check_part(name, content_type_of(package, name), bytes);
  } catch (const Error& error) {
    throw Error(error.code(), what, error.what());
  }
}

}  // namespace lacuna
