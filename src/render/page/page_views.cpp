// The views of a page but the needs and documents, which have a file of their own.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"
#include "lacuna/render.hpp"
#include "model/state_looks.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

/// A view whose rows stay as the page was made, whatever day is chosen, is `made`.
std::string heading(std::string_view view, std::string_view text, bool made = false) {
  return fmt::format("<section id=\"view={0}\"{2} aria-labelledby=\"h-{0}\">\n<h2 id=\"h-{0}\" tabindex=\"-1\">{1}</h2>\n", view,
                     text, made ? " class=\"made\"" : "");
}

std::string own_day(const MapPage& page) {
  const std::string scope = page.scope ? page.graph().node(*page.scope).id : "all groups";
  return fmt::format(
      "<p class=\"own\">As of {}, scope: {}. These rows stay as the page was made; the day and scope chosen above "
      "change counts, matrix, needs, groups and documents.</p>\n",
      to_string(page.situation.as_of()), html_text(scope));
}

using StateTally = EnumArray<CoverageState, std::size_t>;

StateTally tally_on(const MapPage& page, const std::vector<std::size_t>& needs, std::size_t scope) {
  StateTally tally{};
  for (const std::size_t n : needs) {
    if (const auto state = page.needs[n].at(scope, page.day).state) ++tally[*state];
  }
  return tally;
}

std::size_t sum_of(const StateTally& tally) {
  std::size_t sum = 0;
  for (const std::size_t n : tally) sum += n;
  return sum;
}

/// Each count in the colour of its state.
std::string covering_cell(const StateTally& tally) { return fmt::format("<td>{}</td>", tally_signs(tally, true)); }

std::string column_heads(const MapPage& page) {
  std::string out;
  for (const PageColumn& column : page.columns)
    out += fmt::format("<th scope=\"col\" class=\"g\">{}</th>", html_text(column.label));
  return out;
}

std::string rows_matrix(const MapPage& page, std::string_view kind, const std::vector<PageRow>& rows) {
  if (rows.empty()) return {};
  std::string out = fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Matrix of {0}s by group\">\n<table class=\"matrix list\" "
      "data-rows=\"{0}\">\n<caption>{1} by group</caption>\n<thead><tr><th scope=\"col\">{0}</th><th scope=\"col\" "
      "class=\"n\">needs</th><th scope=\"col\" class=\"all\">states in the scope</th>{2}</tr></thead>\n<tbody>\n",
      kind, kind == "objective" ? "Objectives" : "Topics", column_heads(page));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    const PageRow& row = rows[r];
    const Node& node = page.graph().node(row.node);
    const StateTally whole = tally_on(page, row.needs, page.scope_at);
    out += fmt::format("<tr id=\"{}\" data-r=\"{}\"><th scope=\"row\" class=\"d{}\" dir=\"auto\">{}</th><td class=\"n\">{}</td>",
                       place_id(kind, node.id), r, std::min<std::size_t>(row.depth, 3),
                       kind == "topic" ? html_text(node.title)
                                       : fmt::format("{} <span class=\"t\">{}</span>", html_text(node.id), html_text(node.title)),
                       sum_of(whole));
    out += row.needs.empty() ? fmt::format("<td>{}</td>", html_text(row.without))
                             : fmt::format("<td>{}</td>", tally_signs(whole, false));
    for (const PageColumn& column : page.columns) out += covering_cell(tally_on(page, row.needs, column.scope));
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n";
}

std::string need_matrix(const MapPage& page) {
  std::string out = fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Matrix of needs by group\">\n<table class=\"matrix list\" "
      "data-rows=\"need\">\n<caption>Needs by group</caption>\n<thead><tr><th scope=\"col\">need</th><th scope=\"col\" "
      "class=\"all\">state in the scope</th>{}</tr></thead>\n<tbody>\n",
      column_heads(page));
  for (std::size_t n = 0; n < page.needs.size(); ++n) {
    const PageNeed& need = page.needs[n];
    const Node& node = page.graph().node(need.node);
    const PageRun& run = need.at(page.scope_at, page.day);
    out += fmt::format(
        "<tr data-n=\"{}\"{}><th scope=\"row\" dir=\"auto\"><a href=\"{}\">{}</a> <span class=\"t\">{}</span></th>", n,
        run.state ? "" : " class=\"absent\"", place_link("need", node.id), html_text(node.id), html_text(node.title));
    out += run.state ? fmt::format("<td class=\"{}\">{}</td>", state_class(*run.state), state_text(*run.state))
                     : "<td>not there</td>";
    for (const PageColumn& column : page.columns) {
      const auto state = need.at(column.scope, page.day).state;
      if (!state || is_open(*state)) {
        out += "<td></td>";
        continue;
      }
      out +=
          fmt::format("<td class=\"{}\"><a href=\"{}\"><span aria-hidden=\"true\">{}</span><span class=\"vh\">{}</span></a></td>",
                      state_class(*state), place_link("need", node.id), sign_of(*state), name_of(*state));
    }
    out += "</tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n";
}

}  // namespace

