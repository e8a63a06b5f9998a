#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/gaps.hpp"
#include "analysis/grouping.hpp"
#include "analysis/sensitivity.hpp"
#include "analysis/wording.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// One way forward before it is written down.
struct WayForward {
  Action action = Action::investigate;
  std::string title;
  std::vector<const Gap*> gaps;
  std::vector<NodeId> needs;             ///< Behind the gaps, in natural order.
  std::optional<NodeId> target;          ///< The draft to accelerate, the text to adopt or revise, the group to liaise with.
  std::array<double, 6> components{};    ///< By Component.
  std::array<std::string, 6> reasons{};  ///< One sentence each.
  double score = 0;
  std::vector<std::pair<NodeId, std::size_t>> liaise_with;  ///< Groups outside the scope, with how many of their texts touch the needs.
  std::vector<std::pair<NodeId, std::string>> build_on;     ///< Deliverables and what they do for the needs.
  std::size_t more_texts = 0;            ///< Deliverables beyond those named.
};

class Suggester {
 public:
  Suggester(const Situation& situation, const Params& params)
      : s_(situation), graph_(situation.graph()), params_(params), scope_groups_(graph_.whole(*params.scope)), wording_(texts()) {
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
      const auto state = s_.state(d);
      if (!state || *state > State::published) continue;
      deliverables_.push_back(d);
      vectors_.push_back(wording_.vector(text_of(d)));
      own_.push_back(is_own(d));
    }
  }

  std::vector<WayForward> run() {
    found_ = find_gaps(s_, params_);
    std::vector<WayForward> result = candidates();
    for (WayForward& way : others()) result.push_back(std::move(way));
    for (WayForward& way : result) rate(way);
    std::ranges::stable_sort(result, [](const WayForward& a, const WayForward& b) {
      return std::tuple(-a.score, a.action, a.needs) < std::tuple(-b.score, b.action, b.needs);
    });
    return result;
  }

  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  std::string text_of(NodeId id) const { return graph_.node(id).title + ". " + graph_.node(id).text; }
  bool in_scope(NodeId group) const { return std::ranges::binary_search(scope_groups_, group); }
  bool is_own(NodeId deliverable) const {
    return std::ranges::any_of(graph_.developers_of(deliverable), [&](NodeId g) { return in_scope(g); });
  }

  /// The words of all needs and deliverables of the map: what is rare among them tells them apart.
  std::vector<std::string> texts() const {
    std::vector<std::string> result;
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const NodeId id = static_cast<NodeId>(i);
      const Kind kind = graph_.node(id).kind;
      if (is_need(kind) || (kind == Kind::deliverable && s_.exists(id))) result.push_back(text_of(id));
    }
    return result;
  }

  /// Gaps that call for new work, grouped so that one document could serve each group.
  std::vector<WayForward> candidates() {
    std::vector<const Gap*> pool;
    for (const Gap& gap : found_.list) {
      if (gap.action == Action::new_work_item) pool.push_back(&gap);
    }
    const auto most = static_cast<std::size_t>(s_.profile().grouping_pool);
    if (pool.size() > most) {
      left_out_ = pool.size() - most;
      pool.resize(most);
    }
    std::vector<NodeId> needs;
    for (const Gap* gap : pool) needs.push_back(gap->subject);
    std::vector<WayForward> result;
    for (const auto& group : grouped(Affinities(s_, needs), needs.size(), s_.profile())) {
      WayForward way;
      way.action = Action::new_work_item;
      for (const std::size_t i : group) {
        way.gaps.push_back(pool[i]);
        way.needs.push_back(needs[i]);
      }
      std::ranges::sort(way.needs);
      way.title = working_title(way);
      result.push_back(std::move(way));
    }
    return result;
  }

  /// "AI agents: least privilege for agent tools; protected agent memory; and 3 more".
  std::string working_title(const WayForward& way) const {
    std::map<NodeId, std::size_t> topics;
    for (const NodeId need : way.needs) {
      for (const LinkId l : graph_.out(need, Relation::part_of)) {
        if (graph_.node(graph_.edge(l).to).kind == Kind::topic) ++topics[graph_.edge(l).to];
      }
    }
    std::string title;
    if (!topics.empty()) {
      const auto most = std::ranges::max_element(topics, {}, [](const auto& t) { return t.second; });
      title = graph_.node(most->first).title + ": ";
    }
    // The needs that most depends on lead; a requirement says more about a document than the threat behind it.
    std::vector<NodeId> lead = way.needs;
    std::ranges::stable_sort(lead, [&](NodeId a, NodeId b) {
      const auto key = [&](NodeId id) {
        return std::tuple(graph_.node(id).kind == Kind::threat || graph_.node(id).kind == Kind::use_case, -static_cast<std::ptrdiff_t>(dependants_of(s_, id)));
      };
      return key(a) < key(b);
    });
    std::vector<std::string> names;
    for (std::size_t i = 0; i < std::min<std::size_t>(lead.size(), 2); ++i) names.push_back(graph_.node(lead[i]).title);
    if (lead.size() > 2) names.push_back(fmt::format("and {} more", lead.size() - 2));
    return title + join(names, "; ");
  }

  /// All other gaps by what is to be done about which text or group.
  std::vector<WayForward> others() {
    std::map<std::pair<Action, std::optional<NodeId>>, std::vector<const Gap*>> by_target;
    std::map<GapKind, std::vector<const Gap*>> to_investigate;
    for (const Gap& gap : found_.list) {
      switch (gap.action) {
        case Action::new_work_item: break;
        case Action::investigate: to_investigate[gap.kind].push_back(&gap); break;
        default: {
          const std::vector<NodeId> about = targets(gap);
          for (const NodeId target : about) by_target[{gap.action, target}].push_back(&gap);
          if (about.empty()) by_target[{gap.action, std::nullopt}].push_back(&gap);
        }
      }
    }
    std::vector<WayForward> result;
    for (auto& [key, gaps] : by_target) {
      WayForward way;
      way.action = key.first;
      way.target = key.second;
      way.gaps = std::move(gaps);
      static const Node nobody;
      const Node& target = way.target ? graph_.node(*way.target) : nobody;
      if (!way.target) way.title = fmt::format("Tell other bodies what stands alone: {}", count_of(way.gaps.size(), "need"));
      switch (way.target ? way.action : Action::investigate) {
        case Action::accelerate:
          way.title = fmt::format("Bring {} to {}: {}", target.id, s_.state(*way.target) == State::approved ? "publication" : "approval", target.title);
          break;
        case Action::revise: way.title = fmt::format("Revise {}: {}", target.id, target.title); break;
        case Action::adopt: way.title = fmt::format("Adopt or refer to {}: {}", target.id, target.title); break;
        case Action::liaise: way.title = fmt::format("Liaison statement to {}", target.id); break;
        case Action::consolidate: way.title = fmt::format("Settle the overlap with {}", target.id); break;
        default: break;
      }
      collect_needs(way);
      result.push_back(std::move(way));
    }
    for (auto& [kind, gaps] : to_investigate) {
      WayForward way;
      way.action = Action::investigate;
      way.gaps = std::move(gaps);
      way.title = fmt::format("Look into {}: {}", count_of(way.gaps.size(), fmt::format("{} gap", name_of(kind))),
                              words<GapKind>()[static_cast<std::size_t>(kind)].meaning);
      collect_needs(way);
      result.push_back(std::move(way));
    }
    return result;
  }

  static void collect_needs(WayForward& way) {
    for (const Gap* gap : way.gaps) {
      if (gap->needs.empty()) {
        way.needs.push_back(gap->subject);
      } else {
        way.needs.insert(way.needs.end(), gap->needs.begin(), gap->needs.end());
      }
    }
    sort_unique(way.needs);
  }

  /// The newest published edition that came after it, or itself.
  NodeId edition_in_force(NodeId edition) const {
    std::vector<NodeId> later{edition};
    NodeId newest = edition;
    for (std::size_t i = 0; i < later.size(); ++i) {
      for (const LinkId l : graph_.in(later[i], Relation::supersedes)) {
        const NodeId newer = graph_.edge(l).from;
        if (!s_.counts(l) || std::ranges::find(later, newer) != later.end()) continue;
        later.push_back(newer);
        if (s_.state(newer) == State::published) newest = newer;
      }
    }
    return newest;
  }

  /// The texts or groups that a gap's way forward is about.
  std::vector<NodeId> targets(const Gap& gap) const {
    const auto first = [](const std::vector<Evidence>& list, auto fits) {
      std::vector<NodeId> result;
      const auto found = std::ranges::find_if(list, fits);
      if (found != list.end()) result.push_back(found->deliverable);
      return result;
    };
    switch (gap.action) {
      case Action::accelerate: return first(gap.inside->evidence, [](const Evidence& e) { return e.state < State::published; });
      case Action::revise: {
        std::vector<NodeId> result = first(gap.inside->evidence, [](const Evidence& e) { return e.state >= State::published; });
        for (NodeId& target : result) target = edition_in_force(target);
        return result;
      }
      case Action::adopt:
        return first(gap.anywhere->evidence, [](const Evidence& e) { return e.degree == Degree::full && e.state == State::published && !e.suspect; });
      case Action::consolidate: {
        std::vector<NodeId> result;
        for (const NodeId g : gap.groups) {
          if (!in_scope(g)) result.push_back(g);
        }
        return result;
      }
      case Action::liaise: {
        std::vector<NodeId> result;
        if (gap.kind == GapKind::unliaised) {
          for (const NodeId g : gap.groups) {
            if (!in_scope(g)) result.push_back(g);
          }
        } else if (gap.kind == GapKind::outside_scope) {
          for (const NodeId g : graph_.developers_of(gap.anywhere->evidence.front().deliverable)) {
            if (const auto to = addressee(s_, g)) result.push_back(*to);
          }
        }
        return result;
      }
      default: return {};
    }
  }

  // ---- the components ------------------------------------------------------------------------------------------------

  void rate(WayForward& way) {
    gather_texts(way);
    std::vector<WordVector> own_words;
    for (const NodeId need : way.needs) own_words.push_back(wording_.vector(text_of(need)));
    const WordVector centre = Wording::centre(own_words);
    set(way, Component::severity, severity(way));
    set(way, Component::demand, demand(way));
    set(way, Component::urgency, urgency(way));
    set(way, Component::fit, fit(way, centre));
    set(way, Component::novelty, novelty(centre));
    set(way, Component::foundation, foundation(way));
    double sum = 0;
    double weights = 0;
    for (std::size_t c = 0; c < way.components.size(); ++c) {
      sum += s_.profile().rank[c] * way.components[c];
      weights += s_.profile().rank[c];
    }
    way.score = weights > 0 ? sum / weights : 0;
  }

  using Rated = std::pair<double, std::string>;
  static void set(WayForward& way, Component component, Rated rated) {
    way.components[static_cast<std::size_t>(component)] = rated.first;
    way.reasons[static_cast<std::size_t>(component)] = std::move(rated.second);
  }

  static Rated severity(const WayForward& way) {
    double greatest = 0;
    double sum = 0;
    for (const Gap* gap : way.gaps) {
      greatest = std::max(greatest, gap->severity);
      sum += gap->severity;
    }
    const double mean = sum / static_cast<double>(way.gaps.size());
    return {(greatest + mean) / 2, fmt::format("gravest gap {:.2f}, mean of {} {:.2f}", greatest, count_of(way.gaps.size(), "gap"), mean)};
  }

  Rated demand(const WayForward& way) const {
    std::set<NodeId> objectives;
    std::set<NodeId> use_cases;
    for (const NodeId need : way.needs) {
      for (const LinkId l : graph_.out(need, Relation::serves)) {
        if (s_.counts(l)) objectives.insert(graph_.edge(l).to);
      }
      for (const NodeId u : use_cases_behind(s_, need)) use_cases.insert(u);
    }
    double dependants = 0;
    for (const NodeId id : objectives) dependants += priority_of(graph_.node(id)) / 3.0;
    for (const NodeId id : use_cases) dependants += priority_of(graph_.node(id)) / 3.0;
    return {dependants / (dependants + s_.profile().demand_half),
            fmt::format("{} and {} depend on it", count_of(objectives.size(), "objective"), count_of(use_cases.size(), "use case"))};
  }

  Rated urgency(const WayForward& way) const {
    std::set<NodeId> threats;
    for (const NodeId need : way.needs) {
      for (const NodeId t : threats_behind(s_, need)) threats.insert(t);
    }
    std::size_t exposed = 0;
    for (const NodeId t : threats) {
      exposed += std::ranges::none_of(graph_.in(t, Relation::counters), [&](LinkId l) {
        return s_.counts(l) && s_.state_of(graph_.edge(l).from) == CoverageState::covered;
      });
    }
    if (threats.empty()) return {0, "no threat is linked to it"};
    return {static_cast<double>(exposed) / static_cast<double>(threats.size()),
            fmt::format("{} of {} behind it {} countered by no covered requirement", exposed, count_of(threats.size(), "threat"), exposed == 1 ? "is" : "are")};
  }

  Rated fit(const WayForward& way, const WordVector& centre) const {
    // Half for what the group declares, half for what it has written.
    std::set<NodeId> interests;
    for (const NodeId group : scope_groups_) {
      for (const LinkId l : graph_.out(group, Relation::works_on)) {
        if (s_.counts(l)) interests.insert(graph_.edge(l).to);
      }
    }
    const auto of_interest = std::ranges::count_if(way.needs, [&](NodeId need) {
      const auto hits = [&](Relation relation) {
        return std::ranges::any_of(graph_.out(need, relation), [&](LinkId l) { return s_.counts(l) && interests.contains(graph_.edge(l).to); });
      };
      return hits(Relation::serves) || hits(Relation::part_of);
    });
    const double declared = static_cast<double>(of_interest) / static_cast<double>(way.needs.size());
    const auto [near, similarity] = nearest(centre, true);
    std::string reason = fmt::format("{} of {} in what it declares to work on", of_interest, count_of(way.needs.size(), "need"));
    if (near) reason += fmt::format("; nearest own text {} ({:.2f})", graph_.node(*near).id, similarity);
    return {(declared + std::min(1.0, 2 * similarity)) / 2, std::move(reason)};
  }

  Rated novelty(const WordVector& centre) const {
    const auto [near, similarity] = nearest(centre, false);
    if (!near) return {1, "no deliverable is anywhere near"};
    return {1 - similarity, fmt::format("nearest deliverable {} ({:.2f})", graph_.node(*near).id, similarity)};
  }

  Rated foundation(const WayForward& way) const {
    const auto founded = std::ranges::count_if(way.needs, [&](NodeId need) {
      return !is_need(graph_.node(need).kind) ? false : !s_.coverage(need).evidence.empty() || !mentions_of(s_, need).empty();
    });
    return {static_cast<double>(founded) / static_cast<double>(way.needs.size()),
            fmt::format("{} of {} with texts to build on, covering or mentioning them", founded, count_of(way.needs.size(), "need"))};
  }

  std::pair<std::optional<NodeId>, double> nearest(const WordVector& centre, bool own) const {
    std::optional<NodeId> best;
    double most = 0;
    for (std::size_t i = 0; i < deliverables_.size(); ++i) {
      if (own && !own_[i]) continue;
      const double similarity = Wording::similarity(centre, vectors_[i]);
      if (similarity > most) {
        most = similarity;
        best = deliverables_[i];
      }
    }
    return {best, most};
  }

  /// Which groups outside the scope have texts on these needs, and which texts those are.
  void gather_texts(WayForward& way) const {
    struct Use {
      double strength = 0;
      std::size_t needs = 0;
      std::vector<std::string> says;
    };
    std::map<NodeId, Use> uses;
    for (const NodeId need : way.needs) {
      if (!is_need(graph_.node(need).kind)) continue;
      for (const Evidence& e : s_.coverage(need).evidence) {
        if (e.state > State::published) continue;
        Use& use = uses[e.deliverable];
        use.strength += e.contribution;
        ++use.needs;
        use.says.push_back(fmt::format("{} {}", graph_.node(need).id, name_of(e.degree)));
      }
      for (const Mention& m : mentions_of(s_, need)) {
        if (*s_.state(m.deliverable) > State::published) continue;
        Use& use = uses[m.deliverable];
        use.strength += 0.1;
        ++use.needs;
        use.says.push_back(fmt::format("{} mention", graph_.node(need).id));
      }
    }
    std::map<NodeId, std::size_t> groups;
    std::vector<std::pair<NodeId, const Use*>> texts;
    for (const auto& [deliverable, use] : uses) {
      texts.emplace_back(deliverable, &use);
      for (const NodeId g : graph_.developers_of(deliverable)) {
        const auto to = addressee(s_, g);
        if (to && !in_scope(*to)) ++groups[*to];
      }
    }
    std::ranges::stable_sort(texts, [](const auto& a, const auto& b) { return a.second->strength > b.second->strength; });
    constexpr std::size_t most_texts = 8;
    for (std::size_t i = 0; i < std::min(most_texts, texts.size()); ++i) way.build_on.emplace_back(texts[i].first, join(texts[i].second->says, ", "));
    way.more_texts = texts.size() - way.build_on.size();
    way.liaise_with.assign(groups.begin(), groups.end());
    std::ranges::stable_sort(way.liaise_with, [](const auto& a, const auto& b) { return a.second > b.second; });
  }

  const Situation& s_;
  const Graph& graph_;
  const Params& params_;
  std::vector<NodeId> scope_groups_;
  Wording wording_;
  std::vector<NodeId> deliverables_;
  std::vector<WordVector> vectors_;
  std::vector<bool> own_;
  Gaps found_;
  std::size_t left_out_ = 0;
};

