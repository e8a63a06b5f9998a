// Pairs of those who work on one need: how many there are, and the first of them.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "lacuna/graph.hpp"

namespace lacuna {

// A need that 50,000 groups work on has 1,249,975,000 pairs of groups: nobody reads them, and no machine has room for them. On
// maps that people keep, a need has some dozens.
constexpr std::size_t most_overlaps = 1'000;        ///< Pairs of texts that are looked at to tell what overlaps on one need.
constexpr std::size_t most_pairs_of_need = 10'000;  ///< Pairs of groups that are looked at on one need.
constexpr std::size_t most_pairs = 100'000;         ///< Pairs of groups in one answer.

/// One who may be paired.
struct Party {
  NodeId body{};          ///< Two of one body are no pair.
  std::size_t block = 0;  ///< Two of one block neither: ascending, each block side by side.
  bool asked = true;      ///< One of the two must be.
};

struct Pairs {
  std::uint64_t all = 0;                                        ///< How many there are.
  std::vector<std::pair<std::size_t, std::size_t>> first = {};  ///< As positions: by the later of the two, then by the earlier.
};
/// The first `most` pairs and how many there are, without going over all. In this order the first ones are of few parties, each
/// with each. O(n log n + most log n).
Pairs pairs_among(std::span<const Party> parties, std::size_t most);

/// Where an answer rests on a part of the pairs of groups.
struct CutPairs {
  struct Need {
    NodeId need{};
    std::uint64_t all = 0;  ///< Its pairs; the first most_pairs_of_need were looked at.
  };
  std::vector<Need> needs;
  bool more = false;  ///< Of all needs together there are more than most_pairs.
};
/// What was not looked at, in sentences without a full stop; none where all was.
std::vector<std::string> cut_texts(const Graph& graph, const CutPairs& cut);

/// "the first 10,000 of 1,249,975,000 pairs".
std::string part_of_pairs(std::uint64_t looked_at, std::uint64_t all);

}  // namespace lacuna
