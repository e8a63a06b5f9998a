// A shared map is kept in step while it is served.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "workbench/sharing.hpp"

namespace lacuna {

class Job;

/// Syncs every so often, and soon after each change: by the program itself as a process of its own, so that nobody at the browser
/// waits for a drive or a network. A map that is not shared is looked at again now and then. All functions may be called at once.
class Syncing {
 public:
  explicit Syncing(std::string map);
  ~Syncing();
  Syncing(const Syncing&) = delete;
  Syncing& operator=(const Syncing&) = delete;

  /// Begins what is due, and looks whether what was begun is over; to be called about every second.
  void tick();
  /// The map was changed here.
  void hurry();

  struct Stand {
    std::optional<SharePlace> place;  ///< Nothing where the map is not shared.
    std::string at;                   ///< When it was last in step, by the local clock; empty: not since the server began.
    std::string trouble;              ///< What the last sync said, where it did not end well.
  };
  Stand stand();

 private:
  using Clock = std::chrono::steady_clock;
  std::string map_;
  std::mutex mutex_;
  std::unique_ptr<Job> job_;
  Clock::time_point due_{};
  bool again_ = false;  ///< The map was changed while a sync was at work.
  Stand stand_;
};

}  // namespace lacuna
