// What the figures of pairs rest on: the earlier works of a trial, and the networks of concepts that they make.
#pragma once

#include <cmath>
#include <functional>
#include <string_view>

#include "base/parallel.hpp"
#include "uptake/linear/square.hpp"

namespace lacuna::uptake {

/// Pairs of concepts by the first one, as a trial has them; all of these, or a choice.
struct PairList {
  std::span<const std::uint32_t> begin;   ///< By first concept: its first pair; one more than concepts.
  std::span<const std::uint16_t> second;  ///< By pair, ascending for each first concept.
};

/// Receives a figure of all pairs of a list.
using TakeFigure = std::function<void(std::string_view name, const std::vector<float>& values)>;

constexpr double days_of_year = 365.25;

/// A trial seen from its first day. O(n² + Σ concepts²).
struct Ground {
  Ground(const Trial& trial, PairList pairs);

  const Trial& trial;
  PairList pairs;
  std::size_t n = 0;
  std::vector<float> age;      ///< By earlier work: years.
  std::vector<float> fading;   ///< By earlier work: exp(−age / 10).
  std::vector<float> recent;   ///< By earlier work: exp(−age / 4); 0 in fields without first editions, which cannot take a pair up.
  Rows met;                    ///< Concepts that met, as 1.
  Rows faded;                  ///< exp(−(day − last meeting) / 8 years).
  Rows fresh;                  ///< Concepts that met in the last five years for the first time, as 1.
  std::vector<float> gained;   ///< By concept: how many it met in the last two years for the first time.
  Rows together;               ///< Sums over the works that hold both of their `fading`.
  std::vector<float> one;      ///< n times 1.
  std::vector<float> adamic_adar;

  /// By concept: the sum over its earlier works of `value(work, place)`.
  template <class Value>
  [[nodiscard]] std::vector<float> by_concept(const Value& value) const {
    std::vector<double> totals(n);
    for (std::size_t w = 0; w < trial.split->before.size(); ++w) {
      const Split::Work& work = trial.split->before[w];
      for (const std::uint32_t c : work.concepts) totals[c] += value(work, w);
    }
    return {totals.begin(), totals.end()};
  }
};

/// The logarithm of a figure that is not negative but for rounding.
inline float logarithm(float value, float least) { return std::log(std::max(value, 0.0F) + least); }

/// `value(i, j)` of each pair, on all cores.
template <class Value>
std::vector<float> of_pairs(const PairList& pairs, const Value& value) {
  std::vector<float> values(pairs.second.size());
  on_all_cores(pairs.begin.size() - 1, [&] {
    return [&](std::size_t i) {
      for (std::uint32_t p = pairs.begin[i]; p < pairs.begin[i + 1]; ++p) values[p] = value(i, pairs.second[p]);
    };
  });
  return values;
}

/// `value(cell, i, j)` of each pair, where `cell` stands in row i of a matrix, which `fill(i, row)` makes from column i on, on all cores.
template <class Fill, class Value>
std::vector<float> of_rows(const PairList& pairs, const Fill& fill, const Value& value) {
  const std::size_t n = pairs.begin.size() - 1;
  std::vector<float> values(pairs.second.size());
  on_all_cores(n, [&] {
    return [&, row = std::vector<float>(n)](std::size_t i) mutable {
      if (pairs.begin[i] == pairs.begin[i + 1]) return;
      fill(i, std::span<float>(row));
      for (std::uint32_t p = pairs.begin[i]; p < pairs.begin[i + 1]; ++p) values[p] = value(row[pairs.second[p]], i, pairs.second[p]);
    };
  });
  return values;
}

/// `value(cell, i, j)` of each pair, where `cell` stands in left · diag(weights) · right.
template <class Value>
std::vector<float> of_product(const PairList& pairs, const Rows& left, std::span<const float> weights, const Rows& right, const Value& value) {
  std::vector<float> values(pairs.second.size());
  each_product_row(left, weights, right, pairs.begin.size() - 1, [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = pairs.begin[i]; p < pairs.begin[i + 1]; ++p) values[p] = value(row[pairs.second[p]], i, pairs.second[p]);
  });
  return values;
}

/// The logarithm of the cells of left · diag(weights) · right.
std::vector<float> product_figure(const PairList& pairs, const Rows& left, std::span<const float> weights, const Rows& right, float least);

/// By concept and field: the sum over works of `weights`.
Rows by_field(const Trial& trial, std::span<const float> weights);

}  // namespace lacuna::uptake
