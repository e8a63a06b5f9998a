#include "workbench/search_protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/explain.hpp"
#include "analysis/gaps.hpp"
#include "base/identity.hpp"
#include "base/text.hpp"
#include "lacuna/date.hpp"
#include "model/state_looks.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

constexpr double least_overlap = 0.15;       ///< Below it, the two share a word by chance.
constexpr std::size_t most_needs = 200;      ///< That the overview looks at.
constexpr std::size_t works_a_document = 3;  ///< Works of the catalogues that are looked at for each document that is listed.

/// The key under which editions of one work are one.
std::string work_of(const std::string& document) { return parse_identifier(document).work(); }

/// What the search records for a need wait for, by the key of its work.
std::map<std::string, const UnjudgedCandidate*> waiting_for(const Graph& graph, NodeId need) {
  std::map<std::string, const UnjudgedCandidate*> waiting;
  for (const std::uint32_t s : graph.searches_for(need)) {
    for (const UnjudgedCandidate& c : graph.searches()[s].record.unjudged) {
      if (c.need == graph.node(need).id) waiting.emplace(work_of(c.document), &c);
    }
  }
  return waiting;
}

std::string looked_at_text(const std::vector<CatalogueInfo>& catalogues) {
  return catalogues.empty()
             ? std::string("The map holds no catalogue: only its own deliverables were looked at; see: lacuna import --help")
             : fmt::format("Looked at: the map and {}", count_of(catalogues.size(), "catalogue"));
}

}  // namespace

std::string state_text(const Graph& graph, const DeliverableText& document) {
  if (document.node && graph.node(*document.node).state) return std::string(name_of(*graph.node(*document.node).state));
  return document.record ? std::string(name_of(document.record->state)) : std::string();
}

NearSearch::NearSearch(const Store& store, const Graph& graph)
    : graph_(graph), context_(store, graph), texts_(context_.for_links()) {
  for (const DeliverableText& document : texts_.on_map) on_map_.push_back(texts_.comparison->prepare(document.writing));
}

/// Works and identifiers that somebody has judged for a need. A person's no is a verdict, a machine's suggestion is none.
std::set<std::string> NearSearch::judged_for(NodeId need) const {
  std::set<std::string> judged;
  std::set<NodeId> linked;
  for (const Relation relation : {Relation::covers, Relation::mentions}) {
    for (const LinkId l : graph_.in(need, relation)) {
      if (graph_.edge(l).status != Status::suggested) linked.insert(graph_.edge(l).from);
    }
  }
  for (const DeliverableText& d : texts_.on_map) {
    if (d.node && linked.contains(*d.node)) judged.insert(d.work.empty() ? d.id : d.work);
  }
  for (const std::uint32_t s : graph_.searches_for(need)) {
    for (const JudgedCandidate& c : graph_.searches()[s].record.candidates) {
      if (c.need == graph_.node(need).id) judged.insert(c.document);
    }
  }
  return judged;
}

std::vector<UnjudgedDocument> NearSearch::unjudged(NodeId need, std::size_t limit, Counts counts) {
  const std::set<std::string> judged = judged_for(need);
  std::map<std::string, const UnjudgedCandidate*> waiting = waiting_for(graph_, need);
  const Writing writing{graph_.node(need).title, graph_.node(need).text};
  const Prepared own = texts_.comparison->prepare(writing);
  std::vector<UnjudgedDocument> near;
  std::set<std::string> seen;
  const auto look_at = [&](const DeliverableText& document, const Prepared& prepared) {
    const std::string& work = document.work.empty() ? document.id : document.work;
    const auto waits = waiting.find(work);
    const bool is_judged = judged.contains(work) || judged.contains(document.id);
    if ((is_judged && waits == waiting.end()) || !seen.insert(work).second) return;
    Overlap overlap = texts_.comparison->overlap(own, prepared);
    const auto since = waits == waiting.end() ? std::nullopt : std::optional(waits->second->on);
    if (since || overlap.degree >= least_overlap) near.push_back({need, document, std::move(overlap), since});
  };
  for (std::size_t d = 0; d < on_map_.size(); ++d) look_at(texts_.on_map[d], on_map_[d]);
  if (texts_.nearest) {
    for (const DeliverableText& document : texts_.nearest(writing, works_a_document * limit))
      look_at(document, texts_.comparison->prepare(document.writing));
  }
  for (const auto& [work, candidate] : waiting) {
    if (seen.contains(work)) continue;  // Else its catalogue has dropped it, or others are nearer by now.
    DeliverableText document;
    document.id = candidate->document;
    document.work = work;
    document.writing.title = candidate->title;
    look_at(document, texts_.comparison->prepare(document.writing));
  }
  std::ranges::stable_sort(near, [](const UnjudgedDocument& a, const UnjudgedDocument& b) {
    if (a.since.has_value() != b.since.has_value()) return a.since.has_value();
    return a.overlap.degree != b.overlap.degree ? a.overlap.degree > b.overlap.degree : a.document.id < b.document.id;
  });
  limit = std::max(limit, waiting.size());
  if (counts == Counts::to_the_limit && near.size() > limit)
    near.erase(near.begin() + static_cast<std::ptrdiff_t>(limit), near.end());
  return near;
}

