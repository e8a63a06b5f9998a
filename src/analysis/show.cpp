#include <fmt/format.h>

#include <algorithm>

#include "analysis/attribute_text.hpp"
#include "analysis/explain.hpp"
#include "analysis/show_group.hpp"
#include "analysis/show_objective.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

std::string_view reason(CoverageState state) { return word_of(state).meaning; }

void explain_need(const Situation& situation, const Scope& scope, NodeId need, Result& result) {
  const Coverage coverage = situation.coverage(need, scope);
  Value value = Value::object();
  value.set("state", name_of(coverage.state)).set("meaning", reason(coverage.state)).set("score", rounded(coverage.score));
  const std::string arithmetic = score_arithmetic(coverage);
  value.set("arithmetic", arithmetic);
  value.set("evidence", evidence_values(situation, coverage.evidence));
  value.set("searches", search_values(situation.graph(), need));
  result.head.emplace_back("coverage", std::move(value));
  const std::string counted =
      scope.group() ? fmt::format(" (counting texts of {} alone)", situation.graph().node(*scope.group()).id) : std::string();
  result.summary.push_back(fmt::format("State: {} — {}{}", name_of(coverage.state), reason(coverage.state), counted));
  if (coverage.evidence.empty()) {
    result.summary.push_back(fmt::format("Why: {}", search_text(situation.graph(), need)));
  } else {
    result.summary.push_back(fmt::format("Why: {}", evidence_texts(situation, coverage.evidence, 5)));
    result.summary.push_back(
        fmt::format("Score: {} (degree × maturity of each, profile \"{}\")", arithmetic, situation.profile().name));
  }
}

void explain_deliverable(const Situation& situation, NodeId deliverable, Result& result) {
  Value life = Value::array();
  std::vector<std::string> steps;
  for (const Milestone& m : situation.graph().life(deliverable)) {
    Value step = Value::object();
    step.set("day", day_value(m.day)).set("state", name_of(m.state)).set("basis", m.basis);
    life.push(std::move(step));
    steps.push_back(m.basis);
  }
  const Milestone* now = situation.milestone(deliverable);
  result.head.emplace_back("state", now == nullptr ? Value() : Value(name_of(now->state)));
  result.head.emplace_back("life", std::move(life));
  result.summary.push_back(now == nullptr
                               ? fmt::format("State: did not exist, as far as the map knows, on {}", to_string(situation.as_of()))
                               : fmt::format("State: {} — {}", name_of(now->state), now->basis));
  result.summary.push_back(fmt::format("Life: {}", join(steps, "; ")));

  const Graph& graph = situation.graph();
  if (const std::string groups = developers(graph, deliverable); !groups.empty())
    result.summary.push_back(fmt::format("Developed by {}", groups));
  std::vector<NodeId> full;
  std::vector<NodeId> partial;
  std::vector<NodeId> objectives;
  for (const LinkId l : graph.out(deliverable, Relation::covers)) {
    const Edge& e = graph.edge(l);
    if (!situation.counts(l) || e.degree == Degree::none || !situation.exists(e.to)) continue;
    (e.degree == Degree::full ? full : partial).push_back(e.to);
    for (const LinkId s : graph.out(e.to, Relation::serves)) {
      if (situation.counts(s) && situation.exists(graph.edge(s).to)) objectives.push_back(graph.edge(s).to);
    }
  }
  sort_unique(full);
  sort_unique(partial);
  std::erase_if(partial, [&](NodeId need) { return std::ranges::binary_search(full, need); });
  sort_unique(objectives);
  const auto names = [&](const std::vector<NodeId>& nodes) {
    std::vector<std::string> list;
    for (const NodeId n : nodes) list.push_back(graph.node(n).id);
    return join(list, ", ");
  };
  std::vector<std::string> covers;
  if (!full.empty()) covers.push_back(fmt::format("{} in full", names(full)));
  if (!partial.empty()) covers.push_back(fmt::format("{} in part", names(partial)));
  result.summary.push_back(covers.empty() ? std::string("Covers no need of the map")
                                          : fmt::format("Covers {}{}", join(covers, "; "),
                                                        objectives.empty() ? "" : "; for objectives " + names(objectives)));
}

