// Cheapest paths between items (deliverables or needs) through shared needs: what a comparison rests on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna {

/// One step of a path, from the node before it.
struct PathStep {
  NodeId to{};
  LinkId link{};
  Penalty kind = Penalty::full;  ///< full, partial, broader, narrower, related or adopts.
  std::optional<Penalty> added;  ///< draft or stale, on top of full and partial.
  int cost = 0;                  ///< Points of the step, from the profile.
};

struct Path {
  NodeId start{};
  std::vector<PathStep> steps;  ///< None where the item is on both sides.
  int cost = 0;                 ///< Sum over the steps.

  [[nodiscard]] NodeId end() const { return steps.empty() ? start : steps.back().to; }
};

/// The steps that paths may take on a day. A path leads from an item over needs to an item: a deliverable reaches the needs that
/// it covers (with links that count, in full or in part), a need those that it is part of, that are part of it, or that one of
/// the two needs, counters or faces. Deliverables stand at the ends only; there, they may be left or entered by way of a text
/// that one of the two adopts. What did not exist on the day is not there. Building it costs O(links); 32 bytes a step and
/// direction.
class PathNetwork {
 public:
  explicit PathNetwork(const Situation& situation);

  /// What leaves a vertex: its cost in this direction (`out`) and in the other (`back`), which differ between broader and
  /// narrower.
  struct Arc {
    std::uint32_t to = 0;
    LinkId link{};
    Penalty kind = Penalty::full;
    Penalty back_kind = Penalty::full;
    std::uint8_t added = 0;  ///< Points added for a draft or a stale text.
    bool draft = false;      ///< Which of the two was added.
    std::uint8_t out = 0;
    std::uint8_t back = 0;
  };

  [[nodiscard]] std::size_t size() const { return is_need_.size(); }
  [[nodiscard]] bool is_need(std::uint32_t vertex) const { return is_need_[vertex]; }
  [[nodiscard]] std::span<const Arc> arcs(std::uint32_t vertex) const {
    return std::span(arcs_).subspan(start_[vertex], start_[vertex + 1] - start_[vertex]);
  }
  /// False for a node that no step leaves or reaches.
  [[nodiscard]] bool is_linked(NodeId id) const { return start_[index(id)] != start_[index(id) + 1]; }

 private:
  std::vector<bool> is_need_;
  std::vector<std::uint32_t> start_;
  std::vector<Arc> arcs_;
};

/// Costs between all nodes and a set of items, up to a bound: Dial's bucket queue (1969) from all items of the set at once, the
/// fewest steps first among equal costs. O(steps + bound) each run; keeps its memory between runs. The network must outlive it.
class PathSearch {
 public:
  PathSearch(const PathNetwork& network, int bound);

  /// `toward` the items from everywhere, or `from` them to everywhere.
  enum class Direction : std::uint8_t { toward, from };
  void run(std::span<const NodeId> items, Direction direction);

  /// Points between the node and the nearest item; nothing beyond the bound.
  [[nodiscard]] std::optional<int> cost(NodeId id) const;
  /// After a run toward the items: up to `most` different paths without circles from the node to items, cheapest first, then
  /// fewest steps, then by the nodes on the way. A path ends at the first item that it meets. The first one alone costs its
  /// steps: where a node that many paths lead over goes on is looked up once a run.
  [[nodiscard]] std::vector<Path> paths(NodeId start, std::size_t most);

 private:
  // A deliverable stands in the network twice: near the items (left or entered over adoptions alone), and far (over a need).
  using Key = std::uint32_t;  // Cost in the upper half, steps in the lower.
  static constexpr Key unreached = ~Key{0};
  struct Entry {
    std::uint32_t state;
    Key key;
  };
  template <class F>
  void each_step(std::uint32_t state, bool backwards, F&& f) const;
  void improve(std::uint32_t state, Key key);
  /// The first step of the best way on from a state that is reached and no item.
  struct Onward {
    std::uint32_t next = 0;
    const PathNetwork::Arc* arc = nullptr;
  };
  const Onward& onward(std::uint32_t state);
  [[nodiscard]] std::optional<Path> cheapest(NodeId start);

  const PathNetwork* network_;
  int bound_;
  std::vector<Key> key_;
  std::vector<std::uint32_t> touched_;
  std::vector<std::vector<Entry>> buckets_;
  std::unordered_map<std::uint32_t, Onward> onward_;  ///< Of this run.
};

}  // namespace lacuna
