#include "render/page/page_parts.hpp"

#include <fmt/format.h>

#include "base/percent.hpp"
#include "base/text.hpp"
#include "formats/xml.hpp"
#include "lacuna/render.hpp"
#include "model/state_looks.hpp"
#include "render/papers.hpp"

namespace lacuna {
namespace {

/// As an identifier in an id: no blank, and no two that become the same.
std::string without_blanks(std::string_view id) {
  std::string out;
  for (const char c : harmless(id)) {
    if (c == '_') out += '_';
    out += c == ' ' ? '_' : c;
  }
  return out;
}

}  // namespace

PageContext page_context(const MapPage& page) {
  const Graph& graph = page.graph();
  PageContext context{page, {}, {}, {}, std::vector<bool>(graph.edges().size())};
  std::vector<bool> here(graph.size());
  for (std::size_t i = 0; i < here.size(); ++i) here[i] = !is_need(graph.node(static_cast<NodeId>(i)).kind);
  for (const PageNeed& need : page.needs) here[index(need.node)] = true;
  for (std::size_t i = 0; i < graph.size(); ++i) {
    if (!here[i]) continue;
    for (const LinkId l : graph.out(static_cast<NodeId>(i))) {
      const Edge& edge = graph.edge(l);
      if (!here[index(edge.to)] || (page.open && edge.status != Status::asserted)) continue;
      context.told[index(l)] = true;
      if (edge.relation != Relation::covers && edge.relation != Relation::mentions) context.others.push_back(l);
    }
  }
  for (const PageNeed& need : page.needs) {
    for (const Relation relation : {Relation::covers, Relation::mentions}) {
      for (const LinkId l : graph.in(need.node, relation)) {
        if (page.open && graph.edge(l).status != Status::asserted) continue;
        context.places.emplace(l, context.links.size());
        context.links.push_back(l);
      }
    }
  }
  return context;
}

std::string html_text(std::string_view text) { return xml::escaped(text); }

std::string place_id(std::string_view kind, std::string_view id) {
  return html_text(fmt::format("{}={}", kind, without_blanks(id)));
}

std::string place_link(std::string_view kind, std::string_view id) {
  return fmt::format("#{}={}", kind, percent_encoded(without_blanks(id), "-._~/:()"));
}

std::string_view place_kind(Kind kind) {
  if (is_need(kind)) return "need";
  switch (kind) {
    case Kind::objective: return "objective";
    case Kind::topic: return "topic";
    case Kind::group: return "group";
    case Kind::deliverable: return "document";
    default: return "";
  }
}

std::string node_link(const Graph& graph, NodeId id) {
  const Node& node = graph.node(id);
  const std::string_view kind = place_kind(node.kind);
  if (kind.empty()) return html_text(node.id);
  return fmt::format("<a href=\"{}\">{}</a>", place_link(kind, node.id), html_text(node.id));
}

std::string node_links(const Graph& graph, const std::vector<NodeId>& ids) {
  std::vector<std::string> links;
  for (const NodeId id : ids) links.push_back(node_link(graph, id));
  return join(links, ", ");
}

std::string outer_link(std::string_view address, std::string_view text) {
  const auto uri = followable(address);
  if (!uri || lower(uri->substr(0, 4)) == "ftp:") return html_text(text);
  return fmt::format("<a class=\"out\" rel=\"noopener noreferrer\" href=\"{}\">{}</a>", html_text(*uri), html_text(text));
}

std::string state_class(CoverageState state) { return fmt::format("s-{}", name_of(state)); }

std::string state_text(CoverageState state) {
  return fmt::format("<span class=\"sign\" aria-hidden=\"true\">{}</span> {}", sign_of(state), name_of(state));
}

std::string tally_signs(const EnumArray<CoverageState, std::size_t>& tally, bool covering) {
  std::vector<std::string> signs;
  std::vector<std::string> words;
  for (const CoverageState state : all_of<CoverageState>()) {
    if (tally[state] == 0 || (covering && is_open(state))) continue;
    const std::string sign = fmt::format("{}\u00a0{}", sign_of(state), tally[state]);
    signs.push_back(covering ? fmt::format("<span class=\"tally {}\">{}</span>", state_class(state), sign) : sign);
    words.push_back(fmt::format("{} {}", tally[state], name_of(state)));
  }
  if (signs.empty()) return {};
  return fmt::format("<span aria-hidden=\"true\">{}</span><span class=\"vh\">{}</span>", join(signs, covering ? "" : " "),
                     join(words, ", "));
}

}  // namespace lacuna
