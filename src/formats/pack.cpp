#include "formats/pack.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "formats/archive_handles.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

void must(archive* a, int code) {
  if (code != ARCHIVE_OK)
    throw Error(ErrorCode::bad_input, "", fmt::format("cannot be packed or unpacked: {}", archive_error_string(a)));
}

/// What claims to become more than this many times as large is taken for a bomb.
constexpr std::size_t most_gained = 100;

/// With a frame that unpackers pass over (RFC 8878, 3.1.2) where bytes were packed better than unpack() believes.
std::string filled(std::string packed, std::size_t size) {
  const std::size_t least = size / most_gained + 1;
  if (packed.size() >= least) return packed;
  const std::size_t rest = std::max<std::size_t>(least - packed.size(), 8) - 8;
  packed += "\x50\x2A\x4D\x18";
  for (int byte = 0; byte < 4; ++byte) packed += static_cast<char>(rest >> (8 * byte) & 0xFFU);
  return packed.append(rest, '\0');
}

}  // namespace

std::string pack(std::string_view bytes) {
  const std::size_t size = bytes.size();
  std::string packed;
  const std::unique_ptr<archive, CloseArchive> writer(archive_write_new());
  must(writer.get(), archive_write_add_filter_zstd(writer.get()));
  must(writer.get(), archive_write_set_format_raw(writer.get()));
  archive_write_set_bytes_in_last_block(writer.get(), 1);
  must(writer.get(), archive_write_open(writer.get(), &packed, nullptr, append_to_string, nullptr));
  const std::unique_ptr<archive_entry, CloseArchive> entry(archive_entry_new());
  archive_entry_set_filetype(entry.get(), AE_IFREG);
  must(writer.get(), archive_write_header(writer.get(), entry.get()));
  while (!bytes.empty()) {
    const la_ssize_t written = archive_write_data(writer.get(), bytes.data(), bytes.size());
    if (written <= 0) must(writer.get(), ARCHIVE_FATAL);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  must(writer.get(), archive_write_close(writer.get()));
  return filled(std::move(packed), size);
}

std::string unpack(std::string_view packed, std::size_t size) {
  if (size == 0) return {};
  if (size / most_gained > packed.size()) throw Error(ErrorCode::bad_input, "", "cannot be unpacked: it is damaged");
  const std::unique_ptr<archive, CloseArchive> reader(archive_read_new());
  must(reader.get(), archive_read_support_filter_zstd(reader.get()));
  must(reader.get(), archive_read_support_format_raw(reader.get()));
  must(reader.get(), archive_read_open_memory(reader.get(), packed.data(), packed.size()));
  archive_entry* entry = nullptr;
  must(reader.get(), archive_read_next_header(reader.get(), &entry));
  std::string bytes(size, '\0');
  std::size_t at = 0;
  while (at < size) {
    const la_ssize_t read = archive_read_data(reader.get(), bytes.data() + at, size - at);
    if (read < 0) must(reader.get(), ARCHIVE_FATAL);
    if (read == 0) break;
    at += static_cast<std::size_t>(read);
  }
  if (at != size) throw Error(ErrorCode::bad_input, "", "cannot be unpacked: it is cut off");
  return bytes;
}

}  // namespace lacuna
