// How alike two texts are by their words, rare words counting more.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "text/terms.hpp"

namespace lacuna {

/// A text as weighted words of length 1: sorted by word number.
using WordVector = std::vector<std::pair<std::uint32_t, double>>;

/// Term frequency × inverse document frequency (Salton & Buckley 1988, "ltc": 1 + ln tf, ln(N / df), cosine normalisation) over
/// a fixed collection. Words of the field that stand in every second text weigh nothing by themselves.
/// Not for several threads at once.
class TfIdf {
 public:
  /// Learns how rare each word is from the texts, or is told it by stem, where a larger collection knows. Linear in their length.
  explicit TfIdf(const std::vector<std::string>& texts, const std::function<double(const std::string& stem)>& rarity = {});

  [[nodiscard]] WordVector vector(std::string_view text) const;
  /// The sum of vectors, brought to length 1.
  static WordVector centre(const std::vector<WordVector>& vectors);
  /// Cosine in [0,1].
  static double similarity(const WordVector& a, const WordVector& b);
  /// The words that make it so, those that add most first; at most `most`. A word stands as the collection first had it.
  [[nodiscard]] std::vector<std::string> shared(const WordVector& a, const WordVector& b, std::size_t most) const;
  /// How many words the collection has; their numbers are below.
  [[nodiscard]] std::size_t size() const { return words_.size(); }

 private:
  mutable Vocabulary vocabulary_;  ///< Remembers the stems of words asked for.
  std::vector<double> rarity_;
  std::vector<std::string> words_;  ///< By term, as the collection first had it.
};

/// Which of many texts is nearest to a vector, asked time and again. Not for several threads at once.
class NearestText {
 public:
  /// `asked` says of each word whether vectors may have it that are asked for: of texts that no such vector can tell apart, only
  /// the first is kept.
  explicit NearestText(std::vector<bool> asked);

  /// Texts are numbered in the order in which they are added.
  void add(const WordVector& text);
  /// The text whose TfIdf::similarity with the vector is greatest, the first of equals, and how near it is; nothing where none
  /// has a word in common with it. Time: the texts kept that have one of its words.
  [[nodiscard]] std::pair<std::optional<std::size_t>, double> nearest(const WordVector& vector) const;

 private:
  struct Entry {
    std::uint32_t kept;
    double weight;
  };
  std::vector<bool> asked_;
  std::size_t texts_ = 0;
  std::map<WordVector, std::uint32_t> known_;  ///< By the words that may be asked for.
  std::vector<std::size_t> kept_;              ///< The number of each text kept, ascending.
  std::vector<std::vector<Entry>> by_word_;
  mutable std::vector<double> sums_;  ///< By text kept; all 0 between questions.
};

}  // namespace lacuna
