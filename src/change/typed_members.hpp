// Members of items as people type them: "title=Drift monitoring", "dates.published=2019-06", "aliases+=UC9", "priority=".
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "change/change_set.hpp"

namespace lacuna {

/// Sets a member of the text form of an item: NAME=VALUE, NAME= for nothing, of lists also NAME+=VALUE and NAME-=VALUE. A list is
/// typed with semicolons between. Throws Error(usage) naming the members there are, and what a value must be.
void set_typed(Value& item, ItemKey::Of of, const std::string& typed);

/// What a member of an item says, as it would be typed; empty for nothing.
std::string typed_value(const Value& item, std::string_view member);

/// The name of the member that such a text sets.
std::string member_typed(const std::string& typed);

/// True where the member of an item says something.
bool says(const Value& item, std::string_view member);

/// The names of the members of such an item, for help: "title", "dates.…".
std::string typed_members_help(ItemKey::Of of);

}  // namespace lacuna
