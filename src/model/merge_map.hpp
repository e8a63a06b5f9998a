// Nodes and links of an import onto the map that is there.
#pragma once

#include <string>
#include <string_view>
#include <unordered_set>

#include "lacuna/catalogue.hpp"
#include "lacuna/model.hpp"

namespace lacuna {

/// An attribute of nodes that only stand for what another input will bring: whose words they say so.
inline constexpr std::string_view awaited = "awaited_from";

/// A name without the editions in it, in small letters: "NIST SP 800-53 Rev. 5 HIGH" is "nist sp 800-53 high".
std::string without_edition(std::string_view name);

/// Nodes by identifier, links by both ends, relation and who says so: what comes anew is added, what differs replaces what was
/// there. Search records that are there stay, unless a source comes whole: then its own are replaced.
///
/// Of a source that comes whole, links and nodes that do not come again are gone; a node on which something else rests stays, and
/// ends. Two names that differ in nothing but an edition ("Rev. 5", "v16.1", "2.0") are one source. With `questions`, covers
/// links on a need whose kind, title or text differs are questioned, and what a signed search record judged near it waits for
/// judgement. `said` keeps the links that came new or changed over several merges: they were said of the needs as they are now.
/// O(n log n).
ImportSummary merge_into(Map& map, Map&& from, const MergeRules& rules, std::unordered_set<std::string>& said);
ImportSummary merge_into(Map& map, Map&& from);

}  // namespace lacuna
