// How good a way forward is, component by component.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analysis/grouping.hpp"
#include "analysis/shared_words.hpp"
#include "analysis/ways/ways.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "text/tf_idf.hpp"

namespace lacuna {
namespace {

class Rater {
 public:
  Rater(const Situation& situation, const Params& params)
      : s_(situation),
        graph_(situation.graph()),
        params_(params),
        scope_groups_(graph_.whole(*params.scope)),
        wording_(texts(), params.outlook != nullptr ? params.outlook->rarity : nullptr),
        all_(words_asked()),
        own_(all_) {
    for (const NodeId d : graph_.of_kind(Kind::deliverable)) {
      const auto state = s_.state(d);
      if (!state || *state > State::published) continue;
      all_.add(d, wording_.vector(text_of(d)));
      if (std::ranges::any_of(graph_.developers_of(d), [&](NodeId g) { return in_scope(g); }))
        own_.add(d, wording_.vector(text_of(d)));
    }
  }

  void rate(Ways& ways) const {
    std::map<std::vector<NodeId>, const WayForward*> rated;
    for (WayForward& way : ways.list) {
      const auto [on_needs, first] = ways.texts.try_emplace(way.needs);
      if (first) on_needs->second = texts_on(way.needs);
      way.texts = on_needs->second.texts;
      way.liaise_with = on_needs->second.groups;
      // New work is also rated by its title.
      const auto alike = way.action == Action::new_work_item ? rated.end() : rated.try_emplace(way.needs, &way).first;
      if (alike == rated.end() || alike->second == &way) {
        rate(way);
      } else {
        way.components = alike->second->components;
        way.reasons = alike->second->reasons;
      }
      set(way, Component::severity, severity(way));
      weigh(way);
    }
  }

 private:
  void rate(WayForward& way) const {
    std::vector<WordVector> own_words;
    for (const NodeId need : way.needs) own_words.push_back(wording_.vector(text_of(need)));
    const WordVector centre = TfIdf::centre(own_words);
    const Writing writing = writing_of(graph_, way.action == Action::new_work_item ? way.title : std::string(), way.needs);
    if (way.action == Action::new_work_item && params_.outlook != nullptr && params_.outlook->nearest)
      way.near = params_.outlook->nearest(writing);
    set(way, Component::demand, demand(way));
    set(way, Component::urgency, urgency(way));
    set(way, Component::fit, fit(way, centre));
    set(way, Component::novelty, novelty(way, centre));
    set(way, Component::foundation, foundation(way));
    constexpr Component uptake = Component::uptake;
    if (way.action != Action::new_work_item) {
      way.reasons[uptake] = "asked of new work items only";
    } else if (params_.outlook != nullptr && params_.outlook->uptake) {
      Prospect prospect = params_.outlook->uptake(writing);
      way.components[uptake] = prospect.score;
      way.reasons[uptake] = std::move(prospect.why);
    } else {
      way.reasons[uptake] = params_.outlook != nullptr && !params_.outlook->catalogues.empty()
                                ? "not asked: its weight is 0"
                                : "not told: no catalogue is loaded";
    }
  }

  void weigh(WayForward& way) const {
    double sum = 0;
    double weights = 0;
    for (std::size_t c = 0; c < way.components.size(); ++c) {
      if (!way.components[c]) continue;
      sum += s_.profile().rank[c] * *way.components[c];
      weights += s_.profile().rank[c];
    }
    way.score = weights > 0 ? sum / weights : 0;
  }

  std::string text_of(NodeId id) const { return graph_.node(id).title + ". " + graph_.node(id).text; }
  bool in_scope(NodeId group) const { return std::ranges::binary_search(scope_groups_, group); }

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

  /// By word: ways forward are about what is no deliverable.
  std::vector<bool> words_asked() const {
    std::vector<bool> asked(wording_.size());
    for (std::size_t i = 0; i < graph_.size(); ++i) {
      const NodeId id = static_cast<NodeId>(i);
      if (graph_.node(id).kind == Kind::deliverable) continue;
      for (const auto& [word, weight] : wording_.vector(text_of(id))) asked[word] = true;
    }
    return asked;
  }

