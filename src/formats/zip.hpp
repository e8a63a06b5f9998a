// Reading ZIP archives in memory; nothing is ever unpacked to the disk.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "formats/archive_handles.hpp"

namespace lacuna {

constexpr std::size_t most_unpacked = 256u << 20;  ///< Bytes of all files of one archive together.

/// The entries of an archive, one after the other, as the directory at its end has them, never what stands before a file: the two
/// may differ. Errors are Error(bad_input), without a place.
class ZipReader {
 public:
  /// The bytes must outlive it. Throws Error where they are no ZIP archive.
  explicit ZipReader(std::string_view bytes);
  /// Goes on to the next entry; false at the end. Throws Error where the archive is broken.
  bool next();
  [[nodiscard]] std::string name() const;  ///< Only a name: "../x" leads nowhere. Empty where it has none.
  [[nodiscard]] bool is_plain_file() const { return archive_entry_filetype(entry_) == AE_IFREG; }
  [[nodiscard]] bool is_encrypted() const { return archive_entry_is_encrypted(entry_) != 0; }
  /// The next piece of the entry; empty at its end. Throws Error where it is broken.
  std::string_view piece();

 private:
  [[noreturn]] void broken() const;

  std::unique_ptr<archive, CloseArchive> zip_;
  archive_entry* entry_ = nullptr;
  std::string buffer_;
};

/// The files of an archive by name in lower case, as far as `wanted` (given that name) says; others are not unpacked. Names are
/// only names: "../x" leads nowhere. Throws Error(bad_input), without a place, when the archive is broken, encrypted, holds a
/// wanted name twice or unpacks to more than `most_unpacked`.
std::map<std::string, std::string> unzip(std::string_view bytes, const std::function<bool(std::string_view)>& wanted);

/// Tells every file of an archive in pieces, an empty one at its end. Throws Error(bad_input), without a place, when the archive
/// is broken; then what came before has been told. Memory: one piece.
void each_file(std::string_view bytes, const std::function<void(const std::string& name, std::string_view piece)>& tell);

}  // namespace lacuna
