#include "formats/xlsx_book.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/workbook_file.hpp"
#include "formats/xml.hpp"
#include "lacuna/date.hpp"

namespace lacuna {
namespace {

constexpr std::size_t longest_text = 32'767;
constexpr std::size_t most_links = 60'000;  ///< Of a sheet; Excel takes 65,530.

lxw_color_t colour_of(const std::string& hex) { return static_cast<lxw_color_t>(std::strtoul(hex.c_str() + 1, nullptr, 16)); }

/// As much of a text as a cell takes. Excel counts characters beyond the first 65,536 twice.
std::string cell_text(const std::string& text) {
  std::string clean = xml::clean(text);
  if (clean.size() > longest_text && length_of(clean) > longest_text / 2) clean = shortened(clean, longest_text / 2);
  return clean;
}

bool is_web_address(const std::string& address) {
  return (address.starts_with("http://") || address.starts_with("https://")) && address.size() <= 2000 &&
         xml::clean(address) == address;
}

/// Day of writing; a fixed one without SOURCE_DATE_EPOCH, so that the same book gives the same bytes.
std::time_t written_on() {
  constexpr std::chrono::sys_seconds fixed{std::chrono::seconds(1548028800)};
  return std::chrono::system_clock::to_time_t(source_date_epoch().value_or(fixed));
}

class BookWriter {
 public:
  explicit BookWriter(const Book& book)
      : book_(book), file_(written_on(), shortened(cell_text(book.title), 255), "Lacuna"), out_(file_.book()) {}

  std::string run() {
    make_formats();
    names_.insert({"about", "history"});  // Excel keeps "History" for itself.
    std::vector<std::string> tabs;
    for (const BookSheet& sheet : book_.sheets) tabs.push_back(tab_name(sheet.name));
    if (!book_.reasons.empty()) tabs.push_back(tab_name("reasons"));
    add_about(tabs);
    for (std::size_t i = 0; i < book_.sheets.size(); ++i) add_sheet(book_.sheets[i], tabs[i], i + 1);
    if (!book_.reasons.empty()) add_reasons(tabs.back());
    return file_.bytes();
  }

 private:
  lxw_format* format() {
    lxw_format* f = workbook_add_format(out_);
    format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
    return f;
  }

  void make_formats() {
    text_ = format();
    format_set_text_wrap(text_);
    format_set_indent(text_, 1);  // Off the number in the column before.
    number_ = format();
    score_ = format();
    format_set_num_format(score_, "0.00");
    date_ = format();
    format_set_num_format(date_, "yyyy-mm-dd");
    format_set_align(date_, LXW_ALIGN_LEFT);
    link_ = format();
    format_set_text_wrap(link_);
    format_set_indent(link_, 1);
    format_set_font_color(link_, 0x08457E);
    format_set_underline(link_, LXW_UNDERLINE_SINGLE);
    header_ = format();
    format_set_bold(header_);
    format_set_text_wrap(header_);
    format_set_font_color(header_, 0xFFFFFF);
    format_set_bg_color(header_, 0x12365C);
    strong_ = format();
    format_set_bold(strong_);
    title_ = format();
    format_set_bold(title_);
    format_set_font_size(title_, 16);
    for (const BookSign& sign : book_.signs) {
      lxw_format* f = format();
      format_set_bg_color(f, colour_of(sign.fill));
      format_set_font_color(f, colour_of(sign.text));
      format_set_border(f, LXW_BORDER_THIN);
      signs_.push_back(f);
    }
  }

  /// At most 31 characters, none of those that references need, and no other tab's name.
  std::string tab_name(const std::string& wish) {
    std::string name;
    for (const char c : xml::clean(wish)) name += std::string_view("[]:*?/\\'").find(c) == std::string_view::npos ? c : ' ';
    name = shortened(name.empty() ? "Table" : name, 28);
    std::string own = name;
    for (int n = 2; !names_.insert(lower(own)).second; ++n) own = fmt::format("{} {}", shortened(name, 25), n);
    return own;
  }

  /// Of a row in points; Excel takes 409 at most.
  static double height_of(std::size_t lines) { return std::min(409.0, 15.0 * static_cast<double>(lines)); }

  void set_up_page(lxw_worksheet* sheet, bool landscape) const {
    if (landscape) worksheet_set_landscape(sheet);
    worksheet_set_paper(sheet, 9);  // A4
    worksheet_fit_to_pages(sheet, 1, 0);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.6, 0.6);
    std::string words;
    for (const char c : shortened(xml::clean(book_.footer), 100)) words += c == '&' ? std::string("&&") : std::string(1, c);
    worksheet_set_footer(sheet, ("&L&8" + std::string(words.empty() || (words[0] >= '0' && words[0] <= '9') ? " " : "") + words +
                                 "&R&8Page &P of &N")
                                    .c_str());
  }

