#include "model/search_value.hpp"

#include "lacuna/vocabulary.hpp"

namespace lacuna {
namespace {

void set_text(Value& value, std::string_view name, const std::string& text) {
  if (!text.empty()) value.set(name, text);
}

Value texts(const std::vector<std::string>& list) {
  Value value = Value::array();
  for (const std::string& text : list) value.push(text);
  return value;
}

template <class T, class ValueOf>
void set_list(Value& value, std::string_view name, const std::vector<T>& list, const ValueOf& value_of) {
  if (list.empty()) return;
  Value values = Value::array();
  for (const T& item : list) values.push(value_of(item));
  value.set(name, std::move(values));
}

}  // namespace

Value search_value(const Search& search, bool needs) {
  Value value = Value::object();
  value.set("id", search.id).set("by", search.by).set("on", to_string(search.on));
  if (needs) value.set("needs", texts(search.needs));
  Value catalogues = Value::array();
  for (const SearchedCatalogue& c : search.catalogues) {
    Value catalogue = Value::object();
    catalogue.set("name", c.name);
    if (c.records) catalogue.set("records", *c.records);
    if (c.date) catalogue.set("date", to_string(*c.date));
    catalogues.push(std::move(catalogue));
  }
  value.set("catalogues", std::move(catalogues));
  if (!search.not_searched.empty()) value.set("not_searched", texts(search.not_searched));
  set_text(value, "read", search.read);
  set_list(value, "queries", search.queries, [](const SearchedWords& q) {
    Value query = Value::object();
    query.set("words", q.words);
    if (q.hits) query.set("hits", *q.hits);
    return query;
  });
  set_list(value, "candidates", search.candidates, [](const JudgedCandidate& c) {
    Value candidate = Value::object();
    candidate.set("need", c.need).set("document", c.document).set("finding", name_of(c.finding));
    set_text(candidate, "reason", c.reason);
    set_text(candidate, "by", c.by);
    return candidate;
  });
  if (search.signature) {
    Value signature = Value::object();
    signature.set("by", search.signature->by).set("on", to_string(search.signature->on));
    value.set("signed", std::move(signature));
  }
  set_text(value, "method", search.method);
  set_text(value, "note", search.note);
  return value;
}

}  // namespace lacuna
