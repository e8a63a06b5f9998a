// Logistic regression.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace lacuna {

/// Examples with as many features each, and what they were.
struct TrainingSet {
  std::size_t features = 0;
  std::vector<float> values{};         ///< By example, then feature.
  std::vector<std::uint8_t> labels{};  ///< By example: 1 for a positive one, 0 for a negative one.

  void add(std::span<const double> example, bool positive);
};

struct LogisticModel {
  std::vector<double> weights{};  ///< Of the features.
  double intercept = 0;

  /// The probability that an example is positive, in (0,1).
  double operator()(std::span<const double> example) const;
};

/// The model that makes Σ log-loss + ridge / 2 · Σ weight² least, the intercept not counted (le Cessie and van Houwelingen 1992),
/// by Newton's method (McCullagh and Nelder 1989, 2.5), steps halved until they are better and none longer than 4 in a weight, 50
/// at most. All weights are finite, whatever the examples. The same bits on any number of cores. O(examples · features²) a step;
/// converges in some ten.
LogisticModel fit_logistic(const TrainingSet& set, double ridge);

}  // namespace lacuna
