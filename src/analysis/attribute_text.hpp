// Free attributes of nodes in the reader's words.
#pragma once

#include <string>
#include <vector>

#include "lacuna/model.hpp"

namespace lacuna {

/// A sentence an attribute, in the map's order: "Why it is on the map: …". One of a name that is not known here is told under
/// that name ("coffee_breaks" as "Coffee breaks: …"). What queries say themselves (answered_by), or links say better
/// (objectives), is left out, and so are lists and objects.
std::vector<std::string> attribute_sentences(const Node& node);

}  // namespace lacuna
