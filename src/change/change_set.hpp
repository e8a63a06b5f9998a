// What somebody did to a map: who, when, why, and each member of each item before and after, by identifier.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/model.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// What tells an item of a map from the others of its kind, in any letter case.
struct ItemKey {
  enum class Of : std::uint8_t { map, node, link, search } of = Of::map;
  std::string id;  ///< Of a node or a search record.
  std::string from;
  Relation relation = Relation::part_of;
  std::string to;
  std::string by;  ///< Who says so: two people's verdicts on one pair are two links.
};
ItemKey key_of(const Node& node);
ItemKey key_of(const Link& link);
ItemKey key_of(const Search& search);
/// The same text for the same item.
std::string text_of(const ItemKey& key);
/// For people: "RC27", "ITU-T X.1753 covers RC27 (Anna)", "the map".
std::string name_of(const ItemKey& key);

/// What happened to one item. Both states are JSON merge patches (RFC 7396) of its text form: the members that differ, null for
/// one that was not there; of dates, attributes and source those inside. An item that came or went stands whole in one of them.
struct Change {
  ItemKey item;
  std::optional<Value> before;  ///< Nothing where the item was not there.
  std::optional<Value> after;   ///< Nothing where it is gone.
};

/// An identifier that became another: links and search records follow, and the earlier one stays as an alias.
struct Rename {
  std::string from;
  std::string to;
};

/// Which change set: numbers of one device ascend.
struct ChangeId {
  std::string device;
  std::int64_t number = 0;
  friend auto operator<=>(const ChangeId&, const ChangeId&) = default;
};
/// "3 of anna-laptop"; "3" without a device.
std::string to_string(const ChangeId& id);

struct ChangeSet {
  ChangeId id;
  std::int64_t clock = 0;  ///< Lamport's: one more than the highest that whoever made it had seen.
  std::string by;          ///< Who; empty where nobody said.
  std::string made;        ///< When, in UTC: "2026-11-30T18:00:00Z".
  std::string why;         ///< What for, in a sentence: the command where nobody said.
  std::optional<ChangeId> undoes;
  std::vector<Rename> renames;  ///< Come first.
  std::vector<Change> changes;  ///< What the map says of itself, nodes, links, search records, each in canonical order.

  [[nodiscard]] bool empty() const { return renames.empty() && changes.empty(); }
  /// True for what a shared map was when its log began, as a change set that comes before all others.
  [[nodiscard]] bool is_beginning() const { return clock == 0 && !id.device.empty(); }
};

/// What leads from one map to the other. The maps are in canonical order. O(n log n), and values only of what differs.
std::vector<Change> difference(const Map& before, const Map& after);
/// What leads back, as a change set that says which it undoes.
ChangeSet inverse(const ChangeSet& set);

/// What leads from one object to another as a JSON merge patch, and what a patch makes of an object.
Value merge_patch(const Value& from, const Value& to);
void apply_merge_patch(Value& target, const Value& patch);

/// What a change set does, one line an item: "RC27: title “A” → “B”", "+ ITU-T X.1753 covers RC27 (Anna): full".
std::vector<std::string> lines_of(const ChangeSet& set);
/// The needs that the search record of a change is about, as far as the change says.
std::vector<std::string> needs_of(const Change& change);
/// The members of an item or of a patch, each with what it says, for people; of dates, attributes and source those inside.
struct MemberText {
  std::string member;  ///< "title", "dates.published"
  std::string text;
};
std::vector<MemberText> members_of(const Value& whole);

/// The text form: as a change to a map that `gaps --with` reads, with what was there before; see data/schema/change-1.json.
Value value_of(const ChangeSet& set);
constexpr std::string_view change_schema = "lacuna:schema/change-1.json";
/// Reads the text form. Throws Error(bad_input) naming the file, the line and what is wrong.
ChangeSet read_change_set(std::string_view bytes, const std::string& file);
/// True for the text form of a change set that was made by the program: it says what was there before.
bool is_change_set(std::string_view bytes);

}  // namespace lacuna
