#include "analysis/page/find_page.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/columns.hpp"
#include "analysis/gaps.hpp"
#include "analysis/nesting.hpp"
#include "analysis/page/page_runs.hpp"
#include "analysis/ways/proposal.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_page_columns = 12;
constexpr std::size_t most_gaps = 5'000;  ///< A table of more rows is laid out slowly.

/// The objectives or topics at the other end of links that count.
std::vector<NodeId> fields_of_need(const Situation& situation, NodeId need, Relation relation, Kind kind) {
  const Graph& graph = situation.graph();
  std::vector<NodeId> list;
  for (const LinkId l : graph.out(need, relation)) {
    if (situation.counts(l) && graph.node(graph.edge(l).to).kind == kind) list.push_back(graph.edge(l).to);
  }
  sort_unique(list);
  return list;
}

class PageFinder {
 public:
  PageFinder(const Graph& graph, const PageQuestion& question)
      : graph_(graph),
        question_(question),
        params_(question.params),
        page_{{graph, *params_.profile, params_.as_of, params_.include_suggested}} {
    page_.open = question.open;
    page_.scope = params_.scope;
    page_.command = question.command;
    page_.objective = params_.objective;
    page_.topic = params_.topic;
    page_.notes = notes_of(page_.situation, params_);
    page_.days = days_of_change(graph_, params_.as_of);
    page_.day = page_.position_of(params_.as_of);
    for (const Relation relation : all_of<Relation>())
      page_.phrases[relation] = {phrase(relation, true), phrase(relation, false)};
  }

  MapPage run() {
    needs();
    rows(Kind::objective, page_.objectives);
    rows(Kind::topic, page_.topics);
    scopes();
    runs();
    whys();
    gaps();
    if (question_.acting && !page_.open) ways(*question_.acting);
    groups();
    ViewParams view{{params_}};
    page_.picture = view_relationship(graph_, view).picture;
    return std::move(page_);
  }

 private:
  [[nodiscard]] const Situation& s() const { return page_.situation; }

