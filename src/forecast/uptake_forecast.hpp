// What standards bodies tend to take up next: which two concepts, apart so far, a new document brings together.
#pragma once

#include <string>
#include <vector>

#include "forecast/candidates.hpp"
#include "lacuna/match.hpp"
#include "lacuna/records.hpp"

namespace lacuna::forecast {

/// Two concepts that no document holds together.
struct ConceptPair {
  std::string first;
  std::string second;
  double place = 0;        ///< Share of all candidates that rank lower, in [0,1].
  std::size_t came = 0;    ///< Of the pairs that ranked next to it five years before, so many have come together since,
  std::size_t looked = 0;  ///< of so many: a hundred, or all there were. Of the three best pairs of a score only.
};

/// How likely texts are to be taken up, as of a day.
class UptakeForecast {
 public:
  /// Six seconds for 166,000 records on two cores, 700 MB meanwhile.
  UptakeForecast(const std::vector<CatalogueText>& records, Day day);

  struct Score {
    double score = 0;                ///< Mean place of its three best pairs among all candidates, in [0,1]; 0 where it has none.
    std::vector<ConceptPair> pairs;  ///< Its pairs that no record holds yet, best first.
    std::vector<std::string> concepts;  ///< That its title and text hold.
    std::size_t met = 0;                ///< Pairs of these that some record holds already.
    std::string why;                    ///< One sentence with the pairs that the score rests on.
  };
  /// Microseconds.
  [[nodiscard]] Score score(const Writing& text) const;

 private:
  [[nodiscard]] std::vector<std::uint32_t> concepts_of(const Writing& text) const;
  /// Fills `came` and `looked` of a pair.
  void look_back(ConceptPair& pair) const;

  Stems stems_;
  Phrases phrases_;
  std::vector<std::string> names_;  ///< Of concepts.
  Candidates candidates_;           ///< Only the pairs are kept.
  std::vector<float> scores_;       ///< By pair.
  std::vector<float> sorted_;       ///< The same, ascending.
  std::vector<std::uint32_t>
      came_;  ///< Of the pairs of five years before, by rank from the lowest: how many up to there have come together since.
};

}  // namespace lacuna::forecast
