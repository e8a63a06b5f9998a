// Ways forward as values: what suggest lists, what forms are drafted from, what a deck shows.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/gaps.hpp"
#include "analysis/outlook.hpp"

namespace lacuna {

/// A text that a way forward rests on.
struct Backing {
  NodeId deliverable{};
  std::vector<NodeId> needs;  ///< That it covers or mentions.
  bool covers = false;        ///< It covers one of them; else it only mentions them.
  double strength = 0;        ///< Sum of what it contributes to these needs; a mention counts 0.1.
  std::string says;           ///< "RC01 full, RC02 mention".
};

/// What there is on some needs.
struct TextsOnNeeds {
  std::vector<Backing> texts;                          ///< Strongest first.
  std::vector<std::pair<NodeId, std::size_t>> groups;  ///< Outside the scope, with how many of the texts are theirs; most first.
};

struct WayForward {
  Action action = Action::investigate;
  std::string title;
  std::vector<const Gap*> gaps;
  std::vector<NodeId> needs;     ///< Behind the gaps, in natural order.
  std::optional<NodeId> target;  ///< The draft to accelerate, the text to adopt or revise, the group to liaise with.
  EnumArray<Component, std::optional<double>> components{};  ///< In [0,1]; nothing where it cannot be told.
  EnumArray<Component, std::string> reasons{};               ///< One sentence each.
  double score = 0;  ///< Mean of the components that can be told, by the weights of the profile.
  std::span<const std::pair<NodeId, std::size_t>> liaise_with;  ///< See TextsOnNeeds::groups.
  std::span<const Backing> texts;                               ///< See TextsOnNeeds::texts.
  std::vector<NearDocument> near;                               ///< Of the catalogues: near to title and needs; nearest first.
  Kind lead = Kind::requirement;  ///< new-work-item: the kind of need that the document is mostly about.
  std::string subject;            ///< new-work-item: what the title is about, as it reads inside a sentence.
  std::string title_why;          ///< new-work-item: where the title comes from.
};

/// All ways forward of a group, best first. The gaps and texts that they point to are with them.
struct Ways {
  Gaps gaps;
  std::map<std::vector<NodeId>, TextsOnNeeds> texts;  ///< By needs: liaison statements to many groups are about the same ones.
  std::vector<WayForward> list;
  std::size_t left_out = 0;  ///< Gaps calling for new work that were not grouped; see the profile's grouping.pool.
};

/// Gaps that call for new work are put together so that one document could serve each group (average-linkage clustering, see
/// grouping.hpp); all others by what is to be done about which text or group. `params.scope` is the group that acts. O(gaps³ of
/// the pool + ways · deliverables).
Ways find_ways(const Situation& situation, const Params& params);

/// The way forward for needs that somebody chose: one new work item, rated as the others are.
Ways way_for(const Situation& situation, const Params& params, const std::vector<NodeId>& needs);

/// Score and gaps of a way forward down to links, records and dates.
Reason reason_of(const Situation& situation, const Params& params, const WayForward& way);

/// "severity 0.54 (gravest gap 0.60, …); demand 0.62 (…)": the components that can be told.
std::string components_text(const WayForward& way);

/// The needs as a writing: what is held against documents.
Writing writing_of(const Graph& graph, const std::string& title, const std::vector<NodeId>& needs);

/// Gives ways forward their texts, components and scores. Linear in the needs and deliverables of the map, and in the different
/// lists of needs.
void rate(Ways& ways, const Situation& situation, const Params& params);

}  // namespace lacuna
