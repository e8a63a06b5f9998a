// What the commands share that edit a map by hand.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "workbench/editing.hpp"

namespace lacuna {

struct EditOptions {
  std::string by;
  std::string why;
  bool dry = false;
};
/// --by, --why, --dry-run.
void add_edit_options(CommandLine& line, EditOptions& options);
/// The argument MEMBER=VALUE… of an item of that kind.
Option& add_members_option(CommandLine& line, std::vector<std::string>& members, ItemKey::Of of);
Occasion occasion_of(const EditOptions& options);
/// Says what was done, or would be.
void tell_edit(const Context& context, const EditOptions& options, const ChangeSet& set);

}  // namespace lacuna
