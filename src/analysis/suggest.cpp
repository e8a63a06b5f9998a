// suggest: ways forward for a group, ranked, and everything that a proposal must say.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/sensitivity.hpp"
#include "analysis/shared_words.hpp"
#include "analysis/ways/proposal.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

Value statement_value(const Graph& graph, const Claim& statement) {
  Value value = Value::object();
  Value sources = Value::array();
  for (const auto& source : statement.sources) {
    const NodeId* node = std::get_if<NodeId>(&source);
    sources.push(node != nullptr ? graph.node(*node).id : std::get<const NearDocument*>(source)->identifier);
  }
  value.set("says", statement.says).set("sources", std::move(sources));
  return value;
}

Value statement_values(const Graph& graph, const std::vector<Claim>& statements) {
  Value list = Value::array();
  for (const Claim& s : statements) list.push(statement_value(graph, s));
  return list;
}

Value addressee_values(const Graph& graph, const std::vector<Addressee>& addressees) {
  Value list = Value::array();
  for (const Addressee& to : addressees) {
    Value one = Value::object();
    one.set("id", graph.node(to.group).id)
        .set("for", to.action ? "action" : "information")
        .set("why", statement_value(graph, to.why));
    list.push(std::move(one));
  }
  return list;
}

Value near_value(const NearDocument& near) {
  Value value = Value::object();
  value.set("identifier", near.identifier)
      .set("title", near.title)
      .set("group", near.group)
      .set("address", near.address)
      .set("source", near.source);
  value.set("state", near.state ? Value(name_of(*near.state)) : Value())
      .set("since", near.since ? Value(to_string(*near.since)) : Value());
  value.set("nearness", name_of(near.closeness.nearness))
      .set("degree", rounded(near.overlap.degree))
      .set("words", words_text(near.overlap.shared, 8));
  return value;
}

Value plan_value(const Graph& graph, const WayForward& way, const WorkItemPlan& plan) {
  Value value = Value::object();
  value.set("title_why", way.title_why).set("type", plan.type).set("type_why", plan.type_why);
  Value places = Value::array();
  for (const Place& p : plan.places) {
    Value place = node_value(graph, p.group);
    place.set("degree", rounded(p.degree)).set("words", p.words);
    places.push(std::move(place));
  }
  value.set("places", std::move(places));
  Value bases = Value::array();
  for (const NodeId d : plan.base_texts) bases.push(graph.node(d).id);
  value.set("base_texts", std::move(bases)).set("liaisons", addressee_values(graph, plan.addressees));
  Value timing = Value::object();
  timing.set("works", plan.timing.works).set("says", plan.timing.says);
  if (plan.timing.works >= Timing::enough)
    timing.set("median", rounded(plan.timing.median))
        .set("lower", rounded(plan.timing.lower))
        .set("upper", rounded(plan.timing.upper));
  value.set("timing", std::move(timing));
  value.set("scope", statement_values(graph, plan.scope))
      .set("summary", statement_values(graph, plan.summary))
      .set("risks", statement_values(graph, plan.risks));
  Value near = Value::array();
  for (const NearDocument& d : way.near) near.push(near_value(d));
  value.set("near", std::move(near));
  return value;
}

/// What a proposal says, as a branch of the explanation.
Reason plan_reason(const Graph& graph, const WayForward& way, const WorkItemPlan& plan) {
  Reason reason{"proposal: " + way.title};
  reason.because.push_back({"title: " + way.title_why});
  reason.because.push_back({fmt::format("type: {}: {}", plan.type, plan.type_why)});
  if (plan.places.empty()) reason.because.push_back({"place: no group inside has a mandate that shares words with it"});
  for (const Place& p : plan.places)
    reason.because.push_back(
        {fmt::format("place: {}, {} ({:.2f}; {})", graph.node(p.group).id, graph.node(p.group).title, p.degree, p.words)});
  for (const Claim& s : plan.scope) reason.because.push_back({"scope: " + s.says});
  for (const NodeId d : plan.base_texts)
    reason.because.push_back({fmt::format("base text: {}, {}", graph.node(d).id, graph.node(d).title)});
  for (const Addressee& to : plan.addressees)
    reason.because.push_back(
        {fmt::format("liaison for {}: {}: {}", to.action ? "action" : "information", graph.node(to.group).id, to.why.says)});
  reason.because.push_back({"timing: " + plan.timing.says});
  for (const Claim& s : plan.risks) reason.because.push_back({"risk: " + s.says});
  return reason;
}

