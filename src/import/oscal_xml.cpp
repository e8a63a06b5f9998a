#include "import/oscal_xml.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "formats/xml.hpp"

namespace lacuna::oscal {
namespace {

using json::Json;

/// Elements that may stand several times, and what OSCAL calls all of them in JSON.
const std::map<std::string_view, std::string_view>& plurals() {
  static const std::map<std::string_view, std::string_view> list = {
      {"group", "groups"},
      {"control", "controls"},
      {"param", "params"},
      {"prop", "props"},
      {"link", "links"},
      {"part", "parts"},
      {"party", "parties"},
      {"role", "roles"},
      {"responsible-party", "responsible-parties"},
      {"party-uuid", "party-uuids"},
      {"resource", "resources"},
      {"rlink", "rlinks"},
      {"mapping", "mappings"},
      {"map", "maps"},
      {"source", "sources"},
      {"target", "targets"},
      {"qualifier", "qualifiers"},
      {"unmapped-control", "unmapped-controls"},
      {"unmapped-controls", "unmapped-controls"},
      {"with-id", "with-ids"},
      {"matching", "matching"},
      {"value", "values"},
      {"choice", "choice"},
      {"guideline", "guidelines"},
      {"import", "imports"},
      {"component", "components"},
      {"control-implementation", "control-implementations"},
  };
  return list;
}

/// Text with marks, as HTML has them; a line ends behind some.
bool is_markup(std::string_view name) {
  static constexpr std::string_view names[] = {"a",   "b",   "blockquote", "br",    "code", "em", "h1", "h2", "h3",    "h4",
                                               "h5",  "h6",  "hr",         "i",     "img",  "li", "ol", "p",  "pre",   "q",
                                               "sub", "sup", "strong",     "table", "td",   "th", "tr", "ul", "insert"};
  return std::ranges::find(names, name) != std::end(names);
}

bool ends_a_line(std::string_view name) {
  static constexpr std::string_view names[] = {"blockquote", "br", "h1", "h2", "h3",  "h4", "h5",
                                               "h6",         "hr", "li", "p",  "pre", "tr"};
  return std::ranges::find(names, name) != std::end(names);
}

/// Runs of blanks as one; none at the ends of lines, no empty lines.
std::string tidy(std::string_view text) {
  std::string out;
  bool blank = false;
  for (const char c : text) {
    if (c == '\n') {
      if (!out.empty() && out.back() != '\n') out += '\n';
      blank = false;
    } else if (c == ' ') {
      blank = true;
    } else {
      if (blank && !out.empty() && out.back() != '\n') out += ' ';
      blank = false;
      out += c;
    }
  }
  while (out.ends_with('\n')) out.pop_back();
  return out;
}

/// Builds the tree from the inside: an element that ends goes into the one around it.
class TreeMaker {
 public:
  void begin(std::string_view name, std::uint32_t line, const xml::Attributes& attributes) {
    if (marks_ > 0 || (!open_.empty() && is_markup(name))) {
      ++marks_;
      if (name == "insert")
        open_.back().text += fmt::format("{{{{ insert: {}, {} }}}}", attributes["type"], attributes["id-ref"]);
      if (name == "li") open_.back().text += "\n- ";
      return;
    }
    Element element;
    element.name = name;
    element.value.line = line;
    element.value.type = Json::Type::object;
    attributes.each([&](std::string_view, std::string_view attribute, std::string_view text) {
      add(element.value, attribute, text_value(std::string(text), line));
    });
    open_.push_back(std::move(element));
  }

  void end(std::string_view name) {
    if (marks_ > 0) {
      --marks_;
      if (ends_a_line(name)) open_.back().text += '\n';
      return;
    }
    Element element = std::move(open_.back());
    open_.pop_back();
    std::string text = tidy(element.text);
    if (element.value.items.empty()) {
      element.value = text_value(std::move(text), element.value.line);
    } else if (!text.empty()) {
      add(element.value, "prose", text_value(std::move(text), element.value.line));
    }
    Json& around = open_.empty() ? root_ : open_.back().value;
    const auto plural = plurals().find(element.name);
    if (plural == plurals().end() || open_.empty()) return add(around, element.name, std::move(element.value));
    const auto list = std::ranges::find(around.names, plural->second);
    if (list != around.names.end()) {
      Json& all = around.items[static_cast<std::size_t>(list - around.names.begin())];
      if (all.type == Json::Type::array) all.items.push_back(std::move(element.value));
      return;
    }
    Json all;
    all.type = Json::Type::array;
    all.line = element.value.line;
    all.items.push_back(std::move(element.value));
    add(around, plural->second, std::move(all));
  }

  void text(std::string_view more) {
    if (open_.empty()) return;
    for (const char c : more) open_.back().text += c == '\n' || c == '\t' || c == '\r' ? ' ' : c;
  }

  Json finish() {
    root_.type = Json::Type::object;
    root_.line = 1;
    return std::move(root_);
  }

 private:
  struct Element {
    std::string name;
    std::string text;
    Json value;
  };

  static Json text_value(std::string text, std::uint32_t line) {
    Json value;
    value.type = Json::Type::text;
    value.line = line;
    value.text = std::move(text);
    return value;
  }

  /// The first of a name stands.
  static void add(Json& object, std::string_view name, Json value) {
    if (std::ranges::find(object.names, name) != object.names.end()) return;
    object.names.emplace_back(name);
    object.items.push_back(std::move(value));
  }

  std::vector<Element> open_;
  std::size_t marks_ = 0;  ///< Open elements of markup: their text belongs to the element around them.
  Json root_;
};

}  // namespace

std::optional<Json> read_xml(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  TreeMaker tree;
  xml::Stream stream(file, {.begin = [&](std::string_view name, std::uint32_t line,
                                         const xml::Attributes& attributes) { tree.begin(name, line, attributes); },
                            .end = [&](std::string_view name) { tree.end(name); },
                            .text = [&](std::string_view text) { tree.text(text); }});
  try {
    constexpr std::size_t piece = 1U << 20;
    for (std::size_t at = 0; at <= bytes.size(); at += piece) stream.feed(bytes.substr(at, piece), bytes.size() - at < piece);
  } catch (const Error& error) {
    // "FILE:12: why".
    const std::string_view where = error.where();
    const std::string_view line = where.substr(where.rfind(':') + 1);
    std::uint32_t number = 0;
    for (const char c : line) number = is_digit(c) ? 10 * number + static_cast<std::uint32_t>(c - '0') : number;
    const std::string message = error.what();
    diagnostics.push_back({Severity::error, file, number, message.substr(std::min(message.size(), where.size() + 2))});
    return std::nullopt;
  }
  return tree.finish();
}

}  // namespace lacuna::oscal
