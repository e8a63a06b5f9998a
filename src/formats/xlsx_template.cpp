
#include <algorithm>
#include <charconv>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/workbook_file.hpp"
#include "formats/xlsx.hpp"
#include "formats/xml.hpp"

namespace lacuna {
namespace {

constexpr lxw_row_t last_row = LXW_ROW_MAX - 1;

constexpr std::size_t longest_in_cell = 32'767;  ///< Of UTF-16, in a cell of Excel.

/// Clean, but for its line breaks.
std::string clean(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += xml::clean(text.substr(at, end - at)) + (end < text.size() ? "\n" : "");
    at = end + 1;
  }
  return out;
}

/// The text up to what a cell takes. Code points beyond the first plane count twice there.
std::string cut(std::string text) {
  if (text.size() <= longest_in_cell) return text;
  std::size_t signs = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if ((byte & 0xC0) == 0x80) continue;
    signs += byte >= 0xF0 ? 2 : 1;
    if (signs <= longest_in_cell) continue;
    text.resize(at);
    break;
  }
  return text;
}

/// The text as it stands in the file: what reads like an escape of a sign (ISO/IEC 29500-1, 22.9.2.19) has its own first sign
/// escaped.
std::string stored(const std::string& text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::string_view rest = std::string_view(text).substr(at);
    const auto hex = [&](std::size_t i) {
      return is_digit(rest[i]) || (lower(rest.substr(i, 1)) >= "a" && lower(rest.substr(i, 1)) <= "f");
    };
    const bool escape = rest.size() >= 7 && rest.starts_with("_x") && rest[6] == '_' && hex(2) && hex(3) && hex(4) && hex(5);
    out += escape ? "_x005F_" : rest.substr(0, 1);
  }
  return out;
}

void add_table(lxw_workbook* book, const TemplateSheet& table) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, clean(table.name).c_str());
  lxw_format* header = workbook_add_format(book);
  format_set_bold(header);
  format_set_bg_color(header, 0xDDE6F0);
  format_set_bottom(header, LXW_BORDER_THIN);
  lxw_format* text = workbook_add_format(book);
  format_set_num_format(text, "@");
  format_set_text_wrap(text);
  format_set_align(text, LXW_ALIGN_VERTICAL_TOP);
  lxw_format* number = workbook_add_format(book);
  format_set_num_format(number, "0.00");
  format_set_align(number, LXW_ALIGN_VERTICAL_TOP);
  worksheet_freeze_panes(sheet, 1, 0);
  if (table.hidden) worksheet_hide(sheet);
  for (std::size_t c = 0; c < table.columns.size(); ++c) {
    const TemplateColumn& column = table.columns[c];
    const auto at = static_cast<lxw_col_t>(c);
    worksheet_set_column(sheet, at, at, static_cast<double>(column.width), column.number ? number : text);
    worksheet_write_string(sheet, 0, at, stored(cut(clean(column.name))).c_str(), header);
    if (!column.note.empty()) {
      lxw_comment_options note = {};
      note.width = 260;
      note.height = static_cast<std::uint16_t>(40 + 18 * (length_of(column.note) / 36));
      worksheet_write_comment_opt(sheet, 0, at, clean(column.note).c_str(), &note);
    }
    if (column.words.empty()) continue;
    std::vector<std::string> list_words;
    for (const std::string& word : column.words) list_words.push_back(clean(word));
    std::vector<char*> words;
    for (std::string& word : list_words) words.push_back(word.data());
    words.push_back(nullptr);
    lxw_data_validation list = {};
    list.validate = LXW_VALIDATION_TYPE_LIST;
    list.value_list = words.data();
    worksheet_data_validation_range(sheet, 1, at, last_row, at, &list);
  }
  for (std::size_t r = 0; r < table.rows.size(); ++r) {
    for (std::size_t c = 0; c < table.rows[r].size(); ++c) {
      const std::string& cell = table.rows[r][c];
      const auto row = static_cast<lxw_row_t>(r + 1);
      const auto at = static_cast<lxw_col_t>(c);
      double value = 0;
      const auto read = std::from_chars(cell.data(), cell.data() + cell.size(), value);
      if (table.columns[c].number && read.ec == std::errc() && read.ptr == cell.data() + cell.size())
        worksheet_write_number(sheet, row, at, value, number);
      else if (!cell.empty())
        worksheet_write_string(sheet, row, at, stored(cut(clean(cell))).c_str(), text);
    }
  }
  if (!table.rows.empty())
    worksheet_autofilter(sheet, 0, 0, static_cast<lxw_row_t>(table.rows.size()),
                         static_cast<lxw_col_t>(table.columns.size() - 1));
}

void add_notes(lxw_workbook* book, const Sheet& notes) {
  lxw_worksheet* sheet = workbook_add_worksheet(book, clean(notes.name).c_str());
  lxw_format* heading = workbook_add_format(book);
  format_set_bold(heading);
  lxw_format* wrapped = workbook_add_format(book);
  format_set_text_wrap(wrapped);
  format_set_align(wrapped, LXW_ALIGN_VERTICAL_TOP);
  worksheet_set_column(sheet, 0, 0, 18, nullptr);
  worksheet_set_column(sheet, 1, 2, 60, nullptr);
  for (const Row& row : notes.rows) {
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      worksheet_write_string(sheet, row.line - 1, static_cast<lxw_col_t>(c), clean(row.cells[c]).c_str(),
                             row.cells.size() == 1 ? heading : wrapped);
    }
  }
}

}  // namespace

std::string xlsx_cell_text(std::string_view text) {
  std::string shown = cut(clean(text));
  return std::string(trimmed(shown));
}

std::string write_xlsx_template(std::span<const TemplateSheet> sheets, const Sheet& notes) {
  // The day of writing would make every file another one.
  WorkbookFile file(1548028800);
  for (const TemplateSheet& table : sheets) add_table(file.book(), table);
  add_notes(file.book(), notes);
  return file.bytes();
}

}  // namespace lacuna