std::vector<UnjudgedDocument> unjudged_documents(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit) {
  NearSearch search(bench.store(), bench.graph());
  std::vector<UnjudgedDocument> result;
  for (const NodeId need : needs) std::ranges::move(search.unjudged(need, limit), std::back_inserter(result));
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
  result.summary.push_back(looked_at_text(bench.store().catalogues()));
  using enum Column::Format;
  Table table{"documents",
              "",
              {{"near", "near", score},
               {"need", "need", text},
               {"document", "document", text},
               {"state", "state", text},
               {"title", "title", title}},
              {}};
  std::size_t waiting = 0;
  for (const UnjudgedDocument& d : unjudged_documents(bench, needs, limit)) {
    Value row = Value::object();
    row.set("near", rounded(d.overlap.degree)).set("need", graph.node(d.need).id).set("document", d.document.id);
    row.set("state", state_text(graph, d.document)).set("title", d.document.writing.title);
    if (d.since) {
      row.set("waits_since", to_string(*d.since));
      ++waiting;
    }
    table.rows.push_back(std::move(row));
  }
  result.summary.push_back(count_of(table.rows.size(), "document"));
  if (waiting > 0) {
    result.summary.back() += fmt::format("; {} came with a renewed catalogue, and stand first", waiting);
    table.columns.push_back({"waits_since", "waits since", text});
  }
  result.tables.push_back(std::move(table));
  return result;
}

