// The table of questions, and what they share.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {

Result structure_bridges(const Graph& graph, const Params& params);
Result structure_critical(const Graph& graph, const Params& params);
Result structure_hanging(const Graph& graph, const Params& params);
Result structure_chains(const Graph& graph, const Params& params);
Result structure_fewest(const Graph& graph, const Params& params);

std::span<const Question> structure_questions() {
  static constexpr Question list[] = {
      {"bridges", "groups that hold communities of groups together, and pairs without a liaison", structure_bridges},
      {"critical", "deliverables whose withdrawal would open most gaps", structure_critical},
      {"hanging", "needs that hang on one draft, or on one published deliverable", structure_hanging},
      {"chains", "where the way from objective over use case and requirement to a deliverable breaks", structure_chains},
      {"fewest", "the fewest new work items, and the fewest groups to write to, that close the gaps", structure_fewest},
  };
  return list;
}

Inquiry::Inquiry(const Graph& asked, const Params& as)
    : graph(asked),
      params(as),
      situation(graph, *params.profile, params.as_of, params.include_suggested),
      scope(scope_of(graph, params)),
      needs(selected_needs(situation, params)) {}

Result Inquiry::answer(std::string_view question, std::string title) const {
  Result result;
  result.schema = "structure-1";
  result.title = std::move(title);
  result.head.emplace_back("question", question);
  for (auto& member : head_of(situation, params)) result.head.push_back(std::move(member));
  result.summary = notes_of(situation, params);
  return result;
}

void Inquiry::explain(Value& row, std::string_view about, std::string_view why, std::span<const NodeId> about_needs) const {
  if (!params.explain) return;
  Reason reason{fmt::format("{}{}{}", about, about.empty() ? "" : ": ", why)};
  for (const NodeId need : about_needs) {
    if (is_need(graph.node(need).kind))
      reason.because.push_back(reason_of(situation, params, need, situation.coverage(need, scope)));
  }
  row.set("explanation", reason_value(reason));
}

std::vector<Support> supports_of(const Situation& situation, NodeId need, const Scope& scope) {
  const Graph& graph = situation.graph();
  const Profile& profile = situation.profile();
  std::vector<Support> result;
  for (const LinkId l : graph.in(need, Relation::covers)) {
    const Edge& link = graph.edge(l);
    if (link.degree == Degree::none || !situation.counts(l) || !scope.has(link.from)) continue;
    const auto state = situation.state(link.from);
    if (!state) continue;
    const bool suspect = situation.suspect(l);
    result.push_back(
        {link.from, *state, verdict(link.degree, *state, suspect), contribution(profile, link.degree, *state, suspect)});
  }
  // Several verdicts on one deliverable: the best of each kind speaks.
  std::ranges::stable_sort(result, {}, &Support::deliverable);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < result.size(); ++i) {
    if (kept > 0 && result[kept - 1].deliverable == result[i].deliverable) {
      result[kept - 1].alone = std::min(result[kept - 1].alone, result[i].alone);
      result[kept - 1].contribution = std::max(result[kept - 1].contribution, result[i].contribution);
    } else {
      result[kept++] = result[i];
    }
  }
  result.resize(kept);
  return result;
}

CoverageState uncovered_state(const Situation& situation, NodeId need, const Scope& scope) {
  const auto of_others = [&](const Support& s) { return s.live() && !scope.has(s.deliverable); };
  const bool elsewhere = !scope.everything() && std::ranges::any_of(supports_of(situation, need), of_others);
  return elsewhere ? CoverageState::elsewhere : situation.graph().uncovered_state(need);
}

std::string names_text(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t most) {
  std::vector<std::string> names;
  // "and 1 more" would take as much room as the name.
  const std::size_t told = nodes.size() <= most + 1 ? nodes.size() : most;
  for (std::size_t i = 0; i < told; ++i) names.push_back(graph.node(nodes[i]).id);
  return join(names, ", ") + (told < nodes.size() ? fmt::format(" and {} more", nodes.size() - told) : "");
}

Value id_values(const Graph& graph, const std::vector<NodeId>& nodes) {
  Value list = Value::array();
  for (const NodeId id : nodes) list.push(graph.node(id).id);
  return list;
}

Value node_values(const Graph& graph, const std::vector<NodeId>& nodes) {
  Value list = Value::array();
  for (const NodeId id : nodes) list.push(node_value(graph, id));
  return list;
}

}  // namespace lacuna