std::string matrix_view(const PageContext& context) {
  const MapPage& page = context.page;
  std::string out = heading("matrix", "Matrix");
  out +=
      "<p>Who covers what. A cell counts the needs of its row that the group covers in full, in part, with drafts only, or with "
      "stale texts only, each in the colour of its state. An empty cell: nothing of the group. Group columns count each group's "
      "own texts, whatever scope is chosen.</p>\n";
  out += rows_matrix(page, "objective", page.objectives);
  out += rows_matrix(page, "topic", page.topics);
  out += need_matrix(page);
  return out + "</section>\n";
}

std::string gaps_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  std::string out = heading("gaps", "Gaps", true);
  out += own_day(page);
  for (const std::string& note : page.gap_notes) out += fmt::format("<p>{}</p>\n", html_text(note));
  std::vector<std::string> weights;
  for (const GapPart part : all_of<GapPart>())
    weights.push_back(fmt::format("{} {:.2f} ({})", name_of(part), page.situation.profile().order[part], word_of(part).meaning));
  out += fmt::format("<p>Rank: the mean of the parts by these weights: {}.</p>\n", html_text(join(weights, "; ")));
  if (page.gaps.empty()) return out + "<p>No gap.</p>\n</section>\n";
  out += fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table of gaps\">\n<table class=\"list "
      "gaps\">\n<caption>{} in "
      "their order</caption>\n<thead><tr><th scope=\"col\" class=\"n\">#</th><th scope=\"col\" class=\"n\">rank</th>",
      count_of(page.gaps.size(), "gap"));
  for (const GapPart part : all_of<GapPart>())
    out += fmt::format("<th scope=\"col\" class=\"n\">{}</th>", part == GapPart::nearness ? "near" : name_of(part));
  out +=
      "<th scope=\"col\">kind</th><th scope=\"col\">about</th><th scope=\"col\">state</th><th scope=\"col\" "
      "class=\"n\">dependants</th>";
  if (!page.open) out += "<th scope=\"col\">way forward</th>";
  out += "<th scope=\"col\">why</th></tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < page.gaps.size(); ++i) {
    const PageGap& gap = page.gaps[i];
    out += fmt::format("<tr id=\"gap={}\"><td class=\"n\">{}</td><td class=\"n\">{:.2f}</td>", i + 1, i + 1, gap.rank);
    for (const double part : gap.parts) out += fmt::format("<td class=\"n\">{:.2f}</td>", part);
    out += fmt::format("<td>{}</td><td dir=\"auto\">{}", name_of(gap.kind), node_link(graph, gap.subject));
    out += gap.other ? fmt::format(" and {}", node_link(graph, *gap.other))
                     : fmt::format(" <span class=\"t\">{}</span>", html_text(graph.node(gap.subject).title));
    out += gap.state ? fmt::format("</td><td class=\"{}\">{}</td>", state_class(*gap.state), state_text(*gap.state))
                     : "</td><td></td>";
    out += fmt::format("<td class=\"n\">{}</td>", gap.dependants);
    if (!page.open) out += fmt::format("<td>{}</td>", name_of(gap.action));
    out += fmt::format("<td dir=\"auto\">{}", html_text(gap.why));
    if (!gap.rests_on.empty())
      out += fmt::format("<details><summary>What it rests on</summary><p>{}</p></details>", html_text(gap.rests_on));
    out += "</td></tr>\n";
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

