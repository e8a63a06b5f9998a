#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "render/cells.hpp"
#include "render/measure.hpp"
#include "render/reasons.hpp"
#include "render/terminal_table.hpp"
#include "render/terminal_text.hpp"
#include "text/titles.hpp"

namespace lacuna {

std::span<const Listing> listings() {
  static constexpr Listing list[] = {
      {"table", "for people at a terminal", render_table},
      {"json", "everything, with evidence; see data/schema", render_json},
      {"csv", "the table, for spreadsheets: UTF-8, commas", render_csv},
      {"md", "the table in Markdown", render_markdown},
      {"xlsx", "a workbook with filters, and a sheet on what was asked", render_xlsx, true},
  };
  return list;
}

namespace {

/// Titles of standards begin with the series and end with the matter: "… ; Data Supply Chain Security". Parts go from the front
/// while the rest is too long.
std::string shortened_title(const std::string& title, std::size_t widest) {
  std::string_view rest = title;
  const std::vector<std::string_view> parts = title_parts(title);
  for (std::size_t next = 1; next < parts.size(); ++next) {
    if (cells_of(rest) + (rest.size() < title.size() ? 2 : 0) <= widest) break;
    rest = std::string_view(title).substr(static_cast<std::size_t>(parts[next].data() - title.data()));
  }
  return cut_to_cells(rest.size() == title.size() ? title : "… " + std::string(rest), widest);
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string blanks(width - std::min(width, cells_of(text)), ' ');
  return right ? blanks + text : text + blanks;
}

/// Appends a line; broken where a terminal has no room for it, its further lines below its text.
void add_line(const std::string& line, const std::string& further, std::size_t width, std::string& out) {
  if (width == 0 || cells_of(line) <= width) {
    out += line + "\n";
    return;
  }
  const std::size_t hung = cells_of(further) + 10 < width ? cells_of(further) : 0;
  // The first line hangs over to the left of the others.
  const std::vector<std::string> first = lines_of_cells(line, width);
  out += first.front() + "\n";
  std::string rest = line.substr(first.front().size());
  rest.erase(0, std::min(rest.find_first_not_of(' '), rest.size()));
  for (const std::string& l : lines_of_cells(rest, width - hung)) out += (hung > 0 ? further : "") + l + "\n";
}

/// A tree of reasons as indented lines: "── …" for a branch, deeper ones further right.
void draw_reason(const Value& reason, const std::string& indent, std::size_t width, Told& told, std::string& out) {
  const Value::Array* because = reason["because"].if_array();
  if (because == nullptr) return;
  for (std::size_t i = 0; i < because->size(); ++i) {
    const bool last = i + 1 == because->size();
    const std::string deeper = indent + (last ? "   " : "│  ");
    const auto [says, below] = told.line((*because)[i]);
    add_line(fmt::format("{}{} {}", indent, last ? "└─" : "├─", harmless(says)), deeper, width, out);
    if (below) draw_reason((*because)[i], deeper, width, told, out);
  }
}

/// Rows on lines of their own, as wide as they are: for pipes and files.
std::string wide_table(const Table& table, const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> cells(1);
  for (const Column& column : table.columns) cells[0].push_back(harmless(column.label));
  for (const auto& row : rows) {
    std::vector<std::string>& line = cells.emplace_back();
    for (std::size_t c = 0; c < row.size(); ++c) {
      // The last column may be as long as it likes: nothing stands behind it.
      line.push_back(c + 1 == row.size()                                ? row[c]
                     : table.columns[c].format == Column::Format::title ? shortened_title(row[c], table.columns[c].widest)
                                                                        : cut_to_cells(row[c], table.columns[c].widest));
    }
  }
  std::vector<std::size_t> widths(table.columns.size());
  for (const auto& line : cells) {
    for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], cells_of(line[c]));
  }
  std::string out;
  for (const auto& line : cells) {
    std::string text;
    for (std::size_t c = 0; c < line.size(); ++c) {
      const Column::Format format = table.columns[c].format;
      const bool right = format == Column::Format::number || format == Column::Format::score;
      if (c > 0) text += "  ";
      text += c + 1 == line.size() && !right ? line[c] : padded(line[c], widths[c], right);
    }
    while (text.ends_with(' ')) text.pop_back();
    out += text + "\n";
  }
  return out;
}

}  // namespace

