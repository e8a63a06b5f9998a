// How well a ranking told what came.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "uptake/uptake.hpp"

namespace lacuna::uptake {

/// A figure and its standard error.
struct Figure {
  double value = 0;
  double error = 0;
};

/// What is ranked and what was right, whatever the ends of a candidate are: concepts, or a committee and a concept.
struct Ends {
  std::uint32_t first = 0;
  std::uint32_t second = 0;
};

/// A ranking put in order once, for several figures.
class Ranking {
 public:
  /// `scores` must outlive it. O(n).
  explicit Ranking(std::span<const float> scores);

  /// Area under the ROC curve of the candidates `right` (ascending) against all others, equal scores counting half (Mann and Whitney 1947). Its error
  /// counts candidates that share an end as one observation (Aronow, Samii and Assenova 2015); that of the wrong ones, which are a hundred times as many, is left aside.
  /// Nothing without both sorts. O(right log n).
  [[nodiscard]] std::optional<Figure> area(std::span<const std::uint32_t> right, std::span<const Ends> ends) const;
  /// Share of right ones among the first `k`, in expectation over the order of equal scores, with the same kind of error. O(right + k).
  [[nodiscard]] Figure precision(std::size_t k, std::span<const std::uint32_t> right, std::span<const Ends> ends) const;
  /// The score of the candidate at place `k`, how many have more, and how many have the same.
  struct Threshold {
    float score = 0;
    std::size_t above = 0;
    std::size_t equal = 0;
  };
  [[nodiscard]] Threshold at(std::size_t k) const;
  /// Share of all candidates with a lower score, those with the same counting half. O(log n).
  [[nodiscard]] double place(float score) const;
  [[nodiscard]] std::size_t size() const { return sorted_.size(); }

 private:
  std::span<const float> scores_;
  std::vector<float> sorted_;  ///< Ascending.
};

/// Right ones beside wrong ones that are alike.
struct Matched {
  std::vector<std::uint32_t> right;
  std::vector<std::uint32_t> wrong;
  std::vector<float> weight;  ///< One over how many wrong ones stand beside the right one.
};
/// For each right pair (i, j) the wrong candidates (i, x) with x of j's field and tenth of the degrees, and (x, j) likewise. O(right · concepts of such a cell).
Matched matched_with(const Trial& trial, std::span<const std::uint32_t> right, Outcome outcome);
/// Share of comparisons that the right one wins, equal scores counting half, mean over the right ones. Linear.
double matched_area(std::span<const float> scores, const Matched& matched);

/// Share of the new works with a candidate pair that hold one of the first `k`; in expectation over the order of equal scores. O(taken).
double works_hit(const Trial& trial, std::span<const float> scores, const Ranking& ranking, std::size_t k);

/// The pairs with that outcome, ascending. Linear.
std::vector<std::uint32_t> right_ones(const Trial& trial, Outcome outcome);
/// Both concepts of each pair of a trial. Linear.
std::vector<Ends> ends_of(const Trial& trial);

}  // namespace lacuna::uptake
