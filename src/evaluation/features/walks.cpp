// Features of walks, families and fields.
#include <map>

#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {
namespace {

/// Works of the same document hold a concept with chance 1 − exp(−Σ fading): any of them may (noisy or; Pearl 1988). By family of
/// two works at least.
SparseMatrix by_family(const FeatureContext& context) {
  std::map<std::uint32_t, std::vector<std::size_t>> families;
  const auto& works = context.candidates.split->before;
  for (std::size_t w = 0; w < works.size(); ++w) families[works[w].family].push_back(w);
  std::erase_if(families, [](const auto& family) { return family.second.size() < 2; });
  auto family = families.begin();
  return sparse_by_row(families.size(), context.n, [&](std::size_t, const auto& add) {
    std::map<std::uint32_t, float> held;
    for (const std::size_t w : family->second) {
      for (const std::uint32_t c : works[w].concepts) held[c] += context.decay[w];
    }
    for (const auto& [c, weight] : held) add(c, 1 - std::exp(-weight));
    ++family;
  });
}

}  // namespace

void walk_features(const FeatureContext& context, const TakeFeature& take) {
  // The chances of a walk of two steps from one to the other and back (Liu and Lü 2010), in geometric mean: Σ G_ik G_kj / g_k
  // over the roots of g_i and g_j.
  {
    const std::vector<float> weight = row_sums(context.together);
    std::vector<float> over;
    for (const float g : weight) over.push_back(1 / std::max(g, 1e-6F));
    take("walks of two steps",
         of_product(context.pairs, context.together, over, context.together, [&](float cell, std::size_t i, std::size_t j) {
           return logarithm(cell * std::sqrt(over[i]) * std::sqrt(over[j]), 1e-6F);
         }));
  }
  {
    const SparseMatrix families = by_family(context);
    std::vector<float> over;
    for (const float size : row_sums(families)) over.push_back(1 / std::max(size, 1.0F));
    take("parts of the same documents", product_feature(context.pairs, transpose(families), over, families, 1e-2F));
  }
  const SparseMatrix fields = unit_rows(by_field(context.candidates, context.decay), 1e-9F);
  const std::size_t count = context.candidates.split->fields.size();
  take("same fields", of_product(context.pairs, fields, std::vector<float>(count, 1.0F), transpose(fields),
                                 [](float cell, std::size_t, std::size_t) { return cell; }));
}

}  // namespace lacuna::evaluation
