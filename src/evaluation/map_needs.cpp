#include "evaluation/map_needs.hpp"

#include <algorithm>
#include <map>

#include "base/sorted.hpp"

namespace lacuna::evaluation {

std::vector<MapNeed> map_needs(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::map<NodeId, std::uint32_t> places;
  for (const NodeId id : situation.needs()) places.emplace(id, static_cast<std::uint32_t>(places.size()));
  std::vector<MapNeed> needs;
  needs.reserve(places.size());
  for (const NodeId id : situation.needs()) {
    const Node& node = graph.node(id);
    MapNeed need;
    need.labels.push_back(node.title);
    need.labels.insert(need.labels.end(), node.aliases.begin(), node.aliases.end());
    need.text = node.text;
    need.dated = std::ranges::any_of(node.dates, [](const NodeDate& d) { return d.what == "since"; });
    const auto link = [&](LinkId at, NodeId other) {
      const auto place = situation.counts(at) ? places.find(other) : places.end();
      if (place != places.end()) need.linked.push_back(place->second);
    };
    for (const Relation relation : {Relation::needs, Relation::faces, Relation::counters}) {
      for (const LinkId at : graph.out(id, relation)) link(at, graph.edge(at).to);
      for (const LinkId at : graph.in(id, relation)) link(at, graph.edge(at).from);
    }
    sort_unique(need.linked);
    needs.push_back(std::move(need));
  }
  return needs;
}

std::vector<MapNeed> dated_needs(std::span<const MapNeed> needs) {
  std::vector<std::uint32_t> places(needs.size());
  std::uint32_t kept = 0;
  for (std::size_t k = 0; k < needs.size(); ++k) places[k] = needs[k].dated ? kept++ : 0;
  std::vector<MapNeed> dated;
  for (const MapNeed& need : needs) {
    if (!need.dated) continue;
    MapNeed& own = dated.emplace_back(need);
    own.linked.clear();
    for (const std::uint32_t other : need.linked) {
      if (needs[other].dated) own.linked.push_back(places[other]);
    }
  }
  return dated;
}

}  // namespace lacuna::evaluation
