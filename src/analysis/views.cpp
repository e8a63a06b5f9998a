// Pictures of the map: what stands in which column and which lines run between. Where it goes on the page is the renderer's.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/coverage_matrix.hpp"
#include "analysis/gaps.hpp"
#include "base/text.hpp"

namespace lacuna {

std::span<const View> views() {
  static constexpr View list[] = {
      {"relationship", "groups, objectives and topics of the whole map", false, Kind::workshop, view_relationship},
      {"coverage", "heat map of what each group covers", false, Kind::workshop, view_coverage},
      {"gaps", "what is missing, and whom it concerns", false, Kind::workshop, view_gaps},
      {"around", "one node and its neighbours", true, Kind::workshop, view_around},
      {"session", "what a session discusses", true, Kind::session, view_session},
  };
  return list;
}

namespace {

constexpr std::size_t most_boxes = 12;   ///< In one column of a slide, with two lines of text each.
constexpr std::size_t most_topics = 14;  ///< Topics need only one line and a bar.

Box box_of(const Graph& graph, NodeId id, Look::Role role, std::optional<CoverageState> state = std::nullopt) {
  const Node& node = graph.node(id);
  Box box;
  box.id = node.id;
  box.lines = {node.id, node.title};
  if (node.id == node.title) box.lines.pop_back();
  if (node.kind == Kind::topic) box.lines = {node.title};
  box.look.role = role;
  box.look.state = state;
  return box;
}

/// Needs behind a topic, an objective or a group of rows, as one box.
Box tally_box(const Situation& situation, const std::string& id, const std::string& title, const std::vector<NodeId>& needs,
              const Scope& scope) {
  Box box;
  box.id = id;
  box.lines = {title};
  box.look.role = Look::Role::need;
  box.tally = tally(situation, needs, scope).by_state;
  return box;
}

Result picture_result(const Situation& situation, const Params& params, std::string title) {
  Result result;
  result.title = title;
  result.head = head_of(situation, params);
  Picture picture;
  picture.title = std::move(title);
  picture.notes = notes_of(situation, params);
  result.picture = std::move(picture);
  return result;
}

/// Topics without topics inside: what needs are part of. Needs without a topic stand under "other needs".
struct TopicGroup {
  std::string id;
  std::string title;
  std::vector<NodeId> needs;
};

std::vector<TopicGroup> by_topic(const Situation& situation, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::map<NodeId, std::vector<NodeId>> groups;
  std::vector<NodeId> rest;
  for (const NodeId need : needs) {
    std::optional<NodeId> topic;
    for (const LinkId l : graph.out(need, Relation::part_of)) {
      if (!topic && situation.counts(l) && graph.node(graph.edge(l).to).kind == Kind::topic) topic = graph.edge(l).to;
    }
    if (topic) {
      groups[*topic].push_back(need);
    } else {
      rest.push_back(need);
    }
  }
  std::vector<TopicGroup> result;
  for (auto& [topic, members] : groups) result.push_back({graph.node(topic).id, graph.node(topic).title, std::move(members)});
  // Topics of one branch stand together.
  const Nesting nesting(graph);
  std::ranges::stable_sort(result, {}, [&](const TopicGroup& t) { return nesting.rank(graph.find(t.id)); });
  if (!rest.empty()) result.push_back({"other needs", "other needs", std::move(rest)});
  if (result.size() > most_topics) {
    TopicGroup more{"more topics", "", {}};
    more.title = fmt::format("{} more topics", result.size() - most_topics + 1);
    for (std::size_t i = most_topics - 1; i < result.size(); ++i)
      more.needs.insert(more.needs.end(), result[i].needs.begin(), result[i].needs.end());
    result.resize(most_topics - 1);
    result.push_back(std::move(more));
  }
  return result;
}

/// Objectives on the left of topics: a line for the needs that they share.
void add_objective_topic_lines(Picture& picture, const Situation& situation, const std::vector<NodeId>& objectives,
                               const std::vector<TopicGroup>& topics) {
  for (const NodeId objective : objectives) {
    const std::vector<NodeId> behind = needs_behind(situation, objective);
    for (const TopicGroup& topic : topics) {
      const auto shared =
          std::ranges::count_if(topic.needs, [&](NodeId need) { return std::ranges::binary_search(behind, need); });
      if (shared > 0)
        picture.lines.push_back(
            {situation.graph().node(objective).id, topic.id, static_cast<double>(shared), "", Line::Kind::faint});
    }
  }
}

/// How many of the deliverables cover one of the needs with something that is not stale.
std::size_t live_texts(const Situation& situation, const std::vector<NodeId>& needs, const Scope& column) {
  std::set<NodeId> texts;
  for (const NodeId need : needs) {
    for (const LinkId l : situation.graph().in(need, Relation::covers)) {
      const Edge& e = situation.graph().edge(l);
      const auto state = situation.state(e.from);
      if (situation.counts(l) && e.degree != Degree::none && column.has(e.from) && state && *state <= State::published)
        texts.insert(e.from);
    }
  }
  return texts.size();
}

Picture::Stack group_stack(const Situation& situation, const std::vector<GroupColumn>& columns) {
  Picture::Stack stack{"Groups", {}};
  for (const GroupColumn& column : columns) {
    Box box;
    box.id = " group " + column.label;
    const auto live = static_cast<std::size_t>(
        std::ranges::count_if(column.deliverables, [&](NodeId d) { return *situation.state(d) <= State::published; }));
    box.lines = {column.label, fmt::format("{} of {}", live, count_of(column.in_force, "deliverable"))};
    box.look.role = Look::Role::group;
    stack.boxes.push_back(std::move(box));
  }
  return stack;
}

}  // namespace

namespace {

/// Groups on the left, objectives in the middle, needs by topic on the right.
void draw_chain(Picture& picture, const Situation& situation, const ViewParams& params, const std::vector<NodeId>& needs,
                const std::vector<NodeId>& objectives, std::string heading) {
  const Graph& graph = situation.graph();
  const Scope scope = scope_of(graph, params);
  if (params.columns.size() >= most_boxes) {
    throw Error(ErrorCode::usage, "--groups",
                fmt::format("{} groups do not fit on a slide; name at most {}", params.columns.size(), most_boxes - 1));
  }
  const std::vector<GroupColumn> columns = group_columns(situation, needs, scope, params.columns, most_boxes);
  std::vector<Scope> column_scopes;
  for (const GroupColumn& column : columns) column_scopes.emplace_back(graph, column.deliverables);
  Picture::Stack middle{std::move(heading), {}};
  for (const NodeId objective : objectives) {
    if (middle.boxes.size() >= most_boxes) break;
    Box box = box_of(graph, objective, Look::Role::centre);
    std::vector<NodeId> behind = needs_behind(situation, objective);
    std::erase_if(behind, [&](NodeId n) { return !std::ranges::binary_search(needs, n); });
    box.lines.push_back(
        behind.empty() ? without_needs_text(graph.node(objective))
                       : fmt::format("{}, score {:.2f}", count_of(behind.size(), "need"), tally(situation, behind, scope).score));
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::size_t n = live_texts(situation, behind, column_scopes[c]);
      if (n > 0) picture.lines.push_back({" group " + columns[c].label, box.id, static_cast<double>(n), "", Line::Kind::strong});
    }
    middle.boxes.push_back(std::move(box));
  }
  Picture::Stack right{"Needs by topic", {}};
  const std::vector<TopicGroup> topics = by_topic(situation, needs);
  for (const TopicGroup& topic : topics) right.boxes.push_back(tally_box(situation, topic.id, topic.title, topic.needs, scope));
  add_objective_topic_lines(picture, situation, objectives, topics);
  picture.stacks = {group_stack(situation, columns), std::move(middle), std::move(right)};
  picture.legend.push_back(
      "Groups: deliverables and drafts in force that cover a need shown here, of all that the group has on the map.");
  picture.legend.push_back(
      "Lines on the left: the group's deliverables and drafts that cover needs of the objective. Lines on the right: needs that "
      "serve it. Wider for more.");
  if (objectives.size() > most_boxes)
    picture.legend.push_back(fmt::format("{} of {} objectives are shown.", most_boxes, objectives.size()));
}

}  // namespace

