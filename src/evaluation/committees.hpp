// Which committee takes up which concept.
#pragma once

#include "forecast/adamic_adar.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// Committees with ten earlier works or more, and the concepts that none of their records holds.
struct CommitteeCandidates {
  std::vector<std::uint32_t> committees;  ///< Positions in the split's list.
  std::vector<Ends> ends;  ///< By candidate: place in `committees`, concept + number of committees, so that no two ends are one.
  std::vector<std::uint32_t> begin;  ///< By committee: its first candidate; one more than committees.
  SparseMatrix work;                 ///< Committee by concept: exp(−(day − last work) / 8 years).
};
/// O(committees · concepts).
CommitteeCandidates committee_candidates(const Candidates& candidates);

/// By candidate the sum over concepts that the committee works on and that met the concept, both decaying, each over the
/// logarithm of how many it met: Adamic and Adar's sum on the network of committees and concepts. O(committees · concepts ·
/// concepts that met).
std::vector<float> committee_scores(const Candidates& candidates, const CommitteeCandidates& committees);
/// The candidates of which a new first edition of the committee holds the concept, ascending.
std::vector<std::uint32_t> taken_up(const Split& split, const CommitteeCandidates& committees);

}  // namespace lacuna::evaluation
