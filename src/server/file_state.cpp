#include "server/file_state.hpp"

#include <array>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lacuna {

FileState state_of_file(const std::string& path) {
  FileState state;
  const int file = path.empty() ? -1 : ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return state;
  struct stat status {};
  std::array<unsigned char, 4> counter{};
  constexpr off_t counter_at = 24;  // The file change counter, big-endian: "Database File Format" of SQLite, 1.3.7.
  if (::fstat(file, &status) == 0 && ::pread(file, counter.data(), counter.size(), counter_at) == 4) {
    state = {status.st_ino, status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size, 0};
    for (const unsigned char byte : counter) state.changes = state.changes << 8 | byte;
  }
  ::close(file);
  return state;
}

}  // namespace lacuna
