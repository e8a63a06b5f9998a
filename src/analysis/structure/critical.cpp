// critical: the deliverable whose withdrawal would open most gaps.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// A need whose state gets worse without the deliverable.
struct Fall {
  NodeId need{};
  CoverageState before = CoverageState::unknown;
  CoverageState after = CoverageState::unknown;
  double loss = 0;       ///< Of its score, in [0,1].
  std::size_t left = 0;  ///< Other live deliverables that cover it.
};

/// A deliverable that counts, and what hangs on it.
struct Keystone {
  NodeId deliverable{};
  std::size_t needs = 0;    ///< That it covers.
  std::size_t loses = 0;    ///< Needs that lose all live coverage.
  double loss = 0;          ///< Σ over the needs that it covers of priority / 5 × loss of score.
  std::vector<Fall> worse;  ///< In natural order.
};

struct Keystones {
  std::vector<Keystone> list;  ///< Without which some need is in a worse state; those that most hangs on first.
  std::size_t counted = 0;     ///< All that cover a need.
};

/// Adds what a need loses with each of the live deliverables that cover it. O(links of the need).
void add_need(const Inquiry& q, NodeId need, std::vector<Keystone>& by_node) {
  const std::vector<Support> supports = supports_of(q.situation, need, q.scope);
  const CoverageState bare = uncovered_state(q.situation, need, q.scope);
  // The best state, and the best that is left where one of its bearers goes.
  CoverageState best = bare;
  CoverageState second = bare;
  std::size_t live = 0;
  for (const Support& s : supports) {
    live += s.live();
    second = std::min(second, std::max(best, s.alone));
    best = std::min(best, s.alone);
  }
  // What the others leave uncovered: products from both ends, because a factor may be 0.
  std::vector<double> behind(supports.size() + 1, 1);
  for (std::size_t i = supports.size(); i-- > 0;) behind[i] = behind[i + 1] * (1 - supports[i].contribution);
  double before = 1;
  const double weight = priority_of(q.graph.node(need)) / 5.0;
  for (std::size_t i = 0; i < supports.size(); ++i) {
    const Support& s = supports[i];
    const double loss = before * behind[i + 1] - behind[0];
    before *= 1 - s.contribution;
    if (!s.live()) continue;
    Keystone& keystone = by_node[index(s.deliverable)];
    keystone.deliverable = s.deliverable;
    ++keystone.needs;
    keystone.loss += weight * loss;
    const CoverageState after = s.alone == best ? second : best;
    if (after == best) continue;
    keystone.loses += after > CoverageState::in_progress;
    keystone.worse.push_back({need, best, after, loss, live - 1});
  }
}

/// Withdrawn means: it covers nothing any more. What it says of needs whose earlier edition was judged stays said, so that no
/// link becomes suspect by it. Needs that it does not cover keep their state and are not looked at: O(links) in all.
Keystones find_keystones(const Inquiry& q) {
  Keystones found{std::vector<Keystone>(q.graph.size())};
  std::vector<Keystone>& all = found.list;
  for (const NodeId need : q.needs) add_need(q, need, all);
  std::erase_if(all, [](const Keystone& k) { return k.needs == 0; });
  found.counted = all.size();
  std::erase_if(all, [](const Keystone& k) { return k.worse.empty(); });
  std::ranges::stable_sort(all, [](const Keystone& a, const Keystone& b) {
    const auto key = [](const Keystone& k) {
      return std::tuple(-static_cast<std::ptrdiff_t>(k.loses), -static_cast<std::ptrdiff_t>(k.worse.size()), -rounded(k.loss),
                        k.deliverable);
    };
    return key(a) < key(b);
  });
  return found;
}

