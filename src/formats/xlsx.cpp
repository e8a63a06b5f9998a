#include "formats/xlsx.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <filesystem>
#include <map>
#include <set>

#include "base/text.hpp"
#include "formats/refuse.hpp"
#include "formats/xml.hpp"
#include "formats/zip.hpp"

namespace lacuna {
namespace {

using xml::Attributes;
using WorkbookParts = std::map<std::string, std::string>;

/// The whole text as a number from 0; nothing for any other text.
std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool is_true(std::string_view text) { return text == "1" || text == "true"; }

// ---- where the parts are ------------------------------------------------------------------------------------------------------

/// One part names another.
struct Relationship {
  std::string id;
  std::string type;  ///< Its last word: "worksheet", "styles".
  std::string part;
};

std::vector<Relationship> relationships_of(const WorkbookParts& parts, const std::string& part) {
  namespace fs = std::filesystem;
  const fs::path path = part;
  const auto file = parts.find((path.parent_path() / "_rels" / path.filename()).string() + ".rels");
  std::vector<Relationship> result;
  if (file == parts.end()) return result;
  const auto start = [&](std::string_view name, const Attributes& attributes) {
    if (name != "Relationship" || attributes["TargetMode"] == "External") return;
    const std::string_view type = attributes["Type"];
    const fs::path target = "/" / path.parent_path() / fs::path(attributes["Target"]);
    result.push_back({std::string(attributes["Id"]), std::string(type.substr(type.rfind('/') + 1)),
                      lower(target.lexically_normal().string().substr(1))});
  };
  xml::read(file->second, file->first, {start, [](std::string_view, std::string&) {}});
  return result;
}

/// Why bytes that begin like no ZIP archive are none.
[[noreturn]] void fail_no_archive(std::string_view bytes) {
  static constexpr std::string_view compound_file = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  static constexpr std::string_view encrypted("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32);
  if (bytes.empty()) refuse("empty; save the workbook again");
  if (!bytes.starts_with(compound_file)) refuse("no workbook; save it as \"Excel Workbook (*.xlsx)\"");
  if (bytes.find(encrypted) != std::string_view::npos) refuse("an encrypted workbook; save it without a password");
  refuse("a workbook of Excel 97-2003 (.xls); save it as \"Excel Workbook (*.xlsx)\"");
}

// ---- cells --------------------------------------------------------------------------------------------------------------------

/// How much of a date a number format shows; none for a format of other numbers.
enum class Shows : std::uint8_t { no_date, year, month, day };

Shows shown_by(std::string_view code) {
  bool year = false;
  bool month = false;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    switch (code[i]) {
      case '\\':
      case '_':
      case '*': ++i; break;
      case '"': i = std::min(code.find('"', i + 1), code.size()); break;
      case '[': i = std::min(code.find(']', i + 1), code.size()); break;
      case 'y':
      case 'Y': year = true; break;
      case 'm':
      case 'M': month = true; break;
      case 'd':
      case 'D': return Shows::day;
      default: break;
    }
  }
  // Without a year, m may be minutes.
  if (!year) return Shows::no_date;
  return month ? Shows::month : Shows::year;
}

/// Formats that have a number and no code (ISO/IEC 29500-1, 18.8.30), those of East Asian languages included.
Shows shown_by(std::size_t format) {
  if (format == 17) return Shows::month;
  const bool date = (format >= 14 && format <= 16) || format == 22 || (format >= 27 && format <= 31) || format == 36 ||
                    (format >= 50 && format <= 58);
  return date ? Shows::day : Shows::no_date;
}

/// The day with that serial number, or nothing where there is none. Excel takes 1900 for a leap year.
std::string date_text(double serial, bool since_1904, Shows shows) {
  using namespace std::chrono;
  if (!(serial >= (since_1904 ? 0 : 1) && serial < 2'958'466)) return {};
  const auto n = static_cast<int>(serial);
  const sys_days zero = since_1904 ? sys_days(1904y / January / 1) : sys_days(1899y / December / (n < 60 ? 31 : 30));
  const year_month_day date(zero + days(n));
  const int y = static_cast<int>(date.year());
  const unsigned m = static_cast<unsigned>(date.month());
  if (shows == Shows::year) return fmt::format("{:04}", y);
  if (shows == Shows::month) return fmt::format("{:04}-{:02}", y, m);
  return fmt::format("{:04}-{:02}-{:02}", y, m, static_cast<unsigned>(date.day()));
}

/// A text as it was before control characters were written as _xHHHH_ (ISO/IEC 29500-1, 22.9.2.19). Carriage returns fall away:
/// Excel writes one before a line end.
std::string unescaped(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    unsigned code = 0;
    const bool escape = text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
                        std::from_chars(text.data() + 2, text.data() + 6, code, 16).ptr == text.data() + 6 && code > 0 &&
                        code < 0x80;
    if (escape && code != '\r') out += static_cast<char>(code);
    if (!escape) out += text.front();
    text.remove_prefix(escape ? 7 : 1);
  }
  return out;
}

/// Column and row, from 0 and 1, of "B5".
std::optional<std::pair<std::size_t, std::size_t>> place_in_sheet(std::string_view reference) {
  std::size_t column = 0;
  std::size_t i = 0;
  for (; i < reference.size() && reference[i] >= 'A' && reference[i] <= 'Z' && i < 4; ++i) {
    column = column * 26 + static_cast<std::size_t>(reference[i] - 'A' + 1);
  }
  const auto row = number_of(reference.substr(i));
  if (column < 1 || column > most_xlsx_columns || !row || *row < 1 || *row > most_xlsx_rows) return std::nullopt;
  return std::pair(column - 1, *row);
}

// ---- the workbook -------------------------------------------------------------------------------------------------------------

class Workbook {
 public:
  Workbook(const std::string& file, std::vector<Diagnostic>& diagnostics) : file_(file), diagnostics_(diagnostics) {}

