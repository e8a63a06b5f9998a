// Which ways forward there are: gaps put together by what one document, one text or one statement could do for them.
#include "analysis/ways/ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/grouping.hpp"
#include "analysis/ways/house_style.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

class Finder {
 public:
  Finder(const Situation& situation, const Params& params)
      : s_(situation),
        graph_(situation.graph()),
        params_(params),
        scope_groups_(graph_.whole(*params.scope)),
        style_(own_titles()) {}

  Ways run() {
    ways_.gaps = find_gaps(s_, params_);
    candidates();
    for (WayForward& way : others()) ways_.list.push_back(std::move(way));
    return finish();
  }

  /// One new work item for these needs, with the gaps that they are behind.
  Ways one(const std::vector<NodeId>& needs) {
    ways_.gaps = find_gaps(s_, params_);
    WayForward way;
    way.action = Action::new_work_item;
    way.needs = needs;
    sort_unique(way.needs);
    for (const Gap& gap : ways_.gaps.list) {
      if (gap.by_state && std::ranges::binary_search(way.needs, gap.subject)) way.gaps.push_back(&gap);
    }
    ways_.list.push_back(std::move(way));
    return finish();
  }

 private:
  bool in_scope(NodeId group) const { return std::ranges::binary_search(scope_groups_, group); }

  Ways finish() {
    give_titles();
    rate(ways_, s_, params_);
    std::ranges::stable_sort(ways_.list, [](const WayForward& a, const WayForward& b) {
      return std::tuple(-a.score, a.action, a.needs) < std::tuple(-b.score, b.action, b.needs);
    });
    number_parts();
    return std::move(ways_);
  }

  /// What the group has published or works on: on the map, and in the catalogues. Fashions change: where the last twelve years
  /// give enough, the catalogues' older titles are left out.
  std::vector<OwnTitle> own_titles() const {
    constexpr int years = 12;
    constexpr std::ptrdiff_t enough = 20;
    std::map<std::string, OwnTitle> by_work;
    if (params_.outlook != nullptr) {
      const int since = static_cast<int>(params_.as_of) / 10000 - years;
      const auto recent = [&](const GroupWork& work) { return work.published && work.published->year >= since; };
      const bool only_recent = std::ranges::count_if(params_.outlook->works, recent) >= enough;
      for (const GroupWork& work : params_.outlook->works) {
        if (only_recent && !recent(work)) continue;
        by_work.try_emplace(parse_identifier(work.identifier).work(), OwnTitle{work.identifier, work.title});
      }
    }
    for (const NodeId d : graph_.deliverables_of(*params_.scope)) {
      if (s_.exists(d))
        by_work.try_emplace(parse_identifier(graph_.node(d).id).work(), OwnTitle{graph_.node(d).id, graph_.node(d).title});
    }
    std::vector<OwnTitle> titles;
    for (auto& [key, title] : by_work) titles.push_back(std::move(title));
    return titles;
  }

  /// Gaps that call for new work, grouped so that one document could serve each group.
  void candidates() {
    std::vector<const Gap*> pool;
    for (const Gap& gap : ways_.gaps.list) {
      if (gap.action == Action::new_work_item) pool.push_back(&gap);
    }
    const auto most = static_cast<std::size_t>(s_.profile().grouping_pool);
    if (pool.size() > most) {
      ways_.left_out = pool.size() - most;
      pool.resize(most);
    }
    std::vector<NodeId> needs;
    for (const Gap* gap : pool) needs.push_back(gap->subject);
    for (const auto& group : grouped(Affinities(s_, needs), needs.size(), s_.profile())) {
      WayForward way;
      way.action = Action::new_work_item;
      for (const std::size_t i : group) {
        way.gaps.push_back(pool[i]);
        way.needs.push_back(needs[i]);
      }
      std::ranges::sort(way.needs);
      ways_.list.push_back(std::move(way));
    }
  }

  /// The topic of most of the needs; of equals, the first.
  std::optional<NodeId> topic_of(const WayForward& way) const {
    std::map<NodeId, std::size_t> topics;
    for (const NodeId need : way.needs) {
      for (const LinkId l : graph_.out(need, Relation::part_of)) {
        if (s_.counts(l) && graph_.node(graph_.edge(l).to).kind == Kind::topic) ++topics[graph_.edge(l).to];
      }
    }
    if (topics.empty()) return std::nullopt;
    return std::ranges::max_element(topics, {}, [](const auto& t) { return t.second; })->first;
  }

