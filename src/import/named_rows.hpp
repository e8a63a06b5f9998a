// Small tables whose columns are known by name: work programmes, verdicts that come back from a spreadsheet.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/error.hpp"

namespace lacuna {

/// A row by the names of its columns; empty cells are left out.
struct NamedRow {
  std::string file;  ///< FILE, or FILE:SHEET.
  std::uint32_t line = 0;
  std::map<std::string, std::string> cells;

  /// The cell of the first of these columns that has one; empty where none has.
  [[nodiscard]] std::string_view operator[](std::span<const std::string_view> columns) const;
  [[nodiscard]] std::string_view operator[](std::string_view column) const { return (*this)[std::span(&column, 1)]; }
};

/// The rows of a .csv or of the sheets of a .xlsx that have a column `required`; names of columns in lower case with hyphens.
/// Throws Error(io) when it cannot be read, Error(bad_input) with file and line when it is no table or no sheet has that column.
std::vector<NamedRow> read_named_rows(const std::string& path, std::string_view required);

}  // namespace lacuna
