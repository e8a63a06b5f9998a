#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// What a link says to a reader who stands at one of its ends.
std::string_view phrase(Relation relation, bool outgoing) {
  switch (relation) {
    case Relation::part_of: return outgoing ? "is part of" : "has part";
    case Relation::discusses: return outgoing ? "discusses" : "is discussed in";
    case Relation::serves: return outgoing ? "serves" : "is served by";
    case Relation::needs: return outgoing ? "needs" : "is needed by";
    case Relation::counters: return outgoing ? "counters" : "is countered by";
    case Relation::faces: return outgoing ? "faces" : "is faced by";
    case Relation::covers: return outgoing ? "covers" : "is covered by";
    case Relation::mentions: return outgoing ? "mentions" : "is mentioned by";
    case Relation::develops: return outgoing ? "develops" : "is developed by";
    case Relation::works_on: return outgoing ? "works on" : "is worked on by";
    case Relation::liaises_with: return "liaises with";
    case Relation::supersedes: return outgoing ? "supersedes" : "is superseded by";
    case Relation::amends: return outgoing ? "amends" : "is amended by";
    case Relation::adopts: return outgoing ? "adopts" : "is adopted by";
    case Relation::references: return outgoing ? "references" : "is referenced by";
  }
  return "";
}

std::string_view reason(CoverageState state) { return words<CoverageState>()[static_cast<std::size_t>(state)].meaning; }

void explain_need(const Situation& situation, const Scope& scope, NodeId need, Result& result) {
  const Coverage coverage = situation.coverage(need, scope);
  Value value = Value::object();
  value.set("state", name_of(coverage.state)).set("meaning", reason(coverage.state)).set("score", rounded(coverage.score));
  std::string factors;
  for (const Evidence& e : coverage.evidence) factors += fmt::format("{}(1 − {:.2f})", factors.empty() ? "" : " × ", e.contribution);
  const std::string arithmetic = coverage.evidence.empty() ? "no evidence" : fmt::format("1 − {} = {:.2f}", factors, coverage.score);
  value.set("arithmetic", arithmetic);
  value.set("evidence", evidence_values(situation, coverage.evidence));
  value.set("searches", search_values(situation.graph(), need));
  result.head.emplace_back("coverage", std::move(value));
  result.summary.push_back(fmt::format("State: {} — {}", name_of(coverage.state), reason(coverage.state)));
  if (coverage.evidence.empty()) {
    result.summary.push_back(fmt::format("Why: {}", search_text(situation.graph(), need)));
  } else {
    result.summary.push_back(fmt::format("Why: {}", evidence_texts(situation, coverage.evidence, 5)));
    result.summary.push_back(fmt::format("Score: {} (degree × maturity of each, profile \"{}\")", arithmetic, situation.profile().name));
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
  result.summary.push_back(now == nullptr ? fmt::format("State: did not exist, as far as the map knows, on {}", to_string(situation.as_of()))
                                          : fmt::format("State: {} — {}", name_of(now->state), now->basis));
  result.summary.push_back(fmt::format("Life: {}", join(steps, "; ")));
}

}  // namespace

Result query_show(const Graph& graph, const Params& params) {
  const NodeId id = params.subject.value();
  const Node& node = graph.node(id);
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);

  Result result;
  result.schema = "show-1";
  result.title = fmt::format("{} — {}", node.id, node.title);
  result.head = head_of(situation, params);
  result.head.emplace_back("node", about_value(graph, id));

  std::string first = fmt::format("{} · as of {}", name_of(node.kind), to_string(situation.as_of()));
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
  for (const auto& [name, value] : node.attributes) {
    if (const auto* text = value.if_text()) result.summary.push_back(fmt::format("{}: {}", name, *text));
    if (const auto* number = value.if_integer()) result.summary.push_back(fmt::format("{}: {}", name, *number));
  }
  if (!node.address.empty()) result.summary.push_back(node.address);
  if (!node.source.empty()) {
    std::string seen = node.source.name;
    if (!node.source.address.empty()) seen += fmt::format("{}{}", seen.empty() ? "" : ", ", node.source.address);
    if (node.source.seen) seen += fmt::format("{}seen {}", seen.empty() ? "" : ", ", to_string(*node.source.seen));
    result.summary.push_back(fmt::format("Source: {}", seen));
  }

  if (is_need(node.kind)) {
    if (!situation.exists(id)) result.summary.push_back(fmt::format("Not on the map on {}: it was described later, or had ended", to_string(situation.as_of())));
    explain_need(situation, scope, id, result);
  } else if (node.kind == Kind::deliverable) {
    explain_deliverable(situation, id, result);
  } else if (node.kind == Kind::objective || node.kind == Kind::topic || node.kind == Kind::session) {
    const Tally t = tally(situation, needs_behind(situation, id), scope);
    Value value = Value::object();
    value.set("needs", t.needs).set("states", tally_value(t)).set("score", t.needs == 0 ? Value() : Value(rounded(t.score)));
    result.head.emplace_back("coverage", std::move(value));
    result.summary.push_back(t.needs == 0 ? "Coverage: no needs stand behind it"
                                          : fmt::format("Coverage: score {:.2f} over {}: {}", t.score, count_of(t.needs, "need"), tally_text(t)));
  }

  using enum Column::Format;
  Table links{"links", "", {{"phrase", "relation", text}, {"id", "node", text}, {"title", "title", text}, {"state", "state", state}, {"note", "note", text}}, {}};
  const auto add = [&](LinkId l, bool outgoing) {
    const Edge& e = graph.edge(l);
    const NodeId other = outgoing ? e.to : e.from;
    const Node& o = graph.node(other);
    Value row = Value::object();
    row.set("relation", name_of(e.relation)).set("direction", outgoing ? "out" : "in").set("phrase", phrase(e.relation, outgoing));
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
    if (!t.rationale.empty()) note.push_back(t.rationale);
    row.set("note", join(note, ": "));
    if (e.relation == Relation::covers) row.set("degree", name_of(e.degree)).set("suspect", situation.suspect(l));
    add_link(row, graph, l);
    links.rows.push_back(std::move(row));
  };
  for (const LinkId l : graph.out(id)) add(l, true);
  for (const LinkId l : graph.in(id)) add(l, false);
  result.tables.push_back(std::move(links));
  return result;
}

}  // namespace lacuna
