// The names of closed lists.
#pragma once

#include <string>
#include <vector>

namespace lacuna {

/// Of rows with a member `name`, in their order.
template <class Rows>
std::vector<std::string> names_in(const Rows& rows) {
  std::vector<std::string> names;
  for (const auto& row : rows) names.emplace_back(row.name);
  return names;
}

}  // namespace lacuna
