#include "forecast/uptake_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <functional>

#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "forecast/adamic_adar.hpp"

namespace lacuna::forecast {
namespace {

constexpr std::size_t best_pairs = 3;

constexpr int years_back = 5;
constexpr std::size_t most_similar = 100;

/// What a score rests on, in a sentence.
std::string why_of(const UptakeForecast::Score& score) {
  if (score.concepts.size() < 2) return "it names fewer than two concepts that the catalogues know";
  if (score.pairs.empty())
    return fmt::format("all pairs of its {} concepts stand together in some record already", score.concepts.size());
  const ConceptPair& best = score.pairs.front();
  std::string said = fmt::format("nobody has yet put \"{}\" and \"{}\" together", best.first, best.second);
  const bool told = best.looked > 0;
  if (told) said += fmt::format("; bodies did so with {} of the {} most similar pairs within five years", best.came, best.looked);
  for (std::size_t k = 1; k < std::min(best_pairs, score.pairs.size()); ++k) {
    const ConceptPair& pair = score.pairs[k];
    said += fmt::format("; nor \"{}\" and \"{}\"", pair.first, pair.second);
    if (told) said += fmt::format(" ({} of {})", pair.came, pair.looked);
  }
  return said;
}

/// Of the pairs that were apart five years before a day, by rank from the lowest: how many up to there have come together since.
/// Equal ones stand in the order of their numbers.
std::vector<std::uint32_t> came_together(const Corpus& corpus, Day day) {
  const Day before = years_after(day, -years_back);
  const Vocabulary vocabulary = forecast::concepts_of(corpus, count_of(before));
  const Split split = split_of(corpus, vocabulary, before, day);
  const Candidates candidates = candidates_of(split);
  const std::vector<float> scores = decayed_adamic_adar(candidates);
  std::vector<bool> came(candidates.pairs());
  each_taken_up(candidates, [&](std::uint32_t, std::uint32_t, std::uint32_t, std::uint32_t pair) { came[pair] = true; });
  // Scores are not negative: as bits they stand in the same order.
  std::vector<std::uint64_t> order;
  order.reserve(scores.size());
  for (std::size_t pair = 0; pair < scores.size(); ++pair)
    order.push_back(std::uint64_t{std::bit_cast<std::uint32_t>(scores[pair])} << 32U | pair);
  std::ranges::sort(order);
  std::vector<std::uint32_t> counts;
  counts.reserve(order.size());
  std::uint32_t count = 0;
  for (const std::uint64_t entry : order) counts.push_back(count += came[entry & 0xffffffffU] ? 1 : 0);
  return counts;
}

}  // namespace

UptakeForecast::UptakeForecast(const std::vector<CatalogueText>& records, Day day) {
  Corpus corpus = read_corpus(records);
  auto came = meanwhile([&corpus, day] { return came_together(corpus, day); });
  Vocabulary vocabulary = forecast::concepts_of(corpus, count_of(day));
  const Split split = split_of(corpus, vocabulary, day, day);
  for (const Split::Concept& entry : split.concepts) names_.push_back(entry.shown);
  candidates_ = candidates_of(split);
  scores_ = decayed_adamic_adar(candidates_);
  sorted_ = scores_;
  std::ranges::sort(sorted_);
  candidates_.split = nullptr;
  candidates_.count = {};
  candidates_.last = {};
  phrases_ = std::move(vocabulary.phrases);
  came_ = came.get();  // Reads the corpus to its end.
  stems_ = std::move(corpus.stems);
}

void UptakeForecast::look_back(ConceptPair& pair) const {
  const std::size_t all = came_.size();
  pair.looked = std::min(most_similar, all);
  if (all == 0) return;
  const auto rank = static_cast<std::size_t>(pair.place * static_cast<double>(all));
  const std::size_t begin = std::min(rank - std::min(rank, pair.looked / 2), all - pair.looked);
  pair.came = came_[begin + pair.looked - 1] - (begin > 0 ? came_[begin - 1] : 0);
}

std::vector<std::uint32_t> UptakeForecast::concepts_of(const Writing& text) const {
  std::vector<Stem> words;
  read_text(text.title, stems_, words);
  read_text(subject_of(text.text), stems_, words);
  std::vector<std::uint32_t> found;
  phrases_.find(words, found);
  return found;
}

UptakeForecast::Score UptakeForecast::score(const Writing& text) const {
  Score result;
  const std::vector<std::uint32_t> found = concepts_of(text);
  for (const std::uint32_t c : found) result.concepts.push_back(names_[c]);
  for (std::size_t x = 0; x < found.size(); ++x) {
    for (std::size_t y = x + 1; y < found.size(); ++y) {
      const std::uint32_t pair = candidates_.find(found[x], found[y]);
      if (pair == Candidates::no_pair) {
        ++result.met;
        continue;
      }
      const auto [lo, hi] = std::equal_range(sorted_.begin(), sorted_.end(), scores_[pair]);
      const double below = (static_cast<double>(lo - sorted_.begin()) + static_cast<double>(hi - sorted_.begin())) / 2;
      result.pairs.push_back({names_[found[x]], names_[found[y]], below / static_cast<double>(sorted_.size())});
    }
  }
  std::ranges::stable_sort(result.pairs, std::greater(), &ConceptPair::place);
  const std::size_t best = std::min(best_pairs, result.pairs.size());
  for (std::size_t k = 0; k < best; ++k) {
    look_back(result.pairs[k]);
    result.score += result.pairs[k].place / static_cast<double>(best);
  }
  result.why = why_of(result);
  return result;
}

}  // namespace lacuna::forecast
