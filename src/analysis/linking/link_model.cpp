// What the accepted links of a map teach, and what follows for pairs that nobody has judged.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "analysis/explain.hpp"
#include "analysis/linking/link_verdicts.hpp"
#include "analysis/linking/linking.hpp"
#include "analysis/linking/part.hpp"
#include "base/identity.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "match/logistic_regression.hpp"
#include "text/terms.hpp"

namespace lacuna {
namespace {

constexpr std::size_t likeliest = 20;  ///< Needs of a deliverable that are looked at.
constexpr std::size_t folds = 5;
constexpr std::size_t fewest_cases = 20;  ///< For a bound on the probability.
constexpr double ridge = 1;

/// Of a pair: log-odds of the ranker; share of the need's title found; degree of the overlap; cosine with the nearest text linked
/// to the need.
using Figures = std::array<double, 4>;

/// Of a deliverable: share of its title that titles on the map have; logarithm of the texts on the map of its committee.
using FieldFigures = std::array<double, 2>;

double log_odds(double p) {
  const double q = std::clamp(p, 1e-4, 1 - 1e-4);
  return std::log(q / (1 - q));
}

/// A deliverable of the map and one of its likeliest needs.
struct KnownPair {
  std::size_t deliverable = 0;  ///< Position in the ground.
  std::size_t need = 0;         ///< Position among the candidates.
  Figures figures{};
  bool right = false;
  double probability = 0;  ///< Of a calibration that had not seen the work.
  std::size_t fold = 0;
};

/// Expected calibration error: ten bins of equal width, weighed by their size (Naeini, Cooper and Hauskrecht 2015).
double calibration_error(const std::vector<const KnownPair*>& pairs) {
  std::array<double, 10> sum{};
  std::array<double, 10> right{};
  for (const KnownPair* p : pairs) {
    const auto bin = std::min<std::size_t>(9, static_cast<std::size_t>(p->probability * 10));
    sum[bin] += p->probability;
    right[bin] += p->right ? 1 : 0;
  }
  double error = 0;
  for (std::size_t b = 0; b < 10; ++b) error += std::abs(sum[b] - right[b]);
  return pairs.empty() ? 0 : error / static_cast<double>(pairs.size());
}

std::size_t fold_of(const std::string& work) {
  std::uint64_t hash = 0;
  for (const char c : work) hash = hash * 131 + static_cast<unsigned char>(c);
  return static_cast<std::size_t>(hash % folds);
}

/// Where links are too few to teach: the ranker always has a favourite; without words that both share, it is probably none.
const LogisticModel shy{{0.6, 2.0, 4.0, 2.0}, -3.0};

}  // namespace

double shy_probability(const Ranked& ranked, const Overlap& overlap, double likeness) {
  return shy(std::array{log_odds(ranked.probability), overlap.found, overlap.degree, likeness});
}

struct LinkModel::State {
  State(const Situation& s, const LinkTexts& g, const LinkQuestion& question)
      : situation(s),
        graph(s.graph()),
        ground(g),
        part(part_of(s, g, question)),
        needs(part.needs),
        position(positions()),
        verdicts(s.graph()),
        ranker(candidates(), links()) {
    for (const NodeId need : needs) prepared_needs.push_back(ground.comparison->prepare(writing_of(need)));
    for (std::size_t d = 0; d < ground.on_map.size(); ++d) by_work[ground.on_map[d].work].push_back(d);
    know_field();
    calibrate();
    learn_field();
  }

  std::unordered_map<NodeId, std::size_t> positions() const {
    std::unordered_map<NodeId, std::size_t> result;
    for (std::size_t i = 0; i < needs.size(); ++i) result[needs[i]] = i;
    return result;
  }

  Writing writing_of(NodeId need) const { return {graph.node(need).title, graph.node(need).text}; }

  static RankQuery query_of(const DeliverableText& d) {
    RankQuery query;
    query.id = d.id;
    query.text = d.writing.title;
    query.context = d.writing.text;
    return query;
  }