  /// What a document for these needs would mostly be about: requirements and capabilities where they are a third of the needs or
  /// more; else threats, use cases or terms.
  Kind lead_of(const WayForward& way) const {
    std::map<Kind, std::size_t> kinds;
    for (const NodeId need : way.needs) ++kinds[graph_.node(need).kind];
    const std::size_t normative = kinds[Kind::requirement] + kinds[Kind::capability];
    if (3 * normative >= way.needs.size())
      return kinds[Kind::capability] > kinds[Kind::requirement] ? Kind::capability : Kind::requirement;
    Kind most = Kind::threat;
    for (const Kind kind : {Kind::use_case, Kind::term}) {
      if (kinds[kind] > kinds[most]) most = kind;
    }
    return most;
  }

  /// Of the needs of the leading kind, the one that stands for the others: by what it has in common with them, and by what
  /// depends on it.
  NodeId foremost(const WayForward& way) const {
    const Affinities affinities(s_, way.needs);
    std::optional<std::size_t> best;
    double most = 0;
    for (std::size_t i = 0; i < way.needs.size(); ++i) {
      if (graph_.node(way.needs[i]).kind != way.lead) continue;
      double common = 0;
      for (std::size_t j = 0; j < way.needs.size(); ++j) common += i == j ? 0 : affinities.between(i, j);
      const auto dependants = static_cast<double>(dependants_of(s_, way.needs[i]).size());
      const double value = rounded(common * (1 + dependants / (dependants + s_.profile().demand_half)));
      if (!best || value > most) {
        best = i;
        most = value;
      }
    }
    return way.needs[best.value_or(0)];
  }

  /// Whether one of two needs stands for the other in a title: a link of need, threat and use case between them, or one matter
  /// told twice.
  bool stands_for(NodeId a, NodeId b) const {
    const std::string_view matter = graph_.node(a).attribute("matter");
    if (!matter.empty() && matter == graph_.node(b).attribute("matter")) return true;
    for (const Relation relation : {Relation::needs, Relation::counters, Relation::faces}) {
      for (const auto& [from, to] : {std::pair(a, b), std::pair(b, a)}) {
        if (std::ranges::any_of(graph_.out(from, relation),
                                [&, end = to](LinkId l) { return s_.counts(l) && graph_.edge(l).to == end; }))
          return true;
      }
    }
    return false;
  }

  /// The one or two needs of the leading kind that stand for all of them, as they read in a title; empty where more would have to
  /// be named.
  std::string all_of_it(const WayForward& way) const {
    const bool normative = way.lead == Kind::requirement || way.lead == Kind::capability;
    std::vector<NodeId> leading;
    for (const NodeId need : way.needs) {
      const Kind kind = graph_.node(need).kind;
      if (kind == way.lead || (normative && (kind == Kind::requirement || kind == Kind::capability))) leading.push_back(need);
    }
    const auto stand_for_all = [&](NodeId a, NodeId b) {
      return std::ranges::all_of(
          way.needs, [&](NodeId need) { return need == a || need == b || stands_for(need, a) || stands_for(need, b); });
    };
    for (const NodeId one : leading) {
      if (stand_for_all(one, one)) return graph_.node(one).title;
    }
    for (std::size_t i = 0; i < leading.size(); ++i) {
      for (std::size_t j = i + 1; j < leading.size(); ++j) {
        if (stand_for_all(leading[i], leading[j]))
          return graph_.node(leading[i]).title + "; " + subject_title(graph_.node(leading[j]).title);
      }
    }
    return {};
  }

  /// Candidates that only their needs tell apart are parts of one work, best first.
  void number_parts() {
    std::map<std::string, std::size_t> titles;
    for (const WayForward& way : ways_.list) titles[way.title] += way.action == Action::new_work_item;
    std::map<std::string, std::size_t> parts;
    for (WayForward& way : ways_.list) {
      if (way.action == Action::new_work_item && titles[way.title] > 1)
        way.title += fmt::format("{}Part {}", style_.dash(), ++parts[way.title]);
    }
  }