  void put_text(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const std::string& text, lxw_format* f) const {
    worksheet_write_string(sheet, row, column, cell_text(text).c_str(), f);
  }

  // ---- the first sheet -----------------------------------------------------------------------------------------------

  void add_about(const std::vector<std::string>& tabs) {
    lxw_worksheet* sheet = workbook_add_worksheet(out_, "About");
    worksheet_set_column(sheet, 0, 0, 26, nullptr);
    worksheet_set_column(sheet, 1, 1, 90, nullptr);
    worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    set_up_page(sheet, false);
    lxw_row_t row = 0;
    put_text(sheet, row++, 0, book_.title, title_);
    ++row;
    for (const std::string& line : book_.summary) {
      // Merged over both columns, a long sentence would not make its row higher; in the wide one it does.
      put_text(sheet, row++, 1, line, text_);
    }
    ++row;
    for (const auto& [name, value] : book_.about) {
      put_text(sheet, row, 0, name, strong_);
      put_text(sheet, row++, 1, value, text_);
    }
    ++row;
    for (std::size_t i = 0; i < tabs.size(); ++i) {
      worksheet_write_url_opt(sheet, row, 0, fmt::format("internal:'{}'!A1", tabs[i]).c_str(), link_, tabs[i].c_str(), nullptr);
      const std::string rows =
          i < book_.sheets.size() ? count_of(book_.sheets[i].rows.size(), "row") : count_of(book_.reasons.size(), "sentence");
      const std::string says = i < book_.sheets.size() ? book_.sheets[i].says : "What the rows rest on.";
      put_text(sheet, row++, 1, says.empty() ? rows : fmt::format("{} ({})", says, rows), text_);
    }
    ++row;
    for (std::size_t i = 0; i < book_.signs.size(); ++i) {
      put_text(sheet, row, 0, fmt::format("{} {}", book_.signs[i].sign, book_.signs[i].name), signs_[i]);
      put_text(sheet, row++, 1, book_.signs[i].meaning, text_);
    }
  }

  void add_reasons(const std::string& tab) {
    lxw_worksheet* sheet = workbook_add_worksheet(out_, tab.c_str());
    worksheet_set_column(sheet, 0, 0, 140, nullptr);
    set_up_page(sheet, true);
    std::map<std::size_t, lxw_format*> indents;
    for (std::size_t i = 0; i < std::min<std::size_t>(book_.reasons.size(), LXW_ROW_MAX); ++i) {
      const auto& [depth, says] = book_.reasons[i];
      lxw_format*& f = indents[std::min<std::size_t>(depth, 12)];
      if (f == nullptr) {
        f = format();
        format_set_text_wrap(f);
        format_set_indent(f, static_cast<std::uint8_t>(2 * std::min<std::size_t>(depth, 12)));
        if (depth == 0) format_set_bold(f);
      }
      const std::size_t lines = (length_of(says) + 4 * depth) / 130 + 1;
      if (lines > 1) worksheet_set_row(sheet, static_cast<lxw_row_t>(i), height_of(lines), nullptr);
      put_text(sheet, static_cast<lxw_row_t>(i), 0, says, f);
    }
  }

  // ---- tables --------------------------------------------------------------------------------------------------------

  /// An Excel table needs a name for each column, and no two alike.
  static std::vector<std::string> header_of(const BookSheet& sheet) {
    std::vector<std::string> header;
    std::set<std::string> taken;
    for (const BookColumn& column : sheet.columns) {
      std::string name = shortened(xml::clean(column.name), 250);
      if (name.find_first_not_of(' ') == std::string::npos) name = fmt::format("Column {}", header.size() + 1);
      std::string own = name;
      for (int n = 2; !taken.insert(lower(own)).second; ++n) own = fmt::format("{} ({})", name, n);
      header.push_back(own);
    }
    return header;
  }

