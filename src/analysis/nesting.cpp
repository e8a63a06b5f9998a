#include "analysis/nesting.hpp"

#include <algorithm>

namespace lacuna {

Nesting::Nesting(const Graph& graph) : rank_(graph.size()), end_(graph.size()), depth_(graph.size()) {
  const std::size_t n = graph.size();
  std::vector<std::uint32_t> start(n + 1);  // Of the parts of each node in `parts`.
  for (std::size_t i = 0; i < n; ++i) {
    if (const auto parent = graph.parent(static_cast<NodeId>(i))) ++start[index(*parent) + 1];
  }
  for (std::size_t i = 0; i < n; ++i) start[i + 1] += start[i];
  std::vector<NodeId> parts(start.back());
  std::vector<std::uint32_t> next(start.begin(), start.end() - 1);
  std::vector<NodeId> waiting;  // The next one last.
  for (std::size_t i = 0; i < n; ++i) {
    const NodeId id = static_cast<NodeId>(i);
    if (const auto parent = graph.parent(id)) {
      parts[next[index(*parent)]++] = id;
    } else {
      waiting.push_back(id);
    }
  }
  std::ranges::reverse(waiting);
  order_.reserve(n);
  while (!waiting.empty()) {
    const NodeId id = waiting.back();
    waiting.pop_back();
    rank_[index(id)] = static_cast<std::uint32_t>(order_.size());
    if (const auto parent = graph.parent(id)) depth_[index(id)] = depth_[index(*parent)] + 1;
    order_.push_back(id);
    for (std::size_t p = start[index(id) + 1]; p-- > start[index(id)];) waiting.push_back(parts[p]);
  }
  for (auto id = order_.rbegin(); id != order_.rend(); ++id) {
    end_[index(*id)] = std::max(end_[index(*id)], rank_[index(*id)] + 1);
    if (const auto parent = graph.parent(*id)) end_[index(*parent)] = std::max(end_[index(*parent)], end_[index(*id)]);
  }
}

}  // namespace lacuna
