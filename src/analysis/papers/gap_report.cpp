// A gap analysis report in the spirit of ITU-T A Suppl. 6: a page to be read out, then scope and denominator, what exists per
// body, gaps with evidence, ways forward.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/boxes.hpp"
#include "analysis/papers/writing.hpp"
#include "analysis/ways/house_style.hpp"
#include "base/text.hpp"
#include "model/state_looks.hpp"

namespace lacuna {
namespace {

constexpr std::size_t report_most_gaps = 40;  ///< Of a kind.
constexpr std::size_t report_most_ways = 20;
constexpr std::size_t report_ways_in_full = 10;
constexpr std::size_t texts_per_body = 3;
constexpr std::size_t read_out_gaps = 5;
constexpr std::size_t read_out_ways = 3;

/// "35 needs are covered in full, 105 in part, …": states that occur, in words.
std::string states_in_words(const Tally& tally, bool scoped) {
  static constexpr EnumArray<CoverageState, std::string_view> phrases{
      "covered in full by published texts",
      "covered in part",
      "covered by drafts only",
      "covered by nothing but texts that were replaced or withdrawn",
      "covered by others alone",
      "confirmed gaps",
      "not covered by anything that was found",
      "not looked into"};
  std::vector<std::string> parts;
  for (const CoverageState state : all_of<CoverageState>()) {
    const std::size_t n = tally.by_state[state];
    if (n == 0 || (state == CoverageState::elsewhere && !scoped)) continue;
    parts.push_back(
        fmt::format("{}{} {}", n, parts.empty() ? (n == 1 ? " is" : " are") : "",
                    state == CoverageState::confirmed_gap && n == 1 ? "a confirmed gap" : std::string(phrases[state])));
  }
  return listed(parts);
}

/// Needs and their kinds: "173 needs: 41 use cases, …".
std::string kinds_in_words(const Graph& graph, const std::vector<NodeId>& needs) {
  EnumArray<Kind, std::size_t> kinds{};
  for (const NodeId need : needs) ++kinds[graph.node(need).kind];
  std::vector<std::string> parts;
  for (const Kind kind : need_kinds) {
    if (kinds[kind] > 0) parts.push_back(count_of_kind(kinds[kind], kind));
  }
  return listed(parts);
}

/// A gap's subject as it reads in a list.
std::string subject_phrase(const Graph& graph, const Gap& gap) {
  const Node& node = graph.node(gap.subject);
  if (gap.other) return fmt::format("{} and {}", node.id, graph.node(*gap.other).id);
  return is_need(node.kind) ? need_phrase(graph, gap.subject) : fmt::format("{} ({})", node.title, node.id);
}

/// What can be read out: where things stand, the first gaps, the first ways forward, and how far the search went.
void add_first_page(Writer& w, const std::vector<NodeId>& needs, const Ways& ways) {
  const Graph& graph = w.graph();
  const Situation& s = w.situation();
  w.heading(1, "summary", "Summary");
  const std::string& title = graph.info().title;
  if (needs.empty()) return w.paragraph("The map holds no need on that day.");
  const Tally all = tally(s, needs);
  const std::size_t all_needs = s.needs().size();
  w.paragraph(Prose{
      said(fmt::format("On {}, the map{} holds {}{}: {}.", long_day(w.params().as_of),
                       title.empty() ? "" : fmt::format(" “{}”", title), count_of(all_needs, "need"),
                       needs.size() == all_needs ? std::string() : fmt::format("; this report is about {} of them", needs.size()),
                       kinds_in_words(graph, needs)),
           needs_claim(graph, needs)),
      {" "},
      said(fmt::format("Of these, by the texts of all groups, {}.", states_in_words(all, false)),
           states_claim(graph, std::nullopt, {}, all))});
  if (w.params().scope) {
    const Tally own = tally(s, needs, scope_of(graph, w.params()));
    w.paragraph(Prose{said(fmt::format("For {} alone, {}.", w.whose(), states_in_words(own, true)),
                           states_claim(graph, w.params().scope, {}, own))});
  }
  // What nobody has anything on comes first; what has no text of the scope is told by its counts.
  std::vector<NodeId> bare;
  std::vector<std::string> first;
  for (const Gap& gap : ways.gaps.list) {
    if (gap.kind != GapKind::uncovered || gap.anywhere == nullptr || s.state_of(gap.subject) < CoverageState::confirmed_gap)
      continue;
    if (bare.size() < read_out_gaps) first.push_back(need_phrase(graph, gap.subject));
    bare.push_back(gap.subject);
  }
  if (!bare.empty()) {
    w.paragraph(
        Prose{said(fmt::format("Nothing that was found covers {}. {}",
                               bare.size() == 1 ? "one of them" : fmt::format("{} of them", bare.size()),
                               bare.size() <= first.size()
                                   ? fmt::format("{}: {}.", bare.size() == 1 ? "It is this" : "They are these", listed(first))
                                   : fmt::format("The first by rank: {}.", listed(first))),
                   nothing_covers_claim(graph, std::nullopt, bare))});
  }
  if (w.params().scope && !ways.list.empty()) {
    std::vector<std::string> list;
    for (std::size_t i = 0; i < std::min(read_out_ways, ways.list.size()); ++i)
      list.push_back(fmt::format("({}) {}", i + 1,
                                 ways.list[i].action == Action::new_work_item
                                     ? fmt::format("a new work item “{}”", ways.list[i].title)
                                     : inside_title(ways.list[i].title)));
    w.paragraph(
        fmt::format("The first of {} for {}: {}.", count_of(ways.list.size(), "way") + " forward", w.whose(), join(list, "; ")));
  }
  // What "not found" rests on is what was searched for these needs.
  std::vector<NodeId> missed;
  std::ranges::copy_if(needs, std::back_inserter(missed), [&](NodeId need) {
    const CoverageState state = s.state_of(need);
    return state == CoverageState::not_found || state == CoverageState::confirmed_gap;
  });
  const std::string searched = searches_text(graph, missed.empty() ? needs : missed);
  w.paragraph(searched.empty() ? std::string("No search is recorded: where no text is known, that is unknown and no gap.")
                               : searched);
}

void add_denominator(Writer& w, const std::vector<NodeId>& needs) {
  const Graph& graph = w.graph();
  w.heading(1, "scope", "1 Scope and denominator");
  PaperTable table;
  table.widths = {0.3, 0.7};
  const auto row = [&](std::string key, std::string label, Prose text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), {std::move(text)}));
  };
  row("map", "Map",
      {{fmt::format("{}{}", graph.info().title.empty() ? "untitled" : graph.info().title,
                    graph.info().date ? ", kept up to " + to_string(*graph.info().date) : "")}});
  row("day", "Seen as of", {{to_string(w.params().as_of)}});
  row("group", "For",
      {{w.params().scope ? w.whose() + ": texts of groups inside it count as its own" : std::string("all groups")}});
  if (w.params().objective)
    row("objective", "Objective", {{graph.node(*w.params().objective).id + " " + graph.node(*w.params().objective).title}});
  if (w.params().topic) row("topic", "Topic", {{graph.node(*w.params().topic).title}});
  row("needs", "Needs",
      {said(fmt::format("{}{}", needs.size(), needs.empty() ? "" : ": " + kinds_in_words(graph, needs)),
            needs_claim(graph, needs))});
  const Scope scope = scope_of(graph, w.params());
  const Tally all = tally(w.situation(), needs);
  row("states_anywhere", "Their states, by all groups",
      {needs.empty() ? Run{"–"} : said(tally_text(all), states_claim(graph, std::nullopt, {}, all))});
  if (w.params().scope) {
    const Tally own = tally(w.situation(), needs, scope);
    row("states", fmt::format("Their states, for {} alone", w.whose()),
        {needs.empty() ? Run{"–"} : said(tally_text(own), states_claim(graph, w.params().scope, {}, own))});
  }
  w.table(std::move(table));
  if (PaperTable searches = searches_table(graph, needs); !searches.rows.empty()) w.table(std::move(searches));
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
  std::map<NodeId, std::vector<NodeId>> bodies_of;
  for (const NodeId d : graph.of_kind(Kind::deliverable)) bodies_of[d] = graph.bodies_of(d);
  for (const NodeId need : needs) {
    std::map<NodeId, Degree> best;
    for (const Evidence& e : s.coverage(need).evidence) {
      if (e.state > State::published || e.suspect) continue;
      strength[e.deliverable] += e.contribution;
      for (const NodeId body : bodies_of[e.deliverable]) {
        const auto [known, fresh] = best.try_emplace(body, e.degree);
        if (!fresh && e.degree == Degree::full) known->second = Degree::full;
      }
    }
    for (const auto& [body, degree] : best) ++(degree == Degree::full ? bodies[body].full : bodies[body].part);
  }
  for (const NodeId d : graph.of_kind(Kind::deliverable)) {
    const auto state = s.state(d);
    if (!state || *state > State::published) continue;
    for (const NodeId body : bodies_of[d]) {
      ++(*state == State::published ? bodies[body].published : bodies[body].under_way);
      if (strength.contains(d)) bodies[body].texts.emplace_back(-strength[d], d);
    }
  }
  w.heading(1, "landscape", "2 What exists, per body");
  PaperTable table{"Deliverables on the map and needs they cover; a text of two bodies counts for both",
                   {"Body", "Published", "Under way", "Needs covered in full", "in part"},
                   {0.4, 0.15, 0.15, 0.15, 0.15},
                   {}};
  std::vector<std::pair<NodeId, Body*>> order;
  for (auto& [id, body] : bodies) order.emplace_back(id, &body);
  std::ranges::stable_sort(
      order, [](const auto& a, const auto& b) { return a.second->full + a.second->part > b.second->full + b.second->part; });
  for (const auto& [id, body] : order) {
    table.rows.push_back(
        {graph.node(id).id,
         {cell(fmt::format("{} – {}", graph.node(id).id, graph.node(id).title)), cell(thousands(body->published)),
          cell(thousands(body->under_way)), cell(thousands(body->full)), cell(thousands(body->part))}});
  }
  if (order.empty()) return w.paragraph("No deliverable is on the map on that day.");
  w.table(std::move(table));
  std::size_t with_texts = 0;
  for (const auto& [id, body] : order) with_texts += body->texts.empty() ? 0 : 1;
  if (with_texts == 0) return;
  PaperTable texts{fmt::format("Texts in force or under way that cover most, at most {} a body", texts_per_body),
                   {"Body", "Text", "State", "Needs it covers"},
                   {0.14, 0.46, 0.16, 0.24},
                   {}};
  for (const auto& [id, body] : order) {
    std::ranges::sort(body->texts);
    for (std::size_t i = 0; i < std::min(texts_per_body, body->texts.size()); ++i) {
      const NodeId d = body->texts[i].second;
      std::size_t full = 0;
      std::size_t part = 0;
      std::vector<std::pair<NodeId, Holding>> links;
      for (const NodeId need : needs) {
        for (const Holding& h : holdings_on(s, need)) {
          if (h.deliverable != d) continue;
          ++(h.degree == Degree::full ? full : part);
          links.emplace_back(need, h);
        }
      }
      std::vector<std::string> parts;
      if (full > 0) parts.push_back(fmt::format("{} in full", full));
      if (part > 0) parts.push_back(fmt::format("{} in part", part));
      texts.rows.push_back({graph.node(d).id,
                            {cell(i == 0 ? graph.node(id).id : std::string()),
                             cell(Prose{{document_phrase(graph, d), Run::Kind::plain, {w.cite(d)}}}), cell(standing_of(s, d)),
                             cell(Prose{said(join(parts, ", "), covers_claim(graph, links))})}});
    }
    if (body->texts.size() > texts_per_body) {
      texts.rows.push_back({"",
                            {cell(std::string()), cell(fmt::format("and {} more", body->texts.size() - texts_per_body)),
                             cell(std::string()), cell(std::string())}});
    }
  }
  w.table(std::move(texts));
}

