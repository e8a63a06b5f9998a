// Gaps as values: what the gaps query lists, what suggestions are made from, what the gaps picture shows.
#pragma once

#include <memory>
#include <optional>
#include <tuple>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/liaisons.hpp"
#include "analysis/pairs.hpp"

namespace lacuna {

struct Gap {
  GapKind kind = GapKind::uncovered;
  NodeId subject{};             ///< A need; an objective for some orphans; a group for unliaised.
  std::optional<NodeId> other;  ///< The second group of unliaised.
  double severity = 0;          ///< In [0,1]: weight of the kind × priority / 5 × (1 − score in scope).
  double rank = 0;              ///< In [0,1]: Σ weight × part / Σ weight over `parts`, weights of the profile.
  EnumArray<GapPart, double> parts{};
  std::size_t exposure = 0;  ///< Threats behind the subject, and cases in which they were seen.
  std::size_t near = 0;      ///< Mentions of the subject, and covers links of the needs next to it, that count.
  int priority = 3;
  bool by_state = false;       ///< Follows from the state of the need: the more is covered, the less severe.
  std::size_t dependants = 0;  ///< Objectives and use cases that depend on the subject.
  Action action = Action::investigate;
  const Coverage* inside = nullptr;    ///< Coverage of the subject by the scope; null when the subject is no need.
  const Coverage* anywhere = nullptr;  ///< Coverage of the subject by all groups; null when the subject is no need.
  std::vector<NodeId> needs;           ///< unliaised: the needs that both groups work on.
  std::vector<NodeId> groups;          ///< Groups or bodies that the gap is about.
  std::string why;                     ///< One sentence.
};

/// What one need brings: its coverage, the gaps that point to it, and the pairs of groups of different bodies that work on it.
struct NeedGaps {
  Coverage inside;
  Coverage anywhere;
  std::vector<Gap> gaps;
  std::vector<std::pair<NodeId, NodeId>> pairs;  ///< The first before the second; each once, sorted. At most most_pairs_of_need.
  std::uint64_t all_pairs = 0;                   ///< How many there are.
};

/// What the figure by which a gap is ranked is made of, with the weights of a profile and the given severity.
EnumArray<GapPart, double> parts_of(const Gap& gap, const Profile& profile, double severity);
double rank_of(const EnumArray<GapPart, double>& parts, const Profile& profile);
/// The order of gaps with some rank: the highest first; what is equal by severity, dependants, kind and name.
std::tuple<double, double, std::ptrdiff_t, GapKind, NodeId, std::optional<NodeId>> order_key(const Gap& gap, double rank,
                                                                                             double severity);
/// The same as a comparison: who comes first.
bool graver(const Gap& a, const Gap& b);

/// The definitions of all kinds of gaps, need by need: the situation and the parameters must outlive it. May be asked on several
/// threads.
class GapFinder {
 public:
  GapFinder(const Situation& situation, const Params& params);
  GapFinder(GapFinder&&) noexcept;
  GapFinder& operator=(GapFinder&&) noexcept;
  ~GapFinder();
  /// Everything that a need brings, as the links stand now; `out` must stay where it is. O(links of the need), times its
  /// logarithm, and as many pairs of groups as are looked at (analysis/pairs.hpp).
  void find(NodeId need, NeedGaps& out) const;
  /// The groups whose pairs a need with that coverage by all groups brings, in natural order.
  [[nodiscard]] std::vector<NodeId> partners(const Coverage& anywhere) const;
  /// The gap between two groups that work on these needs; nothing where a liaison links them, or there are none.
  [[nodiscard]] std::optional<Gap> unliaised(std::pair<NodeId, NodeId> pair, const std::vector<NodeId>& needs) const;
  /// Objectives that nothing serves.
  [[nodiscard]] std::vector<Gap> of_objectives() const;

 private:
  class Finder;
  std::unique_ptr<Finder> finder_;
};

/// Gaps with the coverages that they point to.
struct Gaps {
  std::vector<Gap> list;
  std::vector<NeedGaps> by_need;
  CutPairs cut = {};  ///< Pairs of groups that were not looked at for unliaised.
};

/// All gaps of the kinds and needs that `params` selects, in the order of graver().
/// O(links + pairs looked at), on all cores. Who is in one of the pairs of an answer is there with all needs that both work on.
Gaps find_gaps(const Situation& situation, const Params& params);

/// A gap down to links, records and dates.
Reason reason_of(const Situation& situation, const Params& params, const Gap& gap);

/// Objectives that a need serves and use cases that need it, by links that count, of those that exist on the day.
std::vector<NodeId> dependants_of(const Situation& situation, NodeId need);

/// Whom to write to about the work of a group: itself; where it has ended by the day, the group that took its place (by
/// supersedes links), else the nearest group around it that has not ended, or who took that one's place. Nothing where all have.
std::optional<NodeId> addressee(const Situation& situation, NodeId group);

}  // namespace lacuna
