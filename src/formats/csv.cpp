#include "formats/csv.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// What ends the reading, with its line.
struct Fault {
  std::uint32_t line;
  std::string message;
};

class CsvReader {
 public:
  CsvReader(std::string_view bytes, bool tabs) : rest_(bytes), tabs_(tabs) {}

  /// Throws Fault.
  Sheet run() {
    check_encoding();
    choose_delimiter();
    Sheet sheet;
    std::size_t cells = 0;
    while (!rest_.empty()) {
      Row row = read_row();
      while (!row.cells.empty() && row.cells.back().empty()) row.cells.pop_back();
      if (row.cells.empty()) continue;
      cells += row.cells.size();
      if (cells > most_cells) throw Fault{row.line, fmt::format("more than {} cells; divide the table", most_cells)};
      sheet.rows.push_back(std::move(row));
    }
    return sheet;
  }

 private:
  void check_encoding() {
    if (rest_.starts_with("PK\x03\x04")) throw Fault{0, "a workbook, not CSV; give it a name that ends with .xlsx"};
    if (rest_.starts_with("\xFF\xFE") || rest_.starts_with("\xFE\xFF")) {
      throw Fault{0, "UTF-16 text (\"Unicode Text\" of Excel); save it as \"CSV UTF-8\""};
    }
    if (rest_.starts_with("\xEF\xBB\xBF")) rest_.remove_prefix(3);
    // A line end is never a part of another character, so lines can be looked at one by one.
    std::uint32_t line = 1;
    for (std::string_view left = rest_; !left.empty(); ++line) {
      const std::size_t length = std::min(left.find_first_of("\r\n"), left.size());
      const std::string_view text = left.substr(0, length);
      if (text.find('\0') != std::string_view::npos) throw Fault{line, "not CSV: a NUL byte; remove it"};
      if (!is_clean_utf8(text)) throw Fault{line, "not UTF-8; in Excel, save as \"CSV UTF-8 (Comma delimited)\""};
      left.remove_prefix(length);
      if (!left.empty()) left.remove_prefix(left.starts_with("\r\n") ? 2 : 1);
    }
  }

  void choose_delimiter() {
    if (lower(rest_.substr(0, 4)) == "sep=" && rest_.size() > 4) {
      delimiter_ = rest_[4];
      rest_.remove_prefix(5);
      if (!at_line_end() && !rest_.empty())
        throw Fault{line_, "after \"sep=\" stands one character, and nothing else on that line"};
      skip_line_end();
      return;
    }
    if (tabs_) {
      delimiter_ = '\t';
      return;
    }
    const std::size_t first = std::min(rest_.find_first_not_of("\r\n"), rest_.size());
    std::size_t counts[delimiters.size()] = {};
    bool quoted = false;
    for (const char c : rest_.substr(first)) {
      if (c == '"') quoted = !quoted;
      if (!quoted && (c == '\r' || c == '\n')) break;
      if (const std::size_t d = delimiters.find(c); !quoted && d != std::string_view::npos) ++counts[d];
    }
    delimiter_ = delimiters[static_cast<std::size_t>(std::ranges::max_element(counts) - std::begin(counts))];
  }

  [[nodiscard]] bool at_line_end() const { return rest_.starts_with('\r') || rest_.starts_with('\n'); }

  void skip_line_end() {
    if (!at_line_end()) return;
    rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
    ++line_;
  }

  Row read_row() {
    Row row;
    row.line = line_;
    while (true) {
      if (row.cells.size() >= most_csv_columns)
        throw Fault{line_, fmt::format("a row of more than {} columns", most_csv_columns)};
      row.cells.emplace_back(trimmed(rest_.starts_with('"') ? quoted_field() : field()));
      if (row.cells.back().size() > longest_cell) {
        throw Fault{row.line, fmt::format("a field of {} bytes is too long; at most {}", row.cells.back().size(), longest_cell)};
      }
      if (!rest_.starts_with(delimiter_)) break;
      rest_.remove_prefix(1);
    }
    skip_line_end();
    return row;
  }

  std::string field() {
    std::size_t length = 0;
    while (length < rest_.size() && rest_[length] != delimiter_ && rest_[length] != '\r' && rest_[length] != '\n') ++length;
    std::string text(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return text;
  }

  /// Two quotes inside stand for one; line ends inside become "\n".
  std::string quoted_field() {
    const std::uint32_t begin = line_;
    std::string text;
    rest_.remove_prefix(1);
    while (true) {
      const std::size_t length = rest_.find_first_of("\"\r\n");
      if (length == std::string_view::npos) throw Fault{begin, "a quoted field begins here and never ends; close it with \""};
      text += rest_.substr(0, length);
      rest_.remove_prefix(length);
      if (at_line_end()) {
        text += '\n';
        skip_line_end();
      } else if (rest_.starts_with("\"\"")) {
        text += '"';
        rest_.remove_prefix(2);
      } else {
        break;
      }
    }
    rest_.remove_prefix(1);
    if (!rest_.empty() && !at_line_end() && !rest_.starts_with(delimiter_)) {
      throw Fault{line_, "text after the quote that ends a field; write a quote inside a field twice"};
    }
    return text;
  }

  static constexpr std::string_view delimiters = ",;\t";

  std::string_view rest_;
  bool tabs_;
  std::uint32_t line_ = 1;
  char delimiter_ = ',';
};

}  // namespace

std::optional<Sheet> read_csv(std::string_view bytes, const std::string& file, std::vector<Diagnostic>& diagnostics) {
  try {
    return CsvReader(bytes, lower(file).ends_with(".tsv")).run();
  } catch (const Fault& fault) {
    diagnostics.push_back({Severity::error, file, fault.line, fault.message});
    return std::nullopt;
  }
}

std::string csv_cell(std::string text, bool is_text) {
  if (is_text && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) text.insert(0, "'");
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

}  // namespace lacuna
