// Weights for signals, and probabilities for scores, learned on texts whose right candidates are known.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "match/rank_signals.hpp"

namespace lacuna {

using Weights = EnumArray<Signal, double>;

/// A text whose right candidates are known, with the signals of those that compete.
struct WeighingTrial {
  std::vector<SignalRow> rows;
  std::vector<std::uint32_t> right;  ///< Positions in `rows`; at least one.
  double counts = 1;
};

/// The weights that make the right candidates likely: minimise, over weights that are not negative, the mean of -log(sum of
/// softmax over the right candidates), by what the trials count, plus `pull` times the squared distance to `prior`. Projected
/// gradient with Barzilai-Borwein steps, until nothing moves or 200 steps; each step is linear in the rows.
Weights fit_weights(std::span<const WeighingTrial> trials, const Weights& prior, double pull);

/// P(right) = 1 / (1 + exp(-(a ln p + b ln(1-p) + c))) (beta calibration, Kull et al. 2017), p being the softmax of the scores
/// within a query.
struct Calibration {
  double a = 1, b = -1, c = 0;  ///< As they stand, the probability is p.

  [[nodiscard]] double operator()(double p) const;
};

struct CalibrationPair {
  double p = 0;
  bool right = false;
  double counts = 1;
};

/// By Newton's method on the likelihood, with a slight pull to `prior`. `a` is at least 0 and `b` at most 0, so that more is
/// never less.
Calibration fit_calibration(std::span<const CalibrationPair> pairs, const Calibration& prior);

}  // namespace lacuna
