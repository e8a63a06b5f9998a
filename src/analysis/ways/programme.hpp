// What a group has published and has under way on needs: the two sides of a liaison.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna {

/// A text in force or under way that covers a need, by a link that counts and is not suspect.
struct Holding {
  NodeId deliverable{};
  LinkId link{};
  Degree degree = Degree::full;
  State state = State::published;
};

struct Programme {
  NodeId group{};
  std::size_t published = 0;                  ///< Its texts on the map that are in force,
  std::size_t under_way = 0;                  ///< and those that are proposed, drafts, or approved and not yet out.
  std::map<NodeId, std::vector<Holding>> on;  ///< By need; strongest first. Needs of which it has no text are left out.
};

/// The texts of a scope on a need. O(links of the need).
std::vector<Holding> holdings_on(const Situation& situation, NodeId need, const Scope& scope = {});

/// The groups whose texts are a group's: itself, those inside it, and those whose place one of them took. In natural order.
std::vector<NodeId> with_inherited(const Graph& graph, NodeId group);

/// O(links of the needs).
Programme programme_of(const Situation& situation, const Scope& scope, NodeId group, const std::vector<NodeId>& needs);
/// Of a group and what it inherited; where `us` is inside of it, without the texts of `us` and the groups inside that.
Programme programme_of(const Situation& situation, NodeId group, NodeId us, const std::vector<NodeId>& needs);

/// Two programmes beside each other, over needs in natural order.
struct Beside {
  std::vector<NodeId> both;
  std::vector<NodeId> ours;    ///< Of which only the first has texts.
  std::vector<NodeId> theirs;  ///< Of which only the second has.
  std::vector<NodeId> nobody;  ///< Of which neither has.
};
Beside beside_each_other(const Programme& ours, const Programme& theirs, const std::vector<NodeId>& needs);

}  // namespace lacuna