std::string render_table(const Result& result, const ListingOptions& options) {
  std::string out;
  const std::size_t width = options.width == 0 ? 0 : std::max<std::size_t>(20, options.width);
  add_line(harmless(result.title), "", width, out);
  for (const std::string& line : result.summary) add_line(harmless(line), "  ", width, out);
  for (const Table& table : result.tables) {
    if (table.quiet && table.rows.empty()) continue;
    out += '\n';
    if (!table.caption.empty()) add_line(harmless(table.caption), "  ", width, out);
    if (table.rows.empty()) {
      out += "(none)\n";
      continue;
    }
    std::vector<std::vector<std::string>> cells;
    for (const Value& row : table.rows) {
      std::vector<std::string>& line = cells.emplace_back();
      for (const Column& column : table.columns) line.push_back(harmless(readable(cell_of(row, column), column.format)));
    }
    out += width == 0 ? wide_table(table, cells) : terminal_table(table.columns, cells, width);
  }
  for (const Value* reason : explanations_of(result)) {
    out += "\n";
    add_line(harmless(plain((*reason)["says"], Column::Format::text)), "  ", width, out);
    Told told;
    draw_reason(*reason, "", width, told, out);
  }
  return out;
}

std::string render_json(const Result& result, const ListingOptions& /*options*/) {
  std::string out;
  write_json(result, [&](std::string_view piece) { out += piece; });
  return out;
}

void write_json(const Result& result, const std::function<void(std::string_view)>& take) {
  Value document = Value::object();
  document.set("schema", fmt::format("lacuna:schema/{}.json", result.schema));
  document.set("title", result.title);
  for (const auto& [name, value] : result.head) document.set(name, value);
  Value summary = Value::array();
  for (const std::string& line : result.summary) summary.push(line);
  document.set("summary", std::move(summary));
  std::vector<json::List> lists;
  for (const Table& table : result.tables) {
    const std::size_t there = table.rows.size();
    const auto make = [&table, there](std::size_t i) { return i < there ? table.rows[i] : table.on_demand.make(i - there); };
    lists.push_back({table.name, table.size(), make});
  }
  json::write(*document.if_object(), lists, take);
}

namespace {

std::string markdown_cell(const std::string& text) {
  std::string out;
  for (const char c : harmless(text)) {
    switch (c) {
      case '|':
      case '\\':
      case '*':
      case '_':
      case '`':
      case '[':
      case ']':
      case '~':
      case '#':
        out += '\\';
        out += c;
        break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      default: out += c;
    }
  }
  return out;
}

void list_reason(const Value& reason, std::size_t depth, Told& told, std::string& out) {
  const auto [says, below] = told.line(reason);
  out += fmt::format("{:{}}- {}\n", "", 2 * depth, markdown_cell(says));
  const auto* because = reason["because"].if_array();
  if (because == nullptr || !below) return;
  for (const Value& r : *because) list_reason(r, depth + 1, told, out);
}

}  // namespace

std::string render_csv(const Result& result, const ListingOptions& /*options*/) {
  std::string out;
  for (const Table& table : result.tables) {
    if (table.quiet && table.rows.empty()) continue;
    if (!out.empty()) out += '\n';
    for (std::size_t c = 0; c < table.columns.size(); ++c) out += (c > 0 ? "," : "") + csv_cell(table.columns[c].label, true);
    out += '\n';
    for (const Value& row : table.rows) {
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        const Column& column = table.columns[c];
        const Value& value = cell_of(row, column);
        const bool is_text = value.if_text() != nullptr || value.if_array() != nullptr;
        out += (c > 0 ? "," : "") + csv_cell(plain(value, column.format), is_text);
      }
      out += '\n';
    }
  }
  return out;
}

std::string render_markdown(const Result& result, const ListingOptions& /*options*/) {
  std::string out = fmt::format("# {}\n\n", markdown_cell(result.title));
  for (const std::string& line : result.summary) {
    // What follows from the line before.
    const bool below = line.starts_with("· ");
    out += fmt::format("{}- {}\n", below ? "  " : "", markdown_cell(below ? line.substr(std::string_view("· ").size()) : line));
  }
  for (const Table& table : result.tables) {
    if (table.quiet && table.rows.empty()) continue;
    out += '\n';
    if (!table.caption.empty()) out += markdown_cell(table.caption) + "\n\n";
    std::string rule;
    for (const Column& column : table.columns) {
      out += fmt::format("| {} ", markdown_cell(column.label));
      const bool right = column.format == Column::Format::number || column.format == Column::Format::score;
      rule += right ? "| ---: " : "| --- ";
    }
    out += "|\n" + rule + "|\n";
    for (const Value& row : table.rows) {
      for (const Column& column : table.columns)
        out += fmt::format("| {} ", markdown_cell(readable(cell_of(row, column), column.format)));
      out += "|\n";
    }
  }
  for (const Value* reason : explanations_of(result)) {
    out += '\n';
    Told told;
    list_reason(*reason, 0, told, out);
  }
  return out;
}

}  // namespace lacuna
