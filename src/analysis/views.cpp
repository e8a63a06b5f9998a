// Pictures of the map: what stands in which column and which lines run between. Where it goes on the page is the renderer's.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/boxes.hpp"
#include "analysis/coverage_matrix.hpp"
#include "analysis/plain_words.hpp"
#include "analysis/view_group.hpp"
#include "analysis/ways/ways.hpp"
#include "base/text.hpp"
#include "model/state_looks.hpp"

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

constexpr std::size_t most_topics = 14;  ///< Topics need only one line and a bar.

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

/// Needs that the filters leave are drawn, and what has none of them is not.
bool filtered(const Params& params) { return params.objective || params.topic; }

/// Groups on the left, objectives in the middle, needs by topic on the right, or ways forward where only these answer.
class ChainDrawer {
 public:
  ChainDrawer(Picture& picture, const Situation& situation, const ViewParams& params, std::vector<NodeId> needs)
      : picture_(picture),
        s_(situation),
        graph_(situation.graph()),
        params_(params),
        needs_(std::move(needs)),
        scope_(scope_of(graph_, params)) {
    if (params.columns.size() >= most_boxes) {
      throw Error(ErrorCode::usage, "--groups",
                  fmt::format("{} groups do not fit on a slide; name at most {}", params.columns.size(), most_boxes - 1));
    }
  }

  void run(const std::vector<NodeId>& objectives, std::string heading) {
    picture_.stacks = {groups(), {std::move(heading), {}, 0}, {}};
    std::size_t left_out = 0;
    std::vector<NodeId> drawn;
    for (const NodeId objective : objectives) {
      const std::vector<NodeId> behind = common(needs_behind(s_, objective), needs_);
      if (behind.empty() && filtered(params_)) {
        ++left_out;
      } else if (drawn.size() < most_boxes) {
        drawn.push_back(objective);
        picture_.stacks[1].boxes.push_back(objective_box(objective, behind));
      }
    }
    const bool served = std::ranges::any_of(drawn, [&](NodeId o) { return !needs_behind(s_, o).empty(); });
    const auto forward = std::ranges::find_if(drawn, [&](NodeId o) { return answer_of(graph_.node(o)) == Answer::ways_forward; });
    if (!served && forward != drawn.end()) {
      ways(*forward);
    } else {
      topics(drawn);
    }
    explain(objectives.size() - left_out - drawn.size(), left_out);
  }

 private:
  Picture::Stack groups() {
    Picture::Stack stack{"Groups", {}, 0};
    for (GroupColumn& column : group_columns(s_, needs_, scope_, params_.columns, most_boxes)) {
      Scope scope(graph_, column.deliverables);
      const GroupPart part = column.deliverables.empty() ? GroupPart() : part_of(s_, needs_, scope);
      if (part.texts.empty() && (filtered(params_) || params_.session)) {
        silent_.push_back(column.label);
        continue;
      }
      Box box;
      box.id = " group " + column.label;
      box.lines = {column.label, part_text(part)};
      box.look.role = Look::Role::group;
      stack.boxes.push_back(std::move(box));
      columns_.push_back(std::move(column));
    }
    return stack;
  }

  Box objective_box(NodeId objective, const std::vector<NodeId>& behind) {
    const Answer answer = answer_of(graph_.node(objective));
    Box box = box_of(graph_, objective, Look::Role::centre);
    box.lines.push_back(behind.empty() ? without_needs_text(graph_.node(objective)) : uncovered_text(s_, behind, scope_));
    for (const GroupColumn& column : columns_) {
      if (column.deliverables.empty()) continue;
      const std::vector<NodeId>& about = behind.empty() && answer == Answer::groups ? needs_ : behind;
      const std::size_t n = part_of(s_, about, Scope(graph_, column.deliverables)).texts.size();
      if (n > 0) picture_.lines.push_back({" group " + column.label, box.id, static_cast<double>(n), "", Line::Kind::strong});
    }
    return box;
  }

  void topics(const std::vector<NodeId>& objectives) {
    picture_.stacks[2].heading = "Needs by topic";
    const std::vector<TopicGroup> topics = by_topic(s_, needs_);
    for (const TopicGroup& topic : topics)
      picture_.stacks[2].boxes.push_back(tally_box(s_, topic.id, topic.title, topic.needs, scope_));
    add_objective_topic_lines(picture_, s_, objectives, topics);
  }