  /// Deliverables, of which the nearest to a text is asked for.
  struct Deliverables {
    explicit Deliverables(std::vector<bool> asked) : texts(std::move(asked)) {}
    void add(NodeId deliverable, const WordVector& vector) {
      list.push_back(deliverable);
      texts.add(vector);
    }
    /// The one that is nearest by its words, and how near.
    [[nodiscard]] std::pair<std::optional<NodeId>, double> nearest(const WordVector& centre) const {
      const auto [which, similarity] = texts.nearest(centre);
      return {which ? std::optional(list[*which]) : std::nullopt, similarity};
    }

    std::vector<NodeId> list;
    NearestText texts;
  };

  using Rated = std::pair<double, std::string>;
  static void set(WayForward& way, Component component, Rated rated) {
    way.components[component] = rated.first;
    way.reasons[component] = std::move(rated.second);
  }

  static Rated severity(const WayForward& way) {
    double greatest = 0;
    double sum = 0;
    for (const Gap* gap : way.gaps) {
      greatest = std::max(greatest, gap->severity);
      sum += gap->severity;
    }
    const double mean = sum / static_cast<double>(way.gaps.size());
    return {(greatest + mean) / 2,
            fmt::format("gravest gap {:.2f}, mean of {} {:.2f}", greatest, count_of(way.gaps.size(), "gap"), mean)};
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
    return {
        dependants / (dependants + s_.profile().demand_half),
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
            fmt::format("{} of {} behind it {} countered by no covered requirement", exposed, count_of(threats.size(), "threat"),
                        exposed == 1 ? "is" : "are")};
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
        return std::ranges::any_of(graph_.out(need, relation),
                                   [&](LinkId l) { return s_.counts(l) && interests.contains(graph_.edge(l).to); });
      };
      return hits(Relation::serves) || hits(Relation::part_of);
    });
    const double declared = static_cast<double>(of_interest) / static_cast<double>(way.needs.size());
    const auto [near, similarity] = own_.nearest(centre);
    std::string reason = fmt::format("{} of {} in what it declares to work on", of_interest, count_of(way.needs.size(), "need"));
    if (near) reason += fmt::format("; nearest own text {} ({:.2f})", graph_.node(*near).id, similarity);
    return {(declared + std::min(1.0, 2 * similarity)) / 2, std::move(reason)};
  }

  Rated novelty(const WayForward& way, const WordVector& centre) const {
    const auto [near, similarity] = all_.nearest(centre);
    // Documents of the catalogues are measured as those of the map are, by the same words.
    const NearDocument* nearest = nullptr;
    WordVector words;
    double most = similarity;
    for (const NearDocument& document : way.near) {
      WordVector title = wording_.vector(document.title);
      const double alike = TfIdf::similarity(centre, title);
      if (alike <= most) continue;
      most = alike;
      nearest = &document;
      words = std::move(title);
    }
    if (nearest != nullptr) {
      return {1 - most, fmt::format("nearest document {} ({:.2f}; {})", nearest->identifier, most,
                                    join(wording_.shared(centre, words, 4), ", "))};
    }
    if (!near) return {1, "no deliverable is anywhere near"};
    return {1 - similarity, fmt::format("nearest deliverable {} ({:.2f})", graph_.node(*near).id, similarity)};
  }

  Rated foundation(const WayForward& way) const {
    const auto founded = std::ranges::count_if(way.needs, [&](NodeId need) {
      return !is_need(graph_.node(need).kind) ? false : !s_.coverage(need).evidence.empty() || !mentions_of(s_, need).empty();
    });
    return {
        static_cast<double>(founded) / static_cast<double>(way.needs.size()),
        fmt::format("{} of {} with texts to build on, covering or mentioning them", founded, count_of(way.needs.size(), "need"))};
  }

  /// Which groups outside the scope have texts on these needs, and which texts those are.
  TextsOnNeeds texts_on(const std::vector<NodeId>& needs) const {
    std::map<NodeId, Backing> uses;
    const auto add = [&](NodeId deliverable, NodeId need, double strength, bool covers, std::string_view says) {
      Backing& use = uses[deliverable];
      use.deliverable = deliverable;
      use.strength += strength;
      use.covers = use.covers || covers;
      use.needs.push_back(need);
      use.says += fmt::format("{}{} {}", use.says.empty() ? "" : ", ", graph_.node(need).id, says);
    };
    for (const NodeId need : needs) {
      if (!is_need(graph_.node(need).kind)) continue;
      for (const Evidence& e : s_.coverage(need).evidence) {
        if (e.state <= State::published && !e.suspect) add(e.deliverable, need, e.contribution, true, name_of(e.degree));
      }
      for (const Mention& m : mentions_of(s_, need)) {
        if (*s_.state(m.deliverable) <= State::published) add(m.deliverable, need, 0.1, false, "mention");
      }
    }
    TextsOnNeeds result;
    std::map<NodeId, std::size_t> groups;
    for (auto& [deliverable, use] : uses) {
      for (const NodeId g : graph_.developers_of(deliverable)) {
        const auto to = addressee(s_, g);
        if (to && !in_scope(*to)) ++groups[*to];
      }
      sort_unique(use.needs);
      result.texts.push_back(std::move(use));
    }
    std::ranges::stable_sort(result.texts, [](const Backing& a, const Backing& b) { return a.strength > b.strength; });
    result.groups.assign(groups.begin(), groups.end());
    std::ranges::stable_sort(result.groups, [](const auto& a, const auto& b) { return a.second > b.second; });
    return result;
  }

  const Situation& s_;
  const Graph& graph_;
  const Params& params_;
  std::vector<NodeId> scope_groups_;
  TfIdf wording_;
  Deliverables all_;  ///< In force or under way.
  Deliverables own_;  ///< Of these, the group's.
};

}  // namespace

