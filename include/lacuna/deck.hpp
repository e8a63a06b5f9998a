// A deck of slides for a session, before it becomes PPTX.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lacuna/result.hpp"

namespace lacuna {

struct Slide {
  enum class Kind : std::uint8_t { title, content } kind = Kind::content;
  std::string title;
  std::string subtitle;  ///< On a title slide only.
  std::string whose;     ///< Whose coverage it shows, in the footer: "coverage by all groups".
  struct Point {
    std::string text;
    std::string more = {};  ///< Set smaller, under the text.
  };
  std::vector<Point> points;
  struct Cell {
    std::string text;
    std::optional<CoverageState> state = {};  ///< Fills the cell with the colour and sign of the state.
  };
  struct Grid {
    std::vector<std::string> columns;
    std::vector<double> widths;  ///< Shares of the width; empty means even ones.
    std::vector<std::vector<Cell>> rows;
  };
  std::optional<Grid> grid;
  std::optional<Picture> picture;  ///< Drawn as shapes and connectors that people can move.
  std::vector<std::string> notes;  ///< What the speaker needs to defend the slide, a paragraph each.
};

struct Deck {
  std::string title;
  std::string footer;  ///< On every slide, before what it says itself: the map, the as-of date.
  std::vector<Slide> slides;
};

/// A presentation (ECMA-376 PresentationML), 16:9. `layout` is the user's own .pptx, for its theme, masters and layouts; empty
/// means ours. What does not fit on one slide goes on on the next ones, which say so. Deterministic. Throws Error(bad_input) for
/// a layout that is no presentation, is damaged, or carries macros, embedded programs, parts outside of it, or links and actions
/// that lead elsewhere than to the web.
std::string render_pptx(const Deck& deck, std::string_view layout);

/// The result's picture as a slide; its summary stands in the notes, the map and the as-of date in the footer. Without a picture,
/// a slide with the title only.
Deck deck_of(const Result& result);

}  // namespace lacuna