  void ways(NodeId objective) {
    Picture::Stack& stack = picture_.stacks[2];
    picture_.stacks[0].share = 0.7;
    picture_.stacks[1].share = 0.9;
    stack.share = 1.7;
    const auto acting = acting_group(s_, params_, objective);
    if (!acting) {
      stack.heading = "Ways forward";
      picture_.legend.push_back("Ways forward are those of a group: name it with --scope.");
      return;
    }
    stack.heading = fmt::format("Ways forward for {}, best first", graph_.node(*acting).id);
    Params asked = params_;
    asked.scope = acting;
    const Ways found = find_ways(s_, asked);
    for (std::size_t i = 0; i < std::min(found.list.size(), most_boxes); ++i) {
      const WayForward& way = found.list[i];
      Box box;
      box.id = fmt::format(" way {}", i + 1);
      box.lines = {fmt::format("{}. {}", i + 1, way.title),
                   fmt::format("{} · {}", in_words(way.action), count_of(way.needs.size(), "need"))};
      picture_.lines.push_back({graph_.node(objective).id, box.id, 1, "", Line::Kind::faint});
      stack.boxes.push_back(std::move(box));
    }
    if (found.list.size() > most_boxes)
      picture_.legend.push_back(
          fmt::format("The first {} of {} are shown; lacuna suggest lists all.", most_boxes, count_of(found.list.size(), "way")) +
          " Needs: those that it is for.");
  }

  void explain(std::size_t too_many, std::size_t left_out) {
    std::string about = "Groups: their texts in force and drafts that cover needs shown here, and how many needs these are.";
    if (picture_.stacks[2].heading == "Needs by topic") about += " " + uncovered_legend(graph_, params_);
    picture_.legend.push_back(std::move(about));
    picture_.legend.push_back(
        picture_.stacks[2].heading == "Needs by topic"
            ? "Lines on the left: texts of the group on needs of the objective. Lines on the right: needs that serve it. Wider "
              "for more."
            : "Lines on the left: texts of the group on the needs that the objective is about. Wider for more.");
    if (!silent_.empty()) picture_.legend.push_back(fmt::format("Without a text on these needs: {}.", join(silent_, ", ")));
    if (too_many > 0) picture_.legend.push_back(fmt::format("{} more are not shown.", count_of(too_many, "objective")));
    if (left_out > 0)
      picture_.legend.push_back(fmt::format("{} that these needs do not serve: left out.", count_of(left_out, "objective")));
  }

  Picture& picture_;
  const Situation& s_;
  const Graph& graph_;
  const ViewParams& params_;
  std::vector<NodeId> needs_;
  Scope scope_;
  std::vector<GroupColumn> columns_;
  std::vector<std::string> silent_;  ///< Groups without a text on the needs.
};

}  // namespace

Result view_relationship(const Graph& graph, const ViewParams& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result = picture_result(situation, params, fmt::format("{}: who works on what", graph.info().title));
  const std::vector<NodeId> objectives = params.objective ? std::vector{*params.objective} : graph.of_kind(Kind::objective);
  ChainDrawer(*result.picture, situation, params, selected_needs(situation, params)).run(objectives, "Objectives");
  return result;
}

