// A gap analysis report in the spirit of ITU-T A Suppl. 6: scope and denominator, what exists per body, gaps with evidence, ways
// forward.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/papers/writing.hpp"
#include "base/text.hpp"
#include "model/state_looks.hpp"

namespace lacuna {
namespace {

constexpr std::size_t report_most_gaps = 40;
constexpr std::size_t report_most_ways = 20;
constexpr std::size_t report_ways_in_full = 10;
constexpr std::size_t texts_per_body = 6;

void add_denominator(Writer& w, const std::vector<NodeId>& needs) {
  const Graph& graph = w.graph();
  w.heading(1, "scope", "1 Scope and denominator");
  std::map<Kind, std::size_t> kinds;
  for (const NodeId need : needs) ++kinds[graph.node(need).kind];
  PaperTable table;
  table.widths = {0.3, 0.7};
  const auto row = [&](std::string key, std::string label, std::string text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), {{{std::move(text)}}}));
  };
  row("map", "Map",
      fmt::format("{}{}", graph.info().title.empty() ? "untitled" : graph.info().title,
                  graph.info().date ? ", kept up to " + to_string(*graph.info().date) : ""));
  row("day", "Seen as of", to_string(w.params().as_of));
  row("group", "For",
      w.params().scope ? graph.node(*w.params().scope).id + ": deliverables of groups inside it count as its own"
                       : std::string("all groups"));
  std::vector<std::string> parts;
  for (const auto& [kind, n] : kinds)
    parts.push_back(fmt::format(
        "{} {}", n, kind == Kind::capability && n != 1 ? "capabilities" : std::string(name_of(kind)) + (n == 1 ? "" : "s")));
  row("needs", "Needs", fmt::format("{}{}", needs.size(), parts.empty() ? "" : ": " + join(parts, ", ")));
  const Tally all = tally(w.situation(), needs, scope_of(graph, w.params()));
  row("states", "Their states", needs.empty() ? std::string("–") : tally_text(all));
  row("profile", "Weights", fmt::format("profile “{}”, {}", w.params().profile->name, w.params().profile->hash));
  w.table(std::move(table));
  if (!graph.searches().empty()) w.heading(2, "searches", "Catalogues searched");
  add_searches(w, needs);
  if (graph.searches().empty()) w.paragraph("No search is recorded: what nothing covers is unknown, not a gap.");
}

void add_landscape(Writer& w, const std::vector<NodeId>& needs) {
  const Graph& graph = w.graph();
  const Situation& s = w.situation();
  struct Body {
    std::size_t published = 0;
    std::size_t under_way = 0;
    std::size_t full = 0;
    std::size_t part = 0;
    std::vector<std::pair<double, NodeId>> texts;
  };
  std::map<NodeId, Body> bodies;
  std::map<NodeId, double> strength;
  for (const NodeId need : needs) {
    std::map<NodeId, Degree> best;
    for (const Evidence& e : s.coverage(need).evidence) {
      if (e.state > State::published) continue;
      strength[e.deliverable] += e.contribution;
      for (const NodeId g : graph.developers_of(e.deliverable)) {
        const auto [known, fresh] = best.try_emplace(graph.body_of(g), e.degree);
        if (!fresh && e.degree == Degree::full) known->second = Degree::full;
      }
    }
    for (const auto& [body, degree] : best) ++(degree == Degree::full ? bodies[body].full : bodies[body].part);
  }
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    const auto state = s.state(d);
    if (!state || *state > State::published) continue;
    std::vector<NodeId> of;
    for (const NodeId g : graph.developers_of(d)) {
      const NodeId body = graph.body_of(g);
      if (std::ranges::find(of, body) == of.end()) of.push_back(body);
    }
    for (const NodeId body : of) {
      ++(*state == State::published ? bodies[body].published : bodies[body].under_way);
      if (strength.contains(d)) bodies[body].texts.emplace_back(-strength[d], d);
    }
  }
  w.heading(1, "landscape", "2 What exists, per body");
  PaperTable table{"Deliverables on the map and needs they cover",
                   {"Body", "Published", "Under way", "Needs covered in full", "in part"},
                   {0.4, 0.15, 0.15, 0.15, 0.15},
                   {}};
  std::vector<std::pair<NodeId, Body*>> order;
  for (auto& [id, body] : bodies) order.emplace_back(id, &body);
  std::ranges::stable_sort(
      order, [](const auto& a, const auto& b) { return a.second->full + a.second->part > b.second->full + b.second->part; });
  for (const auto& [id, body] : order) {
    table.rows.push_back(
        {"",
         {cell(fmt::format("{} – {}", graph.node(id).id, graph.node(id).title)), cell(thousands(body->published)),
          cell(thousands(body->under_way)), cell(thousands(body->full)), cell(thousands(body->part))}});
  }
  if (order.empty()) return w.paragraph("No deliverable is on the map on that day.");
  w.table(std::move(table));
  for (const auto& [id, body] : order) {
    if (body->texts.empty()) continue;
    std::ranges::sort(body->texts);
    w.heading(2, "", graph.node(id).id);
    for (std::size_t i = 0; i < std::min(texts_per_body, body->texts.size()); ++i) {
      const NodeId d = body->texts[i].second;
      std::vector<std::string> covers;
      for (const LinkId l : graph.out(d, Relation::covers)) {
        if (s.counts(l) && graph.edge(l).degree != Degree::none)
          covers.push_back(fmt::format("{} {}", graph.node(graph.edge(l).to).id, name_of(graph.edge(l).degree)));
      }
      w.item({{fmt::format("{}, {} ({}): {}", graph.node(d).id, graph.node(d).title, standing_of(s, d), join(covers, ", ")),
               Run::Kind::plain,
               {w.cite(d)}}});
    }
    if (body->texts.size() > texts_per_body)
      w.item({{fmt::format("and {} more that cover a need", body->texts.size() - texts_per_body)}});
  }
}

