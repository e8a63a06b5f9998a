// How far a ranking changes when the weights behind it do.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lacuna/profile.hpp"
#include "lacuna/result.hpp"

namespace lacuna {

struct RankedRow {
  std::string name;  ///< Tells it apart in every ranking.
  double score = 0;
};

/// Adds the table `sensitivity`: for each weight of the sections, 20 % lower and higher, which of the first `top` change. `rank`
/// is called on several threads at once. Weights without any effect are told only where `all` is set. O(weights) rankings.
void add_sensitivity(Result& result, const Profile& profile, std::span<const std::string_view> sections,
                     const std::vector<RankedRow>& ranking, std::size_t top, bool all,
                     const std::function<std::vector<RankedRow>(const Profile&)>& rank);

}  // namespace lacuna
