// Reading CSV as spreadsheets write it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/table.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

/// Reads RFC 4180 and what Excel makes of it: a byte order mark, lines ended by CR LF, LF or CR, and comma, semicolon or tab
/// between fields, whichever is most frequent in the first row (a first line "sep=;" decides it, and a name that ends in .tsv).
/// Text in another encoding than UTF-8, NUL, a quote that does not end and whatever is over a limit of table.hpp give one
/// diagnostic with the line, and nothing. Memory and time linear in the input.
std::optional<Sheet> read_csv(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics);

/// A cell as RFC 4180 wants it. A text that a spreadsheet would take for a formula gets an apostrophe before it.
std::string csv_cell(std::string text, bool is_text);

}  // namespace lacuna
