// Turning evidence into values and sentences: what every query says about nodes, deliverables and searches.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"

namespace lacuna {

/// "166,271 records", "1 record".
inline std::string records_text(std::uint64_t records) {
  return fmt::format("{} record{}", thousands(records), records == 1 ? "" : "s");
}

/// Why something is so, down to links, records and dates. Printed as a tree, and the same tree in JSON.
struct Reason {
  std::string says;
  std::vector<Reason> because = {};
};
/// {"says", "because": […]}; `because` is left out where there is nothing below.
Value reason_value(const Reason& reason);
/// State and score of a need: the rule, the arithmetic with its weights, each piece of evidence with its link and the
/// deliverable's life, links that do not count and why, and who searched.
Reason reason_of(const Situation& situation, const Params& params, NodeId need, const Coverage& coverage);
/// The priority-weighted mean over the needs of an objective, topic or session with its terms; each need in short.
Reason mean_reason(const Situation& situation, const Params& params, NodeId root, std::span<const NodeId> needs,
                   const Scope& scope);
/// A link: what it says, who says so, when, where it was read.
Reason reason_of(const Graph& graph, LinkId link);
/// The life of a deliverable up to the day, and its record in the catalogues.
Reason life_reason(const Situation& situation, const Params& params, NodeId deliverable);

/// "1 − (1 − 0.50) × (1 − 0.50) = 0.75", or "no evidence".
std::string score_arithmetic(const Coverage& coverage);
/// "Relaton ITU catalogue, https://…, seen 2026-04-02".
std::string source_text(const Source& source);

/// What a link says to a reader who stands at one of its ends: "covers", "is covered by".
std::string_view phrase(Relation relation, bool outgoing);

/// {"id", "kind", "title"}.
Value node_value(const Graph& graph, NodeId id);

/// What a picture says of an objective without needs: "no needs", or "answered by the programme of the session".
std::string without_needs_text(const Node& node);

/// What answers an objective, by its attribute `answered_by`: the needs that serve it where it has none; else what the map knows
/// of groups ("groups and liaisons"), the ways forward of the group that acts ("ways forward"), or something that the map does
/// not hold.
enum class Answer : std::uint8_t { needs, groups, ways_forward, other };
Answer answer_of(const Node& objective);
/// Objectives that a session discusses, by links that count; natural order.
std::vector<NodeId> objectives_of_session(const Situation& situation, NodeId session);

/// Everything that the map says of a node by itself: text, aliases, priority, dates, address, source, attributes; what is not
/// said is left out.
Value about_value(const Graph& graph, NodeId id);

/// "2019-01-21", or null for the day before everything.
Value day_value(Day day);

/// Adds what a link says about itself: set relation, strength, rationale, evidence, method, by, on, source, status.
void add_link(Value& value, const Graph& graph, LinkId link);

/// The groups that develop a deliverable: "ETSI TC SAI", or "ITU-T SG17, ISO/IEC JTC 1/SC 27".
std::string developers(const Graph& graph, NodeId deliverable);

/// One piece of evidence with everything that a link says: deliverable, title, groups, state, since and why, degree, rationale,
/// evidence, method, by, on, source, contribution.
Value evidence_value(const Situation& situation, const Evidence& evidence);
Value evidence_values(const Situation& situation, const std::vector<Evidence>& evidence);

/// "full by IEEE Std 2986-2023 (published)".
std::string evidence_text(const Situation& situation, const Evidence& evidence);
/// The first few of them, and how many more.
std::string evidence_texts(const Situation& situation, const std::vector<Evidence>& evidence, std::size_t most = 3);
/// What of it is by deliverables outside the scope.
std::vector<Evidence> outside(const Scope& scope, std::vector<Evidence> evidence);

/// A deliverable's note on a need.
struct Mention {
  LinkId link{};
  NodeId deliverable{};
};
/// Mentions by deliverables that exist on that day.
std::vector<Mention> mentions_of(const Situation& situation, NodeId need);
Value mention_values(const Situation& situation, const std::vector<Mention>& mentions);

/// Search records for a need.
Value search_values(const Graph& graph, NodeId need);
/// What was read in a search: its own words, else "titles and abstracts".
std::string read_of(const Search& search);
/// By search record of the map, how many of the needs it looked for. Linear in what the needs have.
std::vector<std::size_t> needs_by_search(const Graph& graph, const std::vector<NodeId>& needs);
/// What the answer that nothing covers a need rests on: "not found in the titles and abstracts of 6 catalogues with 166,271
/// records (OASIS as of 2025-02-12) by Lacuna editors on 2026-11-23 and 2026-11-30; NIST not searched", or "nobody searched for
/// it". Searches that differ in their day alone are said once; not searched is what no record of the need looked into.
std::string search_text(const Graph& graph, NodeId need);
/// The same in short, for a row under searches_text: "not found in 6 catalogues on 2026-11-30; 1 document near it judged".
std::string search_note(const Graph& graph, NodeId need);
/// The same in one or two sentences, to be read out; empty where nobody searched for any of them.
std::string searches_text(const Graph& graph, const std::vector<NodeId>& needs);

/// 4 decimals: enough to rank, few enough to read.
double rounded(double value);

/// How many of `all` rows a table shows.
std::size_t rows_shown(std::size_t all, const Params& params);
/// A caption that says so where rows are left out: "Pairs of groups (the first 5 of 12)".
std::string caption_of(std::string_view text, std::size_t all, const Params& params);
/// The table of `all` rows, of which those shown are made; its caption says where rows are left out.
Table table_of(std::string name, std::string_view caption, std::vector<Column> columns, std::size_t all, const Params& params,
               const std::function<Value(std::size_t)>& row_of);

/// Map, as-of date, scope, filters and profile: the head of every result.
Value::Object head_of(const Situation& situation, const Params& params);
/// Of it: scope, filters and profile.
Value::Object filters_head(const Situation& situation, const Params& params);
/// Of it, for answers that are not about the needs of a scope: all but scope and needs.
Value::Object head_without_needs(const Situation& situation, const Params& params);
/// "As of 2019-01-21 · told by 2018-12-01": the day, and which state of the map answers.
std::string moment_text(const Situation& situation, const Params& params, std::string_view as_of = "As of");
/// Why a node is not there on the day: "FG-ML5G ended 2020-07: …", or that it was not there yet.
std::string absence_text(const Situation& situation, NodeId id);
/// As-of date, scope, filters and denominator as lines under a title; of a group that is not there on the day, that too.
std::vector<std::string> notes_of(const Situation& situation, const Params& params);
/// "coverage by all groups", "coverage by ITU-T SG17 alone": what a picture or a slide says of its scope.
std::string whose_coverage(const Graph& graph, const Params& params);
/// As notes_of(), for the face of a picture: the scope as whose_coverage() tells it.
std::vector<std::string> face_notes(const Situation& situation, const Params& params);
/// Needs by coverage state as an object, every state named.
Value tally_value(const Tally& tally);
/// "38 covered, 12 partly-covered, …": states that occur.
std::string tally_text(const Tally& tally);

/// "relaton-iso as of 2025-06-02": a catalogue, or what else holds documents, with the day on which it stood so.
std::string dated_source(const std::string& name, const std::optional<Date>& date);

/// The deliverables that a question counts. Linear: make it once a question.
Scope scope_of(const Graph& graph, const Params& params);

/// The needs that a question is about: those that exist on the day and pass the filters of `params`, in natural order.
std::vector<NodeId> selected_needs(const Situation& situation, const Params& params);
/// The needs that a session is about: those behind it; where it has none, but its objectives are answered by groups or ways
/// forward, all needs of the day, which these are about.
std::vector<NodeId> needs_of_session(const Situation& situation, NodeId session);
/// Needs that serve an objective (or, for a session, the objectives that it discusses), or that are part of a topic or of topics
/// inside it.
std::vector<NodeId> needs_behind(const Situation& situation, NodeId root);

}  // namespace lacuna
