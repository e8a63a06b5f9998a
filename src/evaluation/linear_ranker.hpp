// Pairs ranked by a weighted sum of features, with weights learned from earlier days.
#pragma once

#include <string_view>
#include <vector>

#include "evaluation/trial.hpp"

namespace lacuna::evaluation {

/// A feature's part in the scores: weight · ((value − mean) / deviation), the bracket kept within ±5.
struct LinearTerm {
  std::string_view name;
  double mean = 0;
  double deviation = 1;
  double weight = 0;
};

struct LinearModel {
  std::vector<LinearTerm> terms;
  double constant = 0;
};

/// Learns what tells pairs that are taken up, on two days: the earlier trial's, and as long before it again, cut out of its
/// works. Without an earlier trial on the days five and eight years before the first, cut out of its works. All pairs taken up
/// have a part, and 25 others for each of them, always the same ones; that only moves the constant (King and Zeng 2001). No terms
/// where nothing was taken up. Two seconds for 2,300 concepts on two cores.
LinearModel learn_linear(const Candidates& candidates, const Trial* earlier);

/// One number a pair: the logarithm of its odds among such examples. Two seconds for four million pairs of 2,800 concepts on two
/// cores.
std::vector<float> linear_scores(const LinearModel& model, const Candidates& candidates);

/// For the table of rankers.
std::vector<float> linear_ranking(const Candidates& candidates, const Trial* earlier);

}  // namespace lacuna::evaluation
