#include "render/html_listing.hpp"

#include <fmt/format.h>

#include <vector>

#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/vocabulary.hpp"
#include "render/cells.hpp"
#include "render/reasons.hpp"
#include "render/svg.hpp"

namespace lacuna {
namespace {

std::string linked(const std::string& text, bool is_document, const AddressOf& address) {
  const std::string to = text.size() > 200 ? std::string() : address(text, is_document);
  const std::string shown = xml::escaped(harmless(text));
  return to.empty() ? shown : fmt::format("<a href=\"{}\">{}</a>", xml::escaped(to), shown);
}

bool is_number(Column::Format format) { return format == Column::Format::number || format == Column::Format::score; }

std::string cell(const Value& value, const Column& column, const AddressOf& address) {
  const Column::Format format = column.format;
  if (const Value::Array* items = value.if_array()) {
    std::vector<std::string> parts;
    for (const Value& item : *items)
      parts.push_back(linked(plain(item.if_object() != nullptr ? item["id"] : item, format), false, address));
    return join(parts, ", ");
  }
  if (format == Column::Format::text) return linked(plain(value, format), column.key == "identifier", address);
  return xml::escaped(harmless(readable(value, format)));
}

std::string cell_class(const Value& value, Column::Format format) {
  if (is_number(format)) return " class=\"n\"";
  if (format == Column::Format::title || format == Column::Format::prose) return " class=\"t\"";
  const std::string* text = value.if_text();
  const auto state = format == Column::Format::state && text != nullptr ? parse<CoverageState>(*text) : std::nullopt;
  return state ? fmt::format(" class=\"s-{}\"", name_of(*state)) : "";
}

std::string table_text(const Table& table, const AddressOf& address) {
  std::string out = "<div class=\"wide\" tabindex=\"0\" role=\"group\"";
  out += fmt::format(" aria-label=\"{}\">\n<table>\n", xml::escaped(table.caption.empty() ? table.name : table.caption));
  if (!table.caption.empty()) out += fmt::format("<caption>{}</caption>\n", xml::escaped(harmless(table.caption)));
  out += "<thead><tr>";
  for (const Column& column : table.columns)
    out += fmt::format("<th scope=\"col\"{}>{}</th>", is_number(column.format) ? " class=\"n\"" : "", xml::escaped(column.label));
  out += "</tr></thead>\n<tbody>\n";
  for (const Value& row : table.rows) {
    out += "<tr>";
    for (std::size_t c = 0; c < table.columns.size(); ++c) {
      const Column& column = table.columns[c];
      const Value& value = cell_of(row, column);
      const std::string text = cell(value, column, address);
      out += c == 0 ? fmt::format("<th scope=\"row\" dir=\"auto\">{}</th>", text)
                    : fmt::format("<td dir=\"auto\"{}>{}</td>", cell_class(value, column.format), text);
    }
    out += "</tr>\n";
  }
  if (table.rows.empty()) out += fmt::format("<tr><td colspan=\"{}\">none</td></tr>\n", table.columns.size());
  return out + "</tbody>\n</table>\n</div>\n";
}

/// A reason and what it rests on, each branch to be opened.
std::string reason_text(const Value& reason, Told& told, bool open) {
  const auto [says, below] = told.line(reason);
  const Value::Array* because = reason["because"].if_array();
  const std::string shown = xml::escaped(harmless(says));
  if (because == nullptr || because->empty() || !below) return fmt::format("<li dir=\"auto\">{}</li>\n", shown);
  std::string out = fmt::format("<li dir=\"auto\"><details{}><summary>{}</summary>\n<ul>\n", open ? " open" : "", shown);
  for (const Value& r : *because) out += reason_text(r, told, false);
  return out + "</ul>\n</details></li>\n";
}

}  // namespace

std::string html_listing(const Result& result, const AddressOf& address) {
  std::string out = fmt::format("<h2 dir=\"auto\">{}</h2>\n", xml::escaped(harmless(result.title)));
  for (const std::string& line : result.summary) out += fmt::format("<p dir=\"auto\">{}</p>\n", xml::escaped(harmless(line)));
  if (result.picture) {
    const auto box = [&](const std::string& id) -> SvgBox { return {id, xml::escaped(address(id, false))}; };
    out += fmt::format("<div class=\"picture\">{}</div>\n",
                       svg_of(laid_out(*result.picture), result.picture->title, join(result.picture->notes, ". "), box));
  }
  for (const Table& table : result.tables) {
    if (!table.quiet || !table.rows.empty()) out += table_text(table, address);
  }
  for (const Value* reason : explanations_of(result)) {
    Told told;
    out += fmt::format("<ul class=\"why\">\n{}</ul>\n", reason_text(*reason, told, true));
  }
  return out;
}

}  // namespace lacuna