Result unjudged_overview(Workbench& bench) {
  const Graph& graph = bench.graph();
  const Params& params = bench.params();
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);
  std::vector<std::pair<NodeId, std::size_t>> asked;  // With what depends on it.
  for (const NodeId need : selected_needs(situation, params)) {
    const CoverageState state = situation.state_of(need, scope);
    if (look_of(state).by == CoveredBy::nobody) asked.emplace_back(need, dependants_of(situation, need).size());
  }
  const std::size_t all = asked.size();
  std::ranges::stable_sort(asked, std::greater(), &std::pair<NodeId, std::size_t>::second);
  if (all > most_needs) asked.resize(most_needs);

  Result result;
  result.schema = "unjudged-1";
  result.title = "Where to look next";
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  const auto catalogues = bench.store().catalogues();
  result.head.emplace_back("catalogues", catalogues.size());
  result.summary.push_back(
      catalogues.empty()
          ? std::string("No catalogue is loaded: only the map's own deliverables were looked at; load those of the "
                        "bodies first: lacuna import FILE…")
          : fmt::format("Looked at: the map and the {} nearest works of {}", works_a_document * near_limit,
                        count_of(catalogues.size(), "catalogue")));
  using enum Column::Format;
  Table table{"open_needs",
              "",
              {{"unjudged", "not judged", number},
               {"need", "need", text},
               {"title", "title", title},
               {"state", "state", state},
               spare({"dependants", "dependants", number}),
               {"nearest", "nearest", prose}},
              {}};
  struct OpenNeed {
    NodeId need;
    std::size_t dependants;
    std::vector<UnjudgedDocument> near;
  };
  std::vector<OpenNeed> open;
  NearSearch search(bench.store(), graph);
  // All that are looked at: the limit cuts nothing.
  for (const auto& [need, dependants] : asked)
    open.push_back({need, dependants, search.unjudged(need, near_limit, NearSearch::Counts::all)});
  std::ranges::stable_sort(open, std::greater(), [](const OpenNeed& o) { return o.near.size(); });
  constexpr std::size_t first_few = 3;
  for (const OpenNeed& o : open) {
    Value documents = Value::array();
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min(first_few, o.near.size()); ++i) {
      const UnjudgedDocument& d = o.near[i];
      Value document = Value::object();
      document.set("document", d.document.id).set("title", d.document.writing.title).set("state", state_text(graph, d.document));
      document.set("near", rounded(d.overlap.degree));
      documents.push(std::move(document));
      names.push_back(fmt::format("{} ({:.2f})", d.document.id, d.overlap.degree));
    }
    Value row = Value::object();
    row.set("unjudged", o.near.size()).set("need", graph.node(o.need).id).set("title", graph.node(o.need).title);
    row.set("state", name_of(situation.state_of(o.need, scope)))
        .set("dependants", o.dependants)
        .set("nearest", join(names, "; "));
    row.set("documents", std::move(documents));
    table.rows.push_back(std::move(row));
  }
  result.summary.push_back(all > asked.size() ? fmt::format("{} that nothing covers; the {} on which most depends were looked at",
                                                            count_of(all, "need"), asked.size())
                                              : fmt::format("{} that nothing covers", count_of(all, "need")));
  if (params.limit > 0 && table.rows.size() > params.limit) {
    result.summary.back() += params.limit == 1 ? "; the first follows" : fmt::format("; the first {} follow", params.limit);
    table.rows.resize(params.limit);
  }
  result.tables.push_back(std::move(table));
  return result;
}

void need_catalogues(const Workbench& bench) {
  if (bench.store().catalogues().empty())
    throw Error(ErrorCode::not_found, bench.path(),
                "holds no catalogue, and a search record says what was searched; see: lacuna import --help");
}

Search protocol_of(const Workbench& bench, const ProtocolQuestion& question) {
  const Graph& graph = bench.graph();
  need_catalogues(bench);
  Search search;
  search.id = question.id;
  search.by = question.by;
  search.on = Date::of(today());
  search.needs = question.needs;
  search.read = question.read;
  search.not_searched = question.not_searched;
  search.candidates = question.candidates;
  if (question.sign) search.signature = Signature{question.by, search.on};
  for (const CatalogueInfo& c : bench.store().catalogues())
    search.catalogues.push_back({c.name, static_cast<std::int64_t>(c.records), c.date});
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
  return search;
}

RecordPut put_record(Map& map, Search record) {
  const std::string day = fmt::format("search:{}", to_string(record.on));
  const bool named = !record.id.empty();
  if (!named) record.id = day;
  const auto taken = [&] {
    return std::ranges::any_of(map.searches, [&](const Search& s) { return identity_of(s.id) == identity_of(record.id); });
  };
  for (int n = 2; !named && taken(); ++n) record.id = fmt::format("{}-{}", day, n);
  RecordPut put{record.id};
  if (record.signature) {
    std::set<std::pair<std::string, std::string>> judged;
    for (const JudgedCandidate& c : record.candidates) {
      if (c.finding != Finding::not_read) judged.emplace(c.need, work_of(c.document));
    }
    for (Search& earlier : map.searches) {
      put.settled += std::erase_if(earlier.unjudged, [&](const UnjudgedCandidate& c) {
        return judged.contains({c.need, work_of(c.document)});
      });
    }
  }
  map.searches.push_back(std::move(record));
  return put;
}

