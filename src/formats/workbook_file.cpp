#include "formats/workbook_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <set>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "formats/zip.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

[[noreturn]] void cannot_make(std::string_view why) {
  throw Error(ErrorCode::io, "", fmt::format("the workbook cannot be made: {}; nothing was written", why));
}

// ---- files in memory ----------------------------------------------------------------------------------------------------------

struct MemoryFile {
  std::string bytes;
  std::size_t at = 0;
};

/// The library does not look whether its writes went through.
thread_local bool lost = false;

ssize_t read_memory(void* self, char* to, std::size_t size) {
  auto& file = *static_cast<MemoryFile*>(self);
  const std::size_t n = std::min(size, file.bytes.size() - std::min(file.at, file.bytes.size()));
  // NOLINTNEXTLINE(bugprone-not-null-terminated-result): bytes of a file, and no C string.
  std::memcpy(to, file.bytes.data() + file.at, n);
  file.at += n;
  return static_cast<ssize_t>(n);
}

ssize_t write_memory(void* self, const char* from, std::size_t size) {
  auto& file = *static_cast<MemoryFile*>(self);
  try {
    file.bytes.resize(std::max(file.bytes.size(), file.at + size));
  } catch (const std::exception&) {
    lost = true;
    return 0;
  }
  std::memcpy(file.bytes.data() + file.at, from, size);
  file.at += size;
  return static_cast<ssize_t>(size);
}

int seek_memory(void* self, off64_t* offset, int whence) {
  auto& file = *static_cast<MemoryFile*>(self);
  const off64_t from = whence == SEEK_SET ? 0 : static_cast<off64_t>(whence == SEEK_CUR ? file.at : file.bytes.size());
  if (from + *offset < 0) return -1;
  file.at = static_cast<std::size_t>(*offset += from);
  return 0;
}

int close_memory(void* self) {
  delete static_cast<MemoryFile*>(self);
  return 0;
}

}  // namespace

void check_workbook(std::string_view bytes) {
  std::set<std::string> parts;
  std::set<std::string> needed{"_rels/.rels", "[content_types].xml"};
  std::string open;
  std::unique_ptr<xml::Stream> stream;
  try {
    each_file(bytes, [&](const std::string& name, std::string_view piece) {
      if (!stream) {
        parts.insert(lower(name));
        const auto begin = [&needed](std::string_view element, std::uint32_t, const xml::Attributes& attributes) {
          const std::string_view part = attributes["PartName"];
          if (element == "Override" && part.starts_with('/')) needed.insert(lower(part.substr(1)));
        };
        stream = std::make_unique<xml::Stream>(name, xml::Handler{begin, [](std::string_view) {}, [](std::string_view) {}});
      }
      stream->feed(piece, piece.empty());
      if (piece.empty()) stream.reset();
    });
  } catch (const Error& error) {
    cannot_make(error.what());
  }
  for (const std::string& part : needed) {
    if (!parts.contains(part)) cannot_make(fmt::format("its part \"{}\" is missing", part));
  }
}

WorkbookFile::WorkbookFile(std::time_t created, const std::string& title, const std::string& author)
    : file_(::memfd_create("workbook", MFD_CLOEXEC)) {
  if (file_ < 0) cannot_make(std::strerror(errno));
  book_ = workbook_new(fmt::format("/proc/self/fd/{}", file_).c_str());
  if (book_ == nullptr) throw std::bad_alloc();
  terminal_ = stderr;
  nowhere_ = ::fopencookie(nullptr, "w", {});
  if (nowhere_ != nullptr) stderr = nowhere_;
  lxw_doc_properties properties = {};
  // The library copies them, and does not write to them.
  if (!title.empty()) properties.title = const_cast<char*>(title.c_str());
  if (!author.empty()) properties.author = const_cast<char*>(author.c_str());
  properties.created = created;
  workbook_set_properties(book_, &properties);
}

WorkbookFile::~WorkbookFile() {
  if (book_ != nullptr) lxw_workbook_free(book_);
  if (nowhere_ != nullptr) {
    stderr = terminal_;
    std::fclose(nowhere_);
  }
  if (file_ >= 0) ::close(file_);
}

std::string WorkbookFile::bytes() {
  lost = false;
  const lxw_error error = workbook_close(std::exchange(book_, nullptr));
  if (error != LXW_NO_ERROR) cannot_make(lxw_strerror(error));
  if (lost) throw std::bad_alloc();
  std::string bytes(static_cast<std::size_t>(std::max<off_t>(0, ::lseek(file_, 0, SEEK_END))), '\0');
  for (std::size_t at = 0; at < bytes.size();) {
    const ssize_t n = ::pread(file_, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (n <= 0) cannot_make(n < 0 ? std::strerror(errno) : "it was cut off");
    at += static_cast<std::size_t>(n);
  }
  check_workbook(bytes);
  return bytes;
}

}  // namespace lacuna

/// In the place of the library's own: "so it can be over-ridden with a user defined version if required for safety or
/// portability" (utility.c). Its files would take room in the temporary folder, and a sheet for which there is none would be cut
/// off without a word.
extern "C" FILE* lxw_tmpfile(char* /*folder*/) {
  using namespace lacuna;
  auto* memory = new (std::nothrow) MemoryFile;
  if (memory == nullptr) return nullptr;
  FILE* file = ::fopencookie(memory, "w+b", {read_memory, write_memory, seek_memory, close_memory});
  if (file == nullptr)
    delete memory;
  else
    std::setvbuf(file, nullptr, _IOFBF, 1u << 16);
  return file;
}