  void add_sheet(const BookSheet& table, const std::string& tab, std::size_t number) {
    lxw_worksheet* sheet = workbook_add_worksheet(out_, tab.c_str());
    set_up_page(sheet, true);
    const std::size_t columns = std::min<std::size_t>(table.columns.size(), LXW_COL_MAX);
    const std::size_t rows = std::min<std::size_t>(table.rows.size(), LXW_ROW_MAX - 1);
    if (columns == 0) return;
    const auto last_column = static_cast<lxw_col_t>(columns - 1);
    const std::vector<std::string> header = header_of(table);
    worksheet_freeze_panes(sheet, 1, table.columns[0].width <= 24 ? 1 : 0);
    worksheet_repeat_rows(sheet, 0, 0);
    worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576");
    for (std::size_t c = 0; c < columns; ++c)
      worksheet_set_column(sheet, static_cast<lxw_col_t>(c), static_cast<lxw_col_t>(c), table.columns[c].width, nullptr);
    if (rows == 0) {
      for (std::size_t c = 0; c < columns; ++c) put_text(sheet, 0, static_cast<lxw_col_t>(c), header[c], header_);
      return;
    }
    std::vector<lxw_table_column> list(columns);
    std::vector<lxw_table_column*> pointers;
    for (std::size_t c = 0; c < columns; ++c) {
      list[c].header = const_cast<char*>(header[c].c_str());
      list[c].header_format = header_;
      pointers.push_back(&list[c]);
    }
    pointers.push_back(nullptr);
    const std::string name = fmt::format("Lacuna{}", number);
    lxw_table_options options = {};
    options.name = const_cast<char*>(name.c_str());
    options.style_type = LXW_TABLE_STYLE_TYPE_LIGHT;
    options.style_type_number = 1;
    options.columns = pointers.data();
    worksheet_add_table(sheet, 0, 0, static_cast<lxw_row_t>(rows), last_column, &options);
    std::size_t links = 0;
    for (std::size_t r = 0; r < rows; ++r) {
      if (r < table.lines.size() && table.lines[r] > 1)
        worksheet_set_row(sheet, static_cast<lxw_row_t>(r + 1), height_of(table.lines[r]), nullptr);
      for (std::size_t c = 0; c < std::min(columns, table.rows[r].size()); ++c) {
        put(sheet, static_cast<lxw_row_t>(r + 1), static_cast<lxw_col_t>(c), table.rows[r][c], table.columns[c].kind, links);
      }
    }
    for (std::size_t c = 0; c < columns; ++c)
      shade(sheet, table.columns[c], static_cast<lxw_row_t>(rows), static_cast<lxw_col_t>(c));
  }

  void put(lxw_worksheet* sheet, lxw_row_t row, lxw_col_t column, const BookCell& cell, BookColumn::Kind kind,
           std::size_t& links) const {
    if (const auto* text = std::get_if<std::string>(&cell.value)) {
      if (is_web_address(cell.address) && links < most_links) {
        ++links;
        worksheet_write_url_opt(sheet, row, column, cell.address.c_str(), link_, cell_text(*text).c_str(), nullptr);
      } else {
        put_text(sheet, row, column, *text, text_);
      }
    } else if (const auto* number = std::get_if<double>(&cell.value)) {
      worksheet_write_number(sheet, row, column, *number, kind == BookColumn::Kind::score ? score_ : number_);
    } else if (const auto* date = std::get_if<Date>(&cell.value)) {
      lxw_datetime day = {};
      day.year = date->year;
      day.month = date->month;
      day.day = date->day;
      worksheet_write_datetime(sheet, row, column, &day, date_);
    }
  }

  void shade(lxw_worksheet* sheet, const BookColumn& column, lxw_row_t last, lxw_col_t at) const {
    if (column.kind == BookColumn::Kind::state) {
      for (std::size_t i = 0; i < signs_.size(); ++i) {
        const std::string sign = cell_text(book_.signs[i].sign);
        lxw_conditional_format rule = {};
        rule.type = LXW_CONDITIONAL_TYPE_TEXT;
        rule.criteria = LXW_CONDITIONAL_CRITERIA_TEXT_BEGINS_WITH;
        rule.value_string = const_cast<char*>(sign.c_str());
        rule.format = signs_[i];
        worksheet_conditional_format_range(sheet, 1, at, last, at, &rule);
      }
    }
    if (column.shade.empty()) return;
    lxw_conditional_format scale = {};
    scale.type = LXW_CONDITIONAL_2_COLOR_SCALE;
    scale.min_color = 0xFFFFFF;
    scale.max_color = colour_of(column.shade);
    worksheet_conditional_format_range(sheet, 1, at, last, at, &scale);
  }

  const Book& book_;
  WorkbookFile file_;
  lxw_workbook* out_;
  std::set<std::string> names_;
  lxw_format *text_ = nullptr, *number_ = nullptr, *score_ = nullptr, *date_ = nullptr, *link_ = nullptr, *header_ = nullptr,
             *strong_ = nullptr, *title_ = nullptr;
  std::vector<lxw_format*> signs_;
};

}  // namespace

std::string write_xlsx_book(const Book& book) { return BookWriter(book).run(); }

}  // namespace lacuna
