// chains: from objective over use case and requirement to a published deliverable, and where the way breaks.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "analysis/structure/structure.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// The link of a chain that is missing: nothing hangs on to this level.
enum class Level : std::uint8_t { objective, use_case, requirement };
constexpr std::string_view level_names[] = {"objective", "use-case", "requirement"};

/// A node at which chains end without a published deliverable.
struct Break {
  NodeId node{};
  Level level = Level::objective;
  std::vector<NodeId> objectives;
  std::vector<NodeId> use_cases;
  std::size_t chains = 0;
};

struct Chains {
  std::vector<Break> breaks;
  std::size_t chains = 0;
  std::size_t in_full = 0;              ///< Chains that end in a requirement that is covered.
  std::size_t in_part = 0;              ///< … partly covered.
  std::array<std::size_t, 3> broken{};  ///< Chains by Level.
  std::size_t objectives = 0;           ///< At the head of at least one.
  std::size_t outside = 0;              ///< Use cases that serve no objective.
};

/// Follows every chain once. O(links).
class ChainFinder {
 public:
  explicit ChainFinder(const Inquiry& q)
      : s_(q.situation), graph_(q.graph), params_(q.params), scope_(q.scope), wanted_(graph_.size(), !params_.topic) {
    if (!params_.topic) return;
    for (const NodeId need : needs_behind(s_, *params_.topic)) wanted_[index(need)] = true;
  }

  Chains run() {
    for (const NodeId objective : graph_.of_kind(Kind::objective)) {
      if (s_.exists(objective) && (!params_.objective || *params_.objective == objective)) follow(objective);
    }
    for (auto& [node, found] : breaks_) {
      sort_unique(found.objectives);
      sort_unique(found.use_cases);
      result_.breaks.push_back(std::move(found));
    }
    std::ranges::stable_sort(result_.breaks, [](const Break& a, const Break& b) {
      const auto key = [](const Break& x) {
        return std::tuple(-static_cast<std::ptrdiff_t>(x.use_cases.size()), -static_cast<std::ptrdiff_t>(x.objectives.size()),
                          x.level, x.node);
      };
      return key(a) < key(b);
    });
    for (const NodeId use_case : graph_.of_kind(Kind::use_case)) {
      result_.outside += !params_.objective && s_.exists(use_case) && wanted_[index(use_case)] && objectives_of(use_case) == 0;
    }
    return std::move(result_);
  }

 private:
  /// Requirements and capabilities that a use case needs, in natural order.
  std::vector<NodeId> needed_by(NodeId use_case) const {
    std::vector<NodeId> result;
    for (const LinkId l : graph_.out(use_case, Relation::needs)) {
      const NodeId to = graph_.edge(l).to;
      const Kind kind = graph_.node(to).kind;
      if (s_.counts(l) && s_.exists(to) && (kind == Kind::requirement || kind == Kind::capability)) result.push_back(to);
    }
    sort_unique(result);
    return result;
  }

