#include "analysis/mandates.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analysis/shared_words.hpp"
#include "base/identity.hpp"
#include "base/sorted.hpp"
#include "base/text.hpp"
#include "text/stop_words.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_groups = 5;
constexpr std::size_t most_works = 12;  ///< Near works that speak.
constexpr std::size_t works_told = 3;
constexpr std::size_t words_told = 6;
constexpr double least_overlap = 0.25;  ///< Of a work that speaks.
constexpr double full_voice = 0.5;      ///< Overlap of the nearest work from which on works say as much as mandates.
constexpr double in_text = 0.7;         ///< What a word of the mandate's text counts, beside its title.
constexpr double in_phrase = 0.25;      ///< What a phrase that both have counts for each of its words.
constexpr double sureness = 3;          ///< Power by which a work speaks more for the group whose mandate is nearest.

std::vector<Subject::Pair> phrases_of(const Subject& subject) {
  std::vector<Subject::Pair> all = subject.text_phrases;
  for (const Subject::Phrase& phrase : subject.phrases) all.push_back(phrase.words);
  sort_unique(all);
  return all;
}

void scale(std::vector<double>& values) {
  const double most = values.empty() ? 0 : *std::ranges::max_element(values);
  if (most > 0) std::ranges::for_each(values, [&](double& value) { value /= most; });
}

}  // namespace

Mandates::Mandates(const Graph& graph, const Params& params, const Situation& situation, Comparison& comparison)
    : graph_(graph), comparison_(comparison) {
  if (!params.scope) return;
  const Node& scope = graph.node(*params.scope);
  names_ = {identity_of(scope.id), identity_of(scope.title)};
  for (const std::string& alias : scope.aliases) names_.push_back(identity_of(alias));
  body_ = scope.id.substr(0, scope.id.find(' '));
  for (const NodeId g : graph.whole(*params.scope)) {
    const Node& node = graph.node(g);
    if (g == *params.scope || node.text.empty() || !situation.exists(g)) continue;
    const Writing writing{node.title, node.text};
    mandates_.push_back({g, comparison.prepare(writing), phrases_of(comparison.subject(writing))});
  }
}

/// A word tells the more, the fewer mandates have it, and the rarer it is; nothing where none has it.
double Mandates::tells(std::uint32_t term) const {
  const auto with = static_cast<double>(
      std::ranges::count_if(mandates_, [&](const Mandate& m) { return std::ranges::binary_search(m.text.anywhere, term); }));
  if (with == 0) return 0;
  return std::log(1 + static_cast<double>(mandates_.size()) / with) * std::sqrt(comparison_.rarity(term));
}

Mandates::Scores Mandates::scores(const std::vector<std::uint32_t>& terms, const std::vector<Subject::Pair>& phrases) const {
  Scores scores(mandates_.size(), 0);
  for (const std::uint32_t term : terms) {
    const double counts = tells(term);
    if (counts == 0) continue;
    for (std::size_t m = 0; m < mandates_.size(); ++m) {
      const Prepared& text = mandates_[m].text;
      scores[m] += counts * (std::ranges::binary_search(text.in_title, term)   ? 1
                             : std::ranges::binary_search(text.anywhere, term) ? in_text
                                                                               : 0);
    }
  }
  for (std::size_t m = 0; m < mandates_.size(); ++m) {
    for (const Subject::Pair& pair : phrases) {
      if (std::ranges::binary_search(mandates_[m].phrases, pair))
        scores[m] += in_phrase * (tells(pair.first) + tells(pair.second));
    }
  }
  return scores;
}

/// Whether the catalogues give a work to the group that proposes, or to nobody, and it bears the body's name.
bool Mandates::of_parent(const RecordRow& record) const {
  if (record.group.empty()) return record.facts.identifier.text.starts_with(body_ + " ");
  const std::string group = identity_of(record.group);
  return std::ranges::any_of(names_, [&](const std::string& name) {
    return !name.empty() && (group == name || group.starts_with(name + "/") || group.starts_with(name + " "));
  });
}

