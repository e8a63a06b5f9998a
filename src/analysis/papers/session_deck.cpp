// A deck for a session, or for the whole map: what the map says, slide by slide, with the evidence in the speaker's notes.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/boxes.hpp"
#include "analysis/explain.hpp"
#include "analysis/liaisons.hpp"
#include "analysis/plain_words.hpp"
#include "analysis/ways/proposal.hpp"
#include "base/text.hpp"
#include "lacuna/draft.hpp"
#include "model/state_looks.hpp"

namespace lacuna {
namespace {

constexpr std::size_t deck_most_gaps = 12;
constexpr std::size_t deck_most_ways = 10;
constexpr std::size_t deck_ways_in_full = 3;
constexpr std::size_t deck_most_asked = 6;

class DeckMaker {
 public:
  DeckMaker(const Graph& graph, const Params& params)
      : graph_(graph),
        params_(params),
        everybody_(params),
        s_(graph, *params.profile, params.as_of, params.include_suggested),
        scope_(scope_of(graph, params)),
        needs_(selected_needs(s_, params)) {
    everybody_.scope.reset();  // The session sees everybody; gaps and ways forward are the group's.
    objectives_ = params.session ? objectives_of_session(s_, *params.session) : graph.of_kind(Kind::objective);
    if (params.objective) std::erase_if(objectives_, [&](NodeId o) { return o != *params.objective; });
  }

  Deck run() {
    deck_.title = name();
    deck_.footer = moment_text(s_, params_);
    title();
    objectives();
    coverage();
    who();
    groups();
    // Ways forward are those of a group; they bring the gaps along.
    Params acting = params_;
    for (const NodeId o : objectives_) {
      if (!acting.scope && answer_of(graph_.node(o)) == Answer::ways_forward) acting.scope = acting_group(s_, params_, o);
    }
    Ways found;
    if (params_.scope)
      found = find_ways(s_, params_);
    else
      found.gaps = find_gaps(s_, params_);
    gaps(found.gaps);
    ask(found.gaps);
    if (params_.scope) {
      ways(found, params_);
    } else if (acting.scope) {
      ways(find_ways(s_, acting), acting);
    }
    sources();
    return std::move(deck_);
  }

 private:
  std::string name() const {
    if (params_.session) return fmt::format("{}: {}", graph_.node(*params_.session).id, graph_.node(*params_.session).title);
    return graph_.info().title.empty() ? "Relationship map" : graph_.info().title;
  }
  const std::string& group_name() const { return graph_.node(*params_.scope).id; }

  Slide& add(std::string title, const Params& whose) {
    Slide slide;
    slide.title = std::move(title);
    slide.whose = whose_coverage(graph_, whose);
    return deck_.slides.emplace_back(std::move(slide));
  }

  void title() {
    Slide& slide = add(name(), params_);
    slide.kind = Slide::Kind::title;
    std::vector<std::string> lines;
    const std::vector<NodeId> workshops = graph_.of_kind(Kind::workshop);
    if (!workshops.empty()) lines.push_back(graph_.node(workshops.front()).title);
    lines.push_back(params_.scope ? fmt::format("gaps and ways forward of {}", group_name()) : std::string("all groups"));
    lines.push_back(moment_text(s_, params_));
    slide.subtitle = join(lines, " · ");
    for (const std::string& note : notes_of(s_, params_)) slide.notes.push_back(note);
    slide.notes.push_back(
        fmt::format("All figures are counted by the map as of that day, with the weights of profile “{}” ({}). No link means "
                    "unknown, never “none”: only a recorded search makes a gap.",
                    params_.profile->name, params_.profile->hash));
  }

  /// The needs of the deck that stand behind an objective.
  std::vector<NodeId> behind(NodeId objective) const { return common(needs_behind(s_, objective), needs_); }

