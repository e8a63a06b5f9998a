#include "match/logistic_regression.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"

namespace lacuna {
namespace {

constexpr Eigen::Index block = 4096;  ///< Examples whose sums are made by one thread; blocks are added in order.
constexpr int most_steps = 50;
constexpr double longest_step = 4;  ///< In any weight.
constexpr double least_step = 1e-9;
constexpr double least_share = 1e-3;  ///< Of a step, when it is halved.
constexpr double least_curvature = 1e-9;

/// What is made least, with its gradient and Hessian where these are asked for. The last weight is the intercept.
struct Objective {
  double value = 0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;
};

double probability(double log_odds) { return 1 / (1 + std::exp(-log_odds)); }

Objective objective_of_block(const TrainingSet& set, const Eigen::VectorXd& weights, Eigen::Index begin, Eigen::Index size,
                             bool curved) {
  const auto features = static_cast<Eigen::Index>(set.features);
  using Rows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
  Eigen::MatrixXd x(size, features + 1);
  x.leftCols(features) = Eigen::Map<const Rows>(set.values.data() + begin * features, size, features).cast<double>();
  x.col(features).setOnes();
  const Eigen::VectorXd log_odds = x * weights;
  Objective objective;
  Eigen::VectorXd residual(size);
  Eigen::VectorXd curvature(size);
  for (Eigen::Index r = 0; r < size; ++r) {
    const double z = log_odds[r];
    const double y = set.labels[static_cast<std::size_t>(begin + r)] != 0 ? 1 : 0;
    const double p = probability(z);
    objective.value += std::max(z, 0.0) + std::log1p(std::exp(-std::abs(z))) - y * z;
    residual[r] = p - y;
    curvature[r] = p * (1 - p);
  }
  if (!curved) return objective;
  objective.gradient = x.transpose() * residual;
  objective.hessian = x.transpose() * curvature.asDiagonal() * x;
  return objective;
}

Objective objective_of(const TrainingSet& set, const Eigen::VectorXd& weights, double ridge, bool curved) {
  const auto examples = static_cast<Eigen::Index>(set.labels.size());
  std::vector<Objective> parts(static_cast<std::size_t>((examples + block - 1) / block));
  on_all_cores(parts.size(), [&] {
    return [&](std::size_t p) {
      const Eigen::Index begin = static_cast<Eigen::Index>(p) * block;
      parts[p] = objective_of_block(set, weights, begin, std::min(block, examples - begin), curved);
    };
  });
  const Eigen::Index features = weights.size() - 1;
  Objective sum{ridge / 2 * weights.head(features).squaredNorm(), ridge * weights,
                least_curvature * Eigen::MatrixXd::Identity(features + 1, features + 1)};
  sum.gradient[features] = 0;
  sum.hessian.diagonal().head(features).array() += ridge;
  for (const Objective& part : parts) {
    sum.value += part.value;
    if (!curved) continue;
    sum.gradient += part.gradient;
    sum.hessian += part.hessian;
  }
  return sum;
}

}  // namespace

void TrainingSet::add(std::span<const double> example, bool positive) {
  values.insert(values.end(), example.begin(), example.end());
  labels.push_back(positive ? 1 : 0);
}

double LogisticModel::operator()(std::span<const double> example) const {
  double z = intercept;
  for (std::size_t i = 0; i < weights.size(); ++i) z += weights[i] * example[i];
  return probability(z);
}

LogisticModel fit_logistic(const TrainingSet& set, double ridge) {
  Eigen::VectorXd weights = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(set.features) + 1);
  for (int step = 0; step < most_steps; ++step) {
    const Objective at = objective_of(set, weights, ridge, true);
    Eigen::VectorXd move = at.hessian.ldlt().solve(at.gradient);
    const double length = move.lpNorm<Eigen::Infinity>();
    if (!(length > least_step)) break;
    if (length > longest_step) move *= longest_step / length;
    double share = 1;
    while (share > least_share && !(objective_of(set, weights - share * move, ridge, false).value < at.value)) share /= 2;
    if (share <= least_share) break;
    weights -= share * move;
  }
  return {{weights.data(), weights.data() + set.features}, weights[static_cast<Eigen::Index>(set.features)]};
}

}  // namespace lacuna
