// Figures of what chance would bring together.
#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {
namespace {

/// Works of a group have M = Σ w L (L − 1) / (Σ w L)² meetings for each two places that concepts take in them; c_i c_j pairs of these are i's and j's: the expectation
/// of the configuration model (Newman 2010, 13.2), in each group and summed. `counts` holds c by concept and group.
std::vector<float> expectation(const Ground& ground, const Rows& counts, std::span<const float> weights, bool by_fields) {
  const Split& split = *ground.trial.split;
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
  return product_figure(ground.pairs, counts, rates, turned(counts, groups), 1e-3F);
}

}  // namespace

void expectation_figures(const Ground& ground, const TakeFigure& take) {
  const std::vector<float> late = [&] {
    std::vector<float> weights;
    for (const float years : ground.age) weights.push_back(std::exp(-years / 4));
    return weights;
  }();
  const std::vector<float> works = ground.by_concept([&](const Split::Work&, std::size_t w) { return late[w]; });
  Rows all;
  for (const float count : works) {
    all.columns.push_back(0);
    all.values.push_back(count);
    all.begin.push_back(all.columns.size());
  }
  const std::vector<float> ever(ground.age.size(), 1.0F);
  take("expected meetings of late", expectation(ground, all, late, false));
  take("expected meetings of late by field", expectation(ground, by_field(ground.trial, ground.recent), ground.recent, true));
  take("expected meetings by field", expectation(ground, by_field(ground.trial, ever), ever, true));
}

}  // namespace lacuna::uptake
