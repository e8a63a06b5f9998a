// Pairs ranked by a weighted sum of figures, with weights learned from earlier days.
#pragma once

#include "uptake/uptake.hpp"

namespace lacuna::uptake {

/// A figure's part in the scores: weight · ((value − mean) / deviation), the bracket kept within ±5.
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

/// Learns what tells pairs that are taken up, on two days: the earlier trial's, and as long before it again, cut out of its works. Without an earlier trial on the days five
/// and eight years before the trial's own, cut out of its works. All pairs taken up have a part, and 25 others for each of them, always the same ones; that
/// only moves the constant (King and Zeng 2001). No terms where nothing was taken up. Two seconds for 2,300 concepts on two cores.
LinearModel learn_linear(const Trial& trial, const Trial* earlier);

/// One number a pair: the logarithm of its odds among such lessons. Two seconds for four million pairs of 2,800 concepts on two cores.
std::vector<float> linear_scores(const LinearModel& model, const Trial& trial);

/// A part of a score, and the value it comes from.
struct Reason {
  std::string_view name;
  double value = 0;
  double part = 0;
};
/// The largest parts, at most `most`, of the scores of some pairs, largest first, whether they raise or lower it. As long as `linear_scores` but for the pairs left out: one for all.
std::vector<std::vector<Reason>> linear_reasons(const LinearModel& model, const Trial& trial, std::span<const std::uint32_t> pairs, std::size_t most);

/// For the table of rankers.
std::vector<float> linear_ranking(const Trial& trial, const Trial* earlier);

}  // namespace lacuna::uptake
