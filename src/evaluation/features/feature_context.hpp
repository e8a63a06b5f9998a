// What the features of pairs rest on: the earlier works of a trial, and the networks of concepts that they make.
#pragma once

#include <cmath>
#include <functional>
#include <string_view>

#include "base/parallel.hpp"
#include "evaluation/features/matrices.hpp"
#include "forecast/candidates.hpp"

namespace lacuna::evaluation {

/// Pairs of concepts by the first one, as a trial has them; all of these, or a choice.
struct PairList {
  std::span<const std::uint32_t> begin;   ///< By first concept: its first pair; one more than concepts.
  std::span<const std::uint16_t> second;  ///< By pair, ascending for each first concept.
};

/// Receives a feature of all pairs of a list.
using TakeFeature = std::function<void(std::string_view name, const std::vector<float>& values)>;

constexpr double days_of_year = 365.25;

/// Candidates seen from the first day. O(n² + Σ concepts²).
struct FeatureContext {
  FeatureContext(const Candidates& candidates, PairList pairs);

  const Candidates& candidates;
  PairList pairs;
  std::size_t n = 0;
  std::vector<float> age;    ///< By earlier work: years.
  std::vector<float> decay;  ///< By earlier work: exp(−age / 10).
  std::vector<float>
      recency;           ///< By earlier work: exp(−age / 4); 0 in fields without first editions, which cannot take a pair up.
  SparseMatrix met;      ///< Concepts that met, as 1.
  SparseMatrix decayed;  ///< exp(−(day − last meeting) / 8 years).
  SparseMatrix fresh;    ///< Concepts that met in the last five years for the first time, as 1.
  std::vector<float> gained;  ///< By concept: how many it met in the last two years for the first time.
  SparseMatrix together;      ///< Sums over the works that hold both of their `decay`.
  std::vector<float> ones;    ///< n times 1.
  std::vector<float> adamic_adar;

  /// By concept: the sum over its earlier works of `value(work, place)`.
  template <class Value>
  [[nodiscard]] std::vector<float> by_concept(const Value& value) const {
    std::vector<double> totals(n);
    for (std::size_t w = 0; w < candidates.split->before.size(); ++w) {
      const Split::Work& work = candidates.split->before[w];
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

/// `value(cell, i, j)` of each pair, where `cell` stands in row i of a matrix, which `fill(i, row)` makes from column i on, on
/// all cores.
template <class Fill, class Value>
std::vector<float> of_rows(const PairList& pairs, const Fill& fill, const Value& value) {
  const std::size_t n = pairs.begin.size() - 1;
  std::vector<float> values(pairs.second.size());
  on_all_cores(n, [&] {
    return [&, row = std::vector<float>(n)](std::size_t i) mutable {
      if (pairs.begin[i] == pairs.begin[i + 1]) return;
      fill(i, std::span<float>(row));
      for (std::uint32_t p = pairs.begin[i]; p < pairs.begin[i + 1]; ++p)
        values[p] = value(row[pairs.second[p]], i, pairs.second[p]);
    };
  });
  return values;
}

/// `value(cell, i, j)` of each pair, where `cell` stands in left · diag(weights) · right.
template <class Value>
std::vector<float> of_product(const PairList& pairs, const SparseMatrix& left, std::span<const float> weights,
                              const SparseMatrix& right, const Value& value) {
  std::vector<float> values(pairs.second.size());
  each_product_row(left, weights, right, [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = pairs.begin[i]; p < pairs.begin[i + 1]; ++p)
      values[p] = value(row[pairs.second[p]], i, pairs.second[p]);
  });
  return values;
}

/// The logarithm of the cells of left · diag(weights) · right.
std::vector<float> product_feature(const PairList& pairs, const SparseMatrix& left, std::span<const float> weights,
                                   const SparseMatrix& right, float least);

/// By concept and field: the sum over works of `weights`.
SparseMatrix by_field(const Candidates& candidates, std::span<const float> weights);

}  // namespace lacuna::evaluation
