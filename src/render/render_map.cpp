#include <fmt/format.h>

#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "model/values.hpp"

namespace lacuna {
namespace {

constexpr std::string_view schema = "lacuna:schema/map-1.json";

Value value_of(const Node& node) {
  Value v = Value::object();
  v.set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
  set_unless_empty(v, "text", node.text);
  set_unless_empty(v, "aliases", node.aliases);
  if (node.priority) v.set("priority", *node.priority);
  if (node.state) v.set("state", name_of(*node.state));
  set_unless_empty(v, node.dates);
  set_unless_empty(v, "address", node.address);
  set_unless_empty(v, node.source);
  if (!node.attributes.empty()) v.set("attributes", Value(node.attributes));
  return v;
}

Value value_of(const Link& link) {
  Value v = Value::object();
  v.set("from", link.from).set("relation", name_of(link.relation)).set("to", link.to);
  if (link.degree) v.set("degree", name_of(*link.degree));
  if (link.set_relation) v.set("set_relation", name_of(*link.set_relation));
  if (link.strength) v.set("strength", *link.strength);
  set_unless_empty(v, "rationale", link.rationale);
  set_unless_empty(v, "evidence", link.evidence);
  set_unless_empty(v, "clause", link.clause);
  if (link.method) v.set("method", name_of(*link.method));
  set_unless_empty(v, "by", link.by);
  set_unless_empty(v, "on", link.on);
  set_unless_empty(v, link.source);
  if (link.status != Status::asserted) v.set("status", name_of(link.status));
  set_unless_empty(v, "questioned", link.questioned);
  return v;
}

Value value_of(const Search& search) { return search_value(search, true); }

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
  Value info = Value::object();
  set_unless_empty(info, "title", map.info.title);
  set_unless_empty(info, "about", map.info.about);
  set_unless_empty(info, "date", map.info.date);
  set_unless_empty(info, "groups", map.info.groups);
  Value document = Value::object();
  document.set("schema", schema).set("map", std::move(info));
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

}  // namespace lacuna
