#include "import/table_layout.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "import/table_columns.hpp"

namespace lacuna {
namespace {

using json::Json;

/// The columns of nodes and links, by any of their names; the own name of the one that is meant, or nothing.
std::string_view column_named(std::string_view name) {
  const std::string key = key_of(name);
  const auto own = [&](const auto& columns) -> std::string_view {
    const auto found = std::ranges::find_if(columns, [&](const auto& c) { return std::ranges::count(c.keys, key) > 0; });
    return found == columns.end() ? std::string_view() : std::string_view(found->name);
  };
  const std::string_view of_nodes = own(node_columns());
  return of_nodes.empty() ? own(link_columns()) : of_nodes;
}

std::string known_columns(std::string_view asked) {
  std::vector<std::string> names;
  const auto add = [&](const auto& columns) {
    for (const auto& c : columns) {
      if (!c.note.empty() && !std::ranges::count(names, c.name)) names.push_back(c.name);
    }
  };
  add(node_columns());
  add(link_columns());
  const std::string near = did_you_mean(asked, std::vector<std::string_view>(names.begin(), names.end()));
  return near.empty() ? "; one of " + join(names, ", ") : near;
}

/// Adds one column; throws where it is none of ours.
void add_column(TableLayout& layout, const std::string& name, std::vector<std::string> headings, const std::string& place) {
  const std::string_view column = column_named(name);
  if (column.empty())
    throw Error(ErrorCode::usage, place,
                fmt::format("\"{}\" is no column of nodes or links{}", shortened(name, 40), known_columns(name)));
  std::erase(headings, "");
  if (headings.empty())
    throw Error(ErrorCode::usage, place,
                fmt::format("\"{}\" stands for no column of the table; write {}=ITS HEADING", name, name));
  layout.columns.push_back({std::string(column), std::move(headings)});
}

TableLayout read_layout(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto fail = [&](std::uint32_t line, std::string message) {
    throw Error(ErrorCode::bad_input, fmt::format("{}:{}", file, line), std::move(message));
  };
  const auto document = json::read(bytes, file, diagnostics);
  if (!document) throw error_of(diagnostics.front());
  if (document->type != Json::Type::object) fail(document->line, "must be an object: {\"columns\": {…}, \"kind\": …}");
  TableLayout layout;
  for (std::size_t i = 0; i < document->items.size(); ++i) {
    const std::string& name = document->names[i];
    const Json& value = document->items[i];
    if (name == "columns") {
      if (value.type != Json::Type::object) fail(value.line, "\"columns\" must be an object: {\"id\": \"req_id\", …}");
      for (std::size_t c = 0; c < value.items.size(); ++c) {
        const Json& heading = value.items[c];
        std::vector<std::string> headings;
        const bool list = heading.type == Json::Type::array;
        for (const Json& one : list ? std::span<const Json>(heading.items) : std::span<const Json>(&heading, 1)) {
          if (one.type != Json::Type::text) fail(one.line, "a column is named by a text, or by several in a list");
          headings.push_back(one.text);
        }
        add_column(layout, value.names[c], std::move(headings), fmt::format("{}:{}", file, heading.line));
      }
    } else if (name == "words") {
      for (std::size_t c = 0; c < value.items.size(); ++c) {
        const std::string_view column = column_named(value.names[c]);
        const Json& meanings = value.items[c];
        if (column.empty() || meanings.type != Json::Type::object)
          fail(meanings.line, "\"words\" must be an object: {\"set relation\": {\"subset of\": \"subset-of\", …}}");
        for (std::size_t w = 0; w < meanings.items.size(); ++w)
          layout.words.push_back({std::string(column), key_of(meanings.names[w]), meanings.items[w].text});
      }
    } else if (value.type != Json::Type::text) {
      fail(value.line, fmt::format("\"{}\" must be a text", shortened(name, 40)));
    } else if (name == "kind" || name == "relation" || name == "degree") {
      layout.constants.emplace_back(name, value.text);
    } else if (name == "split") {
      layout.split = value.text;
    } else if (name != "about") {
      fail(value.line, fmt::format("unknown member \"{}\"; there are about, columns, words, kind, relation, degree and split",
                                   shortened(name, 40)));
    }
  }
  return layout;
}

}  // namespace

std::span<const TableLayout> shipped_layouts() {
  static const std::vector<TableLayout> list = [] {
    std::vector<TableLayout> layouts;
    for (const ShippedTable& table : shipped_tables()) {
      layouts.push_back(read_layout(table.json, fmt::format("{}.json", table.name)));
      layouts.back().name = table.name;
    }
    return layouts;
  }();
  return list;
}

TableLayout table_layout(const std::string& columns) {
  if (columns.empty()) return {};
  if (columns.find('=') == std::string::npos) {
    const auto shipped = std::ranges::find(shipped_layouts(), columns, &TableLayout::name);
    if (shipped != shipped_layouts().end()) return *shipped;
    if (lower(columns).ends_with(".json")) return read_layout(read_file(columns), columns);
    std::vector<std::string> names;
    for (const TableLayout& layout : shipped_layouts()) names.push_back(layout.name);
    throw Error(ErrorCode::usage, "--columns",
                fmt::format("\"{}\" is neither a layout that is known ({}) nor a file of one (.json) nor a list id=HEADING,…",
                            shortened(columns, 40), join(names, ", ")));
  }
  TableLayout layout;
  for (std::string_view rest = columns; !rest.empty();) {
    // A heading may hold a comma: the next pair begins where a column of ours and "=" follow it.
    std::size_t end = rest.find(',');
    while (end != std::string_view::npos) {
      const std::string_view next = rest.substr(end + 1);
      const std::size_t sign = next.find('=');
      if (sign != std::string_view::npos && !column_named(next.substr(0, sign)).empty()) break;
      end = rest.find(',', end + 1);
    }
    const std::string_view pair = rest.substr(0, end);
    const std::size_t sign = pair.find('=');
    add_column(layout, one_line(pair.substr(0, sign)),
               {sign == std::string_view::npos ? std::string() : one_line(pair.substr(sign + 1))}, "--columns");
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  return layout;
}

}  // namespace lacuna
