// Two states of a map to compare: two maps, two days, a tag, or a map and what a change would make of it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "workbench/workbench.hpp"

namespace lacuna {

/// Which two states of a map are meant, as people type it.
struct TwoStates {
  std::string before;  ///< A map, a folder (or .json file) in the text form, or a tag of the map; empty: the map itself.
  std::string after;   ///< The same.
  std::string from;    ///< The day for the earlier state; else today.
  std::string to;      ///< The day for the later state; else today.
  bool told = false;   ///< What the map had been told by the two days, rather than what existed on them.
};
/// Loads both and hands them over, with what is asked of them; `map` is the map itself. Throws Error(usage) where they do not
/// tell two states, FaultyInput for a text form that does not hold.
void with_states(const TwoStates& states, const Asked& asked, const std::string& map, const Profile& profile,
                 const std::function<void(const Standing&, const Standing&)>& use);

/// The difference between the map and the map with the changes of some files; the map stays as it is. Throws FaultyInput when
/// they do not fit.
Result what_if(const std::string& map, const Profile& profile, const Asked& asked, const std::vector<std::string>& files,
               const std::vector<GapKind>& kinds);

}  // namespace lacuna
