// What the links teach: how much each signal counts, and how sure a score is.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "match/rank_index.hpp"
#include "match/rank_learned.hpp"
#include "match/rank_signals.hpp"
#include "match/rank_weights.hpp"
#include "match/ranker.hpp"

namespace lacuna {

/// The links that may be known, and all that was learned from them.
struct Lesson {
  RankView view;
  Teaching teaching;
  Calibration calibration;
  std::unique_ptr<const Learned> learned;  ///< Only where the links are many and of few sources.
};

/// Links that are left out together.
struct Folds {
  std::string left_out;                           ///< "source" or "group".
  std::vector<std::vector<std::uint32_t>> parts;  ///< Positions of links; none empty.
};

/// Whole sources where the known links have three or more, at most twelve parts; else whole groups in five parts. `round` gives
/// another division by groups.
Folds divided(std::span<const RankLink> links, const std::vector<std::uint8_t>& known, unsigned round);

/// Which of five folds a link belongs to, by its group, or by its id where it has none.
unsigned group_fold(const RankLink& link);

/// Learns from the known links. Each fold of them is ranked without it; of many links, one fold is enough. Linear in the links,
/// times the folds.
Lesson learn(const RankIndex& index, std::span<const RankCandidate> candidates, std::span<const RankLink> links,
             std::vector<std::uint8_t> known);

/// The signals of a link as a text that knows only what the lesson knows. `everything` allows all candidates.
std::vector<SignalRow> signals_of_link(const RankIndex& index, const Lesson& lesson, std::uint32_t link,
                                       const std::vector<std::uint8_t>& everything);

/// The weighed sum of a row.
double score_of(const SignalRow& row, const Weights& weights);

/// Of the allowed candidates: scores, probabilities and parts, best first, equal ones by id; at most `most` (0: all).
std::vector<Ranked> answer(const std::vector<SignalRow>& rows, const std::vector<std::uint8_t>& allowed, const Weights& weights,
                           const Calibration& calibration, std::span<const RankCandidate> candidates, std::size_t most);

}  // namespace lacuna
