// Candidates of link prediction: pairs of concepts that no record holds together yet.
#pragma once

#include <cstdint>
#include <map>
#include <string_view>
#include <vector>

#include "forecast/split.hpp"

namespace lacuna::forecast {

/// The network of concepts that works brought together, and the pairs in it that are apart. Pairs are numbered by first, then
/// second concept.
struct Candidates {
  const Split* split = nullptr;
  std::size_t n = 0;                  ///< Concepts.
  std::vector<std::uint32_t> begin;   ///< By first concept: its first pair; n + 1 of them.
  std::vector<std::uint16_t> second;  ///< By pair.
  std::vector<float> count;           ///< n × n: earlier works that hold both; 0 on the diagonal.
  std::vector<std::int32_t> last;     ///< n × n: day of the latest of these; `never` for none.
  std::vector<float> degree;          ///< By concept: how many others it has met.
  static constexpr std::int32_t never = -1'000'000;
  static constexpr std::uint32_t no_pair = 0xffffffffU;

  [[nodiscard]] std::size_t pairs() const { return second.size(); }
  /// The number of a pair; `no_pair` where it is no candidate. O(log n).
  [[nodiscard]] std::uint32_t find(std::uint32_t a, std::uint32_t b) const;
  /// The first concept of a pair. O(log n).
  [[nodiscard]] std::uint32_t first(std::uint32_t pair) const;
};

/// O(n² + Σ concepts²) time and 8 n² bytes. The split must outlive it. Needs of a split count in `count`, `last` and `degree`.
Candidates candidates_of(const Split& split);

/// Calls `take(work, first, second, pair)` for each candidate that a later work of the split brings together: position of the
/// work, both concepts, and the number of the pair. O(Σ concepts² · log n).
template <class F>
void each_taken_up(const Candidates& candidates, const F& take) {
  const std::vector<Split::Work>& works = candidates.split->after;
  for (std::uint32_t w = 0; w < works.size(); ++w) {
    const std::vector<std::uint32_t>& concepts = works[w].concepts;
    for (std::size_t x = 0; x < concepts.size(); ++x) {
      for (std::size_t y = x + 1; y < concepts.size(); ++y) {
        const std::uint32_t pair = candidates.find(concepts[x], concepts[y]);
        if (pair != Candidates::no_pair) take(w, concepts[x], concepts[y], pair);
      }
    }
  }
}

/// What a candidate would link: two concepts, or a committee and a concept.
struct Ends {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

/// Concepts by each of their stems, ascending. Stems point into the split. O(stems · log).
std::map<std::string_view, std::vector<std::uint32_t>> concepts_by_stem(const Split& split);

}  // namespace lacuna::forecast
