// Workbooks for people to read, sort and filter.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "lacuna/date.hpp"

namespace lacuna {

/// A cell. Texts are written as texts, whatever they begin with: none becomes a formula, a number or a date.
struct BookCell {
  std::variant<std::monostate, std::string, double, Date> value;
  std::string address = {};  ///< Where not empty, the text is a link to it; only http and https become links.
};

struct BookColumn {
  std::string name;
  enum class Kind : std::uint8_t { text, number, score, state } kind = Kind::text;  ///< Scores have two decimals.
  double width = 12;                                                                ///< In characters.
  std::string shade = {};  ///< "#rrggbb": cells are coloured by their numbers, from white to this; empty: they are not.
};

/// A table with a header row.
struct BookSheet {
  std::string name;  ///< Made fit for a tab, and told apart from the others.
  std::string says;  ///< What the first sheet tells of it.
  std::vector<BookColumn> columns;
  std::vector<std::vector<BookCell>> rows;
  std::vector<std::size_t> lines =
      {};  ///< Of text in each row, where that is known: not every program makes rows as high as their text.
};

/// A text and how cells that begin with its sign are coloured.
struct BookSign {
  std::string sign;
  std::string name;
  std::string meaning;
  std::string fill;  ///< "#rrggbb".
  std::string text;
};

struct Book {
  std::string title;
  std::vector<std::string> summary;                        ///< Under the title, a row each.
  std::vector<std::pair<std::string, std::string>> about;  ///< What was asked, in two columns.
  std::vector<BookSheet> sheets;
  std::vector<BookSign> signs;                               ///< The colours of columns of states, and their explanation.
  std::vector<std::pair<std::size_t, std::string>> reasons;  ///< A tree of sentences, by depth; on a sheet of its own.
  std::string footer;                                        ///< At the foot of every printed page.
};

/// The bytes of an .xlsx file: a first sheet "About", then a sheet a table: an Excel table with filters, frozen header, and set
/// up for printing on A4. What Excel does not take is cut: texts over 32,767 characters, rows over 1,048,575, columns over
/// 16,384. The same book gives the same bytes; it is dated by SOURCE_DATE_EPOCH where that is set. Throws Error(io) when it does
/// not come out whole.
std::string write_xlsx_book(const Book& book);

}  // namespace lacuna
