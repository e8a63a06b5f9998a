// Features of distributional similarity: concepts that meet the same others (Harris 1954).
#include <algorithm>
#include <numeric>

#include "evaluation/concept_statistics.hpp"
#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::size_t most_nearest = 40;

/// The concepts nearest to each by the square of the cosine of what both met, 40 at most; and the cosine of each pair.
struct Similarity {
  SparseMatrix nearest;
  std::vector<float> cosine;
};

Similarity similarity_of(const FeatureContext& context) {
  const SparseMatrix information = mutual_information(context.candidates);
  std::vector<std::vector<std::pair<std::uint32_t, float>>> best(context.n);
  Similarity similarity;
  similarity.cosine.resize(context.pairs.second.size());
  each_product_row(information, context.ones, transpose(information), [&](std::size_t i, std::span<const float> row) {
    for (std::uint32_t p = context.pairs.begin[i]; p < context.pairs.begin[i + 1]; ++p)
      similarity.cosine[p] = row[context.pairs.second[p]];
    auto& list = best[i];
    for (std::uint32_t j = 0; j < context.n; ++j) {
      if (j != i && row[j] > 0) list.emplace_back(j, row[j] * row[j]);
    }
    const std::size_t kept = std::min(most_nearest, list.size());
    std::ranges::partial_sort(list, list.begin() + static_cast<std::ptrdiff_t>(kept), [](const auto& a, const auto& b) {
      return std::pair(-a.second, a.first) < std::pair(-b.second, b.first);
    });
    list.resize(kept);
    list.shrink_to_fit();
    std::ranges::sort(list);
  });
  similarity.nearest = sparse_by_row(context.n, context.n, [&](std::size_t i, const auto& add) {
    for (const auto& [j, value] : best[i]) add(j, value);
  });
  return similarity;
}

/// A matrix with `value` added on the diagonal.
SparseMatrix with_diagonal(const SparseMatrix& matrix, float value) {
  SparseMatrix diagonal(matrix.rows(), matrix.cols());
  diagonal.setIdentity();
  return matrix + value * diagonal;
}

}  // namespace

void similarity_features(const FeatureContext& context, const TakeFeature& take) {
  const Similarity similarity = similarity_of(context);
  take("same company", similarity.cosine);
  // What the nearest of one have met, and the nearest of both (similarity-based co-occurrence; Dagan, Lee and Pereira 1999).
  {
    const SparseMatrix near = normalised(similarity.nearest, 1e-6F);
    const DenseMatrix met =
        dense_product(context.decayed, context.ones, transpose(near));  // D Kᵀ, by column what one's nearest met.
    take("met by the company of one",
         of_pairs(context.pairs, [&](std::size_t i, std::size_t j) { return logarithm(at(met, i, j) + at(met, j, i), 1e-3F); }));
    take("met between the companies of both",
         of_rows(
             context.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, met, i + 1, row); },
             [](float cell, std::size_t, std::size_t) { return logarithm(cell, 1e-3F); }));
  }
  // Of all pairs between the companies that had not met five years ago, the share that has by now: a kernel's estimate of a rate
  // (Nadaraya 1964; Watson 1964). K C Kᵀ, where C = 1 − I − A + N has 1 for all pairs but those that met earlier, is 1 − K (I + A
  // − N) Kᵀ as rows of K sum to 1.
  const SparseMatrix near = normalised(with_diagonal(similarity.nearest, 0.3F), 1e-6F);
  const SparseMatrix back = transpose(near);
  const std::vector<float> late = [&] {
    const DenseMatrix fresh = dense_product(context.fresh, context.ones, back);
    return of_rows(
        context.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, fresh, i + 1, row); },
        [](float cell, std::size_t, std::size_t) { return cell; });
  }();
  const DenseMatrix early =
      dense_product(with_diagonal(SparseMatrix((context.met - context.fresh).pruned()), 1.0F), context.ones, back);
  take("rate of new meetings between the companies", [&] {
    std::vector<float> rate = of_rows(
        context.pairs, [&](std::size_t i, std::span<float> row) { product_row(near, i, early, i + 1, row); },
        [](float cell, std::size_t, std::size_t) { return 1 - cell + 0.02F; });
    for (std::size_t p = 0; p < rate.size(); ++p) rate[p] = logarithm((late[p] + 2e-4F) / rate[p], 1e-4F);
    return rate;
  }());
}

}  // namespace lacuna::evaluation
