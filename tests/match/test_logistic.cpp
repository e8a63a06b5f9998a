#include "match/logistic.hpp"

#include <catch2/catch.hpp>

#include <cmath>

using namespace lacuna;

namespace {

double logistic(double z) { return 1 / (1 + std::exp(-z)); }

/// On every point of a grid, as many right ones of `each` as the model has.
std::vector<Judged<2>> grid(double a, double b, double constant, int each) {
  std::vector<Judged<2>> rows;
  for (int x = -2; x <= 2; ++x) {
    for (int y = -2; y <= 2; ++y) {
      const auto right = std::lround(each * logistic(a * x + b * y + constant));
      for (int i = 0; i < each; ++i) rows.push_back({{static_cast<double>(x), static_cast<double>(y)}, i < right});
    }
  }
  return rows;
}

}  // namespace

TEST_CASE("logistic: without a penalty it recovers the weights that made the rows") {
  for (const auto& [a, b, constant] : {std::array{0.7, -1.2, 0.4}, std::array{0.0, 0.0, -2.0}, std::array{2.0, 0.5, -1.0}}) {
    const auto model = fit_logistic<2>(grid(a, b, constant, 2000), 0);
    CHECK(model.weights[0] == Approx(a).margin(0.01));
    CHECK(model.weights[1] == Approx(b).margin(0.01));
    CHECK(model.weights[2] == Approx(constant).margin(0.01));
    CHECK(model({1, 1}) == Approx(logistic(a + b + constant)).margin(0.003));
  }
}

TEST_CASE("logistic: at the optimum the rows pull as hard as the penalty, which spares the constant") {
  const auto rows = grid(1.5, -0.5, 1.0, 40);
  for (const double ridge : {0.5, 10.0, 1000.0}) {
    const auto model = fit_logistic<2>(rows, ridge);
    std::array<double, 3> pull{};
    for (const Judged<2>& row : rows) {
      const double residual = (row.right ? 1 : 0) - model(row.figures);
      for (std::size_t i = 0; i < 2; ++i) pull[i] += residual * row.figures[i];
      pull[2] += residual;
    }
    CHECK(pull[0] == Approx(ridge * model.weights[0]).margin(1e-6));
    CHECK(pull[1] == Approx(ridge * model.weights[1]).margin(1e-6));
    CHECK(pull[2] == Approx(0).margin(1e-6));
  }
  const auto free = fit_logistic<2>(rows, 0);
  const auto held = fit_logistic<2>(rows, 1000);
  CHECK(std::abs(held.weights[0]) < std::abs(free.weights[0]) / 2);
}

TEST_CASE("logistic: rows that a line parts give finite weights, with a penalty and without") {
  std::vector<Judged<1>> rows;
  for (int i = 1; i <= 10; ++i) {
    rows.push_back({{i * 1.0}, true});
    rows.push_back({{i * -1.0}, false});
  }
  const auto held = fit_logistic<1>(rows, 1);
  CHECK(held.weights[0] > 0);
  CHECK(held.weights[0] < 10);
  CHECK(held.weights[1] == Approx(0).margin(1e-6));
  CHECK(held({1}) > 0.5);
  CHECK(held({10}) > 0.99);
  const auto free = fit_logistic<1>(rows, 0);
  CHECK(std::isfinite(free.weights[0]));
  CHECK(free({1}) > 0.99);
  CHECK(free({-1}) < 0.01);
}

TEST_CASE("logistic: few rows, and rows that all say the same, give finite weights too") {
  const auto none = fit_logistic<2>(std::span<const Judged<2>>(), 1);
  CHECK(none({3, -3}) == 0.5);
  std::vector<Judged<2>> rows(5, {{1.0, 0.0}, true});
  const auto all = fit_logistic<2>(rows, 1);
  for (const double w : all.weights) CHECK(std::isfinite(w));
  CHECK(all({1, 0}) > 0.99);
  CHECK(all.weights[1] == 0);
  // The same rows, the same bits.
  const auto again = fit_logistic<2>(rows, 1);
  CHECK(all.weights == again.weights);
}
