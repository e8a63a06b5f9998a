// What the paths on the command line are: read or written. An output never takes the place of an input.
#pragma once

#include <span>
#include <string_view>

namespace lacuna {

struct Context;
class CommandLine;

/// Names that options give to values which are paths; a test holds every option of every command against them.
std::span<const std::string_view> input_types();
std::span<const std::string_view> output_types();

/// Throws Error(usage) when what a command is to write is something that it reads (map, profile, template, table, folder of a
/// map, or a file inside such a folder), by whatever name or link, or is to be written twice. Looks at files, reads none.
void guard_inputs(const CommandLine& program, const Context& context);

}  // namespace lacuna
