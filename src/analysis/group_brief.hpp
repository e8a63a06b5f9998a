// What a map says of one group: what it covers and is writing, which gaps are its business, who works beside it.
#pragma once

#include <optional>
#include <vector>

#include "analysis/explain.hpp"
#include "analysis/gaps.hpp"

namespace lacuna {

/// A need that the group's deliverables cover, or are to cover.
struct BriefNeed {
  NodeId need{};
  Coverage inside;                                  ///< By the group's deliverables alone: covered to stale, never a gap.
  CoverageState anywhere = CoverageState::unknown;  ///< By those of all groups.
};

/// A need that nothing live covers, of anybody, and why it is the group's business: at least one of the lists has a member.
struct BriefGap {
  NodeId need{};
  GapKind kind = GapKind::uncovered;             ///< uncovered, stale or unknown.
  CoverageState state = CoverageState::unknown;  ///< By all groups: stale, confirmed-gap, not-found or unknown.
  double rank = 0;                               ///< As the gaps query ranks it for all groups.
  std::vector<NodeId> fields;                    ///< Of GroupBrief::fields, those that it stands behind.
  std::vector<NodeId> once_covered_by;           ///< Deliverables of the group that cover it, but are stale.
  std::vector<NodeId> mentioned_by;              ///< Deliverables of the group that mention it.
  std::vector<NodeId> beside;                    ///< Needs that the group covers live and a link of the map ties to it.

  /// Its own texts come near it, not only what it declares.
  [[nodiscard]] bool near() const { return !once_covered_by.empty() || !mentioned_by.empty() || !beside.empty(); }
};

/// Another group that has live deliverables on needs that this one covers live too.
struct BriefNeighbour {
  NodeId group{};
  std::vector<NodeId> needs;  ///< That both cover with something published or under way; natural order.
  bool liaised = false;       ///< A liaison links the two, or groups that they are inside of.
  bool active = true;         ///< On the day.
};

/// An asserted liaison of the group, or of a group inside it, with a group outside.
struct BriefLiaison {
  LinkId link{};
  NodeId own{};
  NodeId other{};
};

/// A group with all groups inside it, as of a day. All lists are of what exists on the day.
struct GroupBrief {
  NodeId group{};
  bool active = true;                      ///< On the day; the deliverables of a group that has ended still count.
  std::vector<NodeId> inside;              ///< The groups inside it, at any depth; natural order.
  std::vector<NodeId> published;           ///< Deliverables in force; natural order.
  std::vector<NodeId> under_way;           ///< Proposed, drafts, approved; natural order.
  std::vector<NodeId> past;                ///< Superseded or withdrawn; natural order.
  Tally tally;                             ///< Of the needs asked for, by the group's deliverables alone.
  std::vector<BriefNeed> covers;           ///< Best state first, then natural order.
  std::vector<NodeId> without_needs;       ///< Of published and under_way, those that cover none of the needs asked for.
  std::vector<NodeId> fields;              ///< Objectives and topics that it, or a group inside, declares to work on.
  std::vector<BriefGap> gaps;              ///< Those near its texts first, then by rank.
  std::vector<BriefNeighbour> neighbours;  ///< Most needs in common first; nobody inside or around the group.
  std::vector<BriefLiaison> liaisons;      ///< By the other group, natural order.
};

/// The brief of a group over the needs that the filters of `params` leave (its scope is not asked). Only links that count.
/// O(links of these needs and of the group's deliverables), and what finding their gaps takes.
GroupBrief find_group_brief(const Situation& situation, const Params& params, NodeId group);

}  // namespace lacuna