  std::vector<Sheet> run(std::string_view bytes) {
    if (!bytes.starts_with("PK")) fail_no_archive(bytes);
    parts_ = unzip(bytes,
                   [](std::string_view name) { return name.ends_with(".xml") || name.ends_with(".rels") || name == "mimetype"; });
    const std::string workbook = find_workbook();
    std::map<std::string, std::string, std::less<>> sheets;
    std::map<std::string, std::string> others;
    for (const Relationship& r : relationships_of(parts_, workbook)) {
      if (r.type == "worksheet") {
        sheets.emplace(r.id, r.part);
      } else {
        others.emplace(r.type, r.part);
      }
    }
    if (const auto texts = others.find("sharedStrings"); texts != others.end()) read_shared_texts(texts->second);
    if (const auto styles = others.find("styles"); styles != others.end()) read_styles(styles->second);
    std::vector<Sheet> result;
    std::vector<std::string> wanted;
    std::set<std::string> seen;
    const auto start = [&](std::string_view name, const Attributes& attributes) {
      if (name == "workbookPr") since_1904_ = is_true(attributes["date1904"]);
      if (name != "sheet") return;
      // Chart sheets are in the list, too.
      const auto found = sheets.find(attributes["id"]);
      if (found == sheets.end()) return;
      if (!seen.insert(found->second).second) refuse("two sheets are one part; save the workbook again");
      const std::string_view state = attributes["state"];
      result.push_back({std::string(attributes["name"]), {}, state == "hidden" || state == "veryHidden"});
      wanted.push_back(found->second);
    };
    xml::read(part(workbook), workbook, {start, [](std::string_view, std::string&) {}});
    for (std::size_t i = 0; i < result.size(); ++i) read_sheet(wanted[i], result[i]);
    return result;
  }

 private:
  struct Merged {
    std::size_t column;
    std::size_t first;
    std::size_t last;
  };

  const std::string& part(const std::string& name) const {
    const auto found = parts_.find(name);
    if (found == parts_.end()) refuse(fmt::format("lacks its part \"{}\"; save the workbook again", shortened(name, 80)));
    return found->second;
  }

  std::string find_workbook() const {
    if (const auto type = parts_.find("mimetype");
        type != parts_.end() && type->second.find("opendocument") != std::string::npos) {
      refuse("an OpenDocument file; save it as \"Excel Workbook (*.xlsx)\"");
    }
    for (const Relationship& r : relationships_of(parts_, "")) {
      if (r.type != "officeDocument") continue;
      if (r.part.ends_with(".bin")) refuse("a binary workbook (.xlsb); save it as \"Excel Workbook (*.xlsx)\"");
      return r.part;
    }
    refuse("a ZIP archive, but no workbook; save it as \"Excel Workbook (*.xlsx)\"");
  }

