// A document for people: a form, a report or a statement, before it becomes Markdown, HTML, DOCX or JSON.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/value.hpp"

namespace lacuna {

/// A stretch of text that is set in one way. Text, never markup.
struct Run {
  std::string text;
  enum class Kind : std::uint8_t {
    plain,
    strong,
    emphasis,
    blank
  } kind = Kind::plain;                 ///< A blank is to be filled in by people; its text says with what.
  std::vector<std::size_t> cites = {};  ///< Numbers of references, from 1, that stand behind the text: [3] or [1, 4].
  std::string address = {};             ///< Where not empty, the text is a link to it.
  std::string comment =
      {};               ///< How the text came about, for who signs it: a comment in Word's margin, a member of the JSON twin.
  Value rests_on = {};  ///< What the text claims, as data: figures, needs and links; an object with a member "claim", or null.
};
using Prose = std::vector<Run>;

/// A document that the paper cites.
struct Reference {
  std::string node;        ///< Its id on the map; empty where only the catalogues know it.
  std::string identifier;  ///< As people write it.
  std::string title;
  std::string body;   ///< Whose document it is.
  std::string state;  ///< With its date: "published, 12/2025".
  std::string address;
};

/// A grid with a header row; or, without columns, a form, whose first cell of each row is its label.
struct PaperTable {
  std::string caption;
  std::vector<std::string> columns;
  std::vector<double> widths;  ///< Shares of the line, one a cell; empty means even ones.
  struct Cell {
    std::vector<Prose> paragraphs;
    std::string tint = {};  ///< Background as RRGGBB; empty means none.
  };
  struct Row {
    std::string key = {};  ///< The member of the JSON twin that holds the row of a form.
    std::vector<Cell> cells;
  };
  std::vector<Row> rows;
};

struct Passage {
  enum class Kind : std::uint8_t { heading, paragraph, item, table } kind = Kind::paragraph;
  int level = 1;    ///< Of a heading, 1 to 3; of an item, how deep it is nested, 1 to 3.
  std::string key;  ///< Of a heading: the member of the JSON twin under which everything up to the next heading of this or a
                    ///< higher level stands.
  Prose text;
  PaperTable table;
};

struct Paper {
  std::string form;  ///< "a1", "liaison", …: says in the JSON twin which keys to expect.
  std::string title;
  std::string about;   ///< One line under the title: for which group, as of which day.
  Value::Object head;  ///< Map, as-of date, scope, profile: as in every result.
  std::vector<Passage> passages;
  std::vector<Reference> references;
};

/// The key of the heading under which a paper says how it was made.
inline constexpr std::string_view annex_key = "annex";

/// The paper without that annex and without comments, as it is filed; references that only they cited are gone, the others
/// numbered anew. Linear.
Paper without_annex(Paper paper);

/// A format for papers. `layout` is the user's own document whose styles, page and header the paper takes over; empty means ours.
struct PaperFormat {
  std::string_view name;
  std::string_view help;
  bool takes_template;
  /// The same paper gives the same bytes. Throws Error(bad_input), without a place, where the layout cannot be used: the caller
  /// knows its path.
  std::string (*render)(const Paper&, std::string_view layout);
};
std::span<const PaperFormat> paper_formats();

}  // namespace lacuna
