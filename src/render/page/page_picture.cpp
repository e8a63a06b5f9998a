// The relationship picture of a page: boxes lead to what they show.
#include <fmt/format.h>

#include "render/page/page_parts.hpp"
#include "render/svg.hpp"

namespace lacuna {

std::string picture_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  if (!page.picture) return {};
  const auto box = [&](const std::string& id) -> SvgBox {
    const std::vector<NodeId> named = graph.named(id);
    if (named.size() != 1) return {};
    const Node& node = graph.node(named.front());
    const std::string_view kind = place_kind(node.kind);
    return {fmt::format("{} – {}", node.id, node.title), kind.empty() ? "" : place_link(kind, node.id)};
  };
  return "<section id=\"view=picture\" class=\"made\" aria-labelledby=\"h-picture\">\n<h2 id=\"h-picture\" "
         "tabindex=\"-1\">Picture</h2>\n<p class=\"own\">As the page was made. Boxes lead to what they show.</p>\n<div "
         "class=\"wide "
         "picture\" role=\"region\" tabindex=\"0\" aria-label=\"Picture of groups, objectives and topics\">\n" +
         svg_of(
             laid_out(*page.picture), page.picture->title,
             "Groups, objectives and topics as boxes, with lines for who works on what. The matrix and the tables of groups and "
             "needs say the same in words.",
             box) +
         "</div>\n</section>\n";
}

}  // namespace lacuna
