#include "match/rank_weights.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

namespace lacuna {
namespace {

double times(const SignalRow& row, const Weights& weights) {
  double sum = 0;
  for (std::size_t s = 0; s < signals; ++s) sum += weights[s] * row[s];
  return sum;
}

double squared(const Weights& a, const Weights& b) {
  double sum = 0;
  for (std::size_t s = 0; s < signals; ++s) sum += (a[s] - b[s]) * (a[s] - b[s]);
  return sum;
}

/// The loss at `weights`, and its gradient.
double loss_of(std::span<const WeighingTrial> trials, double all, const Weights& weights, const Weights& prior, double pull,
               Weights& gradient) {
  gradient.fill(0);
  double loss = 0;
  std::vector<double> scores;
  std::vector<std::uint8_t> is_right;
  for (const WeighingTrial& trial : trials) {
    scores.clear();
    double highest = -1e300;
    for (const SignalRow& row : trial.rows) {
      scores.push_back(times(row, weights));
      highest = std::max(highest, scores.back());
    }
    double sum = 0;
    for (double& score : scores) sum += score = std::exp(score - highest);
    is_right.assign(trial.rows.size(), 0);
    double right = 0;
    for (const std::uint32_t r : trial.right) {
      right += scores[r];
      is_right[r] = 1;
    }
    right = std::max(right, 1e-12 * sum);
    loss -= trial.counts / all * std::log(right / sum);
    for (std::size_t r = 0; r < scores.size(); ++r) {
      const double force = trial.counts / all * (scores[r] / sum - (is_right[r] != 0 ? scores[r] / right : 0));
      for (std::size_t s = 0; s < signals; ++s) gradient[s] += force * trial.rows[r][s];
    }
  }
  for (std::size_t s = 0; s < signals; ++s) gradient[s] += 2 * pull * (weights[s] - prior[s]);
  return loss + pull * squared(weights, prior);
}

double log_odds(const Calibration& k, double p) { return k.a * std::log(p) + k.b * std::log1p(-p) + k.c; }

double kept_inside(double p) { return std::clamp(p, 1e-9, 1 - 1e-9); }

}  // namespace

Weights fit_weights(std::span<const WeighingTrial> trials, const Weights& prior, double pull) {
  double all = 0;
  for (const WeighingTrial& trial : trials) all += trial.counts;
  if (all <= 0) return prior;
  Weights at = prior;
  Weights gradient{};
  double loss = loss_of(trials, all, at, prior, pull, gradient);
  double step = 1;
  for (int round = 0; round < 200; ++round) {
    Weights next{};
    Weights next_gradient{};
    double next_loss = 0;
    bool better = false;
    for (int attempt = 0; attempt < 30 && !better; ++attempt) {
      for (std::size_t s = 0; s < signals; ++s) next[s] = std::max(0.0, at[s] - step * gradient[s]);
      next_loss = loss_of(trials, all, next, prior, pull, next_gradient);
      double downhill = 0;
      for (std::size_t s = 0; s < signals; ++s) downhill += gradient[s] * (next[s] - at[s]);
      better = next_loss <= loss + 1e-4 * downhill;
      if (!better) step /= 2;
    }
    const double moved = squared(next, at);
    if (!better || moved < 1e-10) break;
    double bend = 0;
    for (std::size_t s = 0; s < signals; ++s) bend += (next[s] - at[s]) * (next_gradient[s] - gradient[s]);
    step = bend > 1e-12 ? std::clamp(moved / bend, 1e-3, 1e4) : step * 2;
    at = next;
    gradient = next_gradient;
    loss = next_loss;
  }
  return at;
}

double Calibration::operator()(double p) const { return 1 / (1 + std::exp(-log_odds(*this, kept_inside(p)))); }

Calibration fit_calibration(std::span<const CalibrationPair> pairs, const Calibration& prior) {
  constexpr double pull = 0.5;
  Calibration k = prior;
  bool bent = true;  // false: b stays 0
  for (int round = 0; round < 50; ++round) {
    Eigen::Matrix3d hessian = Eigen::Matrix3d::Zero();
    Eigen::Vector3d gradient = Eigen::Vector3d::Zero();
    for (const CalibrationPair& pair : pairs) {
      const double p = kept_inside(pair.p);
      const Eigen::Vector3d x(std::log(p), bent ? std::log1p(-p) : 0, 1);
      const double q = 1 / (1 + std::exp(-log_odds(k, p)));
      gradient += pair.counts * (q - (pair.right ? 1 : 0)) * x;
      hessian += pair.counts * q * (1 - q) * x * x.transpose();
    }
    gradient += pull * Eigen::Vector3d(k.a - prior.a, k.b - prior.b, k.c - prior.c);
    hessian.diagonal().array() += pull;
    const Eigen::Vector3d move = hessian.ldlt().solve(gradient);
    const double largest = move.lpNorm<Eigen::Infinity>();
    const double share = largest > 2 ? 2 / largest : 1;
    k.a -= share * move[0];
    k.b -= bent ? share * move[1] : 0;
    k.c -= share * move[2];
    if (bent && k.b > 0) {
      bent = false;
      k.b = 0;
    }
    k.a = std::max(k.a, 0.0);
    if (largest < 1e-8) break;
  }
  return k;
}

}  // namespace lacuna
