// Ways of ranking pairs of concepts.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "evaluation/trial.hpp"

namespace lacuna::evaluation {

/// A way of ranking pairs.
struct PairRanker {
  std::string_view name;
  std::string_view help;
  bool learns = false;  ///< Needs an earlier trial, whose outcomes are known on the day.
  std::vector<float> (*score)(const Candidates& candidates, const Trial* earlier);  ///< One number a pair; higher ones first.
};
std::span<const PairRanker> pair_rankers();

}  // namespace lacuna::evaluation
