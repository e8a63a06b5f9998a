// A back-test of link prediction on the catalogues.
#pragma once

#include "evaluation/map_needs.hpp"
#include "forecast/split.hpp"
#include "lacuna/result.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// What a back-test on catalogues is asked.
struct BacktestQuestion {
  std::size_t limit = 20;  ///< Top pairs listed.
  std::vector<MapNeed>
      needs;  ///< Of the map on the first day; with `catalogues`, what they add as concepts is told apart from everything else.
};
/// Holds all rankers against what came. With `catalogues`, the works that took a pair up have titles, and needs may enter.
Result query_backtest_catalogues(const Split& split, const Split* earlier, const Catalogues* catalogues,
                                 const BacktestQuestion& question);

}  // namespace lacuna::evaluation
