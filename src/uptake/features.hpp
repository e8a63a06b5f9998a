// Figures of candidate pairs, for rankers that weigh many.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "lacuna/uptake.hpp"
#include "uptake/paths.hpp"

namespace lacuna::uptake {

constexpr std::size_t feature_count = 25;

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

/// All figures of all pairs of a trial. Some 150 MB for four million pairs.
class Features {
 public:
  /// Five products of sparse n × n matrices and 64 singular vectors: two seconds for 2,900 concepts on two cores.
  explicit Features(const Trial& trial);
  /// The figures of a pair, logarithms but for the two cosines.
  void of(std::uint32_t first, std::uint32_t pair, std::array<float, feature_count>& into) const;

 private:
  const Trial& trial_;
  ConceptFigures concepts_;
  std::vector<float> common_, adamic_adar_, allocation_, cosine_, rank64_, walk_, faded3_, faded8_, faded_allocation_;
};

/// The 64 eigenvectors of largest absolute eigenvalue of the matrix ln(1 + count), by subspace iteration (Halko, Martinsson and Tropp 2011) from
/// fixed numbers: what they make of each pair. O(64 · (entries + 64 n + pairs)).
std::vector<float> low_rank(const Trial& trial);

}  // namespace lacuna::uptake
