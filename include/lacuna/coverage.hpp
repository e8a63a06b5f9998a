// What the map says as of a day: which deliverables exist, in which state, and how far they cover a need.
#pragma once

#include <optional>
#include <vector>

#include "lacuna/graph.hpp"
#include "lacuna/profile.hpp"

namespace lacuna {

/// One deliverable that has a say in the state of a need.
struct Evidence {
  LinkId link{};
  NodeId deliverable{};
  Degree degree = Degree::full;
  State state = State::published;
  bool suspect = false;  ///< Asserted on an edition that has been replaced, and the new edition has no verdict of its own; or of
                         ///< a need that reads otherwise since.
  double contribution = 0;  ///< degree × maturity from the profile, in [0,1].
};

/// What a single piece of evidence would make of a need on its own. The need's state is the best of these.
CoverageState verdict(Degree degree, State state, bool suspect);
/// The state that a deliverable counts as: on a suspect link, superseded at best.
State counted_state(State state, bool suspect);
/// degree × maturity of what it counts as, in [0,1].
double contribution(const Profile& profile, Degree degree, State state, bool suspect);

/// The coverage of a need with what decides it.
struct Coverage {
  CoverageState state = CoverageState::unknown;
  double score = 0;                ///< 1 − Π(1 − contribution) over the evidence, in [0,1].
  std::vector<Evidence> evidence;  ///< Everything that counts, strongest first; one entry a deliverable.
  bool looked = false;             ///< A search record exists.
};

/// A set of groups whose deliverables count. Default: everything.
class Scope {
 public:
  Scope() = default;
  /// The deliverables that `group` or a group inside it develops. O(part of the graph inside).
  Scope(const Graph& graph, NodeId group);
  /// Exactly these deliverables.
  Scope(const Graph& graph, std::span<const NodeId> deliverables);

  [[nodiscard]] bool everything() const { return inside_.empty(); }
  [[nodiscard]] bool has(NodeId deliverable) const { return inside_.empty() || inside_[index(deliverable)]; }
  [[nodiscard]] std::optional<NodeId> group() const { return group_; }

 private:
  std::vector<bool> inside_;
  std::optional<NodeId> group_;
};

/// A graph as of a day. Cheap to make: O(deliverables). The graph and the profile must outlive it.
class Situation {
 public:
  Situation(const Graph& graph, const Profile& profile, Day as_of, bool include_suggested = false);

  [[nodiscard]] const Graph& graph() const { return *graph_; }
  [[nodiscard]] const Profile& profile() const { return *profile_; }
  [[nodiscard]] Day as_of() const { return as_of_; }
  [[nodiscard]] bool include_suggested() const { return include_suggested_; }

  /// The state of a deliverable on that day; nothing before its first date.
  [[nodiscard]] std::optional<State> state(NodeId deliverable) const;
  /// The milestone that made it so.
  [[nodiscard]] const Milestone* milestone(NodeId deliverable) const;
  /// False for a node that was first described (`since`) after the day, or had ended (`until`) before it, workshops aside.
  [[nodiscard]] bool exists(NodeId node) const;
  /// True when links of this status count.
  [[nodiscard]] bool counts(Status status) const {
    return status == Status::asserted || (include_suggested_ && status == Status::suggested);
  }
  [[nodiscard]] bool counts(LinkId link) const { return counts(graph_->edge(link).status); }
  /// All editions that came after one along asserted supersedes links, nearest first; whether they exist on the day or not.
  [[nodiscard]] std::vector<NodeId> later_editions(NodeId edition) const;
  /// True for an asserted link whose deliverable was replaced by a published edition, where no later edition has a verdict of its
  /// own on the need; and for one that is questioned, because the need reads otherwise since.
  [[nodiscard]] bool suspect(LinkId covers) const;
  /// True for a suspect link as long as nobody has looked again: of a questioned one, as long as the pair has no other verdict.
  [[nodiscard]] bool waits(LinkId covers) const;
  /// The coverage of a need by the deliverables of a scope. O(links of the need).
  [[nodiscard]] Coverage coverage(NodeId need, const Scope& scope = {}) const;
  /// As coverage(), without the evidence: for counting large maps.
  [[nodiscard]] CoverageState state_of(NodeId need, const Scope& scope = {}) const;

  /// Needs that exist on that day, in natural order.
  [[nodiscard]] const std::vector<NodeId>& needs() const { return needs_; }
  /// Needs of the map that were described only later.
  [[nodiscard]] std::size_t needs_later() const { return needs_later_; }
  /// Deliverables that appear within four years after the day and whose first date is that of their publication: they may have
  /// been under way on it.
  [[nodiscard]] std::size_t starts_unknown() const { return starts_unknown_; }
  /// Needs of the map that had ended before.
  [[nodiscard]] std::size_t needs_ended() const { return needs_ended_; }

 private:
  const Graph* graph_;
  const Profile* profile_;
  Day as_of_;
  bool include_suggested_;
  static constexpr std::uint8_t absent = 0xff;
  std::vector<std::int16_t> step_;  ///< By node: position in life(), or -1.
  static constexpr std::uint8_t replaceable = 0x80;
  std::vector<std::uint8_t> states_;  ///< By node: the State and whether any edition follows it, or `absent`: one byte to look at
                                      ///< for each of millions of links.
  std::vector<NodeId> needs_;
  std::size_t starts_unknown_ = 0;
  std::size_t needs_later_ = 0;
  std::size_t needs_ended_ = 0;
};

/// What a list of needs adds up to: the priority-weighted mean score, with its denominator.
struct Tally {
  std::size_t needs = 0;
  EnumArray<CoverageState, std::size_t> by_state{};
  double score = 0;  ///< Priority-weighted mean of the scores; 0 for no needs.
};
Tally tally(const Situation& situation, std::span<const NodeId> needs, const Scope& scope = {});

/// The priority of a need, 3 where unsaid.
int priority_of(const Node& node);

}  // namespace lacuna