/// "X9002 (New trick)": what took the place of a need, by links that count; empty where nothing did.
std::string successors_text(const Situation& situation, NodeId need) {
  const Graph& graph = situation.graph();
  std::vector<std::string> names;
  for (const LinkId l : graph.in(need, Relation::supersedes)) {
    const Node& later = graph.node(graph.edge(l).from);
    if (situation.counts(l)) names.push_back(fmt::format("{} ({})", later.id, later.title));
  }
  return join(names, ", ");
}

Value group_ids(const Graph& graph, NodeId deliverable) {
  Value list = Value::array();
  for (const NodeId g : graph.developers_of(deliverable)) list.push(graph.node(g).id);
  return list;
}

/// What of a topic or objective the texts of a group cover, beside what it declares.
std::string work_text(const Situation& situation, NodeId group, NodeId field) {
  const std::vector<NodeId> needs = needs_behind(situation, field);
  if (needs.empty()) return "no needs stand behind it";
  const Tally t = tally(situation, needs, Scope(situation.graph(), group));
  const auto of = [&](CoverageState s) { return t.by_state[s]; };
  const std::size_t live = of(CoverageState::covered) + of(CoverageState::partly_covered) + of(CoverageState::in_progress);
  return fmt::format("its texts cover {} of {}", live, count_of(needs.size(), "need"));
}

/// Other objectives behind which the same needs stand.
std::vector<std::string> twins_of(const Situation& situation, NodeId objective) {
  const Graph& graph = situation.graph();
  const std::vector<NodeId> own = needs_behind(situation, objective);
  std::vector<std::string> twins;
  if (own.empty()) return twins;
  for (const NodeId other : graph.of_kind(Kind::objective)) {
    if (other != objective && situation.exists(other) && needs_behind(situation, other) == own)
      twins.push_back(graph.node(other).id);
  }
  return twins;
}

}  // namespace

