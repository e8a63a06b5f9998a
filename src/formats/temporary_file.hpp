// For libraries that write to a path only.
#pragma once

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include <unistd.h>

#include "lacuna/error.hpp"

namespace lacuna {

/// An empty file in the system's temporary folder; it goes away with the object. Throws Error(io).
class TemporaryFile {
 public:
  TemporaryFile() {
    std::error_code problem;
    path_ = (std::filesystem::temp_directory_path(problem) / "lacuna-XXXXXX").string();
    const int file = ::mkstemp(path_.data());
    if (file < 0) throw Error(ErrorCode::io, path_, fmt::format("cannot be written: {}", std::strerror(errno)));
    ::close(file);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile() { ::unlink(path_.c_str()); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

}  // namespace lacuna
