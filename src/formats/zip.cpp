#include "formats/zip.hpp"

#include "formats/refuse.hpp"

namespace lacuna {

ZipReader::ZipReader(std::string_view bytes) : zip_(archive_read_new()), buffer_(1u << 16, '\0') {
  if (!zip_) throw std::bad_alloc();
  archive_read_support_format_zip_seekable(zip_.get());
  if (archive_read_open_memory(zip_.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) broken();
}

bool ZipReader::next() {
  const int status = archive_read_next_header(zip_.get(), &entry_);
  if (status != ARCHIVE_OK && status != ARCHIVE_WARN && status != ARCHIVE_EOF) broken();
  return status != ARCHIVE_EOF;
}

std::string ZipReader::name() const {
  const char* path = archive_entry_pathname_utf8(entry_);
  if (path == nullptr) path = archive_entry_pathname(entry_);
  return path == nullptr ? "" : path;
}

std::string_view ZipReader::piece() {
  const la_ssize_t n = archive_read_data(zip_.get(), buffer_.data(), buffer_.size());
  if (n < 0) broken();
  return {buffer_.data(), static_cast<std::size_t>(n)};
}

void ZipReader::broken() const {
  const char* reason = archive_error_string(zip_.get());
  refuse(fmt::format("not a whole ZIP archive ({}); it may have been cut off while it was copied",
                     reason != nullptr ? reason : "broken"));
}

std::map<std::string, std::string> unzip(std::string_view bytes, const std::function<bool(std::string_view)>& wanted) {
  ZipReader zip(bytes);
  std::map<std::string, std::string> files;
  std::size_t unpacked = 0;
  while (zip.next()) {
    const std::string name = lower(zip.name());
    if (name.empty() || !wanted(name)) continue;
    if (zip.is_encrypted()) refuse("an encrypted ZIP archive; save it without a password");
    const auto [file, fresh] = files.try_emplace(name);
    if (!fresh) refuse(fmt::format("holds \"{}\" twice; save it anew", shortened(name, 60)));
    for (std::string_view piece = zip.piece(); !piece.empty(); piece = zip.piece()) {
      unpacked += piece.size();
      if (unpacked > most_unpacked) refuse(fmt::format("unpacks to more than {} bytes; divide it", most_unpacked));
      file->second += piece;
    }
  }
  return files;
}

void each_file(std::string_view bytes, const std::function<void(const std::string& name, std::string_view piece)>& tell) {
  ZipReader zip(bytes);
  while (zip.next()) {
    const std::string name = zip.name();
    for (std::string_view piece = zip.piece(); !piece.empty(); piece = zip.piece()) tell(name, piece);
    tell(name, {});
  }
}

}  // namespace lacuna
