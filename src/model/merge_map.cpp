// Nodes and links of an import onto the map that is there.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "base/text.hpp"
#include "model/merge_map.hpp"

namespace lacuna {
namespace {

/// True when two nodes say the same; where they were seen does not matter.
bool same(const Node& a, const Node& b) {
  return std::tie(a.kind, a.title, a.text, a.priority, a.state, a.address, a.aliases, a.attributes, a.dates) ==
         std::tie(b.kind, b.title, b.text, b.priority, b.state, b.address, b.aliases, b.attributes, b.dates);
}

bool same(const Link& a, const Link& b) {
  return std::tie(a.degree, a.set_relation, a.strength, a.rationale, a.evidence, a.clause, a.on, a.status) ==
         std::tie(b.degree, b.set_relation, b.strength, b.rationale, b.evidence, b.clause, b.on, b.status);
}

}  // namespace

ImportSummary merge_into(Map& map, Map&& from) {
  ImportSummary summary;
  sort_canonically(from);
  std::unordered_map<std::string, std::size_t> nodes;
  for (std::size_t i = 0; i < map.nodes.size(); ++i) nodes.emplace(lower(map.nodes[i].id), i);
  std::unordered_map<std::string, std::string> spelled;  // As the map writes an identifier.
  for (Node& node : from.nodes) {
    ++summary.read;
    sort_canonically(node);
    const auto [found, added] = nodes.emplace(lower(node.id), map.nodes.size());
    if (added) {
      ++summary.added;
      map.nodes.push_back(std::move(node));
      continue;
    }
    Node& old = map.nodes[found->second];
    if (old.id != node.id) spelled[node.id] = old.id;
    node.id = old.id;
    if (same(old, node)) {
      ++summary.unchanged;
      continue;
    }
    ++summary.changed;
    summary.changes.push_back(fmt::format(
        "{}: {}", old.id, old.title == node.title ? "details" : fmt::format("title now \"{}\"", shortened(node.title, 80))));
    old = std::move(node);
  }
  const auto spelling = [&](const std::string& id) {
    if (const auto found = nodes.find(lower(id)); found != nodes.end()) return map.nodes[found->second].id;
    return id;
  };
  std::map<std::string, std::size_t> links;
  const auto key = [](const Link& l) { return fmt::format("{}\n{}\n{}\n{}", l.from, name_of(l.relation), l.to, l.by); };
  for (std::size_t i = 0; i < map.links.size(); ++i) links.emplace(key(map.links[i]), i);
  for (Link& link : from.links) {
    ++summary.read;
    link.from = spelling(link.from);
    link.to = spelling(link.to);
    const auto [found, added] = links.emplace(key(link), map.links.size());
    if (added) {
      ++summary.added;
      map.links.push_back(std::move(link));
      continue;
    }
    Link& old = map.links[found->second];
    if (same(old, link)) {
      ++summary.unchanged;
      continue;
    }
    ++summary.changed;
    summary.changes.push_back(fmt::format("{} {} {}", old.from, name_of(old.relation), old.to));
    old = std::move(link);
  }
  for (Search& search : from.searches) {
    ++summary.read;
    const auto same = std::ranges::find(map.searches, search.id, &Search::id);
    if (same == map.searches.end()) {
      ++summary.added;
      map.searches.push_back(std::move(search));
    } else {
      ++summary.unchanged;
    }
  }
  if (map.info.title.empty() && map.info.about.empty() && !map.info.date) map.info = std::move(from.info);
  return summary;
}

}  // namespace lacuna