Result view_relationship(const Graph& graph, const ViewParams& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result = picture_result(situation, params, fmt::format("{}: who works on what", graph.info().title));
  const std::vector<NodeId> objectives = params.objective ? std::vector{*params.objective} : graph.of_kind(Kind::objective);
  draw_chain(*result.picture, situation, params, selected_needs(situation, params), objectives, "Objectives");
  return result;
}

Result view_coverage(const Graph& graph, const ViewParams& params) {
  const CoverageMatrix matrix = coverage_matrix(graph, params);
  const Scope scope = scope_of(graph, params);
  Result result = picture_result(matrix.situation(), params, fmt::format("{}: coverage", graph.info().title));
  Picture& picture = *result.picture;
  Picture::Grid grid;
  const bool single = matrix.single();
  grid.corner = single ? "need" : std::string(name_of(params.by));
  for (const GroupColumn& column : matrix.columns()) grid.columns.push_back(column.label);
  grid.columns.push_back(params.scope ? "whole scope" : "all groups");
  for (const MatrixRow& row : matrix.rows()) {
    const Node& node = graph.node(row.node);
    // The identifier of a topic is not for slides.
    grid.rows.push_back(params.by == Kind::topic ? std::string(3 * row.depth, ' ') + node.title
                                                 : fmt::format("{}  {}", node.id, node.title));
    std::vector<Box> boxes;
    for (std::size_t c = 0; c < matrix.columns().size(); ++c) {
      const MatrixCell cell = matrix.cell(row, c);
      Box box;
      box.id = node.id + " / " + matrix.columns()[c].label;
      if (!single) {
        if (cell.live() > 0) box.lines = {std::to_string(cell.live())};
        box.look.level = row.needs.empty() ? 0 : static_cast<double>(cell.live()) / static_cast<double>(row.needs.size());
      } else if (cell.best() <= CoverageState::stale) {
        box.look.state = cell.best();
      }
      boxes.push_back(std::move(box));
    }
    const MatrixCell all = matrix.cell(row, scope);
    Box box;
    box.id = node.id + " / all groups";
    if (single)
      box.look.state = all.best();
    else
      box.tally = all.by_state;
    if (row.needs.empty()) box.lines = {without_needs_text(node)};
    boxes.push_back(std::move(box));
    grid.cells.push_back(std::move(boxes));
  }
  picture.grid = std::move(grid);
  if (!single)
    picture.legend.push_back(
        "Numbers: needs of the row that the group covers in full, in part or with a draft; darker for a larger share of the "
        "row's needs.");
  return result;
}

