#include "text/tf_idf.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

void normalise(WordVector& vector) {
  double square = 0;
  for (const auto& [word, weight] : vector) square += weight * weight;
  if (square <= 0) return;
  for (auto& [word, weight] : vector) weight /= std::sqrt(square);
}

}  // namespace

TfIdf::TfIdf(const std::vector<std::string>& texts, const std::function<double(const std::string&)>& rarity) {
  std::vector<std::size_t> documents;
  std::vector<std::uint32_t> terms;
  for (const std::string& text : texts) {
    terms.clear();
    for (const Token& token : vocabulary_.tokens(text)) {
      if (token.term == words_.size()) words_.push_back(lower(token.word));
      terms.push_back(token.term);
    }
    documents.resize(words_.size());
    sort_unique(terms);
    for (const std::uint32_t term : terms) ++documents[term];
  }
  for (std::uint32_t term = 0; term < documents.size(); ++term) {
    rarity_.push_back(rarity ? rarity(vocabulary_.stem(term))
                             : std::log(static_cast<double>(texts.size() + 1) / static_cast<double>(documents[term])));
  }
}

WordVector TfIdf::vector(std::string_view text) const {
  std::map<std::uint32_t, double> counts;
  std::vector<std::uint32_t> terms;
  vocabulary_.terms(text, terms);
  for (const std::uint32_t term : terms) {
    if (term < words_.size()) ++counts[term];  // Later ones are not in the collection.
  }
  WordVector result;
  for (const auto& [number, count] : counts) result.emplace_back(number, (1 + std::log(count)) * rarity_[number]);
  normalise(result);
  return result;
}

WordVector TfIdf::centre(const std::vector<WordVector>& vectors) {
  std::map<std::uint32_t, double> sum;
  for (const WordVector& vector : vectors) {
    for (const auto& [word, weight] : vector) sum[word] += weight;
  }
  WordVector result(sum.begin(), sum.end());
  normalise(result);
  return result;
}

double TfIdf::similarity(const WordVector& a, const WordVector& b) {
  double sum = 0;
  auto x = a.begin();
  auto y = b.begin();
  while (x != a.end() && y != b.end()) {
    if (x->first < y->first) {
      ++x;
    } else if (y->first < x->first) {
      ++y;
    } else {
      sum += x++->second * y++->second;
    }
  }
  return std::clamp(sum, 0.0, 1.0);
}

std::vector<std::string> TfIdf::shared(const WordVector& a, const WordVector& b, std::size_t most) const {
  std::vector<std::pair<double, std::uint32_t>> products;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->first < j->first)
      ++i;
    else if (j->first < i->first)
      ++j;
    else {
      products.emplace_back(-i->second * j->second, i->first);
      ++i;
      ++j;
    }
  }
  std::ranges::sort(products);
  std::vector<std::string> list;
  for (std::size_t k = 0; k < std::min(most, products.size()); ++k) list.push_back(words_[products[k].second]);
  return list;
}

NearestText::NearestText(std::vector<bool> asked) : asked_(std::move(asked)), by_word_(asked_.size()) {}

void NearestText::add(const WordVector& text) {
  const std::size_t number = texts_++;
  WordVector told;
  std::ranges::copy_if(text, std::back_inserter(told), [&](const auto& word) { return asked_[word.first]; });
  const auto kept = static_cast<std::uint32_t>(kept_.size());
  if (!known_.emplace(told, kept).second) return;
  kept_.push_back(number);
  sums_.push_back(0);
  for (const auto& [word, weight] : told) by_word_[word].push_back({kept, weight});
}

std::pair<std::optional<std::size_t>, double> NearestText::nearest(const WordVector& vector) const {
  std::vector<std::uint32_t> touched;
  // Word by word in their order, as TfIdf::similarity adds them up: the sums are the same to the last bit.
  for (const auto& [word, weight] : vector) {
    for (const Entry& entry : by_word_[word]) {
      if (sums_[entry.kept] == 0) touched.push_back(entry.kept);
      sums_[entry.kept] += weight * entry.weight;
    }
  }
  std::optional<std::size_t> best;
  double most = 0;
  for (const std::uint32_t t : touched) {
    const double similarity = std::clamp(sums_[t], 0.0, 1.0);
    sums_[t] = 0;
    if (similarity > most || (best && similarity == most && kept_[t] < *best)) {
      most = similarity;
      best = kept_[t];
    }
  }
  return {best, most};
}

}  // namespace lacuna
