// Lists as sets: in order, each member once.
#pragma once

#include <algorithm>
#include <vector>

namespace lacuna {

/// O(n log n).
template <class T>
void sort_unique(std::vector<T>& list) {
  std::ranges::sort(list);
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

}  // namespace lacuna
