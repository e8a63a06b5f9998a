// The needs of a page with everything that is said of them, and the documents.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

std::string source_html(const Source& source) {
  std::vector<std::string> parts;
  const std::string& name = source.name.empty() ? source.address : source.name;
  if (!name.empty()) parts.push_back(outer_link(source.address, name));
  if (source.seen) parts.push_back(fmt::format("seen {}", to_string(*source.seen)));
  return join(parts, ", ");
}

std::string_view degree_words(Degree degree) {
  return degree == Degree::full ? "covers it in full" : degree == Degree::partial ? "covers it in part" : "does not cover it";
}

std::string document_state(const Situation& situation, NodeId document) {
  const Milestone* now = situation.milestone(document);
  return now == nullptr ? "not there" : std::string(name_of(now->state));
}

/// One link as an item: the document, what it does, and on what that rests.
std::string link_item(const PageContext& context, LinkId link, bool counts) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  const Edge& edge = graph.edge(link);
  const EdgeText& text = graph.text(link);
  const Node& document = graph.node(edge.from);
  std::string out = fmt::format(
      "<li data-l=\"{}\"{}><a href=\"{}\">{}</a> <span class=\"t\" dir=\"auto\">{}</span> <span class=\"ds\">{}</span>: ",
      context.places.at(link), counts ? " class=\"in\"" : "", place_link("document", document.id), html_text(document.id),
      html_text(document.title), document_state(page.situation, edge.from));
  out += fmt::format("<b>{}</b>", edge.relation == Relation::mentions ? "mentions it" : degree_words(edge.degree));
  std::vector<std::string> says;
  if (text.set_relation) says.push_back(std::string(name_of(*text.set_relation)));
  if (edge.status != Status::asserted) says.push_back(std::string(name_of(edge.status)));
  if (!text.clause.empty()) says.push_back(fmt::format("clause {}", html_text(text.clause)));
  if (text.strength) says.push_back(fmt::format("strength {} of 10", *text.strength));
  if (!says.empty()) out += fmt::format(" ({})", join(says, ", "));
  if (!text.rationale.empty()) out += fmt::format(". <span dir=\"auto\">{}</span>", html_text(text.rationale));
  std::vector<std::string> base;
  if (!text.evidence.empty()) base.push_back(fmt::format("read: {}", html_text(text.evidence)));
  if (!text.by.empty()) base.push_back(fmt::format("by {}", html_text(text.by)));
  if (text.on) base.push_back(to_string(*text.on));
  if (text.method) base.push_back(std::string(name_of(*text.method)));
  if (const std::string source = source_html(text.source); !source.empty()) base.push_back(fmt::format("source: {}", source));
  if (!text.questioned.empty()) base.push_back(fmt::format("to be looked at again: {}", html_text(text.questioned)));
  if (!base.empty()) out += fmt::format(" <span class=\"k\">{}</span>", join(base, " · "));
  return out + "</li>\n";
}

std::string need_details(const PageContext& context, const PageNeed& need, const PageRun& run) {
  const Graph& graph = context.graph();
  const Node& node = graph.node(need.node);
  std::vector<LinkId> covers;
  std::vector<LinkId> mentions;
  for (const LinkId l : graph.in(need.node, Relation::covers))
    if (context.places.contains(l)) covers.push_back(l);
  for (const LinkId l : graph.in(need.node, Relation::mentions))
    if (context.places.contains(l)) mentions.push_back(l);
  const std::size_t searches = graph.searches_for(need.node).size();
  std::vector<std::string> has;
  if (!covers.empty()) has.push_back(count_of(covers.size(), "verdict"));
  if (!mentions.empty()) has.push_back(count_of(mentions.size(), "mention"));
  has.push_back(searches == 0 ? "no search" : searches == 1 ? "1 search" : fmt::format("{} searches", searches));
  std::string out = fmt::format("<details><summary>{}</summary>\n", join(has, ", "));
  if (!node.text.empty()) out += fmt::format("<p dir=\"auto\">{}</p>\n", html_text(node.text));
  out += near_text(context, need.node, {Relation::covers, Relation::mentions}, false);
  const auto counts = [&](LinkId l) { return std::ranges::any_of(run.evidence, [&](const Evidence& e) { return e.link == l; }); };
  if (!covers.empty()) {
    out += "<ul class=\"links\">\n";
    for (const LinkId l : covers) out += link_item(context, l, counts(l));
    out += "</ul>\n";
  }
  if (!mentions.empty()) {
    out += "<p>Mentions, which never count as coverage:</p>\n<ul class=\"links\">\n";
    for (const LinkId l : mentions) out += link_item(context, l, false);
    out += "</ul>\n";
  }
  out += fmt::format("<p>Search: {}", html_text(need.searched));
  for (const std::uint32_t s : graph.searches_for(need.node)) {
    const std::string& id = graph.searches()[s].record.id;
    out += fmt::format(" · <a href=\"{}\">{}</a>", place_link("search", id), html_text(id));
  }
  out += "</p>\n";
  if (const std::string source = source_html(node.source); !source.empty())
    out += fmt::format("<p>Source of the need: {}</p>\n", source);
  return out + "</details>";
}

