// The concepts of a day: what standards bodies had declared their works to be about.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "forecast/corpus.hpp"

namespace lacuna::forecast {

/// Phrases of one to four stems, found in a text by the longest at each place.
class Phrases {
 public:
  static constexpr std::size_t longest = 4;
  static constexpr std::uint32_t none = 0xffffffffU;

  /// The number of the phrase: the given one, or where it was there before, that from then.
  std::uint32_t add(std::span<const Stem> stems, std::uint32_t number);
  /// Appends the numbers of the phrases in a text, each once, ascending. Linear.
  void find(std::span<const Stem> text, std::vector<std::uint32_t>& into) const;
  /// The same of all phrases at all places, those inside of others too.
  void find_all(std::span<const Stem> text, std::vector<std::uint32_t>& into) const;

 private:
  std::unordered_map<std::uint64_t, std::uint32_t> steps_;  ///< From a node with a stem to a node.
  std::vector<std::uint32_t> roots_;                        ///< By stem: the node of it alone.
  std::vector<std::uint32_t> ends_{none};                   ///< By node: the phrase that ends there.
};

/// A concept as texts name it.
struct Label {
  std::string name;   ///< Its stems: "medium access control".
  std::string shown;  ///< The same in words, for people.
  std::string alias;  ///< Its short form: "MAC".
  std::vector<Stem> stems;
  std::uint32_t works = 0;  ///< That hold it.
};

struct Vocabulary {
  std::vector<Label> labels;  ///< Those in most works first.
  Phrases phrases;            ///< Numbered as `labels`, short forms too.
};

/// The concepts as of a day, from the works published by then. Linear in their texts.
///
/// A label is a whole title element or keyword of one to four stems without a cut. It is kept when it stands in ten works or more
/// and in at most 2.5 % of them; single stems also must be declared by five works and 5 % of their works, and be at home in some
/// fields: the Kullback–Leibler divergence of the fields of their works from those of all, less (fields − 1) / 2 works for chance
/// (Miller 1955), is 0.8 nat or more.
Vocabulary concepts_of(const Corpus& corpus, DayCount day);

}  // namespace lacuna::forecast
