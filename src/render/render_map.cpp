#include "formats/json.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

constexpr std::string_view schema = "lacuna:schema/map-1.json";

void set_text(Value& object, std::string_view name, const std::string& text) {
  if (!text.empty()) object.set(name, text);
}

void set_date(Value& object, std::string_view name, const std::optional<Date>& date) {
  if (date) object.set(name, to_string(*date));
}

void set_source(Value& object, const Source& source) {
  if (source.empty()) return;
  Value v = Value::object();
  set_text(v, "name", source.name);
  set_text(v, "address", source.address);
  set_date(v, "seen", source.seen);
  object.set("source", std::move(v));
}

Value list_of(const std::vector<std::string>& texts) {
  Value list = Value::array();
  for (const std::string& text : texts) list.push(text);
  return list;
}

Value value_of(const Node& node) {
  Value v = Value::object();
  v.set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
  set_text(v, "text", node.text);
  if (!node.aliases.empty()) v.set("aliases", list_of(node.aliases));
  if (node.priority) v.set("priority", *node.priority);
  if (node.state) v.set("state", name_of(*node.state));
  if (!node.dates.empty()) {
    Value dates = Value::object();
    for (const NodeDate& d : node.dates) dates.set(d.what, to_string(d.date));
    v.set("dates", std::move(dates));
  }
  set_text(v, "address", node.address);
  set_source(v, node.source);
  if (!node.attributes.empty()) v.set("attributes", Value(node.attributes));
  return v;
}

Value value_of(const Link& link) {
  Value v = Value::object();
  v.set("from", link.from).set("relation", name_of(link.relation)).set("to", link.to);
  if (link.degree) v.set("degree", name_of(*link.degree));
  if (link.set_relation) v.set("set_relation", name_of(*link.set_relation));
  if (link.strength) v.set("strength", *link.strength);
  set_text(v, "rationale", link.rationale);
  set_text(v, "evidence", link.evidence);
  if (link.method) v.set("method", name_of(*link.method));
  set_text(v, "by", link.by);
  set_date(v, "on", link.on);
  set_source(v, link.source);
  if (link.status != Status::asserted) v.set("status", name_of(link.status));
  return v;
}

Value value_of(const Search& search) {
  Value v = Value::object();
  v.set("id", search.id).set("by", search.by).set("on", to_string(search.on)).set("needs", list_of(search.needs));
  Value catalogues = Value::array();
  for (const SearchedCatalogue& c : search.catalogues) {
    Value catalogue = Value::object();
    catalogue.set("name", c.name);
    if (c.records) catalogue.set("records", *c.records);
    set_date(catalogue, "date", c.date);
    catalogues.push(std::move(catalogue));
  }
  v.set("catalogues", std::move(catalogues));
  set_text(v, "method", search.method);
  set_text(v, "note", search.note);
  return v;
}

template <class Item>
std::string file_of(std::string_view name, const std::vector<Item>& items) {
  Value list = Value::array();
  for (const Item& item : items) list.push(value_of(item));
  Value document = Value::object();
  document.set("schema", schema).set(name, std::move(list));
  return json::write(document);
}

}  // namespace

std::map<std::string, std::string> render_map(const Map& map) {
  Value info = Value::object();
  set_text(info, "title", map.info.title);
  set_text(info, "about", map.info.about);
  set_date(info, "date", map.info.date);
  if (!map.info.groups.empty()) info.set("groups", list_of(map.info.groups));
  Value document = Value::object();
  document.set("schema", schema).set("map", std::move(info));
  return {{"map.json", json::write(document)},
          {"nodes.json", file_of("nodes", map.nodes)},
          {"links.json", file_of("links", map.links)},
          {"searches.json", file_of("searches", map.searches)}};
}

}  // namespace lacuna
