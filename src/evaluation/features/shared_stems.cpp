// Features of concepts that share a stem with one of the two.
#include <map>

#include "evaluation/features/features.hpp"
#include "forecast/candidates.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::size_t most_holders = 200;  ///< A stem of more concepts says nothing.

/// By concept and concept: the sum over shared stems of 1 / ln(1 + concepts with the stem), rare stems counting more as Adamic
/// and Adar's neighbours do.
SparseMatrix shared_stems(const FeatureContext& context) {
  const auto stems = concepts_by_stem(*context.candidates.split);
  std::vector<std::vector<const std::vector<std::uint32_t>*>> of(context.n);
  for (const auto& [stem, holders] : stems) {
    if (holders.size() < 2 || holders.size() > most_holders) continue;
    for (const std::uint32_t c : holders) of[c].push_back(&holders);
  }
  return sparse_by_row(context.n, context.n, [&](std::size_t a, const auto& add) {
    std::map<std::uint32_t, float> shared;
    for (const auto* holders : of[a]) {
      for (const std::uint32_t b : *holders) {
        if (b != a) shared[b] += 1 / std::log(1 + static_cast<float>(holders->size()));
      }
    }
    for (const auto& [b, weight] : shared) add(b, weight);
  });
}

}  // namespace

/// Backs off to what the words of a concept have met where the concept itself has met little (in the sense of Katz 1987).
void stem_features(const FeatureContext& context, const TakeFeature& take) {
  const SparseMatrix stems = shared_stems(context);
  {
    const DenseMatrix met = dense_product(stems, context.ones, context.decayed);
    std::vector<float> weight = row_sums(stems);
    for (float& w : weight) w = std::max(w, 0.5F);
    take("met by concepts with a stem of one", of_pairs(context.pairs, [&](std::size_t i, std::size_t j) {
           return logarithm(std::max(at(met, i, j) / weight[i], at(met, j, i) / weight[j]), 0.01F);
         }));
  }
  // How much more often than by chance they met (pointwise mutual information; Church and Hanks 1990), with .3 added to both.
  const DenseMatrix met = dense_product(stems, context.ones, context.together);
  const std::vector<float> all = row_sums(context.together);
  const std::vector<float> near = row_sums(stems, all);
  double total = 0;
  for (const float g : all) total += g;
  const auto over = static_cast<float>(1 / std::max(total, 1e-9));
  const auto more = [&](std::size_t i, std::size_t j) { return (at(met, i, j) + 0.3F) / (near[i] * all[j] * over + 0.3F); };
  take("surplus of these meetings",
       of_pairs(context.pairs, [&](std::size_t i, std::size_t j) { return std::log(more(i, j) * more(j, i)); }));
}

}  // namespace lacuna::evaluation
