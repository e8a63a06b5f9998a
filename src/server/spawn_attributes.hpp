// How processes are started beside a server, whose own signals are waited for by one thread.
#pragma once

#include <csignal>

#include <spawn.h>

namespace lacuna {

/// Attributes for posix_spawn: the new process takes every signal, though the server has blocked some.
class SpawnAttributes {
 public:
  explicit SpawnAttributes(int further_flags = 0) {
    ::posix_spawnattr_init(&attributes_);
    sigset_t none;
    ::sigemptyset(&none);
    ::posix_spawnattr_setsigmask(&attributes_, &none);
    ::posix_spawnattr_setflags(&attributes_, static_cast<short>(POSIX_SPAWN_SETSIGMASK | further_flags));
  }
  ~SpawnAttributes() { ::posix_spawnattr_destroy(&attributes_); }
  SpawnAttributes(const SpawnAttributes&) = delete;
  SpawnAttributes& operator=(const SpawnAttributes&) = delete;

  [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

 private:
  posix_spawnattr_t attributes_{};
};

}  // namespace lacuna