std::string since_until(const Node& node) {
  std::string out;
  for (const NodeDate& date : node.dates) {
    if (date.what == "since" || date.what == "until") out += fmt::format(" · {} {}", date.what, to_string(date.date));
  }
  return out;
}

}  // namespace

std::string needs_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  std::string out =
      "<section id=\"view=needs\" aria-labelledby=\"h-needs\">\n<h2 id=\"h-needs\" tabindex=\"-1\">Needs</h2>\n<p>Every need "
      "with its state, "
      "what that rests on, and every verdict on it down to the clause. No link at all means unknown, never “none”.</p>\n<div "
      "class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table of needs\">\n<table class=\"list "
      "needs\">\n<caption>Needs with "
      "state and "
      "reason</caption>\n<thead><tr><th scope=\"col\">need</th><th scope=\"col\">state</th><th "
      "scope=\"col\">why</th></tr></thead>\n"
      "<tbody>\n";
  for (std::size_t n = 0; n < page.needs.size(); ++n) {
    const PageNeed& need = page.needs[n];
    const Node& node = graph.node(need.node);
    const PageRun& run = need.at(page.scope_at, page.day);
    std::vector<std::string> fields;
    for (const NodeId o : need.objectives) fields.push_back(node_link(graph, o));
    for (const NodeId t : need.topics)
      fields.push_back(
          fmt::format("<a href=\"{}\">{}</a>", place_link("topic", graph.node(t).id), html_text(graph.node(t).title)));
    out += fmt::format(
        "<tr id=\"{}\" data-n=\"{}\"{}><th scope=\"row\" dir=\"auto\">{} <span class=\"t\">{}</span><span class=\"k\">{}{}{}{}"
        "</span></th>",
        place_id("need", node.id), n, run.state ? "" : " class=\"absent\"", html_text(node.id), html_text(node.title),
        name_of(node.kind), since_until(node), fields.empty() ? "" : " · ", join(fields, ", "));
    out += run.state ? fmt::format("<td class=\"{}\">{}</td>", state_class(*run.state), state_text(*run.state))
                     : "<td>not there</td>";
    out += fmt::format("<td dir=\"auto\"><span class=\"why\">{}</span>{}</td></tr>\n", html_text(need.why),
                       need_details(context, need, run));
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

std::string documents_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  const std::vector<NodeId> documents = graph.of_kind(Kind::deliverable);
  std::string out = fmt::format(
      "<section id=\"view=documents\" aria-labelledby=\"h-documents\">\n<h2 id=\"h-documents\" "
      "tabindex=\"-1\">Documents</h2>\n<div "
      "class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table of documents\">\n<table class=\"list "
      "documents\">\n<caption>{}</caption>\n"
      "<thead><tr><th scope=\"col\">document</th><th scope=\"col\">groups</th><th scope=\"col\">state</th><th "
      "scope=\"col\">life</th><th scope=\"col\">covers</th><th scope=\"col\">mentions</th><th scope=\"col\">other "
      "links</th></tr></thead>\n<tbody>\n",
      count_of(documents.size(), "document"));
  for (std::size_t d = 0; d < documents.size(); ++d) {
    const NodeId id = documents[d];
    const Node& node = graph.node(id);
    out += fmt::format(
        "<tr id=\"{}\" data-d=\"{}\"{}><th scope=\"row\" dir=\"auto\">{} <span class=\"t\">{}</span></th><td>{}</td><td "
        "class=\"ds\">{}</td>",
        place_id("document", node.id), d, page.situation.state(id) ? "" : " class=\"absent\"", outer_link(node.address, node.id),
        html_text(node.title), node_links(graph, graph.developers_of(id)), document_state(page.situation, id));
    std::vector<std::string> life;
    for (const Milestone& m : graph.life(id)) life.push_back(html_text(m.basis));
    out += fmt::format("<td>{}</td>", join(life, "; "));
    for (const Relation relation : {Relation::covers, Relation::mentions}) {
      std::vector<std::string> needs;
      for (const LinkId l : graph.out(id, relation)) {
        const Edge& e = graph.edge(l);
        if (!page.situation.counts(l) || (relation == Relation::covers && e.degree == Degree::none)) continue;
        needs.push_back(node_link(graph, e.to) + (relation == Relation::covers && e.degree == Degree::full ? " in full" : ""));
      }
      out += fmt::format("<td>{}</td>", join(needs, ", "));
    }
    out += fmt::format("<td>{}</td></tr>\n",
                       near_text(context, id, {Relation::covers, Relation::mentions, Relation::develops}, false));
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

}  // namespace lacuna
