#include "analysis/coverage_matrix.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_columns = 12;

/// Of a matrix with the scope of its first columns. A value by itself, but for the graph.
class RowMaker {
 public:
  RowMaker(CoverageMatrix matrix, Params params, Scope scope)
      : matrix_(std::move(matrix)), params_(std::move(params)), scope_(std::move(scope)) {}

  [[nodiscard]] std::size_t size() const { return matrix_.rows().size(); }

  [[nodiscard]] Value row(std::size_t number) const {
    const Situation& situation = matrix_.situation();
    const Graph& graph = situation.graph();
    const MatrixRow& r = matrix_.rows()[number];
    const bool single = matrix_.single();
    Value row = Value::object();
    row.set("id", graph.node(r.node).id).set("kind", name_of(graph.node(r.node).kind)).set("title", graph.node(r.node).title);
    row.set("depth", r.depth);
    if (single) {
      const Coverage coverage = situation.coverage(r.node, scope_);
      row.set("state", name_of(coverage.state)).set("score", rounded(coverage.score));
    } else {
      const Tally whole = tally(situation, r.needs, scope_);
      row.set("needs", whole.needs);
      for (const CoverageState s : all_of<CoverageState>()) row.set(name_of(s), whole.by_state[s]);
      row.set("score", whole.needs == 0 ? Value() : Value(rounded(whole.score)));
    }
    Value groups = Value::object();
    for (std::size_t c = 0; c < matrix_.columns().size(); ++c) {
      const MatrixCell cell = matrix_.cell(r, c);
      groups.set(matrix_.columns()[c].label, !single                 ? Value(cell.live())
                                             : !is_open(cell.best()) ? Value(name_of(cell.best()))
                                                                     : Value());
    }
    row.set("groups", std::move(groups));
    if (params_.explain) {
      row.set("explanation", reason_value(single ? reason_of(situation, params_, r.node, situation.coverage(r.node, scope_))
                                                 : mean_reason(situation, params_, r.node, r.needs, scope_)));
    }
    return row;
  }

 private:
  CoverageMatrix matrix_;
  Params params_;
  Scope scope_;
};

}  // namespace

CoverageState MatrixCell::best() const {
  for (const CoverageState s : all_of<CoverageState>()) {
    if (by_state[s] > 0) return s;
  }
  return CoverageState::unknown;
}

CoverageMatrix::CoverageMatrix(Situation situation, Kind by, std::vector<NodeId> needs, const std::vector<NodeId>& nodes,
                               std::vector<GroupColumn> columns)
    : situation_(std::move(situation)), by_(by), needs_(std::move(needs)), columns_(std::move(columns)) {
  const Graph& graph = situation_.graph();
  const Nesting nesting(graph);
  for (const GroupColumn& column : columns_) scopes_.emplace_back(graph, column.deliverables);
  if (single()) {
    for (const NodeId need : needs_) rows_.push_back({need, nesting.depth(need), {need}});
    return;
  }
  for (const NodeId id : graph.of_kind(by_)) {
    if (!nodes.empty() && std::ranges::find(nodes, id) == nodes.end()) continue;
    std::vector<NodeId> behind = needs_behind(situation_, id);
    std::erase_if(behind, [&](NodeId need) { return !std::ranges::binary_search(needs_, need); });
    rows_.push_back({id, nesting.depth(id), std::move(behind)});
  }
  std::ranges::stable_sort(rows_, {}, [&](const MatrixRow& row) { return nesting.rank(row.node); });
}

MatrixCell CoverageMatrix::cell(const MatrixRow& row, std::size_t column) const { return cell(row, scopes_[column]); }

MatrixCell CoverageMatrix::cell(const MatrixRow& row, const Scope& scope) const {
  MatrixCell cell;
  for (const NodeId need : row.needs) ++cell.by_state[situation_.state_of(need, scope)];
  return cell;
}

CoverageMatrix coverage_matrix(const Graph& graph, const MatrixParams& params) {
  Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  std::vector<NodeId> needs = selected_needs(situation, params);
  std::vector<GroupColumn> columns = group_columns(situation, needs, scope_of(graph, params), params.columns, most_columns);
  // A filter by objective or session leaves those objectives; others would stand there without the needs that they have.
  std::vector<NodeId> nodes;
  if (params.by == Kind::objective && params.objective)
    nodes = {*params.objective};
  else if (params.by == Kind::objective && params.session)
    nodes = objectives_of_session(situation, *params.session);
  return {std::move(situation), params.by, std::move(needs), nodes, std::move(columns)};
}

Result coverage_answer(const CoverageMatrix& matrix, const Params& params) {
  const Situation& situation = matrix.situation();
  Result result;
  result.schema = "coverage-1";
  result.title = "Coverage";
  result.head = head_of(situation, params);
  Value::Object& head = result.head;
  result.summary = notes_of(situation, params);
  const Tally all = tally(situation, matrix.needs(), scope_of(situation.graph(), params));
  result.summary.push_back(fmt::format("States: {}; priority-weighted score {:.2f}", tally_text(all), all.score));
  if (!matrix.single())
    result.summary.push_back("Group columns count the needs that the group covers in full, in part or with a draft.");
  head.emplace_back("states", tally_value(all));
  head.emplace_back("score", rounded(all.score));
  head.emplace_back("by", matrix.single() ? Value("need") : Value(name_of(matrix.by())));
  Value columns = Value::array();
  for (const GroupColumn& c : matrix.columns()) {
    Value column = Value::object();
    column.set("label", c.label).set("deliverables", c.deliverables.size());
    columns.push(std::move(column));
  }
  head.emplace_back("columns", std::move(columns));
  return result;
}

Table coverage_table(CoverageMatrix matrix, const Params& params) {
  using enum Column::Format;
  const bool single = matrix.single();
  Table table{"rows", "", {{"id", single ? "need" : std::string(name_of(matrix.by())), text}, {"title", "title", title}}, {}};
  if (single) {
    table.columns.push_back({"state", "state", state});
  } else {
    table.columns.push_back({"needs", "needs", number});
    for (const Word& w : words<CoverageState>()) table.columns.push_back({std::string(w.name), std::string(w.name), number});
  }
  table.columns.push_back({"score", "score", score});
  for (const GroupColumn& c : matrix.columns())
    table.columns.push_back(spare({"groups", c.label, single ? state : number, c.label}));
  const Scope scope = scope_of(matrix.situation().graph(), params);
  const RowMaker maker(std::move(matrix), params, scope);
  if (params.on_demand) {
    table.on_demand = {maker.size(), [maker](std::size_t i) { return maker.row(i); }};
  } else {
    for (std::size_t i = 0; i < maker.size(); ++i) table.rows.push_back(maker.row(i));
  }
  return table;
}

Result query_coverage(const Graph& graph, const MatrixParams& params) {
  CoverageMatrix matrix = coverage_matrix(graph, params);
  Result result = coverage_answer(matrix, params);
  result.tables.push_back(coverage_table(std::move(matrix), params));
  return result;
}

}  // namespace lacuna
