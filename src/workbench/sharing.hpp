// A map that several people have: where it is shared, and both ways of what was done since.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "share/carrier.hpp"
#include "workbench/history.hpp"

namespace lacuna {

/// Where a map is shared, and under which name.
struct SharePlace {
  std::string address;
  std::string name;
};
/// As this user's configuration says, shares.json in configuration_folder(): by the change set that the map began with, so that
/// a map may be moved and copied. Nothing for a map that is not shared, or whose place this user has not named.
std::optional<SharePlace> share_place(const std::string& map);

/// What a sync did.
struct SyncDone {
  SharePlace place;
  std::vector<ChangeSet> taken;    ///< That others made, in their order.
  std::size_t given = 0;           ///< Change sets that the carrier did not have.
  std::vector<Contest> contests;   ///< Members of which the two sides said different things, and nobody has settled it.
  std::vector<Change> left_aside;  ///< With which the map would not be valid.
  std::vector<RefusedChange> refused;
  std::vector<std::string> told;  ///< What else somebody must know, a sentence each.

  /// True when somebody must do something about it.
  [[nodiscard]] bool asks() const { return !contests.empty() || !left_aside.empty() || !refused.empty() || !told.empty(); }
};

/// Takes what others did, puts it onto the map, and gives what was done here. The order of arrival does not matter: all who have
/// the same change sets have the same map. Killed or cut off at any moment, the map is as before or has all that was taken; the
/// next sync goes on. O(changes that are new), and O(all changes) where others were made before one's own.
/// Throws Error(not_found) where the map is not shared, Error(io) where the place cannot be reached.
SyncDone sync_map(const std::string& map, const Occasion& occasion);

/// Shares a map at an address, or takes up one that is shared there: a map that is there is shared under `name` (default: that of
/// its file), where none is, a copy of the one called `name` is made (default: the only one). Then as sync_map(). Throws
/// Error(usage) where the name is another map's, Error(not_found), Error(ambiguous), Error(io).
struct ShareDone {
  bool begun = false;              ///< The map was not shared before.
  bool copied = false;             ///< It was not here before.
  bool password_left_out = false;  ///< The address held one, which is not kept.
  SyncDone sync;
};
ShareDone share_map(const std::string& map, const std::string& address, const std::string& name, const Occasion& occasion);

}  // namespace lacuna
