// Link prediction on the network of concepts by the sum of Adamic and Adar (2003).
#pragma once

#include <span>
#include <vector>

#include "forecast/candidates.hpp"
#include "forecast/sparse_matrix.hpp"

namespace lacuna::forecast {

/// The concepts that have met, as 0 and 1. O(n²).
SparseMatrix adjacency(const Candidates& candidates);
/// The same with exp(−(day − last meeting) / years) for 1: the weight of a meeting decays. Nothing below 0.001. O(n²).
SparseMatrix decayed_adjacency(const Candidates& candidates, float years);
/// The weight of a meeting on a day.
float decayed(std::int32_t day, std::int32_t now, float years);
/// 1 / ln(degree), of two at least.
std::vector<float> adamic_adar_weights(const Candidates& candidates);

/// The cells of left · diag(weights) · right for all candidates.
std::vector<float> product_cells(const Candidates& candidates, const SparseMatrix& left, std::span<const float> weights,
                                 const SparseMatrix& right);

constexpr float decay_years = 8;
/// Σ over common neighbours of the decayed weights of both meetings / ln(degree of the neighbour), for all candidates.
std::vector<float> decayed_adamic_adar(const Candidates& candidates);

}  // namespace lacuna::forecast
