#include "lacuna/draft.hpp"

namespace lacuna {

// Each beside the function that drafts it, in its own file.
extern const Form justification_form, liaison_form, gap_analysis_form, follow_up_form;

std::span<const Form> forms() {
  static const Form list[] = {justification_form, liaison_form, gap_analysis_form, follow_up_form};
  return list;
}

}  // namespace lacuna