  std::vector<RankCandidate> candidates() const {
    std::vector<RankCandidate> list;
    for (const NodeId need : needs) {
      const Node& node = graph.node(need);
      RankCandidate c;
      c.id = node.id;
      c.text = node.title;
      c.context = node.text;
      c.tags = node.aliases;
      for (const LinkId l : graph.out(need)) {
        const Edge& e = graph.edge(l);
        if (e.status != Status::asserted || graph.node(e.to).kind == Kind::objective) continue;
        (e.relation == Relation::part_of ? c.parents : c.related).push_back(graph.node(e.to).title);
      }
      list.push_back(std::move(c));
    }
    return list;
  }

  /// What each deliverable of the map covers, as people have said.
  std::vector<RankLink> links() const {
    std::vector<RankLink> list;
    for (std::size_t at = 0; at < ground.on_map.size(); ++at) {
      if (!part.taught[at]) continue;
      const DeliverableText& d = ground.on_map[at];
      RankLink link;
      for (const LinkId l : graph.out(*d.node, Relation::covers)) {
        const Edge& e = graph.edge(l);
        const std::string& need = graph.node(e.to).id;
        if (e.status == Status::rejected || (e.status == Status::asserted && e.degree == Degree::none))
          link.refused.push_back(need);
        else if (e.status == Status::asserted && position.contains(e.to))
          link.targets.push_back(need);
      }
      if (link.targets.empty() && link.refused.empty()) continue;
      link.id = d.id;
      link.group = d.work;
      link.text = d.writing.title;
      link.context = d.writing.text;
      list.push_back(std::move(link));
    }
    return list;
  }

  /// The newest edition on the map that is no guest; nothing where there is none.
  std::optional<std::size_t> edition_of(const std::string& work) const {
    std::optional<std::size_t> newest;
    if (const auto editions = by_work.find(work); editions != by_work.end()) {
      for (const std::size_t e : editions->second) newest = ground.on_map[e].guest ? newest : e;
    }
    return newest;
  }
  bool has_work(const std::string& work) const { return edition_of(work).has_value(); }

  /// True at the position of each of these needs.
  std::vector<bool> wanted(std::span<const NodeId> of) const {
    std::vector<bool> result(needs.size());
    for (const NodeId need : of) {
      if (const auto at = position.find(need); at != position.end()) result[at->second] = true;
    }
    return result;
  }

  /// How many of the needs a deliverable of the map covers, as people have said.
  std::size_t accepted_of(std::size_t deliverable) const {
    std::vector<NodeId> covered;
    for (const LinkId l : graph.out(*ground.on_map[deliverable].node, Relation::covers)) {
      const Edge& e = graph.edge(l);
      if (e.status == Status::asserted && e.degree != Degree::none && position.contains(e.to)) covered.push_back(e.to);
    }
    sort_unique(covered);
    return covered.size();
  }

  /// The pairs on which probabilities rest: the likeliest needs of each deliverable, by a ranker that had not seen its work.
  void calibrate() {
    std::unordered_map<std::string_view, std::size_t> by_id;
    for (std::size_t d = 0; d < ground.on_map.size(); ++d) by_id[ground.on_map[d].id] = d;
    std::vector<std::vector<Ranked>> ranked(ground.on_map.size());
    std::vector<bool> taught(ground.on_map.size());
    for (RankTrial& trial : ranker.cross_validate()) {
      const std::size_t d = by_id.at(ranker.links()[trial.link].id);
      taught[d] = true;
      ranked[d] = std::move(trial.ranked);
    }
    on_map_ranked = rank_on_map();
    for (std::size_t d = 0; d < ranked.size(); ++d) {
      if (!taught[d]) ranked[d] = on_map_ranked[d];
    }
    std::vector<const DeliverableText*> texts;
    std::vector<const std::vector<Ranked>*> answers;
    for (std::size_t d = 0; d < ranked.size(); ++d) {
      if (ground.on_map[d].guest || !part.taught[d]) continue;
      texts.push_back(&ground.on_map[d]);
      answers.push_back(&ranked[d]);
    }
    // A work of the map does not know itself.
    std::vector<std::vector<double>> nearness(ground.on_map.size());
    std::vector<Prepared> prepared(ground.on_map.size());
    for (const DeliverableText* d : texts) {
      const auto at = static_cast<std::size_t>(d - ground.on_map.data());
      RankQuery query = query_of(*d);
      query.exclude_group.push_back(d->work);
      nearness[at] = ranker.nearness(query);
      prepared[at] = ground.comparison->prepare(d->writing);
    }
    const auto by_need = pairs_by_need(texts, answers);
    for (std::size_t n = 0; n < needs.size(); ++n) {
      for (const auto& [d, one] : by_need[n]) {
        const auto at = static_cast<std::size_t>(d - ground.on_map.data());
        pairs.push_back({at, n, figures_of(*one, ground.comparison->overlap(prepared_needs[n], prepared[at]), nearness[at][n]),
                         verdicts.accepted(*d->node, needs[n]), 0, fold_of(d->work)});
      }
    }
    logistic = fit(folds);
    for (std::size_t fold = 0; fold < folds; ++fold) {
      const auto without = fit(fold);
      for (KnownPair& p : pairs) {
        if (p.fold == fold) p.probability = without(p.figures);
      }
    }
    measure();
  }

