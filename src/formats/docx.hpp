// Documents of Word: Office Open XML, ISO/IEC 29500.
#pragma once

#include <string_view>

#include "formats/outline.hpp"

namespace lacuna {

/// The lines of the body; what is deleted, moved away, hidden, a field's code or a table of contents is left out. Styles are
/// known by the names that Word gives them in every language. Throws Unreadable, or Error(bad_input) of a broken archive. Time
/// and memory linear in what is unpacked.
Outline outline_of_docx(std::string_view bytes);

}  // namespace lacuna
