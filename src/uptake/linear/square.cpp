#include "uptake/linear/square.hpp"

#include <algorithm>

#include "base/parallel.hpp"

namespace lacuna::uptake {

Square product(const Rows& left, std::span<const float> weights, const Rows& right) {
  Square result(left.size());
  each_product_row(left, weights, right, result.n, [&](std::size_t i, std::span<const float> row) { std::ranges::copy(row, result.row(i).begin()); });
  return result;
}

void product_row(const Rows& left, std::size_t i, const Square& right, std::size_t begin, std::span<float> into) {
  std::ranges::fill(into.subspan(begin), 0.0F);
  for (std::size_t k = left.begin[i]; k < left.begin[i + 1]; ++k) {
    const float value = left.values[k];
    const std::span<const float> row = right.row(left.columns[k]);
    for (std::size_t j = begin; j < right.n; ++j) into[j] += value * row[j];
  }
}

Rows turned(const Rows& rows, std::size_t n) {
  Rows result;
  result.begin.assign(n + 1, 0);
  for (const std::uint32_t column : rows.columns) ++result.begin[column + 1];
  for (std::size_t c = 0; c < n; ++c) result.begin[c + 1] += result.begin[c];
  result.columns.resize(rows.columns.size());
  result.values.resize(rows.columns.size());
  std::vector<std::size_t> next(result.begin.begin(), result.begin.end() - 1);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) {
      const std::size_t place = next[rows.columns[k]]++;
      result.columns[place] = static_cast<std::uint32_t>(i);
      result.values[place] = rows.values[k];
    }
  }
  return result;
}

std::vector<float> sums(const Rows& rows) { return times(rows, {}); }

Rows shares(Rows rows, float least) {
  const std::vector<float> all = sums(rows);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) rows.values[k] /= std::max(all[i], least);
  }
  return rows;
}

std::vector<float> times(const Rows& rows, std::span<const float> values) {
  std::vector<float> result;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    double sum = 0;
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) sum += static_cast<double>(rows.values[k]) * (values.empty() ? 1.0F : values[rows.columns[k]]);
    result.push_back(static_cast<float>(sum));
  }
  return result;
}

}  // namespace lacuna::uptake
