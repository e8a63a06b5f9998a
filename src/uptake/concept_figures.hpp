// Figures of concepts, for rankers that weigh many.
#pragma once

#include <vector>

#include "uptake/uptake.hpp"
#include "uptake/paths.hpp"

namespace lacuna::uptake {

/// Figures of concepts, each for its works or its neighbours in the network of concepts that met.
struct ConceptFigures {
  std::vector<float> works;     ///< Earlier works that hold it.
  std::vector<float> recent5;   ///< Of the last five years.
  std::vector<float> recent3;
  std::vector<float> gained;    ///< Neighbours met in the last five years for the first time.
  std::vector<float> growth;    ///< Share of works of the last five years over that of the five before.
};
ConceptFigures concept_figures(const Trial& trial);

/// Positive pointwise mutual information of meetings, rows of length 1 (Levy and Goldberg 2014). O(n²).
Rows mutual_information(const Trial& trial);

}  // namespace lacuna::uptake
