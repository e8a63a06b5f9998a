// Texts into boxes: the largest font in which they fit, and what is shown where none does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/layout.hpp"
#include "render/measure.hpp"

namespace lacuna {

constexpr double line_height = 1.18;  ///< In font sizes.

struct TextFitter {
  Typeface face = Typeface::dejavu;
  double least_font = 7.5;

  /// The width of a text on one line, in points.
  [[nodiscard]] double width_of(std::string_view text, double font) const { return font * ems_of(text, face); }
  /// The text, or as much of it as has room on one line, with "…" behind it.
  [[nodiscard]] std::string on_one_line(const std::string& text, double width, double font) const;

  /// A text in lines of a width.
  [[nodiscard]] std::vector<std::string> broken(const std::string& text, double width, double font) const;

  /// Sets the shape's texts, lines and font: the largest font in which the lines fit into it, each on lines of its own, else run
  /// on; what does not fit in the smallest is shortened, and the shape says so.
  /// `free` points of its width, at most a tenth of it, stay so.
  void into(Shape& shape, const std::vector<std::string>& lines, double free = 10) const;

 private:
  [[nodiscard]] std::optional<std::vector<std::string>> unbroken(const std::string& text, double width, double font) const;
};

}  // namespace lacuna
