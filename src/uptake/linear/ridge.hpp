// Logistic regression on many rows.
#pragma once

#include <cstdint>
#include <vector>

namespace lacuna::uptake {

/// Rows of as many figures each, and which of them were right.
struct Lessons {
  std::size_t figures = 0;
  std::vector<float> cells;  ///< By row.
  std::vector<std::uint8_t> right;
};

/// Weights of the figures and, last, the constant, that make Σ log-loss + ridge / 2 · Σ weight² least, the constant not counted (le Cessie and van Houwelingen
/// 1992), by Newton's method (McCullagh and Nelder 1989, 2.5), steps halved until they are better. Needs right and wrong rows. The same bits on any number of
/// cores. O(rows · figures²) a step; some ten steps.
std::vector<double> fit_ridge(const Lessons& lessons, double ridge);

}  // namespace lacuna::uptake
