#include "lacuna/draft.hpp"

namespace lacuna {

std::span<const Form> forms() {
  static constexpr Form list[] = {
      {"justification", "for a new work item: ITU-T A.1 (A.13 for a Supplement or Technical Report)", Form::About::way,
       draft_justification},
      {"liaison", "liaison statement about a way forward, or to a group with --to", Form::About::way, draft_liaison},
      {"gap-analysis", "report on gaps: denominator, what exists per body, gaps, ways forward", Form::About::map,
       draft_gap_report},
      {"follow-up", "what changed since an earlier state, and what is next", Form::About::change, draft_follow_up},
  };
  return list;
}

}  // namespace lacuna
