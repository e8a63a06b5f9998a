// What the actions of `lacuna link` share.
#pragma once

#include <string_view>

#include "analysis/linking/linking.hpp"
#include "cli/command.hpp"
#include "workbench/checked.hpp"
#include "workbench/verdicts.hpp"

namespace lacuna {

/// An action of `lacuna link`: one file, one row of the table in cmd_link.cpp.
struct LinkAction {
  std::string_view name;
  std::string_view help;
  void (*declare)(CommandLine&, Context&);
};

}  // namespace lacuna
