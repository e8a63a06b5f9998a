#include "analysis/explain.hpp"
#include "model/values.hpp"

namespace lacuna {

Result query_export(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result;
  result.schema = "export-1";
  result.title = graph.info().title;
  result.head = head_of(situation, params);
  if (!graph.info().about.empty()) result.head.emplace_back("about", graph.info().about);
  if (graph.info().date) result.head.emplace_back("map_date", to_string(*graph.info().date));
  result.head.emplace_back("states", tally_value(tally(situation, situation.needs())));

  const auto node_row = [situation](std::size_t i) {
    const Graph& graph = situation.graph();
    const NodeId id = static_cast<NodeId>(i);
    const Node& node = graph.node(id);
    Value row = about_value(graph, id);
    row.set("exists", situation.exists(id));
    if (is_need(node.kind)) {
      const Coverage coverage = situation.coverage(id);
      row.set("state", name_of(coverage.state)).set("score", rounded(coverage.score));
    } else if (node.kind == Kind::deliverable) {
      const Milestone* m = situation.milestone(id);
      row.set("state", m == nullptr ? Value() : Value(name_of(m->state)))
          .set("since", m == nullptr ? Value() : day_value(m->day));
      row.set("state_basis", m == nullptr ? Value() : Value(m->basis));
    }
    return row;
  };
  const auto link_row = [situation](std::size_t i) {
    const Graph& graph = situation.graph();
    const LinkId id = static_cast<LinkId>(i);
    const Edge& edge = graph.edge(id);
    Value row = Value::object();
    row.set("from", graph.node(edge.from).id).set("relation", name_of(edge.relation)).set("to", graph.node(edge.to).id);
    if (edge.relation == Relation::covers) {
      Value groups = Value::array();
      for (const NodeId g : graph.developers_of(edge.from)) groups.push(graph.node(g).id);
      row.set("degree", name_of(edge.degree)).set("suspect", situation.suspect(id)).set("groups", std::move(groups));
    }
    add_link(row, graph, id);
    return row;
  };
  Table nodes{"nodes", "", {}, {}};
  Table links{"links", "", {}, {}};
  if (params.on_demand) {
    nodes.on_demand = {graph.size(), node_row};
    links.on_demand = {graph.edges().size(), link_row};
  } else {
    for (std::size_t i = 0; i < graph.size(); ++i) nodes.rows.push_back(node_row(i));
    for (std::size_t i = 0; i < graph.edges().size(); ++i) links.rows.push_back(link_row(i));
  }

  Table searches{"searches", "", {}, {}};
  for (const SearchRecord& s : graph.searches()) searches.rows.push_back(search_value(s.record, true));
  result.tables = {std::move(nodes), std::move(links), std::move(searches)};
  return result;
}

}  // namespace lacuna
