// CSL-JSON (Citation Style Language 1.0.2): the deliverables for Zotero and other reference managers.
#include <algorithm>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

Value csl_date(const Date& date) {
  // "2019-06-22" as [[2019, 6, 22]].
  Value parts = Value::array();
  const std::string text = to_string(date);
  for (std::size_t at = 0; at < text.size(); at += at == 0 ? 5 : 3)
    parts.push(static_cast<std::int64_t>(std::stoi(text.substr(at, at == 0 ? 4 : 2))));
  Value list = Value::array();
  list.push(std::move(parts));
  Value value = Value::object();
  value.set("date-parts", std::move(list));
  return value;
}

std::string write_csl_json(const Situation& situation) {
  const Graph& graph = situation.graph();
  Value items = Value::array();
  for (const NodeId id : graph.of_kind(Kind::deliverable)) {
    const Node& node = graph.node(id);
    Value item = Value::object();
    item.set("id", node.id)
        .set("type", "standard")
        .set("title", node.title.empty() ? node.id : node.title)
        .set("number", node.id);
    std::vector<std::string> groups;
    for (const NodeId g : graph.developers_of(id)) groups.push_back(graph.node(g).id);
    if (!groups.empty()) item.set("publisher", join(groups, "; "));
    const auto published = std::ranges::find(node.dates, name_of(State::published), &NodeDate::what);
    if (published != node.dates.end()) item.set("issued", csl_date(published->date));
    if (const std::string_view state = state_name(situation, id); !state.empty()) item.set("status", state);
    if (!node.text.empty()) item.set("abstract", node.text);
    if (!node.address.empty()) item.set("URL", node.address);
    items.push(std::move(item));
  }
  return json::write(items);
}

}  // namespace

extern const ExchangeFormat csl_json_format{
    .name = "csl-json",
    .help = "the deliverables as CSL-JSON, for Zotero and other reference managers",
    .leaves_out = "everything but the deliverables, who publishes them and when",
    .write = write_csl_json,
};

}  // namespace lacuna