  using PairsByNeed = std::vector<std::vector<std::pair<const DeliverableText*, const Ranked*>>>;

  /// The likeliest needs of each deliverable, need by need.
  PairsByNeed pairs_by_need(const std::vector<const DeliverableText*>& deliverables,
                            const std::vector<const std::vector<Ranked>*>& ranked) const {
    PairsByNeed result(needs.size());
    for (std::size_t d = 0; d < deliverables.size(); ++d) {
      for (std::size_t r = 0; r < std::min(likeliest, ranked[d]->size()); ++r)
        result[(*ranked[d])[r].candidate].emplace_back(deliverables[d], &(*ranked[d])[r]);
    }
    return result;
  }

  /// What the deliverables that cover something are about, and whose they are.
  void know_field() {
    for (const DeliverableText& d : ground.on_map) {
      const bool covers_something = std::ranges::any_of(graph.out(*d.node, Relation::covers),
                                                        [&](LinkId l) { return verdicts.accepted(*d.node, graph.edge(l).to); });
      if (!covers_something) continue;
      committees[committee_of(d)].insert(d.work);
      for (const Token& t : vocabulary.tokens(d.writing.title)) title_works[t.term].insert(d.work);
    }
  }

  std::string committee_of(const DeliverableText& d) const {
    if (d.record && !d.record->group.empty()) return identity_of(d.record->group);
    return d.node ? identity_of(developers(graph, *d.node)) : std::string();
  }

  /// Whether a document is about the subject of the map at all: the deliverables of the map against works of the catalogues that
  /// share words with needs and that nobody took.
  void learn_field() {
    constexpr std::size_t every = 3;    // Need is asked for,
    constexpr std::size_t a_need = 20;  // and that many works.
    if (!ground.nearest) return;
    TrainingSet set{2};
    for (const DeliverableText& d : ground.on_map) {
      if (!d.guest) set.add(field_of(d), true);
    }
    std::unordered_set<std::string> seen;
    for (std::size_t n = 0; n < needs.size(); n += every) {
      for (const DeliverableText& d : ground.nearest(writing_of(needs[n]), a_need)) {
        if (!has_work(d.work) && seen.insert(d.work).second) set.add(field_of(d), false);
      }
    }
    field = fit_logistic(set, ridge);
  }

  /// The likeliest needs of the deliverables of the map that the model learns from, or that may be proposed.
  std::vector<std::vector<Ranked>> rank_on_map() const {
    std::vector<RankQuery> queries;
    std::vector<std::size_t> ranked;
    for (std::size_t d = 0; d < ground.on_map.size(); ++d) {
      if (!part.taught[d] && !part.looked_at[d]) continue;
      queries.push_back(query_of(ground.on_map[d]));
      ranked.push_back(d);
    }
    auto answers = ranker.rank(queries, likeliest);
    std::vector<std::vector<Ranked>> result(ground.on_map.size());
    for (std::size_t i = 0; i < ranked.size(); ++i) result[ranked[i]] = std::move(answers[i]);
    return result;
  }

