// What owns the objects of libarchive.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <string>

namespace lacuna {

struct CloseArchive {
  void operator()(archive* a) const { archive_free(a); }
  void operator()(archive_entry* e) const { archive_entry_free(e); }
};

/// A callback for archive_write_open(): appends to the std::string that `target` is.
inline la_ssize_t append_to_string(archive* /*a*/, void* target, const void* bytes, std::size_t size) {
  static_cast<std::string*>(target)->append(static_cast<const char*>(bytes), size);
  return static_cast<la_ssize_t>(size);
}

}  // namespace lacuna
