#include "analysis/map_hits.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/explain.hpp"
#include "base/text.hpp"
#include "text/terms.hpp"

namespace lacuna {
namespace {

std::set<std::uint32_t> terms_in(Vocabulary& vocabulary, std::string_view text) {
  std::vector<std::uint32_t> terms;
  vocabulary.terms(text, terms);
  return {terms.begin(), terms.end()};
}

std::vector<LinkId> links_of(const Situation& situation, NodeId node) {
  const Graph& graph = situation.graph();
  const bool need = is_need(graph.node(node).kind);
  std::vector<LinkId> links;
  for (const Relation relation : {Relation::covers, Relation::mentions}) {
    for (const LinkId l : need ? graph.in(node, relation) : graph.out(node, relation)) {
      const Edge& e = graph.edge(l);
      if (situation.counts(l) && !(relation == Relation::covers && e.degree == Degree::none) &&
          situation.exists(need ? e.from : e.to))
        links.push_back(l);
    }
  }
  return links;
}

/// "is mentioned by ITU-T X.1235 (01/2022), ITU-T X.1236 (11/2023)".
std::string links_text(const Graph& graph, const MapHit& hit) {
  constexpr std::size_t most = 4;
  std::vector<std::string> parts;
  const bool need = is_need(graph.node(hit.node).kind);
  for (const Relation relation : {Relation::covers, Relation::mentions}) {
    std::vector<std::string> names;
    for (const LinkId l : hit.links) {
      if (graph.edge(l).relation == relation) names.push_back(graph.node(need ? graph.edge(l).from : graph.edge(l).to).id);
    }
    if (names.empty()) continue;
    const std::size_t all = names.size();
    if (all > most) names.resize(most);
    parts.push_back(fmt::format("{} {}{}", phrase(relation, !need), join(names, ", "),
                                all > most ? fmt::format(" and {} more", all - most) : ""));
  }
  return join(parts, "; ");
}

}  // namespace

std::vector<MapHit> find_map_hits(const Situation& situation, std::string_view words) {
  const Graph& graph = situation.graph();
  std::vector<MapHit> hits;
  const std::vector<NodeId> named = graph.named(words);
  Vocabulary vocabulary;
  const std::set<std::uint32_t> wanted = terms_in(vocabulary, words);
  const auto holds = [&](std::string_view text) { return std::ranges::includes(terms_in(vocabulary, text), wanted); };
  for (std::size_t i = 0; i < graph.size(); ++i) {
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    if (!is_need(node.kind) && node.kind != Kind::deliverable) continue;
    MapHit hit{id};
    if (std::ranges::find(named, id) != named.end())
      hit.why = MapHit::Why::name;
    else if (wanted.empty())
      continue;
    else if (holds(node.title))
      hit.why = MapHit::Why::title;
    else if (!holds(node.title + " " + join(node.aliases, " ") + " " + node.text))
      continue;
    hit.links = links_of(situation, id);
    hits.push_back(std::move(hit));
  }
  std::ranges::stable_sort(hits, {}, &MapHit::why);
  return hits;
}

Table map_hits_table(const Situation& situation, const std::vector<MapHit>& hits) {
  using enum Column::Format;
  constexpr std::size_t most = 10;
  const Graph& graph = situation.graph();
  const std::size_t shown = std::min(most, hits.size());
  Table table{"on_map",
              shown < hits.size() ? fmt::format("On the map (the first {} of {}):", shown, hits.size()) : "On the map:",
              {{"id", "node", text, {}, 40},
               spare({"kind", "kind", text}),
               {"title", "title", title, {}, 70},
               {"state", "state", state},
               {"links", "coverage", prose, {}, 90}},
              {}};
  table.quiet = true;
  for (const MapHit& hit : std::span(hits).first(shown)) {
    const Node& node = graph.node(hit.node);
    Value row = node_value(graph, hit.node);
    if (is_need(node.kind)) {
      row.set("state", name_of(situation.state_of(hit.node)));
    } else {
      const auto state = situation.state(hit.node);
      row.set("state", state ? Value(name_of(*state)) : Value());
    }
    row.set("links", links_text(graph, hit));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace lacuna
