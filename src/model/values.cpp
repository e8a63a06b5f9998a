#include "model/values.hpp"

#include "lacuna/vocabulary.hpp"

namespace lacuna {
namespace {

template <class T, class ValueOf>
void set_list(Value& value, std::string_view name, const std::vector<T>& list, const ValueOf& value_of) {
  if (list.empty()) return;
  Value values = Value::array();
  for (const T& item : list) values.push(value_of(item));
  value.set(name, std::move(values));
}

}  // namespace

void set_unless_empty(Value& value, std::string_view name, const std::string& text) {
  if (!text.empty()) value.set(name, text);
}

void set_unless_empty(Value& value, std::string_view name, const std::vector<std::string>& texts) {
  if (!texts.empty()) value.set(name, text_values(texts));
}

void set_unless_empty(Value& value, std::string_view name, const std::optional<Date>& date) {
  if (date) value.set(name, to_string(*date));
}

void set_unless_empty(Value& value, const Source& source) {
  if (source.empty()) return;
  Value v = Value::object();
  set_unless_empty(v, "name", source.name);
  set_unless_empty(v, "address", source.address);
  set_unless_empty(v, "seen", source.seen);
  value.set("source", std::move(v));
}

void set_unless_empty(Value& value, const std::vector<NodeDate>& dates) {
  if (dates.empty()) return;
  Value v = Value::object();
  for (const NodeDate& d : dates) v.set(d.what, to_string(d.date));
  value.set("dates", std::move(v));
}

Value text_values(const std::vector<std::string>& texts) {
  Value values = Value::array();
  for (const std::string& text : texts) values.push(text);
  return values;
}

Value search_value(const Search& search, bool needs) {
  Value value = Value::object();
  value.set("id", search.id).set("by", search.by).set("on", to_string(search.on));
  if (needs) value.set("needs", text_values(search.needs));
  Value catalogues = Value::array();
  for (const SearchedCatalogue& c : search.catalogues) {
    Value catalogue = Value::object();
    catalogue.set("name", c.name);
    if (c.records) catalogue.set("records", *c.records);
    set_unless_empty(catalogue, "date", c.date);
    catalogues.push(std::move(catalogue));
  }
  value.set("catalogues", std::move(catalogues));
  set_unless_empty(value, "not_searched", search.not_searched);
  set_unless_empty(value, "read", search.read);
  set_list(value, "queries", search.queries, [](const SearchedWords& q) {
    Value query = Value::object();
    query.set("words", q.words);
    if (q.hits) query.set("hits", *q.hits);
    return query;
  });
  set_list(value, "candidates", search.candidates, [](const JudgedCandidate& c) {
    Value candidate = Value::object();
    candidate.set("need", c.need).set("document", c.document).set("finding", name_of(c.finding));
    set_unless_empty(candidate, "reason", c.reason);
    set_unless_empty(candidate, "by", c.by);
    return candidate;
  });
  set_list(value, "unjudged", search.unjudged, [](const UnjudgedCandidate& c) {
    Value candidate = Value::object();
    candidate.set("need", c.need).set("document", c.document).set("title", c.title);
    candidate.set("catalogue", c.catalogue).set("on", to_string(c.on));
    return candidate;
  });
  if (search.signature) {
    Value signature = Value::object();
    signature.set("by", search.signature->by).set("on", to_string(search.signature->on));
    value.set("signed", std::move(signature));
  }
  set_unless_empty(value, "method", search.method);
  set_unless_empty(value, "note", search.note);
  return value;
}

Value value_of(const MapInfo& info) {
  Value v = Value::object();
  set_unless_empty(v, "title", info.title);
  set_unless_empty(v, "about", info.about);
  set_unless_empty(v, "date", info.date);
  set_unless_empty(v, "groups", info.groups);
  return v;
}

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
  set_what_is_said(v, link);
  if (link.status != Status::asserted) v.set("status", name_of(link.status));
  set_unless_empty(v, "questioned", link.questioned);
  return v;
}

Value value_of(const Search& search) { return search_value(search, true); }

}  // namespace lacuna
