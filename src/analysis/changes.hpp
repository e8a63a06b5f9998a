// Changes as values: what diff lists between two states of a map, or two days of one; what a follow-up is written from.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "analysis/gaps.hpp"

namespace lacuna {

/// A node on both sides, or on one.
struct NodePair {
  std::optional<NodeId> before = {};
  std::optional<NodeId> after = {};
};

/// One of the two states with what is asked of it. Graph and profile must outlive it.
class Standpoint {
 public:
  explicit Standpoint(Standing standing);

  [[nodiscard]] const std::string& name() const { return standing_.name; }
  [[nodiscard]] const Graph& graph() const { return *standing_.graph; }
  [[nodiscard]] const Params& params() const { return standing_.params; }
  [[nodiscard]] const Situation& situation() const { return situation_; }
  [[nodiscard]] const Scope& scope() const { return scope_; }
  [[nodiscard]] const std::vector<NodeId>& needs() const { return needs_; }
  [[nodiscard]] bool asks_for(std::optional<NodeId> need) const { return need && std::ranges::binary_search(needs_, *need); }
  /// Inside the scope, and, with a filter, said to cover or to mention one of the needs asked for.
  [[nodiscard]] bool concerns(NodeId deliverable) const {
    return scope_.has(deliverable) && (!narrowed_ || touches_[index(deliverable)]);
  }
  /// A link between things that are asked for.
  [[nodiscard]] bool concerns(const Edge& edge) const;

 private:
  Standing standing_;
  Situation situation_;
  Scope scope_;
  std::vector<NodeId> needs_;
  bool narrowed_;
  std::vector<bool> touches_;
};

/// What became of something. Deliverables say it by their states.
enum class Turn : std::uint8_t {
  better,
  worse,
  appeared,
  gone,
  closed,
  turned,
  opened,
  added,
  removed,
  changed,
  accepted,
  asserted,
  suggested,
  rejected,
  disputed,
  degree,
  suspect,
  settled,
  reworded
};
template <>
inline constexpr auto word_list<Turn> = std::to_array<Word>({
    {"better", "a need is in a better state, or has a higher score"},
    {"worse", "a need is in a worse state, or has a lower score"},
    {"appeared", "it was not there before, or not asked for"},
    {"gone", "it is not there any more, or not asked for"},
    {"closed", "a gap is gone"},
    {"turned", "a gap stands where the need had one of another kind"},
    {"opened", "a gap is new"},
    {"added", "only the later map has it"},
    {"removed", "only the earlier map has it"},
    {"changed", "a node says something else of itself"},
    {"accepted", "a link was suggested and is asserted"},
    {"asserted", "the new status of a link"},
    {"suggested", "the new status of a link"},
    {"rejected", "the new status of a link, or a new link of that status"},
    {"disputed", "the new status of a link, or a new rejection beside an assertion"},
    {"degree", "a link covers to another degree"},
    {"suspect", "a link is so now"},
    {"settled", "a link is suspect no longer"},
    {"reworded", "the same verdict by somebody else, or with other reasons"},
});

struct NeedChange {
  Turn what = Turn::better;
  NodePair node;  ///< On the sides that ask for it.
  std::optional<CoverageState> before;
  std::optional<CoverageState> after;
  double score_before = 0;
  double score_after = 0;
  std::string why;  ///< Which pieces of evidence came, went and changed; of a need on one side, its evidence.
};

struct GapChange {
  Turn what = Turn::opened;
  const Gap* gap = nullptr;          ///< Of the later side; one that closed, of the earlier.
  std::optional<GapKind> was;        ///< turned: the kind before.
  const std::string* why = nullptr;  ///< closed: of the change of its need; null where that says nothing.
};

struct DeliverableChange {
  NodePair node;
  std::optional<State> before;
  std::optional<State> after;

  /// Its new state; "appeared" where it was not there before, "gone" where it is not there any more.
  [[nodiscard]] std::string_view word() const {
    return !before ? name_of(Turn::appeared) : !after ? name_of(Turn::gone) : name_of(*after);
  }
};

struct LinkChange {
  Turn what = Turn::added;
  std::optional<LinkId> before;
  std::optional<LinkId> after;
};

/// An objective with what the needs behind it add up to.
struct ObjectiveChange {
  NodePair node;
  Tally before;
  Tally after;
};

/// What a group and the groups inside it have in force and in work, and how many of the needs these cover.
struct WorkCounts {
  std::size_t published = 0;
  std::size_t drafts = 0;
  std::size_t needs = 0;
  auto operator<=>(const WorkCounts&) const = default;
};
struct GroupChange {
  NodePair node;
  WorkCounts before;
  WorkCounts after;
};

/// What a node says of itself.
enum class Trait : std::uint8_t { kind, title, text, priority, aliases, address, attributes, dates };
struct NodeChange {
  Turn what = Turn::changed;
  NodePair node;
  std::vector<Trait> traits;  ///< changed: what it says otherwise.
};

struct SearchChange {
  Turn what = Turn::added;
  const SearchRecord* search = nullptr;
};

/// The two states, and what differs. Lists are in the order in which they are told.
struct Changes {
  Standpoint before;
  Standpoint after;
  Tally tally_before = {};  ///< Of the needs asked for.
  Tally tally_after = {};
  Gaps gaps_before = {};
  Gaps gaps_after = {};
  std::vector<NeedChange> needs = {};
  std::vector<GapChange> gaps = {};
  std::vector<DeliverableChange> deliverables = {};  ///< That concern the question on one of the sides.
  std::vector<LinkChange> links = {};                ///< Likewise.
  std::vector<ObjectiveChange> objectives = {};      ///< Whose states or score differ.
  std::vector<GroupChange> groups = {};
  std::vector<NodeChange> nodes = {};  ///< Deliverables only where both sides have them.
  std::vector<SearchChange> searches = {};

  /// As the later side has it; else the earlier.
  [[nodiscard]] const Node& node(const NodePair& pair) const {
    return pair.after ? after.graph().node(*pair.after) : before.graph().node(*pair.before);
  }
  [[nodiscard]] const Standpoint& side(const GapChange& change) const { return change.what == Turn::closed ? before : after; }
  [[nodiscard]] const Standpoint& side(const LinkChange& change) const { return change.after ? after : before; }
};

/// See query_diff(). O(n log n), on all cores. Not to be copied: gaps and reasons that it points to are its own.
Changes find_changes(const Standing& before, const Standing& after);
Result answer_changes(const Changes& changes);

// Changes in words, for listings and papers.

/// The two states, filters, and the changes counted.
std::vector<std::string> summary_of(const Changes& changes);
/// What a gap is called beside its subject: the title of that, or "and ETSI TC SAI".
std::string title_of(const Changes& changes, const GapChange& change);
std::string why_of(const GapChange& change);
/// The milestone that brought a deliverable to its state; null where it is not there any more.
const Milestone* milestone_of(const Changes& changes, const DeliverableChange& change);
std::string why_of(const Changes& changes, const DeliverableChange& change);
/// "partial asserted, suspect"; empty for no link.
std::string stand_of(const Standpoint& side, std::optional<LinkId> link);
std::string why_of(const Changes& changes, const LinkChange& change);
/// "kind requirement → capability, text"; empty where it came or went.
std::string why_of(const Changes& changes, const NodeChange& change);
/// Needs that nothing of the scope covers, whatever was looked for.
std::size_t open_needs(const Tally& tally);

}  // namespace lacuna
