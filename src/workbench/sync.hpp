// A map's workbook brought back: what was changed there, onto the map.
#pragma once

#include <string>
#include <vector>

#include "change/apply.hpp"
#include "workbench/history.hpp"

namespace lacuna {

struct Synced {
  ChangeSet set;                    ///< What became of the map by it; empty where it says all that already.
  std::vector<Conflict> conflicts;  ///< Where the map was changed in another way meanwhile.
};
/// Does to the map what was done to the workbook since it was written; both sides' changes go together. All of it fits, or
/// nothing is changed: then the conflicts are told, or what is wrong in the workbook.. Throws FaultyInput,
/// Error(bad_input), Error(io).
Synced sync_workbook(const std::string& map, const std::string& file, const Occasion& occasion);

}  // namespace lacuna
