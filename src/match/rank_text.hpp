// Texts as the ranker sees them: stems, neighbouring pairs of stems, and the concepts that their phrases stand for, each with its
// weight.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "match/ranker.hpp"
#include "text/terms.hpp"

namespace lacuna {

/// A feature of a text and how strongly it is there.
struct Feature {
  std::uint32_t id = 0;
  float weight = 0;
};

/// By id, each once.
using Features = std::vector<Feature>;

/// A trait of a text for the trained model: a stem, a pair of stems in the title, a stem of the title or of its first segment, a
/// whole segment. The key is the same in every text that one RankText reads.
struct Mark {
  std::uint64_t key = 0;
  float weight = 0;
};

/// Sums the weights of equal features, and orders them by id.
void gather(Features& features);

/// Parts of a text with what each counts.
using Parts = std::vector<std::pair<std::string_view, double>>;

/// The concept table of data/concepts/security.txt, as built in: lines "name: phrase; phrase; …".
std::string_view security_concepts();

/// A first sentence or words before a colon that can pass for a title: three to ninety characters, at most ten words. First the
/// title, then the rest; an empty title where there is none.
std::pair<std::string_view, std::string_view> title_and_rest(std::string_view text);

/// Reads texts into features. Not for several threads at once.
class RankText {
 public:
  RankText();

  /// Each part's features count 1 + ln(times), times what the part counts. Linear.
  Features read(const Parts& parts);
  /// By key, each once. Linear.
  std::vector<Mark> marks(std::string_view title, std::string_view context);
  /// What each feature counts beside its rarity: a stem 1, a pair of stems 0.5, a concept 1.2.
  [[nodiscard]] double worth(std::uint32_t feature) const { return worths_[feature]; }
  [[nodiscard]] std::size_t size() const { return worths_.size(); }
  /// Stems of a text in their order, for phrases.
  std::vector<std::uint32_t> stems(std::string_view text);
  /// The features of a text, each with the words that it stands for, as they are written there: a stem's word, a pair, a
  /// concept's phrase.
  std::vector<std::pair<std::string_view, std::uint32_t>> spans(std::string_view text);

 private:
  std::uint32_t fresh(double worth);
  std::uint32_t feature_of_stem(std::uint32_t stem);
  /// Calls `meet(feature, weight, first stem, number of stems)` for every feature of stems in their order.
  template <class Meet>
  void trace(const std::vector<std::uint32_t>& stems, const Meet& meet);

  Vocabulary vocabulary_;
  std::vector<double> worths_;
  std::vector<std::uint32_t> by_stem_;                        ///< Its feature, or none.
  std::unordered_map<std::uint64_t, std::uint32_t> by_pair_;  ///< Two stems: their feature.
  struct Phrase {
    std::vector<std::uint32_t> stems;
    std::uint32_t concept_feature = 0;
  };
  std::unordered_map<std::uint32_t, std::vector<Phrase>> phrases_;  ///< By first stem.
  std::vector<std::uint32_t> stems_;                                ///< For reuse.
};

/// The parts of a text to be ranked: its leading title counts 1.5, the rest and a title beside it 1, its context 0.4.
Parts query_parts(std::string_view text, std::string_view title, std::string_view context, double context_counts);

/// Three to five neighbouring characters within words, word ends included, in the parts of a text.
class RankCharacters {
 public:
  /// New ones get the next number while `growing`; later they are left out.
  Features read(const Parts& parts, bool growing);
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;
};

}  // namespace lacuna
