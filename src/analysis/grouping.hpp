// Putting needs together that one document could serve.
#pragma once

#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna {

/// Everything by which needs resemble each other, looked up once.
class Affinities {
 public:
  Affinities(const Situation& situation, const std::vector<NodeId>& needs);

  /// The weighted mean of the affinities of the profile between needs number i and j, in [0,1].
  [[nodiscard]] double between(std::size_t i, std::size_t j) const;
  /// One affinity alone, in [0,1].
  [[nodiscard]] double one(Affinity affinity, std::size_t i, std::size_t j) const;

 private:
  const Profile* profile_;
  struct Traits {
    std::vector<NodeId> topics;   ///< The need's own topics.
    std::vector<NodeId> above;    ///< Topics that these are inside of.
    std::vector<NodeId> threats;  ///< Faced, countered, or itself.
    std::vector<NodeId> use_cases;
    std::vector<std::pair<std::uint32_t, double>> words;
  };
  std::vector<Traits> traits_;
};

/// Groups of needs (positions in `needs`): average-linkage clustering that stops at the profile's threshold and never makes a
/// group larger than the profile allows. Deterministic: ties go to the earlier needs. O(needs³) for at most a few hundred needs.
std::vector<std::vector<std::size_t>> grouped(const Affinities& affinities, std::size_t needs, const Profile& profile);

/// Threats that a need faces or counters, or the need itself where it is one, existing on the day.
std::vector<NodeId> threats_behind(const Situation& situation, NodeId need);
/// Use cases that need it, or the need itself where it is one, existing on the day.
std::vector<NodeId> use_cases_behind(const Situation& situation, NodeId need);

}  // namespace lacuna
