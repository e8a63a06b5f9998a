// How well a ranking told what came.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "evaluation/trial.hpp"

namespace lacuna::evaluation {

/// A figure and its standard error.
struct Estimate {
  double value = 0;
  double error = 0;
};

/// A ranking put in order once, for several figures.
class Ranking {
 public:
  /// `scores` must outlive it. O(n).
  explicit Ranking(std::span<const float> scores);

  /// Area under the ROC curve of the candidates `positives` (ascending) against all others, equal scores counting half (Mann and
  /// Whitney 1947). Its error counts candidates that share an end as one observation (Aronow, Samii and Assenova 2015); that of
  /// the negatives, which are a hundred times as many, is left aside. Nothing without both kinds. O(positives log n).
  [[nodiscard]] std::optional<Estimate> area(std::span<const std::uint32_t> positives, std::span<const Ends> ends) const;
  /// Share of positives among the first `k`, in expectation over the order of equal scores, with the same kind of error.
  /// O(positives + k).
  [[nodiscard]] Estimate precision(std::size_t k, std::span<const std::uint32_t> positives, std::span<const Ends> ends) const;
  /// The score of the candidate at place `k`, how many have more, and how many have the same.
  struct Threshold {
    float score = 0;
    std::size_t above = 0;
    std::size_t equal = 0;
  };
  [[nodiscard]] Threshold at(std::size_t k) const;
  [[nodiscard]] std::size_t size() const { return sorted_.size(); }

 private:
  std::span<const float> scores_;
  std::vector<float> sorted_;  ///< Ascending.
};

/// Positives beside negatives that are alike.
struct Matched {
  std::vector<std::uint32_t> positives;
  std::vector<std::uint32_t> negatives;
  std::vector<float> weight;  ///< One over how many negatives stand beside the positive.
};
/// For each positive (i, j) the negatives (i, x) with x of j's field and tenth of the degrees, and (x, j) likewise. O(positives ·
/// concepts of such a cell).
Matched matched_with(const Trial& trial, std::span<const std::uint32_t> positives, Outcome outcome);
/// Share of comparisons that the positive wins, equal scores counting half, mean over the positives. Linear.
double matched_area(std::span<const float> scores, const Matched& matched);

/// Share of the new works with a candidate pair that hold one of the first `k`; in expectation over the order of equal scores.
/// O(taken).
double works_hit(const Trial& trial, std::span<const float> scores, const Ranking& ranking, std::size_t k);

}  // namespace lacuna::evaluation
