#include "formats/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>

#include <memory>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

struct CloseArchive {
  void operator()(archive* a) const { archive_read_free(a); }
};

[[noreturn]] void fail(const std::string& message) { throw Error(ErrorCode::bad_input, "", message); }

[[noreturn]] void broken(archive* a) {
  const char* reason = archive_error_string(a);
  fail(fmt::format("not a whole ZIP archive ({}); it may have been cut off while it was copied", reason != nullptr ? reason : "broken"));
}

using Zip = std::unique_ptr<archive, CloseArchive>;

Zip opened(std::string_view bytes) {
  Zip zip(archive_read_new());
  if (!zip) throw std::bad_alloc();
  // What the directory at the end of the archive says, never what stands before a file: the two may differ.
  archive_read_support_format_zip_seekable(zip.get());
  if (archive_read_open_memory(zip.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) broken(zip.get());
  return zip;
}

/// Null at the end.
archive_entry* next_entry(archive* zip) {
  archive_entry* entry = nullptr;
  const int status = archive_read_next_header(zip, &entry);
  if (status == ARCHIVE_EOF) return nullptr;
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN) broken(zip);
  return entry;
}

}  // namespace

std::map<std::string, std::string> unzip(std::string_view bytes, const std::function<bool(std::string_view)>& wanted) {
  const Zip zip = opened(bytes);
  std::map<std::string, std::string> files;
  std::size_t unpacked = 0;
  std::string buffer(1u << 16, '\0');
  while (archive_entry* entry = next_entry(zip.get())) {
    const char* path = archive_entry_pathname(entry);
    if (path == nullptr) continue;
    const std::string name = lower(path);
    if (!wanted(name)) continue;
    if (archive_entry_is_encrypted(entry) != 0) fail("an encrypted ZIP archive; save it without a password");
    const auto [file, fresh] = files.try_emplace(name);
    if (!fresh) fail(fmt::format("holds \"{}\" twice; save it anew", shortened(name, 60)));
    while (const la_ssize_t n = archive_read_data(zip.get(), buffer.data(), buffer.size())) {
      if (n < 0) broken(zip.get());
      unpacked += static_cast<std::size_t>(n);
      if (unpacked > most_unpacked) fail(fmt::format("unpacks to more than {} bytes; divide it", most_unpacked));
      file->second.append(buffer, 0, static_cast<std::size_t>(n));
    }
  }
  return files;
}

void each_file(std::string_view bytes, const std::function<void(const std::string& name, std::string_view piece)>& tell) {
  const Zip zip = opened(bytes);
  std::string buffer(1u << 16, '\0');
  while (archive_entry* entry = next_entry(zip.get())) {
    const char* path = archive_entry_pathname(entry);
    const std::string name = path == nullptr ? "" : path;
    while (const la_ssize_t n = archive_read_data(zip.get(), buffer.data(), buffer.size())) {
      if (n < 0) broken(zip.get());
      tell(name, std::string_view(buffer).substr(0, static_cast<std::size_t>(n)));
    }
    tell(name, {});
  }
}

}  // namespace lacuna