  /// Objectives with the states of their needs, by all groups, and by the scope alone beside it.
  void objectives() {
    Slide& slide = add(params_.session ? "What the session discusses" : "Objectives", everybody_);
    if (objectives_.empty()) {
      slide.points.push_back({params_.session ? "The map allots no objective to this session" : "The map has no objectives",
                              fmt::format("{} stand by themselves", count_of(needs_.size(), "need"))});
      return;
    }
    Picture picture;
    picture.title = slide.title;
    picture.notes = face_notes(s_, everybody_);
    if (params_.scope) picture.notes.front() += fmt::format(" · beside it {} alone", group_name());
    Picture::Grid grid;
    grid.corner = "objective";
    grid.columns = {"by all groups"};
    if (params_.scope) grid.columns.push_back("by " + group_name() + " alone");
    grid.bars = grid.columns.size();
    for (const NodeId o : objectives_) {
      const Node& node = graph_.node(o);
      const std::vector<NodeId> needs = behind(o);
      grid.rows.push_back(slide_name(node));
      std::vector<Box>& boxes = grid.cells.emplace_back();
      for (std::size_t c = 0; c < grid.columns.size(); ++c) {
        const Scope& scope = c == 0 ? all_ : scope_;
        Box box = tally_box(s_, fmt::format("{} {}", node.id, grid.columns[c]), "", needs, scope);
        box.lines.clear();
        if (needs.empty()) box.lines = {without_needs_text(node)};
        boxes.push_back(std::move(box));
        if (needs.empty()) continue;
        const Tally t = tally(s_, needs, scope);
        slide.notes.push_back(fmt::format("{} {}, {}: {}: {}; priority-weighted score {:.2f}", node.id, node.title,
                                          grid.columns[c], count_of(t.needs, "need"), tally_text(t), t.score));
      }
    }
    picture.grid = std::move(grid);
    picture.legend.push_back("Bars: the needs that serve the objective, by their state; the numbers count needs.");
    slide.picture = std::move(picture);
  }

  /// Objectives, or without them topics, or without both the needs, against groups; counted for everybody.
  void coverage() {
    ViewParams asked{{everybody_}};
    asked.by = !graph_.of_kind(Kind::objective).empty() ? Kind::objective
               : !graph_.of_kind(Kind::topic).empty()   ? Kind::topic
                                                        : Kind::requirement;
    picture(view_coverage(graph_, asked), "Coverage by group");
    Slide& slide = deck_.slides.back();
    if (!slide.picture || !slide.picture->grid || slide.picture->grid->rows.empty()) {
      slide.picture.reset();
      slide.points.push_back({"There is nothing to cover yet"});
    }
  }

  void who() {
    ViewParams asked{{everybody_}};
    asked.subject = params_.session;
    picture(params_.session ? view_session(graph_, asked) : view_relationship(graph_, asked), "Who works on what");
  }

  void picture(Result result, std::string title) {
    Slide& slide = add(std::move(title), everybody_);
    slide.picture = std::move(result.picture);
    slide.notes = result.summary;
    if (!slide.picture) return;
    slide.picture->title = slide.title;
    for (const std::string& note : slide.picture->notes) slide.notes.push_back(note);
  }

  /// Where an objective asks who does what: the groups that the map lists, or those that cover most, with their texts.
  /// Where the group itself has no liaison with the scope: those of the groups whose texts its row counts.
  std::string liaisons_inside(const Liaisons& liaisons, const GroupColumn& column) const {
    std::set<NodeId> inside;
    for (const NodeId d : column.deliverables) {
      for (const NodeId g : graph_.developers_of(d)) {
        if (s_.exists(g) && g != *params_.scope && liaisons.between(*params_.scope, g)) inside.insert(g);
      }
    }
    std::vector<std::string> names;
    for (const NodeId g : inside) names.push_back(graph_.node(g).id);
    if (names.empty()) return "none on the map";
    return names.size() <= 2 ? "with " + join(names, ", ") : fmt::format("with {} groups inside", names.size());
  }

