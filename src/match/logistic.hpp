// Logistic regression on a few figures.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace lacuna {

/// Weights of figures and, last, the constant.
template <std::size_t N>
struct Logistic {
  std::array<double, N + 1> weights{};

  [[nodiscard]] double operator()(const std::array<double, N>& figures) const {
    double z = weights[N];
    for (std::size_t i = 0; i < N; ++i) z += weights[i] * figures[i];
    return 1 / (1 + std::exp(-z));
  }
};

template <std::size_t N>
struct Judged {
  std::array<double, N> figures{};
  bool right = false;
};

/// Maximum likelihood with a penalty of `ridge` / 2 on the square of every weight but the constant, by Newton's method (iteratively reweighted least squares;
/// McCullagh and Nelder 1989, 2.5). Deterministic. O(rows · N²) a step; converges in some ten.
template <std::size_t N>
Logistic<N> fit_logistic(std::span<const Judged<N>> rows, double ridge) {
  constexpr std::size_t size = N + 1;
  Logistic<N> model;
  for (int step = 0; step < 50; ++step) {
    std::array<std::array<double, size + 1>, size> system{};  // Of the Newton step, with its right side.
    for (const Judged<N>& row : rows) {
      std::array<double, size> x{};
      for (std::size_t i = 0; i < N; ++i) x[i] = row.figures[i];
      x[N] = 1;
      const double p = model(row.figures);
      const double weight = std::max(p * (1 - p), 1e-9);
      const double residual = (row.right ? 1.0 : 0.0) - p;
      for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t j = 0; j < size; ++j) system[i][j] += weight * x[i] * x[j];
        system[i][size] += residual * x[i];
      }
    }
    for (std::size_t i = 0; i < N; ++i) {
      system[i][i] += ridge;
      system[i][size] -= ridge * model.weights[i];
    }
    system[N][N] += 1e-9;
    // Gauss with pivots: the matrix is symmetric and positive.
    for (std::size_t i = 0; i < size; ++i) {
      std::size_t pivot = i;
      for (std::size_t k = i + 1; k < size; ++k) {
        if (std::abs(system[k][i]) > std::abs(system[pivot][i])) pivot = k;
      }
      std::swap(system[i], system[pivot]);
      for (std::size_t k = i + 1; k < size; ++k) {
        const double factor = system[k][i] / system[i][i];
        for (std::size_t j = i; j <= size; ++j) system[k][j] -= factor * system[i][j];
      }
    }
    double moved = 0;
    std::array<double, size> delta{};
    for (std::size_t i = size; i-- > 0;) {
      double rest = system[i][size];
      for (std::size_t j = i + 1; j < size; ++j) rest -= system[i][j] * delta[j];
      delta[i] = rest / system[i][i];
      moved = std::max(moved, std::abs(delta[i]));
    }
    const double damp = moved > 4 ? 4 / moved : 1;
    for (std::size_t i = 0; i < size; ++i) model.weights[i] += damp * delta[i];
    if (moved < 1e-9) break;
  }
  return model;
}

}  // namespace lacuna