Result view_gaps(const Graph& graph, const ViewParams& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Params asked = params;
  if (asked.kinds.empty())
    asked.kinds = {GapKind::uncovered, GapKind::unknown, GapKind::stale, GapKind::draft_only, GapKind::outside_scope};
  Gaps found = find_gaps(situation, asked);
  std::vector<Gap>& gaps = found.list;
  std::set<NodeId> subjects;
  // One box a need, for its gravest gap.
  std::erase_if(gaps, [&](const Gap& g) { return !is_need(graph.node(g.subject).kind) || !subjects.insert(g.subject).second; });

  Result result =
      picture_result(situation, params,
                     fmt::format("{}: gaps{}", graph.info().title, params.scope ? " of " + graph.node(*params.scope).id : ""));
  Picture& picture = *result.picture;
  const std::size_t shown = std::min(gaps.size(), most_boxes);
  std::vector<NodeId> needs;
  for (std::size_t i = 0; i < shown; ++i) needs.push_back(gaps[i].subject);
  std::vector<NodeId> all_needs;
  for (const Gap& gap : gaps) all_needs.push_back(gap.subject);
  std::ranges::sort(all_needs);

  // Objectives that depend on the gaps.
  Picture::Stack left{"Objectives", {}};
  for (const NodeId objective : graph.of_kind(Kind::objective)) {
    const std::vector<NodeId> behind = needs_behind(situation, objective);
    const auto missing = std::ranges::count_if(all_needs, [&](NodeId n) { return std::ranges::binary_search(behind, n); });
    const bool drawn = std::ranges::any_of(needs, [&](NodeId n) { return std::ranges::binary_search(behind, n); });
    if (!drawn || left.boxes.size() >= most_boxes) continue;
    Box box = box_of(graph, objective, Look::Role::centre);
    box.lines.push_back(fmt::format("{} of {} missing", missing, count_of(behind.size(), "need")));
    left.boxes.push_back(std::move(box));
    for (const NodeId n : needs) {
      if (std::ranges::binary_search(behind, n))
        picture.lines.push_back({graph.node(objective).id, graph.node(n).id, 1, "", Line::Kind::faint});
    }
  }
  Picture::Stack middle{"Gaps, by rank", {}};
  std::map<NodeId, std::size_t> concerned;
  std::vector<std::pair<NodeId, NodeId>> touches;
  for (std::size_t i = 0; i < shown; ++i) {
    Box box = box_of(graph, gaps[i].subject, Look::Role::need, gaps[i].inside->state);
    box.lines.push_back(fmt::format("{} → {}", name_of(gaps[i].kind), name_of(gaps[i].action)));
    middle.boxes.push_back(std::move(box));
    std::set<NodeId> groups;
    for (const Evidence& e : gaps[i].anywhere->evidence) {
      for (const NodeId g : graph.developers_of(e.deliverable)) groups.insert(g);
    }
    for (const Mention& m : mentions_of(situation, gaps[i].subject)) {
      for (const NodeId g : graph.developers_of(m.deliverable)) groups.insert(g);
    }
    for (const NodeId g : groups) {
      ++concerned[g];
      touches.emplace_back(gaps[i].subject, g);
    }
  }
  Picture::Stack right{"Groups with a text near it", {}};
  std::vector<std::pair<NodeId, std::size_t>> ranked(concerned.begin(), concerned.end());
  std::ranges::stable_sort(ranked, [](const auto& a, const auto& b) { return a.second > b.second; });
  if (ranked.size() > most_boxes) ranked.resize(most_boxes);
  for (const auto& [group, n] : ranked) {
    Box box = box_of(graph, group, Look::Role::group);
    box.id = " group " + graph.node(group).id;
    box.lines = {graph.node(group).id, fmt::format("near {}", count_of(n, "gap"))};
    right.boxes.push_back(std::move(box));
  }
  for (const auto& [need, group] : touches) {
    const bool drawn = std::ranges::any_of(ranked, [&, g = group](const auto& r) { return r.first == g; });
    if (drawn) picture.lines.push_back({graph.node(need).id, " group " + graph.node(group).id, 1, "", Line::Kind::strong});
  }
  picture.stacks = {std::move(left), std::move(middle), std::move(right)};
  if (shown < gaps.size())
    picture.legend.push_back(fmt::format("The first {} of {} by rank are shown.", shown, count_of(gaps.size(), "gap")));
  picture.legend.push_back(
      "A line to a group: it has a deliverable that mentions the need, covers it in part, or covered it once.");
  if (gaps.empty()) picture.notes.push_back("There is no such gap.");
  return result;
}

