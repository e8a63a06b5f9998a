// Of a large map, the part that a question about links is answered from.
#pragma once

#include <string>
#include <vector>

#include "analysis/linking/linking.hpp"

namespace lacuna {

/// What is held against each other. The needs and deliverables asked about are in it, whatever their number.
struct LinkPart {
  std::vector<NodeId> needs;    ///< In natural order.
  std::vector<bool> taught;     ///< By position in LinkTexts::on_map: what the model learns from.
  std::vector<bool> looked_at;  ///< By position in LinkTexts::on_map: what may be proposed for a need.
  std::string told;             ///< What was left aside, in words; empty where nothing was.
};

/// More needs or deliverables make a map large. Every deliverable is held against every need, and the training of the model takes
/// as long again for every need: what a map of that size takes, no question takes longer.
constexpr std::size_t most_held = 800;

/// A map of at most `most` needs and `most` deliverables as a whole. Of a larger one, on each side, what is asked about; half of
/// the rest for what is linked to that and shares most words with it; and the other half evenly spread over the map, so that it
/// stands for the rest of it. Deterministic. O(words of the map · needs or deliverables asked about).
LinkPart part_of(const Situation& situation, const LinkTexts& ground, const LinkQuestion& question, std::size_t most = most_held);

}  // namespace lacuna
