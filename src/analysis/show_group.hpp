// What `show` says of a group: its brief in sentences and tables.
#pragma once

#include "analysis/group_brief.hpp"

namespace lacuna {

/// Adds to a result: the brief's figures in its head and as sentences, and tables of the needs that the group covers, of the gaps
/// that are its business, of neighbours and of liaisons. For people, of the gaps only those that its own texts come near.
void add_group_brief(Result& result, const Situation& situation, const Params& params, const GroupBrief& brief);

}  // namespace lacuna
