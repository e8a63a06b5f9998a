#include <fmt/format.h>

#include <algorithm>

#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "model/values.hpp"

namespace lacuna {
namespace {

constexpr std::string_view schema = "lacuna:schema/map-1.json";

/// Values that reading it makes, itself among them.
std::size_t values_in(const Value& value) {
  std::size_t n = 1;
  if (const auto* list = value.if_array()) {
    for (const Value& v : *list) n += values_in(v);
  } else if (const auto* members = value.if_object()) {
    for (const auto& [name, v] : *members) n += values_in(v);
  }
  return n;
}

/// Half of what a reader takes in one document.
constexpr std::size_t most_values = json::most_values / 2;

/// "links.json"; where one document would be too large to be read again, "links-2.json" and so on beside it.
template <class Item>
void write_files(std::string_view name, const std::vector<Item>& items, const TextFileSink& sink) {
  std::size_t next = 0;
  for (std::size_t number = 1; number == 1 || next < items.size(); ++number) {
    Value list = Value::array();
    for (std::size_t values = 0; next < items.size(); ++next) {
      Value item = value_of(items[next]);
      values += values_in(item);
      if (values > most_values && !list.if_array()->empty()) break;
      list.push(std::move(item));
    }
    Value document = Value::object();
    document.set("schema", schema).set(name, std::move(list));
    sink(number == 1 ? fmt::format("{}.json", name) : fmt::format("{}-{}.json", name, number), json::write(document));
  }
}

}  // namespace

bool is_text_file_of_map(std::string_view name) {
  if (!name.ends_with(".json")) return false;
  name.remove_suffix(5);
  if (name == "map") return true;
  for (const std::string_view part : {"nodes", "links", "searches"}) {
    if (!name.starts_with(part)) continue;
    const std::string_view number = name.substr(part.size());
    return number.empty() ||
           (number.size() > 1 && number.front() == '-' && number.find_first_not_of("0123456789", 1) == std::string_view::npos);
  }
  return false;
}

void render_map(const Map& map, const TextFileSink& sink) {
  Value document = Value::object();
  document.set("schema", schema).set("map", value_of(map.info));
  sink("map.json", json::write(document));
  write_files("nodes", map.nodes, sink);
  write_files("links", map.links, sink);
  write_files("searches", map.searches, sink);
}

std::map<std::string, std::string> render_map(const Map& map) {
  std::map<std::string, std::string> files;
  render_map(map, [&](const std::string& name, std::string&& bytes) { files.emplace(name, std::move(bytes)); });
  return files;
}

std::string render_parts(const Map& map, const std::vector<std::string>& parts) {
  Value document = Value::object();
  document.set("schema", schema);
  const auto add = [&](std::string_view name, const auto& items) {
    if (std::ranges::find(parts, name) == parts.end()) return;
    Value list = Value::array();
    for (const auto& item : items) list.push(value_of(item));
    document.set(name, std::move(list));
  };
  if (std::ranges::find(parts, "map") != parts.end()) document.set("map", value_of(map.info));
  add("nodes", map.nodes);
  add("links", map.links);
  add("searches", map.searches);
  return json::write(document);
}

}  // namespace lacuna
