// needs.json of Sphinx-Needs: every node a need of its type, every link a list of ids.
#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

/// Sphinx-Needs takes letters, digits and a few signs in an id; what else stands there becomes an underscore. Two that would be
/// one get a number.
std::vector<std::string> sphinx_ids(const Graph& graph) {
  std::vector<std::string> ids;
  std::map<std::string, int> used;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    std::string id;
    for (const char c : graph.node(static_cast<NodeId>(i)).id) {
      const bool plain = is_letter(c) || is_digit(c) || c == '-' || c == '.';
      if (plain || id.empty() || id.back() != '_') id += plain ? c : '_';
    }
    if (const int again = used[lower(id)]++; again > 0) id += "_" + std::to_string(again + 1);
    ids.push_back(std::move(id));
  }
  return ids;
}

std::string write_needs_json(const Situation& situation) {
  const Graph& graph = situation.graph();
  const std::vector<std::string> ids = sphinx_ids(graph);
  Value needs = Value::object();
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    Value need = Value::object();
    need.set("id", ids[i]).set("identifier", node.id).set("type", name_of(node.kind)).set("title", node.title);
    need.set("content", node.text).set("status", state_name(situation, id)).set("url", node.address);
    for (const Relation relation : all_of<Relation>()) {
      // Of several verdicts on one pair, what says most.
      std::vector<std::pair<NodeId, Degree>> ends;
      for (const LinkId l : graph.out(id, relation)) {
        const Edge& edge = graph.edge(l);
        if (!situation.counts(l) || (relation == Relation::covers && edge.degree == Degree::none)) continue;
        const auto known = std::ranges::find(ends, edge.to, &std::pair<NodeId, Degree>::first);
        if (known == ends.end())
          ends.emplace_back(edge.to, edge.degree);
        else
          known->second = std::min(known->second, edge.degree);
      }
      if (ends.empty()) continue;
      Value to = Value::array();
      Value degrees = Value::array();
      for (const auto& [end, degree] : ends) {
        to.push(ids[index(end)]);
        degrees.push(name_of(degree));
      }
      need.set(name_of(relation), std::move(to));
      if (relation == Relation::covers) need.set("covers_degree", std::move(degrees));
    }
    needs.set(ids[i], std::move(need));
  }
  const std::string version = to_string(situation.as_of());
  Value one = Value::object();
  one.set("needs", std::move(needs)).set("needs_amount", graph.size());
  Value versions = Value::object();
  versions.set(version, std::move(one));
  Value document = Value::object();
  document.set("project", graph.info().title).set("current_version", version).set("versions", std::move(versions));
  return json::write(document);
}

}  // namespace

extern const ExchangeFormat needs_json_format{
    .name = "needs-json",
    .help = "needs.json of Sphinx-Needs; ids in its letters, ours as \"identifier\"",
    .leaves_out = "search records, who said what, dates and links that do not count",
    .write = write_needs_json,
};

}  // namespace lacuna
