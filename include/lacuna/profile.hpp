// Every weight and threshold of the program, read from one file that the user may change.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// The components by which ways forward are ranked; all in [0,1], all shown.
enum class Component : std::uint8_t { severity, demand, urgency, fit, novelty, foundation, uptake };
template <> std::span<const Word> words<Component>();

/// What makes two needs belong into one candidate work item.
enum class Affinity : std::uint8_t { topic, threats, use_cases, wording };
template <> std::span<const Word> words<Affinity>();

/// What a step of a path between two deliverables costs, in whole points; see paths.hpp.
enum class Penalty : std::uint8_t { full, partial, draft, stale, broader, narrower, related, adopts };
template <> std::span<const Word> words<Penalty>();

/// How near two items are whose cheapest path has a certain cost.
enum class PathClass : std::uint8_t { direct, strong, average, weak };
template <> std::span<const Word> words<PathClass>();

/// Which rule applies between two sibling weights is written beside their use; the file `data/profiles/default.json` says it
/// for people. Weights are in [0,1].
struct Profile {
  std::string name;
  std::string hash;  ///< 16 hexadecimal digits over all weights: two results with the same hash used the same ones.
  std::array<double, 3> degree{};       ///< By Degree: what a full, a partial, a "none" link contributes.
  std::array<double, 6> maturity{};     ///< By State: what a deliverable in that state contributes.
  std::array<double, 12> gap{};         ///< By GapKind: how grave a gap of that kind is.
  std::array<double, 7> rank{};         ///< By Component.
  std::array<double, 4> affinity{};     ///< By Affinity.
  double grouping_threshold = 0;        ///< Two groups of needs with at least this mean affinity become one candidate.
  int grouping_largest = 0;             ///< A candidate serves at most that many needs.
  int grouping_pool = 0;                ///< At most that many gaps, the gravest, are grouped.
  double demand_half = 0;               ///< That many dependants (objectives, use cases) make a demand of 0.5.
  std::array<int, 8> penalty{};         ///< By Penalty: points, 0 to 20.
  std::array<int, 4> path_class{};      ///< By PathClass: the most points that a path of it may cost; ascending. Dearer paths are none.
  double same_subject = 0;              ///< A document whose overlap with a proposal has at least that degree is on the same subject,
  double same_title = 0;                ///< where it has at least that share of the proposed title;
  double neighbouring = 0;              ///< with at least that degree, it is neighbouring.
};

/// A weight, threshold or penalty of a profile, by the name that the file gives it: "gap.uncovered".
struct Knob {
  std::string name;
  std::string_view meaning;
  double value = 0;
  double most = 1;
  bool whole = false;  ///< Takes whole numbers only.
};
/// Everything that can be set in a profile, in the order of the file.
std::vector<Knob> knobs(const Profile& profile);
/// The profile with one of them set to another value, at most its greatest.
Profile with_knob(const Profile& profile, std::string_view name, double value);

/// The profile that is built into the program, from `data/profiles/default.json`.
const Profile& default_profile();
/// Its file.
std::string_view default_profile_text();

}  // namespace lacuna
