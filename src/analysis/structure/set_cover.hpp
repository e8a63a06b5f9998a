// Minimum set cover: the fewest sets that together hold every element.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna {

struct SetCover {
  std::vector<std::size_t> sets;  ///< Positions of the chosen sets, ascending. Together they hold every element.
  std::size_t lower_bound = 0;    ///< No cover has fewer sets.

  [[nodiscard]] bool exact() const { return sets.size() == lower_bound; }
};

/// Covers the elements 0 … elements − 1; each must be in at least one of the sets. Elements that no chain of overlapping sets
/// joins are covered apart. Where at most 64 are joined, the answer is the minimum, and of several minima the first by positions
/// (a set that lies inside another, or equals an earlier one, is left aside); beyond that, or where the search would look at more
/// than `most_nodes` partial covers, it is the greedy cover with bounds. Deterministic.
///
/// Exact: branch and bound on the rarest element (Balas & Ho 1980), sets dominated by others left out, bounded by elements that
/// no set holds together. Greedy: the set with most new elements (Chvátal 1979: at most H(d) times the minimum, d the size of the
/// largest set), then sets that others make needless are dropped. Its lower bound is the best of three: elements / largest set;
/// elements that no set holds together; the prices that the greedy cover pays, fitted as a dual solution.
/// Greedy: O(Σ sizes × log sets). Exact: exponential, at most `most_nodes` × sets.
SetCover fewest_sets(std::size_t elements, const std::vector<std::vector<std::uint32_t>>& sets,
                     std::uint64_t most_nodes = 2'000'000);

}  // namespace lacuna
