// To which group a proposal belongs, by mandates and by what each group has published.
#pragma once

#include <string>
#include <vector>

#include "lacuna/analysis.hpp"

namespace lacuna {

/// The groups inside the one that proposes, as proposals are held against them. Graph, parameters, situation and comparison must
/// outlive it.
class Mandates {
 public:
  /// Linear in the texts of the groups.
  Mandates(const Graph& graph, const Params& params, const Situation& situation, Comparison& comparison);

  /// Best first, at most five. A word tells the more, the fewer mandates have it; of the nearest works of the parent, each speaks
  /// for the groups whose mandates have its words. Where no group inside has a mandate on the map, those to which the catalogues
  /// give the nearest works. O(works · groups).
  [[nodiscard]] std::vector<MandatedGroup> groups(const Proposal& proposal, const std::vector<NearWork>& works) const;

 private:
  struct Mandate {
    NodeId group;
    Prepared text;
    std::vector<Subject::Pair> phrases;  ///< Ascending.
  };
  using Scores = std::vector<double>;  ///< By mandate.

  [[nodiscard]] double tells(std::uint32_t term) const;
  [[nodiscard]] Scores scores(const std::vector<std::uint32_t>& terms, const std::vector<Subject::Pair>& phrases) const;
  [[nodiscard]] bool of_parent(const RecordRow& record) const;

  const Graph& graph_;
  Comparison& comparison_;
  std::vector<std::string> names_;  ///< Of the group that proposes, in lower case.
  std::string body_;                ///< First word of its identifier, "ITU-T"; documents without a group begin with it.
  std::vector<Mandate> mandates_;
};

}  // namespace lacuna
