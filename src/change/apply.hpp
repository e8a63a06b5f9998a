// Change sets onto maps, and maps that went apart put together again: by meaning, not by lines.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "change/change_set.hpp"

namespace lacuna {

/// Something that a change set says and that does not fit the map.
struct Conflict {
  enum class Why : std::uint8_t {
    differs,   ///< The member was changed here, too: here it stays, and the other value is told.
    gone,      ///< The item is not there any more: its changes were left aside.
    changed,   ///< It is to go, but was changed here: it stays.
    in_use,    ///< It is to go, but others rest on it here: it stays.
    restored,  ///< It went here, but was changed there, or something new rests on it there: it stays.
    no_end     ///< A link or a search record names a node that is not there: it was left aside.
  } why = Why::differs;
  ItemKey item;
  std::string member;  ///< "title", "dates.published"; empty where the whole item is meant.
  Value here;
  Value there;
};
/// "RC27: title is “A” here and “B” there".
std::string told(const Conflict& conflict);

/// Does to the map what the set says, and returns what did not fit. Members that stand as they stood before are set; lists are
/// taken together, element by element; a member that was changed here and there stays as it is here. Names that became aliases
/// are followed; where two readings of one source meet, that of the later day stands. Throws Error(bad_input) where what would
/// come of it cannot be read as an item of a map. A map without any nodes is part of one, and the ends of links stand elsewhere.
/// O(map) once, then O(set), and O(links) for each rename.
std::vector<Conflict> apply(Map& map, const ChangeSet& set);

/// Another identifier for a node: links, search records and the groups that are shown follow. Throws Error(not_found), and
/// Error(usage) where the new one is another node's.
void rename_node(Map& map, const std::string& from, const std::string& to);

/// The attribute of a node in which values wait that somebody else gave a member at the same time: by member, a list of value,
/// by and made. Those of a link wait at the node that it begins at. Setting the member settles it.
constexpr std::string_view contested = "contested";
/// What a member is called there: of a node as it is, of a link "covers RC27 (Anna): rationale".
std::string contested_member(const ItemKey& item, std::string_view member);
/// Keeps the other value of each member in conflict, of nodes and links, beside the one that stands.
void contest(Map& map, const std::vector<Conflict>& conflicts, const std::string& by, const std::string& made);

/// Somebody has set these members of a node or a link: nothing waits for them any more.
void settle(Map& map, const ItemKey& item, const std::vector<std::string>& members);

/// Such a value.
struct Contest {
  std::string node;
  std::string member;
  std::string here;   ///< What the map says; empty for nothing.
  std::string there;  ///< The same, of the other value.
  std::string by;
  std::string made;
};
/// All of a map, in the order of the nodes. Linear.
std::vector<Contest> contests_of(const Map& map);

/// Change sets of several devices onto the map that all of them began with.
struct Replayed {
  Map map;  ///< In canonical order.
  struct Told {
    ChangeId set;
    Conflict conflict;
  };
  std::vector<Told> conflicts;     ///< Of which the later value stands, and the other waits beside it.
  std::vector<Change> left_aside;  ///< With which the map would not be valid.
};
/// In the order of clock, device and number, each once: the same sets give the same map, whoever got them when. Two of one number
/// that say something else are two, in the order of their texts. A member that is said differently keeps what the later set says.
/// O(map + changes), and O(map) more for each rename and each set that removes nodes; where the result is not valid, that times
/// the logarithm of the number of sets, for each change left aside.
Replayed replay(const Map& begun, std::vector<ChangeSet> sets, const std::function<bool(const Map&)>& valid);

/// Three-way merge: ours with what leads from base to theirs. What one side removed and the other changed, or needs for what is
/// new, stays. Of a result that is not valid, the least is left aside: changes that came from theirs, in canonical order, each
/// tried with those before it.
struct Merged {
  Map map;
  std::vector<Conflict> conflicts;
  std::vector<Change> left_aside;
};
Merged merge_maps(const Map& base, const Map& ours, const Map& theirs, const std::function<bool(const Map&)>& valid);

}  // namespace lacuna
