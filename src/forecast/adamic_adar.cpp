#include "forecast/adamic_adar.hpp"

#include <algorithm>
#include <cmath>

namespace lacuna::forecast {

SparseMatrix adjacency(const Candidates& candidates) {
  const std::size_t n = candidates.n;
  return sparse_of(n, n, [&](std::size_t i, std::size_t j) { return candidates.count[i * n + j] > 0 ? 1.0F : 0.0F; });
}

float decayed(std::int32_t day, std::int32_t now, float years) {
  if (day == Candidates::never) return 0;
  const float weight = std::exp(static_cast<float>(day - now) / (365.25F * years));
  return weight < 0.001F ? 0.0F : weight;
}

SparseMatrix decayed_adjacency(const Candidates& candidates, float years) {
  const std::size_t n = candidates.n;
  return sparse_of(
      n, n, [&](std::size_t i, std::size_t j) { return decayed(candidates.last[i * n + j], candidates.split->from, years); });
}

std::vector<float> adamic_adar_weights(const Candidates& candidates) {
  std::vector<float> weights;
  for (const float d : candidates.degree) weights.push_back(1 / std::log(std::max(d, 2.0F)));
  return weights;
}

std::vector<float> product_cells(const Candidates& candidates, const SparseMatrix& left, std::span<const float> weights,
                                 const SparseMatrix& right) {
  std::vector<float> cells(candidates.pairs());
  const auto fill = [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = candidates.begin[i]; p < candidates.begin[i + 1]; ++p) cells[p] = row[candidates.second[p]];
  };
  const auto end = std::ranges::lower_bound(candidates.begin, candidates.begin.back());  // No row behind it has pairs.
  each_product_row(left, weights, right, fill, static_cast<std::size_t>(end - candidates.begin.begin()));
  return cells;
}

std::vector<float> decayed_adamic_adar(const Candidates& candidates) {
  const SparseMatrix meetings = decayed_adjacency(candidates, decay_years);
  return product_cells(candidates, meetings, adamic_adar_weights(candidates), meetings);
}

}  // namespace lacuna::forecast