void add_objectives(Writer& w) {
  const Graph& graph = w.graph();
  const Situation& s = w.situation();
  w.heading(1, "objectives", "3 Coverage of the objectives");
  const std::vector<NodeId> objectives = graph.of_kind(Kind::objective);
  if (objectives.empty()) return w.paragraph("The map has no objectives: needs stand by themselves.");
  // Only a scope has what others cover.
  std::vector<CoverageState> states;
  for (const CoverageState state : all_of<CoverageState>()) {
    if (look_of(state).by != CoveredBy::others || w.params().scope) states.push_back(state);
  }
  PaperTable table{
      fmt::format("Needs behind each objective: covered in full, in part, by drafts only, by stale texts only{}; confirmed "
                  "gaps; not found in catalogues; open: nobody looked",
                  w.params().scope ? "; by others only" : ""),
      {"Objective", "Needs"},
      {0.28, 0.08},
      {}};
  for (const CoverageState state : states) {
    table.columns.emplace_back(look_of(state).heading);
    table.widths.push_back(0.56 / static_cast<double>(states.size()));
  }
  table.columns.emplace_back("Score");
  table.widths.push_back(0.08);
  const Scope scope = scope_of(graph, w.params());
  for (const NodeId o : objectives) {
    const Tally t = tally(s, needs_behind(s, o), scope);
    PaperTable::Row row;
    row.cells.push_back(cell({{graph.node(o).id + " ", Run::Kind::strong}, {graph.node(o).title}}));
    row.cells.push_back(cell(std::to_string(t.needs)));
    for (const CoverageState state : states)
      row.cells.push_back(cell(t.by_state[state] == 0 ? std::string("–") : std::to_string(t.by_state[state])));
    row.cells.push_back(cell(t.needs == 0 ? std::string("–") : fmt::format("{:.2f}", t.score)));
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
  w.paragraph("The score is the mean of the needs' scores, weighted by their priority; objectives without needs have none.");
}

void add_gaps(Writer& w, const std::vector<Gap>& gaps) {
  const Graph& graph = w.graph();
  w.heading(1, "gaps", "4 Gaps");
  std::map<GapKind, std::size_t> kinds;
  for (const Gap& gap : gaps) ++kinds[gap.kind];
  if (gaps.empty()) return w.paragraph("There is no gap.");
  for (const auto& [kind, n] : kinds)
    w.item({{fmt::format("{}: {}", name_of(kind), n), Run::Kind::strong}, {fmt::format(" – {}", word_of(kind).meaning)}});
  PaperTable table{gaps.size() > report_most_gaps ? fmt::format("The first {} of {} gaps by rank", report_most_gaps, gaps.size())
                                                  : std::string("All gaps, by rank"),
                   {"Rank", "Severity, demand, exposure, nearness", "Kind", "About", "Why, and what it calls for"},
                   {0.07, 0.13, 0.12, 0.28, 0.4},
                   {}};
  for (std::size_t i = 0; i < std::min(report_most_gaps, gaps.size()); ++i) {
    const Gap& gap = gaps[i];
    const Node& subject = graph.node(gap.subject);
    Prose why{{gap.why}};
    if (gap.anywhere != nullptr) {
      std::vector<std::size_t> cites;
      for (std::size_t e = 0; e < std::min<std::size_t>(3, gap.anywhere->evidence.size()); ++e)
        cites.push_back(w.cite(gap.anywhere->evidence[e].deliverable));
      why.front().cites = std::move(cites);
    }
    why.push_back({fmt::format(" → {}", name_of(gap.action)), Run::Kind::emphasis});
    std::string parts;
    for (const GapPart part : all_of<GapPart>()) parts += fmt::format("{}{:.2f}", parts.empty() ? "" : ", ", gap.parts[part]);
    table.rows.push_back(
        {"",
         {cell(fmt::format("{:.2f}", gap.rank)), cell(parts), cell(std::string(name_of(gap.kind))),
          cell({{subject.id + " ", Run::Kind::strong}, {gap.other ? "and " + graph.node(*gap.other).id : subject.title}}),
          cell(std::move(why))}});
  }
  w.table(std::move(table));
}

void add_ways(Writer& w, const Ways& ways) {
  const Graph& graph = w.graph();
  const Planner planner(w.situation(), w.params());
  w.heading(1, "ways_forward", fmt::format("5 Ways forward for {}", graph.node(*w.params().scope).id));
  if (ways.list.empty()) return w.paragraph("No gap calls for one.");
  PaperTable table{ways.list.size() > report_most_ways
                       ? fmt::format("The first {} of {} ways forward", report_most_ways, ways.list.size())
                       : std::string("All ways forward"),
                   {"Rank", "Score", "Way forward", "About", "Needs"},
                   {0.08, 0.09, 0.16, 0.4, 0.27},
                   {}};
  for (std::size_t i = 0; i < std::min(report_most_ways, ways.list.size()); ++i) {
    const WayForward& way = ways.list[i];
    std::vector<std::string> needs;
    for (const NodeId n : way.needs) needs.push_back(graph.node(n).id);
    table.rows.push_back(
        {"",
         {cell(std::to_string(i + 1)), cell(fmt::format("{:.2f}", way.score)), cell(std::string(name_of(way.action))),
          cell(way.title), cell(join(first_few(std::move(needs), 10), ", "))}});
  }
  w.table(std::move(table));
  for (std::size_t i = 0; i < std::min(report_ways_in_full, ways.list.size()); ++i) {
    const WayForward& way = ways.list[i];
    w.heading(2, "", fmt::format("{}. {}", i + 1, way.title));
    w.paragraph(Prose{{fmt::format("{}, score {:.2f}. ", name_of(way.action), way.score), Run::Kind::strong},
                      {components_text(way) + "."}});
    if (way.action == Action::new_work_item) {
      const WorkItemPlan plan = planner.plan(way);
      w.item({{"Type: ", Run::Kind::strong}, {fmt::format("{} – {}", plan.type, plan.type_why)}});
      if (!plan.places.empty())
        w.item({{"Place: ", Run::Kind::strong},
                {fmt::format("{}, {} (shares: {})", graph.node(plan.places.front().group).id,
                             graph.node(plan.places.front().group).title, plan.places.front().words)}});
      for (const Claim& statement : plan.scope) w.item(w.prose(statement));
      for (const Claim& risk : plan.risks) {
        Prose prose{{"Risk: ", Run::Kind::strong}};
        for (Run& run : w.prose(risk)) prose.push_back(std::move(run));
        w.item(std::move(prose));
      }
    } else {
      for (const Claim& step : planner.steps(way)) w.item(w.prose(step));
    }
  }
}

void add_limits(Writer& w, const std::vector<NodeId>& needs) {
  const Situation& s = w.situation();
  const Graph& graph = w.graph();
  w.heading(1, "limits", w.params().scope ? "6 What this report does not know" : "5 What this report does not know");
  const auto unknown =
      static_cast<std::size_t>(std::ranges::count_if(needs, [&](NodeId n) { return s.state_of(n) == CoverageState::unknown; }));
  std::size_t suggested = 0;
  std::size_t disputed = 0;
  for (const Edge& e : graph.edges()) {
    if (e.relation != Relation::covers) continue;
    suggested += e.status == Status::suggested;
    disputed += e.status == Status::disputed;
  }
  w.item({{fmt::format("For {} of {} nobody recorded a search: nothing covers them as far as the map knows.", unknown,
                       count_of(needs.size(), "need"))}});
  if (s.needs_later() > 0)
    w.item(
        {{fmt::format("{} of the map were described only after that day and are left out.", count_of(s.needs_later(), "need"))}});
  if (suggested > 0)
    w.item({{fmt::format("{} that a machine suggested and nobody reviewed {}.", count_of(suggested, "link"),
                         s.include_suggested() ? "count here" : "do not count here")}});
  if (disputed > 0)
    w.item({{fmt::format("On {} two people differ; both verdicts are on the map, and neither counts.",
                         count_of(disputed, "link"))}});
  w.item({{"Coverage rests on what readers wrote of each document, often of its title or abstract; each link says which."}});
}

}  // namespace

Paper draft_gap_report(const Graph& graph, const Params& params, const DraftRequest& request) {
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  Writer w(s, params, "gap-analysis",
           !request.title.empty()
               ? request.title
               : fmt::format("Standardization gap analysis{}", graph.info().title.empty() ? "" : ": " + graph.info().title));
  const std::vector<NodeId> needs = selected_needs(s, params);
  // Ways forward are those of a group; they bring the gaps along.
  Ways ways;
  if (params.scope)
    ways = find_ways(s, params);
  else
    ways.gaps = find_gaps(s, params);
  add_denominator(w, needs);
  add_landscape(w, needs);
  add_objectives(w);
  add_gaps(w, ways.gaps.list);
  if (params.scope) add_ways(w, ways);
  add_limits(w, needs);
  return w.done();
}

extern const Form gap_analysis_form{
    .name = "gap-analysis",
    .help = "report on gaps: denominator, what exists per body, gaps, ways forward",
    .about = Form::About::map,
    .draft = draft_gap_report,
};

}  // namespace lacuna