std::string falls_text(const Inquiry& q, const Keystone& k) {
  std::vector<NodeId> lost;
  std::vector<std::string> steps;
  for (const Fall& f : k.worse) {
    if (f.after > CoverageState::in_progress) {
      lost.push_back(f.need);
    } else if (steps.size() < 3) {
      steps.push_back(fmt::format("{} falls from {} to {}", q.graph.node(f.need).id, name_of(f.before), name_of(f.after)));
    }
  }
  std::vector<std::string> parts;
  if (!lost.empty()) {
    parts.push_back(fmt::format("without it nothing{} in force or under way covers {}",
                                q.scope.everything() ? "" : " of " + q.graph.node(*q.scope.group()).id,
                                names_text(q.graph, lost)));
  }
  if (const std::size_t more = k.worse.size() - lost.size() - steps.size(); more > 0) {
    steps.push_back(fmt::format("{} fall{} as well", count_of(more, "more need"), more == 1 ? "s" : ""));
  }
  if (!steps.empty()) parts.push_back(fmt::format("{}{}", lost.empty() ? "without it " : "", join(steps, ", ")));
  return join(parts, "; ");
}

Result answer_keystones(const Inquiry& q, const Keystones& found) {
  const Graph& graph = q.graph;
  const std::vector<Keystone>& all = found.list;
  const std::size_t counted = found.counted;
  Result result = q.answer("critical", "Deliverables that most hangs on");
  const auto losing = static_cast<std::size_t>(std::ranges::count_if(all, [](const Keystone& k) { return k.loses > 0; }));
  Value counts = Value::object();
  counts.set("deliverables", counted).set("opening_gaps", all.size()).set("losing_needs", losing);
  result.head.emplace_back("counts", std::move(counts));
  if (counted == 0) {
    result.summary.push_back("No deliverable in force or under way covers any of these needs, so none can be missed.");
  } else if (all.empty()) {
    result.summary.push_back(
        fmt::format("{} {} these needs, and not one of them would be missed: another covers each need as well.",
                    count_of(counted, "deliverable"), counted == 1 ? "covers" : "cover"));
  } else {
    result.summary.push_back(
        fmt::format("{} in force or under way {} these needs; the withdrawal of {} would make the state of some need worse, "
                    "and the withdrawal of {} would leave some need without any live coverage.",
                    count_of(counted, "deliverable"), counted == 1 ? "covers" : "cover", all.size(), losing));
    const Keystone& first = all.front();
    result.summary.push_back(fmt::format("Most hangs on {} ({}): {}.", graph.node(first.deliverable).id,
                                         developers(graph, first.deliverable), falls_text(q, first)));
  }

  using enum Column::Format;
  result.tables.push_back(table_of(
      "critical",
      "Needs losing all live coverage first, then needs whose state gets worse, then the loss of score (× priority / 5)",
      {{"deliverable", "deliverable", text},
       {"title", "title", title},
       spare({"groups", "groups", list, {}, 30}),
       {"state", "state", text},
       {"loses", "lose all", number},
       {"worse", "worse", number},
       {"covers", "of", number},
       {"loss", "loss", score},
       {"why", "why", prose}},
      all.size(), q.params, [&](std::size_t i) {
        const Keystone& k = all[i];
        Value row = Value::object();
        row.set("deliverable", graph.node(k.deliverable).id)
            .set("title", graph.node(k.deliverable).title)
            .set("groups", developers(graph, k.deliverable));
        row.set("state", name_of(*q.situation.state(k.deliverable)))
            .set("loses", k.loses)
            .set("worse", k.worse.size())
            .set("covers", k.needs);
        const std::string why = falls_text(q, k);
        row.set("loss", rounded(k.loss)).set("why", why);
        if (q.params.evidence) {
          Value needs = Value::array();
          for (const Fall& f : k.worse) {
            Value need = node_value(graph, f.need);
            need.set("priority", priority_of(graph.node(f.need))).set("before", name_of(f.before)).set("after", name_of(f.after));
            needs.push(need.set("loss", rounded(f.loss)).set("left", f.left));
          }
          row.set("needs", std::move(needs));
        }
        std::vector<NodeId> fallen;
        for (const Fall& f : k.worse) fallen.push_back(f.need);
        q.explain(row, graph.node(k.deliverable).id, why, fallen);
        return row;
      }));
  return result;
}

}  // namespace

Result structure_critical(const Graph& graph, const Params& params) {
  const Inquiry q(graph, params);
  return answer_keystones(q, find_keystones(q));
}

}  // namespace lacuna
