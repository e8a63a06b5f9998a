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

/// Both lists by priority, the highest first.
struct HangingNeeds {
  std::vector<Thread> drafts;
  std::vector<Thread> single;  ///< That hang on a published deliverable.
};

HangingNeeds find_hanging(const Inquiry& q) {
  HangingNeeds found;
  for (const NodeId need : q.needs) {
    const std::vector<Support> supports = supports_of(q.situation, need, q.scope);
    if (std::ranges::count_if(supports, &Support::live) != 1) continue;
    const Support& one = *std::ranges::find_if(supports, &Support::live);
    (one.state < State::published ? found.drafts : found.single)
        .push_back({need, one, q.situation.milestone(one.deliverable), priority_of(q.graph.node(need)),
                    dependants_of(q.situation, need).size(), supports.size() - 1});
  }
  for (std::vector<Thread>* list : {&found.drafts, &found.single}) {
    std::ranges::sort(*list, {}, [](const Thread& t) {
      return std::tuple(-t.priority, -static_cast<std::ptrdiff_t>(t.dependants), t.since->day, t.need);
    });
  }
  return found;
}

std::string why_of(const Inquiry& q, const Thread& t) {
  const std::string& id = q.graph.node(t.support.deliverable).id;
  const std::string who =
      q.scope.everything() ? "nothing else" : fmt::format("nothing else of {}", q.graph.node(*q.scope.group()).id);
  std::string why = t.support.state < State::published
                        ? fmt::format("only {} is to cover it ({})", id, t.since->basis)
                        : fmt::format("{} covers it {} ({})", id,
                                      t.support.alone == CoverageState::covered ? "in full" : "in part", t.since->basis);
  why += fmt::format("; {} in force or under way does", who);
  if (t.stale > 0) why += fmt::format("; {} stand{} behind it", count_of(t.stale, "stale text"), t.stale == 1 ? "s" : "");
  return why;
}

Table threads_table(const Inquiry& q, std::string name, std::string_view caption, const std::vector<Thread>& threads) {
  using enum Column::Format;
  const Graph& graph = q.graph;
  const bool drafts = name == "drafts";
  return table_of(
      std::move(name), caption,
      {{"need", "need", text},
       {"title", "title", title},
       spare({"priority", "priority", number}, 2),
       spare({"dependants", "dependants", number}),
       {"deliverable", drafts ? "draft" : "deliverable", text},
       spare({"groups", "groups", list, {}, 30}),
       drafts ? Column{"deliverable_state", "stage", text} : Column{"state", "state", state},
       {"since", "since", text},
       {"waiting", "for", text},
       {"why", "why", prose}},
      threads.size(), q.params, [&](std::size_t i) {
        const Thread& t = threads[i];
        const NodeId deliverable = t.support.deliverable;
        const bool dated = t.since->dated;
        Value row = Value::object();
        row.set("need", graph.node(t.need).id)
            .set("kind", name_of(graph.node(t.need).kind))
            .set("title", graph.node(t.need).title);
        row.set("priority", t.priority).set("dependants", t.dependants).set("state", name_of(t.support.alone));
        row.set("deliverable", graph.node(deliverable).id)
            .set("deliverable_title", graph.node(deliverable).title)
            .set("groups", developers(graph, deliverable));
        row.set("deliverable_state", name_of(t.support.state))
            .set("since", day_value(t.since->day))
            .set("state_basis", t.since->basis);
        row.set("days", dated ? Value(static_cast<std::int64_t>((calendar(q.situation.as_of()) - calendar(t.since->day)).count()))
                              : Value());
        row.set("waiting", dated ? Value(span_text(t.since->day, q.situation.as_of())) : Value()).set("stale", t.stale);
        const std::string why = why_of(q, t);
        row.set("why", why);
        if (q.params.evidence) row.set("evidence", evidence_values(q.situation, q.situation.coverage(t.need, q.scope).evidence));
        q.explain(row, graph.node(t.need).id, why, std::span(&t.need, 1));
        return row;
      });
}

Result answer_hanging(const Inquiry& q, const HangingNeeds& found) {
  const auto& [drafts, single] = found;
  Result result = q.answer("hanging", "Needs that hang on one deliverable");
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
                                         q.params.scope ? " of " + q.graph.node(*q.params.scope).id : ""));
    const auto oldest = std::ranges::min_element(
        drafts, {}, [](const Thread& t) { return t.since->dated ? t.since->day : Day::after_everything; });
    if (oldest->since->dated) {
      result.summary.push_back(fmt::format("Longest in its stage: {}, {} for {} ({}).",
                                           q.graph.node(oldest->support.deliverable).id, name_of(oldest->support.state),
                                           span_text(oldest->since->day, q.situation.as_of()), oldest->since->basis));
    }
  }
  result.summary.push_back(fmt::format("{} {} on one published deliverable alone ({} in all).", count_of(single.size(), "need"),
                                       single.size() == 1 ? "hangs" : "hang", count_of(deliverables(single), "deliverable")));
  result.tables.push_back(threads_table(q, "drafts", "Needs that hang on one draft, highest priority first", drafts));
  result.tables.push_back(
      threads_table(q, "single", "Needs that hang on one published deliverable, highest priority first", single));
  return result;
}

}  // namespace

Result structure_hanging(const Graph& graph, const Params& params) {
  const Inquiry q(graph, params);
  return answer_hanging(q, find_hanging(q));
}

}  // namespace lacuna
