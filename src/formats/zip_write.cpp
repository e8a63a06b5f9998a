#include "formats/zip_write.hpp"

#include <fmt/format.h>

#include "formats/archive_handles.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

struct ZipWriter::State {
  std::string bytes;  ///< Stands before the archive, which writes to it until its end.
  std::unique_ptr<archive, CloseArchive> zip{archive_write_new()};
  std::unique_ptr<archive_entry, CloseArchive> entry{archive_entry_new()};

  void must(int code) const {
    if (code == ARCHIVE_OK) return;
    const char* reason = archive_error_string(zip.get());
    throw Error(ErrorCode::internal, "",
                fmt::format("the document cannot be packed: {}", reason != nullptr ? reason : "no reason given"));
  }
};

ZipWriter::ZipWriter() : state_(std::make_unique<State>()) {
  State& s = *state_;
  if (!s.zip || !s.entry) throw std::bad_alloc();
  s.must(archive_write_set_format_zip(s.zip.get()));
  s.must(archive_write_zip_set_compression_deflate(s.zip.get()));
  s.must(archive_write_set_format_option(s.zip.get(), "zip", "compression-level", "9"));
  s.must(archive_write_set_bytes_per_block(s.zip.get(), 0));
  s.must(archive_write_open(s.zip.get(), &s.bytes, nullptr, append_to_string, nullptr));
}
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter::~ZipWriter() = default;

void ZipWriter::add(const std::string& name, std::string_view content) {
  const State& s = *state_;
  archive_entry* entry = archive_entry_clear(s.entry.get());
  archive_entry_set_pathname(entry, name.c_str());
  archive_entry_set_filetype(entry, AE_IFREG);
  archive_entry_set_perm(entry, 0644);
  archive_entry_set_size(entry, static_cast<la_int64_t>(content.size()));
  // Without a time, the archive says 1980-01-01, whatever the time zone.
  s.must(archive_write_header(s.zip.get(), entry));
  while (!content.empty()) {
    const la_ssize_t written = archive_write_data(s.zip.get(), content.data(), content.size());
    if (written <= 0) s.must(ARCHIVE_FATAL);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string ZipWriter::close() {
  state_->must(archive_write_close(state_->zip.get()));
  return std::move(state_->bytes);
}

std::string zipped(const std::vector<std::pair<std::string, std::string>>& files) {
  ZipWriter zip;
  for (const auto& [name, content] : files) zip.add(name, content);
  return zip.close();
}

}  // namespace lacuna
