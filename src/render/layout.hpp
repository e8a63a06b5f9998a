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
  double x = 0, y = 0, w = 0, h = 0;  ///< Centre and size.
  std::vector<std::string> lines;
  double font = 10;
  enum class Align : std::uint8_t { centre, left } align = Align::centre;
  Colours colours;                    ///< An empty fill or border means none.
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

/// Puts a picture on a page of 960 × 540 points, or a taller one for a grid with many rows.
Page laid_out(const Picture& picture);

/// Fill, text and border of a coverage state. Fills differ in lightness and in hue for all common kinds of colour blindness
/// (blues for what is covered, darker for more; orange for a confirmed gap; grey and white for stale and unknown).
Colours colours_of(CoverageState state);

}  // namespace lacuna
