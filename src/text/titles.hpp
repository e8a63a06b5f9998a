// Titles of standards in parts: "Information technology — Security techniques — Entity authentication".
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// The parts between dashes with blanks around them, "; " and ": ", without empty ones. They point into the title. Linear.
std::vector<std::string_view> title_parts(std::string_view title);

/// A part as it is counted: in lower case, without blanks at its ends.
std::string title_part_key(std::string_view part);

/// The keys of all parts but the last: what several titles of a series begin with.
std::vector<std::string> leading_parts(std::string_view title);

}  // namespace lacuna
