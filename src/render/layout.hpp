// Where the parts of a picture go on the page. Points (1/72 inch); the origin is the lower left corner, as in Graphviz.
#pragma once

#include <string>
#include <vector>

#include "lacuna/result.hpp"

namespace lacuna {

struct Colours {
  std::string fill;
  std::string text;
  std::string border;
};

/// A rectangle with text. Everything on the page but lines is one.
struct Shape {
  std::string id;
  std::string of = {};                ///< The box that it shows, or a part of; empty for the page's own.
  std::size_t row = 0;                ///< Of a grid, from 1: the row that it belongs to.
  double x = 0, y = 0, w = 0, h = 0;  ///< Centre and size.
  std::vector<std::string> lines;
  std::vector<std::string> texts = {};  ///< Where not empty, the same text before it was broken into lines: a paragraph each.
  bool cut = false;                     ///< Not all of the box's text is here.
  double font = 10;
  enum class Align : std::uint8_t { centre, left } align = Align::centre;
  Colours colours;  ///< An empty fill or border means none.
  enum class Border : std::uint8_t { none, solid, heavy, dashed } border = Border::none;
  bool rounded = false;
};

/// A curve from the right side of one shape to the left side of another.
struct Curve {
  std::string from;
  std::string to;
  double x0 = 0, y0 = 0, x1 = 0, y1 = 0;
  double width = 1;
  Line::Kind kind = Line::Kind::strong;
  enum class Arrow : std::uint8_t { none, at_start, at_end } arrow = Arrow::none;
};

struct Page {
  double width = 960;
  double height = 540;
  std::vector<Curve> curves;
  std::vector<Shape> shapes;
};

/// What there is to draw on.
struct Canvas {
  double width = 960;
  double height = 540;
  double margin = 24;
  bool title = true;        ///< The picture's title stands on it.
  bool grows = true;        ///< A grid with many rows makes it taller.
  double least_font = 7.5;  ///< Of all texts.
  double heading = 46;      ///< The height of a grid's headings.
};

/// Puts a picture on a page; ours is 960 × 540 points, or taller for a grid with many rows. Where the ground does not grow, the
/// picture must have room (see room_on); texts that do not fit their boxes are cut.
Page laid_out(const Picture& picture, const Canvas& ground = {});

/// The height that is left for the boxes or the grid, without what explains them, above and below.
double room_on(const Picture& picture, const Canvas& ground);

/// The least height of a grid's rows.
constexpr double least_row = 15;

/// Fill, text and border of a coverage state.
Colours colours_of(CoverageState state);

}  // namespace lacuna
