#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {

void each_figure(const Trial& trial, const PairList& pairs, const TakeFigure& take) {
  const Ground ground(trial, pairs);
  for (const auto group : {path_figures, expectation_figures, company_figures, kinship_figures, stem_figures, activity_figures}) group(ground, take);
}

}  // namespace lacuna::uptake
