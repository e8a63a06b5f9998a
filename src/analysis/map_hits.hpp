// What a map itself has on the words of a search: needs and deliverables, beside what the catalogues hold.
#pragma once

#include <string_view>
#include <vector>

#include "lacuna/analysis.hpp"

namespace lacuna {

/// A need or deliverable of the map that a search meant by its name or that holds all its words.
struct MapHit {
  NodeId node{};
  enum class Why : std::uint8_t { name, title, text } why = Why::text;
  std::vector<LinkId> links;  ///< That cover or mention it (a need) or that it covers or mentions (a deliverable), and count.
};

/// By what matched, then in natural order. Words without endings are compared; those that carry no subject are left out.
/// O(texts of the map).
std::vector<MapHit> find_map_hits(const Situation& situation, std::string_view words);

/// One row a hit, at most ten: state, and who covers it or what it covers.
Table map_hits_table(const Situation& situation, const std::vector<MapHit>& hits);

}  // namespace lacuna
