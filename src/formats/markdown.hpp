// Text with and without Markdown's marks.
#pragma once

#include <string_view>

#include "formats/outline.hpp"

namespace lacuna {

/// A line a line; those of a paragraph, up to an empty one, continue each other. Of clean UTF-8. Linear.
Outline outline_of_text(std::string_view text);

/// The same with headings ("# …", or underlined), tables (rows that begin with "|"), fenced code, and without comments, emphasis,
/// targets of links and HTML tags. Title, scope and summary in the front matter (YAML) become such labels. Throws Unreadable with
/// its line where that is broken.
Outline outline_of_markdown(std::string_view text);

}  // namespace lacuna
