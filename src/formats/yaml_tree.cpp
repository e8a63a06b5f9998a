#include "formats/yaml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/text.hpp"
#include "formats/yaml.hpp"

namespace lacuna::yaml {
namespace {

using json::Json;

Json value_of(Reader& reader) {
  Json value;
  value.line = reader.line();
  if (reader.is_mapping()) {
    value.type = Json::Type::object;
    std::unordered_set<std::string> seen;
    reader.members([&](std::string_view name) {
      if (!seen.emplace(name).second) reader.fail(fmt::format("the name \"{}\" stands twice", shortened(name, 60)));
      if (seen.size() > json::most_members) reader.fail(fmt::format("a mapping has more than {} members", json::most_members));
      value.names.emplace_back(name);
      value.items.push_back(value_of(reader));
    });
  } else if (reader.is_list()) {
    value.type = Json::Type::array;
    reader.items([&] { value.items.push_back(value_of(reader)); });
  } else {
    value.type = Json::Type::text;
    value.text = reader.text();
    if (!is_clean_utf8(value.text)) reader.fail("a text holds malformed UTF-8; remove it");
    if (reader.is_plain() && (value.text == "true" || value.text == "false")) {
      value.type = Json::Type::boolean;
      value.boolean = value.text == "true";
      value.text.clear();
    } else if (reader.is_plain() && (value.text == "null" || value.text == "~")) {
      value.type = Json::Type::null;
      value.text.clear();
    }
    reader.skip();
  }
  return value;
}

}  // namespace

std::optional<Json> read_tree(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  try {
    Reader reader(bytes, json::most_values);
    Json root = value_of(reader);
    if (root.type != Json::Type::text || !root.text.empty()) return root;
    // Where nothing stands, its place is behind the end.
    diagnostics.push_back({Severity::error, file, 0, "holds nothing"});
    return std::nullopt;
  } catch (const Fault& fault) {
    diagnostics.push_back({Severity::error, file, fault.line, fault.message});
    return std::nullopt;
  }
}

}  // namespace lacuna::yaml
