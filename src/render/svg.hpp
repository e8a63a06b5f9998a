// Pictures as SVG: one writer for files and for pages.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "lacuna/result.hpp"
#include "render/layout.hpp"

namespace lacuna {

class Graph;

/// What a box of a picture shows.
struct SvgBox {
  std::string title;  ///< Told by pointers and screen readers; empty: none.
  std::string href;   ///< Where the box leads, as it is; empty: nowhere.
};

/// An `svg` element. Boxes have ids "box=RC27" and `data-id`, lines "line=SG17>O3"; blanks in ids are "_". `box` says what the
/// box of that id shows. `about` describes the picture to those who do not see it; may be empty.
std::string svg_of(const Page& page, std::string_view title, std::string_view about,
                   const std::function<SvgBox(const std::string& id)>& box);

/// A picture as a file. With the graph whose nodes its boxes show, boxes have titles, and lead to the addresses of their nodes.
std::string render_svg(const Picture& picture, const Graph* graph = nullptr);

}  // namespace lacuna
