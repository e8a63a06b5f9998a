// Texts into boxes: the largest font in which they fit, and what is shown where none does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "render/layout.hpp"

namespace lacuna {

constexpr double per_character = 0.56;  ///< Mean width of a character of DejaVu Sans, in font sizes; slightly generous.
constexpr double line_height = 1.18;    ///< In font sizes.

/// How many characters of mean width have room in a width; at least 4.
std::size_t characters(double width, double font);

struct TextFitter {
  bool wide_font =
      true;  ///< Our own pages are drawn in a wide font of which only the mean width is known; slides are set in narrow ones.
  double least_font = 8.5;

  /// A text in lines of a width.
  [[nodiscard]] std::vector<std::string> broken(const std::string& text, double width, double font) const;

  /// Sets the shape's texts, lines and font: the largest font in which the lines fit into it, each on lines of its own, else run
  /// on; what does not fit in the smallest is shortened, and the shape says so.
  void into(Shape& shape, const std::vector<std::string>& lines) const;

 private:
  [[nodiscard]] std::optional<std::vector<std::string>> unbroken(const std::string& text, double width, double font) const;
  [[nodiscard]] std::size_t length_with_room(const std::string& text, double width, double font) const;
};

}  // namespace lacuna
