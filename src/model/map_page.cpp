#include "lacuna/page.hpp"

#include <algorithm>

namespace lacuna {

const PageRuns& PageNeed::runs(std::size_t scope) const {
  if (scope == 0) return all;
  const auto found = std::ranges::lower_bound(own, scope, {}, [](const auto& entry) { return entry.first; });
  return found == own.end() || found->first != scope ? none : found->second;
}

const PageRun& PageNeed::at(std::size_t scope, std::size_t day) const {
  const PageRuns& list = runs(scope);
  return *std::prev(std::ranges::upper_bound(list, day, {}, &PageRun::day));
}

std::size_t MapPage::position_of(Day day) const {
  const auto after = std::ranges::upper_bound(days, day);
  return after == days.begin() ? 0 : static_cast<std::size_t>(after - days.begin() - 1);
}

}  // namespace lacuna
