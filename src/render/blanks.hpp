// What papers leave for people to fill in.
#pragma once

#include <string>
#include <vector>

#include "lacuna/paper.hpp"

namespace lacuna {

/// What is to be filled in, by the words of the blanks, each once, in the order in which they stand. Linear.
std::vector<std::string> blanks_of(const Paper& paper);

/// The paper with texts in the place of blanks; `fills` are "WORDS OF THE BLANK=TEXT". Throws Error(usage), naming the blanks
/// there are, where none reads so. Linear.
Paper filled_in(Paper paper, const std::vector<std::string>& fills);

}  // namespace lacuna
