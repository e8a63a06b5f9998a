// What catalogues say, as results.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "analysis/explain.hpp"
#include "analysis/map_hits.hpp"
#include "base/text.hpp"
#include "lacuna/analysis.hpp"
#include "model/spelling.hpp"

namespace lacuna {
namespace {

Value text_or_null(std::string_view text) { return text.empty() ? Value() : Value(text); }
Value date_or_null(const std::optional<Date>& date) { return date ? Value(to_string(*date)) : Value(); }

Value record_value(const RecordRow& row) {
  Value value = Value::object();
  value.set("identifier", row.facts.identifier.text)
      .set("title", text_or_null(row.title))
      .set("state", name_of(row.state))
      .set("since", date_or_null(row.since));
  value.set("published", date_or_null(row.facts.published))
      .set("stage", text_or_null(row.facts.stage))
      .set("type", text_or_null(row.type));
  value.set("committee", text_or_null(row.group)).set("address", text_or_null(row.address));
  value.set("catalogue", row.facts.catalogue)
      .set("entry", row.facts.entry)
      .set("catalogue_date", date_or_null(row.facts.catalogue_date));
  return value;
}

/// What a document is within its work.
std::string role_of(const RecordRow& row) {
  const Identifier& id = row.facts.identifier;
  if (!id.variant.empty()) return id.variant;
  if (row.facts.supplement) {
    const std::string kind = id.base() ? "amd" : id.supplements.back().kind;
    const std::string_view name = kind == "amd"   ? "amendment"
                                  : kind == "cor" ? "corrigendum"
                                  : kind == "add" ? "addendum"
                                  : kind == "err" ? "erratum"
                                                  : std::string_view(kind);
    return (row.state < State::published ? "draft " : "") + std::string(name);
  }
  return !id.stage.empty() || (row.facts.state && *row.facts.state < State::published) ? "draft" : "edition";
}

/// Editions, newest first, each before what belongs to it; drafts and amendments after.
std::vector<std::size_t> reading_order(const WorkRecords& work) {
  std::vector<std::size_t> order(work.records.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto rank = [&](std::size_t i) {
    const RecordRow& r = work.records[i];
    const std::string role = role_of(r);
    const int group = work.settled[i].same_as ? 3 : i == work.face ? 0 : role == "edition" ? 1 : 2;
    return std::pair(group, r.facts.published ? -static_cast<int>(r.facts.published->first_day()) : 0);
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  return order;
}

Table documents_of(const WorkRecords& work) {
  using enum Column::Format;
  Table table{"documents",
              "",
              {{"identifier", "document", text},
               {"role", "is", text},
               {"state", "state", text},
               {"since", "since", text},
               spare({"published", "published", text}, 2),
               spare({"catalogue", "catalogue", text}),
               {"basis", "why", prose, {}, 60}},
              {}};
  for (const std::size_t i : reading_order(work)) {
    const RecordRow& row = work.records[i];
    const Settled& settled = work.settled[i];
    Value value = record_value(row);
    value.set("role", role_of(row)).set("basis", settled.basis);
    value.set("same_as", settled.same_as ? Value(work.records[*settled.same_as].facts.identifier.text) : Value());
    value.set("replaced_by", settled.replaced_by ? Value(work.records[*settled.replaced_by].facts.identifier.text) : Value());
    Value notes = Value::array();
    for (const RemarkWord& r : remarks()) {
      if (has_remark(row.remarks, r.remark)) notes.push(std::string(r.name));
    }
    value.set("remarks", std::move(notes));
    table.rows.push_back(std::move(value));
  }
  return table;
}

Table relations_of(const WorkRecords& work) {
  using enum Column::Format;
  Table table{
      "relations",
      "",
      {{"from", "document", text}, {"phrase", "relation", text}, {"identifier", "document", text}, {"catalogue", "says", text}},
      {}};
  for (const std::size_t i : reading_order(work)) {
    const RecordRow& row = work.records[i];
    if (work.settled[i].same_as) continue;
    for (const RecordLink& l : row.links) {
      Value value = Value::object();
      const std::string_view name = name_of(l.relation);
      std::string phrase(name);
      if (l.reversed)
        phrase = l.relation == Relation::supersedes ? "is superseded by"
                 : l.relation == Relation::amends   ? "is amended by"
                                                    : "is referred to by";
      value.set("from", row.facts.identifier.text)
          .set("relation", name)
          .set("direction", l.reversed ? "in" : "out")
          .set("phrase", phrase);
      value.set("identifier", l.identifier).set("catalogue", row.facts.catalogue);
      table.rows.push_back(std::move(value));
    }
  }
  return table;
}

/// The abstract of a document: its own, or that of a record of the same document.
std::string abstract_of(const WorkRecords& work, std::size_t i) {
  for (std::size_t k = 0; k < work.records.size() && work.records[i].abstract.empty(); ++k) {
    if (work.settled[k].same_as == i && !work.records[k].abstract.empty()) return work.records[k].abstract;
  }
  return work.records[i].abstract;
}

std::string count_text(const WorkRecords& work) {
  std::size_t editions = 0;
  std::size_t drafts = 0;
  std::size_t supplements = 0;
  std::size_t merged = 0;
  for (std::size_t i = 0; i < work.records.size(); ++i) {
    if (work.settled[i].same_as)
      ++merged;
    else if (work.records[i].facts.supplement)
      ++supplements;
    else if (role_of(work.records[i]) == "draft")
      ++drafts;
    else
      ++editions;
  }
  std::vector<std::string> parts{count_of(editions, "edition")};
  if (drafts > 0) parts.push_back(count_of(drafts, "draft"));
  if (supplements > 0) parts.push_back(count_of(supplements, "supplement"));
  if (merged > 0) parts.push_back(fmt::format("{} merged", count_of(merged, "record")));
  return join(parts, ", ");
}

/// "unlearning" and "prompts".
std::string quoted(const std::vector<std::string>& words) {
  std::vector<std::string> list;
  for (const std::string& w : words) list.push_back(fmt::format("\"{}\"", w));
  return join(list, ", ");
}

/// "ISO/IEC 24970 is not in the catalogues (relaton-iso as of 2025-06-02)": of those that are called after the bodies in the
/// identifier; of all where none is.
std::string missing_text(const Identifier& identifier, std::span<const CatalogueInfo> catalogues) {
  std::vector<std::string> bodies = words_of(identifier.text.substr(0, identifier.text.find_first_of("0123456789")));
  const std::string_view body = body_of(identifier.space);
  bodies.push_back(lower(body.substr(0, body.find('-'))));  // One catalogue holds ITU-T and ITU-R.
  if (identifier.space == NumberSpace::ietf) bodies.emplace_back("rfc");
  std::vector<std::string> named;
  std::vector<std::string> all;
  for (const CatalogueInfo& c : catalogues) {
    all.push_back(dated_source(c.name, c.date));
    const std::vector<std::string> words = words_of(c.name);
    if (std::ranges::any_of(bodies, [&](const std::string& b) { return std::ranges::find(words, b) != words.end(); }))
      named.push_back(all.back());
  }
  return fmt::format("{} is not in the catalogues ({})", identifier.text, join(named.empty() ? all : named, ", "));
}

/// The record whose page an address is; nothing for other names.
std::optional<std::size_t> record_of_page(const WorkRecords& work, std::string_view asked) {
  const std::string key = address_key(asked);
  for (std::size_t i = 0; !key.empty() && i < work.records.size(); ++i) {
    if (address_key(work.records[i].address) == key) return i;
  }
  return std::nullopt;
}

}  // namespace

Result query_search(const SearchQuery& query, const SearchAnswer& answer, std::span<const CatalogueInfo> catalogues,
                    std::span<const std::string> near, const Graph& graph, const Params& params) {
  Result result;
  result.schema = "search-1";
  result.title = fmt::format("Search: {}", query.words);
  Value names = Value::array();
  std::size_t records = 0;
  for (const CatalogueInfo& c : catalogues) {
    Value one = Value::object();
    one.set("name", c.name).set("format", c.format).set("date", date_or_null(c.date)).set("records", c.records);
    names.push(std::move(one));
    records += c.records;
  }
  Value hints = Value::array();
  for (const std::string& w : near) hints.push(std::string(w));
  result.head = {{"query", Value(query.words)},
                 {"works", Value(answer.works)},
                 {"without_committee", Value(answer.without_committee)},
                 {"catalogues", std::move(names)},
                 {"did_you_mean", std::move(hints)},
                 {"unheard", Value(Value::Array(answer.unheard.begin(), answer.unheard.end()))}};
  // A filter asks for documents of the catalogues.
  const bool filtered = !query.groups.empty() || !query.states.empty() || !query.types.empty() || query.since.has_value() ||
                        query.until.has_value();
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Identifier identifier = parse_identifier(query.words);
  std::vector<MapHit> on_map = filtered ? std::vector<MapHit>() : find_map_hits(situation, query.words);
  // A number means one document.
  if (identifier.is_numbered()) std::erase_if(on_map, [](const MapHit& hit) { return hit.why != MapHit::Why::name; });
  const bool missing = identifier.is_numbered() &&
                       std::ranges::find(answer.hits, SearchHit::Why::identifier, &SearchHit::why) == answer.hits.end();
  const auto part = static_cast<std::size_t>(std::ranges::count(answer.hits, SearchHit::Why::part, &SearchHit::why));
  const std::size_t whole = answer.hits.size() - part;
  std::string found = answer.works == 0 ? "nothing found"
                                        : count_of(answer.works, "work") +
                                              (whole < answer.works ? fmt::format(" (the first {} shown)", whole) : "");
  if (part > 0)
    found += fmt::format(" with all words; {} without one or more {}", part, answer.works == 0 ? "are shown" : "follow");
  result.summary.push_back(
      fmt::format("{}, among {} of {}", found, count_of(records, "record"), count_of(catalogues.size(), "catalogue")));
  if (missing) {
    std::string line = missing_text(identifier, catalogues);
    if (filtered) line += ", or not as the filters ask";
    if (!on_map.empty() && on_map.front().why == MapHit::Why::name)
      line += fmt::format("; the map has {}: lacuna show \"{}\"", graph.node(on_map.front().node).id, query.words);
    result.summary.push_back(std::move(line));
  } else if (!answer.unheard.empty()) {
    result.summary.push_back(fmt::format("no record holds {}", quoted(answer.unheard)));
  }
  if (answer.words_left_out > 0)
    result.summary.push_back(fmt::format("only the first 16 words were looked for; {} were left out", answer.words_left_out));
  if (answer.without_committee > 0) {
    result.summary.push_back(fmt::format("{} with these words {} no committee in the catalogue, and could not be judged by group",
                                         count_of(answer.without_committee, "work"),
                                         answer.without_committee == 1 ? "names" : "name"));
  }
  if (!near.empty()) result.summary.push_back(fmt::format("did you mean: {}?", join({near.begin(), near.end()}, ", ")));
  using enum Column::Format;
  Table table{"hits",
              "",
              {{"identifier", "document", text, {}, 40},
               {"state", "state", text},
               spare({"published", "published", text}),
               {"title", "title", title, {}, 70},
               spare({"committee", "committee", text, {}, 28}, 2),
               spare({"others", "more", number}, 3),
               {"lacks", "lacks", list, {}, 30},
               {"snippet", "where", prose, {}, 90}},
              {}};
  for (const SearchHit& hit : answer.hits) {
    Value value = record_value(hit.face);
    value.set("others", hit.others).set("snippet", text_or_null(hit.snippet));
    value.set("lacks", Value(Value::Array(hit.lacks.begin(), hit.lacks.end())));
    value.set("why", hit.why == SearchHit::Why::identifier ? "identifier"
                     : hit.why == SearchHit::Why::title    ? "title"
                     : hit.why == SearchHit::Why::text     ? "text"
                                                           : "part");
    table.rows.push_back(std::move(value));
  }
  // A column for what no row lacks says nothing.
  if (part == 0) std::erase_if(table.columns, [](const Column& c) { return c.key == "lacks"; });
  result.tables.push_back(std::move(table));
  result.tables.push_back(map_hits_table(situation, on_map));
  return result;
}

std::string adoption_text(const Identifier& identifier) {
  if (identifier.adopts.empty()) return {};
  return fmt::format("{} adopts {}; what follows is of {}, whose editions have their own years", identifier.text,
                     identifier.adopts, identifier.adopts);
}

Result query_work(const WorkRecords& work, std::string_view asked, std::span<const std::string> others) {
  const RecordRow& face = work.records[work.face];
  const Settled& settled = work.settled[work.face];
  Result result;
  result.schema = "work-1";
  result.title = face.title.empty() ? face.facts.identifier.text : fmt::format("{} — {}", face.facts.identifier.text, face.title);
  Value stands = record_value(face);
  const std::string abstract = abstract_of(work, work.face);
  stands.set("abstract", text_or_null(abstract)).set("keywords", text_or_null(face.keywords));
  result.head = {{"work", Value(work.key)}, {"face", std::move(stands)}};
  const Identifier wanted = parse_identifier(asked);
  const auto of_page = record_of_page(work, asked);
  const bool dated = !wanted.edition.empty() || !wanted.counted.empty() || !wanted.stage.empty() || !wanted.base();
  if (std::string adoption = adoption_text(wanted); !adoption.empty() && wanted.work() != work.key) {
    result.summary.push_back(std::move(adoption));
  } else if (const auto meant = of_page ? of_page : record_meant(work, wanted);
             meant != std::optional(work.face) && (meant || dated)) {
    if (!meant) {
      result.summary.push_back(fmt::format("You asked for {}: the catalogues know no such document, but this work", wanted.text));
    } else {
      const RecordRow& found = work.records[*meant];
      const Settled& s = work.settled[*meant];
      if (s.same_as != std::optional(work.face)) {
        result.summary.push_back(fmt::format(
            "You asked for {}: {}{}{}; this is what stands for the work now", found.facts.identifier.text, name_of(found.state),
            found.since ? " since " + to_string(*found.since) : "", s.basis.empty() ? "" : " — " + s.basis));
      }
    }
  }
  if (!others.empty()) result.summary.push_back(fmt::format("See also: {}", join({others.begin(), others.end()}, ", ")));
  result.summary.push_back(fmt::format("in the catalogues, not on the map · {}", count_text(work)));
  std::string state =
      fmt::format("State: {}{}", name_of(settled.state), settled.since ? " since " + to_string(*settled.since) : "");
  if (!settled.basis.empty()) state += fmt::format(" — {}", settled.basis);
  result.summary.push_back(std::move(state));
  if (!face.group.empty()) result.summary.push_back(fmt::format("Committee: {}", face.group));
  if (!abstract.empty()) result.summary.push_back(abstract);
  if (!face.keywords.empty()) result.summary.push_back(fmt::format("Keywords: {}", face.keywords));
  if (!face.address.empty()) result.summary.push_back(face.address);
  result.summary.push_back(fmt::format("Source: {}, {}{}", face.facts.catalogue, face.facts.entry,
                                       face.facts.catalogue_date ? ", as of " + to_string(*face.facts.catalogue_date) : ""));
  result.tables.push_back(documents_of(work));
  if (Table relations = relations_of(work); !relations.rows.empty()) result.tables.push_back(std::move(relations));
  return result;
}

void add_work(Result& result, const WorkRecords& work, const RecordRow& tied) {
  Value record = record_value(tied);
  record.set("abstract", text_or_null(tied.abstract)).set("keywords", text_or_null(tied.keywords));
  result.head.emplace_back("record", std::move(record));
  result.summary.push_back(fmt::format("Record: {}, {}{}{} · {}", tied.facts.catalogue, tied.facts.entry,
                                       tied.facts.stage.empty() ? "" : ", stage " + tied.facts.stage,
                                       tied.facts.catalogue_date ? ", as of " + to_string(*tied.facts.catalogue_date) : "",
                                       count_text(work)));
  result.tables.push_back(documents_of(work));
}

}  // namespace lacuna
