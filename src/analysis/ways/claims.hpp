// What sentences claim, as data: the figures, needs and links that each rests on. They stand in the JSON twins of papers, and are
// what a reader, or a test, holds a sentence against.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "analysis/ways/programme.hpp"
#include "lacuna/value.hpp"

namespace lacuna {

/// {"claim": "covers", "links": [{"from", "to", "degree", "state"}]}: each of these texts covers the need so far and is in that
/// state.
Value covers_claim(const Graph& graph, const std::vector<std::pair<NodeId, Holding>>& by_need);
/// Of all that are held on one need.
Value covers_claim(const Graph& graph, NodeId need, const std::vector<Holding>& holdings);

/// {"claim": "state", "scope", "state", "needs": […]}: for the scope (null: all groups), each of these needs is in that state.
Value state_claim(const Graph& graph, std::optional<NodeId> scope, CoverageState state, std::span<const NodeId> needs);

/// {"claim": "states", "scope", "needs": […] or null, "of", "counts": {state: n}}: so many of these needs (null: of all that the
/// paper is about) are in each state.
Value states_claim(const Graph& graph, std::optional<NodeId> scope, const Value& needs, const Tally& tally);

/// {"claim": "nothing-covers", "scope", "needs": […]}: no text of the scope in force or under way covers any of them.
Value nothing_covers_claim(const Graph& graph, std::optional<NodeId> scope, std::span<const NodeId> needs);

/// {"claim": "work-on", "with": […], "without": […], "needs": […]}: on each of these needs each group of `with` has a text in
/// force or under way, and none of `without` has.
/// The texts of a group are those of the groups inside it and of those whose place it took, but not those of the group that
/// writes; with a member "whole": true, these too.
Value work_claim(const Graph& graph, const std::vector<NodeId>& with, const std::vector<NodeId>& without,
                 std::span<const NodeId> needs);

/// {"claim": "none-in-common", "groups": [a, b]}: of the needs that the paper is about, there is none on which both have such a
/// text.
Value none_in_common_claim(const Graph& graph, NodeId a, NodeId b);

/// {"claim": "programme", "group", "published", "under_way"}: so many texts of the group are on the map.
Value programme_claim(const Graph& graph, const Programme& programme);

/// {"claim": "liaison", "groups": [a, b], "exists"}: whether the map has a liaison between them or groups around them.
Value liaison_claim(const Graph& graph, NodeId a, NodeId b, bool exists);

/// {"claim": "verdict", "from", "to", "degree"}: a link that counts says so, whatever became of the text.
Value verdict_claim(const Graph& graph, LinkId link);

/// {"claim": "all-of", "claims": […]}.
Value all_of_claim(std::vector<Value> claims);

/// {"claim": "in-state", "deliverable", "state"}.
Value in_state_claim(const Graph& graph, NodeId deliverable, State state);

/// {"claim": "needs", "kinds": {kind: n}}: the paper is about so many needs of each kind.
Value needs_claim(const Graph& graph, std::span<const NodeId> needs);

/// {"claim": "part-of", "topic", "needs": […]}.
Value part_of_claim(const Graph& graph, NodeId topic, std::span<const NodeId> needs);

/// The identifiers of nodes.
Value ids_value(const Graph& graph, std::span<const NodeId> nodes);

}  // namespace lacuna
