// Which groups get a column, a box or a line when there are too many to show: small ones are counted with what they are part of.
#pragma once

#include <string>
#include <vector>

#include "lacuna/coverage.hpp"

namespace lacuna {

/// Deliverables under the name of a group.
struct GroupColumn {
  std::optional<NodeId> group;  ///< Nothing for what is left over.
  std::string label;
  std::vector<NodeId> deliverables;  ///< Existing on the day, that cover one of the needs; in natural order.
  std::size_t in_force = 0;          ///< All deliverables and drafts of these groups that exist on the day and are not replaced.
};

/// Columns for the deliverables of a scope that cover `needs` as of the day (those that count; superseded and withdrawn ones
/// too). With `wanted`, or else the groups that the map lists, each of those groups gets one, and the rest goes into a last
/// column "others". Without either, or with a scope, every developing group gets one, and while there are more than `most`, the
/// one with the fewest deliverables is counted with its parent, or with "others". Largest first. A deliverable of two groups,
/// or of a group inside two, stands under both.
std::vector<GroupColumn> group_columns(const Situation& situation, const std::vector<NodeId>& needs, const Scope& scope,
                                       std::vector<NodeId> wanted, std::size_t most);

}  // namespace lacuna
