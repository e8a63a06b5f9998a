// Catalogues brought up to date from where they are published.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "lacuna/profile.hpp"
#include "workbench/intake.hpp"
#include "workbench/sources.hpp"

namespace lacuna {

/// What became of one source.
struct SourceUpdate {
  enum class State : std::uint8_t { unchanged, newer, imported, failed } state = State::unchanged;
  std::string source;
  std::string since;  ///< The day on which it was last found to be as it is here; empty: never.
  Intake intake;      ///< Of what was imported.
  std::string fault;
};

struct UpdateDone {
  std::vector<SourceUpdate> sources;
  std::vector<std::string> needs;  ///< "RC40: not-found → covered".
};

/// Takes what has changed of these sources, and imports each as take_in() does, in a transaction of its own: cut off or killed at
/// any moment, the catalogues are as before, or hold all of a source. What is known of the last time stands beside the file of
/// the catalogues. A source that fails does not keep the others back. `watch` is told of each how many bytes there are, and of
/// how many.
UpdateDone update_catalogues(const std::string& map, const Profile& profile, const std::vector<UpdateSource>& sources,
                             bool only_ask, IntakeWatcher& watcher,
                             const std::function<void(const std::string&, std::uint64_t, std::uint64_t)>& watch);

/// The day on which each source was last found to be as it is here; those never looked at are not there.
std::map<std::string, std::string> last_seen(const std::string& map);

}  // namespace lacuna
