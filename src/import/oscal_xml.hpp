// OSCAL in XML as its JSON form says it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/json.hpp"

namespace lacuna::oscal {

/// Attributes and fields become members, elements that may stand several times lists under their plural name, and markup the text
/// that OSCAL writes in JSON. Broken XML gives one diagnostic with the line, and nothing. Memory and time linear in the input.
std::optional<json::Json> read_xml(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);

}  // namespace lacuna::oscal
