// What people have said of pairs of deliverables and needs.
#pragma once

#include <string>

#include "lacuna/graph.hpp"
#include "lacuna/match.hpp"

namespace lacuna {

/// Fingerprint of a deliverable's and a need's text: 16 hexadecimal digits.
std::string text_of_pair(const Writing& deliverable, const Writing& need);
/// The fingerprint in the evidence of a link; empty where there is none.
std::string fingerprint_in(const std::string& evidence);

class Verdicts {
 public:
  /// The graph needs its explanations, and must outlive this.
  explicit Verdicts(const Graph& graph) : graph_(&graph) {}

  /// Somebody holds that the deliverable covers the need, in full or in part.
  [[nodiscard]] bool accepted(NodeId deliverable, NodeId need) const;
  /// Somebody has judged the pair: it covers, does not, or merely mentions. A rejected pair counts as long as its texts have
  /// `fingerprint`, or nobody wrote down which texts were meant.
  [[nodiscard]] bool judged(NodeId deliverable, NodeId need, const std::string& fingerprint) const;

 private:
  const Graph* graph_;
};

}  // namespace lacuna
