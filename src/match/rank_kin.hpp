// Candidates held against each other: what speaks for a candidate where the text to be ranked is a candidate itself.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "match/rank_index.hpp"
#include "match/rank_signals.hpp"
#include "match/rank_weights.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// Weights for such texts where hardly any links are known.
constexpr EnumArray<Signal, double> kin_weights{2.4, 0, 0, 0, 1.6, 0, 0, 0, 0, 1.1, 1.6, 1.3};

/// Fitted on the related controls of NIST SP 800-53, which have nine right answers each.
constexpr Calibration kin_calibration{0.82, 0, 2.08};

class Kin {
 public:
  /// Linear in the features of the candidates, times forty topics and forty rounds.
  Kin(RankIndex& index, std::span<const RankCandidate> candidates);

  /// Fills `family`, `topics` and `mention` of the allowed rows for the candidate as a text. Linear in the candidates and the
  /// words of the text.
  void add(std::uint32_t self, const std::vector<std::uint8_t>& allowed, std::vector<SignalRow>& rows) const;

 private:
  void find_topics(const RankIndex& index);

  std::size_t topics_ = 0;
  std::vector<float> places_;                      ///< By candidate: its place among the topics, of length 1.
  std::vector<std::uint32_t> families_;            ///< By candidate: those with the same first parent; none for those without.
  std::vector<std::vector<float>> family_places_;  ///< By family: mean of its places.
  std::vector<std::vector<std::uint32_t>> texts_;  ///< By candidate: stems of name and context in their order.
  std::vector<std::vector<std::uint32_t>> names_;  ///< By candidate: stems of its name.
  std::vector<Features> bodies_;  ///< By candidate: features of name and context, each counting times/(times+1) times its rarity.
  Postings named_in_;             ///< Names, each feature once.
  std::vector<float> name_sizes_;
};

}  // namespace lacuna