  std::vector<std::vector<Ranked>> rank(const std::vector<DeliverableText>& deliverables) const {
    std::vector<RankQuery> queries;
    for (const DeliverableText& d : deliverables) queries.push_back(query_of(d));
    return ranker.rank(queries, likeliest);
  }

  FieldFigures field_of(const DeliverableText& d) {
    const auto others = [&](const std::set<std::string>& works) { return works.size() - (works.contains(d.work) ? 1 : 0); };
    double all = 0;
    double known = 0;
    for (const Token& t : vocabulary.tokens(d.writing.title)) {
      const double rarity = ground.rarity(vocabulary.stem(t.term));
      all += rarity;
      const auto works = title_works.find(t.term);
      if (works != title_works.end() && others(works->second) > 0) known += rarity;
    }
    const auto committee = committees.find(committee_of(d));
    const double texts =
        committee == committees.end() || committee->first.empty() ? 0 : static_cast<double>(others(committee->second));
    return {all > 0 ? known / all : 0, std::log1p(texts)};
  }

  static Figures figures_of(const Ranked& ranked, const Overlap& overlap, double likeness) {
    return {log_odds(ranked.probability), overlap.found, overlap.degree, likeness};
  }

  /// Without the works of one fold; `folds` means with all. Too few links teach nothing: then constants hold that are shy.
  LogisticModel fit(std::size_t without) const {
    TrainingSet set{std::tuple_size_v<Figures>};
    for (const KnownPair& p : pairs) {
      if (p.fold != without) set.add(p.figures, p.right);
    }
    if (static_cast<std::size_t>(std::ranges::count(set.labels, 1)) < fewest_cases) return shy;
    return fit_logistic(set, ridge);
  }

  void measure() {
    std::vector<std::vector<const KnownPair*>> by_deliverable(ground.on_map.size());
    for (const KnownPair& p : pairs) by_deliverable[p.deliverable].push_back(&p);
    std::vector<const KnownPair*> all;
    std::vector<const KnownPair*> first;
    for (std::size_t d = 0; d < by_deliverable.size(); ++d) {
      if (ground.on_map[d].guest || !part.taught[d]) continue;
      auto& list = by_deliverable[d];
      std::ranges::stable_sort(list, [](const KnownPair* a, const KnownPair* b) { return a->probability > b->probability; });
      all.insert(all.end(), list.begin(), list.end());
      if (!list.empty()) first.push_back(list.front());
      const std::size_t accepted = accepted_of(d);
      if (accepted == 0) {
        ++figures.others;
        continue;
      }
      ++figures.deliverables;
      figures.links += accepted;
      double precision = 0;
      std::size_t right = 0;
      for (std::size_t r = 0; r < list.size(); ++r) {
        if (!list[r]->right) continue;
        if (right == 0) {
          figures.hit1 += r < 1 ? 1 : 0;
          figures.hit5 += r < 5 ? 1 : 0;
          figures.hit20 += r < 20 ? 1 : 0;
        }
        ++right;
        precision += static_cast<double>(right) / static_cast<double>(r + 1);
      }
      figures.mean_precision += precision / static_cast<double>(accepted);
    }
    if (figures.deliverables > 0) {
      for (double* share : {&figures.hit1, &figures.hit5, &figures.hit20, &figures.mean_precision})
        *share /= static_cast<double>(figures.deliverables);
    }
    figures.pairs = all.size();
    figures.part = part.told;
    figures.error = calibration_error(all);
    figures.error_first = calibration_error(first);
    for (const double bound : {0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1}) {
      Threshold t{bound, 0, 0, figures.links};
      for (const KnownPair* p : all) {
        if (p->probability < bound) continue;
        ++t.pairs;
        t.right += p->right ? 1 : 0;
      }
      figures.thresholds.push_back(t);
    }
  }

  /// Judged already, by somebody, on this or another edition of the work; a rejected pair whose texts have changed is open again.
  bool judged(const DeliverableText& d, NodeId need, const std::string& text) const {
    const auto editions = by_work.find(d.work);
    if (editions == by_work.end()) return false;
    return std::ranges::any_of(editions->second,
                               [&](std::size_t e) { return verdicts.judged(*ground.on_map[e].node, need, text); });
  }

