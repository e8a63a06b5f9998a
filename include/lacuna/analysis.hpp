// The questions that a map answers. Every query is one pure function over a graph.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/catalogue.hpp"
#include "lacuna/coverage.hpp"
#include "lacuna/graph.hpp"
#include "lacuna/match.hpp"
#include "lacuna/profile.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

struct Outlook;

/// One side of a comparison, as the user named it: which items it has depends on the day.
struct Side {
  std::string name;
  std::string what;           ///< "group", "topic", "work", "catalogue", "framework", …
  std::vector<NodeId> roots;  ///< A group, topic, objective, session, need, or deliverables and needs one by one.
};
/// What `name` may mean on one side of a comparison: a group, topic, objective, session, need or deliverable of the map; else all
/// editions of a work; else all needs that were read from a source of that name (an imported framework). Throws Error(not_found)
/// or Error(ambiguous).
Side side_of(const Graph& graph, std::string_view name);

/// What every query is asked: day, scope, filters, and how much it tells.
struct Params {
  const Profile* profile = nullptr;  ///< Never null.
  Day as_of = Day::before_everything;
  bool include_suggested = false;
  std::optional<NodeId> scope;      ///< A group: only its deliverables and those of groups inside it count.
  std::optional<NodeId> objective;  ///< Only needs that serve it.
  std::optional<NodeId> topic;      ///< Only needs that are part of it, at any depth.
  std::optional<NodeId> session;    ///< Only needs that it is about: see needs_of_session().
  std::vector<GapKind> kinds;       ///< Only these; empty means all.
  std::size_t limit = 0;            ///< At most that many rows; 0 means all.
  bool evidence = true;             ///< Rows carry their evidence, mentions and searches; tables do not show them.
  bool on_demand = false;  ///< Long tables may make their rows while they are written; graph and profile must outlive the result.
  bool explain = false;    ///< Rows carry `explanation`: the tree of what they rest on, down to links, records and dates.
  std::function<std::string(const std::string&)> record_of =
      {};  ///< What the catalogues say of a deliverable, by its identifier, in a sentence; may be unset.
  const Outlook* outlook = nullptr;  ///< What the catalogues add to ways forward; null where none is loaded.
  std::string known_by;              ///< Stands in the head of results: the day after which the map was told nothing.
  std::string tag;                   ///< Stands in the head of results: the tagged state of the map that answers.
};

/// A coverage matrix.
struct MatrixParams : Params {
  Kind by = Kind::objective;    ///< Rows: objective, topic, session, or a need kind (then: all needs).
  std::vector<NodeId> columns;  ///< Groups that get a column; empty means: chosen by how much they cover.
};
/// A view: of the whole map, or of a node.
struct ViewParams : MatrixParams {
  std::optional<NodeId> subject;  ///< The node that `around` and `session` are about.
};
/// A comparison.
struct CompareParams : Params {
  std::vector<Side> sides;    ///< Two.
  std::size_t paths = 1;      ///< At most that many paths an item.
  std::optional<Kind> items;  ///< Of topics, objectives and frameworks, only needs of this kind are compared.
  std::string sets;           ///< What `compare --all` compares; one of comparable_sets().
};

Result query_show(const Graph& graph, const Params& params, NodeId subject);
Result query_coverage(const Graph& graph, const MatrixParams& params);
Result query_gaps(const Graph& graph, const Params& params);
/// Whether there is one that query_gaps() would list.
bool has_gaps(const Graph& graph, const Params& params);
/// Which ranks of the gaps change when each weight of the profile moves by a fifth; the first `limit`, else ten, are watched.
Result query_gap_sensitivity(const Graph& graph, const Params& params);
/// Ways forward of the group `params.scope`, best first; with `rank`, only the one of that rank.
Result query_suggest(const Graph& graph, const Params& params, std::size_t rank = 0);
/// The same for ways forward.
Result query_suggest_sensitivity(const Graph& graph, const Params& params);
/// Every item of one side with its best paths to items of the other, both ways; items without counterpart; and for deliverables,
/// which needs both sides cover and which only one. O(items · links) at worst.
Result query_compare(const Graph& graph, const CompareParams& params);
/// All ordered pairs of groups, bodies, works or topics: how many items of the one have a counterpart in the other, by class. One
/// search a set, on all cores: O(sets · links).
Result query_compare_all(const Graph& graph, const CompareParams& params);
/// One of the two states of a map that diff compares: another map, another day, or both.
struct Standing {
  std::string name;              ///< As the user calls it.
  const Graph* graph = nullptr;  ///< Never null.
  Params params;                 ///< As-of date and filters; identifiers are those of this graph, which has its explanations.
};
/// What changed from one state to another: needs by state and score, gaps opened and closed, deliverables by state, links added,
/// removed, rejected, accepted or turned suspect, objectives, groups, other nodes, search records; each with the reason. Nodes
/// are matched by identifier, links by both ends, relation and, among several verdicts, who gave them. O(n log n).
Result query_diff(const Standing& before, const Standing& after);
/// What compare --all may compare: work, group, body, topic.
std::span<const Word> comparable_sets();
/// The whole map with the state of every need and deliverable as of the day.
Result query_export(const Graph& graph, const Params& params);

/// What was found in the catalogues, one row a work, and what the map has on the words: deliverables and needs. `near` are words
/// or identifiers that may have been meant where nothing was found. O(nodes of the map).
Result query_search(const SearchQuery& query, const SearchAnswer& answer, std::span<const CatalogueInfo> catalogues,
                    std::span<const std::string> near, const Graph& graph, const Params& params);
