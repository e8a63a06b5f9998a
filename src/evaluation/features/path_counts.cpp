// Features of the ways between two concepts.
#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {

void path_features(const FeatureContext& context, const TakeFeature& take) {
  const std::size_t n = context.n;
  const std::vector<float> degree = row_sums(context.decayed);
  // S = D over the square roots of both degrees (Chung 1997). Its third power counts the ways of three steps, which tell of
  // meetings to come where common neighbours only tell of likeness (Kovács et al. 2019).
  const SparseMatrix steps = sparse_by_row(n, n, [&](std::size_t i, const auto& add) {
    each_entry(context.decayed, i, [&](std::size_t j, float value) {
      add(j, value / (std::sqrt(std::max(degree[i], 0.5F)) * std::sqrt(std::max(degree[j], 0.5F))));
    });
  });
  {
    DenseMatrix three(n, n);
    {
      const DenseMatrix two = dense_product(steps, context.ones, steps);
      take("ways of two steps",
           of_pairs(context.pairs, [&](std::size_t i, std::size_t j) { return logarithm(at(two, i, j), 1e-4F); }));
      on_all_cores(n, [&] {
        return
            [&](std::size_t i) { product_row(steps, i, two, 0, std::span(three.row(static_cast<Eigen::Index>(i)).data(), n)); };
      });
    }
    take("ways of three steps",
         of_pairs(context.pairs, [&](std::size_t i, std::size_t j) { return logarithm(at(three, i, j), 1e-5F); }));
    take("ways of three steps by degree", of_pairs(context.pairs, [&](std::size_t i, std::size_t j) {
           return logarithm(at(three, i, j) * std::sqrt(degree[i]) * std::sqrt(degree[j]), 1e-3F);
         }));
    take("ways of four steps",
         of_rows(
             context.pairs, [&](std::size_t i, std::span<float> row) { product_row(steps, i, three, i + 1, row); },
             [](float cell, std::size_t, std::size_t) { return logarithm(cell, 1e-5F); }));
  }
  // Adamic and Adar 2003.
  take("common neighbours of late", product_feature(context.pairs, context.decayed, context.adamic_adar, context.decayed, 0.1F));
  take("common neighbours", product_feature(context.pairs, context.met, context.adamic_adar, context.met, 0.1F));
}

}  // namespace lacuna::evaluation