  /// Makes proposals of ranked deliverables: `wanted` says of which needs.
  std::vector<LinkProposal> propose(const std::vector<const DeliverableText*>& deliverables,
                                    const std::vector<const std::vector<Ranked>*>& ranked, const std::vector<bool>& wanted,
                                    double least) {
    const auto by_need = pairs_by_need(deliverables, ranked);
    struct Text {
      Prepared prepared;
      std::vector<double> nearness;  // By need.
      FieldFigures about;
      double topical = 1;
    };
    std::unordered_map<const DeliverableText*, Text> known_texts;
    std::vector<LinkProposal> list;
    for (std::size_t n = 0; n < needs.size(); ++n) {
      if (!wanted[n] || by_need[n].empty()) continue;
      const Writing need = writing_of(needs[n]);
      for (const auto& [d, one] : by_need[n]) {
        const DeliverableText& deliverable = *d;
        const auto [prepared, fresh] = known_texts.try_emplace(d);
        Text& text_known = prepared->second;
        if (fresh) {
          const FieldFigures about = field_of(deliverable);
          text_known = {ground.comparison->prepare(deliverable.writing), ranker.nearness(query_of(deliverable)), about,
                        deliverable.node && !deliverable.guest ? 1 : field(about)};
        }
        const auto& [prepared_text, nearness, about, topical] = text_known;
        Overlap overlap = ground.comparison->overlap(prepared_needs[n], prepared_text);
        const double probability = topical * logistic(figures_of(*one, overlap, nearness[n]));
        if (probability < least) continue;
        std::string text = text_of_pair(deliverable.writing, need);
        if (judged(deliverable, needs[n], text)) continue;
        list.push_back({Relation::covers, deliverable, needs[n], probability, *one, std::move(overlap), topical, about[0],
                        static_cast<std::size_t>(std::lround(std::expm1(about[1]))), std::nullopt, 0, std::move(text)});
      }
    }
    return list;
  }

  void add_likeness(LinkProposal& proposal) {
    const RankReason reason = ranker.why(query_of(proposal.deliverable), proposal.ranked.candidate);
    if (!reason.nearest) return;
    proposal.like = ranker.links()[*reason.nearest].id;
    if (titles.empty()) {
      for (const DeliverableText& d : ground.on_map) titles.emplace(d.id, d.writing.title);
    }
    if (const auto title = titles.find(*proposal.like); title != titles.end()) proposal.like_title = title->second;
    proposal.likeness = reason.nearness;
  }

  const Situation& situation;
  const Graph& graph;
  const LinkTexts& ground;
  const LinkPart part;
  const std::vector<NodeId>& needs;
  const std::unordered_map<NodeId, std::size_t> position;  ///< Of each need among the candidates.
  Verdicts verdicts;
  Ranker ranker;
  Vocabulary vocabulary;
  std::unordered_map<std::uint32_t, std::set<std::string>>
      title_works;  ///< By term: works on the map that cover something and have it in a title.
  std::unordered_map<std::string, std::set<std::string>> committees;  ///< Works on the map that cover something, by committee.
  std::unordered_map<std::string, std::vector<std::size_t>> by_work;
  std::unordered_map<std::string_view, std::string_view> titles;  ///< Of the deliverables of the map, once they are asked for.
  std::vector<Prepared> prepared_needs;
  std::vector<std::vector<Ranked>>
      on_map_ranked;  ///< The likeliest needs of each deliverable of the part, all links known; by position in the ground.
  std::vector<KnownPair> pairs;
  LogisticModel logistic;
  LogisticModel field;
  LinkFigures figures;
};

LinkModel::LinkModel(const Situation& situation, const LinkTexts& ground, const LinkQuestion& question)
    : state_(std::make_unique<State>(situation, ground, question)) {}
LinkModel::LinkModel(LinkModel&&) noexcept = default;
LinkModel::~LinkModel() = default;

const LinkFigures& LinkModel::figures() const { return state_->figures; }

std::optional<double> LinkModel::bound_for(double precision) const {
  std::vector<const KnownPair*> sorted;
  for (const KnownPair& p : state_->pairs) sorted.push_back(&p);
  std::ranges::stable_sort(sorted, [](const KnownPair* a, const KnownPair* b) { return a->probability > b->probability; });
  std::optional<double> bound;
  std::size_t right = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    right += sorted[i]->right ? 1 : 0;
    const bool last_of_equals = i + 1 == sorted.size() || sorted[i + 1]->probability < sorted[i]->probability;
    if (last_of_equals && i + 1 >= fewest_cases && static_cast<double>(right) >= precision * static_cast<double>(i + 1))
      bound = sorted[i]->probability;
  }
  return bound;
}

