// Which state of a map's file is there: whatever was read from it holds as long as that stays the same.
#pragma once

#include <cstdint>
#include <string>

namespace lacuna {

/// Every change of a database counts its counter up, so that two changes within one tick of the clock differ, too.
struct FileState {
  std::uint64_t inode = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;
  std::int64_t size = 0;
  std::uint32_t changes = 0;
  friend bool operator==(const FileState&, const FileState&) = default;
};
/// All zero where there is no such file, or none is named. Microseconds.
FileState state_of_file(const std::string& path);

}  // namespace lacuna