std::vector<MandatedGroup> Mandates::groups(const Proposal& proposal, const std::vector<NearWork>& works) const {
  const Prepared asked = comparison_.prepare(proposal.writing);
  const Subject subject = comparison_.subject(proposal.writing);
  const std::string own = proposal.id.empty() ? std::string() : parse_identifier(proposal.id).work();

  Scores by_mandate = scores(asked.anywhere, phrases_of(subject));
  scale(by_mandate);

  Scores by_works(mandates_.size(), 0);
  std::vector<std::vector<std::pair<double, std::string>>> speaking(mandates_.size());
  std::map<std::string, std::pair<double, std::vector<std::string>>> committees;  // Of the catalogues, by name.
  std::vector<std::pair<double, const RecordRow*>> near;
  for (const NearWork& work : works) {
    if (work.face.facts.identifier.work() == own || !of_parent(work.face)) continue;
    const double degree = comparison_.overlap(asked, comparison_.prepare(writing_of(work.face))).degree;
    if (degree >= least_overlap) near.emplace_back(degree, &work.face);
  }
  std::ranges::stable_sort(near, [](const auto& a, const auto& b) { return a.first > b.first; });
  if (near.size() > most_works) near.resize(most_works);
  for (const auto& [degree, record] : near) {
    if (!record->group.empty()) {
      auto& [sum, names] = committees[record->group];
      sum += degree;
      if (names.size() < works_told) names.push_back(record->facts.identifier.text);
    }
    if (mandates_.empty()) continue;
    // A work that the map gives to one of the groups speaks for that one alone.
    std::set<NodeId> developers;
    for (const NodeId d : graph_.named(record->facts.identifier.text)) {
      if (graph_.node(d).kind != Kind::deliverable) continue;
      for (const NodeId g : graph_.developers_of(d)) developers.insert(g);
    }
    const Writing writing = writing_of(*record);
    const Prepared text = comparison_.prepare(writing);
    Scores of_work = scores(text.anywhere, phrases_of(comparison_.subject(writing)));
    const bool placed = std::ranges::any_of(mandates_, [&](const Mandate& m) { return developers.contains(m.group); });
    double sum = 0;
    for (std::size_t m = 0; m < of_work.size(); ++m) {
      of_work[m] = placed ? (developers.contains(mandates_[m].group) ? 1.0 : 0.0) : std::pow(of_work[m], sureness);
      sum += of_work[m];
    }
    if (sum <= 0) continue;
    for (std::size_t m = 0; m < of_work.size(); ++m) by_works[m] += degree * of_work[m] / sum;
    const auto best = static_cast<std::size_t>(std::ranges::max_element(of_work) - of_work.begin());
    speaking[best].emplace_back(degree, record->facts.identifier.text);
  }
  // What the map alone gives to one of the groups.
  for (std::size_t m = 0; m < mandates_.size(); ++m) {
    for (const NodeId d : graph_.deliverables_of(mandates_[m].group)) {
      const Node& node = graph_.node(d);
      const std::string work = parse_identifier(node.id).work();
      if (work == own || std::ranges::any_of(works, [&](const NearWork& w) { return w.face.facts.identifier.work() == work; }))
        continue;
      const double degree = comparison_.overlap(asked, comparison_.prepare({node.title, node.text})).degree;
      if (degree < least_overlap) continue;
      by_works[m] += degree;
      speaking[m].emplace_back(degree, node.id);
    }
  }
  scale(by_works);
  // Works that are hardly near say little.
  double nearest = 0;
  for (const auto& speakers : speaking) {
    for (const auto& [overlap, id] : speakers) nearest = std::max(nearest, overlap);
  }
  for (double& value : by_works) value *= std::min(1.0, nearest / full_voice);

  std::vector<MandatedGroup> list;
  for (std::size_t m = 0; m < mandates_.size(); ++m) {
    const double degree = (by_mandate[m] + by_works[m]) / 2;
    if (degree <= 0) continue;
    const Node& node = graph_.node(mandates_[m].group);
    MandatedGroup group{node.id, node.title, mandates_[m].group, degree, {}, {}};
    std::vector<std::pair<double, std::string>> words;
    for (const Prepared::Term& t : asked.words) {
      if (!std::ranges::binary_search(mandates_[m].text.anywhere, t.term)) continue;
      const std::string& text = t.in_title ? proposal.writing.title : proposal.writing.text;
      std::string word = text.substr(t.begin, t.length);
      if (!is_stop_word(lower(word), StopWord::documents)) words.emplace_back(tells(t.term), std::move(word));
    }
    std::ranges::stable_sort(words, [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [counts, word] : words) {
      if (group.words.size() < words_told) group.words.push_back(word);
    }
    std::ranges::stable_sort(speaking[m], [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [overlap, id] : speaking[m]) {
      if (group.works.size() < works_told) group.works.push_back(id);
    }
    list.push_back(std::move(group));
  }
  if (mandates_.empty()) {
    double most = 0;
    for (const auto& [name, counts] : committees) most = std::max(most, counts.first);
    for (auto& [name, counts] : committees) {
      std::optional<NodeId> node;
      std::string title;
      for (const NodeId id : graph_.named(name)) {
        if (graph_.node(id).kind != Kind::group) continue;
        node = id;
        title = graph_.node(id).title;
      }
      list.push_back({name, title, node, counts.first / most, {}, std::move(counts.second)});
    }
  }
  std::ranges::stable_sort(list, [](const MandatedGroup& a, const MandatedGroup& b) {
    return a.degree != b.degree ? a.degree > b.degree : natural_less(a.id, b.id);
  });
  if (list.size() > most_groups) list.resize(most_groups);
  return list;
}

}  // namespace lacuna
