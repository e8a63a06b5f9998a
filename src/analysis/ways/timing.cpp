#include "analysis/ways/timing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// Years of 365.25 days since year 0, the middle of what a date may mean.
double years(const Date& date) {
  const double month = date.month == 0 ? 5.5 : date.month - 1;
  const double day = date.month == 0 || date.day == 0 ? 15 : date.day - 1;
  return date.year + (month + day / 30.5) / 12;
}

double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(at);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (at - static_cast<double>(below)) * (sorted[above] - sorted[below]);
}

}  // namespace

Timing timing_of(const Situation& situation, const Params& params) {
  const Graph& graph = situation.graph();
  std::map<std::string, std::pair<std::string, double>> by_work;  // The identifier, and the years that it took.
  const auto add = [&](const std::string& identifier, const std::optional<Date>& begun, const std::optional<Date>& published) {
    if (!begun || !published || published->last_day() > situation.as_of()) return;
    const double took = years(*published) - years(*begun);
    if (took > 0) by_work.try_emplace(parse_identifier(identifier).work(), identifier, took);
  };
  for (const NodeId d : graph.deliverables_of(*params.scope)) {
    const Node& node = graph.node(d);
    std::optional<Date> begun;
    std::optional<Date> published;
    for (const NodeDate& date : node.dates) {
      const auto state = parse<State>(date.what);
      if (state && *state < State::approved && (!begun || date.date < *begun)) begun = date.date;
      if (state == State::published) published = date.date;
    }
    add(node.id, begun, published);
  }
  if (params.outlook != nullptr) {
    for (const GroupWork& work : params.outlook->works) add(work.identifier, work.begun, work.published);
  }
  std::vector<std::pair<double, std::string>> works;
  std::vector<double> took;
  for (const auto& [key, work] : by_work) {
    works.emplace_back(work.second, work.first);
    took.push_back(work.second);
  }
  std::ranges::sort(works);
  std::ranges::sort(took);
  Timing timing;
  timing.works = works.size();
  const std::string& group = graph.node(*params.scope).id;
  if (timing.works < Timing::enough) {
    timing.says = fmt::format("how long works of {} take is not known: start and publication are dated for {}", group,
                              timing.works == 0 ? "none" : count_of(timing.works, "work"));
    return timing;
  }
  timing.median = quantile(took, 0.5);
  timing.lower = quantile(took, 0.25);
  timing.upper = quantile(took, 0.75);
  timing.says = fmt::format(
      "{} works of {} with both dates known took {:.1f} years from start to publication in the median; half of them {:.1f} to "
      "{:.1f} ({} {:.1f}, {} {:.1f})",
      timing.works, group, timing.median, timing.lower, timing.upper, works.front().second, works.front().first,
      works.back().second, works.back().first);
  return timing;
}

}  // namespace lacuna