/// "DIN EN ISO/IEC 27001:2017 adopts ISO/IEC 27001; …"; empty for an identifier of no adoption.
std::string adoption_text(const Identifier& identifier);
/// A work of the catalogues with all its documents: editions, drafts, amendments, and what became of each. `asked` is what the
/// user called it: where that is another edition, it is said. `others` are further works of that name.
Result query_work(const WorkRecords& work, std::string_view asked, std::span<const std::string> others);
/// Adds to the answer about a deliverable what the catalogues say of its work.
void add_work(Result& result, const WorkRecords& work, const RecordRow& tied);

/// A document beside a writing.
struct NearDocument {
  std::string identifier;
  std::string title;
  std::string group;
  std::string address;
  std::string source;  ///< Catalogue and entry, or that of the node.
  std::optional<State> state;
  std::optional<Date> since;
  Overlap overlap;
  Closeness closeness;
};

/// A document beside a proposal, from the catalogues or from the map alone.
struct DocumentBeside : NearDocument {
  std::vector<NodeId> on_map;  ///< Its editions there.
  bool own = false;            ///< Of the group that proposes.
  std::vector<NodeId> covers;  ///< Needs of the map that the proposal names and that it covers or mentions; ascending.
};

/// A document that a title or scope names.
struct NamedDocument {
  std::string identifier;           ///< As it is written there.
  std::optional<RecordRow> record;  ///< Nothing where no catalogue has it.
  bool on_map = false;
  std::string catalogues;  ///< Those of its body, "relaton-iso as of 2025-06-02"; empty where there is none.
};

/// A group to which a proposal may belong.
struct MandatedGroup {
  std::string id;
  std::string title;  ///< Empty where only the catalogues know the group.
  std::optional<NodeId> node;
  double degree = 0;               ///< In [0,1]: half by the mandate and half by the works, each as a share of the best group's.
  std::vector<std::string> words;  ///< Of the proposal's title that its mandate has, those that tell groups apart first.
  std::vector<std::string> works;  ///< Its own, or the parent's that its mandate speaks of, which are near; nearest first.
};

/// What a check of a proposal found.
struct Checked {
  Proposal proposal;
  CheckVerdict verdict = CheckVerdict::clear;
  std::vector<std::string> grounds;       ///< The documents that decide the verdict.
  std::vector<std::string> reasons;       ///< Sentences for the form.
  std::vector<DocumentBeside> documents;  ///< Nearest first, one a work.
  std::vector<std::pair<double, NodeId>>
      needs;  ///< That the proposal may serve, with the degree of their overlap, highest first.
  std::optional<std::vector<MandatedGroup>> groups;  ///< To which it may belong, best first; nothing where nobody asked.
};

/// Holds proposed work items against everything that exists. Made once for many proposals; graph, parameters and comparison must
/// outlive it.
class Checker {
 public:
  /// `params.scope` is the group that proposes. Linear in the deliverables and needs of the map.
  Checker(const Graph& graph, const Params& params, Comparison& comparison, std::vector<CatalogueInfo> catalogues);
  Checker(Checker&&) noexcept;
  ~Checker();

  /// The nearest documents, of `works` (the nearest of the catalogues, by words) and of the map; what `named` says is told.
  /// O(works
  /// + deliverables of the map).
  [[nodiscard]] Checked check(const Proposal& proposal, const std::vector<NearWork>& works,
                              const std::vector<NamedDocument>& named = {}) const;
  /// The groups inside the one that proposes to which the proposal may belong, by their mandates and by what they have published;
  /// best first, at most five. Where the map has none, those that the catalogues name. O(works · groups).
  [[nodiscard]] std::vector<MandatedGroup> groups(const Proposal& proposal, const std::vector<NearWork>& works) const;
  /// One row a document: how near, which words make it so, state, group, needs of the map that it covers, and which of those
  /// needs the proposal shares words with.
  [[nodiscard]] Result answer(const Checked& checked) const;
  /// One row a proposal: its verdict and the nearest documents.
  [[nodiscard]] Result answer(const std::vector<Checked>& programme) const;

 private:
  struct State;
  std::unique_ptr<const State> state_;
};

/// Pictures: a query whose result carries a `Picture`.
struct View {
  std::string_view name;
  std::string_view help;
  bool needs_subject;  ///< Asks for a node to be named.
  Kind subject_kind;   ///< Which, where not any.
  Result (*ask)(const Graph&, const ViewParams&);
};
std::span<const View> views();

Result view_relationship(const Graph& graph, const ViewParams& params);
Result view_coverage(const Graph& graph, const ViewParams& params);
Result view_gaps(const Graph& graph, const ViewParams& params);
Result view_around(const Graph& graph, const ViewParams& params);
Result view_session(const Graph& graph, const ViewParams& params);

/// Questions about the shape of a map: what holds it together, what would break it, what would mend it. With `explain`, every row
/// has the needs that it speaks of down to links and dates.
struct Question {
  std::string_view name;
  std::string_view help;
  Result (*ask)(const Graph&, const Params&);
};
std::span<const Question> structure_questions();

/// Circles in relations that must have none (part-of, supersedes, amends), one diagnostic each, naming the nodes of the circle
/// in natural order. O(nodes + links).
std::vector<Diagnostic> cycles(const Map& map);

}  // namespace lacuna
