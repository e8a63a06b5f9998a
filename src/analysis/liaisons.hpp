// Which groups have a liaison, by themselves or through what they are part of.
#pragma once

#include <optional>
#include <vector>

#include "analysis/nesting.hpp"

namespace lacuna {

/// Liaisons and memberships (asserted links), made once for many questions: O(nodes + links). The graph must outlive it; its
/// part-of and liaises-with links must stay as they are.
class Liaisons {
 public:
  explicit Liaisons(const Graph& graph);

  /// True when a liaison links the two groups, or groups that they are inside of. O(liaisons of the first and of those around
  /// it).
  [[nodiscard]] bool between(NodeId a, NodeId b) const;
  /// True when a group is part of another at any depth, by any of its part-of links, or is the other. O(1) where groups have one
  /// parent, else O(further parents above it).
  [[nodiscard]] bool inside(NodeId part, NodeId whole) const;
  /// True when `holds` does for a group around this one, or for itself. O(groups around it).
  template <class F>
  [[nodiscard]] bool any_around(NodeId group, const F& holds) const {
    return any_way_up(group, [&](NodeId start) {
      for (std::optional<NodeId> at = start; at; at = graph_->parent(*at)) {
        if (holds(*at)) return true;
      }
      return false;
    });
  }

 private:
  /// From each start, parents lead up to a root: the group itself, and every further parent met on a way up. Until `holds` does.
  template <class F>
  bool any_way_up(NodeId group, const F& holds) const;
  /// The parents of a group beside Graph::parent.
  [[nodiscard]] std::vector<NodeId> further_parents(NodeId group) const;
  /// The first one above, of a list that tells the nearest one at or above each node.
  [[nodiscard]] std::optional<NodeId> next(const std::vector<std::optional<NodeId>>& nearest, NodeId group) const;
  /// True when one of the liaisons of this very group is with a group around `other`.
  [[nodiscard]] bool linked(NodeId group, NodeId other) const;

  const Graph* graph_;
  Nesting nesting_;
  std::vector<std::optional<NodeId>> liaised_;  ///< By node: the nearest at or above it with a liaison.
  std::vector<std::optional<NodeId>> forked_;   ///< By node: the nearest at or above it with further parents.
};

template <class F>
bool Liaisons::any_way_up(NodeId group, const F& holds) const {
  std::vector<NodeId> starts{group};
  std::vector<bool> seen;  // Only where there is a fork.
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (holds(starts[i])) return true;
    for (std::optional<NodeId> fork = forked_[index(starts[i])]; fork; fork = next(forked_, *fork)) {
      seen.resize(graph_->size());
      if (seen[index(*fork)]) break;
      seen[index(*fork)] = true;
      for (const NodeId parent : further_parents(*fork)) starts.push_back(parent);
    }
  }
  return false;
}

}  // namespace lacuna
