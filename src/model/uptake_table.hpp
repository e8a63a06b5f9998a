// What a forecast of uptake keeps with the catalogues, so that a question need not read them all again.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "lacuna/date.hpp"

namespace lacuna {

/// How the pairs of concepts that no record holds together rank among each other.
struct UptakeTable {
  struct Concept {
    std::string name;   ///< Its stems: "medium access control".
    std::string alias;  ///< The stem of its short form; may be empty.
    std::string shown;  ///< In words, for people.
  };
  Day day{};  ///< The catalogues as they stood then.
  std::vector<Concept> concepts;
  std::uint32_t pairs = 0;         ///< That are apart.
  std::uint32_t pairs_before = 0;  ///< That were, five years before.
  /// Of those, by rank from the lowest, a bit each, low ones first: whether they have come together since.
  std::string taken_up;
  /// By concept: of its pair with each later concept, four bytes, low ones first: how many pairs rank lower, twice, and equal
  /// ones once; `met` where a record holds both. Empty where they are read one by one.
  std::vector<std::string> ranks;
  static constexpr std::uint32_t met = 0xffffffffU;
};

/// The ranks of one concept.
using UptakeRanks = std::function<std::string(std::size_t)>;

}  // namespace lacuna