  void read_shared_texts(const std::string& name) {
    std::string text;
    bool pronunciation = false;
    const auto start = [&](std::string_view element, const Attributes&) {
      if (element == "si") text.clear();
      if (element == "rPh") pronunciation = true;
    };
    const auto end = [&](std::string_view element, std::string& content) {
      if (element == "t" && !pronunciation) text += content;
      if (element == "rPh") pronunciation = false;
      if (element == "si") shared_texts_.push_back(unescaped(text));
    };
    xml::read(part(name), name, {start, end});
  }

  void read_styles(const std::string& name) {
    std::map<std::size_t, Shows> codes;
    bool cells = false;
    const auto start = [&](std::string_view element, const Attributes& attributes) {
      const std::size_t format = number_of(attributes["numFmtId"]).value_or(0);
      if (element == "numFmt") codes[format] = shown_by(attributes["formatCode"]);
      if (element == "cellXfs") cells = true;
      if (element != "xf" || !cells) return;
      const auto code = codes.find(format);
      styles_.push_back(code != codes.end() ? code->second : shown_by(format));
    };
    const auto end = [&](std::string_view element, std::string&) {
      if (element == "cellXfs") cells = false;
    };
    xml::read(part(name), name, {start, end});
  }

  [[noreturn]] void fail_in_sheet(const std::string& message) const {
    refuse(fmt::format("the sheet \"{}\", row {}: {}", shortened(sheet_->name, 60), row_.line, message));
  }

  void read_sheet(const std::string& name, Sheet& sheet) {
    sheet_ = &sheet;
    row_ = {};
    formulas_ = 0;
    std::vector<Merged> merged;
    bool pronunciation = false;
    const auto start = [&](std::string_view element, const Attributes& attributes) {
      if (element == "row") start_row(attributes);
      if (element == "c") start_cell(attributes);
      if (element == "f") cell_.formula = true;
      if (element == "rPh") pronunciation = true;
      if (element != "mergeCell") return;
      const std::string_view reference = attributes["ref"];
      const std::size_t colon = std::min(reference.find(':'), reference.size());
      const auto first = place_in_sheet(reference.substr(0, colon));
      const auto last = place_in_sheet(reference.substr(std::min(colon + 1, reference.size())));
      if (first && last) merged.push_back({first->first, first->second, last->second});
    };
    const auto end = [&](std::string_view element, std::string& text) {
      if (element == "v" || (element == "t" && !pronunciation)) cell_.text += text;
      if (element == "rPh") pronunciation = false;
      if (element == "c") end_cell();
      if (element == "row") end_row();
    };
    xml::read(part(name), name, {start, end});
    spread(merged);
  }

  void start_row(const Attributes& attributes) {
    const std::size_t before = row_.line;
    const auto number = attributes.has("r") ? number_of(attributes["r"]) : before + 1;
    if (!number || *number > most_xlsx_rows) {
      fail_in_sheet(fmt::format("after it stands a row \"{}\", which no sheet has", shortened(attributes["r"], 40)));
    }
    if (*number <= before) fail_in_sheet(fmt::format("row {} stands after it; save the workbook again", *number));
    row_ = {static_cast<std::uint32_t>(*number), {}};
    next_column_ = 0;
  }

  void start_cell(const Attributes& attributes) {
    cell_ = {};
    cell_.type = attributes["t"];
    cell_.style = number_of(attributes["s"]).value_or(0);
    cell_.column = next_column_;
    if (attributes.has("r")) {
      const auto place = place_in_sheet(attributes["r"]);
      if (!place || place->second != row_.line) {
        fail_in_sheet(
            fmt::format("it holds a cell \"{}\", which is not in it; save the workbook again", shortened(attributes["r"], 40)));
      }
      cell_.column = place->first;
    }
    if (cell_.column >= most_xlsx_columns) fail_in_sheet(fmt::format("more than {} columns", most_xlsx_columns));
    next_column_ = cell_.column + 1;
  }

  void end_cell() {
    if (cell_.formula && cell_.text.empty() && cell_.type != "str" && ++formulas_ == 1) {
      diagnostics_.push_back({Severity::warning, place_of(file_, *sheet_), row_.line,
                              fmt::format("the formula in {}{} has no stored value, and more may have none; open the workbook in "
                                          "a spreadsheet program and save it",
                                          column_letters(cell_.column), row_.line)});
    }
    const std::string text = cell_text();
    const std::string_view value = trimmed(text);
    if (value.empty()) return;
    if (value.size() > longest_cell)
      fail_in_sheet(fmt::format("a text of {} bytes is too long; at most {}", value.size(), longest_cell));
    count_text(value.size());
    if (row_.cells.size() <= cell_.column) row_.cells.resize(cell_.column + 1);
    row_.cells[cell_.column] = value;
  }

