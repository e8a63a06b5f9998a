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
struct NewWork {
  Gaps gaps;
  std::map<NodeId, const Gap*> gap_of;  ///< By need.
  std::vector<NodeId> needs;            ///< In natural order.
  std::vector<Document> documents;      ///< To choose from.
  Plan plan;
};

NewWork find_new_work(const Inquiry& q) {
  NewWork found;
  Params asked = q.params;
  // The kinds that follow from the state of a need: at most one each.
  asked.kinds = {GapKind::uncovered, GapKind::partial,       GapKind::draft_only,
                 GapKind::stale,     GapKind::outside_scope, GapKind::unknown};
  found.gaps = find_gaps(q.situation, asked);
  for (const Gap& gap : found.gaps.list) {
    if (gap.action == Action::new_work_item) found.gap_of.emplace(gap.subject, &gap);
  }
  found.needs.reserve(found.gap_of.size());
  for (const auto& entry : found.gap_of) found.needs.push_back(entry.first);
  found.documents = documents_for(q.situation, found.needs);
  found.plan = plan_of(found.needs, found.documents);
  return found;
}

void answer_new_work(const Inquiry& q, const NewWork& found, Result& result) {
  const Graph& graph = q.graph;
  const std::vector<NodeId>& needs = found.needs;
  const Plan& plan = found.plan;
  Value head = plan_value(plan, needs.size(), found.documents.size());
  result.head.emplace_back("work", std::move(head.set("largest", q.situation.profile().grouping_largest)));
  if (needs.empty()) {
    result.summary.push_back("No gap calls for new work.");
  } else {
    result.summary.push_back(
        fmt::format("{} for new work; {}: one document serves needs of one topic, one use case or one threat, at most {}.",
                    count_of(needs.size(), "gap") + (needs.size() == 1 ? " calls" : " call"),
                    enough_text(plan, count_of(plan.choices.size(), "new work item"), "can close", needs.size()),
                    q.situation.profile().grouping_largest));
  }

  using enum Column::Format;
  result.tables.push_back(
      table_of("work_items", "New work items, those that close most first",
               {{"number", "#", number},
                spare({"anchor_kind", "about the", text}),
                {"anchor", "id", text},
                {"title", "title", title, {}, 60},
                {"need_count", "closes", number},
                {"needs", "needs", list, {}, 60},
                {"why", "why", prose}},
               plan.choices.size(), q.params, [&](std::size_t i) {
                 const Document& choice = *plan.choices[i];
                 const Node& anchor = graph.node(choice.anchor);
                 const std::string part = choice.parts > 1 ? fmt::format(" (part {} of {})", choice.part, choice.parts) : "";
                 Value row = Value::object();
                 row.set("number", i + 1)
                     .set("anchor_kind", name_of(anchor.kind))
                     .set("anchor", anchor.id)
                     .set("title", anchor.title + part);
                 row.set("part", choice.part).set("parts", choice.parts).set("need_count", plan.closes[i].size());
                 Value list = Value::array();
                 for (const NodeId need : plan.closes[i]) {
                   const Gap& gap = *found.gap_of.at(need);
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
                   why = fmt::format("{}{} gaps belong to {}",
                                     choice.parts > 1 ? fmt::format("part {} of {}: ", choice.part, choice.parts) : "",
                                     choice.needs.size(), anchor.kind == Kind::topic ? "the topic " + anchor.title : anchor.id);
                 }
                 if (!also.empty()) why += fmt::format("; an earlier item closes {}", names_text(graph, also));
                 row.set("why", why);
                 q.explain(row, "", why, plan.closes[i]);
                 return row;
               }));
}

/// Liaison statements to the groups that cover what the scope does not.
struct Letters {
  /// A need that no letter closes.
  struct Beyond {
    NodeId need{};
    CoverageState state = CoverageState::unknown;
    std::vector<NodeId> texts;  ///< Live ones whose groups are not on the map.
  };
  std::vector<NodeId> needs;  ///< That one can close, in natural order.
  std::vector<Beyond> beyond;
  std::map<std::pair<NodeId, NodeId>, std::vector<NodeId>> texts;  ///< By group and need: what covers it.
  std::vector<Document> letters;                                   ///< To choose from.
  Plan plan;
};

