// Text out of the mark-up that catalogues leave in titles and abstracts.
#pragma once

#include <string>
#include <string_view>

namespace lacuna {

/// The text without HTML tags, with character references (named and numbered, those of Windows too) as characters, without
/// control characters, and with every run of blanks as one. `*marked_up` becomes true where there were tags or references.
/// Linear.
std::string plain_text(std::string_view text, bool* marked_up = nullptr);

}  // namespace lacuna
