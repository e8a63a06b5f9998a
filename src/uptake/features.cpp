#include "uptake/features.hpp"

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

namespace {

/// Chance of a walk that goes from one concept to the other in two steps, and back.
std::vector<float> walks(const Trial& trial) {
  const std::size_t n = trial.n;
  std::vector<float> sums(n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) sums[i] += trial.count[i * n + j];
  }
  const Rows steps = rows_of(n, [&](std::size_t i, std::size_t j) { return trial.count[i * n + j] / std::max(sums[i], 1.0F); });
  std::vector<float> cells(n * n);
  each_product_row(steps, std::vector<float>(n, 1.0F), steps, n, [&](std::size_t i, std::span<const float> row) { std::ranges::copy(row, cells.begin() + static_cast<std::ptrdiff_t>(i * n)); });
  std::vector<float> scores(trial.pairs());
  for (std::size_t i = 0; i < n; ++i) {
    for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) scores[p] = cells[i * n + trial.second[p]] + cells[trial.second[p] * n + i];
  }
  return scores;
}

}  // namespace

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

Features::Features(const Trial& trial) : trial_(trial), concepts_(concept_figures(trial)) {
  const std::vector<float> one(trial.n, 1.0F);
  const std::vector<float> weights = uptake::adamic_adar(trial);
  const Rows plain = met(trial);
  common_ = two_steps(trial, plain, one, plain);
  adamic_adar_ = two_steps(trial, plain, weights, plain);
  std::vector<float> shares;
  for (const float d : trial.degree) shares.push_back(1 / std::max(d, 1.0F));
  allocation_ = two_steps(trial, plain, shares, plain);
  const Rows information = mutual_information(trial);
  cosine_ = two_steps(trial, information, one, turned(information, trial.n));
  rank64_ = low_rank(trial);
  walk_ = walks(trial);
  const Rows faded3 = faded(trial, 3);
  faded3_ = two_steps(trial, faded3, weights, faded3);
  const Rows faded8 = faded(trial, 8);
  faded8_ = two_steps(trial, faded8, weights, faded8);
  for (std::size_t c = 0; c < trial.n; ++c) {
    float sum = 0;
    for (std::size_t k = faded8.begin[c]; k < faded8.begin[c + 1]; ++k) sum += faded8.values[k];
    shares[c] = 1 / std::max(sum, 0.5F);
  }
  faded_allocation_ = two_steps(trial, faded8, shares, faded8);
}

void Features::of(std::uint32_t first, std::uint32_t pair, std::array<float, feature_count>& into) const {
  const std::size_t i = first;
  const std::size_t j = trial_.second[pair];
  std::size_t next = 0;
  const auto logarithm = [&](float value, float least = 0.1F) { into[next++] = std::log(std::max(value, 0.0F) + least); };
  const auto both = [&](const std::vector<float>& figures) {
    logarithm(std::min(figures[i], figures[j]));
    logarithm(std::max(figures[i], figures[j]));
  };
  logarithm(trial_.degree[i] * trial_.degree[j]);
  logarithm(common_[pair]);
  into[next++] = common_[pair] / std::max(trial_.degree[i] + trial_.degree[j] - common_[pair], 1.0F);  // Jaccard.
  logarithm(adamic_adar_[pair]);
  logarithm(allocation_[pair], 1e-3F);
  into[next++] = cosine_[pair];
  logarithm(rank64_[pair], 1e-3F);
  logarithm(walk_[pair], 1e-5F);
  logarithm(concepts_.growth[i] * concepts_.growth[j]);
  logarithm((concepts_.gained[i] + 1) * (concepts_.gained[j] + 1));
  logarithm((concepts_.recent3[i] + 0.5F) * (concepts_.recent3[j] + 0.5F));
  logarithm((concepts_.recent5[i] + 0.5F) * (concepts_.recent5[j] + 0.5F));
  logarithm(faded3_[pair]);
  logarithm(faded8_[pair]);
  logarithm(faded_allocation_[pair], 1e-3F);
  both(trial_.degree);
  both(concepts_.works);
  both(concepts_.recent5);
  both(concepts_.gained);
  both(concepts_.growth);
}

}  // namespace lacuna::uptake
