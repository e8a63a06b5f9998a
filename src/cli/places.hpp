// What the paths on the command line are: read or written. An output never takes the place of an input.
#pragma once

#include <CLI/CLI.hpp>
#include <span>
#include <string>
#include <string_view>

namespace lacuna {

struct Context;

/// Names that options give to values which are paths; a test holds every option of every command against them.
std::span<const std::string_view> input_types();
std::span<const std::string_view> output_types();

/// The name of the option's values, without what they are checked for.
std::string type_of(const CLI::Option& option);

/// Throws Error(usage) when what a command is to write is something that it reads (map, profile, template, table, folder of a map, or a file inside such a folder),
/// by whatever name or link, or is to be written twice. Looks at files, reads none.
void guard_inputs(const CLI::App& program, const Context& context);

}  // namespace lacuna