Result query_show(const Graph& graph, const Params& params, NodeId id) {
  const Node& node = graph.node(id);
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);

  Result result;
  result.schema = "show-1";
  result.title = fmt::format("{} — {}", node.id, node.title);
  result.head = head_of(situation, params);
  result.head.emplace_back("node", about_value(graph, id));

  std::string first = fmt::format("{} · {}", name_of(node.kind), moment_text(situation, params, "as of"));
  if (params.scope) first += fmt::format(" · scope: {}", graph.node(*params.scope).id);
  if (params.include_suggested) first += " · suggested links counted";
  result.summary.push_back(std::move(first));
  if (!node.text.empty()) result.summary.push_back(node.text);
  if (!node.aliases.empty()) result.summary.push_back(fmt::format("Also called: {}", join(node.aliases, ", ")));
  if (node.priority) result.summary.push_back(fmt::format("Priority: {} of 5", *node.priority));
  if (node.kind != Kind::deliverable && !node.dates.empty()) {
    std::vector<std::string> dates;
    for (const NodeDate& d : node.dates) dates.push_back(fmt::format("{} {}", d.what, to_string(d.date)));
    result.summary.push_back(fmt::format("Dates: {}", join(dates, ", ")));
  }
  std::ranges::move(attribute_sentences(node), std::back_inserter(result.summary));
  if (!node.address.empty()) result.summary.push_back(node.address);
  if (!node.source.empty()) {
    result.summary.push_back(fmt::format("Source: {}", source_text(node.source)));
  }

  if (is_need(node.kind)) {
    if (!situation.exists(id)) {
      std::string line = fmt::format("Not on the map on {}: it was described later, or had ended", to_string(situation.as_of()));
      if (const std::string later = successors_text(situation, id); !later.empty()) line += "; replaced by " + later;
      result.summary.push_back(std::move(line));
    }
    explain_need(situation, scope, id, result);
  } else if (node.kind == Kind::deliverable) {
    explain_deliverable(situation, id, result);
  } else if (node.kind == Kind::group) {
    add_group_brief(result, situation, params, find_group_brief(situation, params, id));
  } else if (node.kind == Kind::objective || node.kind == Kind::topic || node.kind == Kind::session) {
    const Tally t = tally(situation, needs_behind(situation, id), scope);
    Value value = Value::object();
    value.set("needs", t.needs).set("states", tally_value(t)).set("score", t.needs == 0 ? Value() : Value(rounded(t.score)));
    const std::vector<std::string> twins = node.kind == Kind::objective ? twins_of(situation, id) : std::vector<std::string>();
    value.set("same_needs", Value(Value::Array(twins.begin(), twins.end())));
    result.head.emplace_back("coverage", std::move(value));
    result.summary.push_back(
        t.needs == 0 && !graph.node(id).attribute("answered_by").empty()
            ? fmt::format("Answered by {}, not by needs", graph.node(id).attribute("answered_by"))
        : t.needs == 0 ? std::string("Coverage: no needs stand behind it")
                       : fmt::format("Coverage: score {:.2f} over {}: {}", t.score, count_of(t.needs, "need"), tally_text(t)));
    if (!twins.empty()) result.summary.push_back(fmt::format("The same needs stand behind {}", join(twins, ", ")));
    if (node.kind == Kind::objective) add_answer(result, situation, params, id);
  }

  if (params.explain) {
    Reason reason;
    if (is_need(node.kind)) {
      reason = reason_of(situation, params, id, situation.coverage(id, scope));
    } else if (node.kind == Kind::deliverable) {
      reason = life_reason(situation, params, id);
    } else if (node.kind == Kind::objective || node.kind == Kind::topic || node.kind == Kind::session) {
      reason = mean_reason(situation, params, id, needs_behind(situation, id), scope);
    } else {
      reason.says = fmt::format("{}: what the map says of it", node.id);
      for (const LinkId l : graph.out(id)) reason.because.push_back(reason_of(graph, l));
      for (const LinkId l : graph.in(id)) reason.because.push_back(reason_of(graph, l));
    }
    result.head.emplace_back("explanation", reason_value(reason));
  }

  using enum Column::Format;
  Table links{"links",
              result.tables.empty() ? "" : "Links:",
              {{"phrase", "relation", text},
               {"id", "node", text},
               {"title", "title", title},
               {"state", "state", state},
               {"note", "note", prose}},
              {}};
  const auto add = [&](LinkId l, bool outgoing) {
    const Edge& e = graph.edge(l);
    const NodeId other = outgoing ? e.to : e.from;
    const Node& o = graph.node(other);
    Value row = Value::object();
    row.set("relation", name_of(e.relation))
        .set("direction", outgoing ? "out" : "in")
        .set("phrase", phrase(e.relation, outgoing));
    row.set("id", o.id).set("kind", name_of(o.kind)).set("title", o.title);
    std::string state;
    if (is_need(o.kind)) state = name_of(situation.state_of(other, scope));
    if (o.kind == Kind::deliverable && situation.state(other)) state = name_of(*situation.state(other));
    row.set("state", state.empty() ? Value() : Value(state));
    const EdgeText& t = graph.text(l);
    std::vector<std::string> note;
    if (e.relation == Relation::covers) note.push_back(std::string(name_of(e.degree)));
    if (!situation.exists(other)) note.push_back("not yet there");
    if (e.status != Status::asserted) note.push_back(std::string(name_of(e.status)));
    if (e.questioned) note.push_back("suspect, " + t.questioned);
    if (e.relation == Relation::works_on && answer_of(graph.node(e.to)) == Answer::needs)
      note.push_back(work_text(situation, e.from, e.to));
    if (!t.rationale.empty()) note.push_back(t.rationale);
    row.set("note", join(note, ": "));
    if (e.relation == Relation::covers)
      row.set("degree", name_of(e.degree)).set("suspect", situation.suspect(l)).set("groups", group_ids(graph, e.from));
    add_link(row, graph, l);
    links.rows.push_back(std::move(row));
  };
  for (const LinkId l : graph.out(id)) add(l, true);
  for (const LinkId l : graph.in(id)) add(l, false);
  result.tables.push_back(std::move(links));
  return result;
}

}  // namespace lacuna
