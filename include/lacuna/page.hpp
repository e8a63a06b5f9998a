// A map as one page to mail: the state of every need on every day and for every scope, and what else such a page tells. It is
// found once; a script may choose among its runs and decides nothing.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lacuna/coverage.hpp"
#include "lacuna/profile.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

/// From a day on, until the next run of its list, a need is in one state and for the same reasons.
struct PageRun {
  std::size_t day = 0;                 ///< Position in MapPage::days.
  std::optional<CoverageState> state;  ///< Nothing while the need is not there.
  double score = 0;
  std::vector<Evidence> evidence;  ///< Deliverables of the scope that count, strongest first.
};
using PageRuns = std::vector<PageRun>;

/// Whose deliverables count.
struct PageScope {
  std::optional<NodeId> group;  ///< Nothing for all groups, and for columns that are no group's alone.
  std::string label;            ///< "all groups", "ITU-T SG17", "IEEE without …".
  bool offered = true;          ///< May be asked for; the others are columns of the matrix only.
};

/// A column of the matrix.
struct PageColumn {
  std::string label;
  std::size_t scope = 0;  ///< Position in MapPage::scopes.
};

struct PageNeed {
  NodeId node{};
  std::vector<NodeId> objectives;                     ///< That it serves.
  std::vector<NodeId> topics;                         ///< That it is part of.
  PageRuns all;                                       ///< By all groups.
  PageRuns none;                                      ///< For a scope that never has anything on it.
  std::vector<std::pair<std::size_t, PageRuns>> own;  ///< Of scopes that do, by their position; ascending.
  std::string why;                                    ///< What its state rests on, on the page's own day and scope.
  std::string searched;                               ///< "not found in …", or that nobody searched.

  /// Of a scope.
  [[nodiscard]] const PageRuns& runs(std::size_t scope) const;
  /// Of a scope on a day. O(log runs).
  [[nodiscard]] const PageRun& at(std::size_t scope, std::size_t day) const;
};

/// An objective or a topic with the needs behind it.
struct PageRow {
  NodeId node{};
  std::size_t depth = 0;           ///< How many nodes it is inside of.
  std::vector<std::size_t> needs;  ///< Positions in MapPage::needs, of whatever day.
  std::string without;             ///< What is said of it where it has none.
};

struct PageGap {
  GapKind kind = GapKind::uncovered;
  NodeId subject{};
  std::optional<NodeId> other;
  double rank = 0;
  EnumArray<GapPart, double> parts{};
  std::optional<CoverageState> state;  ///< Of a need.
  std::size_t dependants = 0;
  Action action = Action::investigate;
  std::string why;
  std::string rests_on;  ///< Of a need that nothing covers: where who searched, and what was not searched.
};

/// A label and a sentence.
struct PageLine {
  std::string label;
  std::string says;
};

struct PageWay {
  Action action = Action::investigate;
  std::string title;
  double score = 0;
  EnumArray<Component, std::optional<double>> components{};
  EnumArray<Component, std::string> reasons{};
  std::vector<NodeId> needs;
  std::vector<NodeId> texts;            ///< To build on.
  std::vector<NodeId> liaise;           ///< Groups to write to.
  std::vector<PageLine> proposal;       ///< What a new work item would say.
  std::vector<std::string> what_to_do;  ///< Of other ways forward.
};

/// A group as it stands on the page's own day.
struct PageGroup {
  NodeId node{};
  std::optional<std::size_t> scope;  ///< Where it has something on a need: position in MapPage::scopes.
  bool active = true;
  std::string absence;            ///< Why it is not active.
  std::vector<NodeId> documents;  ///< Of it and of groups inside it, of whatever day.
  std::size_t published = 0;
  std::size_t under_way = 0;
  std::size_t past = 0;
  std::vector<NodeId> works_on;  ///< Objectives and topics that it declares.
  std::vector<NodeId> liaisons;  ///< Groups.
};

/// What a link says to a reader who stands at one of its ends: "covers", "is covered by".
struct PagePhrase {
  std::string_view from;
  std::string_view to;
};

/// Everything that the page says. The graph, with its texts, and the profile must outlive it.
struct MapPage {
  Situation situation;  ///< As of the page's own day.
  bool open = false;    ///< For everybody: without ways forward, and of an open edition of the map.
  std::optional<NodeId> scope;
  std::optional<NodeId> objective;  ///< Only needs that serve it.
  std::optional<NodeId> topic;      ///< Only needs that are part of it.
  std::optional<NodeId> acting;     ///< Whose ways forward these are.
  std::vector<std::string> notes;   ///< Day, scope and denominator in sentences.
  std::string command;              ///< That makes the page again.

  std::vector<Day> days;  ///< The day before anything was there, and every day on which something changes; the page's own too.
  std::size_t day = 0;    ///< The page's own.
  std::vector<PageScope> scopes;  ///< All groups first.
  std::size_t scope_at = 0;       ///< The page's own.
  std::vector<PageColumn> columns;
  std::vector<PageNeed> needs;  ///< All of the map, in natural order.
  std::vector<PageRow> objectives;
  std::vector<PageRow> topics;
  std::vector<PageGap> gaps;  ///< In their order.
  std::vector<std::string> gap_notes;
  std::vector<PageWay> ways;  ///< Best first.
  std::vector<PageGroup> groups;
  std::optional<Picture> picture;  ///< Who works on what.
  EnumArray<Relation, PagePhrase> phrases{};

  [[nodiscard]] const Graph& graph() const { return situation.graph(); }
  /// The last of `days` that is not after a day; the first for earlier ones.
  [[nodiscard]] std::size_t position_of(Day day) const;
};

/// The page as one HTML document that needs nothing else. The same page gives the same bytes.
std::string render_page(const MapPage& page);
/// The same, as a ZIP archive that holds it under that name.
std::string render_page_zip(const MapPage& page, std::string_view name);

}  // namespace lacuna
