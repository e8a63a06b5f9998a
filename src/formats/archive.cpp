#include "formats/archive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>

#include "base/text.hpp"
#include "formats/archive_handles.hpp"

namespace lacuna {

struct Archive::Handle {
  std::unique_ptr<archive, CloseArchive> owner{archive_read_new()};
  archive* reader = owner.get();
};

namespace {

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  const std::string small = lower(path);
  for (const std::string_view ending : endings) {
    if (small.ends_with(ending)) return true;
  }
  return false;
}

bool is_tar(std::string_view path) { return ends_with_any(path, {".tar", ".tar.gz", ".tgz", ".tar.zst", ".tar.xz", ".tar.bz2"}); }

/// True for names that would land outside of the folder they are unpacked in.
bool leads_outside(std::string_view name) {
  if (name.starts_with("/") || name.starts_with("\\") || name == "..") return true;
  return name.starts_with("../") || name.find("/../") != std::string_view::npos || name.ends_with("/..");
}

}  // namespace

bool Archive::holds_many(std::string_view path) { return is_tar(path) || ends_with_any(path, {".zip"}); }
bool Archive::is_packed(std::string_view path) { return !holds_many(path) && ends_with_any(path, {".gz", ".zst", ".xz"}); }

Archive::Archive(Archive&&) noexcept = default;
Archive::~Archive() = default;

Archive::Archive(const std::string& path) : handle_(std::make_unique<Handle>()), path_(path) {
  archive* a = handle_->reader;
  archive_read_support_filter_gzip(a);
  archive_read_support_filter_zstd(a);
  archive_read_support_filter_xz(a);
  archive_read_support_filter_bzip2(a);
  if (is_tar(path))
    archive_read_support_format_tar(a);
  else if (ends_with_any(path, {".zip"}))
    archive_read_support_format_zip(a);
  else
    archive_read_support_format_raw(a);
  std::error_code problem;
  size_ = std::filesystem::file_size(path, problem);
  if (archive_read_open_filename(a, path.c_str(), 1u << 17) != ARCHIVE_OK) {
    constexpr int unknown_format = EILSEQ;  // libarchive's own name for it is not public.
    if (archive_errno(a) == unknown_format)
      fail(fmt::format("is no {} archive, whatever its name says", is_tar(path) ? "tar" : "zip"));
    throw Error(problem ? ErrorCode::io : ErrorCode::bad_input, path,
                fmt::format("cannot be opened: {}", archive_error_string(a)));
  }
}

void Archive::fail(const std::string& message) const { throw Error(ErrorCode::bad_input, path_, message); }

std::uint64_t Archive::position() const {
  const auto n = archive_filter_bytes(handle_->reader, -1);
  return n < 0 ? 0 : static_cast<std::uint64_t>(n);
}

void Archive::check_ratio(std::size_t more) {
  unpacked_ += more;
  if (unpacked_ > bomb_size && unpacked_ / largest_ratio > position()) {
    fail(fmt::format("unpacks to more than {} times its size; the rest was not read", largest_ratio));
  }
}

bool Archive::read(std::string& bytes, std::size_t size) {
  if (unpacked_ == 0) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(handle_->reader, &entry);
    if (status == ARCHIVE_EOF) return false;
    if (status != ARCHIVE_OK) fail(fmt::format("cannot be unpacked: {}", archive_error_string(handle_->reader)));
  }
  const std::size_t before = bytes.size();
  bytes.resize(before + size);
  const la_ssize_t n = archive_read_data(handle_->reader, bytes.data() + before, size);
  bytes.resize(before + (n > 0 ? static_cast<std::size_t>(n) : 0));
  if (n < 0) fail(fmt::format("is cut off or damaged: {}", archive_error_string(handle_->reader)));
  check_ratio(static_cast<std::size_t>(n));
  return n > 0;
}

Archive::Next Archive::next(std::string& name, std::string& bytes) {
  archive* a = handle_->reader;
  while (true) {
    archive_entry* entry = nullptr;
    const int status = archive_read_next_header(a, &entry);
    if (status == ARCHIVE_EOF) return Next::end;
    if (status < ARCHIVE_WARN) fail(fmt::format("is cut off or damaged: {}", archive_error_string(a)));
    const char* path = archive_entry_pathname_utf8(entry);
    if (path == nullptr) path = archive_entry_pathname(entry);
    name = path == nullptr ? "" : path;
    bytes.clear();
    if (archive_entry_filetype(entry) == AE_IFDIR) continue;
    const auto refuse = [&](std::string why) {
      bytes = std::move(why);
      return Next::refused;
    };
    if (archive_entry_hardlink(entry) != nullptr || archive_entry_filetype(entry) == AE_IFLNK) return refuse("is a link");
    if (archive_entry_filetype(entry) != AE_IFREG) return refuse("is no plain file");
    if (archive_entry_is_encrypted(entry) != 0) return refuse("is encrypted");
    if (leads_outside(name)) return refuse("has a name that leads out of the archive");
    std::array<char, 1u << 16> buffer;
    bool too_large = false;
    while (true) {
      const la_ssize_t n = archive_read_data(a, buffer.data(), buffer.size());
      if (n < 0) fail(fmt::format("{}: is cut off or damaged: {}", name, archive_error_string(a)));
      if (n == 0) break;
      check_ratio(static_cast<std::size_t>(n));
      too_large = too_large || bytes.size() + static_cast<std::size_t>(n) > largest_entry;
      if (!too_large) bytes.append(buffer.data(), static_cast<std::size_t>(n));
    }
    newest_ = std::max<std::int64_t>(newest_, archive_entry_mtime(entry));
    if (too_large) return refuse(fmt::format("is larger than {} MiB", largest_entry >> 20));
    return Next::entry;
  }
}

}  // namespace lacuna
