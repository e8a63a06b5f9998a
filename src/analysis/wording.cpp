#include "analysis/wording.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// Words that carry no subject in titles of deliverables and statements of needs.
bool is_stop_word(std::string_view word) {
  static const std::set<std::string_view> list = {
      "an",   "and",  "any",   "are",  "as",    "at",    "be",    "before", "but",     "by",    "can",   "do",     "for",
      "from", "has",  "have",  "how",  "if",    "in",    "into",  "is",     "it",      "its",   "may",   "must",   "no",
      "not",  "of",   "on",    "or",   "other", "only",  "out",   "part",   "per",     "shall", "so",    "such",   "than",
      "that", "the",  "their", "them", "then",  "these", "this",  "those",  "through", "to",    "under", "until",  "up",
      "use",  "used", "using", "was",  "were",  "when",  "which", "while",  "who",     "will",  "with",  "without"};
  return list.contains(word);
}

/// A plural and its singular are one word.
std::string stem(std::string word) {
  if (word.size() > 4 && word.ends_with("ies")) return word.substr(0, word.size() - 3) + "y";
  if (word.size() > 3 && word.ends_with("s") && !word.ends_with("ss") && !word.ends_with("us") && !word.ends_with("is"))
    word.pop_back();
  return word;
}

std::vector<std::string> subject_words(std::string_view text) {
  std::vector<std::string> result;
  for (std::string& word : words_of(text)) {
    if (!is_stop_word(word)) result.push_back(stem(std::move(word)));
  }
  return result;
}

void normalise(WordVector& vector) {
  double square = 0;
  for (const auto& [word, weight] : vector) square += weight * weight;
  if (square <= 0) return;
  for (auto& [word, weight] : vector) weight /= std::sqrt(square);
}

}  // namespace

Wording::Wording(const std::vector<std::string>& texts) {
  std::vector<std::size_t> documents;
  for (const std::string& text : texts) {
    const std::vector<std::string> words = subject_words(text);
    for (const std::string& word : std::set<std::string>(words.begin(), words.end())) {
      const auto [number, fresh] = numbers_.emplace(word, static_cast<std::uint32_t>(documents.size()));
      if (fresh) {
        documents.push_back(0);
        words_.push_back(word);
      }
      ++documents[number->second];
    }
  }
  for (const std::size_t df : documents) {
    rarity_.push_back(std::log(static_cast<double>(texts.size() + 1) / static_cast<double>(df)));
  }
}

WordVector Wording::vector(std::string_view text) const {
  std::map<std::uint32_t, double> counts;
  for (const std::string& word : subject_words(text)) {
    if (const auto number = numbers_.find(word); number != numbers_.end()) ++counts[number->second];
  }
  WordVector result;
  for (const auto& [number, count] : counts) result.emplace_back(number, (1 + std::log(count)) * rarity_[number]);
  normalise(result);
  return result;
}

WordVector Wording::centre(const std::vector<WordVector>& vectors) {
  std::map<std::uint32_t, double> sum;
  for (const WordVector& vector : vectors) {
    for (const auto& [word, weight] : vector) sum[word] += weight;
  }
  WordVector result(sum.begin(), sum.end());
  normalise(result);
  return result;
}

double Wording::similarity(const WordVector& a, const WordVector& b) {
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

std::vector<std::string> Wording::shared(const WordVector& a, const WordVector& b, std::size_t most) const {
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
  // Word by word in their order, as Wording::similarity adds them up: the sums are the same to the last bit.
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
