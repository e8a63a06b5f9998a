// Every weight and threshold of the program, read from one file that the user may change.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// The components by which ways forward are ranked; all in [0,1], all shown.
enum class Component : std::uint8_t { severity, demand, urgency, fit, novelty, foundation };
template <> std::span<const Word> words<Component>();

/// What makes two needs belong into one candidate work item.
enum class Affinity : std::uint8_t { topic, threats, use_cases, wording };
template <> std::span<const Word> words<Affinity>();

/// Which rule applies between two sibling weights is written beside their use; the file `data/profiles/default.json` says it
/// for people. Weights are in [0,1].
struct Profile {
  std::string name;
  std::string hash;  ///< 16 hexadecimal digits over all weights: two results with the same hash used the same ones.
  std::array<double, 3> degree{};       ///< By Degree: what a full, a partial, a "none" link contributes.
  std::array<double, 6> maturity{};     ///< By State: what a deliverable in that state contributes.
  std::array<double, 12> gap{};         ///< By GapKind: how grave a gap of that kind is.
  std::array<double, 6> rank{};         ///< By Component.
  std::array<double, 4> affinity{};     ///< By Affinity.
  double grouping_threshold = 0;        ///< Two groups of needs with at least this mean affinity become one candidate.
  int grouping_largest = 0;             ///< A candidate serves at most that many needs.
  int grouping_pool = 0;                ///< At most that many gaps, the gravest, are grouped.
  double demand_half = 0;               ///< That many dependants (objectives, use cases) make a demand of 0.5.
};

/// The profile that is built into the program, from `data/profiles/default.json`.
const Profile& default_profile();

}  // namespace lacuna