namespace {

/// A signed record, the needs that it judged documents for, and the catalogues that it names.
struct Ageing {
  Search* record = nullptr;
  std::set<std::string> needs;
  std::vector<std::string> catalogues;
};

std::vector<Ageing> ageing_records(Map& map, const Renewal& renewal) {
  std::vector<Ageing> result;
  for (Search& search : map.searches) {
    Ageing ageing{&search, {}, {}};
    for (const SearchedCatalogue& c : search.catalogues) ageing.catalogues.push_back(c.name);
    const bool renewed = std::ranges::any_of(ageing.catalogues, [&](const std::string& name) {
      return std::ranges::find(renewal.catalogues, identity_of(name)) != renewal.catalogues.end();
    });
    if (!search.signature || !renewed) continue;
    for (const JudgedCandidate& c : search.candidates) {
      if (c.finding != Finding::not_read) ageing.needs.insert(c.need);
    }
    if (!ageing.needs.empty()) result.push_back(std::move(ageing));
  }
  return result;
}

}  // namespace

std::span<const JudgingKey> judging_keys() {
  static constexpr JudgingKey keys[] = {
      {'n', "not about it", Finding::does_not_cover},
      {'m', "mentions it", Finding::mentions},
      {'p', "covers it in part", Finding::covers, "in part: "},
      {'f', "covers it in full", Finding::covers, "in full: "},
  };
  return keys;
}

RecordMade make_record(const Workbench& bench, const ProtocolQuestion& question) {
  RecordMade made{protocol_of(bench, question), {}};
  const Occasion occasion{.by = made.search.by, .why = fmt::format("search record for {}", join(made.search.needs, ", "))};
  change_checked(bench.path(), occasion, [&](Map& map) { made.put = put_record(map, made.search); });
  return made;
}

std::string told(const RecordMade& made) {
  const Search& search = made.search;
  std::string text = fmt::format(
      "{}: {} judged for {}{}\n", made.put.id, count_of(search.candidates.size(), "document"), join(search.needs, ", "),
      search.signature ? fmt::format(", signed by {}", search.signature->by) : "; not signed, so nothing is confirmed");
  if (made.put.settled > 0)
    text += fmt::format("{} for which earlier records waited {} judged now\n", count_of(made.put.settled, "document"),
                        made.put.settled == 1 ? "is" : "are");
  const auto covering = std::ranges::count(search.candidates, Finding::covers, &JudgedCandidate::finding);
  if (covering > 0)
    text += fmt::format("{} said to cover a need: link it, or the need stays uncovered; see: lacuna link accept --help\n",
                        count_of(static_cast<std::size_t>(covering), "document"));
  const auto mentioning = std::ranges::count(search.candidates, Finding::mentions, &JudgedCandidate::finding);
  if (mentioning > 0)
    text += fmt::format("{} said to mention a need: the record keeps it; a link makes it part of the map, see: lacuna link add\n",
                        count_of(static_cast<std::size_t>(mentioning), "document"));
  return text;
}

std::vector<std::string> age_records(const Store& store, Map& map, const Renewal& renewal) {
  const std::vector<Ageing> records = ageing_records(map, renewal);
  if (records.empty()) return {};
  const Graph graph = graph_of(map);
  const Situation situation(graph, default_profile(), today());
  NearSearch search(store, graph);
  std::map<std::string, std::vector<UnjudgedDocument>> near;  // By need.
  std::vector<std::string> told;
  for (const Ageing& ageing : records) {
    for (const std::string& need : ageing.needs) {
      const NodeId node = graph.find(need);
      const auto [known, fresh] = near.try_emplace(need);
      if (fresh) known->second = search.unjudged(node, near_limit);
      std::size_t came = 0;
      for (const UnjudgedDocument& d : known->second) {
        const auto is_it = [&](const UnjudgedCandidate& c) { return c.need == need && work_of(c.document) == d.document.work; };
        if (std::ranges::any_of(ageing.record->unjudged, is_it)) continue;
        const std::string catalogue = renewal.brought_by(d.document.work, ageing.catalogues);
        if (catalogue.empty()) continue;
        ageing.record->unjudged.push_back({need, d.document.id, d.document.writing.title, catalogue, Date::of(today())});
        ++came;
      }
      if (came == 0) continue;
      told.push_back(fmt::format("{}: {} near {} {} to be judged", ageing.record->id, count_of(came, "new document"), need,
                                 came == 1 ? "is" : "are"));
      if (situation.state_of(node) == CoverageState::confirmed_gap)
        told.back() += fmt::format("; {} is no longer a confirmed gap", need);
    }
  }
  return told;
}

}  // namespace lacuna
