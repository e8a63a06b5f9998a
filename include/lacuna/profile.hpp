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
template <>
inline constexpr auto word_list<Component> = std::to_array<Word>({
    {"severity", "how grave its gaps are: the gravest, and the mean of all"},
    {"demand", "how many objectives and use cases depend on it, by priority"},
    {"urgency", "the share of the threats behind it that no covered requirement counters"},
    {"fit", "how near it is to what the group declares and publishes"},
    {"novelty", "how far it is from the nearest deliverable anywhere"},
    {"foundation", "the share of its needs that have texts to build on"},
    {"uptake", "how readily standards bodies, by the catalogues, take up next what a new work item puts together"},
});

/// The parts of the figure by which gaps are ranked; all in [0,1], all shown.
enum class GapPart : std::uint8_t { severity, demand, exposure, nearness };
template <>
inline constexpr auto word_list<GapPart> = std::to_array<Word>({
    {"severity", "weight of the kind × priority / 5, and the less the more is covered"},
    {"demand", "how many objectives and use cases depend on it"},
    {"exposure", "how many threats stand behind it, and cases in which these were seen"},
    {"nearness", "how much work is near: mentions of it, and coverage of the needs next to it"},
});

/// What makes two needs belong into one candidate work item.
enum class Affinity : std::uint8_t { topic, threats, use_cases, wording };
template <>
inline constexpr auto word_list<Affinity> = std::to_array<Word>({
    {"topic", "the same topic"},
    {"threats", "shared threats"},
    {"use_cases", "shared use cases, or one needs the other"},
    {"wording", "shared words, rare ones more"},
});

/// What a step of a path between two deliverables costs, in whole points; see paths.hpp.
enum class Penalty : std::uint8_t { full, partial, draft, stale, broader, narrower, related, adopts };
template <>
inline constexpr auto word_list<Penalty> = std::to_array<Word>({
    {"full", "a deliverable covers a need in full, or a mapping says that two needs say the same"},
    {"partial", "a deliverable covers a need in part, or a mapping says that one need says a part of the other"},
    {"draft", "the deliverable is not yet published (added)"},
    {"stale", "the deliverable is superseded or withdrawn, or the link is suspect (added)"},
    {"broader", "from a need to one that it is part of"},
    {"narrower", "from a need to a part of it"},
    {"related", "between needs where one needs, counters or faces the other"},
    {"adopts", "between deliverables where one adopts the other"},
});

/// How near two items are whose cheapest path has a certain cost.
enum class PathClass : std::uint8_t { direct, strong, average, weak };
template <>
inline constexpr auto word_list<PathClass> = std::to_array<Word>({
    {"direct", "both cover the same need in full or say the same, or one text adopts the other"},
    {"strong", "the same need in part or by a draft, or the need next to it"},
    {"average", "needs in the neighbourhood"},
    {"weak", "far, and not to be leaned on"},
});

/// Which rule applies between two sibling weights is written beside their use; the file `data/profiles/default.json` says it
/// for people. Weights are in [0,1].
struct Profile {
  std::string name;
  std::string hash;  ///< 16 hexadecimal digits over all weights: two results with the same hash used the same ones.
  EnumArray<Degree, double> degree{};   ///< What a full, a partial, a "none" link contributes.
  EnumArray<State, double> maturity{};  ///< What a deliverable in that state contributes.
  EnumArray<GapKind, double> gap{};     ///< How grave a gap of that kind is.
  EnumArray<GapPart, double> order{};   ///< Of gaps: rank = Σ weight × part / Σ weight.
  EnumArray<Component, double> rank{};
  EnumArray<Affinity, double> affinity{};
  double grouping_threshold = 0;           ///< Two groups of needs with at least this mean affinity become one candidate.
  int grouping_largest = 0;                ///< A candidate serves at most that many needs.
  int grouping_pool = 0;                   ///< At most that many gaps, the first by rank, are grouped.
  double demand_half = 0;                  ///< That many dependants (objectives, use cases) make a demand of 0.5.
  double exposure_half = 0;                ///< That many threats and cases make an exposure of 0.5.
  double nearness_half = 0;                ///< That many mentions and links near by make a nearness of 0.5.
  EnumArray<Penalty, int> penalty{};       ///< Points, 0 to 20.
  EnumArray<PathClass, int> path_class{};  ///< The most points that a path of it may cost; ascending. Dearer paths are none.
  double same_subject = 0;  ///< A document whose overlap with a proposal has at least that degree is on the same subject,
  double same_title = 0;    ///< where it has at least that share of the proposed title;
  double neighbouring = 0;  ///< with at least that degree, it is neighbouring.
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