  void groups() {
    if (std::ranges::none_of(objectives_, [&](NodeId o) { return answer_of(graph_.node(o)) == Answer::groups; })) return;
    Slide& slide = add("On-going activities: groups and liaisons", everybody_);
    Slide::Grid grid;
    grid.columns = {"Group", "Texts in force", "Under way", "Needs covered", "In full"};
    grid.widths = {0.34, 0.15, 0.15, 0.18, 0.18};
    if (params_.scope) grid.columns.push_back("Liaison with " + group_name()), grid.widths = {0.26, 0.13, 0.13, 0.15, 0.13, 0.2};
    const Liaisons liaisons(graph_);
    for (const GroupColumn& column : group_columns(s_, needs_, all_, {}, most_boxes)) {
      if (!column.group && column.deliverables.empty()) continue;
      const Scope scope(graph_, column.deliverables);
      const GroupPart part = column.deliverables.empty() ? GroupPart() : part_of(s_, needs_, scope);
      const auto drafts =
          static_cast<std::size_t>(std::ranges::count_if(part.texts, [&](NodeId d) { return *s_.state(d) < State::published; }));
      const auto full = column.deliverables.empty() ? 0 : std::ranges::count_if(part.needs, [&](NodeId n) {
        return s_.state_of(n, scope) == CoverageState::covered;
      });
      std::vector<Slide::Cell> row{{column.label},
                                   {std::to_string(part.texts.size() - drafts)},
                                   {std::to_string(drafts)},
                                   {fmt::format("{} of {}", part.needs.size(), needs_.size())},
                                   {std::to_string(full)}};
      if (params_.scope)
        row.push_back({!column.group                                     ? liaisons_inside(liaisons, column)
                       : *column.group == *params_.scope                 ? std::string("–")
                       : !s_.exists(*column.group)                       ? std::string("no longer active")
                       : liaisons.between(*params_.scope, *column.group) ? std::string("yes")
                                                                         : liaisons_inside(liaisons, column)});
      grid.rows.push_back(std::move(row));
    }
    slide.notes.push_back(
        "Texts in force and drafts that cover a need of this deck; needs that they cover in full, in part or with a "
        "draft. A deliverable of two groups stands under both.");
    if (grid.rows.empty())
      slide.points.push_back({"No group has a text on these needs"});
    else
      slide.grid = std::move(grid);
  }

  /// Groups with a text near a need: it covers it for somebody, or mentions it.
  std::vector<std::pair<NodeId, NodeId>> near(const Gap& gap) const {
    std::vector<std::pair<NodeId, NodeId>> texts;  // Group, deliverable.
    if (gap.anywhere != nullptr && is_need(graph_.node(gap.subject).kind)) {
      for (const Evidence& e : gap.anywhere->evidence)
        for (const NodeId g : graph_.developers_of(e.deliverable)) texts.emplace_back(g, e.deliverable);
      for (const Mention& m : mentions_of(s_, gap.subject))
        for (const NodeId g : graph_.developers_of(m.deliverable)) texts.emplace_back(g, m.deliverable);
    }
    return texts;
  }