std::string ways_view(const PageContext& context) {
  const MapPage& page = context.page;
  if (page.open) return {};
  const Graph& graph = page.graph();
  std::string out = heading("ways", "Ways forward", true);
  if (!page.acting) return out + "<p>The page was made for no group that is to act: name one with --scope.</p>\n</section>\n";
  out += fmt::format("<p class=\"own\">For {}, as of {}. These rows stay as the page was made.</p>\n",
                     node_link(graph, *page.acting), to_string(page.situation.as_of()));
  std::vector<std::string> weights;
  for (const Component c : all_of<Component>())
    weights.push_back(fmt::format("{} {:.2f} ({})", name_of(c), page.situation.profile().rank[c], word_of(c).meaning));
  out += fmt::format("<p>Score: the mean of the components that can be told, by these weights: {}.</p>\n",
                     html_text(join(weights, "; ")));
  if (page.ways.empty()) return out + "<p>None.</p>\n</section>\n";
  out += fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table of ways forward\">\n<table class=\"list ways\">\n"
      "<caption>{}, best first</caption>\n<thead><tr><th scope=\"col\" class=\"n\">#</th><th scope=\"col\" "
      "class=\"n\">score</th><th scope=\"col\">way forward</th><th scope=\"col\">about</th><th scope=\"col\">needs</th><th "
      "scope=\"col\">liaise with</th></tr></thead>\n<tbody>\n",
      count_of(page.ways.size(), "way") + " forward");
  for (std::size_t i = 0; i < page.ways.size(); ++i) {
    const PageWay& way = page.ways[i];
    out += fmt::format("<tr id=\"way={}\"><td class=\"n\">{}</td><td class=\"n\">{:.2f}</td><td>{}</td><td dir=\"auto\">{}",
                       i + 1, i + 1, way.score, name_of(way.action), html_text(way.title));
    out += fmt::format("<details><summary>{}</summary>\n",
                       way.action == Action::new_work_item ? "Proposal, score and texts" : "What to do, score and texts");
    if (!way.proposal.empty()) {
      out += "<dl>";
      for (const PageLine& line : way.proposal)
        out += fmt::format("<dt>{}</dt><dd>{}</dd>", html_text(line.label), html_text(line.says));
      out += "</dl>\n";
    }
    if (!way.what_to_do.empty()) {
      out += "<ol>";
      for (const std::string& step : way.what_to_do) out += fmt::format("<li>{}</li>", html_text(step));
      out += "</ol>\n";
    }
    out += "<dl>";
    for (const Component c : all_of<Component>()) {
      out += fmt::format("<dt>{} {}</dt><dd>{}</dd>", name_of(c),
                         way.components[c] ? fmt::format("{:.2f}", *way.components[c]) : "–", html_text(way.reasons[c]));
    }
    out += "</dl>\n";
    if (!way.texts.empty()) out += fmt::format("<p>Texts to build on: {}</p>", node_links(graph, way.texts));
    out +=
        fmt::format("</details></td><td>{}</td><td>{}</td></tr>\n", node_links(graph, way.needs), node_links(graph, way.liaise));
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

std::string groups_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  std::string out = heading("groups", "Groups");
  out +=
      "<p>What the texts of each group, and of the groups inside it, cover; how many are in force, under way and past; what it "
      "declares to work on; its own liaisons.</p>\n";
  out += fmt::format(
      "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"Table of groups\">\n<table class=\"list "
      "groups\">\n<caption>{}"
      "</caption>\n<thead><tr><th scope=\"col\">group</th><th scope=\"col\">needs that it covers</th><th scope=\"col\" "
      "class=\"n\">in force</th><th scope=\"col\" class=\"n\">under way</th><th scope=\"col\" class=\"n\">past</th><th "
      "scope=\"col\">works on</th><th scope=\"col\">liaisons</th></tr></thead>\n<tbody>\n",
      count_of(page.groups.size(), "group"));
  std::vector<std::size_t> all(page.needs.size());
  for (std::size_t n = 0; n < all.size(); ++n) all[n] = n;
  for (std::size_t g = 0; g < page.groups.size(); ++g) {
    const PageGroup& group = page.groups[g];
    const Node& node = graph.node(group.node);
    out += fmt::format("<tr id=\"{}\" data-g=\"{}\"", place_id("group", node.id), g);
    if (group.scope) out += fmt::format(" data-s=\"{}\"", *group.scope);
    out += fmt::format("><th scope=\"row\" dir=\"auto\">{} <span class=\"t\">{}</span>", outer_link(node.address, node.id),
                       html_text(node.title));
    if (const auto parent = graph.parent(group.node))
      out += fmt::format("<span class=\"k\">part of {}</span>", node_link(graph, *parent));
    if (!group.active) out += fmt::format("<span class=\"k\">{}</span>", html_text(group.absence));
    out += "</th>";
    const StateTally tally = group.scope ? tally_on(page, all, *group.scope) : StateTally{};
    out += group.scope ? covering_cell(tally) : "<td></td>";
    out += fmt::format("<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>", group.published, group.under_way,
                       group.past);
    std::vector<std::string> fields;
    for (const NodeId field : group.works_on) {
      const Node& f = graph.node(field);
      fields.push_back(f.kind == Kind::topic ? fmt::format("<a href=\"{}\">{}</a>", place_link("topic", f.id), html_text(f.title))
                                             : node_link(graph, field));
    }
    out += fmt::format("<td>{}</td><td>{}<details><summary>Its links</summary>{}</details></td></tr>\n", join(fields, ", "),
                       node_links(graph, group.liaisons), near_text(context, group.node, {}, false));
  }
  return out + "</tbody>\n</table>\n</div>\n</section>\n";
}

