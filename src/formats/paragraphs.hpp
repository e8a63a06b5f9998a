// The running text of a document of any kind, paragraph by paragraph, with where each stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/paragraph.hpp"

namespace lacuna {

/// A plain text, or Markdown as it stands: paragraphs are parted by empty lines, pages by form feeds. Of clean UTF-8. Linear.
std::vector<Paragraph> paragraphs_of_text(std::string_view text);

/// A page of the web: blocks are paragraphs; scripts, styles and what a page says about itself are left out. Linear.
std::vector<Paragraph> paragraphs_of_html(std::string_view text);

/// A paragraph of a Word document, and where each byte of its text stands in the part that holds it.
struct DocxParagraph : Paragraph {
  std::string part;  ///< "word/document.xml", or that of footnotes and endnotes.
  /// For a byte of the text: where it stands in the part, and where the outermost run of letters around it begins and ends.
  struct Place {
    std::size_t at = 0;
    std::size_t run_begin = 0;
    std::size_t run_end = 0;
    bool within_run = false;  ///< The run can be parted there: it is no box, field or note.
  };
  std::vector<Place> places;
};

/// The paragraphs of the body, then of foot- and endnotes. What is deleted, moved away or hidden, a field's code or a table of
/// contents is left out. Throws Error(bad_input) for what is no Word document.
std::vector<DocxParagraph> paragraphs_of_docx(std::string_view bytes, const std::string& file);

/// What is to be said of a stretch of a paragraph.
struct DocxComment {
  std::size_t paragraph = 0;  ///< Index into paragraphs_of_docx().
  std::size_t begin = 0;      ///< Bytes of its text.
  std::size_t end = 0;
  std::string text;
};

/// The same document with comments of that author; everything else stays as it is, comments of others too. Where Word allows
/// none (in notes and text boxes), they stand at what leads there. Throws Error(bad_input) as paragraphs_of_docx().
std::string docx_with_comments(std::string_view bytes, const std::string& file, const std::vector<DocxComment>& comments,
                               std::string_view author);

}  // namespace lacuna
