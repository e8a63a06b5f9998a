// A paper with everything that a paper can hold.
#pragma once

#include "lacuna/paper.hpp"

namespace lacuna::test {

/// A form like that of ITU-T A.1, with headings, items, tables, blanks and twelve references; the titles are what hostile and faraway
/// catalogues may hold. `rows` are those of its long table.
Paper sample_paper(std::size_t rows = 12);

/// Headings, paragraphs and items only, in few words.
Paper small_paper();

}  // namespace lacuna::test
