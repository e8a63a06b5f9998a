#include "support/archives.hpp"

#include <algorithm>
#include <memory>
#include <random>
#include <stdexcept>

#include <archive.h>
#include <archive_entry.h>

namespace lacuna::test {

void pack(const std::string& path, std::string_view format, const std::vector<Packed>& files) {
  const std::unique_ptr<archive, int (*)(archive*)> a(archive_write_new(), archive_write_free);
  const auto check = [&](la_ssize_t status) {
    if (status < ARCHIVE_WARN) throw std::runtime_error(archive_error_string(a.get()));
  };
  check(format == "zip" ? archive_write_set_format_zip(a.get()) : archive_write_set_format_gnutar(a.get()));
  if (format.ends_with(".gz")) check(archive_write_add_filter_gzip(a.get()));
  if (format.ends_with(".zst")) check(archive_write_add_filter_zstd(a.get()));
  check(archive_write_open_filename(a.get(), path.c_str()));
  const std::string zeros(1u << 16, '\0');
  for (const Packed& f : files) {
    const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
    archive_entry_set_pathname(entry.get(), f.name.c_str());
    archive_entry_set_perm(entry.get(), 0644);
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    if (f.as == Packed::As::link)
      archive_entry_set_filetype(entry.get(), AE_IFLNK), archive_entry_set_symlink(entry.get(), f.bytes.c_str());
    if (f.as == Packed::As::hard_link) archive_entry_set_hardlink(entry.get(), f.bytes.c_str());
    if (f.as == Packed::As::device) archive_entry_set_filetype(entry.get(), AE_IFCHR);
    if (f.as == Packed::As::pipe) archive_entry_set_filetype(entry.get(), AE_IFIFO);
    const bool file = f.as == Packed::As::file;
    archive_entry_set_size(entry.get(), file ? static_cast<la_int64_t>(f.bytes.size() + f.zeros) : 0);
    check(archive_write_header(a.get(), entry.get()));
    if (!file) continue;
    if (!f.bytes.empty()) check(archive_write_data(a.get(), f.bytes.data(), f.bytes.size()));
    for (std::uint64_t left = f.zeros; left > 0; left -= std::min<std::uint64_t>(left, zeros.size())) {
      check(archive_write_data(a.get(), zeros.data(), std::min<std::uint64_t>(left, zeros.size())));
    }
  }
  check(archive_write_close(a.get()));
}

std::string noise(std::size_t size) {
  std::mt19937 random(42);  // NOLINT: the same in every run.
  std::string bytes;
  while (bytes.size() < size) bytes += static_cast<char>(random() & 0xFFU);
  return bytes;
}

}  // namespace lacuna::test