  void gaps(const Gaps& found) {
    Slide& slide = add(params_.scope ? fmt::format("Gaps of {}, by rank", group_name()) : std::string("Gaps, by rank"), params_);
    if (found.list.empty()) slide.points.push_back({"There is no gap"});
    Slide::Grid grid;
    grid.columns = {"About",        params_.scope ? "State, " + group_name() + " alone" : "State, all groups",
                    "Depend on it", "Who is near",
                    "Objectives",   "Way forward"};
    grid.widths = {0.31, 0.16, 0.09, 0.18, 0.12, 0.14};
    for (std::size_t i = 0; i < std::min(deck_most_gaps, found.list.size()); ++i) {
      const Gap& gap = found.list[i];
      const Node& subject = graph_.node(gap.subject);
      std::vector<std::string> groups;
      for (const auto& [group, text] : near(gap)) {
        if (std::ranges::find(groups, graph_.node(group).id) == groups.end()) groups.push_back(graph_.node(group).id);
      }
      std::vector<std::string> served;
      for (const NodeId o : graph_.of_kind(Kind::objective)) {
        if (is_need(subject.kind) && std::ranges::binary_search(needs_behind(s_, o), gap.subject))
          served.push_back(graph_.node(o).id);
      }
      const bool stated = gap.inside != nullptr;
      grid.rows.push_back({{fmt::format("{}  {}", subject.id, gap.other ? "and " + graph_.node(*gap.other).id : subject.title)},
                           {stated && gap.by_state ? "" : std::string(in_words(gap.kind)),
                            stated ? std::optional(gap.inside->state) : std::nullopt},
                           {std::to_string(gap.dependants)},
                           {groups.empty() ? "nobody on the map" : join(first_few(std::move(groups), 3), ", ")},
                           {join(served, ", ")},
                           {std::string(in_words(gap.action))}});
      slide.notes.push_back(fmt::format("{} ({}, rank {:.2f}, severity {:.2f} = weight of the kind × priority {} / 5{}): {}",
                                        subject.id, name_of(gap.kind), gap.rank, gap.severity, gap.priority,
                                        gap.by_state ? " × (1 − score)" : "", gap.why));
    }
    slide.notes.push_back(
        "Near: groups whose texts mention the need or cover it for somebody, at least in part. Depend on it: the "
        "objectives that the need serves and the use cases that need it.");
    if (found.list.size() > deck_most_gaps) {
      slide.title += fmt::format(": the first {} of {}", deck_most_gaps, found.list.size());
      slide.notes.push_back(fmt::format("{} gaps in all: lacuna gaps lists them.", found.list.size()));
    }
    if (!grid.rows.empty()) slide.grid = std::move(grid);
  }

  /// Whom the first gaps give reason to ask, and what.
  void ask(const Gaps& found) {
    if (!params_.session) return;
    std::map<NodeId, std::vector<std::pair<NodeId, NodeId>>> asked;  // By group: need, text.
    std::vector<std::string> nobody;
    std::size_t looked = 0;
    for (const Gap& gap : found.list) {
      if (!is_need(graph_.node(gap.subject).kind) || gap.other || !gap.by_state || looked == deck_most_gaps) continue;
      ++looked;
      const auto texts = near(gap);
      for (const auto& [group, text] : texts) {
        if (!params_.scope || group != *params_.scope) asked[group].emplace_back(gap.subject, text);
      }
      if (texts.empty()) nobody.push_back(fmt::format("{} ({})", graph_.node(gap.subject).title, graph_.node(gap.subject).id));
    }
    std::vector<std::pair<NodeId, std::vector<std::pair<NodeId, NodeId>>>> order(asked.begin(), asked.end());
    std::ranges::stable_sort(order, std::greater(), [](const auto& entry) { return entry.second.size(); });
    Slide& slide = add("What to ask", params_);
    for (std::size_t i = 0; i < std::min(deck_most_asked, order.size()); ++i) {
      const auto& [group, texts] = order[i];
      const auto& [need, text] = texts.front();
      slide.points.push_back(
          {fmt::format("{}{}", graph_.node(group).id, s_.exists(group) ? "" : " (no longer active: its parent)"),
           fmt::format("How far does {} go on {} ({})?", graph_.node(text).id, graph_.node(need).title, graph_.node(need).id)});
      for (const auto& [n, t] : texts)
        slide.notes.push_back(fmt::format("{}: {} is near {} {}", graph_.node(group).id, graph_.node(t).id, graph_.node(n).id,
                                          graph_.node(n).title));
    }
    if (!nobody.empty())
      slide.points.push_back(
          {"Everybody: who works on what nobody on the map is near?", join(first_few(std::move(nobody), 5, "and "), "; ")});
    if (slide.points.empty()) slide.points.push_back({"No need is open that somebody could be asked about"});
  }

