#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/json.hpp"
#include "lacuna/render.hpp"
#include "render/cells.hpp"
#include "render/measure.hpp"
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
    if (length_of(rest) + (rest.size() < title.size() ? 2 : 0) <= widest) break;
    rest = std::string_view(title).substr(static_cast<std::size_t>(parts[next].data() - title.data()));
  }
  return rest.size() == title.size() ? shortened(title, widest) : shortened("… " + std::string(rest), widest);
}

std::string padded(const std::string& text, std::size_t width, bool right) {
  const std::string blanks(width - std::min(width, cells_of(text)), ' ');
  return right ? blanks + text : text + blanks;
}

/// A tree of reasons as indented lines: "── …" for a branch, deeper ones further right.
void draw_reason(const Value& reason, const std::string& indent, std::string& out) {
  const Value::Array* because = reason["because"].if_array();
  if (because == nullptr) return;
  for (std::size_t i = 0; i < because->size(); ++i) {
    const bool last = i + 1 == because->size();
    out += fmt::format("{}{} {}\n", indent, last ? "└─" : "├─", harmless(plain((*because)[i]["says"], Column::Format::text)));
    draw_reason((*because)[i], indent + (last ? "   " : "│  "), out);
  }
}

/// The explanations of a result and its rows, in their order.
std::vector<const Value*> explanations_of(const Result& result) {
  std::vector<const Value*> list;
  for (const auto& [name, value] : result.head) {
    if (name == "explanation") list.push_back(&value);
  }
  for (const Table& table : result.tables) {
    for (const Value& row : table.rows) {
      if (const Value& reason = row["explanation"]; !reason.is_null()) list.push_back(&reason);
    }
  }
  return list;
}

}  // namespace

std::string render_table(const Result& result, const ListingOptions& options) {
  std::string out = harmless(result.title) + "\n";
  for (const std::string& line : result.summary) out += harmless(line) + "\n";
  for (const Table& table : result.tables) {
    if (table.quiet && table.rows.empty()) continue;
    out += '\n';
    if (!table.caption.empty()) out += harmless(table.caption) + "\n";
    if (table.rows.empty()) {
      out += "(none)\n";
      continue;
    }
    std::vector<std::vector<std::string>> cells(1);
    for (const Column& column : table.columns) cells[0].push_back(harmless(column.label));
    for (const Value& row : table.rows) {
      std::vector<std::string> line;
      for (const Column& column : table.columns) {
        const std::string text = harmless(readable(cell_of(row, column), column.format));
        // The last column may be as long as it likes: nothing stands behind it.
        line.push_back(line.size() + 1 == table.columns.size()  ? text
                       : column.format == Column::Format::title ? shortened_title(text, column.widest)
                                                                : shortened(text, column.widest));
      }
      cells.push_back(std::move(line));
    }
    std::vector<std::size_t> widths(table.columns.size());
    for (const auto& line : cells) {
      for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], cells_of(line[c]));
    }
    for (const auto& line : cells) {
      std::string text;
      for (std::size_t c = 0; c < line.size(); ++c) {
        const Column::Format format = table.columns[c].format;
        const bool right = format == Column::Format::number || format == Column::Format::score;
        if (c > 0) text += "  ";
        text += c + 1 == line.size() && !right ? line[c] : padded(line[c], widths[c], right);
      }
      while (text.ends_with(' ')) text.pop_back();
      out += (options.width > 0 ? shortened(text, options.width) : text) + "\n";
    }
  }
  for (const Value* reason : explanations_of(result)) {
    out += fmt::format("\n{}\n", harmless(plain((*reason)["says"], Column::Format::text)));
    draw_reason(*reason, "", out);
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

void list_reason(const Value& reason, std::size_t depth, std::string& out) {
  out += fmt::format("{:{}}- {}\n", "", 2 * depth, markdown_cell(plain(reason["says"], Column::Format::text)));
  if (const auto* because = reason["because"].if_array()) {
    for (const Value& r : *because) list_reason(r, depth + 1, out);
  }
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
    list_reason(*reason, 0, out);
  }
  return out;
}

}  // namespace lacuna