Value build_on_value(const Situation& situation, const Backing& support) {
  const Graph& graph = situation.graph();
  const Node& node = graph.node(support.deliverable);
  Value b = Value::object();
  b.set("id", node.id).set("title", node.title).set("groups", developers(graph, support.deliverable));
  b.set("state", name_of(*situation.state(support.deliverable))).set("says", support.says);
  if (!node.address.empty()) b.set("address", node.address);
  return b;
}

}  // namespace

Result query_suggest(const Graph& graph, const Params& params, std::size_t rank) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Ways found = find_ways(situation, params);
  const std::vector<WayForward>& ways = found.list;
  const Planner planner(situation, params);
  const std::string& group = graph.node(*params.scope).id;
  const Scope scope = scope_of(graph, params);

  Result result;
  result.schema = "suggest-1";
  result.title = fmt::format("Ways forward for {}", group);
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  if (!situation.exists(*params.scope)) {
    const auto acts = addressee(situation, *params.scope);
    result.summary.push_back(
        acts ? fmt::format("What follows is what it could have done; {}, of which it is part, can act: --for \"{}\"",
                           graph.node(*acts).id, graph.node(*acts).id)
             : std::string("What follows is what it could have done; name a group that can act with --for"));
  }
  Value counts = Value::object();
  std::vector<std::string> count_texts;
  for (std::size_t a = 0; a < words<Action>().size(); ++a) {
    const auto n = static_cast<std::size_t>(std::ranges::count(ways, static_cast<Action>(a), &WayForward::action));
    counts.set(words<Action>()[a].name, n);
    if (n > 0) count_texts.push_back(fmt::format("{} {}", n, words<Action>()[a].name));
  }
  result.head.emplace_back("counts", std::move(counts));
  Value weights = Value::object();
  for (std::size_t c = 0; c < words<Component>().size(); ++c) weights.set(words<Component>()[c].name, params.profile->rank[c]);
  result.head.emplace_back("weights", std::move(weights));
  if (rank > ways.size())
    throw Error(ErrorCode::not_found, "",
                fmt::format("there is no way forward number {}: {} for {}", rank,
                            ways.size() == 1 ? "there is one" : fmt::format("there are {}", ways.size()), group));
  const std::size_t first = rank == 0 ? 0 : rank - 1;
  const std::size_t shown = rank != 0 ? rank : params.limit == 0 ? ways.size() : std::min(params.limit, ways.size());
  std::string line =
      fmt::format("{}{}{}", count_of(ways.size(), "way") + " forward", ways.empty() ? "" : ": ", join(count_texts, ", "));
  if (rank != 0)
    line += fmt::format("; number {} follows", rank);
  else if (shown < ways.size())
    line += shown == 1 ? "; the first follows" : fmt::format("; the first {} follow", shown);
  result.summary.push_back(std::move(line));
  if (found.left_out > 0) {
    result.summary.push_back(fmt::format(
        "Only the first {} gaps by rank that call for new work were grouped; {} were left out (profile: grouping.pool)",
        params.profile->grouping_pool, found.left_out));
  }
  result.summary.push_back(fmt::format(
      "Score: the components' mean, weighted by profile \"{}\"; \"lacuna suggest --format json\" gives the reason for each.",
      params.profile->name));

  using enum Column::Format;
  Table table{
      "ways_forward",
      "",
      {{"rank", "#", number}, {"score", "score", score}, {"action", "way forward", text}, {"title", "about", title, {}, 100}},
      {}};
  for (const Word& w : words<Component>()) table.columns.push_back(spare({std::string(w.name), std::string(w.name), score}, 2));
  table.columns.push_back({"needs", "needs", list});
  table.columns.push_back({"liaise_with", "liaise with", list});
  table.columns.push_back(spare({"build_on", "build on", list}));
  for (std::size_t i = first; i < shown; ++i) {
    const WayForward& way = ways[i];
    Value row = Value::object();
    row.set("rank", i + 1).set("score", rounded(way.score)).set("action", name_of(way.action)).set("title", way.title);
    row.set("target", way.target ? node_value(graph, *way.target) : Value());
    for (std::size_t c = 0; c < way.components.size(); ++c)
      row.set(words<Component>()[c].name, way.components[c] ? Value(rounded(*way.components[c])) : Value());
    Value reasons = Value::object();
    for (std::size_t c = 0; c < way.reasons.size(); ++c) reasons.set(words<Component>()[c].name, way.reasons[c]);
    row.set("reasons", std::move(reasons));
    Value needs = Value::array();
    for (const NodeId need : way.needs) {
      Value n = node_value(graph, need);
      if (is_need(graph.node(need).kind)) {
        n.set("state_in_scope", name_of(situation.state_of(need, scope)));
        n.set("state_anywhere", name_of(situation.state_of(need)));
      }
      needs.push(std::move(n));
    }
    row.set("needs", std::move(needs));
    Value gaps = Value::array();
    for (const Gap* gap : way.gaps) {
      Value g = Value::object();
      g.set("kind", name_of(gap->kind)).set("subject", graph.node(gap->subject).id);
      if (gap->other) g.set("other", graph.node(*gap->other).id);
      g.set("severity", rounded(gap->severity)).set("why", gap->why);
      gaps.push(std::move(g));
    }
    row.set("gaps", std::move(gaps));
    Value liaise = Value::array();
    for (const auto& [g, texts] : way.liaise_with) {
      Value l = Value::object();
      l.set("id", graph.node(g).id).set("texts", texts);
      liaise.push(std::move(l));
    }
    row.set("liaise_with", std::move(liaise));
    Value build = Value::array();
    constexpr std::size_t most_texts = 8;
    const std::size_t texts = std::min(most_texts, way.texts.size());
    for (std::size_t t = 0; t < texts; ++t) build.push(build_on_value(situation, way.texts[t]));
    row.set("build_on", std::move(build)).set("more_texts", way.texts.size() - texts);
    Reason reason;
    if (params.explain) reason = reason_of(situation, params, way);
    if (way.action == Action::new_work_item) {
      const WorkItemPlan plan = planner.plan(way);
      // What is proposed, then why.
      if (params.explain) reason.because.insert(reason.because.begin(), plan_reason(graph, way, plan));
      row.set("proposal", plan_value(graph, way, plan));
    } else {
      const std::vector<Claim> steps = planner.steps(way);
      Reason to_do{"what to do"};
      for (const Claim& step : steps) to_do.because.push_back({step.says});
      if (params.explain && !steps.empty()) reason.because.insert(reason.because.begin(), std::move(to_do));
      row.set("steps", statement_values(graph, steps)).set("liaisons", addressee_values(graph, planner.addressees(way)));
    }
    if (params.explain) row.set("explanation", reason_value(reason));
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

Result query_suggest_sensitivity(const Graph& graph, const Params& params) {
  const auto rank = [&](const Profile& profile) {
    const Situation situation(graph, profile, params.as_of, params.include_suggested);
    std::vector<RankedRow> ranking;
    const Ways found = find_ways(situation, params);
    for (const WayForward& way : found.list) {
      std::vector<std::string> needs;
      for (const NodeId need : way.needs) needs.push_back(graph.node(need).id);
      const std::size_t all = needs.size();
      if (way.target && all > 3) {  // The target tells it apart; its needs are to remind of it.
        needs.resize(3);
        needs.push_back(fmt::format("+{}", all - 3));
      }
      ranking.push_back(
          {fmt::format("{} {}{}", name_of(way.action), way.target ? graph.node(*way.target).id + ": " : "", join(needs, " ")),
           way.score});
    }
    return ranking;
  };
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result;
  result.schema = "sensitivity-1";
  result.title = fmt::format("What the ranking of ways forward for {} hangs on", graph.node(*params.scope).id);
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  result.summary.push_back(
      "A way forward is told by its action, its target and its needs: where a weight groups the needs otherwise, it is another "
      "one.");
  static constexpr std::string_view sections[] = {"degree", "maturity", "gap", "rank", "affinity", "grouping", "demand_half"};
  add_sensitivity(result, *params.profile, sections, rank(*params.profile), params.limit == 0 ? 10 : params.limit,
                  params.evidence, rank);
  return result;
}

}  // namespace lacuna
