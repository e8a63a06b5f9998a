// Papers drafted from a map: forms for a meeting, reports after it.
#pragma once

#include "lacuna/analysis.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/paper.hpp"

namespace lacuna {

/// What a form is to be about, beside the parameters of every query; `params.scope` is the group that writes.
struct DraftRequest {
  std::size_t way = 1;               ///< Rank of the way forward, as suggest lists them.
  std::vector<NodeId> needs = {};    ///< Instead of a way forward: a new work item for these needs.
  std::string title = {};            ///< Instead of the title that is proposed.
  std::optional<NodeId> to = {};     ///< A liaison statement to that group: the best way forward that concerns it.
  const Standing* before = nullptr;  ///< follow-up: the state to compare with.
  bool contribution = false;         ///< With the head of a contribution to a meeting: study period, Question, source, contact.
};

/// A form that can be drafted. Every statement cites the deliverables that it rests on; what only people can know is a blank. The
/// same request gives the same paper.
struct Form {
  std::string_view name;
  std::string_view help;
  enum class About : std::uint8_t { way, map, change } about = About::way;
  /// Throws Error(usage) where the way forward is of another kind, Error(not_found) where there is none of that rank.
  Paper (*draft)(const Graph&, const Params&, const DraftRequest&);
};
std::span<const Form> forms();

/// The form "gap-analysis", which a report in a paper's format is too.
Paper draft_gap_report(const Graph& graph, const Params& params, const DraftRequest& request);

/// A deck: title, objectives, coverage by group, who works on what, first gaps, whom to ask, ways forward, sources; with the
/// evidence in the speaker's notes. With a scope, gaps and ways forward are the group's; with a session, it is about what that
/// discusses. Every slide says whose coverage it shows, and what it counts are the needs that the parameters leave.
Deck session_deck(const Graph& graph, const Params& params);
/// The same as tables: coverage of every need, gaps, ways forward, deliverables that count, searches.
Result query_report(const Graph& graph, const Params& params);

}  // namespace lacuna
