// What a change to a map would bring.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lacuna {

/// The difference between the map and the map with the changes of some files; the map stays as it is. Throws Error(bad_input), after telling every
/// fault, when they do not fit.
Result what_if(const Store& store, ListingArguments& arguments, const std::vector<std::string>& files, Context& context, const std::vector<GapKind>& kinds);

}  // namespace lacuna
