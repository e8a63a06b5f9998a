// Which node is inside which, for questions about many: no way is gone twice, however long the chains are.
#pragma once

#include <vector>

#include "lacuna/graph.hpp"

namespace lacuna {

/// All nodes in the order of their paths (Graph::path): behind each node stands what is inside it, in natural order, so that this
/// is an interval. O(nodes) to make, in time and memory; a value of its own.
class Nesting {
 public:
  explicit Nesting(const Graph& graph);

  [[nodiscard]] const std::vector<NodeId>& order() const { return order_; }
  /// Position in the order: sorting by it sorts by path. O(1).
  [[nodiscard]] std::size_t rank(NodeId id) const { return rank_[index(id)]; }
  /// How many nodes a node is inside of. O(1).
  [[nodiscard]] std::size_t depth(NodeId id) const { return depth_[index(id)]; }
  /// True when `whole` stands on the path of `part`, itself included. O(1).
  [[nodiscard]] bool inside(NodeId part, NodeId whole) const {
    return rank(whole) <= rank(part) && rank(part) < end_[index(whole)];
  }

 private:
  std::vector<NodeId> order_;
  std::vector<std::uint32_t> rank_;
  std::vector<std::uint32_t> end_;  ///< By node: behind the last rank inside it.
  std::vector<std::uint32_t> depth_;
};

}  // namespace lacuna
