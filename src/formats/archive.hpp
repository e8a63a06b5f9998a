// The files inside of archives, one after the other, never unpacked to the disk.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "lacuna/error.hpp"

namespace lacuna {

constexpr std::size_t largest_entry = 16u << 20;  ///< Bytes in one file of an archive.
constexpr std::uint64_t largest_ratio =
    500;  ///< Unpacked bytes for each packed one, once `bomb_size` is exceeded; gzip reaches 1,030.
constexpr std::uint64_t bomb_size = std::uint64_t{1} << 28;

/// Reads .tar (plain or packed with gzip, zstd, xz, bzip2), .tgz and .zip, chosen by the name of the file; any other name ending
/// in .gz, .zst or .xz is one packed file. Memory: one entry.
class Archive {
 public:
  /// True for names of archives, which hold many files.
  static bool holds_many(std::string_view path);
  /// True for names of single packed files.
  static bool is_packed(std::string_view path);

  /// Throws Error(io) when the file cannot be opened.
  explicit Archive(const std::string& path);
  Archive(Archive&&) noexcept;
  Archive& operator=(Archive&&) = delete;
  ~Archive();

  enum class Next : std::uint8_t { entry, refused, end };
  /// The next file. `refused` leaves in `name` which one and in `bytes` why: a link, a device, a name that leads outside, or a
  /// file over the limit. Throws Error(bad_input) when the archive is cut off, damaged or a bomb: nothing after that can be read.
  Next next(std::string& name, std::string& bytes);
  /// Reads on in a single packed file: appends at most `size` bytes. False at its end. Errors as next().
  bool read(std::string& bytes, std::size_t size);

  /// The newest time of change of the files so far, in seconds since 1970; 0 where none is given.
  [[nodiscard]] std::int64_t newest() const { return newest_; }
  /// Packed bytes read so far, and in all.
  [[nodiscard]] std::uint64_t position() const;
  [[nodiscard]] std::uint64_t size() const { return size_; }

 private:
  [[noreturn]] void fail(const std::string& message) const;
  void check_ratio(std::size_t more);

  struct Handle;
  std::unique_ptr<Handle> handle_;
  std::string path_;
  std::uint64_t size_ = 0;
  std::uint64_t unpacked_ = 0;
  std::int64_t newest_ = 0;
};

}  // namespace lacuna
