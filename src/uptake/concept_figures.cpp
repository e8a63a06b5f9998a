#include "uptake/concept_figures.hpp"

#include <algorithm>
#include <cmath>

#include "uptake/linear/square.hpp"

namespace lacuna::uptake {
namespace {

constexpr double year = 365.25;

}  // namespace

Rows mutual_information(const Trial& trial) {
  const std::size_t n = trial.n;
  std::vector<float> sums(n);
  float total = 0;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) sums[i] += trial.count[i * n + j];
    total += sums[i];
  }
  Rows rows = rows_of(n, [&](std::size_t i, std::size_t j) {
    const float count = trial.count[i * n + j];
    return count > 0 ? std::max(0.0F, std::log(count * total / (sums[i] * sums[j]))) : 0.0F;
  });
  for (std::size_t i = 0; i < n; ++i) {
    float square = 0;
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) square += rows.values[k] * rows.values[k];
    for (std::size_t k = rows.begin[i]; k < rows.begin[i + 1]; ++k) rows.values[k] /= std::max(std::sqrt(square), 1e-9F);
  }
  return rows;
}

ConceptFigures concept_figures(const Trial& trial) {
  const std::size_t n = trial.n;
  const double from = trial.split->from;
  ConceptFigures figures;
  figures.works.assign(n, 0);
  figures.recent5.assign(n, 0);
  figures.recent3.assign(n, 0);
  std::vector<float> before5(n);
  float works5 = 0;
  float works10 = 0;
  std::vector<bool> old(n * n);
  for (const Split::Work& work : trial.split->before) {
    const bool in5 = work.day > from - 5 * year;
    const bool in10 = !in5 && work.day > from - 10 * year;
    works5 += in5 ? 1 : 0;
    works10 += in10 ? 1 : 0;
    for (const std::uint32_t a : work.concepts) {
      figures.works[a] += 1;
      figures.recent5[a] += in5 ? 1 : 0;
      figures.recent3[a] += work.day > from - 3 * year ? 1 : 0;
      before5[a] += in10 ? 1 : 0;
      for (const std::uint32_t b : work.concepts) {
        if (!in5 && a != b) old[a * n + b] = true;
      }
    }
  }
  for (std::size_t c = 0; c < n; ++c) {
    const auto row = old.begin() + static_cast<std::ptrdiff_t>(c * n);
    figures.gained.push_back(trial.degree[c] - static_cast<float>(std::count(row, row + static_cast<std::ptrdiff_t>(n), true)));
    figures.growth.push_back((figures.recent5[c] + 1) / (before5[c] + 1) * works10 / std::max(works5, 1.0F));
  }
  return figures;
}

}  // namespace lacuna::uptake