namespace {

std::string search_article(const Graph& graph, const SearchRecord& record) {
  const Search& search = record.record;
  std::string out = fmt::format("<article id=\"{}\">\n<h3 id=\"{}\">{}</h3>\n<dl>", place_id("search", search.id),
                                place_id("judged-in", search.id), html_text(search.id));
  const auto line = [&](std::string_view label, const std::string& html) {
    if (!html.empty()) out += fmt::format("<dt>{}</dt><dd>{}</dd>\n", label, html);
  };
  line("By", fmt::format("{} on {}", html_text(search.by), to_string(search.on)));
  line("Signed", search.signature ? fmt::format("{} on {}", html_text(search.signature->by), to_string(search.signature->on))
                                  : "by nobody: what was not found is not a confirmed gap");
  std::vector<std::string> catalogues;
  for (const SearchedCatalogue& c : search.catalogues) {
    catalogues.push_back(html_text(c.name) + (c.records ? ", " + records_text(static_cast<std::uint64_t>(*c.records)) : "") +
                         (c.date ? fmt::format(", as of {}", to_string(*c.date)) : ""));
  }
  line("Catalogues", join(catalogues, "; "));
  line("Not searched", html_text(join(search.not_searched, ", ")));
  line("Read", html_text(search.read.empty() ? "titles and abstracts" : search.read));
  std::vector<std::string> queries;
  for (const SearchedWords& q : search.queries)
    queries.push_back(html_text(q.words) +
                      (q.hits ? fmt::format(" ({})", count_of(static_cast<std::size_t>(*q.hits), "hit")) : ""));
  line("Asked for", join(queries, "; "));
  line("Method", html_text(search.method));
  line("Note", html_text(search.note));
  line("Needs", node_links(graph, record.needs));
  out += "</dl>\n";
  const auto need_of = [&](const std::string& id) {
    const auto known = std::ranges::find(record.needs, id, [&](NodeId n) { return graph.node(n).id; });
    return known == record.needs.end() ? html_text(id) : node_link(graph, *known);
  };
  if (!search.candidates.empty()) {
    out += fmt::format(
        "<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-labelledby=\"{}\">\n<table "
        "class=\"list\">\n<caption>Documents near a need, as they were judged</caption>\n<thead><tr><th "
        "scope=\"col\">need</th><th scope=\"col\">document</th><th scope=\"col\">verdict</th><th scope=\"col\">reason</th><th "
        "scope=\"col\">by</th></tr></thead>\n<tbody>\n",
        place_id("judged-in", search.id));
    for (const JudgedCandidate& c : search.candidates) {
      out += fmt::format("<tr><td>{}</td><td dir=\"auto\">{}</td><td>{}</td><td dir=\"auto\">{}</td><td>{}</td></tr>\n",
                         need_of(c.need), html_text(c.document), name_of(c.finding), html_text(c.reason),
                         html_text(c.by.empty() ? search.by : c.by));
    }
    out += "</tbody>\n</table>\n</div>\n";
  }
  for (const UnjudgedCandidate& c : search.unjudged) {
    out += fmt::format("<p>Not judged yet: {} ({}), near {}, in {} since {}.</p>\n", html_text(c.document), html_text(c.title),
                       need_of(c.need), html_text(c.catalogue), to_string(c.on));
  }
  return out + "</article>\n";
}

}  // namespace

std::string searches_view(const PageContext& context) {
  const Graph& graph = context.graph();
  std::string out = heading("searches", "Searches", true);
  out +=
      "<p>“Not found” is as good as the search behind it. Each record says who looked, where, and what was not searched.</p>\n";
  if (graph.searches().empty()) out += "<p>No search was recorded: whatever nothing covers is unknown.</p>\n";
  for (const SearchRecord& record : graph.searches()) out += search_article(graph, record);
  return out + "</section>\n";
}

}  // namespace lacuna