void rate(Ways& ways, const Situation& situation, const Params& params) { Rater(situation, params).rate(ways); }

std::string components_text(const WayForward& way) {
  std::vector<std::string> parts;
  for (std::size_t c = 0; c < way.components.size(); ++c) {
    if (way.components[c])
      parts.push_back(fmt::format("{} {:.2f} ({})", words<Component>()[c].name, *way.components[c], way.reasons[c]));
  }
  return join(parts, "; ");
}

Writing writing_of(const Graph& graph, const std::string& title, const std::vector<NodeId>& needs) {
  Writing writing{title, ""};
  for (const NodeId need : needs) writing.text += graph.node(need).title + ". " + graph.node(need).text + "\n";
  return writing;
}

Reason reason_of(const Situation& situation, const Params& params, const WayForward& way) {
  const Profile& profile = situation.profile();
  Reason reason{fmt::format("{}: {}, score {:.2f}", name_of(way.action), way.title, way.score)};
  std::vector<std::string> terms;
  std::vector<std::string> weights;
  for (std::size_t c = 0; c < way.components.size(); ++c) {
    if (!way.components[c]) continue;
    terms.push_back(fmt::format("{:g} × {:.2f}", profile.rank[c], *way.components[c]));
    weights.push_back(fmt::format("{:g}", profile.rank[c]));
  }
  Reason score{fmt::format("score {:.2f} = ({}) / ({}) (profile \"{}\", {})", way.score, join(terms, " + "), join(weights, " + "),
                           profile.name, profile.hash)};
  for (std::size_t c = 0; c < way.components.size(); ++c) {
    score.because.push_back(
        {fmt::format("{} {}: {}", words<Component>()[c].name, way.components[c] ? fmt::format("{:.2f}", *way.components[c]) : "–",
                     words<Component>()[c].meaning),
         {{way.reasons[c]}}});
  }
  reason.because.push_back(std::move(score));
  for (const Gap* gap : way.gaps) reason.because.push_back(reason_of(situation, params, *gap));
  return reason;
}

}  // namespace lacuna
