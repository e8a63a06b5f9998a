// Which committee takes up which concept.
#pragma once

#include "uptake/metrics.hpp"
#include "uptake/paths.hpp"

namespace lacuna::uptake {

/// Committees with ten earlier works or more, and the concepts that none of their records holds.
struct CommitteeTrial {
  std::vector<std::uint32_t> committees;  ///< Positions in the split's list.
  std::vector<Ends> ends;                 ///< By candidate: place in `committees`, concept + number of committees, so that no two ends are one.
  std::vector<std::uint32_t> begin;       ///< By committee: its first candidate.
  std::vector<std::uint32_t> right;       ///< Candidates of which a new first edition of the committee holds the concept, ascending.
  Rows faded;                             ///< Committee by concept: exp(−(day − last work) / 8 years).
};
/// O(committees · concepts).
CommitteeTrial committee_trial(const Trial& trial);

/// For each candidate the sum over concepts that the committee works on and that met the concept, both fading, each over the logarithm of how many it
/// met: Adamic and Adar's sum on the network of committees and concepts. O(committees · concepts · concepts that met).
std::vector<float> committee_scores(const Trial& trial, const CommitteeTrial& committees);

}  // namespace lacuna::uptake
