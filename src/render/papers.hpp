// What the formats of papers share. The formats themselves are the rows of paper_formats().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/paper.hpp"

namespace lacuna {

std::string render_paper_markdown(const Paper& paper, std::string_view layout);
std::string render_paper_html(const Paper& paper, std::string_view layout);
std::string render_paper_json(const Paper& paper, std::string_view layout);
std::string render_paper_docx(const Paper& paper, std::string_view layout);

/// What stands in the place of a blank: "[to be filled in: editors]", the run's text being "editors".
std::string text_of_blank(std::string_view what);

/// The address in the characters that a URI may hold, others as %XX; nothing for what no reader shall follow: whatever is not
/// http, https, mailto or ftp.
std::optional<std::string> followable(std::string_view address);

/// True where the first letter is one of a script that is written from right to left.
bool reads_right_to_left(std::string_view text);
bool reads_right_to_left(const Prose& prose);

/// A text in stretches of one direction each. What has none itself, as blanks, digits and signs, goes with the letters around it
/// where these agree, else with the paragraph.
struct Stretch {
  std::string_view text;
  bool right_to_left = false;
};
std::vector<Stretch> stretches_of(std::string_view text, bool paragraph_right_to_left);

/// What a reference says after its identifier, in this order; what is not known is left out.
struct ReferenceText {
  std::string identifier;         ///< Its title where it has none.
  std::string title;              ///< Empty where it is the identifier already.
  std::vector<std::string> rest;  ///< Whose it is, its state.
};
ReferenceText text_of(const Reference& reference);

/// The widest row of a table; 1 at least.
std::size_t columns_of(const PaperTable& table);

/// Shares of the line, one a column, that add up to 1. Of a form without widths the labels take three tenths.
std::vector<double> shares_of(const PaperTable& table);

/// The same, but no column narrower than its longest word in any common font, as far as the line allows: what is missing is taken
/// from columns that have more. `line` is the width of the line in font sizes of the table's text.
struct WordSafeShares {
  std::vector<double> shares;
  bool fits = true;  ///< False where the longest words together are wider than the line: it asks for a smaller font.
};
WordSafeShares word_safe_shares(const PaperTable& table, double line);

/// The colour in capitals where it is one, RRGGBB.
std::optional<std::string> tint_of(std::string_view tint);
/// True for a tint on which dark letters cannot be read.
bool is_dark(std::string_view tint);

}  // namespace lacuna
