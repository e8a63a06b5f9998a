// The map for other programs: graphs, linked data, reference managers, mapping tables.
#pragma once

#include <string>
#include <string_view>

#include "lacuna/coverage.hpp"
#include "lacuna/render.hpp"

namespace lacuna {

/// "urn:lacuna:node:ITU-T%20X.1753": what a node is called where an address is wanted. Letters beyond those that stand in a URN
/// are escaped (RFC 3986).
std::string urn_of(const Node& node);
/// What keeps an identifier apart where only letters, digits and underscores may stand: "n12", by position on the map.
std::string short_name(NodeId node);
/// The state of a need or a deliverable on the day; empty for other kinds.
std::string_view state_name(const Situation& situation, NodeId node);
/// The groups that develop a deliverable, as "ITU-T SG17; ISO/IEC JTC 1/SC 27".
std::string developers_text(const Graph& graph, NodeId deliverable);
/// When a deliverable was published; nothing where no date says so.
std::optional<Date> published_on(const Node& deliverable);

}  // namespace lacuna