  void needs() {
    const std::vector<bool> asked = needs_asked();
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const NodeId id = static_cast<NodeId>(i);
      if (!asked[i]) continue;
      PageNeed need;
      need.node = id;
      need.objectives = fields_of_need(s(), id, Relation::serves, Kind::objective);
      need.topics = fields_of_need(s(), id, Relation::part_of, Kind::topic);
      need.searched = search_text(graph_, id);
      page_.needs.push_back(std::move(need));
    }
  }

  /// By node: a need that passes the filters of the question on some day.
  [[nodiscard]] std::vector<bool> needs_asked() const {
    std::vector<bool> asked(graph_.size());
    std::vector<NodeId> before;
    for (const Day on : page_.days) {
      const Situation day(graph_, *params_.profile, on, params_.include_suggested);
      if (day.needs() == before) continue;
      before = day.needs();
      for (const NodeId need : selected_needs(day, params_)) asked[index(need)] = true;
    }
    return asked;
  }

  [[nodiscard]] std::optional<std::size_t> position(NodeId need) const {
    const auto found = std::ranges::lower_bound(page_.needs, need, {}, &PageNeed::node);
    if (found == page_.needs.end() || found->node != need) return std::nullopt;
    return static_cast<std::size_t>(found - page_.needs.begin());
  }

  void rows(Kind kind, std::vector<PageRow>& list) {
    const Nesting nesting(graph_);
    for (const NodeId id : graph_.of_kind(kind)) list.push_back({id, nesting.depth(id), {}, without_needs_text(graph_.node(id))});
    std::ranges::stable_sort(list, {}, [&](const PageRow& row) { return nesting.rank(row.node); });
  }

  /// Adds the needs that stand behind a row on that day.
  void fill_rows(const Situation& situation, std::vector<PageRow>& list) {
    for (PageRow& row : list) {
      for (const NodeId need : needs_behind(situation, row.node)) {
        if (const auto at = position(need)) row.needs.push_back(*at);
      }
      sort_unique(row.needs);
    }
  }

  void scopes() {
    page_.scopes = page_scopes(graph_, params_.include_suggested);
    sets_.emplace_back();
    for (std::size_t i = 1; i < page_.scopes.size(); ++i) sets_.emplace_back(graph_, *page_.scopes[i].group);
    if (params_.scope) page_.scope_at = scope_of_group(*params_.scope, true);
    // Of every day: what does not exist on one counts for nothing on it.
    const Situation last(graph_, *params_.profile, Day::after_everything, params_.include_suggested);
    std::vector<NodeId> all;
    for (const PageNeed& need : page_.needs) all.push_back(need.node);
    for (GroupColumn& column : group_columns(last, all, {}, {}, most_page_columns)) {
      if (column.group && column.label == graph_.node(*column.group).id) {
        page_.columns.push_back({column.label, scope_of_group(*column.group, false)});
        continue;
      }
      page_.scopes.push_back({std::nullopt, column.label, false});
      sets_.emplace_back(graph_, column.deliverables);
      page_.columns.push_back({column.label, page_.scopes.size() - 1});
    }
  }

  /// The scope of a group, which is added where it has nothing on any need.
  std::size_t scope_of_group(NodeId group, bool offered) {
    const auto found = std::ranges::find(page_.scopes, std::optional(group), &PageScope::group);
    if (found != page_.scopes.end()) return static_cast<std::size_t>(found - page_.scopes.begin());
    page_.scopes.push_back({group, graph_.node(group).id, offered});
    sets_.emplace_back(graph_, group);
    return page_.scopes.size() - 1;
  }

  void runs() {
    std::vector<NodeId> before;
    find_runs(graph_, *params_.profile, params_.include_suggested, page_.days, sets_, page_.needs, [&](const Situation& day) {
      // Who stands behind what changes with the needs that are there.
      if (day.needs() == before) return;
      before = day.needs();
      fill_rows(day, page_.objectives);
      fill_rows(day, page_.topics);
    });
  }

  void whys() {
    for (PageNeed& need : page_.needs) {
      const PageRun& run = need.at(page_.scope_at, page_.day);
      if (!run.state) {
        need.why = absence_text(s(), need.node);
      } else if (!run.evidence.empty()) {
        need.why = evidence_texts(s(), run.evidence, 5);
      } else if (run.state == CoverageState::elsewhere) {
        need.why = "by others: " + evidence_texts(s(), need.at(0, page_.day).evidence, 5);
      } else {
        need.why = need.searched;
      }
    }
  }

  void gaps() {
    const Gaps found = find_gaps(s(), params_);
    std::vector<NodeId> missed;
    for (const Gap& gap : found.list) {
      const bool uncovered = gap.kind == GapKind::uncovered || gap.kind == GapKind::unknown;
      if (gap.kind == GapKind::uncovered) missed.push_back(gap.subject);
      if (page_.gaps.size() == most_gaps) continue;
      page_.gaps.push_back({gap.kind, gap.subject, gap.other, gap.rank, gap.parts,
                            gap.inside == nullptr ? std::nullopt : std::optional(gap.inside->state), gap.dependants, gap.action,
                            gap.why,
                            uncovered && is_need(graph_.node(gap.subject).kind) ? search_text(graph_, gap.subject) : ""});
    }
    if (!missed.empty()) {
      if (std::string searched = searches_text(graph_, missed); !searched.empty()) page_.gap_notes.push_back(std::move(searched));
    }
    std::ranges::move(cut_texts(graph_, found.cut), std::back_inserter(page_.gap_notes));
    if (found.list.size() > most_gaps)
      page_.gap_notes.push_back(fmt::format("only the first {} of {} gaps are on the page; for all of them: lacuna gaps",
                                            thousands(most_gaps), thousands(found.list.size())));
  }

  void ways(NodeId group) {
    Params asked = params_;
    asked.scope = group;
    page_.acting = group;
    const Ways found = find_ways(s(), asked);
    const Planner planner(s(), asked);
    for (const WayForward& way : found.list) {
      PageWay out{way.action, way.title, way.score, way.components, way.reasons, way.needs, {}, {}, {}, {}};
      for (const Backing& text : way.texts) out.texts.push_back(text.deliverable);
      for (const auto& [to, texts] : way.liaise_with) out.liaise.push_back(to);
      if (way.action == Action::new_work_item)
        out.proposal = proposal(way, planner.plan(way));
      else
        for (const Claim& step : planner.steps(way)) out.what_to_do.push_back(step.says);
      page_.ways.push_back(std::move(out));
    }
  }

  [[nodiscard]] std::vector<PageLine> proposal(const WayForward& way, const WorkItemPlan& plan) const {
    std::vector<PageLine> lines;
    const auto sentences = [&](const std::string& label, const std::vector<Claim>& claims) {
      std::vector<std::string> says;
      for (const Claim& claim : claims) says.push_back(claim.says);
      if (!says.empty()) lines.push_back({label, join(says, " ")});
    };
    lines.push_back({"Title", way.title_why});
    lines.push_back({"Type", fmt::format("{}: {}", plan.type, plan.type_why)});
    sentences("Scope", plan.scope);
    sentences("Summary", plan.summary);
    for (const Place& place : plan.places)
      lines.push_back({"Place", fmt::format("{}, {} ({:.2f}; {})", graph_.node(place.group).id, graph_.node(place.group).title,
                                            place.degree, place.words)});
    for (const NodeId d : plan.base_texts)
      lines.push_back({"Base text", fmt::format("{}, {}", graph_.node(d).id, graph_.node(d).title)});
    for (const Addressee& to : plan.addressees)
      lines.push_back({to.action ? "Liaison for action" : "Liaison for information",
                       fmt::format("{}: {}", graph_.node(to.group).id, to.why.says)});
    lines.push_back({"Timing", plan.timing.says});
    for (const Claim& risk : plan.risks) lines.push_back({"Risk", risk.says});
    return lines;
  }

  void groups() {
    for (const NodeId id : graph_.of_kind(Kind::group)) {
      PageGroup group;
      group.node = id;
      const auto scope = std::ranges::find(page_.scopes, std::optional(id), &PageScope::group);
      if (scope != page_.scopes.end()) group.scope = static_cast<std::size_t>(scope - page_.scopes.begin());
      group.active = s().exists(id);
      if (!group.active) group.absence = absence_text(s(), id);
      group.documents = graph_.deliverables_of(id);
      for (const NodeId d : group.documents) {
        const auto state = s().state(d);
        if (state) ++(*state < State::published ? group.under_way : *state == State::published ? group.published : group.past);
      }
      for (const NodeId part : graph_.whole(id)) {
        for (const LinkId l : graph_.out(part, Relation::works_on)) {
          if (s().counts(l) && s().exists(graph_.edge(l).to)) group.works_on.push_back(graph_.edge(l).to);
        }
      }
      sort_unique(group.works_on);
      const auto take = [&](std::span<const LinkId> links, NodeId Edge::*other) {
        for (const LinkId l : links) {
          if (graph_.edge(l).status == Status::asserted) group.liaisons.push_back(graph_.edge(l).*other);
        }
      };
      take(graph_.out(id, Relation::liaises_with), &Edge::to);
      take(graph_.in(id, Relation::liaises_with), &Edge::from);
      sort_unique(group.liaisons);
      page_.groups.push_back(std::move(group));
    }
  }

  const Graph& graph_;
  const PageQuestion& question_;
  const Params& params_;
  MapPage page_;
  std::vector<Scope> sets_;  ///< By scope, what it counts.
};

}  // namespace

MapPage find_page(const Graph& graph, const PageQuestion& question) { return PageFinder(graph, question).run(); }

}  // namespace lacuna
