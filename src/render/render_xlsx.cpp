// Results as workbooks, for those who sort and filter.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "formats/xlsx_book.hpp"
#include "lacuna/render.hpp"
#include "render/cells.hpp"
#include "render/layout.hpp"
#include "render/measure.hpp"

namespace lacuna {
namespace {

bool is_web(const std::string& text) { return text.starts_with("https://") || text.starts_with("http://"); }

/// Texts that are all days become dates, which a spreadsheet can sort and count; months and years alone stay as they are.
bool all_days(const Table& table, const Column& column) {
  bool any = false;
  for (const Value& row : table.rows) {
    const Value& value = cell_of(row, column);
    if (value.is_null()) continue;
    const std::string* text = value.if_text();
    if (text == nullptr) return false;
    if (text->empty()) continue;
    const auto date = Date::parse(*text);
    if (!date || date->day == 0 || date->year < 1900) return false;
    any = true;
  }
  return any;
}

BookCell cell(const Value& value, const Column& column, bool days) {
  if (const auto* number = value.if_integer()) return {static_cast<double>(*number)};
  if (const auto* real = value.if_real(); real != nullptr && std::isfinite(*real)) return {*real};
  const std::string text = readable(value, column.format);
  if (text.empty()) return {};
  if (days) return {*Date::parse(text)};
  return {text, is_web(text) ? text : ""};
}

std::size_t width_of(const BookCell& c) {
  if (const auto* text = std::get_if<std::string>(&c.value)) return length_of(*text);
  return std::holds_alternative<std::monostate>(c.value) ? 0 : 10;
}

BookSheet sheet_of(const Table& table) {
  BookSheet sheet{table.name, table.caption, {}, {}};
  std::vector<bool> days;
  for (const Column& column : table.columns) {
    using Kind = BookColumn::Kind;
    const Kind kind = column.format == Column::Format::number  ? Kind::number
                      : column.format == Column::Format::score ? Kind::score
                      : column.format == Column::Format::state ? Kind::state
                                                               : Kind::text;
    // What is grave is orange, what is well covered or ranks high blue.
    sheet.columns.push_back({column.label, kind, 0,
                             column.key == "severity" ? "#ffb878"
                             : column.key == "score"  ? "#7fb2dd"
                                                      : ""});
    days.push_back(kind == Kind::text && all_days(table, column));
  }
  for (const Value& row : table.rows) {
    std::vector<BookCell> cells;
    for (std::size_t c = 0; c < table.columns.size(); ++c)
      cells.push_back(cell(cell_of(row, table.columns[c]), table.columns[c], days[c]));
    // What the row is about leads to where it stands.
    if (const std::string* address = row["address"].if_text()) {
      const auto name =
          std::ranges::find_if(cells, [](const BookCell& c) { return std::holds_alternative<std::string>(c.value); });
      if (name != cells.end() && name->address.empty()) name->address = *address;
    }
    sheet.rows.push_back(std::move(cells));
  }
  for (std::size_t c = 0; c < sheet.columns.size(); ++c) {
    // The button of the filter takes the room of three characters; long names break.
    std::size_t widest = 0;
    for (std::size_t at = 0; at < sheet.columns[c].name.size();) {
      const std::size_t space = std::min(sheet.columns[c].name.find(' ', at), sheet.columns[c].name.size());
      widest = std::max(widest, length_of(std::string_view(sheet.columns[c].name).substr(at, space - at)) + 3);
      at = space + 1;
    }
    for (const auto& row : sheet.rows) widest = std::max(widest, width_of(row[c]));
    sheet.columns[c].width = static_cast<double>(std::clamp<std::size_t>(widest + 2, 7, 50));
  }
  for (const auto& row : sheet.rows) {
    std::size_t lines = 1;
    for (std::size_t c = 0; c < row.size(); ++c) {
      // The width is counted in digits, which are half as wide as the font is high; its letters are a tenth narrower than those
      // that are measured.
      if (const auto* text = std::get_if<std::string>(&row[c].value))
        lines = std::max(lines, line_starts(*text, (sheet.columns[c].width - 2) * 0.56).size());
    }
    sheet.lines.push_back(lines);
  }
  return sheet;
}

/// A value of the head in words: "name default, hash aef510ba73b1f35a".
std::string in_words(const Value& value) {
  if (const auto* members = value.if_object()) {
    std::vector<std::string> parts;
    for (const auto& [name, member] : *members) {
      std::string words = name;
      std::ranges::replace(words, '_', ' ');
      parts.push_back(fmt::format("{} {}", words, in_words(member)));
    }
    return join(parts, ", ");
  }
  if (const auto* items = value.if_array()) {
    std::vector<std::string> parts;
    for (const Value& item : *items) {
      const std::string* name = item["label"].if_text();
      if (name == nullptr) name = item["id"].if_text();
      if (name == nullptr) name = item["name"].if_text();
      parts.push_back(name != nullptr ? *name : in_words(item));
    }
    return join(parts, "; ");
  }
  return value.is_null() ? "-" : plain(value, Column::Format::text);
}

void add_reason(const Value& reason, std::size_t depth, Book& book) {
  book.reasons.emplace_back(depth, plain(reason["says"], Column::Format::text));
  if (const auto* because = reason["because"].if_array()) {
    for (const Value& r : *because) add_reason(r, depth + 1, book);
  }
}

}  // namespace

std::string render_xlsx(const Result& result, const ListingOptions& /*options*/) {
  Book book;
  book.title = result.title;
  book.summary = result.summary;
  const Value head(result.head);
  for (const auto& [name, value] : result.head) {
    if (name == "explanation") {
      add_reason(value, 0, book);
      continue;
    }
    if (value.is_null()) continue;
    std::string words = name;
    std::ranges::replace(words, '_', ' ');
    book.about.emplace_back(std::move(words), in_words(value));
  }
  bool states = false;
  for (const Table& table : result.tables) {
    for (const Value& row : table.rows) {
      if (const Value& reason = row["explanation"]; !reason.is_null()) add_reason(reason, 0, book);
    }
    if (table.quiet && table.rows.empty()) continue;
    book.sheets.push_back(sheet_of(table));
    states = states || std::ranges::any_of(table.columns, [](const Column& c) { return c.format == Column::Format::state; });
  }
  for (std::size_t s = 0; states && s < words<CoverageState>().size(); ++s) {
    const auto state = static_cast<CoverageState>(s);
    const Colours colours = colours_of(state);
    book.signs.push_back({std::string(sign_of(state)), std::string(name_of(state)),
                          std::string(words<CoverageState>()[s].meaning), colours.fill, colours.text});
  }
  const std::string* map = head["map"].if_text();
  const std::string* day = head["as_of"].if_text();
  book.footer = fmt::format("{}{}{}", map != nullptr ? *map + ": " : "", result.title, day != nullptr ? ", as of " + *day : "");
  return write_xlsx_book(book);
}

}  // namespace lacuna
