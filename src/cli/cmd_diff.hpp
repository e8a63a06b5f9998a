// What a change to a map would bring.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "cli/command.hpp"

namespace lacuna {

/// Which two states of a map are meant.
struct StateArguments : ListingArguments {
  std::string before;
  std::string after;
  std::string from;
  std::string to;
  bool told = false;
};
/// Loads both and hands them over. Throws Error(usage) where they do not tell two states.
void with_states(const StateArguments& arguments, Context& context, const std::function<void(const Standing&, const Standing&)>& use);

/// The difference between the map and the map with the changes of some files; the map stays as it is. Throws Error(bad_input), after telling every
/// fault, when they do not fit.
Result what_if(const Store& store, ListingArguments& arguments, const std::vector<std::string>& files, Context& context, const std::vector<GapKind>& kinds);

}  // namespace lacuna
