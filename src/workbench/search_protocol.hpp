// The protocol of a search: the documents near a need that nobody has judged, and the record that is made once somebody has.
#pragma once

#include "analysis/linking/linking.hpp"
#include "lacuna/analysis.hpp"
#include "workbench/workbench.hpp"

namespace lacuna {

/// A document near a need.
struct UnjudgedDocument {
  NodeId need{};
  DeliverableText document;
  double overlap = 0;  ///< Of both texts, in [0,1]; see Comparison.
};

/// The documents nearest to each need, those of the map and of its catalogues, that nobody has judged for it yet: no link says
/// anything of the two, rejected ones included, and no search record lists it as a candidate. The nearest first, at most `limit`
/// a need. Some tens of milliseconds a need.
std::vector<UnjudgedDocument> unjudged_documents(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit);

/// As a listing. Never empty: without catalogues only the map was looked at, and the first lines say so.
Result unjudged_answer(const Workbench& bench, const std::vector<NodeId>& needs, std::size_t limit);

/// What a record says beside the candidates.
struct ProtocolQuestion {
  std::vector<std::string> needs;
  std::vector<JudgedCandidate> candidates;
  std::string by;
  std::string id;  ///< Empty: "search:" and the day, with a number where that is taken.
  std::vector<std::string> not_searched;
  std::string read;
  bool sign = false;
};

/// A record of today: the catalogues of the map as they stand, the words of each need with their hits, and the candidates.
/// Throws Error(not_found) where the map holds no catalogue.
Search protocol_of(const Workbench& bench, const ProtocolQuestion& question);

}  // namespace lacuna
