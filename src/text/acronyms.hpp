// Short forms that texts explain themselves: "artificial intelligence (AI)".
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lacuna {

/// Pairs of a short form (two to six letters, all but one capitals; in lower case here) and the words before it whose initials it
/// is made of, small words between them allowed (after Schwartz & Hearst 2003, restricted to initials). Linear.
std::vector<std::pair<std::string, std::string>> acronyms_in(std::string_view text);

}  // namespace lacuna
