// Identifiers, short names and names of people as they are compared: everywhere by this, whatever they are identifiers of.
#pragma once

#include <string>
#include <string_view>

namespace lacuna {

/// Equal for what people take for the same name: letter case aside (by Unicode's case folding), whatever way marks are joined to
/// their letters (NFC), and without characters that nobody sees (zero-width signs, soft hyphens). Wide forms and other scripts'
/// look-alikes stay apart. Of ASCII, lower case, at its price; of malformed UTF-8, lower case of its ASCII. Linear.
std::string identity_of(std::string_view id);
/// True when identity_of(id) is `identity`; cheaper.
bool has_identity(std::string_view id, std::string_view identity);

}  // namespace lacuna
