// How alike two texts are by their words, rare words counting more.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lacuna {

/// A text as weighted words of length 1: sorted by word number.
using WordVector = std::vector<std::pair<std::uint32_t, double>>;

/// Term frequency × inverse document frequency (Salton & Buckley 1988, "ltc": 1 + ln tf, ln(N / df), cosine normalisation) over
/// a fixed collection. Words of the field that stand in every second text weigh nothing by themselves.
class Wording {
 public:
  /// Learns how rare each word is from the texts. Linear in their length.
  explicit Wording(const std::vector<std::string>& texts);

  [[nodiscard]] WordVector vector(std::string_view text) const;
  /// The sum of vectors, brought to length 1.
  static WordVector centre(const std::vector<WordVector>& vectors);
  /// Cosine in [0,1].
  static double similarity(const WordVector& a, const WordVector& b);
  /// The words that make it so, those that add most first; at most `most`. A word stands as the collection first had it, without its plural.
  [[nodiscard]] std::vector<std::string> shared(const WordVector& a, const WordVector& b, std::size_t most) const;

 private:
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::vector<double> rarity_;
  std::vector<std::string> words_;
};

}  // namespace lacuna
