// How likely a text is to be taken up.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/sorted.hpp"
#include "uptake/catalogues.hpp"
#include "uptake/committees.hpp"

namespace lacuna {

using namespace uptake;

namespace {

constexpr std::size_t best_pairs = 3;

/// What a score rests on, in a sentence.
std::string why_of(const Uptake::Score& score, std::size_t candidates) {
  if (score.concepts.size() < 2) return "it names fewer than two concepts that the catalogues know";
  if (score.pairs.empty()) return fmt::format("all pairs of its {} concepts stand together in some record already", score.concepts.size());
  std::string said;
  for (std::size_t k = 0; k < std::min(best_pairs, score.pairs.size()); ++k) {
    said += fmt::format("{}\"{}\" and \"{}\" (above {:.1f} %)", k == 0 ? "" : ", ", score.pairs[k].first, score.pairs[k].second, std::floor(1000 * score.pairs[k].place) / 10);
  }
  return fmt::format("of {} pairs of concepts that no record holds together, ranked by how their neighbours came together of late, it joins {}", candidates, said);
}

const PairRanker& ranker() {
  return *std::ranges::find(pair_rankers(), std::string_view("decayed Adamic-Adar"), &PairRanker::name);
}

}  // namespace

struct Uptake::State {
  Stems stems;
  Phrases phrases;
  std::vector<std::string> names;       ///< Of concepts.
  Trial trial;                          ///< Only its pairs are kept.
  std::vector<float> scores;            ///< By pair.
  std::vector<float> sorted;            ///< The same, ascending.
  std::vector<std::string> committees;
  std::vector<float> fits;              ///< Committee by concept, over that of the best committee.

  [[nodiscard]] std::vector<std::uint32_t> concepts_of(const Writing& text) const {
    std::vector<Stem> words;
    read_text(text.title, stems, words);
    read_text(subject_of(text.text), stems, words);
    std::vector<std::uint32_t> found;
    phrases.find(words, found);
    return found;
  }
};

Uptake::Uptake(std::vector<CatalogueText> records, Day day) : state_(std::make_unique<State>()) {
  const Catalogues catalogues(std::move(records));
  Corpus& corpus = catalogues.state_->corpus;
  Vocabulary vocabulary = uptake::concepts_of(corpus, count_of(day));
  const Split split = split_of(corpus, vocabulary, day, day);
  State& state = *state_;
  for (const Split::Concept& entry : split.concepts) state.names.push_back(entry.name);
  state.trial = make_trial(split);
  state.scores = ranker().score(state.trial, nullptr);
  state.sorted = state.scores;
  std::ranges::sort(state.sorted);

  const CommitteeTrial committees = committee_trial(state.trial);
  const std::size_t n = state.trial.n;
  for (const std::uint32_t c : committees.committees) state.committees.push_back(split.committees[c]);
  state.fits.resize(state.committees.size() * n);
  each_product_row(committees.faded, adamic_adar(state.trial), faded(state.trial, 8), n,
                   [&](std::size_t k, std::span<const float> row) { std::ranges::copy(row, state.fits.begin() + static_cast<std::ptrdiff_t>(k * n)); });
  for (std::size_t c = 0; c < n; ++c) {
    float best = 0;
    for (std::size_t k = 0; k < state.committees.size(); ++k) best = std::max(best, state.fits[k * n + c]);
    for (std::size_t k = 0; k < state.committees.size() && best > 0; ++k) state.fits[k * n + c] /= best;
  }
  state.trial.split = nullptr;
  state.trial.count = {};
  state.trial.last = {};
  state.phrases = std::move(vocabulary.phrases);
  state.stems = std::move(corpus.stems);
}

Uptake::Uptake(Uptake&&) noexcept = default;
Uptake::~Uptake() = default;

Uptake::Score Uptake::score(const Writing& text) const {
  const State& state = *state_;
  Score result;
  const std::vector<std::uint32_t> found = state.concepts_of(text);
  for (const std::uint32_t c : found) result.concepts.push_back(state.names[c]);
  for (std::size_t x = 0; x < found.size(); ++x) {
    for (std::size_t y = x + 1; y < found.size(); ++y) {
      const std::uint32_t pair = state.trial.find(found[x], found[y]);
      if (pair == Trial::no_pair) {
        ++result.met;
        continue;
      }
      const auto [lo, hi] = std::equal_range(state.sorted.begin(), state.sorted.end(), state.scores[pair]);
      const double below = (static_cast<double>(lo - state.sorted.begin()) + static_cast<double>(hi - state.sorted.begin())) / 2;
      result.pairs.push_back({state.names[found[x]], state.names[found[y]], below / static_cast<double>(state.sorted.size())});
    }
  }
  std::ranges::stable_sort(result.pairs, std::greater(), &ConceptPair::place);
  const std::size_t best = std::min(best_pairs, result.pairs.size());
  for (std::size_t k = 0; k < best; ++k) result.score += result.pairs[k].place / static_cast<double>(best);
  result.why = why_of(result, state.sorted.size());
  return result;
}

std::vector<CommitteeFit> Uptake::committees(const Writing& text, std::size_t limit) const {
  const State& state = *state_;
  const std::vector<std::uint32_t> found = state.concepts_of(text);
  std::vector<CommitteeFit> fits;
  for (std::size_t k = 0; k < state.committees.size(); ++k) {
    double sum = 0;
    for (const std::uint32_t c : found) sum += state.fits[k * state.trial.n + c];
    if (sum > 0) fits.push_back({state.committees[k], sum / static_cast<double>(found.size())});
  }
  std::ranges::stable_sort(fits, std::greater(), &CommitteeFit::score);
  if (fits.size() > limit) fits.resize(limit);
  return fits;
}

}  // namespace lacuna
