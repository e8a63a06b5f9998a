// Sums over the ways of two steps between concepts.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "uptake/uptake.hpp"

namespace lacuna::uptake {

/// The entries of a matrix that are not 0, by row.
struct Rows {
  std::vector<std::size_t> begin{0};
  std::vector<std::uint32_t> columns;
  std::vector<float> values;
  [[nodiscard]] std::size_t size() const { return begin.size() - 1; }
};

/// n rows of n cells, as `cell(row, column)` tells them. O(n²).
template <class Cell>
Rows rows_of(std::size_t n, const Cell& cell) {
  Rows rows;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      if (const float value = cell(i, j); value != 0) {
        rows.columns.push_back(static_cast<std::uint32_t>(j));
        rows.values.push_back(value);
      }
    }
    rows.begin.push_back(rows.columns.size());
  }
  return rows;
}

/// Hands `take(i, row)` each of the first `rows` rows of left · diag(weights) · right, dense, with `columns` cells; from several threads, each row once. Single
/// precision, summed in the order of the columns of `left`. O(rows · columns + non-zero products).
void each_product_row(const Rows& left, std::span<const float> weights, const Rows& right, std::size_t columns, const std::function<void(std::size_t, std::span<const float>)>& take, std::size_t rows = static_cast<std::size_t>(-1));

/// The cells of left · diag(weights) · right for all pairs of a trial.
std::vector<float> two_steps(const Trial& trial, const Rows& left, std::span<const float> weights, const Rows& right);

/// What concepts have met, as 0 and 1.
Rows met(const Trial& trial);
/// exp(−(day − last meeting) / years): the weight of a meeting fades. Nothing below 0.001.
Rows faded(const Trial& trial, float years);
/// 1 / ln(degree) (Adamic and Adar 2003), of two at least.
std::vector<float> adamic_adar(const Trial& trial);

}  // namespace lacuna::uptake
