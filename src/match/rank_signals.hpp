// What speaks for each candidate of a text, given the links that the text may know.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "match/rank_index.hpp"
#include "match/ranker.hpp"

namespace lacuna {

using SignalRow = std::array<float, signals>;

/// The links that may be known, and what follows for the candidates.
struct RankView {
  std::vector<std::uint8_t> known;  ///< By link.
  std::vector<float>
      lengths;  ///< By candidate: of its prototype, the sum of its name's features and those of the known links to it.
  std::vector<std::uint32_t> linked;  ///< By candidate: how many known links lead to it.
  std::size_t links = 0;              ///< Known ones.
  Postings spoken;                    ///< What is said of each candidate and in the known links to it, weighed for BM25.
  double mean_length = 0;             ///< Of that.
  std::vector<std::pair<std::uint32_t, Features>> replaced;  ///< Candidates of which something else holds than `spoken` says.
};

/// Linear in the features of the known links.
RankView view_of(const RankIndex& index, std::vector<std::uint8_t> known);
/// The same without some links; looks only at the candidates concerned.
RankView view_without(const RankIndex& index, const RankView& view, const std::vector<std::uint32_t>& links);

/// The signals of every candidate that `allowed` has, each in [0,1] with 1 for the best candidate, save where words<Signal>()
/// says otherwise; the rows of others are zero. Those of `learned`, `family`, `topics` and `mention` stay zero: see
/// rank_learned.hpp and rank_kin.hpp.
std::vector<SignalRow> signals_of(const RankIndex& index, const RankView& view, const RankReading& reading,
                                  const Likeness& likeness, const std::vector<std::uint8_t>& allowed);

/// Divides a signal by its largest value among the allowed rows; where none is above 0, all become 0.
void divide_by_largest(std::vector<SignalRow>& rows, Signal signal, const std::vector<std::uint8_t>& allowed);

inline float& value_of(SignalRow& row, Signal signal) { return row[static_cast<std::size_t>(signal)]; }

}  // namespace lacuna
