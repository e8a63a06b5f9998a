#include "evaluation/map_backtest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "analysis/explain.hpp"
#include "analysis/ways/ways.hpp"
#include "base/text.hpp"

namespace lacuna::evaluation {
namespace {

/// A need that was a gap on the first day.
struct Case {
  NodeId need{};
  bool positive = false;                ///< A deliverable first seen after the first day and by the last one covers it.
  std::optional<NodeId> deliverable{};  ///< The first of these.
  Day day = Day::before_everything;
  std::array<double, 3> scores{};  ///< By ranker.
};

constexpr std::string_view gap_rankers[] = {"severity", "way-forward", "dependants"};
constexpr std::string_view meanings[] = {"severity of the need's gravest gap, as gaps ranks them",
                                         "score of the best way forward that serves the need, as suggest ranks them",
                                         "objectives and use cases that depend on it: degree alone"};

/// Area under the ROC curve, equal scores counting half (Mann and Whitney 1947). Nothing without both sorts of cases. O(n log n).
std::optional<double> area(const std::vector<std::pair<double, bool>>& cases) {
  auto sorted = cases;
  std::ranges::sort(sorted);
  double ranks = 0;
  std::size_t positives = 0;
  for (std::size_t i = 0; i < sorted.size();) {
    std::size_t end = i;
    while (end < sorted.size() && sorted[end].first == sorted[i].first) ++end;
    const double middle = static_cast<double>(i + end + 1) / 2;
    for (std::size_t k = i; k < end; ++k) {
      if (!sorted[k].second) continue;
      ranks += middle;
      ++positives;
    }
    i = end;
  }
  const double p = static_cast<double>(positives);
  const double n = static_cast<double>(sorted.size()) - p;
  if (p == 0 || n == 0) return std::nullopt;
  return (ranks - p * (p + 1) / 2) / (p * n);
}

/// Expected number of positives among the first k, equal scores in random order.
double hits(const std::vector<std::pair<double, bool>>& cases, std::size_t k) {
  auto sorted = cases;
  std::ranges::sort(sorted, [](const auto& a, const auto& b) { return a.first > b.first; });
  double found = 0;
  for (std::size_t i = 0; i < std::min(k, sorted.size());) {
    std::size_t end = i;
    double positives = 0;
    while (end < sorted.size() && sorted[end].first == sorted[i].first) positives += sorted[end++].second ? 1 : 0;
    const double taken = static_cast<double>(std::min(k, end) - i);
    found += positives * taken / static_cast<double>(end - i);
    i = end;
  }
  return found;
}

/// The middle 95 % of a figure over 1,000 samples of the cases with replacement, always the same ones (bootstrap; Efron 1979).
template <class F>
std::pair<double, double> interval(const std::vector<std::pair<double, bool>>& cases, const F& figure) {
  std::mt19937 random(1);
  std::vector<double> values;
  for (int sample = 0; sample < 1000; ++sample) {
    std::vector<std::pair<double, bool>> drawn;
    for (std::size_t i = 0; i < cases.size(); ++i) drawn.push_back(cases[random() % cases.size()]);
    if (const auto value = figure(drawn)) values.push_back(*value);
  }
  if (values.empty()) return {0, 0};
  std::ranges::sort(values);
  return {values[values.size() * 25 / 1000], values[std::min(values.size() - 1, values.size() * 975 / 1000)]};
}

class MapBacktest {
 public:
  MapBacktest(const Graph& graph, const Params& params, Day to)
      : graph_(graph), params_(params), to_(to), situation_(graph, *params.profile, params.as_of) {}