  /// "Security requirements for AI agents – Human approval of high-impact actions": how the group opens its titles, the topic,
  /// and where several candidates have that topic, what stands for all needs of this one. A threat is no aim: protection against
  /// it is.
  void give_titles() {
    constexpr std::size_t longest_title = 160;
    std::map<NodeId, std::size_t> same_topic;
    for (const WayForward& way : ways_.list) {
      if (way.action != Action::new_work_item) continue;
      if (const auto topic = topic_of(way)) ++same_topic[*topic];
    }
    for (WayForward& way : ways_.list) {
      if (way.action != Action::new_work_item) continue;
      way.lead = lead_of(way);
      const Node& first = graph_.node(foremost(way));
      way.subject = (first.kind == Kind::threat ? "protection against " : "") + subject_title(first.title);
      std::string complement;
      if (const auto of_most = topic_of(way); of_most && way.needs.size() > 1) {
        const Node& topic = graph_.node(*of_most);
        const std::string_view given = topic.attribute("in_titles");
        way.subject = given.empty() ? subject_title(topic.title) : std::string(given);
        if (same_topic[*of_most] > 1) complement = all_of_it(way);
      }
      const Opening opening = style_.opening(way.lead, way.subject.starts_with("protection "));
      way.title = style_.introduction() + opening.words + " " + way.subject;
      if (!complement.empty() && way.title.size() + complement.size() < longest_title) way.title += style_.dash() + complement;
      if (opening.seen.empty()) {
        way.title_why = fmt::format("\"{}\" is a plain word for a document led by {}: none of the {} known begins so",
                                    opening.words, plural(way.lead), count_of(style_.titles(), "title"));
      } else {
        std::vector<std::string> examples;
        for (std::size_t i = 0; i < std::min<std::size_t>(3, opening.seen.size()); ++i)
          examples.push_back(opening.seen[opening.seen.size() - 1 - i].identifier);
        way.title_why = fmt::format("\"{}\" opens {} of {} own {} known ({}{}) and suits a document led by {}", opening.words,
                                    opening.seen.size(), style_.titles(), style_.titles() == 1 ? "title" : "titles",
                                    join(examples, ", "), opening.seen.size() > examples.size() ? ", …" : "", plural(way.lead));
      }
    }
  }

  static std::string plural(Kind kind) { return kind == Kind::capability ? "capabilities" : std::string(name_of(kind)) + "s"; }

  /// All other gaps by what is to be done about which text or group.
  std::vector<WayForward> others() {
    std::map<std::pair<Action, std::optional<NodeId>>, std::vector<const Gap*>> by_target;
    std::map<GapKind, std::vector<const Gap*>> to_investigate;
    for (const Gap& gap : ways_.gaps.list) {
      switch (gap.action) {
        case Action::new_work_item: break;
        case Action::investigate: to_investigate[gap.kind].push_back(&gap); break;
        default: {
          const std::vector<NodeId> about = targets(gap);
          for (const NodeId target : about) by_target[{gap.action, target}].push_back(&gap);
          if (about.empty() && gap.kind != GapKind::outside_scope) by_target[{gap.action, std::nullopt}].push_back(&gap);
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
          way.title = fmt::format("Bring {} to {}: {}", target.id,
                                  s_.state(*way.target) == State::approved ? "publication" : "approval", target.title);
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
      way.title =
          fmt::format("Look into {}: {}", count_of(way.gaps.size(), fmt::format("{} gap", name_of(kind))), word_of(kind).meaning);
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
    NodeId newest = edition;
    for (const NodeId later : graph_.reach_against(Relation::supersedes, edition, [&](LinkId l) { return s_.counts(l); })) {
      if (later != edition && s_.state(later) == State::published) newest = later;
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
        return first(gap.anywhere->evidence,
                     [](const Evidence& e) { return e.degree == Degree::full && e.state == State::published && !e.suspect; });
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
            // A text of a group whose place one of ours took is nobody's to be written to about.
            if (const auto to = addressee(s_, g); to && !in_scope(*to)) result.push_back(*to);
          }
        }
        return result;
      }
      default: return {};
    }
  }

  const Situation& s_;
  const Graph& graph_;
  const Params& params_;
  std::vector<NodeId> scope_groups_;
  HouseStyle style_;
  Ways ways_;
};

}  // namespace

Ways find_ways(const Situation& situation, const Params& params) { return Finder(situation, params).run(); }

Ways way_for(const Situation& situation, const Params& params, const std::vector<NodeId>& needs) {
  return Finder(situation, params).one(needs);
}

}  // namespace lacuna
