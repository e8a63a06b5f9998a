#include "formats/docx.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "formats/xml.hpp"
#include "formats/zip.hpp"

namespace lacuna {
namespace {

using xml::Attributes;
using Kind = Outline::Kind;
using Parts = std::map<std::string, std::string>;

void read_part(const Parts::value_type& part, const xml::Events& events) {
  try {
    xml::read(part.second, part.first, events);
  } catch (const Error& error) {
    throw Unreadable{0, fmt::format("{}; save the document again", error.what())};
  }
}

/// The first part whose name begins so: some programs number them, "word/document2.xml".
Parts::const_iterator find_part(const Parts& parts, std::string_view beginning) {
  return std::ranges::find_if(parts, [&](const auto& part) { return part.first.starts_with(beginning); });
}

/// What a style says about the paragraphs in it.
struct Role {
  Kind kind = Kind::text;
  int level = 0;
  bool contents = false;  ///< Of a table of contents.
};

class Styles {
 public:
  void read(const Parts::value_type& part) {
    Style* style = nullptr;
    const auto start = [&](std::string_view element, const Attributes& attributes) {
      if (element == "style") style = &styles_[std::string(attributes["styleId"])];
      if (style == nullptr) return;
      if (element == "name") style->name = attributes["val"];
      if (element == "basedOn") style->based_on = attributes["val"];
    };
    read_part(part, {start, [](std::string_view, std::string&) {}});
  }

  /// Of the style, or of the nearest that it is based on; one that is not described is known by its identifier.
  [[nodiscard]] Role role_of(std::string id) const {
    for (int depth = 0; depth < 20 && !id.empty(); ++depth) {
      const auto found = styles_.find(id);
      const Style style = found == styles_.end() ? Style{id, ""} : found->second;
      const Role role = named(style.name);
      if (role.kind != Kind::text || role.contents) return role;
      id = style.based_on;
    }
    return {};
  }

 private:
  struct Style {
    std::string name;
    std::string based_on;
  };

  static Role named(std::string_view style) {
    // Those of ITU's templates beside Word's own.
    static constexpr std::string_view titles[] = {"title", "title1", "rectitle", "doctitle"};
    std::string name;
    for (const char c : lower(style)) {
      if (std::string_view(" _-").find(c) == std::string_view::npos) name += c;
    }
    if (name.starts_with("toc")) return {Kind::text, 0, true};
    if (std::ranges::find(titles, name) != std::end(titles)) return {Kind::title, 0, false};
    if (name.size() == 8 && name.starts_with("heading") && name[7] >= '1' && name[7] <= '9')
      return {Kind::heading, name[7] - '0', false};
    return {};
  }

  std::map<std::string, Style> styles_;
};

/// Reads the body paragraph by paragraph.
class Body {
 public:
  Body(const Styles& styles, Outline& out) : styles_(styles), out_(out) {}

  void read(const Parts::value_type& part) {
    read_part(part, {[&](std::string_view name, const Attributes& attributes) { begin(name, attributes); },
                     [&](std::string_view name, std::string& text) { end(name, text); }});
  }

 private:
  struct Paragraph {
    std::string text;
    Role role;
    bool properties = false;  ///< Its own are being told, not its text.
    bool hidden = false;      ///< The run of letters that is being told.
  };

  /// Deleted, moved away, codes of fields, pronunciations, the second telling of a text box, properties before a change.
  static bool is_skipped(std::string_view name) {
    static constexpr std::string_view skipped[] = {"del", "moveFrom", "delText", "instrText", "rt", "Fallback"};
    return std::ranges::find(skipped, name) != std::end(skipped) || name.ends_with("Change");
  }

  void begin(std::string_view name, const Attributes& attributes) {
    if (skipped_ > 0 || is_skipped(name)) {
      ++skipped_;
      return;
    }
    if (name == "tbl") ++tables_;
    if (name == "tr" && tables_ == 1) out_.open_row();
    if (name == "tc" && tables_ == 1) out_.open_cell();
    if (name == "p") open_.emplace_back();
    if (open_.empty()) return;
    Paragraph& paragraph = open_.back();
    if (name == "pPr") paragraph.properties = true;
    if (name == "pStyle") paragraph.role = styles_.role_of(std::string(attributes["val"]));
    if (paragraph.properties) return;
    if (name == "r") paragraph.hidden = false;
    if (name == "vanish") paragraph.hidden = attributes["val"] != "0" && attributes["val"] != "false";
    if (name == "tab") append(" ");
    if (name == "br" || name == "cr") append("\n");
    if (name == "noBreakHyphen") append("-");
  }

  void end(std::string_view name, const std::string& text) {
    if (skipped_ > 0) {
      --skipped_;
      return;
    }
    if (name == "t") append(text);
    if (name == "pPr" && !open_.empty()) open_.back().properties = false;
    if (name == "p") close_paragraph();
    if (name == "tc" && tables_ == 1) out_.close_cell();
    if (name == "tbl") --tables_;
  }

  void append(std::string_view text) {
    if (!open_.empty() && !open_.back().hidden) open_.back().text += text;
  }

  void close_paragraph() {
    const auto [text, role, properties, hidden] = std::move(open_.back());
    open_.pop_back();
    if (role.contents) return;
    if (role.kind != Kind::text) {
      out_.add(text, role.kind, role.level);
      return;
    }
    // Some write one answer after the other in one paragraph, with line breaks.
    bool continues = false;
    for (std::string_view rest = text; !rest.empty();) {
      const std::size_t length = std::min(rest.find('\n'), rest.size());
      continues = out_.add(rest.substr(0, length), Kind::text, 0, continues) || continues;
      rest.remove_prefix(std::min(length + 1, rest.size()));
    }
  }

  const Styles& styles_;
  Outline& out_;
  std::vector<Paragraph> open_;  ///< More than one inside a text box.
  std::size_t tables_ = 0;       ///< That are open, one in another.
  std::size_t skipped_ = 0;
};

}  // namespace

Outline outline_of_docx(std::string_view bytes) {
  static constexpr std::string_view document = "word/document";
  static constexpr std::string_view styles_part = "word/styles";
  if (!bytes.starts_with("PK")) throw Unreadable{0, "no Word document; save it as \"Word Document (*.docx)\""};
  const Parts parts = unzip(bytes, [](std::string_view name) {
    return name.ends_with(".xml") && (name.starts_with(document) || name.starts_with(styles_part));
  });
  const auto body = find_part(parts, document);
  if (body == parts.end()) throw Unreadable{0, "a ZIP archive, but no Word document; save it as \"Word Document (*.docx)\""};
  Styles styles;
  if (const auto part = find_part(parts, styles_part); part != parts.end()) styles.read(*part);
  Outline outline;
  Body(styles, outline).read(*body);
  return outline;
}

}  // namespace lacuna
