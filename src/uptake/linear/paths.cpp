// Figures of the ways between two concepts.
#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {

void path_figures(const Ground& ground, const TakeFigure& take) {
  const std::size_t n = ground.n;
  const std::vector<float> degree = sums(ground.faded);
  // S = D over the square roots of both degrees (Chung 1997). Its third power counts the ways of three steps, which tell of meetings to come where
  // common neighbours only tell of likeness (Kovács et al. 2019).
  Rows steps = ground.faded;
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = steps.begin[i]; k < steps.begin[i + 1]; ++k) steps.values[k] /= std::sqrt(std::max(degree[i], 0.5F)) * std::sqrt(std::max(degree[steps.columns[k]], 0.5F));
  }
  {
    Square three(n);
    {
      const Square two = product(steps, ground.one, steps);
      take("ways of two steps", of_pairs(ground.pairs, [&](std::size_t i, std::size_t j) { return logarithm(two.at(i, j), 1e-4F); }));
      on_all_cores(n, [&] { return [&](std::size_t i) { product_row(steps, i, two, 0, three.row(i)); }; });
    }
    take("ways of three steps", of_pairs(ground.pairs, [&](std::size_t i, std::size_t j) { return logarithm(three.at(i, j), 1e-5F); }));
    take("ways of three steps by degree", of_pairs(ground.pairs, [&](std::size_t i, std::size_t j) { return logarithm(three.at(i, j) * std::sqrt(degree[i]) * std::sqrt(degree[j]), 1e-3F); }));
    take("ways of four steps", of_rows(ground.pairs, [&](std::size_t i, std::span<float> row) { product_row(steps, i, three, i + 1, row); },
                                       [](float cell, std::size_t, std::size_t) { return logarithm(cell, 1e-5F); }));
  }
  // Adamic and Adar 2003.
  take("common neighbours of late", product_figure(ground.pairs, ground.faded, ground.adamic_adar, ground.faded, 0.1F));
  take("common neighbours", product_figure(ground.pairs, ground.met, ground.adamic_adar, ground.met, 0.1F));
}

}  // namespace lacuna::uptake
