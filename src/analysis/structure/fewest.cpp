// fewest: the fewest new work items that close the gaps, and the fewest groups to write to.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include "analysis/gaps.hpp"
#include "analysis/grouping.hpp"
#include "analysis/structure/set_cover.hpp"
#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// A choice that closes some needs: a document, or a letter to a group.
struct Document {
  NodeId anchor{};       ///< A topic, use case, threat; the need itself; a group.
  std::size_t part = 1;  ///< Of `parts`: an anchor with too many needs for one document is cut into slices.
  std::size_t parts = 1;
  std::vector<NodeId> needs;  ///< In natural order.
};

/// The fewest choices, with what each closes that no earlier one does.
struct Plan {
  std::vector<const Document*> choices;  ///< Those that close most first.
  std::vector<std::vector<NodeId>> closes;
  std::size_t lower_bound = 0;
  [[nodiscard]] bool exact() const { return choices.size() == lower_bound; }
};

/// `needs` in natural order; each must be closed by one of the choices.
Plan plan_of(const std::vector<NodeId>& needs, const std::vector<Document>& choices) {
  std::vector<std::vector<std::uint32_t>> sets;
  for (const Document& choice : choices) {
    auto& set = sets.emplace_back();
    for (const NodeId need : choice.needs)
      set.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(needs, need) - needs.begin()));
  }
  const SetCover cover = fewest_sets(needs.size(), sets);
  Plan plan;
  plan.lower_bound = cover.lower_bound;
  std::vector<bool> closed(needs.size());
  std::vector<std::size_t> left = cover.sets;
  while (!left.empty()) {
    const auto fresh = [&](std::size_t s) { return std::ranges::count_if(sets[s], [&](std::uint32_t e) { return !closed[e]; }); };
    const auto best = std::ranges::max_element(left, {}, fresh);
    auto& closes = plan.closes.emplace_back();
    for (const std::uint32_t e : sets[*best]) {
      if (!closed[e]) closes.push_back(needs[e]);
      closed[e] = true;
    }
    plan.choices.push_back(&choices[*best]);
    left.erase(best);
  }
  return plan;
}

/// "15 new work items can close them all, and no fewer can", "… and at least 12 are needed".
std::string enough_text(const Plan& plan, const std::string& choices, std::string_view can, std::size_t needs) {
  std::string enough = fmt::format("{} {} {}", choices, can, needs == 1 ? "it" : "them all");
  if (plan.choices.size() == 1) return enough;
  return plan.exact() ? enough + ", and no fewer can" : fmt::format("{}, and at least {} are needed", enough, plan.lower_bound);
}

Value plan_value(const Plan& plan, std::size_t needs, std::size_t candidates) {
  Value value = Value::object();
  return value.set("needs", needs)
      .set("candidates", candidates)
      .set("fewest", plan.choices.size())
      .set("lower_bound", plan.lower_bound)
      .set("exact", plan.exact());
}

/// What could stand in one document: needs of one topic, of one use case, against one threat; each need alone.
std::vector<Document> documents_for(const Situation& situation, const std::vector<NodeId>& needs) {
  const Graph& graph = situation.graph();
  std::array<std::map<NodeId, std::vector<NodeId>>, 3> anchors;
  const auto add = [&](std::size_t kind, NodeId need, Relation relation, Kind wanted) {
    for (const LinkId l : graph.out(need, relation)) {
      const NodeId anchor = graph.edge(l).to;
      if (situation.counts(l) && situation.exists(anchor) && graph.node(anchor).kind == wanted)
        anchors[kind][anchor].push_back(need);
    }
  };
  for (const NodeId need : needs) {
    add(0, need, Relation::part_of, Kind::topic);
    for (const NodeId use_case : use_cases_behind(situation, need)) anchors[1][use_case].push_back(need);
    add(2, need, Relation::counters, Kind::threat);
    // A document about a threat closes it, too.
    if (graph.node(need).kind == Kind::threat) anchors[2][need].push_back(need);
  }
  std::vector<Document> result;
  const auto largest = static_cast<std::size_t>(std::max(1, situation.profile().grouping_largest));
  for (auto& kind : anchors) {
    for (auto& [anchor, members] : kind) {
      sort_unique(members);
      const std::size_t parts = (members.size() + largest - 1) / largest;
      for (std::size_t p = 0; p < parts; ++p) {
        const auto from = members.begin() + static_cast<std::ptrdiff_t>(p * largest);
        const auto to = members.begin() + static_cast<std::ptrdiff_t>(std::min(members.size(), (p + 1) * largest));
        // A single need says itself what it is about.
        if (to - from > 1) result.push_back({anchor, p + 1, parts, {from, to}});
      }
    }
  }
  for (const NodeId need : needs) result.push_back({need, 1, 1, {need}});
  return result;
}

