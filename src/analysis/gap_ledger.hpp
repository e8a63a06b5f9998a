// The gaps of a map that is being edited, always up to date: for reviews and for pages that stay open.
#pragma once

#include <map>
#include <set>
#include <vector>

#include "analysis/gaps.hpp"

namespace lacuna {

/// All gaps, kept while links change. Building it costs a find_gaps(); an edit costs the needs that it touches, whatever the size
/// of the map. The graph must be the one of the situation, and be changed through the ledger alone.
class GapLedger {
 public:
  GapLedger(Graph& graph, const Situation& situation, const Params& params);

  /// Another verdict on a link: accepted, rejected, another degree.
  void judge(LinkId link, Degree degree, Status status);
  /// A new link between nodes of the map.
  LinkId add(const Edge& edge);

  /// The first gaps, as find_gaps() would list them; valid until the next change. O(most).
  [[nodiscard]] std::vector<const Gap*> first(std::size_t most) const;
  [[nodiscard]] std::size_t size() const { return order_.size(); }
  /// How many there are, by GapKind.
  [[nodiscard]] const EnumArray<GapKind, std::size_t>& counts() const { return counts_; }

 private:
  struct Graver {
    bool operator()(const Gap* a, const Gap* b) const { return graver(*a, *b); }
  };
  using GroupPair = std::pair<NodeId, NodeId>;

  void rebuild();
  void touched(const Edge& edge);
  void update(NodeId need);
  void update(const GroupPair& pair);
  void update_objectives();
  void enter(const Gap& gap);
  void leave(const Gap& gap);

  Graph& graph_;
  const Situation& situation_;
  const Params& params_;
  GapFinder finder_;
  std::map<NodeId, NeedGaps> by_need_;
  std::map<GroupPair, std::set<NodeId>> needs_of_pair_;
  std::map<GroupPair, Gap> by_pair_;
  std::vector<Gap> objectives_;
  std::set<const Gap*, Graver> order_;
  EnumArray<GapKind, std::size_t> counts_{};
};

}  // namespace lacuna
