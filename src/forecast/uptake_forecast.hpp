// What standards bodies tend to take up next: which two concepts, apart so far, a new document brings together.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "forecast/concepts.hpp"
#include "lacuna/match.hpp"
#include "lacuna/records.hpp"
#include "model/uptake_table.hpp"

namespace lacuna::forecast {

/// Two concepts that no document holds together.
struct ConceptPair {
  std::string first;
  std::string second;
  double place = 0;        ///< Share of all candidates that rank lower, in [0,1].
  std::size_t came = 0;    ///< Of the pairs that ranked next to it five years before, so many have come together since,
  std::size_t looked = 0;  ///< of so many: a hundred, or all there were. Of the three best pairs of a score only.
};

/// The last day of which catalogues that were read on a day tell: after it, all questions have one answer.
Day last_day_of(const std::vector<CatalogueText>& records, Day read_on);

/// Everything that forecasts of a day rest on. Six seconds for 166,000 records on two cores, 700 MB meanwhile.
UptakeTable uptake_table(const std::vector<CatalogueText>& records, Day day);

/// How likely texts are to be taken up.
class UptakeForecast {
 public:
  /// `ranks` is asked for the concepts of a text, once each; left out, the table has them.
  explicit UptakeForecast(UptakeTable table, UptakeRanks ranks = {});

  struct Score {
    double score = 0;                ///< Mean place of its three best pairs among all candidates, in [0,1]; 0 where it has none.
    std::vector<ConceptPair> pairs;  ///< Its pairs that no record holds yet, best first.
    std::vector<std::string> concepts;  ///< That its title and text hold.
    std::size_t met = 0;                ///< Pairs of these that some record holds already.
    std::string why;                    ///< One sentence with the pairs that the score rests on.
  };
  /// Microseconds. Not for several threads at once.
  [[nodiscard]] Score score(const Writing& text);

 private:
  [[nodiscard]] std::vector<std::uint32_t> concepts_of(const Writing& text) const;
  const std::string& ranks_of(std::uint32_t entry);
  /// The place of a pair, the smaller first; nothing where it has met.
  std::optional<double> place_of(std::uint32_t first, std::uint32_t second);
  /// Fills `came` and `looked` of a pair.
  void look_back(ConceptPair& pair) const;

  UptakeTable table_;
  UptakeRanks ranks_;
  Stems stems_;
  Phrases phrases_;
  std::map<std::uint32_t, std::string> read_;  ///< Ranks that were asked for.
};

}  // namespace lacuna::forecast
