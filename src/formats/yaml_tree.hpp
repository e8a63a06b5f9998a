// A YAML document as a tree of values with line numbers, for formats that have a JSON twin.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.hpp"

namespace lacuna::yaml {

/// The first document of the input. Scalars are texts, but `true`, `false` and `null` without quotes. Whatever is over a limit of
/// json::read() or of Reader gives one diagnostic with the line, and nothing. Memory and time linear in the input.
std::optional<json::Json> read_tree(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace lacuna::yaml
