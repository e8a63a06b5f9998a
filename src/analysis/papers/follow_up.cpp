// The follow-up of a meeting: what changed since, what it means for the objectives, what is next.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_table_rows = 60;  ///< Of one table; the JSON answer of diff has them all.
constexpr std::size_t most_ways = 5;

std::string text_of(const Value& value) {
  if (const std::string* text = value.if_text()) return *text;
  if (const std::int64_t* whole = value.if_integer()) return std::to_string(*whole);
  if (const double* real = value.if_real()) return fmt::format("{:.2f}", *real);
  if (const bool* yes = value.if_bool()) return *yes ? "yes" : "no";
  if (const Value::Array* list = value.if_array()) {
    std::vector<std::string> parts;
    for (const Value& v : *list) parts.push_back(v.if_object() != nullptr ? text_of(v["id"]) : text_of(v));
    return join(parts, ", ");
  }
  return "";
}

/// A table of an answer, with a reference for every deliverable that stands in a row.
PaperTable paper_table(Writer& w, const Table& table) {
  PaperTable result{
      table.rows.size() > most_table_rows ? fmt::format("The first {} of {}", most_table_rows, table.rows.size()) : std::string(),
      {},
      {},
      {}};
  double sum = 0;
  std::vector<Column> columns = table.columns;
  std::erase_if(columns, [](const Column& c) { return c.format == Column::Format::score; });  // The tables of diff have them.
  for (const Column& c : columns) {
    result.columns.push_back(c.label);
    const double width = c.format == Column::Format::title || c.key == "why" ? 3 : 1.3;
    result.widths.push_back(width);
    sum += width;
  }
  for (double& width : result.widths) width /= sum;
  for (std::size_t i = 0; i < std::min(most_table_rows, table.rows.size()); ++i) {
    const Value& row = table.rows[i];
    PaperTable::Row cells;
    for (const Column& c : columns) {
      const Value& value = c.member.empty() ? row[c.key] : row[c.key][c.member];
      Run run{text_of(value)};
      if (i < table.cites.size() && table.cites[i] && run.text == w.graph().node(*table.cites[i]).id)
        run.cites = {w.cite(*table.cites[i])};
      cells.cells.push_back(cell(Prose{std::move(run)}));
    }
    result.rows.push_back(std::move(cells));
  }
  return result;
}

}  // namespace

Paper draft_follow_up(const Graph& graph, const Params& params, const DraftRequest& request) {
  if (request.before == nullptr)
    throw Error(ErrorCode::usage, "", "a follow-up needs an earlier state: --since MAP|TAG, or --from DATE");
  if (request.before->params.as_of > params.as_of)
    throw Error(ErrorCode::usage, "--from",
                fmt::format("{} does not lie before {}", to_string(request.before->params.as_of), to_string(params.as_of)));
  Standing after{"now", &graph, params};
  after.params.evidence = true;
  const Result changes = query_diff(*request.before, after);
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  Writer w(s, params, "follow-up", !request.title.empty() ? request.title : fmt::format("Follow-up: {}", changes.title));
  PaperTable table;
  table.widths = {0.26, 0.74};
  table.rows.push_back(form_row("meeting", "Meeting", {{blank("meeting, place and date")}}));
  table.rows.push_back(form_row("author", "Prepared by", {{blank("name, affiliation")}}));
  w.table(std::move(table));
  w.heading(1, "summary", "What changed");
  for (const std::string& line : changes.summary) w.item({{line}});
  for (const Table& t : changes.tables) {
    if (t.rows.empty()) continue;
    w.heading(2, t.name, t.caption.empty() ? t.name : t.caption);
    w.table(paper_table(w, t));
  }
  if (params.scope) {
    const Ways ways = find_ways(s, params);
    w.heading(1, "next", fmt::format("What is next for {}", graph.node(*params.scope).id));
    PaperTable next{"The first ways forward, as of now",
                    {"Rank", "Way forward", "About", "Who", "By when"},
                    {0.08, 0.17, 0.41, 0.17, 0.17},
                    {}};
    for (std::size_t i = 0; i < std::min(most_ways, ways.list.size()); ++i) {
      next.rows.push_back({"",
                           {cell(std::to_string(i + 1)), cell(std::string(name_of(ways.list[i].action))),
                            cell(ways.list[i].title), cell(Prose{blank("name")}), cell(Prose{blank("date")})}});
    }
    if (next.rows.empty())
      w.paragraph("No gap calls for action.");
    else
      w.table(std::move(next));
  }
  return w.done();
}

}  // namespace lacuna
