// Figures of concepts, for rankers that weigh many.
#pragma once

#include "forecast/candidates.hpp"
#include "forecast/sparse_matrix.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// By concept: neighbours in the network of concepts that met in the last five years for the first time. O(n² bits + Σ
/// concepts²).
std::vector<float> gained_neighbours(const Candidates& candidates);

/// Positive pointwise mutual information of meetings, rows of length 1 (Levy and Goldberg 2014). O(n²).
SparseMatrix mutual_information(const Candidates& candidates);

}  // namespace lacuna::evaluation
