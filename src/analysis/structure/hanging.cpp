// hanging: needs whose live coverage is one deliverable, a draft or a published one.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <tuple>

#include "analysis/gaps.hpp"
#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// "12 days", "7 months", "2 years 3 months": whole ones.
std::string span_text(Day from, Day to) {
  const auto a = static_cast<int>(from);
  const auto b = static_cast<int>(to);
  const int months = (b / 10000 - a / 10000) * 12 + (b / 100 % 100 - a / 100 % 100) - (b % 100 < a % 100 ? 1 : 0);
  if (months < 1) return count_of(static_cast<std::size_t>((calendar(to) - calendar(from)).count()), "day");
  const auto years = static_cast<std::size_t>(months / 12);
  const auto rest = static_cast<std::size_t>(months % 12);
  if (years == 0) return count_of(rest, "month");
  return rest == 0 ? count_of(years, "year") : count_of(years, "year") + " " + count_of(rest, "month");
}

/// A need and the one live deliverable that covers it.
struct Thread {
  NodeId need{};
  Support support;
  const Milestone* since = nullptr;
  int priority = 3;
  std::size_t dependants = 0;
  std::size_t stale = 0;  ///< Superseded or withdrawn deliverables, or suspect links, that stand beside it.
};

/// False where the day is only that on which somebody saw it: for how long it has been so, nobody knows.
bool is_dated(const Thread& t) {
  return t.since->day != Day::before_everything && t.since->basis.find("undated") == std::string::npos;
}

std::vector<Thread> threads_of(const Situation& situation, const Params& params, const Scope& scope) {
  std::vector<Thread> result;
  for (const NodeId need : selected_needs(situation, params)) {
    const std::vector<Support> supports = supports_of(situation, need, scope);
    if (std::ranges::count_if(supports, &Support::live) != 1) continue;
    const Support& one = *std::ranges::find_if(supports, &Support::live);
    result.push_back({need, one, situation.milestone(one.deliverable), priority_of(situation.graph().node(need)),
                      dependants_of(situation, need), supports.size() - 1});
  }
  std::ranges::stable_sort(result, [](const Thread& a, const Thread& b) {
    const auto key = [](const Thread& t) {
      return std::tuple(-t.priority, -static_cast<std::ptrdiff_t>(t.dependants), t.since->day, t.need);
    };
    return key(a) < key(b);
  });
  return result;
}

std::string why_of(const Situation& situation, const Thread& t, const Scope& scope) {
  const Graph& graph = situation.graph();
  const std::string& id = graph.node(t.support.deliverable).id;
  const std::string who = scope.everything() ? "nothing else" : fmt::format("nothing else of {}", graph.node(*scope.group()).id);
  std::string why = t.support.state < State::published
                        ? fmt::format("only {} is to cover it ({})", id, t.since->basis)
                        : fmt::format("{} covers it {} ({})", id,
                                      t.support.alone == CoverageState::covered ? "in full" : "in part", t.since->basis);
  why += fmt::format("; {} in force or under way does", who);
  if (t.stale > 0) why += fmt::format("; {} stand{} behind it", count_of(t.stale, "stale text"), t.stale == 1 ? "s" : "");
  return why;
}

