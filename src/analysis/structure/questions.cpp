// The table of questions, and what they share.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {

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

namespace {

/// Row by row: what it says, and the needs that it speaks of down to links and dates.
void explain_rows(Result& result, const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);
  const auto add_need = [&](Reason& reason, const Value& id) {
    const std::string* name = id.if_text();
    const std::vector<NodeId> found = name == nullptr ? std::vector<NodeId>() : graph.named(*name);
    if (found.size() == 1 && is_need(graph.node(found.front()).kind)) {
      reason.because.push_back(reason_of(situation, params, found.front(), situation.coverage(found.front(), scope)));
    }
  };
  for (Table& table : result.tables) {
    for (Value& row : table.rows) {
      // The first column names what the row is about.
      const Value& subject = row[table.columns.front().key];
      const std::string* name = subject.if_text();
      const std::string* why = row["why"].if_text();
      Reason reason{fmt::format("{}{}", name != nullptr ? *name + ": " : std::string(), why != nullptr ? *why : table.name)};
      add_need(reason, row["need"]);
      add_need(reason, row["node"]);
      if (const auto* needs = row["needs"].if_array()) {
        for (const Value& need : *needs) add_need(reason, need.if_text() != nullptr ? need : need["id"]);
      }
      row.set("explanation", reason_value(reason));
    }
  }
}

}  // namespace

Result query_structure(const Question& question, const Graph& graph, const Params& params) {
  if (!params.explain) return question.ask(graph, params);
  Params with_evidence = params;  // It names the needs.
  with_evidence.evidence = true;
  Result result = question.ask(graph, with_evidence);
  explain_rows(result, graph, params);
  return result;
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
    result.push_back({link.from, *state, verdict(link.degree, *state, suspect), contribution(profile, link.degree, *state, suspect)});
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

CoverageState uncovered_state(const Situation& situation, NodeId need) {
  return situation.graph().searches_for(need).empty() ? CoverageState::unknown : CoverageState::confirmed_gap;
}

Result structure_result(std::string_view question, std::string title, const Situation& situation, const Params& params) {
  Result result;
  result.schema = "structure-1";
  result.title = std::move(title);
  result.head.emplace_back("question", question);
  for (auto& member : head_of(situation, params)) result.head.push_back(std::move(member));
  result.summary = notes_of(situation, params);
  return result;
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