void add_objectives(Writer& w, const std::vector<NodeId>& needs) {
  const Graph& graph = w.graph();
  const Situation& s = w.situation();
  w.heading(1, "objectives", "3 Coverage of the objectives");
  struct Row {
    NodeId objective;
    std::vector<NodeId> behind;
    Tally tally;
  };
  std::vector<Row> rows;
  const Scope scope = scope_of(graph, w.params());
  for (const NodeId o : w.params().session ? objectives_of_session(s, *w.params().session) : graph.of_kind(Kind::objective)) {
    const std::vector<NodeId> all = needs_behind(s, o);
    std::vector<NodeId> behind = common(all, needs);
    // Behind others than these filters leave stand other needs.
    if (behind.empty() && !all.empty()) continue;
    const Tally t = tally(s, behind, scope);
    rows.push_back({o, std::move(behind), t});
  }
  if (rows.empty()) return w.paragraph("The map has no objectives: needs stand by themselves.");
  std::vector<CoverageState> states;
  for (const CoverageState state : all_of<CoverageState>()) {
    const bool occurs = std::ranges::any_of(rows, [&](const Row& row) { return row.tally.by_state[state] > 0; });
    if (occurs || state <= CoverageState::partly_covered) states.push_back(state);
  }
  PaperTable table{
      fmt::format("{}: needs behind each objective covered in full, in part, by drafts only, by stale texts only{}; confirmed "
                  "gaps; not found in catalogues; open: nobody looked",
                  w.params().scope ? w.whose() + " alone" : std::string("All groups"),
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
  for (const auto& [o, behind, t] : rows) {
    PaperTable::Row row;
    row.cells.push_back(cell({{graph.node(o).id + " ", Run::Kind::strong}, {graph.node(o).title}}));
    row.key = graph.node(o).id;
    row.cells.push_back(
        cell(Prose{said(std::to_string(t.needs), states_claim(graph, w.params().scope, ids_value(graph, behind), t))}));
    for (const CoverageState state : states)
      row.cells.push_back(cell(t.by_state[state] == 0 ? std::string("–") : std::to_string(t.by_state[state])));
    row.cells.push_back(cell(t.needs == 0 ? std::string("–") : fmt::format("{:.2f}", t.score)));
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
  w.paragraph("The score is the mean of the needs' scores, weighted by their priority; objectives without needs have none.");
}

/// What stands behind a gap in a row of its own kind.
void add_gap_rows(Writer& w, GapKind kind, const std::vector<const Gap*>& gaps) {
  const Graph& graph = w.graph();
  std::vector<std::string> whys;
  for (const Gap* gap : gaps) whys.push_back(gap->why);
  const Reasons reasons(whys);
  w.heading(2, "gaps_" + std::string(name_of(kind)), fmt::format("{}: {}", capitalized(std::string(name_of(kind))), gaps.size()));
  const bool one_action = std::ranges::all_of(gaps, [&](const Gap* gap) { return gap->action == gaps.front()->action; });
  // These kinds follow from the texts of the scope; what others have stands in other kinds.
  const bool own = w.params().scope && (kind == GapKind::partial || kind == GapKind::draft_only || kind == GapKind::stale);
  const std::string meaning(word_of(kind).meaning);
  w.paragraph((own ? fmt::format("By the texts of {} alone, {}", w.whose(), meaning) : capitalized(meaning)) +
              (one_action ? fmt::format(". It calls for this: {}.", word_of(gaps.front()->action).meaning) : "."));
  for (const std::string& reason : reasons.told_once()) w.item({{reason}});
  PaperTable table{
      gaps.size() > report_most_gaps ? fmt::format("The first {} of {}", report_most_gaps, gaps.size()) : std::string(),
      {"Rank", "About", "Why"},
      {0.09, 0.39, 0.52},
      {}};
  if (!one_action) {
    table.columns.emplace_back("Calls for");
    table.widths = {0.09, 0.35, 0.4, 0.16};
  }
  for (std::size_t i = 0; i < std::min(report_most_gaps, gaps.size()); ++i) {
    const Gap& gap = *gaps[i];
    Run why = said(reasons.in_row(gap.why), gap_claim(graph, w.params().scope, gap));
    // The sentence speaks of the texts of the scope where its kind does.
    const auto cite = [&](const Coverage& coverage, std::size_t most) {
      for (std::size_t e = 0; e < std::min(most, coverage.evidence.size()); ++e)
        why.cites.push_back(w.cite(coverage.evidence[e].deliverable));
    };
    if (const Coverage* rests_on = own ? gap.inside : gap.anywhere; rests_on != nullptr) {
      cite(*rests_on, 3);
      if (gap.anywhere->state < rests_on->state) cite(*gap.anywhere, 1);
    }
    PaperTable::Row row{
        graph.node(gap.subject).id,
        {cell(fmt::format("{:.2f}", gap.rank)), cell(capitalized(subject_phrase(graph, gap))), cell(Prose{std::move(why)})}};
    if (!one_action) row.cells.push_back(cell(std::string(word_of(gap.action).meaning)));
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
}

void add_gaps(Writer& w, const std::vector<Gap>& gaps) {
  w.heading(1, "gaps", "4 Gaps");
  if (gaps.empty()) return w.paragraph("There is no gap.");
  EnumArray<GapKind, std::vector<const Gap*>> kinds;
  for (const Gap& gap : gaps) kinds[gap.kind].push_back(&gap);
  w.paragraph(
      "Highest rank first; the rank is made of how grave the kind is, of how much depends on it, of the threats behind it, "
      "and of how much work is near.");
  for (const GapKind kind : all_of<GapKind>()) {
    if (!kinds[kind].empty()) add_gap_rows(w, kind, kinds[kind]);
  }
}

void add_ways(Writer& w, const Ways& ways) {
  const Graph& graph = w.graph();
  const Planner planner(w.situation(), w.params());
  w.heading(1, "ways_forward", fmt::format("5 Ways forward for {}", w.whose()));
  if (ways.list.empty()) return w.paragraph("No gap calls for one.");
  PaperTable table{ways.list.size() > report_most_ways
                       ? fmt::format("The first {} of {} ways forward", report_most_ways, ways.list.size())
                       : std::string("All ways forward"),
                   {"No.", "What to do", "About", "Needs"},
                   {0.07, 0.22, 0.48, 0.23},
                   {}};
  for (std::size_t i = 0; i < std::min(report_most_ways, ways.list.size()); ++i) {
    const WayForward& way = ways.list[i];
    std::vector<std::string> needs;
    for (const NodeId n : way.needs) needs.push_back(graph.node(n).id);
    table.rows.push_back({"",
                          {cell(std::to_string(i + 1)), cell(capitalized(std::string(word_of(way.action).meaning))),
                           cell(way.title), cell(join(first_few(std::move(needs), 8), ", "))}});
  }
  w.table(std::move(table));
  for (std::size_t i = 0; i < std::min(report_ways_in_full, ways.list.size()); ++i) {
    const WayForward& way = ways.list[i];
    w.heading(2, "", fmt::format("{}. {}", i + 1, way.title));
    if (way.action != Action::new_work_item) {
      for (const Claim& step : planner.steps(way)) w.item(w.prose(step));
      continue;
    }
    const WorkItemPlan plan = planner.plan(way);
    for (Prose& paragraph : w.paragraphs(plan.scope)) w.paragraph(std::move(paragraph));
    Prose place{{"Type and place: ", Run::Kind::strong}, commented(plan.type, capitalized(plan.type_why) + ".")};
    if (!plan.places.empty()) {
      const Place& p = plan.places.front();
      place.push_back({", "});
      place.push_back(
          commented(fmt::format("{} ({})", graph.node(p.group).id, graph.node(p.group).title),
                    fmt::format("Its mandate shares these words with the proposal: {} (alike by {:.2f}).", p.words, p.degree)));
    }
    w.item(std::move(place));
    for (const Claim& risk : plan.risks) {
      Prose prose{{"Risk: ", Run::Kind::strong}};
      for (Run& run : w.prose(risk)) prose.push_back(std::move(run));
      w.item(std::move(prose));
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
  if (unknown > 0) {
    std::vector<NodeId> list;
    std::ranges::copy_if(needs, std::back_inserter(list), [&](NodeId n) { return s.state_of(n) == CoverageState::unknown; });
    w.item({said(fmt::format("For {} of {} nobody recorded a search: whether a text covers {} is not known.", unknown,
                             count_of(needs.size(), "need"), unknown == 1 ? "it" : "them"),
                 state_claim(graph, std::nullopt, CoverageState::unknown, list))});
  }
  if (s.needs_later() > 0)
    w.item({{fmt::format("{} of the map {} described only after that day and {} left out.", count_of(s.needs_later(), "need"),
                         s.needs_later() == 1 ? "was" : "were", is_or_are(s.needs_later()))}});
  if (suggested > 0)
    w.item({{fmt::format("{} that a machine suggested and nobody reviewed {}.", count_of(suggested, "link"),
                         s.include_suggested() ? (suggested == 1 ? "counts here" : "count here")
                                               : (suggested == 1 ? "does not count" : "do not count"))}});
  if (disputed > 0)
    w.item({{fmt::format("On {} two people differ; both verdicts are on the map, and neither counts.",
                         count_of(disputed, "link"))}});
  w.item({{"Coverage rests on what readers wrote of each document, often of its title or abstract; each link says which."}});
}

/// How the order came about: the figures behind gaps and ways forward.
void add_annex(Writer& w, const Ways& ways) {
  const Graph& graph = w.graph();
  w.annex("Annex: How this report was made");
  w.paragraph(fmt::format("All weights stand in the profile “{}” ({}).", w.params().profile->name, w.params().profile->hash));
  const auto figure = [](double value) { return fmt::format("{:.2f}", value); };
  if (!ways.gaps.list.empty()) {
    PaperTable table{fmt::format("The figures behind the rank of the first {}",
                                 count_of(std::min(report_most_gaps, ways.gaps.list.size()), "gap")),
                     {"About", "Kind", "Rank"},
                     {0.2, 0.2, 0.12},
                     {}};
    for (const GapPart part : all_of<GapPart>()) {
      table.columns.push_back(capitalized(std::string(name_of(part))));
      table.widths.push_back(0.12);
    }
    for (std::size_t i = 0; i < std::min(report_most_gaps, ways.gaps.list.size()); ++i) {
      const Gap& gap = ways.gaps.list[i];
      PaperTable::Row row{"",
                          {cell(graph.node(gap.subject).id + (gap.other ? ", " + graph.node(*gap.other).id : "")),
                           cell(std::string(name_of(gap.kind))), cell(figure(gap.rank))}};
      for (const GapPart part : all_of<GapPart>()) row.cells.push_back(cell(figure(gap.parts[part])));
      table.rows.push_back(std::move(row));
    }
    w.table(std::move(table));
  }
  if (!w.params().scope || ways.list.empty()) return;
  w.heading(2, "components", "The figures behind the first ways forward");
  for (std::size_t i = 0; i < std::min(report_ways_in_full, ways.list.size()); ++i)
    w.item({{fmt::format("{}. score {:.2f}: ", i + 1, ways.list[i].score), Run::Kind::strong},
            {components_text(ways.list[i]) + "."}});
}

}  // namespace

Paper draft_gap_report(const Graph& graph, const Params& params, const DraftRequest& request) {
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  const std::string title = !request.title.empty() ? request.title
                                                   : fmt::format("Standardization gap analysis{}",
                                                                 graph.info().title.empty() ? "" : ": " + graph.info().title);
  Writer w(s, params, "gap-analysis", title);
  const std::vector<NodeId> needs = selected_needs(s, params);
  // Ways forward are those of a group; they bring the gaps along.
  Ways ways;
  if (params.scope)
    ways = find_ways(s, params);
  else
    ways.gaps = find_gaps(s, params);
  if (request.contribution) {
    add_contribution_head(
        w, title, "", params.scope ? period_of(graph.node(*params.scope), params.as_of) : "",
        fmt::format("This contribution reports what standards bodies cover of {}, what nobody covers as far as was found, "
                    "and what could be done.",
                    count_of(needs.size(), "need")));
  }
  add_first_page(w, needs, ways);
  add_denominator(w, needs);
  add_landscape(w, needs);
  add_objectives(w, needs);
  add_gaps(w, ways.gaps.list);
  if (params.scope) add_ways(w, ways);
  add_limits(w, needs);
  add_annex(w, ways);
  return w.done();
}

extern const Form gap_analysis_form{
    .name = "gap-analysis",
    .help = "report on gaps: denominator, what exists per body, gaps, ways forward",
    .about = Form::About::map,
    .draft = draft_gap_report,
};

}  // namespace lacuna
