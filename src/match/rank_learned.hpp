// A model of which texts belong to which candidate, trained on all links.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "match/rank_index.hpp"
#include "match/rank_signals.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// A softmax over the candidates, whose scores are sums over a text's features. Candidates that share an ancestor (a parent, or
/// the beginning of a dotted identifier such as "35.030") share what they learn through it.
class Learned {
 public:
  /// Trains on the known links and on the names of all candidates by stochastic gradient descent: six passes, each linear in
  /// features × candidates. Takes four bytes for each pair of a feature, found in two texts at least, and a candidate or
  /// ancestor. The same bits every time.
  Learned(std::span<const RankCandidate> candidates, const RankIndex& index, const std::vector<std::uint8_t>& known);

  /// Fills `learned` of the allowed rows: log likelihood over that of the least likely candidate, divided by ten.
  void add(const std::vector<Mark>& marks, const std::vector<std::uint8_t>& allowed, std::vector<SignalRow>& rows) const;

 private:
  [[nodiscard]] Features vector_of(const std::vector<Mark>& marks) const;
  void score(const Features& features, std::vector<float>& scores) const;
  void train(const std::vector<Features>& rows, const std::vector<std::vector<std::uint32_t>>& right);
  void find_ancestors(std::span<const RankCandidate> candidates);

  std::size_t candidates_ = 0;
  std::size_t width_ = 0;                                  ///< Candidates and ancestors, rounded up.
  std::vector<std::vector<std::uint32_t>> ancestors_;      ///< By candidate: columns.
  std::unordered_map<std::uint64_t, std::uint32_t> rows_;  ///< By mark.
  std::vector<float> rarities_;                            ///< By row.
  std::vector<float> weights_;                             ///< Rows of `width_`.
};

}  // namespace lacuna