Result view_around(const Graph& graph, const ViewParams& params) {
  const NodeId subject = params.subject.value();
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);
  Result result = picture_result(situation, params, fmt::format("Around {}", graph.node(subject).id));
  Picture& picture = *result.picture;

  const auto box = [&](NodeId id, Look::Role role) {
    const Node& node = graph.node(id);
    std::optional<CoverageState> state;
    if (is_need(node.kind)) state = situation.state_of(id, scope);
    Box b = box_of(graph, id, role, state);
    if (node.kind == Kind::deliverable)
      b.lines[0] += fmt::format(" · {}", situation.state(id) ? name_of(*situation.state(id)) : "not yet");
    return b;
  };
  // Neighbours with everything that links them to the subject.
  struct Neighbour {
    NodeId node{};
    bool outgoing = false;
    Relation relation = Relation::part_of;
    std::string label;
    bool dashed = true;
  };
  std::vector<Neighbour> neighbours;
  const auto collect = [&](LinkId l, bool outgoing) {
    const Edge& e = graph.edge(l);
    if (e.status == Status::rejected) return;
    const NodeId other = outgoing ? e.to : e.from;
    std::string label(name_of(e.relation));
    if (e.relation == Relation::covers) label += fmt::format(" ({})", name_of(e.degree));
    if (e.status != Status::asserted) label += fmt::format(", {}", name_of(e.status));
    auto same = std::ranges::find_if(neighbours, [&](const Neighbour& n) { return n.node == other && n.outgoing == outgoing; });
    if (same == neighbours.end()) {
      neighbours.push_back({other, outgoing, e.relation, label, true});
      same = neighbours.end() - 1;
    } else {
      same->label += ", " + label;
    }
    same->dashed = same->dashed && (e.relation == Relation::mentions || e.status != Status::asserted);
  };
  for (const LinkId l : graph.in(subject)) collect(l, false);
  for (const LinkId l : graph.out(subject)) collect(l, true);
  // What does not exist yet comes last, what has most links first.
  std::ranges::stable_sort(neighbours, {}, [&](const Neighbour& n) {
    return std::tuple(!situation.exists(n.node),
                      -static_cast<std::ptrdiff_t>(graph.out(n.node).size() + graph.in(n.node).size()));
  });
  // In turn one of each relation, so that a common relation does not push out the others.
  std::map<std::pair<bool, Relation>, std::size_t> turn;
  std::vector<std::pair<std::size_t, const Neighbour*>> order;
  for (const Neighbour& n : neighbours) order.emplace_back(turn[{n.outgoing, n.relation}]++, &n);
  std::ranges::stable_sort(order, {}, [](const auto& o) { return o.first; });

  std::array<std::vector<const Neighbour*>, 2> sides;
  for (const auto& [round, n] : order) {
    // A side that is full lends from the other: arrows tell the direction.
    auto& own = sides[n->outgoing ? 1 : 0];
    auto& other = sides[n->outgoing ? 0 : 1];
    if (own.size() < most_boxes) {
      own.push_back(n);
    } else if (other.size() < most_boxes && turn.size() > 1) {
      other.push_back(n);
    }
  }
  Picture::Stack left;
  Picture::Stack right;
  for (std::size_t side = 0; side < 2; ++side) {
    std::ranges::stable_sort(sides[side], {}, [](const Neighbour* n) { return std::pair(n->outgoing, n->relation); });
    for (const Neighbour* n : sides[side]) {
      const Kind kind = graph.node(n->node).kind;
      Box b = box(n->node, kind == Kind::group ? Look::Role::group : is_need(kind) ? Look::Role::need : Look::Role::plain);
      b.id = (n->outgoing ? "to " : "from ") + graph.node(n->node).id;
      const Line::Kind line = n->dashed ? Line::Kind::dashed : Line::Kind::strong;
      picture.lines.push_back({n->outgoing ? "centre" : b.id, n->outgoing ? b.id : "centre", 1, n->label, line, true});
      (side == 0 ? left : right).boxes.push_back(std::move(b));
    }
  }
  const std::size_t hidden = neighbours.size() - sides[0].size() - sides[1].size();
  Box centre = box(subject, Look::Role::centre);
  centre.id = "centre";
  picture.stacks = {std::move(left), {"", {std::move(centre)}}, std::move(right)};
  if (hidden > 0)
    picture.legend.push_back(
        fmt::format("{} more {} not shown; lacuna show lists all.", hidden, hidden == 1 ? "neighbour is" : "neighbours are"));
  return result;
}

Result view_session(const Graph& graph, const ViewParams& params) {
  const NodeId session = params.subject.value();
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result = picture_result(situation, params, fmt::format("{}: {}", graph.node(session).id, graph.node(session).title));

  std::vector<NodeId> objectives;
  for (const LinkId l : graph.out(session, Relation::discusses)) {
    if (situation.counts(l)) objectives.push_back(graph.edge(l).to);
  }
  std::vector<NodeId> needs = needs_behind(situation, session);
  const std::vector<NodeId> selected = selected_needs(situation, params);
  std::erase_if(needs, [&](NodeId n) { return !std::ranges::binary_search(selected, n); });
  if (objectives.empty()) result.picture->notes.push_back("The map allots no objective to this session.");
  draw_chain(*result.picture, situation, params, needs, objectives, "Objectives discussed");
  return result;
}

}  // namespace lacuna
