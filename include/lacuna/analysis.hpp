// The questions that a map answers. Every query is one pure function over a graph.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/coverage.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/profile.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

/// What a query is asked. Each query names those it heeds; the others do nothing there.
struct Params {
  const Profile* profile = nullptr;  ///< Never null.
  Day as_of = Day::before_everything;
  bool include_suggested = false;
  std::optional<NodeId> scope;      ///< A group: only its deliverables and those of groups inside it count.
  std::optional<NodeId> objective;  ///< Only needs that serve it.
  std::optional<NodeId> topic;      ///< Only needs that are part of it, at any depth.
  std::vector<GapKind> kinds;       ///< Only these; empty means all.
  std::optional<NodeId> subject;    ///< The node that `show`, `around` and `session` are about.
  Kind by = Kind::objective;        ///< Rows of the coverage matrix: objective, topic, session, or a need kind (then: all needs).
  std::vector<NodeId> columns;      ///< Groups that get a column; empty means: chosen by how much they cover.
  std::size_t limit = 0;            ///< At most that many rows; 0 means all.
  bool evidence = true;             ///< Rows carry their evidence, mentions and searches; tables do not show them.
};

Result query_show(const Graph& graph, const Params& params);
Result query_coverage(const Graph& graph, const Params& params);
Result query_gaps(const Graph& graph, const Params& params);
Result query_suggest(const Graph& graph, const Params& params);
/// The whole map with the state of every need and deliverable as of the day.
Result query_export(const Graph& graph, const Params& params);

/// What was found in the catalogues, one row a work. `near` are words that may have been meant where nothing was found.
Result query_search(const SearchQuery& query, const SearchAnswer& answer, std::span<const CatalogueInfo> catalogues, std::span<const std::string> near);
/// A work of the catalogues with all its documents: editions, drafts, amendments, and what became of each. `asked` is what the user called it: where
/// that is another edition, it is said. `others` are further works of that name.
Result query_work(const WorkRecords& work, std::string_view asked, std::span<const std::string> others);
/// Adds to the answer about a deliverable what the catalogues say of its work.
void add_work(Result& result, const WorkRecords& work, const RecordRow& tied);

/// Pictures: a query whose result carries a `Picture`.
struct View {
  std::string_view name;
  std::string_view help;
  bool needs_subject;  ///< Asks for a node to be named.
  Kind subject_kind;   ///< Which, where not any.
  Result (*ask)(const Graph&, const Params&);
};
std::span<const View> views();

Result view_relationship(const Graph& graph, const Params& params);
Result view_coverage(const Graph& graph, const Params& params);
Result view_gaps(const Graph& graph, const Params& params);
Result view_around(const Graph& graph, const Params& params);
Result view_session(const Graph& graph, const Params& params);

/// Circles in relations that must have none (part-of, supersedes, amends), one diagnostic each, naming the nodes of the circle
/// in natural order. O(nodes + links).
std::vector<Diagnostic> cycles(const Map& map);

}  // namespace lacuna
