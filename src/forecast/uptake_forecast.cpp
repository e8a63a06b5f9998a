#include "forecast/uptake_forecast.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "base/sorted.hpp"
#include "forecast/adamic_adar.hpp"

namespace lacuna::forecast {
namespace {

constexpr std::size_t best_pairs = 3;

/// What a score rests on, in a sentence.
std::string why_of(const UptakeForecast::Score& score, std::size_t candidates) {
  if (score.concepts.size() < 2) return "it names fewer than two concepts that the catalogues know";
  if (score.pairs.empty())
    return fmt::format("all pairs of its {} concepts stand together in some record already", score.concepts.size());
  std::string said;
  for (std::size_t k = 0; k < std::min(best_pairs, score.pairs.size()); ++k) {
    said += fmt::format("{}\"{}\" and \"{}\" (above {:.1f} %)", k == 0 ? "" : ", ", score.pairs[k].first, score.pairs[k].second,
                        std::floor(1000 * score.pairs[k].place) / 10);
  }
  return fmt::format(
      "of {} pairs of concepts that no record holds together, ranked by how their neighbours came together of late, it joins {}",
      candidates, said);
}

}  // namespace

UptakeForecast::UptakeForecast(const std::vector<CatalogueText>& records, Day day) {
  Corpus corpus = read_corpus(records);
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
  stems_ = std::move(corpus.stems);
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
  for (std::size_t k = 0; k < best; ++k) result.score += result.pairs[k].place / static_cast<double>(best);
  result.why = why_of(result, sorted_.size());
  return result;
}

}  // namespace lacuna::forecast