Table table_of(const Situation& situation, const Params& params, const Scope& scope, std::string name, std::string_view caption,
               const std::vector<Thread>& threads) {
  using enum Column::Format;
  const Graph& graph = situation.graph();
  const bool drafts = name == "drafts";
  const RowExplainer explainer(situation, params);
  Table table{std::move(name),
              caption_of(caption, threads.size(), params),
              {{"need", "need", text},
               {"title", "title", text},
               {"priority", "priority", number},
               {"dependants", "dependants", number},
               {"deliverable", drafts ? "draft" : "deliverable", text},
               {"groups", "groups", text, {}, 30}},
              {}};
  if (drafts) {
    table.columns.push_back({"deliverable_state", "stage", text});
  } else {
    table.columns.push_back({"state", "state", state});
  }
  table.columns.insert(table.columns.end(), {{"since", "since", text}, {"waiting", "for", text}, {"why", "why", text}});
  for (std::size_t i = 0; i < rows_shown(threads.size(), params); ++i) {
    const Thread& t = threads[i];
    const NodeId deliverable = t.support.deliverable;
    const bool dated = is_dated(t);
    Value row = Value::object();
    row.set("need", graph.node(t.need).id).set("kind", name_of(graph.node(t.need).kind)).set("title", graph.node(t.need).title);
    row.set("priority", t.priority).set("dependants", t.dependants).set("state", name_of(t.support.alone));
    row.set("deliverable", graph.node(deliverable).id)
        .set("deliverable_title", graph.node(deliverable).title)
        .set("groups", developers(graph, deliverable));
    row.set("deliverable_state", name_of(t.support.state))
        .set("since", day_value(t.since->day))
        .set("state_basis", t.since->basis);
    row.set("days",
            dated ? Value(static_cast<std::int64_t>((calendar(situation.as_of()) - calendar(t.since->day)).count())) : Value());
    row.set("waiting", dated ? Value(span_text(t.since->day, situation.as_of())) : Value()).set("stale", t.stale);
    const std::string why = why_of(situation, t, scope);
    row.set("why", why);
    if (params.evidence) row.set("evidence", evidence_values(situation, situation.coverage(t.need, scope).evidence));
    explainer.explain(row, graph.node(t.need).id, why, std::span(&t.need, 1));
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Result structure_hanging(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  const Scope scope = scope_of(graph, params);
  std::vector<Thread> drafts = threads_of(situation, params, scope);
  std::vector<Thread> single = drafts;
  std::erase_if(drafts, [](const Thread& t) { return t.support.state >= State::published; });
  std::erase_if(single, [](const Thread& t) { return t.support.state < State::published; });

  Result result = structure_result("hanging", "Needs that hang on one deliverable", situation, params);
  const auto deliverables = [](const std::vector<Thread>& threads) {
    std::vector<NodeId> list;
    list.reserve(threads.size());
    for (const Thread& t : threads) list.push_back(t.support.deliverable);
    sort_unique(list);
    return list.size();
  };
  Value counts = Value::object();
  counts.set("on_a_draft", drafts.size())
      .set("drafts", deliverables(drafts))
      .set("on_a_published", single.size())
      .set("published", deliverables(single));
  result.head.emplace_back("counts", std::move(counts));
  if (drafts.empty()) {
    result.summary.push_back("No need hangs on one draft alone.");
  } else {
    result.summary.push_back(fmt::format("{} {} on one draft alone ({} in all): if that draft stops, nothing{} covers the need.",
                                         count_of(drafts.size(), "need"), drafts.size() == 1 ? "hangs" : "hang",
                                         count_of(deliverables(drafts), "draft"),
                                         params.scope ? " of " + graph.node(*params.scope).id : ""));
    const auto oldest =
        std::ranges::min_element(drafts, {}, [](const Thread& t) { return is_dated(t) ? t.since->day : Day::after_everything; });
    if (is_dated(*oldest)) {
      result.summary.push_back(fmt::format("Longest in its stage: {}, {} for {} ({}).",
                                           graph.node(oldest->support.deliverable).id, name_of(oldest->support.state),
                                           span_text(oldest->since->day, situation.as_of()), oldest->since->basis));
    }
  }
  result.summary.push_back(fmt::format("{} {} on one published deliverable alone ({} in all).", count_of(single.size(), "need"),
                                       single.size() == 1 ? "hangs" : "hang", count_of(deliverables(single), "deliverable")));
  result.tables.push_back(
      table_of(situation, params, scope, "drafts", "Needs that hang on one draft, highest priority first", drafts));
  result.tables.push_back(table_of(situation, params, scope, "single",
                                   "Needs that hang on one published deliverable, highest priority first", single));
  return result;
}

}  // namespace lacuna
