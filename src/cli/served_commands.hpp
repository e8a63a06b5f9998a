// Commands as questions that a page asks: their options become fields, their answers values.
#pragma once

#include <vector>

#include "server/served_command.hpp"

namespace lacuna {

struct Context;

/// The commands that answer with rows or files, in the order of help. The context must outlive them. Options that name a place
/// to write to are left out; those that name something to read become uploads, and nothing that is typed is ever taken for a
/// path.
std::vector<ServedCommand> served_commands(const Context& context);

}  // namespace lacuna
