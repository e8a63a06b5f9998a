#include <fmt/format.h>

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <unordered_map>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"

namespace lacuna {

std::vector<Diagnostic> cycles(const Map& map) {
  std::unordered_map<std::string_view, std::size_t> position;
  for (std::size_t i = 0; i < map.nodes.size(); ++i) position.emplace(map.nodes[i].id, i);

  std::vector<Diagnostic> result;
  for (std::size_t r = 0; r < words<Relation>().size(); ++r) {
    const auto relation = static_cast<Relation>(r);
    if (!is_acyclic(relation)) continue;
    std::vector<std::pair<std::size_t, std::size_t>> edges;
    std::vector<const Link*> links;
    for (const Link& link : map.links) {
      const auto from = position.find(link.from);
      const auto to = position.find(link.to);
      if (link.relation != relation || from == position.end() || to == position.end() || from == to) continue;
      edges.emplace_back(from->second, to->second);
      links.push_back(&link);
    }
    using Csr = boost::compressed_sparse_row_graph<boost::directedS>;
    const Csr graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), map.nodes.size());
    std::vector<std::size_t> component(map.nodes.size());
    boost::strong_components(graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));

    std::unordered_map<std::size_t, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < component.size(); ++i) members[component[i]].push_back(i);
    // Told at the first link, in file order, that closes the circle.
    std::vector<bool> told(map.nodes.size());
    for (std::size_t e = 0; e < edges.size(); ++e) {
      const std::size_t c = component[edges[e].first];
      if (c != component[edges[e].second] || told[c]) continue;
      told[c] = true;
      std::vector<std::string> names;
      for (const std::size_t i : members[c]) names.push_back("\"" + map.nodes[i].id + "\"");
      std::ranges::sort(names, natural_less);
      const std::size_t n = names.size();
      if (n > 8) {
        names.resize(8);
        names.push_back(fmt::format("and {} more", n - 8));
      }
      const Where& where = links[e]->where;
      result.push_back(
          {Severity::error, where.file < map.files.size() ? map.files[where.file] : std::string(), where.line,
           fmt::format("{} runs in a circle through {}; remove one of the links", name_of(relation), join(names, ", "))});
    }
  }
  return result;
}

}  // namespace lacuna
