// What was done to a map, by whom and what for; and taking it back.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "change/apply.hpp"
#include "lacuna/result.hpp"
#include "lacuna/store.hpp"

namespace lacuna {

/// Why a map is changed: what the log says of it beside what changes.
struct Occasion {
  std::string by;   ///< Empty: the user.
  std::string why;  ///< In a sentence.
  std::optional<ChangeId> undoes = {};
  std::vector<Rename> renames = {};      ///< That the change makes.
  std::optional<ChangeSet> as_was = {};  ///< Somebody's change set, taken over whole: it is logged as it is.
  std::string to = {};                   ///< The map stays as it is, and a copy that is changed so comes to stand there.
  bool dry = false;                      ///< Only looks what would come of it.
};
/// The change set of a change, signed and dated, but without a number; empty where nothing differs.
ChangeSet change_set(const Map& before, const Map& after, const Occasion& occasion);
/// A change set as the log keeps it.
LoggedChange entry_of(const ChangeSet& set);
/// What makes the entry of the log, and leaves what it logged in `made`, where that is wanted. The occasion is read when the
/// change is done; both must live until then.
Logging logging(const Occasion& occasion, ChangeSet* made = nullptr);

/// When a change set was made, as people read it: "2026-11-30 18:00", in UTC.
std::string day_text(const std::string& made);

/// A change set of the log, by its place there from 1 on.
struct PastChange {
  std::size_t place = 0;
  ChangeSet set;
  std::optional<std::size_t> undone_by;
};
/// The log, from its beginning. Linear in it.
std::vector<PastChange> past_changes(const Store& store);

/// A map as it had been told by a day: what its log says of later days is taken back, and of what was said before it had a log,
/// links and search records of later days are left out.
Map told_by(const Store& store, Day day);

struct LogQuestion {
  std::string about;          ///< A node, by any of its names; also one that is gone, by its identifier.
  std::string by;             ///< Part of a name, in any letter case.
  std::optional<Date> since;  ///< Made on that day or later.
  std::size_t limit = 0;
};
Result query_log(const Store& store, const LogQuestion& question);
/// A member of an item, what it says, and who gave it that.
struct Said {
  std::string item;    ///< "RC27", or a link.
  std::string member;  ///< "title"
  std::string value;
  std::optional<std::size_t> change;  ///< Its place in the log; nothing where it was said before there was one.
  std::string made;
  std::string by;
  std::string why;
};
/// Who gave each member of a node or of the links of a pair what it says now. Throws Error(not_found), Error(ambiguous).
std::vector<Said> find_blame(const Store& store, const std::string& from, const std::string& to);
Result query_blame(const Store& store, const std::string& from, const std::string& to);

/// Values of members that wait beside those of the map until somebody settles which stands.
Result query_conflicts(const Map& map);

/// Takes a change set back: the last one that is neither undone nor an undoing where `place` is 0. What others changed in the
/// same place since must be taken back first. Returns what was done, in lines. Throws Error(not_found), Error(bad_input).
std::string undo(const std::string& map, std::size_t place, Occasion occasion);

/// What became of a change that somebody sent.
struct Applied {
  ChangeSet set;
  std::vector<Conflict> conflicts;
};
/// Puts a change file onto a map: one that the log gave, or the text form that `gaps --with` reads. Unless `partly`, all of it
/// fits, or nothing is changed. Throws Error(usage) where the map has that change set already.
Applied apply_file(const std::string& map, const std::string& file, bool partly, Occasion occasion);

}  // namespace lacuna
