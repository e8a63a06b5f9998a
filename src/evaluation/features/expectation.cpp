// Features of what chance would bring together.
#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {
namespace {

/// Works of a group have M = Σ w L (L − 1) / (Σ w L)² meetings for each two places that concepts take in them; c_i c_j pairs of
/// these are i's and j's: the expectation of the configuration model (Newman 2010, 13.2), in each group and summed. `counts`
/// holds c by concept and group.
std::vector<float> expectation(const FeatureContext& context, const SparseMatrix& counts, std::span<const float> weights,
                               bool by_fields) {
  const Split& split = *context.candidates.split;
  const std::size_t groups = by_fields ? split.fields.size() : 1;
  std::vector<double> meetings(groups);
  std::vector<double> places(groups);
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const std::size_t group = by_fields ? split.before[w].field : 0;
    const auto length = static_cast<double>(split.before[w].concepts.size());
    meetings[group] += weights[w] * length * (length - 1);
    places[group] += weights[w] * length;
  }
  std::vector<float> rates;
  for (std::size_t g = 0; g < groups; ++g) {
    const double least = std::max(places[g], 1e-9);
    rates.push_back(places[g] > 0 ? static_cast<float>(meetings[g] / (least * least)) : 0.0F);
  }
  return product_feature(context.pairs, counts, rates, transpose(counts), 1e-3F);
}

}  // namespace

void expectation_features(const FeatureContext& context, const TakeFeature& take) {
  const std::vector<float> late = [&] {
    std::vector<float> weights;
    for (const float years : context.age) weights.push_back(std::exp(-years / 4));
    return weights;
  }();
  const std::vector<float> works = context.by_concept([&](const Split::Work&, std::size_t w) { return late[w]; });
  const SparseMatrix all = sparse_of(works.size(), 1, [&](std::size_t c, std::size_t) { return works[c]; });
  const std::vector<float> ever(context.age.size(), 1.0F);
  take("expected meetings of late", expectation(context, all, late, false));
  take("expected meetings of late by field",
       expectation(context, by_field(context.candidates, context.recency), context.recency, true));
  take("expected meetings by field", expectation(context, by_field(context.candidates, ever), ever, true));
}

}  // namespace lacuna::evaluation