  std::size_t objectives_of(NodeId use_case) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        graph_.out(use_case, Relation::serves), [&](LinkId l) { return s_.counts(l) && s_.exists(graph_.edge(l).to); }));
  }

  void broken(NodeId node, Level level, NodeId objective, std::optional<NodeId> use_case) {
    ++result_.chains;
    ++result_.broken[static_cast<std::size_t>(level)];
    Break& found = breaks_[node];
    found.node = node;
    found.level = level;
    ++found.chains;
    found.objectives.push_back(objective);
    if (use_case) found.use_cases.push_back(*use_case);
  }

  void follow(NodeId objective) {
    const std::size_t before = result_.chains;
    bool served = false;
    for (const NodeId use_case : needs_behind(s_, objective)) {
      if (graph_.node(use_case).kind != Kind::use_case) continue;
      served = true;
      const std::vector<NodeId> needed = needed_by(use_case);
      if (needed.empty() && wanted_[index(use_case)]) broken(use_case, Level::use_case, objective, use_case);
      for (const NodeId requirement : needed) {
        if (wanted_[index(requirement)]) end(objective, use_case, requirement);
      }
    }
    if (!served && !params_.topic) broken(objective, Level::objective, objective, std::nullopt);
    result_.objectives += result_.chains > before;
  }

  void end(NodeId objective, NodeId use_case, NodeId requirement) {
    auto known = states_.find(requirement);
    if (known == states_.end()) known = states_.emplace(requirement, s_.state_of(requirement, scope_)).first;
    if (known->second > CoverageState::partly_covered) return broken(requirement, Level::requirement, objective, use_case);
    ++result_.chains;
    ++(known->second == CoverageState::covered ? result_.in_full : result_.in_part);
  }

  const Situation& s_;
  const Graph& graph_;
  const Params& params_;
  const Scope& scope_;
  std::vector<bool> wanted_;  ///< By node: a need in which a chain may end.
  std::map<NodeId, Break> breaks_;
  std::map<NodeId, CoverageState> states_;
  Chains result_;
};

/// A chain is objective – use case that serves it (or an objective inside it) – requirement or capability that the use case
/// needs; where a level is empty, the chain ends above it. It holds where a published deliverable of the scope covers its last
/// need. With a topic, chains whose last need is of that topic, at any depth.
Chains find_chains(const Inquiry& q) { return ChainFinder(q).run(); }

/// `others` is what covers the node outside the scope.
std::string why_of(const Inquiry& q, const Break& b, const Coverage& coverage, const std::vector<Evidence>& others) {
  const Situation& situation = q.situation;
  switch (b.level) {
    case Level::objective: {
      // Objectives that ask for requirements are served without use cases; that is how they were written, not a fault of the
      // field.
      const std::size_t direct = needs_behind(situation, b.node).size();
      return direct == 0 ? "no use case serves it"
                         : fmt::format("no use case serves it, only {} directly", count_of(direct, "other need"));
    }
    case Level::use_case:
      return fmt::format("it needs no requirement or capability{}",
                         coverage.evidence.empty() ? ""
                                                   : fmt::format("; as a whole it is {}: {}", name_of(coverage.state),
                                                                 evidence_texts(situation, coverage.evidence)));
    case Level::requirement: break;
  }
  const std::string own = q.scope.everything() ? "" : " of " + q.graph.node(*q.scope.group()).id;
  std::string why;
  switch (coverage.state) {
    case CoverageState::in_progress:
      why = fmt::format("no published deliverable{} covers it; under way: {}", own, evidence_texts(situation, coverage.evidence));
      break;
    case CoverageState::stale:
      why = fmt::format("only superseded or withdrawn texts{}, or suspect links: {}", own,
                        evidence_texts(situation, coverage.evidence));
      break;
    default:
      why = fmt::format("nothing{} covers it", own);
      if (others.empty()) why += "; " + search_text(q.graph, b.node);
  }
  return others.empty() ? why : fmt::format("{}; others: {}", why, evidence_texts(situation, others));
}