Result view_coverage(const Graph& graph, const ViewParams& params) {
  const CoverageMatrix matrix = coverage_matrix(graph, params);
  const Scope scope = scope_of(graph, params);
  Result result = picture_result(
      matrix.situation(), params,
      fmt::format("{}: coverage{}", graph.info().title, params.scope ? " by " + graph.node(*params.scope).id : " by group"));
  Picture& picture = *result.picture;
  Picture::Grid grid;
  const bool single = matrix.single();
  grid.bars = single ? 0 : 1;
  grid.corner = single ? "need" : std::string(name_of(params.by));
  for (const GroupColumn& column : matrix.columns()) grid.columns.push_back(column.label);
  grid.columns.push_back(params.scope ? graph.node(*params.scope).id + " alone" : "all groups");
  std::size_t left_out = 0;
  for (const MatrixRow& row : matrix.rows()) {
    if (row.needs.empty() && filtered(params)) {
      ++left_out;
      continue;
    }
    const Node& node = graph.node(row.node);
    // The identifier of a topic is not for slides.
    grid.rows.push_back((params.by == Kind::topic ? std::string(3 * row.depth, ' ') : "") + slide_name(node));
    std::vector<Box> boxes;
    for (std::size_t c = 0; c < matrix.columns().size(); ++c) {
      const MatrixCell cell = matrix.cell(row, c);
      Box box;
      box.id = node.id + " / " + matrix.columns()[c].label;
      if (!single) {
        box.tally = cell.by_state;
        box.lines = {cell.live() > 0 ? std::to_string(cell.live()) : row.needs.empty() ? "" : "–"};
      } else if (!is_open(cell.best())) {
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
        "Numbers: needs of the row that the group covers in full, in part or with a draft. The bar below is as long as the row "
        "has "
        "needs; its colours are the states of those that the group covers.");
  if (left_out > 0) picture.legend.push_back(fmt::format("{} without such needs: left out.", count_of(left_out, "row")));
  return result;
}

Result view_gaps(const Graph& graph, const ViewParams& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Params asked = params;
  if (asked.kinds.empty()) asked.kinds = {GapKind::uncovered, GapKind::unknown, GapKind::stale, GapKind::outside_scope};
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
  const std::vector<NodeId> asked_for = selected_needs(situation, params);
  const Scope scope = scope_of(graph, params);

  // Objectives that depend on the gaps.
  Picture::Stack left{filtered(params) ? "Objectives, of the needs asked for" : "Objectives", {}, 0};
  for (const NodeId objective : graph.of_kind(Kind::objective)) {
    const std::vector<NodeId> behind = common(needs_behind(situation, objective), asked_for);
    const bool drawn = std::ranges::any_of(needs, [&](NodeId n) { return std::ranges::binary_search(behind, n); });
    if (!drawn || left.boxes.size() >= most_boxes) continue;
    Box box = box_of(graph, objective, Look::Role::centre);
    box.lines.push_back(uncovered_text(situation, behind, scope));
    left.boxes.push_back(std::move(box));
    for (const NodeId n : needs) {
      if (std::ranges::binary_search(behind, n))
        picture.lines.push_back({graph.node(objective).id, graph.node(n).id, 1, "", Line::Kind::faint});
    }
  }
  Picture::Stack middle{"Gaps, by rank", {}, 0};
  std::map<NodeId, std::size_t> concerned;
  std::vector<std::pair<NodeId, NodeId>> touches;
  for (std::size_t i = 0; i < shown; ++i) {
    Box box = box_of(graph, gaps[i].subject, Look::Role::need, gaps[i].inside->state);
    box.lines.push_back(fmt::format("{} · {} on it · {}", in_words(gaps[i].kind),
                                    gaps[i].dependants == 1 ? "1 depends" : fmt::format("{} depend", gaps[i].dependants),
                                    in_words(gaps[i].action)));
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
  Picture::Stack right{"Groups with a text near it", {}, 0};
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
      "A line to a group: it has a deliverable that mentions the need, covers it in part, or covered it once. On a need depend "
      "the "
      "objectives that it serves and the use cases that need it.");
  picture.legend.push_back(uncovered_legend(graph, params));
  if (gaps.empty()) picture.notes.push_back("There is no such gap.");
  return result;
}

Result view_around(const Graph& graph, const ViewParams& params) {
  const NodeId subject = params.subject.value();
  if (graph.node(subject).kind == Kind::group) return view_group(graph, params, subject);
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
  picture.stacks = {std::move(left), {"", {std::move(centre)}, 0}, std::move(right)};
  if (hidden > 0)
    picture.legend.push_back(
        fmt::format("{} more {} not shown; lacuna show lists all.", hidden, hidden == 1 ? "neighbour is" : "neighbours are"));
  return result;
}

Result view_session(const Graph& graph, const ViewParams& params) {
  ViewParams asked = params;
  const NodeId session = params.subject.value();
  asked.session = session;
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result = picture_result(situation, asked, fmt::format("{}: {}", graph.node(session).id, graph.node(session).title));
  const std::vector<NodeId> objectives = objectives_of_session(situation, session);
  if (objectives.empty()) result.picture->notes.push_back("The map allots no objective to this session.");
  ChainDrawer(*result.picture, situation, asked, selected_needs(situation, asked)).run(objectives, "Objectives discussed");
  return result;
}

}  // namespace lacuna
