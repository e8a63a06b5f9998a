// Square matrices of which most cells are not 0.
#pragma once

#include <span>
#include <vector>

#include "uptake/paths.hpp"

namespace lacuna::uptake {

struct Square {
  std::size_t n = 0;
  std::vector<float> cells;  ///< By row.

  explicit Square(std::size_t size) : n(size), cells(size * size) {}
  [[nodiscard]] float at(std::size_t i, std::size_t j) const { return cells[i * n + j]; }
  [[nodiscard]] std::span<float> row(std::size_t i) { return std::span(cells).subspan(i * n, n); }
  [[nodiscard]] std::span<const float> row(std::size_t i) const { return std::span(cells).subspan(i * n, n); }
};

/// left · diag(weights) · right, for n rows and columns. O(n² + non-zero products), on all cores.
Square product(const Rows& left, std::span<const float> weights, const Rows& right);
/// Row i of left · right, from column `begin` on; cells before it keep what they had. O(entries of the row · n).
void product_row(const Rows& left, std::size_t i, const Square& right, std::size_t begin, std::span<float> into);

/// The matrix the other way round, of a matrix with n columns. Linear.
Rows turned(const Rows& rows, std::size_t n);
/// Each row over its sum, or over `least` where that is more.
Rows shares(Rows rows, float least);
std::vector<float> sums(const Rows& rows);
/// What rows · values is.
std::vector<float> times(const Rows& rows, std::span<const float> values);

}  // namespace lacuna::uptake
