#include "uptake/linear/ridge.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "base/parallel.hpp"

namespace lacuna::uptake {
namespace {

constexpr std::size_t at_once = 4096;  ///< Rows; their sums are added in order.
constexpr int most_steps = 25;
constexpr double least_gain = 1e-6;    ///< Of the objective.
constexpr double least_step = 1e-3;
constexpr double diagonal = 1e-3;      ///< Added to the curvature.

/// The objective and, where asked for, its slope and curvature: the lower triangle.
struct Bend {
  double value = 0;
  std::vector<double> slope;
  std::vector<double> curvature;

  void add(const Bend& other) {
    value += other.value;
    for (std::size_t k = 0; k < slope.size(); ++k) slope[k] += other.slope[k];
    for (std::size_t k = 0; k < curvature.size(); ++k) curvature[k] += other.curvature[k];
  }
};

Bend bend_of_rows(const Lessons& lessons, const std::vector<double>& weights, std::size_t begin, std::size_t end, bool curved) {
  const std::size_t size = weights.size();
  Bend bend{0, std::vector<double>(curved ? size : 0), std::vector<double>(curved ? size * size : 0)};
  std::vector<double> x(size, 1.0);
  for (std::size_t r = begin; r < end; ++r) {
    std::copy_n(lessons.cells.begin() + static_cast<std::ptrdiff_t>(r * lessons.figures), lessons.figures, x.begin());
    double sum = 0;
    for (std::size_t k = 0; k < size; ++k) sum += weights[k] * x[k];
    const double y = lessons.right[r] != 0 ? 1 : 0;
    bend.value += std::max(sum, 0.0) + std::log1p(std::exp(-std::abs(sum))) - y * sum;
    if (!curved) continue;
    const double p = 1 / (1 + std::exp(-sum));
    for (std::size_t a = 0; a < size; ++a) {
      bend.slope[a] += (p - y) * x[a];
      const double part = p * (1 - p) * x[a];
      double* const into = &bend.curvature[a * size];
      for (std::size_t b = 0; b <= a; ++b) into[b] += part * x[b];
    }
  }
  return bend;
}

Bend bend_of(const Lessons& lessons, const std::vector<double>& weights, double ridge, bool curved) {
  const std::size_t rows = lessons.right.size();
  std::vector<Bend> parts((rows + at_once - 1) / at_once);
  on_all_cores(parts.size(), [&] { return [&](std::size_t p) { parts[p] = bend_of_rows(lessons, weights, p * at_once, std::min(rows, (p + 1) * at_once), curved); }; });
  Bend bend = std::move(parts.front());
  for (std::size_t p = 1; p < parts.size(); ++p) bend.add(parts[p]);
  const std::size_t size = weights.size();
  for (std::size_t k = 0; k < size; ++k) {
    const double own = k < lessons.figures ? ridge : 0;
    bend.value += own / 2 * weights[k] * weights[k];
    if (!curved) continue;
    bend.slope[k] += own * weights[k];
    bend.curvature[k * size + k] += own + diagonal;
  }
  return bend;
}

/// What times the symmetric, positive matrix of which `lower` holds the lower triangle is `right`, by Cholesky's factor.
std::vector<double> solved(std::vector<double> lower, std::vector<double> right) {
  const std::size_t size = right.size();
  const auto at = [&](std::size_t i, std::size_t j) -> double& { return lower[i * size + j]; };
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < j; ++k) at(i, j) -= at(i, k) * at(j, k);
      if (j < i) at(i, j) /= at(j, j);
    }
    at(i, i) = std::sqrt(at(i, i));
    for (std::size_t k = 0; k < i; ++k) right[i] -= at(i, k) * right[k];
    right[i] /= at(i, i);
  }
  for (std::size_t i = size; i-- > 0;) {
    for (std::size_t k = i + 1; k < size; ++k) right[i] -= at(k, i) * right[k];
    right[i] /= at(i, i);
  }
  return right;
}

}  // namespace

std::vector<double> fit_ridge(const Lessons& lessons, double ridge) {
  const auto right = static_cast<double>(std::ranges::count(lessons.right, 1));
  std::vector<double> weights(lessons.figures + 1);
  weights.back() = std::log(right / (static_cast<double>(lessons.right.size()) - right));
  for (int step = 0; step < most_steps; ++step) {
    Bend bend = bend_of(lessons, weights, ridge, true);
    const double value = bend.value;
    const std::vector<double> way = solved(std::move(bend.curvature), std::move(bend.slope));
    double length = 1;
    std::vector<double> next(weights.size());
    double reached = value;
    for (; length > least_step; length /= 2) {
      for (std::size_t k = 0; k < weights.size(); ++k) next[k] = weights[k] - length * way[k];
      reached = bend_of(lessons, next, ridge, false).value;
      if (reached < value) break;
    }
    if (length <= least_step) break;
    weights = next;
    if (value - reached < least_gain * std::abs(value)) break;
  }
  return weights;
}

}  // namespace lacuna::uptake
