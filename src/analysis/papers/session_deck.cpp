// A deck for a session: what the map says, slide by slide, with the evidence in the speaker's notes.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analysis/coverage_matrix.hpp"
#include "analysis/ways/proposal.hpp"
#include "base/text.hpp"
#include "lacuna/draft.hpp"

namespace lacuna {
namespace {

constexpr std::size_t deck_most_columns = 12;
constexpr std::size_t deck_most_gaps = 12;
constexpr std::size_t deck_most_ways = 10;
constexpr std::size_t deck_ways_in_full = 3;

class DeckMaker {
 public:
  DeckMaker(const Graph& graph, const Params& params)
      : graph_(graph),
        params_(params),
        s_(graph, *params.profile, params.as_of, params.include_suggested),
        scope_(scope_of(graph, params)) {}

  Deck run() {
    const std::string map = graph_.info().title.empty() ? "Relationship map" : graph_.info().title;
    deck_.title = map;
    deck_.footer = join(notes(), " · ");
    title(map);
    objectives();
    matrix();
    ViewParams all{{params_}};
    all.scope.reset();  // The session sees everybody; gaps and ways forward are the group's.
    picture(view_relationship(graph_, all));
    // Ways forward are those of a group; they bring the gaps along.
    Ways found;
    if (params_.scope)
      found = find_ways(s_, params_);
    else
      found.gaps = find_gaps(s_, params_);
    gaps(found.gaps);
    if (params_.scope) ways(found);
    sources();
    return std::move(deck_);
  }

 private:
  std::vector<std::string> notes() const {
    std::vector<std::string> list{moment_text(s_, params_)};
    if (params_.scope) list.push_back(graph_.node(*params_.scope).id);
    return list;
  }

  void title(const std::string& map) {
    Slide slide;
    slide.kind = Slide::Kind::title;
    slide.title = map;
    std::vector<std::string> lines;
    const std::vector<NodeId> workshops = graph_.of_kind(Kind::workshop);
    if (!workshops.empty()) lines.push_back(graph_.node(workshops.front()).title);
    if (params_.scope) lines.push_back(graph_.node(*params_.scope).id);
    lines.push_back(moment_text(s_, params_));
    slide.subtitle = join(lines, " · ");
    for (const std::string& note : notes_of(s_, params_)) slide.notes.push_back(note);
    slide.notes.push_back(
        fmt::format("All figures are counted by the map as of that day, with the weights of profile “{}” ({}). No link means "
                    "unknown, never “none”: only a recorded search makes a gap.",
                    params_.profile->name, params_.profile->hash));
    deck_.slides.push_back(std::move(slide));
  }

  void objectives() {
    Slide slide;
    slide.title = "Objectives";
    const std::vector<NodeId> objectives = graph_.of_kind(Kind::objective);
    for (const NodeId o : objectives) {
      const Tally t = tally(s_, needs_behind(s_, o), scope_);
      slide.points.push_back({fmt::format("{}  {}", graph_.node(o).id, graph_.node(o).title),
                              t.needs == 0 ? std::string("nothing on the map serves it")
                                           : fmt::format("{}: {}", count_of(t.needs, "need"), tally_text(t))});
      slide.notes.push_back(
          fmt::format("{} {}: {}{}", graph_.node(o).id, graph_.node(o).title, count_of(t.needs, "need"),
                      t.needs == 0 ? "" : fmt::format(", {}; priority-weighted score {:.2f}", tally_text(t), t.score)));
    }
    if (objectives.empty()) {
      slide.points.push_back({"The map has no objectives",
                              fmt::format("{} stand by themselves", count_of(selected_needs(s_, params_).size(), "need"))});
    }
    deck_.slides.push_back(std::move(slide));
  }

  /// The colour of a row: all covered, something covered, something under way, a gap, or nobody knows.
  static CoverageState state_of_many(const MatrixCell& cell, std::size_t needs) {
    using enum CoverageState;
    if (cell.by_state[covered] == needs) return covered;
    if (cell.by_state[covered] + cell.by_state[partly_covered] > 0) return partly_covered;
    for (const CoverageState state : {in_progress, elsewhere, confirmed_gap, not_found}) {
      if (cell.by_state[state] > 0) return state;
    }
    return unknown;
  }

