// Reading the sheets of a workbook (Office Open XML, ISO/IEC 29500), and writing one to be filled in.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

/// The sheets in the order of their tabs. Cells are what a person sees: numbers shortest ("5", "0.1"), dates in ISO 8601 and as
/// precise as their format shows them ("2019-06" for "Jun-19"), TRUE and FALSE, "#N/A" for an error, the stored value of a
/// formula. The value of a merged cell stands in every row that it spans, in its first column. A formula without a stored value
/// is a warning of FILE:SHEET with the row, once a sheet. What is no whole workbook of that kind, encrypted, over a limit of
/// table.hpp or zip.hpp, or declares a document type (entities), gives one diagnostic, and nothing. Memory and time linear in
/// what is unpacked.
std::optional<std::vector<Sheet>> read_xlsx(std::string_view bytes, const std::string& file,
                                            std::vector<Diagnostic>& diagnostics);

/// FILE:SHEET, which diagnostics of a sheet name as their file; the name of a sheet never holds a colon.
std::string place_of(const std::string& file, const Sheet& sheet);

/// A column to be filled in.
struct TemplateColumn {
  std::string name;
  std::string note;  ///< Shown beside the header.
  std::vector<std::string>
      words;               ///< Offered in a drop-down list, nothing else is taken; empty: any text. At most 255 bytes in all.
  std::size_t width = 12;  ///< In characters.
  bool number = false;     ///< Its cells are numbers where they read as such.
};

struct TemplateSheet {
  std::string name;
  std::vector<TemplateColumn> columns;
  std::vector<std::vector<std::string>> rows = {};  ///< What stands there already; then the header has filters.
  bool hidden = false;
};

/// A workbook with a table a sheet to be filled in, and `notes` as its last sheet; rows of a single cell are headings there.
/// Cells are texts, so that a spreadsheet leaves "2019-06" as it is. Same arguments, same bytes. Throws Error(io) when the
/// temporary file that this takes cannot be written.
std::string write_xlsx_template(std::span<const TemplateSheet> sheets, const Sheet& notes);

/// What a cell of such a workbook shows of a text, and read_xlsx() reads: without what XML has no place for and blanks at the
/// ends, cut where Excel takes no more.
std::string xlsx_cell_text(std::string_view text);

}  // namespace lacuna