  /// The gaps of a group, or of all, on the first day, and what became of them.
  std::vector<Case> cases(std::optional<NodeId> group) const {
    Params asked = params_;
    asked.scope = group;
    asked.kinds.clear();
    asked.limit = 0;
    asked.evidence = false;
    asked.explain = false;
    const Scope scope = scope_of(graph_, asked);
    std::map<NodeId, double> severity;
    for (const Gap& gap : find_gaps(situation_, asked).list) {
      if (gap.by_state) severity[gap.subject] = std::max(severity[gap.subject], gap.severity);
    }
    std::map<NodeId, double> ways;
    if (group) {
      const Ways found = find_ways(situation_, asked);
      for (const WayForward& way : found.list) {
        for (const NodeId need : way.needs) ways[need] = std::max(ways[need], way.score);
      }
    }
    std::vector<Case> cases;
    for (const NodeId need : selected_needs(situation_, asked)) {
      if (situation_.state_of(need, scope) == CoverageState::covered) continue;
      Case c;
      c.need = need;
      c.scores = {severity[need], ways[need], static_cast<double>(dependants_of(situation_, need).size())};
      for (const LinkId l : graph_.in(need, Relation::covers)) {
        const Edge& e = graph_.edge(l);
        if (e.status != Status::asserted || e.degree == Degree::none || !scope.has(e.from)) continue;
        const auto life = graph_.life(e.from);
        if (life.empty() || life.front().day <= params_.as_of || life.front().day > to_) continue;
        if (!c.positive || life.front().day < c.day) {
          c.deliverable = e.from;
          c.day = life.front().day;
        }
        c.positive = true;
      }
      cases.push_back(c);
    }
    return cases;
  }

  Result run() const {
    using enum Column::Format;
    Result result;
    result.schema = "backtest-map-1";
    result.title = fmt::format("Back-test on the map: {} to {}", to_string(params_.as_of), to_string(to_));
    result.head = head_of(situation_, params_);
    result.head.emplace_back("to", Value(to_string(to_)));
    const std::vector<Case> all = cases(params_.scope);
    const auto positives = static_cast<std::size_t>(std::ranges::count(all, true, &Case::positive));
    result.head.emplace_back("gaps", Value(all.size()));
    result.head.emplace_back("covered_later", Value(positives));
    result.summary = notes_of(situation_, params_);
    result.summary.push_back(fmt::format(
        "{} needs were not covered in full on {}; a deliverable first seen by {} covers {} of them, in full or in part",
        all.size(), to_string(params_.as_of), to_string(to_), positives));
    result.summary.push_back(
        "The map was made by people who knew what came later: needs that standards bodies took up are likelier to be on it.");
    result.tables.push_back(figures(all, params_.scope.has_value()));
    result.tables.push_back(by_group());
    result.tables.push_back(listing(all));
    return result;
  }

 private:
  static std::vector<std::pair<double, bool>> scored(const std::vector<Case>& cases, std::size_t ranker) {
    std::vector<std::pair<double, bool>> list;
    for (const Case& c : cases) list.emplace_back(c.scores[ranker], c.positive);
    return list;
  }

  static Table figures(const std::vector<Case>& cases, bool ways) {
    using enum Column::Format;
    Table table{"rankers",
                "How well rankings told what was covered later (95 % intervals by bootstrap)",
                {{"ranker", "ranked by", text},
                 {"auc", "AUC", score},
                 {"auc_interval", "interval", text},
                 {"p10", "P@10", score},
                 spare({"p10_interval", "interval", text}),
                 spare({"p20", "P@20", score}),
                 spare({"r20", "R@20", score}),
                 spare({"p50", "P@50", score}, 2),
                 spare({"r50", "R@50", score}, 2),
                 {"meaning", "what it is", prose}},
                {}};
    const auto positives = static_cast<double>(std::ranges::count(cases, true, &Case::positive));
    const auto add = [&](std::string_view name, std::string_view meaning, const std::vector<std::pair<double, bool>>& list) {
      Value row = Value::object();
      const auto auc = area(list);
      const auto [low, high] = interval(list, area);
      const auto [low10, high10] = interval(list, [](const auto& drawn) { return std::optional(hits(drawn, 10) / 10); });
      row.set("ranker", name)
          .set("meaning", meaning)
          .set("auc", auc ? Value(rounded(*auc)) : Value())
          .set("auc_interval", auc ? fmt::format("{:.2f}–{:.2f}", low, high) : std::string())
          .set("p10_interval", fmt::format("{:.2f}–{:.2f}", low10, high10));
      for (const std::size_t k : {10U, 20U, 50U}) {
        const double found = hits(list, k);
        row.set(fmt::format("p{}", k),
                rounded(found / static_cast<double>(std::min<std::size_t>(k, std::max<std::size_t>(1, list.size())))));
        if (k > 10) row.set(fmt::format("r{}", k), positives > 0 ? Value(rounded(found / positives)) : Value());
      }
      table.rows.push_back(std::move(row));
    };
    for (std::size_t r = 0; r < std::size(gap_rankers); ++r) {
      if (r == 1 && !ways) continue;  // Ways forward are those of a group.
      add(gap_rankers[r], meanings[r], scored(cases, r));
    }
    std::vector<std::pair<double, bool>> chance;
    for (const Case& c : cases) chance.emplace_back(0, c.positive);
    add("chance", "any order", chance);
    return table;
  }

