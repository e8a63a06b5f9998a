// Tables as spreadsheets keep them: cells of text in rows that know where they stood.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

struct Row {
  std::uint32_t line = 0;          ///< Line of a text file on which the row begins, or row of a sheet; from 1.
  std::vector<std::string> cells;  ///< Clean UTF-8 without blanks at the ends. As many as up to the last that is not empty.
};

struct Sheet {
  std::string name;       ///< Empty for a text file.
  std::vector<Row> rows;  ///< In their order; rows without a cell that is not empty are left out.
  bool hidden = false;    ///< In its workbook.
};

// What one input may hold; more is told and not read.
constexpr std::size_t longest_cell = 1u << 20;  ///< Bytes.
constexpr std::size_t most_cells = 4u << 20;    ///< Of all its rows together, empty ones before the last counted.
constexpr std::size_t most_csv_columns = 1024;
constexpr std::size_t most_xlsx_columns = 16'384;  ///< A sheet of Excel has no more.
constexpr std::size_t most_xlsx_rows = 1'048'576;  ///< Nor more of these.

/// The text without blanks, line ends and no-break spaces at its ends.
std::string_view trimmed(std::string_view text);

/// "A" for 0, "Z" for 25, "AA" for 26: the name of a column of a sheet.
std::string column_letters(std::size_t column);

}  // namespace lacuna