  /// Objectives, or without them topics, or without both the needs, against the groups that cover most.
  void matrix() {
    const Kind by = !graph_.of_kind(Kind::objective).empty() ? Kind::objective
                    : !graph_.of_kind(Kind::topic).empty()   ? Kind::topic
                                                             : Kind::requirement;
    std::vector<NodeId> needs = selected_needs(s_, params_);
    std::vector<GroupColumn> columns = group_columns(s_, needs, Scope(), {}, deck_most_columns);
    std::erase_if(columns, [](const GroupColumn& c) { return c.deliverables.empty(); });
    if (columns.size() > deck_most_columns) columns.resize(deck_most_columns);
    const CoverageMatrix matrix(s_, by, std::move(needs), params_.objective, std::move(columns));
    Slide slide;
    slide.title = fmt::format("Coverage of {}", by == Kind::objective ? "the objectives"
                                                : by == Kind::topic   ? "the topics"
                                                                      : "the needs");
    Slide::Grid grid;
    const bool single = matrix.single();
    grid.columns = {single                  ? "Need"
                    : by == Kind::objective ? "Objective"
                                            : "Topic",
                    single          ? "State"
                    : params_.scope ? graph_.node(*params_.scope).id + " covers"
                                    : "Covered"};
    grid.widths = {0.3, 0.1};
    for (const GroupColumn& c : matrix.columns()) {
      grid.columns.push_back(c.label);
      grid.widths.push_back(0.6 / static_cast<double>(matrix.columns().size()));
    }
    for (const MatrixRow& row : matrix.rows()) {
      const Node& node = graph_.node(row.node);
      std::vector<Slide::Cell> cells;
      cells.push_back({fmt::format("{}  {}", node.kind == Kind::topic ? "" : node.id, node.title)});
      const MatrixCell all = matrix.cell(row, scope_);
      if (single) {
        cells.push_back({std::string(name_of(all.best())), all.best()});
      } else if (row.needs.empty()) {
        cells.push_back({without_needs_text(node)});
      } else {
        cells.push_back({fmt::format("{} of {}", all.by_state[CoverageState::covered], row.needs.size()),
                         state_of_many(all, row.needs.size())});
      }
      for (std::size_t c = 0; c < matrix.columns().size(); ++c) {
        const MatrixCell cell = matrix.cell(row, c);
        if (cell.live() == 0)
          cells.push_back({"–"});
        else
          cells.push_back({single ? std::string() : std::to_string(cell.live()), cell.best()});
      }
      grid.rows.push_back(std::move(cells));
    }
    slide.notes.push_back(
        "Group columns count the needs that the group covers in full, in part or with a draft; the colour is the best state "
        "among them. The second column counts the needs that are covered in full.");
    for (const GroupColumn& c : matrix.columns())
      slide.notes.push_back(fmt::format("{}: {} that cover a need", c.label, count_of(c.deliverables.size(), "deliverable")));
    if (grid.rows.empty())
      slide.points.push_back({"There is nothing to cover yet"});
    else
      slide.grid = std::move(grid);
    deck_.slides.push_back(std::move(slide));
  }

  void picture(Result result) {
    Slide slide;
    slide.title = result.title;
    slide.picture = std::move(result.picture);
    slide.notes = result.summary;
    if (slide.picture) {
      for (const std::string& note : slide.picture->notes) slide.notes.push_back(note);
    }
    deck_.slides.push_back(std::move(slide));
  }

  void gaps(const Gaps& found) {
    Slide slide;
    slide.title = params_.scope ? fmt::format("First gaps of {} by rank", graph_.node(*params_.scope).id) : "First gaps by rank";
    if (found.list.empty()) slide.points.push_back({"There is no gap"});
    Slide::Grid grid;
    grid.columns = {"Rank", "Severity", "Demand", "Exposure", "Near", "Kind", "About", "Calls for"};
    grid.widths = {0.07, 0.09, 0.09, 0.1, 0.07, 0.13, 0.3, 0.15};
    for (std::size_t i = 0; i < std::min(deck_most_gaps, found.list.size()); ++i) {
      const Gap& gap = found.list[i];
      const Node& subject = graph_.node(gap.subject);
      grid.rows.push_back(
          {{fmt::format("{:.2f}", gap.rank)},
           {fmt::format("{:.2f}", gap.parts[GapPart::severity])},
           {fmt::format("{:.2f}", gap.parts[GapPart::demand])},
           {fmt::format("{:.2f}", gap.parts[GapPart::exposure])},
           {fmt::format("{:.2f}", gap.parts[GapPart::nearness])},
           {std::string(name_of(gap.kind)), gap.inside != nullptr ? std::optional(gap.inside->state) : std::nullopt},
           {fmt::format("{}  {}", subject.id, gap.other ? "and " + graph_.node(*gap.other).id : subject.title)},
           {std::string(name_of(gap.action))}});
      slide.notes.push_back(fmt::format("{} ({}, severity {:.2f} = weight of the kind × priority {} / 5{}): {}", subject.id,
                                        name_of(gap.kind), gap.severity, gap.priority, gap.by_state ? " × (1 − score)" : "",
                                        gap.why));
    }
    if (found.list.size() > deck_most_gaps)
      slide.notes.push_back(fmt::format("{} gaps in all: lacuna gaps lists them.", found.list.size()));
    if (!grid.rows.empty()) slide.grid = std::move(grid);
    deck_.slides.push_back(std::move(slide));
  }