  void ways(const Ways& found, const Params& acting) {
    const Planner planner(s_, acting);
    const std::string& group = graph_.node(*acting.scope).id;
    Slide& slide = add(fmt::format("Ways forward for {}", group), acting);
    if (found.list.empty()) slide.points.push_back({"No gap calls for action"});
    Slide::Grid grid;
    grid.columns = {"#", "Way forward", "About", "Needs"};
    grid.widths = {0.06, 0.17, 0.68, 0.09};
    for (std::size_t i = 0; i < std::min(deck_most_ways, found.list.size()); ++i) {
      const WayForward& way = found.list[i];
      grid.rows.push_back(
          {{std::to_string(i + 1)}, {std::string(in_words(way.action))}, {way.title}, {std::to_string(way.needs.size())}});
      slide.notes.push_back(fmt::format("{}. {}: score {:.2f}: {}", i + 1, way.title, way.score, components_text(way)));
    }
    if (found.list.size() > deck_most_ways) slide.title += fmt::format(": the first {} of {}", deck_most_ways, found.list.size());
    if (!grid.rows.empty()) slide.grid = std::move(grid);
    for (std::size_t i = 0; i < std::min(deck_ways_in_full, found.list.size()); ++i)
      one_way(found.list[i], i + 1, planner, acting);
  }

  void one_way(const WayForward& way, std::size_t rank, const Planner& planner, const Params& acting) {
    Slide& slide = add(fmt::format("{}. {}", rank, way.title), acting);
    std::vector<std::string> needs;
    for (const NodeId n : way.needs) needs.push_back(graph_.node(n).title + " (" + graph_.node(n).id + ")");
    std::string kind(in_words(way.action));
    if (!kind.empty() && kind[0] >= 'a') kind[0] = static_cast<char>(kind[0] - 'a' + 'A');
    slide.points.push_back(
        {fmt::format("{} for {}", kind, count_of(way.needs.size(), "need")), join(first_few(std::move(needs), 5, "and "), "; ")});
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
    slide.notes.push_back(fmt::format("Score {:.2f}: {}", way.score, components_text(way)));
  }

  void sources() {
    Slide& slide = add("Sources, and what was not looked at", everybody_);
    for (const SearchRecord& search : graph_.searches()) {
      std::vector<std::string> catalogues;
      for (const SearchedCatalogue& c : search.record.catalogues)
        catalogues.push_back(fmt::format("{}{}{}", c.name,
                                         c.records ? " " + records_text(static_cast<std::uint64_t>(*c.records)) : "",
                                         c.date ? ", " + to_string(*c.date) : ""));
      slide.points.push_back({fmt::format("Search by {}, {}: {}", search.record.by, to_string(search.record.on),
                                          count_of(search.needs.size(), "need")),
                              join(catalogues, "; ")});
      const std::string unread = search.record.not_searched.empty() ? "" : join(search.record.not_searched, ", ");
      slide.points.push_back(
          {fmt::format("Read: {}. Not searched: {}", search.record.read.empty() ? "titles and abstracts" : search.record.read,
                       unread.empty() ? "bodies without a catalogue named here" : unread)});
    }
    std::map<std::string, std::size_t> bodies;
    std::size_t deliverables = 0;
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
      if (!s_.state(d)) continue;
      ++deliverables;
      for (const NodeId body : graph_.bodies_of(d)) ++bodies[graph_.node(body).id];
    }
    std::vector<std::string> parts;
    for (const auto& [body, n] : bodies) parts.push_back(fmt::format("{} {}", body, n));
    slide.points.push_back(
        {fmt::format("{} on the map on that day, one of two bodies under both", count_of(deliverables, "deliverable")),
         join(parts, "; ")});
    if (graph_.searches().empty()) slide.points.push_back({"No search is recorded", "what nothing covers is unknown, not a gap"});
    slide.notes.push_back(
        "Every link of the map says who read what, when and where: lacuna show NODE and lacuna gaps --explain print it.");
  }

  const Graph& graph_;
  const Params& params_;
  Params everybody_;  ///< The same without the scope.
  Situation s_;
  Scope scope_;
  Scope all_;
  std::vector<NodeId> needs_;       ///< That the deck is about.
  std::vector<NodeId> objectives_;  ///< Of the map, or of the session.
  Deck deck_;
};

}  // namespace

Deck session_deck(const Graph& graph, const Params& params) { return DeckMaker(graph, params).run(); }

}  // namespace lacuna
