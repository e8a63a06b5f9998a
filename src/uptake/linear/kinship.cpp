// Figures of walks, families and fields.
#include <map>

#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {
namespace {

/// Works of the same document hold a concept with chance 1 − exp(−Σ fading): any of them may (noisy or; Pearl 1988). By family of two works at least.
Rows by_family(const Ground& ground) {
  std::map<std::uint32_t, std::vector<std::size_t>> families;
  const auto& works = ground.trial.split->before;
  for (std::size_t w = 0; w < works.size(); ++w) families[works[w].family].push_back(w);
  Rows rows;
  for (const auto& [family, members] : families) {
    if (members.size() < 2) continue;
    std::map<std::uint32_t, float> held;
    for (const std::size_t w : members) {
      for (const std::uint32_t c : works[w].concepts) held[c] += ground.fading[w];
    }
    for (const auto& [c, weight] : held) {
      rows.columns.push_back(c);
      rows.values.push_back(1 - std::exp(-weight));
    }
    rows.begin.push_back(rows.columns.size());
  }
  return rows;
}

}  // namespace

void kinship_figures(const Ground& ground, const TakeFigure& take) {
  // The chances of a walk of two steps from one to the other and back (Liu and Lü 2010), in geometric mean: Σ G_ik G_kj / g_k over the roots of g_i and g_j.
  {
    const std::vector<float> weight = sums(ground.together);
    std::vector<float> over;
    for (const float g : weight) over.push_back(1 / std::max(g, 1e-6F));
    take("walks of two steps", of_product(ground.pairs, ground.together, over, ground.together, [&](float cell, std::size_t i, std::size_t j) { return logarithm(cell * std::sqrt(over[i]) * std::sqrt(over[j]), 1e-6F); }));
  }
  {
    const Rows families = by_family(ground);
    std::vector<float> over;
    for (const float size : sums(families)) over.push_back(1 / std::max(size, 1.0F));
    take("parts of the same documents", product_figure(ground.pairs, turned(families, ground.n), over, families, 1e-2F));
  }
  Rows fields = by_field(ground.trial, ground.fading);
  for (std::size_t c = 0; c < ground.n; ++c) {
    double square = 0;
    for (std::size_t k = fields.begin[c]; k < fields.begin[c + 1]; ++k) square += static_cast<double>(fields.values[k]) * fields.values[k];
    for (std::size_t k = fields.begin[c]; k < fields.begin[c + 1]; ++k) fields.values[k] /= static_cast<float>(std::sqrt(square));
  }
  const std::size_t count = ground.trial.split->fields.size();
  take("same fields", of_product(ground.pairs, fields, std::vector<float>(count, 1.0F), turned(fields, count), [](float cell, std::size_t, std::size_t) { return cell; }));
}

}  // namespace lacuna::uptake
