#include "uptake/paths.hpp"

#include <algorithm>
#include <cmath>

#include "base/parallel.hpp"

namespace lacuna::uptake {

void each_product_row(const Rows& left, std::span<const float> weights, const Rows& right, std::size_t columns, const std::function<void(std::size_t, std::span<const float>)>& take, std::size_t rows) {
  on_all_cores(std::min(rows, left.size()), [&] {
    return [&, row = std::vector<float>(columns)](std::size_t i) mutable {
      std::ranges::fill(row, 0.0F);
      for (std::size_t k = left.begin[i]; k < left.begin[i + 1]; ++k) {
        const std::uint32_t middle = left.columns[k];
        const float value = left.values[k] * weights[middle];
        for (std::size_t m = right.begin[middle]; m < right.begin[middle + 1]; ++m) row[right.columns[m]] += value * right.values[m];
      }
      take(i, row);
    };
  });
}

std::vector<float> two_steps(const Trial& trial, const Rows& left, std::span<const float> weights, const Rows& right) {
  std::vector<float> scores(trial.pairs());
  const auto fill = [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) scores[p] = row[trial.second[p]];
  };
  const auto end = std::ranges::lower_bound(trial.begin, trial.begin.back());  // No row behind it has pairs.
  each_product_row(left, weights, right, trial.n, fill, static_cast<std::size_t>(end - trial.begin.begin()));
  return scores;
}

Rows met(const Trial& trial) {
  return rows_of(trial.n, [&](std::size_t i, std::size_t j) { return trial.count[i * trial.n + j] > 0 ? 1.0F : 0.0F; });
}

Rows faded(const Trial& trial, float years) {
  return rows_of(trial.n, [&](std::size_t i, std::size_t j) {
    const std::int32_t last = trial.last[i * trial.n + j];
    if (last == Trial::never) return 0.0F;
    const float weight = std::exp(static_cast<float>(last - trial.split->from) / (365.25F * years));
    return weight < 0.001F ? 0.0F : weight;
  });
}

std::vector<float> adamic_adar(const Trial& trial) {
  std::vector<float> weights;
  for (const float d : trial.degree) weights.push_back(1 / std::log(std::max(d, 2.0F)));
  return weights;
}

}  // namespace lacuna::uptake
