// Edits of a map by hand: nodes and links that come, change, go, and get another identifier.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "workbench/history.hpp"

namespace lacuna {

/// Puts a node onto the map. Of a deliverable that the catalogues know by that name, in any spelling, the record comes with it,
/// and the group that develops it where that is on the map; what is typed stands before what the record says. Throws Error(usage)
/// where the name is taken, Error(bad_input) where a title is missing. `typed` as set_typed() takes it; so below.
ChangeSet add_node(const std::string& map, Kind kind, const std::string& id, const std::vector<std::string>& typed,
                   Occasion occasion);
/// Changes members of a node, by any of its names; of the map itself for the name "map", of a search record by its identifier.
ChangeSet set_members(const std::string& map, const std::string& name, const std::vector<std::string>& typed, Occasion occasion);
/// As set_members(), of somebody who has seen `seen` (as typed) before writing. A member that somebody else has changed since
/// stays as it is, and what was typed waits beside it: nothing is lost, and nobody writes over another unseen.
struct Edited {
  ChangeSet set;
  std::vector<Conflict> conflicts;
};
Edited set_members_seen(const std::string& map, const std::string& name, const std::vector<std::string>& seen,
                        const std::vector<std::string>& typed, Occasion occasion);
/// Takes a node away. Throws Error(usage), saying what rests on it, unless `with_links`.
ChangeSet remove_node(const std::string& map, const std::string& name, bool with_links, Occasion occasion);
/// Another identifier for a node; the earlier one stays as an alias.
ChangeSet give_identifier(const std::string& map, const std::string& name, const std::string& id, Occasion occasion);

/// Which link is meant: of several on a pair, the relation and who says so part them.
struct LinkNamed {
  std::string from;
  std::string to;
  std::optional<Relation> relation;
  std::string by;
};
/// A link between two nodes, said by whoever the occasion names, today. Throws Error(usage) where that person says so already.
ChangeSet add_link(const std::string& map, const LinkNamed& link, const std::vector<std::string>& typed, Occasion occasion);
ChangeSet set_link(const std::string& map, const LinkNamed& link, const std::vector<std::string>& typed, Occasion occasion);
/// Says which of the values stands that a member of a node, or of a link that begins there, waits with; as Contest names it.
ChangeSet settle_contest(const std::string& map, const std::string& node, const std::string& member, const std::string& value,
                         Occasion occasion);
/// The link whose member a contest is about; nothing where it is about the node's own.
std::optional<Link> link_of_contest(const Map& map, const std::string& node, const std::string& member);
ChangeSet remove_link(const std::string& map, const LinkNamed& link, Occasion occasion);

}  // namespace lacuna
