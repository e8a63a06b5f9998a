#include "match/logistic_regression.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace lacuna;

namespace {

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

/// On every point of a grid, as many right ones of `each` as the model has.
TrainingSet grid(double a, double b, double constant, int each) {
  TrainingSet set{2};
  for (int x = -2; x <= 2; ++x) {
    for (int y = -2; y <= 2; ++y) {
      const auto right = std::lround(each * logistic(a * x + b * y + constant));
      for (int i = 0; i < each; ++i) set.add(std::array{static_cast<double>(x), static_cast<double>(y)}, i < right);
    }
  }
  return set;
}

}  // namespace

TEST_CASE("logistic: without a penalty it recovers the weights that made the rows") {
  for (const auto& [a, b, constant] : {std::array{0.7, -1.2, 0.4}, std::array{0.0, 0.0, -2.0}, std::array{2.0, 0.5, -1.0}}) {
    const auto model = fit_logistic(grid(a, b, constant, 2000), 0);
    CHECK(model.weights[0] == Approx(a).margin(0.01));
    CHECK(model.weights[1] == Approx(b).margin(0.01));
    CHECK(model.intercept == Approx(constant).margin(0.01));
    CHECK(model(std::array{1.0, 1.0}) == Approx(logistic(a + b + constant)).margin(0.003));
  }
}

TEST_CASE("logistic: at the optimum the rows pull as hard as the penalty, which spares the constant") {
  const auto rows = grid(1.5, -0.5, 1.0, 40);
  for (const double ridge : {0.5, 10.0, 1000.0}) {
    const auto model = fit_logistic(rows, ridge);
    std::array<double, 3> pull{};
    for (std::size_t r = 0; r < rows.labels.size(); ++r) {
      const std::array<double, 2> example{rows.values[2 * r], rows.values[2 * r + 1]};
      const double residual = rows.labels[r] - model(example);
      for (std::size_t i = 0; i < 2; ++i) pull[i] += residual * example[i];
      pull[2] += residual;
    }
    CHECK(pull[0] == Approx(ridge * model.weights[0]).margin(1e-6));
    CHECK(pull[1] == Approx(ridge * model.weights[1]).margin(1e-6));
    CHECK(pull[2] == Approx(0).margin(1e-6));
  }
  const auto free = fit_logistic(rows, 0);
  const auto held = fit_logistic(rows, 1000);
  CHECK(std::abs(held.weights[0]) < std::abs(free.weights[0]) / 2);
}

TEST_CASE("logistic: rows that a line parts give finite weights, with a penalty and without") {
  TrainingSet rows{1};
  for (int i = 1; i <= 10; ++i) {
    rows.add(std::array{i * 1.0}, true);
    rows.add(std::array{i * -1.0}, false);
  }
  const auto held = fit_logistic(rows, 1);
  CHECK(held.weights[0] > 0);
  CHECK(held.weights[0] < 10);
  CHECK(held.intercept == Approx(0).margin(1e-6));
  CHECK(held(std::array{1.0}) > 0.5);
  CHECK(held(std::array{10.0}) > 0.99);
  const auto free = fit_logistic(rows, 0);
  CHECK(std::isfinite(free.weights[0]));
  CHECK(free(std::array{1.0}) > 0.99);
  CHECK(free(std::array{-1.0}) < 0.01);
}

TEST_CASE("logistic: few rows, and rows that all say the same, give finite weights too") {
  const auto none = fit_logistic(TrainingSet{2}, 1);
  CHECK(none(std::array{3.0, -3.0}) == 0.5);
  TrainingSet rows{2};
  for (int i = 0; i < 5; ++i) rows.add(std::array{1.0, 0.0}, true);
  const auto all = fit_logistic(rows, 1);
  for (const double w : all.weights) CHECK(std::isfinite(w));
  CHECK(std::isfinite(all.intercept));
  CHECK(all(std::array{1.0, 0.0}) > 0.99);
  CHECK(all.weights[1] == 0);
  // The same rows, the same bits.
  const auto again = fit_logistic(rows, 1);
  CHECK(all.weights == again.weights);
  CHECK(all.intercept == again.intercept);
}

TEST_CASE("logistic: the penalty keeps a weight at its closed form and leaves the intercept alone") {
  // Three of four right at +1, one of four at −1: the slope is 8 (3/4 − σ(w)), and 8 (3/4 − 2/3) = ridge · ln 2.
  const TrainingSet even{1, {1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, 1, 0, 0, 0, 0, 1}};
  const LogisticModel model = fit_logistic(even, 2 / (3 * std::log(2.0)));
  CHECK(model.weights[0] == Approx(std::log(2.0)));
  CHECK(model.intercept == Approx(0).margin(1e-9));
  CHECK(fit_logistic(even, 0).weights[0] == Approx(std::log(3.0)));
  const LogisticModel nothing = fit_logistic({1, {0, 0, 0, 0}, {1, 0, 0, 0}}, 1);
  CHECK(nothing.weights[0] == 0);
  CHECK(nothing.intercept == Approx(-std::log(3.0)));
}
