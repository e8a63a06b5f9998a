// What a node is linked to, one step away.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

/// " (partly-covered)": the state of a need or a document as the page was made; nothing of others.
std::string state_behind(const PageContext& context, NodeId id) {
  const MapPage& page = context.page;
  const Kind kind = page.graph().node(id).kind;
  if (kind == Kind::deliverable) {
    const auto state = page.situation.state(id);
    return fmt::format(" ({})", state ? name_of(*state) : "not there");
  }
  if (!is_need(kind)) return {};
  const auto need = std::ranges::lower_bound(page.needs, id, {}, &PageNeed::node);
  const auto state = need->at(page.scope_at, page.day).state;
  return fmt::format(" ({})", state ? name_of(*state) : "not there");
}

}  // namespace

std::string near_text(const PageContext& context, NodeId id, std::initializer_list<Relation> told, bool states) {
  const Graph& graph = context.graph();
  std::vector<std::string> pieces;
  const auto tell = [&](std::span<const LinkId> links, Relation relation, bool outgoing) {
    std::string list;
    for (const LinkId l : links) {
      if (!context.tells(l)) continue;
      const Edge& edge = graph.edge(l);
      const NodeId other = outgoing ? edge.to : edge.from;
      list += list.empty() ? " " : ", ";
      list +=
          place_kind(graph.node(other).kind).empty()
              ? fmt::format("<a href=\"{}\">{}</a>", place_link("node", graph.node(other).id), html_text(graph.node(other).id))
              : node_link(graph, other);
      if (states) list += state_behind(context, other);
      if (edge.status != Status::asserted) list += fmt::format(" ({})", name_of(edge.status));
    }
    const PagePhrase& phrase = context.page.phrases[relation];
    if (!list.empty()) pieces.push_back(std::string(outgoing ? phrase.from : phrase.to) + list);
  };
  for (const bool outgoing : {true, false}) {
    for (const Relation relation : all_of<Relation>()) {
      if (std::ranges::find(told, relation) != told.end()) continue;
      tell(outgoing ? graph.out(id, relation) : graph.in(id, relation), relation, outgoing);
    }
  }
  if (pieces.empty()) pieces.emplace_back("no other links");
  return fmt::format("<p class=\"near\" id=\"{}\">{}</p>\n", place_id("node", graph.node(id).id), join(pieces, "; "));
}

std::string near_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  std::string out =
      "<section id=\"view=near\" class=\"made\" aria-labelledby=\"h-near\">\n<h2 id=\"h-near\" tabindex=\"-1\">Neighbours</h2>\n"
      "<div id=\"near\"></div>\n<p>What is linked to the workshop, its sessions, objectives and topics. Links of needs, "
      "documents and "
      "groups stand in their own rows.</p>\n<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Links of the "
      "workshop, "
      "sessions, objectives and topics\">\n<table class=\"list others\">\n<caption>Links, as the page was made</caption>\n"
      "<thead><tr><th scope=\"col\">node</th><th scope=\"col\">is a</th><th scope=\"col\">linked to</th></tr></thead>\n<tbody>\n";
  for (const Kind kind : {Kind::workshop, Kind::session, Kind::objective, Kind::topic}) {
    for (const NodeId id : graph.of_kind(kind)) {
      const Node& node = graph.node(id);
      out += fmt::format(
          "<tr data-id=\"{0}\"><th scope=\"row\" dir=\"auto\">{1} <span "
          "class=\"t\">{2}</span></th><td>{3}</td><td>{4}</td></tr>\n",
          html_text(node.id), outer_link(node.address, node.id), html_text(node.title), name_of(kind),
          near_text(context, id, {}, true));
    }
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

}  // namespace lacuna
