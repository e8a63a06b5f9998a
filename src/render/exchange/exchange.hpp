// The map for other programs: graphs, linked data, reference managers, mapping tables.
#pragma once

#include <string>
#include <string_view>

#include "lacuna/coverage.hpp"
#include "lacuna/render.hpp"

namespace lacuna {

/// What a node is called where an address is wanted: "urn:lacuna:node:" and this, "ITU-T%20X.1753". Letters beyond those that
/// stand in a URN are escaped (RFC 3986).
std::string urn_part(const Node& node);
std::string urn_of(const Node& node);
/// What keeps an identifier apart where only letters, digits and underscores may stand: "n12", by position on the map.
std::string short_name(NodeId node);
/// The state of a need or a deliverable on the day; empty for other kinds.
std::string_view state_name(const Situation& situation, NodeId node);

}  // namespace lacuna
