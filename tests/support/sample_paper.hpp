// A paper with everything that a paper can hold.
#pragma once

#include <string>
#include <vector>

#include "lacuna/paper.hpp"

namespace lacuna::test {

/// A form like that of ITU-T A.1, with headings, items, tables, blanks and twelve references; the titles are what hostile and
/// faraway catalogues may hold. `rows` are those of its long table.
Paper sample_paper(std::size_t rows = 12);

/// A note "T" of these passages.
Paper paper_of(std::vector<Passage> passages);

inline bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// Headings, paragraphs and items only, in few words.
Paper small_paper();

}  // namespace lacuna::test
