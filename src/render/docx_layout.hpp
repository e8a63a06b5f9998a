// The document that a paper of Word goes into: ours, or the user's template with its styles, page, header and footer.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "formats/package.hpp"

namespace lacuna::docx {

/// What a paragraph, a stretch of text or a table is in a paper.
enum class Role : std::uint8_t {
  normal,
  title,
  subtitle,
  heading_1,
  heading_2,
  heading_3,
  item_1,
  item_2,
  item_3,
  table_text,
  table_heading,
  caption,
  reference,  // Paragraphs.
  strong,
  emphasis,
  hyperlink,
  citation,
  blank,  // Stretches.
  grid,   // Tables.
};

/// A package that is ready for a body.
struct Layout {
  Package package;
  std::string document;                ///< The name of the main part.
  std::string before;                  ///< Its text up to the body's content,
  std::string after;                   ///< and from the section's properties on.
  std::map<Role, std::string> styles;  ///< Their ids in this document.
  int bullets = 0;                     ///< Ids of our numberings.
  int references = 0;
  bool english = true;  ///< False where the template's own language is another: each stretch must say its own.
  int line = 0;         ///< Width of the text in twentieths of a point.
};

/// From the bytes of a .docx or .dotx; ours where `bytes` is empty. A style of the template is taken for a role when it has the
/// name that Word gives it in every language; missing ones are added, as are numberings. Of the template stay its styles, theme,
/// fonts, settings, numberings, the page of its last section with the headers and footers that hold there, and its custom
/// properties; everything else goes: its text, notes, comments, pictures in the text, and who wrote it. Throws Error(bad_input),
/// without a place.
Layout layout_of(std::string_view bytes);

/// Adds the styles that are missing to the text of a styles part, and says which id each role has.
std::string with_styles(std::string_view part, std::map<Role, std::string>& ids);

/// Adds our two numberings to the text of a numbering part, and says their ids.
std::string with_numbering(std::string_view part, int& bullets, int& references);

constexpr std::string_view main_namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
constexpr std::string_view relationships_namespace = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
constexpr std::string_view word_types = "application/vnd.openxmlformats-officedocument.wordprocessingml.";
constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

}  // namespace lacuna::docx