  std::string cell_text() const {
    if (cell_.type == "s") {
      if (cell_.text.empty()) return {};
      const auto index = number_of(cell_.text);
      if (!index || *index >= shared_texts_.size())
        fail_in_sheet("a cell points to a text that is not there; save the workbook again");
      return shared_texts_[*index];
    }
    if (cell_.type == "b") return is_true(cell_.text) ? "TRUE" : "FALSE";
    if (cell_.type == "d") return cell_.text.substr(0, cell_.text.find('T'));
    if (!cell_.type.empty() && cell_.type != "n") return unescaped(cell_.text);
    const std::string_view digits = trimmed(cell_.text);
    double number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (digits.empty() || error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number))
      return std::string(digits);
    const Shows shows = cell_.style < styles_.size() ? styles_[cell_.style] : Shows::no_date;
    if (shows != Shows::no_date) {
      if (std::string date = date_text(number, since_1904_, shows); !date.empty()) return date;
    }
    // A spreadsheet shows fifteen digits at most.
    const std::string text = fmt::format("{:.15g}", number);
    return text == "-0" ? "0" : text;
  }

  void end_row() {
    count_cells(row_.cells.size());
    if (row_.cells.empty()) return;
    sheet_->rows.push_back(std::move(row_));
    row_ = {sheet_->rows.back().line, {}};
  }

  /// Brings the value of merged cells into every row that they span and that holds something. Of ranges that overlap, the first.
  void spread(std::vector<Merged>& merged) {
    std::ranges::sort(merged, {}, [](const Merged& m) { return std::pair(m.column, m.first); });
    const Merged* before = nullptr;
    for (const Merged& m : merged) {
      if (before != nullptr && before->column == m.column && before->last >= m.first) continue;
      before = &m;
      auto row = std::ranges::lower_bound(sheet_->rows, m.first, {}, &Row::line);
      if (row == sheet_->rows.end() || row->line != m.first || row->cells.size() <= m.column) continue;
      const std::string value = row->cells[m.column];
      if (value.empty()) continue;
      for (++row; row != sheet_->rows.end() && row->line <= m.last; ++row) {
        if (row->cells.size() <= m.column) {
          count_cells(m.column + 1 - row->cells.size());
          row->cells.resize(m.column + 1);
        }
        if (!row->cells[m.column].empty()) continue;
        count_text(value.size());
        row->cells[m.column] = value;
      }
    }
  }

  void count_cells(std::size_t n) {
    cells_ += n;
    if (cells_ > most_cells) refuse(fmt::format("more than {} cells; divide the workbook", most_cells));
  }

  void count_text(std::size_t bytes) {
    text_ += bytes;
    if (text_ > most_unpacked) refuse(fmt::format("cells with more than {} bytes of text; divide the workbook", most_unpacked));
  }

  struct Cell {
    std::string type;
    std::size_t style = 0;
    std::size_t column = 0;
    std::string text;
    bool formula = false;
  };

  const std::string& file_;
  std::vector<Diagnostic>& diagnostics_;
  WorkbookParts parts_;
  std::vector<std::string> shared_texts_;
  std::vector<Shows> styles_;
  bool since_1904_ = false;
  Sheet* sheet_ = nullptr;
  Row row_;
  Cell cell_;
  std::size_t next_column_ = 0;
  std::size_t formulas_ = 0;  ///< Of the sheet, without a stored value.
  std::size_t cells_ = 0;
  std::size_t text_ = 0;
};

}  // namespace

std::optional<std::vector<Sheet>> read_xlsx(std::string_view bytes, const std::string& file,
                                            std::vector<Diagnostic>& diagnostics) {
  const std::size_t before = diagnostics.size();
  try {
    return Workbook(file, diagnostics).run(bytes);
  } catch (const Error& fault) {
    diagnostics.resize(before);
    diagnostics.push_back({Severity::error, file, 0, fault.what()});
    return std::nullopt;
  }
}

std::string place_of(const std::string& file, const Sheet& sheet) { return fmt::format("{}:{}", file, sheet.name); }

}  // namespace lacuna
