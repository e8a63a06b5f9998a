#include "evaluation/rankers.hpp"

#include "evaluation/concept_statistics.hpp"
#include "evaluation/linear_ranker.hpp"
#include "forecast/adamic_adar.hpp"

namespace lacuna::evaluation {
namespace {

std::vector<float> chance(const Candidates& candidates, const Trial*) { return std::vector<float>(candidates.pairs()); }

/// `value(first, second)` of all pairs.
template <class Value>
std::vector<float> of_pairs(const Candidates& candidates, const Value& value) {
  std::vector<float> scores(candidates.pairs());
  for (std::size_t i = 0; i < candidates.n; ++i) {
    for (std::uint32_t p = candidates.begin[i]; p < candidates.begin[i + 1]; ++p) scores[p] = value(i, candidates.second[p]);
  }
  return scores;
}

std::vector<float> degree_product(const Candidates& candidates, const Trial*) {
  return of_pairs(candidates, [&](std::size_t i, std::size_t j) { return candidates.degree[i] * candidates.degree[j]; });
}

std::vector<float> common_neighbours(const Candidates& candidates, const Trial*) {
  const SparseMatrix meetings = adjacency(candidates);
  return product_cells(candidates, meetings, std::vector<float>(candidates.n, 1.0F), meetings);
}

std::vector<float> adamic_adar_sums(const Candidates& candidates, const Trial*) {
  const SparseMatrix meetings = adjacency(candidates);
  return product_cells(candidates, meetings, adamic_adar_weights(candidates), meetings);
}

std::vector<float> decayed_sums(const Candidates& candidates, const Trial*) { return decayed_adamic_adar(candidates); }

std::vector<float> gained_product(const Candidates& candidates, const Trial*) {
  const std::vector<float> gained = gained_neighbours(candidates);
  return of_pairs(candidates, [&](std::size_t i, std::size_t j) { return (gained[i] + 1) * (gained[j] + 1); });
}

constexpr PairRanker rankers[] = {
    {"chance", "any order", false, chance},
    {"degree product", "concepts that met many others meet more (preferential attachment)", false, degree_product},
    {"common neighbours", "how many concepts both have met", false, common_neighbours},
    {"Adamic-Adar", "the same, a neighbour counting the less the more it has met", false, adamic_adar_sums},
    {"new-degree product", "concepts that met many others in the last five years", false, gained_product},
    {"decayed Adamic-Adar", "Adamic-Adar where meetings fade by 1/e in eight years", false, decayed_sums},
    {"linear",
     "36 features of meetings, distributional similarity, fields and words, weighted by what came after two earlier days", true,
     linear_ranking},
};

}  // namespace

std::span<const PairRanker> pair_rankers() { return rankers; }

}  // namespace lacuna::evaluation
