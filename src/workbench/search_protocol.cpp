#include "workbench/search_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analysis/explain.hpp"
#include "base/text.hpp"
#include "lacuna/date.hpp"
#include "workbench/context_texts.hpp"

namespace lacuna {
namespace {

constexpr double least_overlap = 0.15;  ///< Below it, the two share a word by chance.

/// Works and identifiers that somebody has judged for a need.
std::set<std::string> judged_for(const Graph& graph, const LinkTexts& texts, NodeId need) {
  std::set<std::string> judged;
  std::set<NodeId> linked;
  for (const Relation relation : {Relation::covers, Relation::mentions}) {
    for (const LinkId l : graph.in(need, relation)) {
      if (graph.edge(l).status != Status::suggested) linked.insert(graph.edge(l).from);
    }
  }
  for (const DeliverableText& d : texts.on_map) {
    if (d.node && linked.contains(*d.node)) judged.insert(d.work.empty() ? d.id : d.work);
  }
  for (const std::uint32_t s : graph.searches_for(need)) {
    for (const JudgedCandidate& c : graph.searches()[s].record.candidates) {
      if (c.need == graph.node(need).id) judged.insert(c.document);
    }
  }
  return judged;
}

std::string state_text(const Graph& graph, const DeliverableText& document) {
  if (document.node && graph.node(*document.node).state) return std::string(name_of(*graph.node(*document.node).state));
  return document.record ? std::string(name_of(document.record->state)) : std::string();
}

}  // namespace

std::vector<UnjudgedDocument> unjudged_documents(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit) {
  const Graph& graph = bench.graph();
  ContextTexts context(bench.store(), graph);
  const LinkTexts& texts = context.for_links();
  std::vector<Prepared> on_map;
  for (const DeliverableText& document : texts.on_map) on_map.push_back(texts.comparison->prepare(document.writing));
  std::vector<UnjudgedDocument> result;
  for (const NodeId need : needs) {
    const std::set<std::string> judged = judged_for(graph, texts, need);
    const Writing writing{graph.node(need).title, graph.node(need).text};
    const Prepared own = texts.comparison->prepare(writing);
    std::vector<UnjudgedDocument> near;
    std::set<std::string> seen;
    const auto look_at = [&](const DeliverableText& document, const Prepared& prepared) {
      const std::string& work = document.work.empty() ? document.id : document.work;
      if (judged.contains(work) || judged.contains(document.id) || !seen.insert(work).second) return;
      const double overlap = texts.comparison->overlap(own, prepared).degree;
      if (overlap >= least_overlap) near.push_back({need, document, overlap});
    };
    for (std::size_t d = 0; d < on_map.size(); ++d) look_at(texts.on_map[d], on_map[d]);
    if (texts.nearest) {
      for (const DeliverableText& document : texts.nearest(writing, 3 * limit))
        look_at(document, texts.comparison->prepare(document.writing));
    }
    std::ranges::stable_sort(near, [](const UnjudgedDocument& a, const UnjudgedDocument& b) {
      return a.overlap != b.overlap ? a.overlap > b.overlap : a.document.id < b.document.id;
    });
    if (near.size() > limit) near.resize(limit);
    std::ranges::move(near, std::back_inserter(result));
  }
  return result;
}

Result unjudged_answer(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit) {
  const Graph& graph = bench.graph();
  Result result;
  result.schema = "search-record-1";
  result.title = "Documents near a need that nobody has judged";
  Value asked = Value::array();
  for (const NodeId need : needs) asked.push(graph.node(need).id);
  result.head.emplace_back("needs", std::move(asked));
  const auto catalogues = bench.store().catalogues();
  result.summary.push_back(
      catalogues.empty()
          ? std::string("The map holds no catalogue: only its own deliverables were looked at; see: lacuna import --help")
          : fmt::format("Looked at: the map and {}", count_of(catalogues.size(), "catalogue")));
  using enum Column::Format;
  Table table{"documents",
              "",
              {{"near", "near", score},
               {"need", "need", text},
               {"document", "document", text},
               {"state", "state", text},
               {"title", "title", title}},
              {}};
  for (const UnjudgedDocument& d : unjudged_documents(bench, needs, limit)) {
    Value row = Value::object();
    row.set("near", rounded(d.overlap)).set("need", graph.node(d.need).id).set("document", d.document.id);
    row.set("state", state_text(graph, d.document)).set("title", d.document.writing.title);
    table.rows.push_back(std::move(row));
  }
  result.summary.push_back(count_of(table.rows.size(), "document"));
  result.tables.push_back(std::move(table));
  return result;
}

Search protocol_of(const Workbench& bench, const ProtocolQuestion& question) {
  const Graph& graph = bench.graph();
  Search search;
  search.by = question.by;
  search.on = Date::of(today());
  search.needs = question.needs;
  search.read = question.read;
  search.not_searched = question.not_searched;
  search.candidates = question.candidates;
  if (question.sign) search.signature = Signature{question.by, search.on};
  for (const CatalogueInfo& c : bench.store().catalogues())
    search.catalogues.push_back({c.name, static_cast<std::int64_t>(c.records), c.date});
  if (search.catalogues.empty())
    throw Error(ErrorCode::not_found, bench.path(),
                "holds no catalogue, and a search record says what was searched; see: lacuna import --help");
  for (const std::string& need : question.needs) {
    const Node& node = graph.node(graph.find(need));
    std::vector<std::string> words{node.title};
    words.insert(words.end(), node.aliases.begin(), node.aliases.end());
    for (std::string& text : words) {
      SearchQuery query;
      query.words = text;
      query.limit = 1;
      const auto hits = static_cast<std::int64_t>(bench.store().search(query).works);
      search.queries.push_back({std::move(text), hits});
    }
  }
  const std::string day = fmt::format("search:{}", to_string(search.on));
  search.id = question.id.empty() ? day : question.id;
  const auto taken = [&](const std::string& id) {
    return std::ranges::any_of(graph.searches(), [&](const SearchRecord& s) { return lower(s.record.id) == lower(id); });
  };
  for (int n = 2; question.id.empty() && taken(search.id); ++n) search.id = fmt::format("{}-{}", day, n);
  return search;
}

}  // namespace lacuna