/// New work items for the gaps that call for one.
void answer_work_items(const Situation& situation, const Params& params, Result& result) {
  const Graph& graph = situation.graph();
  Params asked = params;
  // The kinds that follow from the state of a need: at most one each.
  asked.kinds = {GapKind::uncovered, GapKind::partial,       GapKind::draft_only,
                 GapKind::stale,     GapKind::outside_scope, GapKind::unknown};
  const Gaps gaps = find_gaps(situation, asked);
  std::map<NodeId, const Gap*> gap_of;
  for (const Gap& gap : gaps.list) {
    if (gap.action == Action::new_work_item) gap_of.emplace(gap.subject, &gap);
  }
  std::vector<NodeId> needs;
  needs.reserve(gap_of.size());
  for (const auto& entry : gap_of) needs.push_back(entry.first);
  const std::vector<Document> documents = documents_for(situation, needs);
  const Plan plan = plan_of(needs, documents);

  Value head = plan_value(plan, needs.size(), documents.size());
  result.head.emplace_back("work", std::move(head.set("largest", situation.profile().grouping_largest)));
  if (needs.empty()) {
    result.summary.push_back("No gap calls for new work.");
  } else {
    result.summary.push_back(
        fmt::format("{} for new work; {}: one document serves needs of one topic, one use case or one threat, at most {}.",
                    count_of(needs.size(), "gap") + (needs.size() == 1 ? " calls" : " call"),
                    enough_text(plan, count_of(plan.choices.size(), "new work item"), "can close", needs.size()),
                    situation.profile().grouping_largest));
  }

  using enum Column::Format;
  const RowExplainer explainer(situation, params);
  Table table{"work_items",
              caption_of("New work items, those that close most first", plan.choices.size(), params),
              {{"number", "#", number},
               {"anchor_kind", "about the", text},
               {"anchor", "id", text},
               {"title", "title", text, {}, 60},
               {"need_count", "closes", number},
               {"needs", "needs", text, {}, 60},
               {"why", "why", text}},
              {}};
  for (std::size_t i = 0; i < rows_shown(plan.choices.size(), params); ++i) {
    const Document& choice = *plan.choices[i];
    const Node& anchor = graph.node(choice.anchor);
    const std::string part = choice.parts > 1 ? fmt::format(" (part {} of {})", choice.part, choice.parts) : "";
    Value row = Value::object();
    row.set("number", i + 1).set("anchor_kind", name_of(anchor.kind)).set("anchor", anchor.id).set("title", anchor.title + part);
    row.set("part", choice.part).set("parts", choice.parts).set("need_count", plan.closes[i].size());
    Value list = Value::array();
    for (const NodeId need : plan.closes[i]) {
      const Gap& gap = *gap_of.at(need);
      Value n = node_value(graph, need);
      n.set("state", name_of(gap.inside->state))
          .set("gap", name_of(gap.kind))
          .set("severity", rounded(gap.severity))
          .set("why", gap.why);
      list.push(std::move(n));
    }
    row.set("needs", std::move(list));
    std::vector<NodeId> also;
    std::ranges::set_difference(choice.needs, plan.closes[i], std::back_inserter(also));
    row.set("also", id_values(graph, also));
    std::string why = fmt::format("{} stands by itself", anchor.id);
    if (choice.needs.size() > 1) {
      why =
          fmt::format("{}{} gaps belong to {}", choice.parts > 1 ? fmt::format("part {} of {}: ", choice.part, choice.parts) : "",
                      choice.needs.size(), anchor.kind == Kind::topic ? "the topic " + anchor.title : anchor.id);
    }
    if (!also.empty()) why += fmt::format("; an earlier item closes {}", names_text(graph, also));
    row.set("why", why);
    explainer.explain(row, "", why, plan.closes[i]);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
}

/// Liaison statements to the groups that cover what the scope does not.
void answer_liaisons(const Situation& situation, const Params& params, Result& result) {
  const Graph& graph = situation.graph();
  const Scope scope = scope_of(graph, params);
  const std::string& name = graph.node(*params.scope).id;
  const std::vector<NodeId> inside = graph.whole(*params.scope);
  struct Beyond {
    NodeId need{};
    CoverageState state = CoverageState::unknown;
    std::vector<NodeId> texts;  ///< Live ones whose groups are not on the map.
  };
  std::vector<NodeId> needs;
  std::vector<Beyond> beyond;
  std::map<NodeId, std::vector<NodeId>> by_group;
  std::map<std::pair<NodeId, NodeId>, std::vector<NodeId>> texts;  // By group and need.
  for (const NodeId need : selected_needs(situation, params)) {
    if (situation.state_of(need, scope) <= CoverageState::in_progress) continue;
    std::vector<NodeId> live;
    bool reached = false;
    for (const Support& s : supports_of(situation, need)) {
      if (!s.live()) continue;
      live.push_back(s.deliverable);
      for (const NodeId developer : graph.developers_of(s.deliverable)) {
        const auto to = addressee(situation, developer);
        if (!to || std::ranges::binary_search(inside, developer) || std::ranges::binary_search(inside, *to)) continue;
        const NodeId group = *to;
        reached = true;
        auto& list = by_group[group];
        if (list.empty() || list.back() != need) list.push_back(need);
        auto& by_this = texts[{group, need}];
        if (by_this.empty() || by_this.back() != s.deliverable) by_this.push_back(s.deliverable);
      }
    }
    if (reached) {
      needs.push_back(need);
    } else {
      beyond.push_back({need, situation.state_of(need), std::move(live)});
    }
  }
  std::vector<Document> letters;
  letters.reserve(by_group.size());
  for (auto& [group, list] : by_group) letters.push_back({group, 1, 1, std::move(list)});
  const Plan plan = plan_of(needs, letters);

  Value head = plan_value(plan, needs.size(), letters.size());
  result.head.emplace_back("liaison", std::move(head.set("beyond", beyond.size())));
  if (needs.empty()) {
    result.summary.push_back(fmt::format("No other group covers what nothing live of {} covers.", name));
  } else {
    result.summary.push_back(fmt::format(
        "{} that nothing live of {} covers {} covered by others; {}.", count_of(needs.size(), "need"), name,
        needs.size() == 1 ? "is" : "are",
        enough_text(plan, fmt::format("letters to {}", count_of(plan.choices.size(), "group")), "can reach", needs.size())));
  }
  if (!beyond.empty()) {
    result.summary.push_back(fmt::format("{} no liaison can close: no group outside {} covers {}.",
                                         count_of(beyond.size(), "need"), name, beyond.size() == 1 ? "it" : "them"));
  }

  using enum Column::Format;
  const Liaisons liaisons(graph);
  const RowExplainer explainer(situation, params);
  Table table{"liaisons",
              caption_of("Groups to write to, those that close most first", plan.choices.size(), params),
              {{"number", "#", number},
               {"group", "group", text},
               {"title", "title", text},
               {"liaison", "liaison known", text},
               {"need_count", "closes", number},
               {"needs", "needs", text, {}, 60},
               {"why", "why", text}},
              {}};
  for (std::size_t i = 0; i < rows_shown(plan.choices.size(), params); ++i) {
    const Document& choice = *plan.choices[i];
    const bool liaison = liaisons.between(*params.scope, choice.anchor);
    Value row = Value::object();
    row.set("number", i + 1)
        .set("group", graph.node(choice.anchor).id)
        .set("title", graph.node(choice.anchor).title)
        .set("liaison", liaison                                                        ? "on the map"
                        : graph.body_of(choice.anchor) == graph.body_of(*params.scope) ? "same body"
                                                                                       : "none");
    row.set("need_count", plan.closes[i].size());
    Value list = Value::array();
    std::vector<NodeId> all_texts;
    for (const NodeId need : plan.closes[i]) {
      const auto& by = texts.at({choice.anchor, need});
      all_texts.insert(all_texts.end(), by.begin(), by.end());
      Value n = node_value(graph, need);
      n.set("state", name_of(situation.state_of(need))).set("deliverables", id_values(graph, by));
      list.push(std::move(n));
    }
    sort_unique(all_texts);
    row.set("needs", std::move(list));
    std::vector<NodeId> also;
    std::ranges::set_difference(choice.needs, plan.closes[i], std::back_inserter(also));
    row.set("also", id_values(graph, also));
    const std::string why = fmt::format(
        "covers {} with {}{}", plan.closes[i].size() == 1 ? "it" : "them", names_text(graph, all_texts, 4),
        also.empty() ? "" : fmt::format("; {} as well, which an earlier group covers", count_of(also.size(), "need")));
    row.set("why", why);
    explainer.explain(row, "", why, plan.closes[i]);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));

  Table rest{"beyond",
             caption_of("Needs that no liaison can close", beyond.size(), params),
             {{"need", "need", text}, {"title", "title", text}, {"state", "state anywhere", state}, {"why", "why", text}},
             {}};
  for (std::size_t i = 0; i < rows_shown(beyond.size(), params); ++i) {
    const Beyond& b = beyond[i];
    Value row = Value::object();
    row.set("need", graph.node(b.need).id)
        .set("kind", name_of(graph.node(b.need).kind))
        .set("title", graph.node(b.need).title)
        .set("state", name_of(b.state));
    row.set("deliverables", id_values(graph, b.texts));
    std::string why;
    if (!b.texts.empty()) {
      why = fmt::format("covered by {}, whose group the map does not name", names_text(graph, b.texts, 3));
    } else if (b.state == CoverageState::stale) {
      why = "only superseded or withdrawn texts, or suspect links";
    } else {
      why = fmt::format("nothing covers it; {}", search_text(graph, b.need));
    }
    row.set("why", why);
    explainer.explain(row, graph.node(b.need).id, why, std::span(&b.need, 1));
    rest.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(rest));
}

}  // namespace

Result structure_fewest(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result = structure_result("fewest", "The fewest ways to close the gaps", situation, params);
  answer_work_items(situation, params, result);
  if (params.scope) {
    answer_liaisons(situation, params, result);
  } else {
    result.head.emplace_back("liaison", Value());
    result.summary.push_back("Whom to write to is told with --scope GROUP only: it depends on who writes.");
  }
  return result;
}

}  // namespace lacuna