Result answer_chains(const Inquiry& q, const Chains& found) {
  const Graph& graph = q.graph;
  const Params& params = q.params;
  Result result = q.answer("chains", "Chains from objective to deliverable");
  const auto breaks_at = [&](Level level) {
    return static_cast<std::size_t>(std::ranges::count(found.breaks, level, &Break::level));
  };
  Value counts = Value::object();
  counts.set("objectives", found.objectives)
      .set("chains", found.chains)
      .set("hold_in_full", found.in_full)
      .set("hold_in_part", found.in_part);
  Value broken = Value::object();
  Value places = Value::object();
  for (std::size_t l = 0; l < std::size(level_names); ++l) {
    broken.set(level_names[l], found.broken[l]);
    places.set(level_names[l], breaks_at(static_cast<Level>(l)));
  }
  counts.set("broken", std::move(broken)).set("places", std::move(places)).set("use_cases_outside", found.outside);
  result.head.emplace_back("counts", std::move(counts));
  const std::string own = params.scope ? " of " + graph.node(*params.scope).id : "";
  if (found.chains == 0) {
    result.summary.push_back("No chain leads from an objective to these needs.");
  } else {
    result.summary.push_back(
        fmt::format("{} {} from {} over use cases and requirements to deliverables: {} end{} in published deliverables{} that "
                    "cover the need in full, {} in part.",
                    count_of(found.chains, "chain"), found.chains == 1 ? "leads" : "lead",
                    count_of(found.objectives, "objective"), found.in_full, found.in_full == 1 ? "s" : "", own, found.in_part));
    std::vector<std::string> parts;
    if (const auto n = found.broken[2]; n > 0) {
      parts.push_back(fmt::format("{} at {} that nothing published{} covers", n,
                                  count_of(breaks_at(Level::requirement), "requirement") + " or capabilit" +
                                      (breaks_at(Level::requirement) == 1 ? "y" : "ies"),
                                  own));
    }
    if (const auto n = found.broken[1]; n > 0) {
      parts.push_back(fmt::format("{} at {} without a requirement", n, count_of(breaks_at(Level::use_case), "use case")));
    }
    if (const auto n = found.broken[0]; n > 0)
      parts.push_back(fmt::format("{} at {} without a use case", n, count_of(n, "objective")));
    const std::size_t all_broken = found.broken[0] + found.broken[1] + found.broken[2];
    result.summary.push_back(parts.empty() ? "No chain breaks."
                                           : fmt::format("{} {}: {}.", count_of(all_broken, "chain"),
                                                         all_broken == 1 ? "breaks" : "break", join(parts, ", ")));
  }
  if (found.outside > 0) {
    result.summary.push_back(fmt::format("{} {} no objective and stand{} outside every chain.",
                                         count_of(found.outside, "use case"), found.outside == 1 ? "serves" : "serve",
                                         found.outside == 1 ? "s" : ""));
  }

  using enum Column::Format;
  result.tables.push_back(table_of(
      "chains", "Where chains break, told once, most use cases first",
      {{"node", "breaks at", text},
       {"title", "title", title},
       {"breaks_at", "level", text},
       {"state", "state", state},
       spare({"use_case_count", "use cases", number}),
       spare({"chains", "chains", number}),
       {"objectives", "objectives", list, {}, 30},
       {"why", "why", prose}},
      found.breaks.size(), params, [&](std::size_t i) {
        const Break& b = found.breaks[i];
        const Node& node = graph.node(b.node);
        const bool need = is_need(node.kind);
        const Coverage coverage = need ? q.situation.coverage(b.node, q.scope) : Coverage();
        const std::vector<Evidence> others =
            need && !q.scope.everything() ? outside(q.scope, q.situation.coverage(b.node).evidence) : std::vector<Evidence>();
        Value row = Value::object();
        row.set("node", node.id)
            .set("kind", name_of(node.kind))
            .set("title", node.title)
            .set("breaks_at", level_names[static_cast<std::size_t>(b.level)]);
        row.set("state", need ? Value(name_of(coverage.state)) : Value())
            .set("use_case_count", b.use_cases.size())
            .set("chains", b.chains);
        const std::string why = why_of(q, b, coverage, others);
        row.set("objectives", id_values(graph, b.objectives)).set("why", why);
        if (params.evidence) {
          row.set("use_cases", id_values(graph, b.use_cases)).set("evidence", evidence_values(q.situation, coverage.evidence));
          row.set("elsewhere", evidence_values(q.situation, others))
              .set("searches", need ? search_values(graph, b.node) : Value::array());
        }
        q.explain(row, node.id, why, std::span(&b.node, 1));
        return row;
      }));
  return result;
}

}  // namespace

Result structure_chains(const Graph& graph, const Params& params) {
  const Inquiry q(graph, params);
  return answer_chains(q, find_chains(q));
}

}  // namespace lacuna
