#include "evaluation/concept_statistics.hpp"

#include <algorithm>
#include <cmath>

#include "evaluation/features/matrices.hpp"

namespace lacuna::evaluation {

SparseMatrix mutual_information(const Candidates& candidates) {
  const std::size_t n = candidates.n;
  std::vector<float> sums(n);
  float total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) sums[i] += candidates.count[i * n + j];
    total += sums[i];
  }
  return unit_rows(sparse_of(n, n,
                             [&](std::size_t i, std::size_t j) {
                               const float count = candidates.count[i * n + j];
                               return count > 0 ? std::max(0.0F, std::log(count * total / (sums[i] * sums[j]))) : 0.0F;
                             }),
                   1e-9F);
}

std::vector<float> gained_neighbours(const Candidates& candidates) {
  constexpr double five_years = 5 * 365.25;
  const std::size_t n = candidates.n;
  std::vector<bool> old(n * n);
  for (const Split::Work& work : candidates.split->before) {
    if (work.day > candidates.split->from - five_years) continue;
    for (const std::uint32_t a : work.concepts) {
      for (const std::uint32_t b : work.concepts) {
        if (a != b) old[a * n + b] = true;
      }
    }
  }
  std::vector<float> gained;
  for (std::size_t c = 0; c < n; ++c) {
    const auto row = old.begin() + static_cast<std::ptrdiff_t>(c * n);
    gained.push_back(candidates.degree[c] - static_cast<float>(std::count(row, row + static_cast<std::ptrdiff_t>(n), true)));
  }
  return gained;
}

}  // namespace lacuna::evaluation
