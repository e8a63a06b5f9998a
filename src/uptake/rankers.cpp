// The table of ways to rank pairs of concepts.
#include "uptake/concept_figures.hpp"
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

constexpr PairRanker rankers[] = {
    {"chance", "any order", false, chance},
    {"degree product", "concepts that met many others meet more (preferential attachment)", false, degree_product},
    {"common neighbours", "how many concepts both have met", false, common_neighbours},
    {"Adamic-Adar", "the same, a neighbour counting the less the more it has met", false, adamic_adar_sums},
    {"new-degree product", "concepts that met many others in the last five years", false, gained_product},
    {"decayed Adamic-Adar", "Adamic-Adar where meetings fade by 1/e in eight years", false, faded_adamic_adar},
    {"linear", "36 figures of meetings, company, fields and words, weighted by what came after two earlier days", true, linear_ranking},
};

}  // namespace

std::span<const PairRanker> pair_rankers() { return rankers; }

}  // namespace lacuna
