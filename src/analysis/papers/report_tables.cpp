// The tables behind a report: coverage of every need, gaps, ways forward, deliverables that count, searches.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/coverage_matrix.hpp"
#include "base/text.hpp"
#include "lacuna/draft.hpp"

namespace lacuna {
namespace {

/// Columns by which a reader filters: the kind of each need, the objectives that it serves and the topics that it is part of.
void add_places(Table& table, const Situation& s, const std::vector<NodeId>& needs) {
  const Graph& graph = s.graph();
  const auto names = [&](NodeId need, Relation relation, Kind of) {
    std::vector<std::string> list;
    for (const LinkId l : graph.out(need, relation)) {
      const Node& other = graph.node(graph.edge(l).to);
      if (s.counts(l) && other.kind == of) list.push_back(of == Kind::topic ? other.title : other.id);
    }
    return join(list, ", ");
  };
  for (std::size_t i = 0; i < needs.size(); ++i) {
    table.rows[i].set("objectives", names(needs[i], Relation::serves, Kind::objective));
    table.rows[i].set("topics", names(needs[i], Relation::part_of, Kind::topic));
  }
  const auto title = std::ranges::find(table.columns, "title", &Column::key);
  constexpr Column::Format text = Column::Format::text;
  table.columns.insert(title == table.columns.end() ? title : title + 1,
                       {{"kind", "kind of need", text}, {"objectives", "objectives", text}, {"topics", "topics", text}});
}

/// Coverage of every need. With a scope, the state in it stands beside that by all, and every group that covers much has a
/// column: the session sees everybody.
Result coverage_of_needs(const Graph& graph, const MatrixParams& params) {
  MatrixParams everybody = params;
  everybody.scope.reset();
  CoverageMatrix matrix = coverage_matrix(graph, everybody);
  const Situation s = matrix.situation();
  std::vector<NodeId> needs;
  for (const MatrixRow& row : matrix.rows()) needs.push_back(row.node);
  Result result = coverage_answer(matrix, params);
  Table& table = result.tables.emplace_back(coverage_table(std::move(matrix), everybody));
  if (params.scope) {
    const Scope scope = scope_of(graph, params);
    for (std::size_t i = 0; i < needs.size(); ++i) table.rows[i].set("state_in_scope", name_of(s.state_of(needs[i], scope)));
    const auto state = std::ranges::find(table.columns, "state", &Column::key);
    state->label = "state anywhere";
    table.columns.insert(state, {"state_in_scope", "state in " + graph.node(*params.scope).id, Column::Format::state});
  }
  add_places(table, s, needs);
  return result;
}

}  // namespace

Result query_report(const Graph& graph, const Params& params) {
  MatrixParams asked{params, Kind::requirement, {}};
  asked.limit = 0;
  asked.explain = false;
  Result result = coverage_of_needs(graph, asked);
  result.schema = "report-1";
  result.title = fmt::format("Coverage and gaps{}", graph.info().title.empty() ? "" : ": " + graph.info().title);
  result.tables.front().name = "coverage";
  result.tables.front().caption = "Coverage of every need";
  const auto take = [&](Result other, std::string name, std::string caption) {
    for (const std::string& line : other.summary) {
      if (std::ranges::find(result.summary, line) == result.summary.end()) result.summary.push_back(line);
    }
    Table table = std::move(other.tables.front());
    table.name = std::move(name);
    table.caption = std::move(caption);
    result.tables.push_back(std::move(table));
  };
  take(query_gaps(graph, asked), "gaps", "Gaps, by rank");
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  if (params.scope) take(query_suggest(graph, asked), "ways_forward", "Ways forward, best first");
  using enum Column::Format;
  const std::vector<NodeId> needs = selected_needs(s, params);
  Table deliverables{"deliverables",
                     "Deliverables that cover or mention a need",
                     {{"id", "deliverable", text},
                      {"title", "title", title},
                      {"groups", "groups", text},
                      {"state", "state", text},
                      {"since", "since", text},
                      {"covers", "covers", text},
                      {"mentions", "mentions", text},
                      {"address", "address", text}},
                     {}};
  std::size_t on_map = 0;
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    const Milestone* now = s.milestone(d);
    if (now == nullptr) continue;
    ++on_map;
    std::vector<std::string> covers;
    std::vector<std::string> mentions;
    for (const Relation relation : {Relation::covers, Relation::mentions}) {
      for (const LinkId l : graph.out(d, relation)) {
        const Edge& e = graph.edge(l);
        if (!s.counts(l) || !std::ranges::binary_search(needs, e.to)) continue;
        if (relation == Relation::covers)
          covers.push_back(fmt::format("{} {}", graph.node(e.to).id, name_of(e.degree)));
        else
          mentions.push_back(graph.node(e.to).id);
      }
    }
    if (covers.empty() && mentions.empty()) continue;
    Value row = node_value(graph, d);
    row.set("groups", developers(graph, d))
        .set("state", name_of(now->state))
        .set("since", day_value(now->day))
        .set("covers", join(covers, ", "))
        .set("mentions", join(mentions, ", "))
        .set("address", graph.node(d).address);
    deliverables.rows.push_back(std::move(row));
  }
  deliverables.caption = fmt::format("The {} of {} on the map on that day that cover or mention a need; the others do not",
                                     deliverables.rows.size(), count_of(on_map, "deliverable"));
  result.tables.push_back(std::move(deliverables));
  Table searches{"searches",
                 "Search records",
                 {{"id", "search", text},
                  {"by", "by", text},
                  {"on", "on", text},
                  {"needs", "needs", number},
                  {"catalogues", "catalogues", text}},
                 {}};
  for (const SearchRecord& search : graph.searches()) {
    std::vector<std::string> names;
    for (const SearchedCatalogue& c : search.record.catalogues) names.push_back(c.name);
    Value row = Value::object();
    row.set("id", search.record.id)
        .set("by", search.record.by)
        .set("on", to_string(search.record.on))
        .set("needs", search.needs.size())
        .set("catalogues", join(names, ", "));
    searches.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(searches));
  return result;
}

}  // namespace lacuna
