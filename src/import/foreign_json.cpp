#include "import/foreign_json.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/identity.hpp"
#include "base/text.hpp"

namespace lacuna {

using json::Json;

std::optional<Json> Records::parse_json(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  return json::read(bytes, file, diagnostics);
}

std::optional<Json> Records::open(const Input& input, std::string_view what, Parser parse) {
  file_ = static_cast<std::uint32_t>(map.files.size());
  map.files.push_back(input.file);
  auto document = parse(input.bytes, input.file, diagnostics_);
  if (!document) readable_ = false;
  if (document && document->type != Json::Type::object) {
    refuse(*document, fmt::format("{} must be an object, not {}", what, json::kind_of(*document)));
    document.reset();
  }
  return document;
}

void Records::refuse(const Json& document, std::string message) {
  error(document, std::move(message));
  readable_ = false;
}

void Records::say(Severity severity, const Where& where, std::string message) {
  diagnostics_.push_back({severity, map.files[where.file], where.line, std::move(message)});
}

std::string Records::place(const Where& where) const { return fmt::format("{}:{}", map.files[where.file], where.line); }

const Json* Records::typed(const Json& object, std::string_view name, Json::Type type, std::string_view wanted) {
  const Json* found = member(object, name);
  if (found == nullptr || found->type == type) return found;
  error(*found, fmt::format("\"{}\" must be {}, not {}", name, wanted, json::kind_of(*found)));
  return nullptr;
}

std::string Records::text(const Json& object, std::string_view name) {
  const Json* found = typed(object, name, Json::Type::text, "a text");
  return found == nullptr ? std::string() : found->text;
}

std::optional<std::string> Records::needed(const Json& object, std::string_view what, std::string_view name) {
  const Json* found = member(object, name);
  if (found == nullptr || (found->type == Json::Type::text && found->text.empty())) {
    error(found == nullptr ? object : *found, fmt::format("{} needs \"{}\"; skipped", with_article(what), name));
  } else if (found->type != Json::Type::text) {
    error(*found, fmt::format("\"{}\" must be a text, not {}; skipped", name, json::kind_of(*found)));
  } else {
    return found->text;
  }
  return std::nullopt;
}

bool Records::flag(const Json& object, std::string_view name) {
  const Json* found = typed(object, name, Json::Type::boolean, "true or false");
  return found != nullptr && found->boolean;
}

std::optional<Date> Records::day(const Json& object, std::string_view name) {
  const Json* found = typed(object, name, Json::Type::text, "a text");
  if (found == nullptr) return std::nullopt;
  const std::string_view text = found->text;
  const auto date = Date::parse(text.substr(0, text.find('T')));
  if (!date) error(*found, fmt::format("\"{}\" is no date; write YYYY-MM-DD, with or without a time", shortened(text, 40)));
  return date;
}

std::vector<const Json*> Records::list(const Json& object, std::string_view name, Json::Type type, std::string_view wanted) {
  std::vector<const Json*> result;
  const Json* found = typed(object, name, Json::Type::array, "a list");
  if (found == nullptr) return result;
  for (const Json& item : found->items) {
    if (item.type == type) {
      result.push_back(&item);
    } else {
      error(item, fmt::format("\"{}\" must be a list of {}, not of {}; skipped", name, wanted, json::kind_of(item)));
    }
  }
  return result;
}

std::vector<const Json*> Records::objects(const Json& object, std::string_view name) {
  return list(object, name, Json::Type::object, "objects");
}

std::vector<const Json*> Records::texts(const Json& object, std::string_view name) {
  return list(object, name, Json::Type::text, "texts");
}

const Json* Records::object(const Json& object, std::string_view name) {
  return typed(object, name, Json::Type::object, "an object");
}

const Node* Records::node(std::string_view id) const {
  const auto found = nodes_.find(identity_of(id));
  return found == nodes_.end() ? nullptr : &map.nodes[found->second];
}

void Records::add(Node node) {
  nodes_.emplace(identity_of(node.id), map.nodes.size());
  map.nodes.push_back(std::move(node));
}

Node& Records::change(std::string_view id) { return map.nodes[nodes_.at(identity_of(id))]; }

Link* Records::add(Link link) {
  const std::string key = fmt::format("{}\n{}\n{}\n{}", link.from, static_cast<int>(link.relation), link.to, link.by);
  const auto [first, fresh] = links_.emplace(key, map.links.size());
  if (!fresh) return &map.links[first->second];
  map.links.push_back(std::move(link));
  return nullptr;
}

const Json* member(const Json& object, std::string_view name) {
  const auto found = std::ranges::find(object.names, name);
  return found == object.names.end() ? nullptr : &object.items[static_cast<std::size_t>(found - object.names.begin())];
}

namespace {

constexpr std::size_t none = std::string_view::npos;

/// For every "[" and "(" the place of the bracket that closes it, else npos.
std::vector<std::size_t> closing_brackets(std::string_view text) {
  std::vector<std::size_t> closes(text.size(), none);
  std::vector<std::size_t> square;
  std::vector<std::size_t> round;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\') {
      ++i;
    } else if (c == '[') {
      square.push_back(i);
    } else if (c == '(') {
      round.push_back(i);
    } else if (c == ']' || c == ')') {
      std::vector<std::size_t>& open = c == ']' ? square : round;
      if (open.empty()) continue;
      closes[open.back()] = i;
      open.pop_back();
    }
  }
  return closes;
}

bool is_punctuation(char c) {
  return c > ' ' && c < 0x7F && std::string_view("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~").find(c) != none;
}

}  // namespace

std::string plain_text_of_markdown(std::string_view markdown) {
  const std::vector<std::size_t> closes = closing_brackets(markdown);
  std::vector<std::size_t> goes_on(markdown.size(), none);  // Behind the address, by the place of the "]" before it.
  std::string out;
  for (std::size_t i = 0; i < markdown.size(); ++i) {
    const char c = markdown[i];
    const char next = i + 1 < markdown.size() ? markdown[i + 1] : '\0';
    if (goes_on[i] != none) {
      i = goes_on[i];
    } else if (c == '\\' && is_punctuation(next)) {
      out += next;
      ++i;
    } else if (const std::size_t end = closes[i];
               c == '[' && end != none && end + 1 < markdown.size() && markdown[end + 1] == '(' && closes[end + 1] != none) {
      goes_on[end] = closes[end + 1];
      if (!out.empty() && out.back() == '!') out.pop_back();
    } else if (c == '(' && end != none && markdown.substr(i).starts_with("(Citation:")) {
      i = end;
      while (!out.empty() && out.back() == ' ') out.pop_back();
    } else if (c == '*' && next == '*') {
      ++i;
    } else if (c != '`') {
      out += c;
    }
  }
  const std::size_t first = out.find_first_not_of(" \t\r\n");
  if (first == none) return {};
  return out.substr(first, out.find_last_not_of(" \t\r\n") - first + 1);
}

std::string source_name(std::string_view name) { return shortened(name, 200); }

}  // namespace lacuna