Letters find_letters(const Inquiry& q) {
  const std::vector<NodeId> inside = q.graph.whole(*q.params.scope);
  Letters found;
  std::map<NodeId, std::vector<NodeId>> by_group;
  for (const NodeId need : q.needs) {
    if (q.situation.state_of(need, q.scope) <= CoverageState::in_progress) continue;
    std::vector<NodeId> live;
    bool reached = false;
    for (const Support& s : supports_of(q.situation, need)) {
      if (!s.live()) continue;
      live.push_back(s.deliverable);
      for (const NodeId developer : q.graph.developers_of(s.deliverable)) {
        const auto to = addressee(q.situation, developer);
        if (!to || std::ranges::binary_search(inside, developer) || std::ranges::binary_search(inside, *to)) continue;
        const NodeId group = *to;
        reached = true;
        auto& list = by_group[group];
        if (list.empty() || list.back() != need) list.push_back(need);
        auto& by_this = found.texts[{group, need}];
        if (by_this.empty() || by_this.back() != s.deliverable) by_this.push_back(s.deliverable);
      }
    }
    if (reached) {
      found.needs.push_back(need);
    } else {
      found.beyond.push_back({need, q.situation.state_of(need), std::move(live)});
    }
  }
  found.letters.reserve(by_group.size());
  for (auto& [group, list] : by_group) found.letters.push_back({group, 1, 1, std::move(list)});
  found.plan = plan_of(found.needs, found.letters);
  return found;
}

void answer_letters(const Inquiry& q, const Letters& found, Result& result) {
  const Graph& graph = q.graph;
  const std::vector<NodeId>& needs = found.needs;
  const std::vector<Letters::Beyond>& beyond = found.beyond;
  const Plan& plan = found.plan;
  const NodeId from = *q.params.scope;
  const std::string& name = graph.node(from).id;
  Value head = plan_value(plan, needs.size(), found.letters.size());
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
  result.tables.push_back(table_of(
      "liaisons", "Groups to write to, those that close most first",
      {{"number", "#", number},
       {"group", "group", text},
       {"title", "title", title},
       {"liaison", "liaison known", text},
       {"need_count", "closes", number},
       {"needs", "needs", list, {}, 60},
       {"why", "why", prose}},
      plan.choices.size(), q.params, [&](std::size_t i) {
        const Document& choice = *plan.choices[i];
        const bool liaison = liaisons.between(from, choice.anchor);
        Value row = Value::object();
        row.set("number", i + 1)
            .set("group", graph.node(choice.anchor).id)
            .set("title", graph.node(choice.anchor).title)
            .set("liaison", liaison                                               ? "on the map"
                            : graph.body_of(choice.anchor) == graph.body_of(from) ? "same body"
                                                                                  : "none");
        row.set("need_count", plan.closes[i].size());
        Value list = Value::array();
        std::vector<NodeId> all_texts;
        for (const NodeId need : plan.closes[i]) {
          const auto& by = found.texts.at({choice.anchor, need});
          all_texts.insert(all_texts.end(), by.begin(), by.end());
          Value n = node_value(graph, need);
          n.set("state", name_of(q.situation.state_of(need))).set("deliverables", id_values(graph, by));
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
        q.explain(row, "", why, plan.closes[i]);
        return row;
      }));

  result.tables.push_back(
      table_of("beyond", "Needs that no liaison can close",
               {{"need", "need", text}, {"title", "title", title}, {"state", "state anywhere", state}, {"why", "why", prose}},
               beyond.size(), q.params, [&](std::size_t i) {
                 const Letters::Beyond& b = beyond[i];
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
                 q.explain(row, graph.node(b.need).id, why, std::span(&b.need, 1));
                 return row;
               }));
}

/// Whom to write to is told for a scope only.
struct Fewest {
  NewWork work;
  std::optional<Letters> letters;
};

Fewest find_fewest(const Inquiry& q) {
  return {find_new_work(q), q.params.scope ? std::optional(find_letters(q)) : std::nullopt};
}

Result answer_fewest(const Inquiry& q, const Fewest& found) {
  Result result = q.answer("fewest", "The fewest ways to close the gaps");
  answer_new_work(q, found.work, result);
  if (found.letters) {
    answer_letters(q, *found.letters, result);
  } else {
    result.head.emplace_back("liaison", Value());
    result.summary.push_back("Whom to write to is told with --scope GROUP only: it depends on who writes.");
  }
  return result;
}

}  // namespace

Result structure_fewest(const Graph& graph, const Params& params) {
  const Inquiry q(graph, params);
  return answer_fewest(q, find_fewest(q));
}

}  // namespace lacuna