namespace {

/// Likeliest first; equal ones by name.
void sort_proposals(std::vector<LinkProposal>& list) {
  std::ranges::stable_sort(list, [](const LinkProposal& a, const LinkProposal& b) {
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.deliverable.id != b.deliverable.id ? natural_less(a.deliverable.id, b.deliverable.id) : a.need < b.need;
  });
}

/// The first `most` of each key.
template <class Key>
void keep_first(std::vector<LinkProposal>& list, std::size_t most, const Key& key) {
  std::map<std::string, std::size_t> counts;
  std::erase_if(list, [&](const LinkProposal& p) { return ++counts[key(p)] > most; });
}

}  // namespace

std::vector<LinkProposal> LinkModel::for_needs(std::span<const NodeId> needs, std::size_t most, double least) {
  constexpr std::size_t works_a_need = 60;
  State& s = *state_;
  const std::vector<bool> wanted = s.wanted(needs);
  std::vector<DeliverableText> found;
  std::unordered_set<std::string> seen;
  for (std::size_t n = 0; s.ground.nearest && n < wanted.size(); ++n) {
    if (!wanted[n]) continue;
    // What is already linked tells how documents on the need are called.
    Writing writing = s.writing_of(s.needs[n]);
    for (const LinkId l : s.graph.in(s.needs[n], Relation::covers)) {
      if (s.graph.edge(l).status == Status::asserted && s.graph.edge(l).degree != Degree::none)
        writing.text += "\n" + s.graph.node(s.graph.edge(l).from).title;
    }
    for (DeliverableText& d : s.ground.nearest(writing, works_a_need)) {
      // Works that are on the map speak for themselves.
      if (!s.has_work(d.work) && seen.insert(d.work).second) found.push_back(std::move(d));
    }
  }
  const auto ranked = s.rank(found);
  std::vector<const DeliverableText*> deliverables;
  std::vector<const std::vector<Ranked>*> answers;
  for (const auto& [work, editions] : s.by_work) {
    // One row a work: its newest edition on the map.
    const auto newest = s.edition_of(work);
    if (!newest || !s.part.looked_at[*newest]) continue;
    deliverables.push_back(&s.ground.on_map[*newest]);
    answers.push_back(&s.on_map_ranked[*newest]);
  }
  for (std::size_t d = 0; d < found.size(); ++d) {
    deliverables.push_back(&found[d]);
    answers.push_back(&ranked[d]);
  }
  auto list = s.propose(deliverables, answers, wanted, least);
  sort_proposals(list);
  keep_first(list, most, [&](const LinkProposal& p) { return s.graph.node(p.need).id; });
  for (LinkProposal& p : list) s.add_likeness(p);
  return list;
}

std::vector<LinkProposal> LinkModel::for_deliverables(const std::vector<DeliverableText>& given, std::span<const NodeId> needs,
                                                      std::size_t most, double least) {
  State& s = *state_;
  const std::vector<bool> wanted = s.wanted(needs);
  const auto ranked = s.rank(given);
  std::vector<const DeliverableText*> deliverables;
  std::vector<const std::vector<Ranked>*> answers;
  for (std::size_t d = 0; d < given.size(); ++d) {
    deliverables.push_back(&given[d]);
    answers.push_back(&ranked[d]);
  }
  auto list = s.propose(deliverables, answers, wanted, least);
  sort_proposals(list);
  keep_first(list, most, [](const LinkProposal& p) { return p.deliverable.id; });
  for (LinkProposal& p : list) s.add_likeness(p);
  return list;
}

}  // namespace lacuna
