// What two sides, or many sets, have in common through shared needs, as values: what compare tells.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "analysis/paths.hpp"
#include "lacuna/analysis.hpp"

namespace lacuna {

/// The class of a path; nothing for a cost beyond the bound.
std::optional<PathClass> class_of(const Profile& profile, std::optional<int> cost);

/// Items by class; the last counts those without counterpart.
using ClassCounts = std::array<std::size_t, 5>;

/// An item of one side with its ways to the other.
struct ItemWays {
  NodeId item{};
  std::vector<Path> paths;  ///< The cheapest first, as many as are asked for; none where it has no counterpart.
  bool linked = false;      ///< Some path can begin at it.
  std::size_t reached = 0;  ///< Items of the other side that are its counterparts.
  std::vector<std::pair<int, NodeId>> counterparts;  ///< With Params::evidence: these with what they cost, the cheapest first.
};

/// A side as it stands on the day, and where its items meet the other.
struct SideItems {
  std::vector<NodeId> list;    ///< In natural order.
  std::size_t left_out = 0;    ///< Not there on the day, or replaced.
  std::vector<ItemWays> ways;  ///< One an item, by the cost of its best path.
  ClassCounts counts{};
  std::size_t unlinked = 0;  ///< Items without counterpart from which no path can begin at all.
};

/// A need that one of the sides covers, or both: in full, in part, with a draft.
struct SharedNeed {
  NodeId need{};
  Coverage by_a;
  Coverage by_b;

  /// 0: both, 1: the first alone, 2: the second alone.
  [[nodiscard]] std::size_t who() const { return by_a.evidence.empty() ? 2 : by_b.evidence.empty() ? 1 : 0; }
};

/// Two sides against each other. A value by itself, but for the graph and the profile.
struct Counterparts {
  Situation situation;
  SideItems a;
  SideItems b;
  std::optional<std::vector<SharedNeed>> needs;  ///< Where both sides are deliverables: those of both first.
};

/// `params.sides` against each other. O(items · links) at worst.
Counterparts find_counterparts(const Graph& graph, const CompareParams& params);
Result answer_counterparts(const Counterparts& found, const CompareParams& params);

/// A set of `compare --all`: the node that names it and what it stands for.
struct ItemSet {
  NodeId node{};
  std::vector<NodeId> items;
};

/// An ordered pair of sets, by position: how many items of the first have a counterpart in the second, by class.
struct SetPair {
  ClassCounts counts{};
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

/// All sets against each other. A value by itself, but for the graph and the profile.
struct MeetingSets {
  Situation situation;
  std::vector<ItemSet> sets;           ///< With links, in natural order.
  std::size_t unlinked = 0;            ///< Further sets, without.
  std::vector<SetPair> pairs;          ///< The closest, so many as are listed; at most most_pairs_listed.
  std::size_t met = 0;                 ///< Ordered pairs of different sets with counterparts.
  bool wants_matrix = false;           ///< Asked for, or narrow enough for a page.
  std::vector<std::uint32_t> reached;  ///< Row by row: items of the row's set with a counterpart in the column's; empty where
                                       ///< the matrix would be wider than widest_matrix.
};

// What a table can hold. The shipped map of 330 deliverables has 147 sets with links and 13,554 pairs.
inline constexpr std::size_t most_pairs_listed = 100'000;
inline constexpr std::size_t widest_matrix = 1'000;  ///< Columns, in JSON.

/// `params.sets` against each other. One search a set, on all cores: O(sets · links); memory for what is listed only.
MeetingSets find_meeting_sets(const Graph& graph, const CompareParams& params);
Result answer_meeting_sets(const MeetingSets& found, const CompareParams& params);

}  // namespace lacuna
