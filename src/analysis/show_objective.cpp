#include "analysis/show_objective.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/boxes.hpp"
#include "analysis/columns.hpp"
#include "analysis/liaisons.hpp"
#include "analysis/ways/claims.hpp"
#include "analysis/ways/ways.hpp"
#include "base/text.hpp"
#include "model/values.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_ways_shown = 10;

using enum Column::Format;

/// Groups that declare to work on it, as far as they exist on the day; natural order.
std::vector<NodeId> workers_on(const Situation& situation, NodeId objective) {
  std::vector<NodeId> groups;
  for (const LinkId l : situation.graph().in(objective, Relation::works_on)) {
    const NodeId group = situation.graph().edge(l).from;
    if (situation.counts(l) && situation.exists(group)) groups.push_back(group);
  }
  std::ranges::sort(groups);
  return groups;
}

Table activities_table(const Situation& situation, const Params& params, NodeId objective) {
  const Graph& graph = situation.graph();
  Table table{"activities",
              "On-going activities of the groups that work on it, over all needs:",
              {{"id", "group", text},
               {"title", "title", title},
               {"in_force", "texts in force", number},
               {"under_way", "under way", number},
               {"need_count", "needs covered", number},
               {"liaised", "liaisons among them", list}},
              {}};
  const std::vector<NodeId> groups = workers_on(situation, objective);
  const std::vector<NodeId> needs = selected_needs(situation, params);
  const Liaisons liaisons(graph);
  for (const NodeId group : groups) {
    const GroupPart part = part_of(situation, needs, Scope(graph, group));
    const auto drafts = static_cast<std::size_t>(
        std::ranges::count_if(part.texts, [&](NodeId d) { return *situation.state(d) < State::published; }));
    Value liaised = Value::array();
    for (const NodeId other : groups) {
      if (other != group && liaisons.between(group, other)) liaised.push(graph.node(other).id);
    }
    Value row = node_value(graph, group);
    row.set("in_force", part.texts.size() - drafts)
        .set("under_way", drafts)
        .set("need_count", part.needs.size())
        .set("liaised", std::move(liaised));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table ways_table(const Situation& situation, const Params& params, NodeId group) {
  const Graph& graph = situation.graph();
  Params acting = params;
  acting.scope = group;
  const Ways ways = find_ways(situation, acting);
  const std::size_t shown = std::min(most_ways_shown, ways.list.size());
  const std::string& id = graph.node(group).id;
  Table table{"ways",
              shown == ways.list.size()
                  ? fmt::format("Ways forward of {}; lacuna suggest --for \"{}\" says why:", id, id)
                  : fmt::format("Ways forward of {}, the first {} of {}; lacuna suggest --for \"{}\" has all and says why:", id,
                                shown, ways.list.size(), id),
              {{"number", "#", number},
               {"score", "score", score},
               {"action", "way forward", text},
               {"title", "about", title, {}, 100},
               {"needs", "needs", list, {}, 40}},
              {}};
  for (std::size_t i = 0; i < shown; ++i) {
    const WayForward& way = ways.list[i];
    Value row = Value::object();
    row.set("number", i + 1)
        .set("score", rounded(way.score))
        .set("action", name_of(way.action))
        .set("title", way.title)
        .set("needs", ids_value(graph, way.needs));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_answer(Result& result, const Situation& situation, const Params& params, NodeId objective) {
  switch (answer_of(situation.graph().node(objective))) {
    case Answer::needs:
    case Answer::other: return;
    case Answer::groups: result.tables.push_back(activities_table(situation, params, objective)); return;
    case Answer::ways_forward:
      if (const auto group = acting_group(situation, params, objective))
        result.tables.push_back(ways_table(situation, params, *group));
  }
}

}  // namespace lacuna