  void ways(const Ways& found) {
    const Planner planner(s_, params_);
    Slide slide;
    slide.title = fmt::format("Ways forward for {}", graph_.node(*params_.scope).id);
    if (found.list.empty()) slide.points.push_back({"No gap calls for action"});
    Slide::Grid grid;
    grid.columns = {"#", "Score", "Way forward", "About"};
    grid.widths = {0.06, 0.09, 0.19, 0.66};
    for (std::size_t i = 0; i < std::min(deck_most_ways, found.list.size()); ++i) {
      const WayForward& way = found.list[i];
      grid.rows.push_back(
          {{std::to_string(i + 1)}, {fmt::format("{:.2f}", way.score)}, {std::string(name_of(way.action))}, {way.title}});
      slide.notes.push_back(fmt::format("{}. {}: {}", i + 1, way.title, components_text(way)));
    }
    if (!grid.rows.empty()) slide.grid = std::move(grid);
    deck_.slides.push_back(std::move(slide));
    for (std::size_t i = 0; i < std::min(deck_ways_in_full, found.list.size()); ++i) one_way(found.list[i], i + 1, planner);
  }

  void one_way(const WayForward& way, std::size_t rank, const Planner& planner) {
    Slide slide;
    slide.title = fmt::format("{}. {}", rank, way.title);
    std::vector<std::string> needs;
    for (const NodeId n : way.needs) needs.push_back(graph_.node(n).id + " " + graph_.node(n).title);
    slide.points.push_back(
        {fmt::format("{}, score {:.2f}", name_of(way.action), way.score), join(first_few(std::move(needs), 5, "and "), "; ")});
    if (way.action == Action::new_work_item) {
      const WorkItemPlan plan = planner.plan(way);
      slide.points.push_back({fmt::format("{}{}", plan.type,
                                          plan.places.empty() ? ""
                                                              : ", " + graph_.node(plan.places.front().group).id + " " +
                                                                    graph_.node(plan.places.front().group).title),
                              plan.type_why});
      std::vector<std::string> bases;
      for (const NodeId d : plan.base_texts) bases.push_back(graph_.node(d).id);
      slide.points.push_back(
          {"Builds on", bases.empty() ? std::string("no published text covers any of it") : join(bases, "; ")});
      std::vector<std::string> to;
      for (const Addressee& a : plan.addressees) to.push_back(graph_.node(a.group).id + (a.action ? " (action)" : ""));
      slide.points.push_back({"Liaison with", to.empty() ? std::string("nobody on the map") : join(to, "; ")});
      std::vector<std::string> risks;
      for (std::size_t r = 0; r < std::min<std::size_t>(2, plan.risks.size()); ++r) risks.push_back(plan.risks[r].says);
      if (!risks.empty()) slide.points.push_back({"Risks", join(risks, "; ")});
      for (const Claim& statement : plan.scope) slide.notes.push_back(statement.says);
      for (const Claim& risk : plan.risks) slide.notes.push_back("Risk: " + risk.says);
      slide.notes.push_back("Timing: " + plan.timing.says);
    } else {
      const std::vector<Claim> steps = planner.steps(way);
      for (std::size_t i = 0; i < std::min<std::size_t>(4, steps.size()); ++i) slide.points.push_back({steps[i].says});
      for (const Claim& step : steps) slide.notes.push_back(step.says);
    }
    slide.notes.push_back(components_text(way));
    deck_.slides.push_back(std::move(slide));
  }

  void sources() {
    Slide slide;
    slide.title = "Sources";
    for (const SearchRecord& search : graph_.searches()) {
      std::vector<std::string> catalogues;
      for (const SearchedCatalogue& c : search.record.catalogues)
        catalogues.push_back(fmt::format("{}{}{}", c.name, c.records ? fmt::format(" {} records", thousands(*c.records)) : "",
                                         c.date ? ", " + to_string(*c.date) : ""));
      slide.points.push_back({fmt::format("Search by {}, {}: {}", search.record.by, to_string(search.record.on),
                                          count_of(search.needs.size(), "need")),
                              join(catalogues, "; ")});
    }
    std::map<std::string, std::size_t> bodies;
    std::size_t deliverables = 0;
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
      if (!s_.state(d)) continue;
      ++deliverables;
      for (const NodeId g : graph_.developers_of(d)) {
        ++bodies[graph_.node(graph_.body_of(g)).id];
        break;
      }
    }
    std::vector<std::string> parts;
    for (const auto& [body, n] : bodies) parts.push_back(fmt::format("{} {}", body, n));
    slide.points.push_back({fmt::format("{} on the map on that day", count_of(deliverables, "deliverable")), join(parts, "; ")});
    if (graph_.searches().empty()) slide.points.push_back({"No search is recorded", "what nothing covers is unknown, not a gap"});
    slide.notes.push_back(
        "Every link of the map says who read what, when and where: lacuna show NODE and lacuna gaps --explain print it.");
    deck_.slides.push_back(std::move(slide));
  }

  const Graph& graph_;
  const Params& params_;
  Situation s_;
  Scope scope_;
  Deck deck_;
};

}  // namespace

Deck session_deck(const Graph& graph, const Params& params) { return DeckMaker(graph, params).run(); }

}  // namespace lacuna
