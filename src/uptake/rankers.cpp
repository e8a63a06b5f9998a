// The table of ways to rank pairs of concepts.
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>

#include "base/parallel.hpp"
#include "match/logistic.hpp"
#include "uptake/features.hpp"
#include "uptake/linear/linear_ranker.hpp"
#include "uptake/paths.hpp"

namespace lacuna {
namespace {

using namespace uptake;

std::vector<float> chance(const Trial& trial, const Trial*) { return std::vector<float>(trial.pairs()); }

/// `value(first, second)` of all pairs.
template <class Value>
std::vector<float> of_pairs(const Trial& trial, const Value& value) {
  std::vector<float> scores(trial.pairs());
  for (std::size_t i = 0; i < trial.n; ++i) {
    for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) scores[p] = value(i, trial.second[p]);
  }
  return scores;
}

std::vector<float> degree_product(const Trial& trial, const Trial*) {
  return of_pairs(trial, [&](std::size_t i, std::size_t j) { return trial.degree[i] * trial.degree[j]; });
}

std::vector<float> common_neighbours(const Trial& trial, const Trial*) {
  const Rows rows = met(trial);
  return two_steps(trial, rows, std::vector<float>(trial.n, 1.0F), rows);
}

std::vector<float> adamic_adar_sums(const Trial& trial, const Trial*) {
  const Rows rows = met(trial);
  return two_steps(trial, rows, adamic_adar(trial), rows);
}

std::vector<float> faded_adamic_adar(const Trial& trial, const Trial*) {
  const Rows rows = faded(trial, 8);
  return two_steps(trial, rows, adamic_adar(trial), rows);
}

std::vector<float> gained_product(const Trial& trial, const Trial*) {
  const std::vector<float> gained = concept_figures(trial).gained;
  return of_pairs(trial, [&](std::size_t i, std::size_t j) { return (gained[i] + 1) * (gained[j] + 1); });
}

constexpr std::size_t negatives = 25;  ///< For each positive.

/// Pairs to learn from: all that were taken up, and `negatives` times as many others, always the same ones.
std::vector<Judged<feature_count>> lessons(const Trial& trial, const Features& features) {
  std::vector<std::uint32_t> right;
  for (std::uint32_t p = 0; p < trial.pairs(); ++p) {
    if ((trial.labels[p] & bit(Outcome::any)) != 0) right.push_back(p);
  }
  std::vector<std::uint32_t> chosen = right;
  std::mt19937 random(1);
  std::vector<bool> taken(trial.pairs());
  for (std::size_t left = std::min(negatives * right.size(), trial.pairs() - right.size()); left > 0;) {
    const auto p = static_cast<std::uint32_t>(random() % trial.pairs());
    if (taken[p] || (trial.labels[p] & bit(Outcome::any)) != 0) continue;
    taken[p] = true;
    chosen.push_back(p);
    --left;
  }
  std::ranges::sort(chosen);
  std::vector<Judged<feature_count>> rows(chosen.size());
  std::array<float, feature_count> figures{};
  for (std::size_t r = 0; r < rows.size(); ++r) {
    features.of(trial.first(chosen[r]), chosen[r], figures);
    std::ranges::copy(figures, rows[r].figures.begin());
    rows[r].right = (trial.labels[chosen[r]] & bit(Outcome::any)) != 0;
  }
  return rows;
}

std::vector<float> logistic(const Trial& trial, const Trial* earlier) {
  std::array<double, feature_count> mean{};
  std::array<double, feature_count> deviation{};
  Logistic<feature_count> model;
  {
    const Features past(*earlier);
    std::vector<Judged<feature_count>> rows = lessons(*earlier, past);
    if (rows.empty()) return std::vector<float>(trial.pairs());
    const auto n = static_cast<double>(rows.size());
    for (std::size_t f = 0; f < feature_count; ++f) {
      for (const auto& row : rows) mean[f] += row.figures[f] / n;
      for (const auto& row : rows) deviation[f] += (row.figures[f] - mean[f]) * (row.figures[f] - mean[f]) / n;
      deviation[f] = std::sqrt(deviation[f]) + 1e-9;
      for (auto& row : rows) row.figures[f] = (row.figures[f] - mean[f]) / deviation[f];
    }
    model = fit_logistic<feature_count>(rows, 1.0);
  }
  const Features now(trial);
  std::vector<float> scores(trial.pairs());
  on_all_cores(trial.n, [&] {
    return [&](std::size_t i) {
      std::array<float, feature_count> figures{};
      for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) {
        now.of(static_cast<std::uint32_t>(i), p, figures);
        double sum = model.weights[feature_count];
        for (std::size_t f = 0; f < feature_count; ++f) sum += model.weights[f] * (figures[f] - mean[f]) / deviation[f];
        scores[p] = static_cast<float>(sum);
      }
    };
  });
  return scores;
}

constexpr PairRanker rankers[] = {
    {"chance", "any order", false, chance},
    {"degree product", "concepts that met many others meet more (preferential attachment)", false, degree_product},
    {"common neighbours", "how many concepts both have met", false, common_neighbours},
    {"Adamic-Adar", "the same, a neighbour counting the less the more it has met", false, adamic_adar_sums},
    {"new-degree product", "concepts that met many others in the last five years", false, gained_product},
    {"decayed Adamic-Adar", "Adamic-Adar where meetings fade by 1/e in eight years", false, faded_adamic_adar},
    {"logistic", "25 figures of the network and its last years, weighted by what came after an earlier day", true, logistic},
    {"linear", "36 figures of meetings, company, fields and words, weighted by what came after two earlier days", true, linear_ranking},
};

}  // namespace

std::span<const PairRanker> pair_rankers() { return rankers; }

}  // namespace lacuna
