// Where a map of one's own begins.
#pragma once

#include <string>

#include "lacuna/model.hpp"

namespace lacuna {

/// A map of the objectives O1, O2, … and sessions that a workshop's programme (.docx, .md, .txt) names. Throws FaultyInput.
Map map_of_programme(const std::string& file);

/// The map that came with the program, where it is installed: share/lacuna/ai-ml-security.db beside its bin. Empty where there is
/// none.
std::string installed_map();

}  // namespace lacuna
