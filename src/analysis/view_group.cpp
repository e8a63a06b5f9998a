#include "analysis/view_group.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/boxes.hpp"
#include "analysis/group_brief.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_neighbours = 8;

std::string ids_text(const Graph& graph, const std::vector<NodeId>& ids, std::size_t most) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(most, ids.size()); ++i) {
    const Node& node = graph.node(ids[i]);
    names.push_back(node.kind == Kind::topic || node.kind == Kind::term ? node.title : node.id);
  }
  if (ids.size() > most) names.push_back(fmt::format("{} more", ids.size() - most));
  return join(names, ", ");
}

/// Why a gap is the group's business, the strongest reason.
std::string reason_text(const Graph& graph, const BriefGap& gap) {
  if (!gap.once_covered_by.empty()) return "covered once by " + ids_text(graph, gap.once_covered_by, 2);
  if (!gap.mentioned_by.empty()) return "mentioned by " + ids_text(graph, gap.mentioned_by, 2);
  if (!gap.beside.empty()) return fmt::format("tied to {}, which it covers", ids_text(graph, gap.beside, 3));
  return "declares to work on " + ids_text(graph, gap.fields, 4);
}

class BriefDrawer {
 public:
  BriefDrawer(Picture& picture, const Situation& situation, const GroupBrief& brief)
      : picture_(picture), s_(situation), graph_(situation.graph()), brief_(brief), scope_(graph_, brief.group) {}

  void run() {
    picture_.stacks = {covers(), middle(), gaps()};
    picture_.legend.push_back(
        fmt::format("Left: coverage by {}{} alone. Right: needs that no text in force and no draft of any group covers.",
                    graph_.node(brief_.group).id, brief_.inside.empty() ? "" : " and the groups inside it"));
    if (!brief_.without_needs.empty())
      picture_.legend.push_back(fmt::format("{} of it in force or under way cover none of the needs asked for.",
                                            count_of(brief_.without_needs.size(), "text")));
  }

 private:
  Picture::Stack covers() {
    std::size_t live = 0;
    for (const BriefNeed& need : brief_.covers) live += need.inside.state < CoverageState::stale ? 1 : 0;
    Picture::Stack stack{fmt::format("Covers {} of {}", live, count_of(brief_.tally.needs, "need")), {}, 1.25};
    const std::size_t shown = brief_.covers.size() > most_boxes ? most_boxes - 1 : brief_.covers.size();
    for (std::size_t i = 0; i < shown; ++i) {
      const BriefNeed& need = brief_.covers[i];
      Box box = box_of(graph_, need.need, Look::Role::need, need.inside.state);
      box.lines = {slide_name(graph_.node(need.need)), what_covers(need)};
      box.id = "covers " + box.id;
      picture_.lines.push_back({box.id, "group", 1, "", Line::Kind::strong});
      stack.boxes.push_back(std::move(box));
    }
    if (shown < brief_.covers.size()) {
      std::vector<NodeId> rest;
      for (std::size_t i = shown; i < brief_.covers.size(); ++i) rest.push_back(brief_.covers[i].need);
      stack.boxes.push_back(tally_box(s_, " more covered", "Others that it covers", rest, scope_));
    }
    return stack;
  }

  /// The strongest of its texts on a need, and how many more there are; the sign of the box tells how far they go.
  std::string what_covers(const BriefNeed& need) const {
    const Evidence& first = need.inside.evidence.front();
    const std::size_t more = need.inside.evidence.size() - 1;
    return fmt::format("{} ({}){}", graph_.node(first.deliverable).id, name_of(first.state),
                       more > 0 ? fmt::format("; {} more", more) : "");
  }

  Picture::Stack middle() {
    Picture::Stack stack{"", {}, 0.95};
    Box centre = box_of(graph_, brief_.group, Look::Role::centre);
    centre.id = "group";
    centre.lines.push_back(
        fmt::format("{} in force, {} under way", count_of(brief_.published.size(), "text"), brief_.under_way.size()));
    if (!brief_.active) centre.lines.push_back("not active on this day");
    stack.boxes.push_back(std::move(centre));
    std::vector<std::string> others;
    for (std::size_t i = 0; i < brief_.neighbours.size(); ++i) {
      const BriefNeighbour& n = brief_.neighbours[i];
      if (i >= most_neighbours) continue;
      Box box = box_of(graph_, n.group, Look::Role::group);
      box.lines = {graph_.node(n.group).id, fmt::format("{} in common · {}{}", count_of(n.needs.size(), "need"),
                                                        n.liaised ? "liaison" : "no liaison", n.active ? "" : " · not active")};
      box.id = "beside " + box.id;
      stack.boxes.push_back(std::move(box));
    }
    if (brief_.neighbours.size() > most_neighbours)
      picture_.legend.push_back(fmt::format("The first {} of {} that cover some of the same needs are shown.", most_neighbours,
                                            count_of(brief_.neighbours.size(), "group")));
    for (const BriefLiaison& l : brief_.liaisons) {
      const std::string& name = graph_.node(l.other).id;
      if (std::ranges::find(others, name) == others.end()) others.push_back(name);
    }
    picture_.legend.push_back(others.empty() ? std::string("The map has no liaison of it.")
                                             : fmt::format("Liaisons on the map: {}.", join(others, ", ")));
    return stack;
  }

  Picture::Stack gaps() {
    Picture::Stack stack{
        brief_.gaps.empty()
            ? std::string("No uncovered need is its business")
            : fmt::format("{} that are its business",
                          brief_.gaps.size() == 1 ? "1 uncovered need" : fmt::format("{} uncovered needs", brief_.gaps.size())),
        {},
        1.25};
    const std::size_t shown = brief_.gaps.size() > most_boxes ? most_boxes - 1 : brief_.gaps.size();
    for (std::size_t i = 0; i < shown; ++i) {
      const BriefGap& gap = brief_.gaps[i];
      Box box = box_of(graph_, gap.need, Look::Role::need, gap.state);
      box.lines = {slide_name(graph_.node(gap.need)), reason_text(graph_, gap)};
      box.id = "gap " + box.id;
      picture_.lines.push_back({"group", box.id, 1, "", gap.near() ? Line::Kind::strong : Line::Kind::dashed});
      stack.boxes.push_back(std::move(box));
    }
    if (shown < brief_.gaps.size()) {
      std::vector<NodeId> rest;
      for (std::size_t i = shown; i < brief_.gaps.size(); ++i) rest.push_back(brief_.gaps[i].need);
      stack.boxes.push_back(tally_box(s_, " more gaps", "More of them", rest, Scope()));
    }
    return stack;
  }

  Picture& picture_;
  const Situation& s_;
  const Graph& graph_;
  const GroupBrief& brief_;
  Scope scope_;
};

}  // namespace

Result view_group(const Graph& graph, const ViewParams& params, NodeId group) {
  Params asked = params;
  asked.scope = group;
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const GroupBrief brief = find_group_brief(situation, asked, group);
  Result result = picture_result(situation, asked,
                                 box_of(graph, group, Look::Role::group).lines.size() == 1
                                     ? graph.node(group).id
                                     : fmt::format("{}: {}", graph.node(group).id, graph.node(group).title));
  BriefDrawer(*result.picture, situation, brief).run();
  return result;
}

}  // namespace lacuna
