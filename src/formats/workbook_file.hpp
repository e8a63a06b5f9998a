// A workbook of libxlsxwriter, made in memory and looked at before it is handed on.
#pragma once

#include <xlsxwriter.h>

#include <cstdio>
#include <ctime>
#include <string>
#include <string_view>

namespace lacuna {

/// Throws Error(io) when these bytes are no whole workbook: a ZIP archive whose checksums hold, with every part that its list of
/// content types names, each well-formed to its end. O(unpacked bytes); memory: one piece.
void check_workbook(std::string_view bytes);

/// The library writes its parts and the result to files, and says on standard error what goes wrong, or does not look. Here those
/// files lie in memory, the lines go nowhere, and nothing is left behind when the program is killed. One at a time.
class WorkbookFile {
 public:
  /// Dated `created`. Throws Error(io) where the system gives no memory for files.
  explicit WorkbookFile(std::time_t created, const std::string& title = "", const std::string& author = "");
  WorkbookFile(const WorkbookFile&) = delete;
  WorkbookFile& operator=(const WorkbookFile&) = delete;
  ~WorkbookFile();

  [[nodiscard]] lxw_workbook* book() const { return book_; }

  /// The file, once; then the workbook is gone. Throws Error(io) when it did not come out whole.
  std::string bytes();

 private:
  int file_ = -1;  ///< Without a name, in memory.
  std::FILE* terminal_ = nullptr;
  std::FILE* nowhere_ = nullptr;
  lxw_workbook* book_ = nullptr;
};

}  // namespace lacuna
