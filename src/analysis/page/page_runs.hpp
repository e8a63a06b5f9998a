// The state of every need on every day and for every scope, as runs: found where something changes, and nowhere else.
#pragma once

#include <functional>
#include <vector>

#include "lacuna/page.hpp"

namespace lacuna {

/// The days on which the state of a need or a deliverable may change, and `own`; before them the day on which nothing is there
/// yet.
std::vector<Day> days_of_change(const Graph& graph, Day own);

/// Scopes for all groups whose deliverables cover a need, on whatever day, behind the one for all groups.
std::vector<PageScope> page_scopes(const Graph& graph, bool include_suggested);

/// Fills in the runs of `needs` for these scopes; `sets` says what each of them counts. `each_day` is handed the situation of
/// every day, in order. O(days · nodes + Σ over needs of changes · scopes that have something on it · links).
void find_runs(const Graph& graph, const Profile& profile, bool include_suggested, const std::vector<Day>& days,
               const std::vector<Scope>& sets, std::vector<PageNeed>& needs,
               const std::function<void(const Situation&)>& each_day);

}  // namespace lacuna