Reason reason_of(const Situation& situation, const Params& params, const WayForward& way) {
  const Profile& profile = situation.profile();
  Reason reason{fmt::format("{}: {}, score {:.2f}", name_of(way.action), way.title, way.score)};
  std::vector<std::string> terms;
  std::vector<std::string> weights;
  for (std::size_t c = 0; c < way.components.size(); ++c) {
    terms.push_back(fmt::format("{:g} × {:.2f}", profile.rank[c], way.components[c]));
    weights.push_back(fmt::format("{:g}", profile.rank[c]));
  }
  Reason score{fmt::format("score {:.2f} = ({}) / ({}) (profile \"{}\", {})", way.score, join(terms, " + "), join(weights, " + "), profile.name, profile.hash)};
  for (std::size_t c = 0; c < way.components.size(); ++c) {
    score.because.push_back({fmt::format("{} {:.2f}: {}", words<Component>()[c].name, way.components[c], words<Component>()[c].meaning), {{way.reasons[c]}}});
  }
  reason.because.push_back(std::move(score));
  for (const Gap* gap : way.gaps) reason.because.push_back(reason_of(situation, params, *gap));
  return reason;
}

}  // namespace

Result query_suggest(const Graph& graph, const Params& params) {
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Suggester suggester(situation, params);
  const std::vector<WayForward> ways = suggester.run();
  const std::string& group = graph.node(*params.scope).id;
  const Scope scope = scope_of(graph, params);

  Result result;
  result.schema = "suggest-1";
  result.title = fmt::format("Ways forward for {}", group);
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  Value counts = Value::object();
  std::vector<std::string> count_texts;
  for (std::size_t a = 0; a < words<Action>().size(); ++a) {
    const auto n = static_cast<std::size_t>(std::ranges::count(ways, static_cast<Action>(a), &WayForward::action));
    counts.set(words<Action>()[a].name, n);
    if (n > 0) count_texts.push_back(fmt::format("{} {}", n, words<Action>()[a].name));
  }
  result.head.emplace_back("counts", std::move(counts));
  Value weights = Value::object();
  for (std::size_t c = 0; c < words<Component>().size(); ++c) weights.set(words<Component>()[c].name, params.profile->rank[c]);
  result.head.emplace_back("weights", std::move(weights));
  const std::size_t shown = params.limit == 0 ? ways.size() : std::min(params.limit, ways.size());
  std::string line = fmt::format("{}{}{}", count_of(ways.size(), "way") + " forward", ways.empty() ? "" : ": ", join(count_texts, ", "));
  if (shown < ways.size()) line += shown == 1 ? "; the first follows" : fmt::format("; the first {} follow", shown);
  result.summary.push_back(std::move(line));
  if (suggester.left_out() > 0) {
    result.summary.push_back(fmt::format("Only the {} gravest gaps that call for new work were grouped; {} were left out (profile: grouping.pool)",
                                         params.profile->grouping_pool, suggester.left_out()));
  }
  result.summary.push_back(fmt::format("Score: the components' mean, weighted by profile \"{}\"; \"lacuna suggest --format json\" gives the reason for each.", params.profile->name));

  using enum Column::Format;
  Table table{"ways_forward", "", {{"rank", "#", number}, {"score", "score", score}, {"action", "way forward", text}, {"title", "about", text, {}, 100}}, {}};
  for (const Word& w : words<Component>()) table.columns.push_back({std::string(w.name), std::string(w.name), score});
  table.columns.push_back({"needs", "needs", text});
  table.columns.push_back({"liaise_with", "liaise with", text});
  table.columns.push_back({"build_on", "build on", text});
  for (std::size_t i = 0; i < shown; ++i) {
    const WayForward& way = ways[i];
    Value row = Value::object();
    row.set("rank", i + 1).set("score", rounded(way.score)).set("action", name_of(way.action)).set("title", way.title);
    row.set("target", way.target ? node_value(graph, *way.target) : Value());
    for (std::size_t c = 0; c < way.components.size(); ++c) row.set(words<Component>()[c].name, rounded(way.components[c]));
    Value reasons = Value::object();
    for (std::size_t c = 0; c < way.reasons.size(); ++c) reasons.set(words<Component>()[c].name, way.reasons[c]);
    row.set("reasons", std::move(reasons));
    Value needs = Value::array();
    for (const NodeId need : way.needs) {
      Value n = node_value(graph, need);
      if (is_need(graph.node(need).kind)) {
        n.set("state_in_scope", name_of(situation.state_of(need, scope)));
        n.set("state_anywhere", name_of(situation.state_of(need)));
      }
      needs.push(std::move(n));
    }
    row.set("needs", std::move(needs));
    Value gaps = Value::array();
    for (const Gap* gap : way.gaps) {
      Value g = Value::object();
      g.set("kind", name_of(gap->kind)).set("subject", graph.node(gap->subject).id);
      if (gap->other) g.set("other", graph.node(*gap->other).id);
      g.set("severity", rounded(gap->severity)).set("why", gap->why);
      gaps.push(std::move(g));
    }
    row.set("gaps", std::move(gaps));
    Value liaise = Value::array();
    for (const auto& [g, texts] : way.liaise_with) {
      Value l = Value::object();
      l.set("id", graph.node(g).id).set("texts", texts);
      liaise.push(std::move(l));
    }
    row.set("liaise_with", std::move(liaise));
    Value build = Value::array();
    for (const auto& [d, says] : way.build_on) {
      Value b = Value::object();
      b.set("id", graph.node(d).id).set("title", graph.node(d).title).set("groups", developers(graph, d));
      b.set("state", name_of(*situation.state(d))).set("says", says);
      if (!graph.node(d).address.empty()) b.set("address", graph.node(d).address);
      build.push(std::move(b));
    }
    row.set("build_on", std::move(build)).set("more_texts", way.more_texts);
    if (params.explain) row.set("explanation", reason_value(reason_of(situation, params, way)));
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

Result query_suggest_sensitivity(const Graph& graph, const Params& params) {
  const auto rank = [&](const Profile& profile) {
    const Situation situation(graph, profile, params.as_of, params.include_suggested);
    std::vector<RankedRow> ranking;
    for (const WayForward& way : Suggester(situation, params).run()) {
      std::vector<std::string> needs;
      for (const NodeId need : way.needs) needs.push_back(graph.node(need).id);
      const std::size_t all = needs.size();
      if (way.target && all > 3) {  // The target tells it apart; its needs are to remind of it.
        needs.resize(3);
        needs.push_back(fmt::format("+{}", all - 3));
      }
      ranking.push_back({fmt::format("{} {}{}", name_of(way.action), way.target ? graph.node(*way.target).id + ": " : "", join(needs, " ")), way.score});
    }
    return ranking;
  };
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  Result result;
  result.schema = "sensitivity-1";
  result.title = fmt::format("What the ranking of ways forward for {} hangs on", graph.node(*params.scope).id);
  result.head = head_of(situation, params);
  result.summary = notes_of(situation, params);
  result.summary.push_back("A way forward is told by its action, its target and its needs: where a weight groups the needs otherwise, it is another one.");
  static constexpr std::string_view sections[] = {"degree", "maturity", "gap", "rank", "affinity", "grouping", "demand_half"};
  add_sensitivity(result, *params.profile, sections, rank(*params.profile), params.limit == 0 ? 10 : params.limit, params.evidence, rank);
  return result;
}

}  // namespace lacuna