  /// The same for every group that covered something later.
  Table by_group() const {
    using enum Column::Format;
    Table table{"groups",
                "By group",
                {{"group", "group", text},
                 {"gaps", "gaps", number},
                 {"covered_later", "covered later", number},
                 {"auc_severity", "AUC severity", score},
                 {"auc_way", "AUC way forward", score},
                 {"auc_dependants", "AUC dependants", score}},
                {}};
    table.quiet = true;
    if (params_.scope) return table;
    for (const NodeId group : graph_.of_kind(Kind::group)) {
      const auto own = graph_.deliverables_of(group);
      const bool later = std::ranges::any_of(own, [&](NodeId d) {
        const auto life = graph_.life(d);
        return !life.empty() && life.front().day > params_.as_of && life.front().day <= to_ &&
               !graph_.out(d, Relation::covers).empty();
      });
      if (!later) continue;
      const auto cases = this->cases(group);
      const auto positives = static_cast<std::size_t>(std::ranges::count(cases, true, &Case::positive));
      if (positives < 5) continue;  // A figure on fewer says nothing.
      Value row = Value::object();
      row.set("group", graph_.node(group).id).set("gaps", cases.size()).set("covered_later", positives);
      static constexpr std::string_view names[] = {"auc_severity", "auc_way", "auc_dependants"};
      for (std::size_t r = 0; r < std::size(gap_rankers); ++r) {
        const auto auc = area(scored(cases, r));
        row.set(names[r], auc ? Value(rounded(*auc)) : Value());
      }
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table listing(std::vector<Case> cases) const {
    using enum Column::Format;
    std::ranges::stable_sort(cases, [](const Case& a, const Case& b) { return a.scores[0] > b.scores[0]; });
    Table table{"needs",
                caption_of("Gaps of the first day, gravest first", cases.size(), params_),
                {{"severity", "severity", score},
                 {"id", "need", text},
                 {"title", "title", title},
                 {"state", "state", state},
                 {"covered_by", "covered later by", list},
                 {"on", "on", text}},
                {}};
    for (std::size_t i = 0; i < rows_shown(cases.size(), params_); ++i) {
      const Case& c = cases[i];
      Value row = node_value(graph_, c.need);
      row.set("severity", rounded(c.scores[0]))
          .set("way_forward", rounded(c.scores[1]))
          .set("dependants", rounded(c.scores[2]))
          .set("state", name_of(situation_.state_of(c.need, scope_of(graph_, params_))));
      row.set("covered_later", c.positive)
          .set("covered_by", c.deliverable ? Value(graph_.node(*c.deliverable).id) : Value())
          .set("on", c.positive ? Value(to_string(c.day)) : Value());
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const Graph& graph_;
  const Params& params_;
  Day to_;
  Situation situation_;
};

}  // namespace

Result query_backtest_map(const Graph& graph, const Params& params, Day to) { return MapBacktest(graph, params, to).run(); }

}  // namespace lacuna::evaluation
