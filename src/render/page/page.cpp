// A map as one HTML document: head, what stands above the views, and the views.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "formats/zip_write.hpp"
#include "lacuna/error.hpp"
#include "lacuna/render.hpp"
#include "lacuna/version.hpp"
#include "model/state_looks.hpp"
#include "render/house.hpp"
#include "render/page/page_parts.hpp"

namespace lacuna {
namespace {

/// A text as a string of CSS: whatever is no letter, digit or blank by its number, so that nothing in it ends anything.
std::string css_string(std::string_view text) {
  const std::string clean = harmless(text);
  std::string out = "\"";
  for (std::string_view rest = clean; !rest.empty();) {
    const char32_t c = next_code_point(rest);
    const bool plain = c < 0x80 && (is_letter(static_cast<char>(c)) || is_digit(static_cast<char>(c)) || c == ' ' || c == '-');
    out += plain ? std::string(1, static_cast<char>(c)) : fmt::format("\\{:x} ", static_cast<std::uint32_t>(c));
  }
  return out + "\"";
}

std::string legend() {
  std::string out = "<ul class=\"legend\">";
  for (const CoverageState state : all_of<CoverageState>()) {
    out += fmt::format("<li><span class=\"chip {}\">{}</span> {}</li>\n", state_class(state), state_text(state),
                       html_text(word_of(state).meaning));
  }
  return out + "</ul>\n";
}

struct PageView {
  std::string_view name;
  std::string_view label;
  std::string (*write)(const PageContext&);
};
constexpr PageView page_views[] = {
    {"matrix", "Matrix", matrix_view},          {"gaps", "Gaps", gaps_view},
    {"ways", "Ways forward", ways_view},        {"needs", "Needs", needs_view},
    {"picture", "Picture", picture_view},       {"groups", "Groups", groups_view},
    {"documents", "Documents", documents_view}, {"searches", "Searches", searches_view},
    {"near", "Neighbours", near_view},          {"about", "About", about_view},
};

/// How many needs there are on the page's own day, and in which state.
struct PageCounts {
  EnumArray<CoverageState, std::size_t> by_state{};
  std::size_t there = 0;
  std::size_t absent = 0;
};

PageCounts counts_of(const MapPage& page) {
  PageCounts counts;
  for (const PageNeed& need : page.needs) {
    const auto state = need.at(page.scope_at, page.day).state;
    if (state) ++counts.by_state[*state];
    ++(state ? counts.there : counts.absent);
  }
  return counts;
}

std::string later_text(const PageCounts& counts) {
  return counts.absent == 0 ? "" : fmt::format("(on the map, {} more not there on this day)", counts.absent);
}

/// " · topic: AI agents": which part of the map the page is about; empty for all of it.
std::string which_part(const MapPage& page) {
  const Graph& graph = page.graph();
  std::string out;
  if (page.objective) out += fmt::format(" · objective: {}", graph.node(*page.objective).id);
  if (page.topic) out += fmt::format(" · topic: {}", graph.node(*page.topic).title);
  return out;
}

/// Day, scope and denominator in a line; the script writes it anew.
std::string moment(const MapPage& page, const PageCounts& counts) {
  return fmt::format(
      "As of <b class=\"day\">{}</b> · scope: <b class=\"whose\">{}</b><span class=\"part\">{}</span> · <b "
      "class=\"total\">{}</b> "
      "<span class=\"later\">{}</span>",
      to_string(page.situation.as_of()), html_text(page.scopes[page.scope_at].label), html_text(which_part(page)),
      count_of(counts.there, "need"), later_text(counts));
}

constexpr std::size_t most_bytes = 64u << 20;  ///< What a browser opens within some seconds.

std::string page_title(const MapPage& page) {
  const std::string& title = page.graph().info().title;
  return title.empty() ? "A map of standardization" : title;
}

/// What stands in the margins of every sheet of paper: title, day, scope, denominator, and what the signs mean. Views that stay
/// as the page was made keep its own day when the script has chosen another.
std::string margin_style(const MapPage& page) {
  const PageCounts counts = counts_of(page);
  std::string signs;
  for (const CoverageState state : all_of<CoverageState>())
    signs += fmt::format("{}{} {}", signs.empty() ? "" : " · ", sign_of(state), name_of(state));
  const std::string later = later_text(counts);
  const std::string head = fmt::format("{} · As of {} · scope: {}{} · {}{}{}", page_title(page),
                                       to_string(page.situation.as_of()), page.scopes[page.scope_at].label, which_part(page),
                                       count_of(counts.there, "need"), later.empty() ? "" : " ", later);
  return fmt::format(":root{{--running:{0};--made:{0};--signs:{1}}}\n", css_string(head), css_string(signs));
}

std::string page_top(const PageContext& context, const std::vector<std::pair<const PageView*, std::string>>& views) {
  const MapPage& page = context.page;
  const MapInfo& info = page.graph().info();
  const PageCounts counts = counts_of(page);
  std::string out = fmt::format("<header>\n<h1 dir=\"auto\">{}</h1>\n", html_text(page_title(page)));
  if (!info.about.empty()) out += fmt::format("<p class=\"about\" dir=\"auto\">{}</p>\n", html_text(info.about));
  out += "<ul class=\"counts\" aria-label=\"Needs by state\">\n";
  for (const CoverageState state : all_of<CoverageState>()) {
    out += fmt::format("<li class=\"{}{}\"><span class=\"sign\" aria-hidden=\"true\">{}</span> <b>{}</b> {}</li>\n",
                       state_class(state), counts.by_state[state] == 0 ? " zero" : "", sign_of(state), counts.by_state[state],
                       name_of(state));
  }
  out += "</ul>\n";
  for (std::size_t i = 1; i < page.notes.size(); ++i) out += fmt::format("<p class=\"own\">{}</p>\n", html_text(page.notes[i]));
  out += fmt::format(
      "<div id=\"controls\"></div>\n</header>\n<div class=\"bar\">\n<p class=\"moment\" aria-live=\"polite\">{}</p>\n<nav "
      "aria-label=\"Views\"><ul>",
      moment(page, counts));
  for (const auto& [view, html] : views) out += fmt::format("<li><a href=\"#view={}\">{}</a></li>", view->name, view->label);
  return out + "</ul></nav>\n</div>\n";
}

}  // namespace

std::string about_view(const PageContext& context) {
  const MapPage& page = context.page;
  const Graph& graph = page.graph();
  const MapInfo& info = graph.info();
  const Profile& profile = page.situation.profile();
  std::string out =
      "<section id=\"view=about\" class=\"made\" aria-labelledby=\"h-about\">\n<h2 id=\"h-about\" tabindex=\"-1\">About</h2>\n";
  out += "<h3>States</h3>\n<p>A need is in the first state that holds.</p>\n" + legend();
  out +=
      "<p>As of a day, a document is in the state it had then, and is not there before its first date; a date of a month or a "
      "year counts "
      "from its last day. Only asserted links count. No link at all means unknown, never “none”. A mention is a note and never "
      "counts.";
  if (page.situation.include_suggested()) out += " On this page suggested links count, too: they were asked for.";
  out += "</p>\n<h3>Figures</h3>\n";
  out += fmt::format(
      "<p>The score of a need is 1 − Π(1 − degree × maturity) over the documents that count. Degrees: full {:.2f}, partial "
      "{:.2f}. Maturity:",
      profile.degree[Degree::full], profile.degree[Degree::partial]);
  for (const State state : all_of<State>())
    out += fmt::format("{} {} {:.2f}", state == State::proposed ? "" : ",", name_of(state), profile.maturity[state]);
  out += fmt::format(". Profile “{}”, {}.</p>\n", html_text(profile.name), html_text(profile.hash));
  out += "<h3>This page</h3>\n";
  if (page.open)
    out +=
        "<p>An edition for everybody: ways forward, proposals of machines, names of reviewers, notes and places in file systems "
        "are left "
        "out. States are those of the whole map.</p>\n";
  const std::string date = info.date ? to_string(*info.date) : std::string();
  out += fmt::format(
      "<p>Made with Lacuna {} by <code>{}</code>. The script chooses among states that were found for every day and scope; it "
      "decides nothing. Nothing is asked of any network.</p>\n",
      html_text(version), html_text(page.command));
  out += fmt::format("<p>To cite: {}{}. Lacuna map, as of {}, {}.</p>\n", html_text(info.title),
                     date.empty() ? "" : ", map of " + date, to_string(page.situation.as_of()),
                     html_text(page.scope ? "scope " + graph.node(*page.scope).id : "all groups"));
  out += "<p>The data of this page is in it, in the element <code>data</code>, as JSON: lacuna:schema/page-1.json.</p>\n";
  std::map<std::string, std::pair<std::string, std::size_t>> sources;
  const auto note = [&](const Source& source) {
    if (source.name.empty()) return;
    auto& [address, times] = sources[source.name];
    if (address.empty()) address = source.address;
    ++times;
  };
  for (const Node& node : graph.nodes()) note(node.source);
  for (const LinkId l : context.links) note(graph.text(l).source);
  out += fmt::format("<h3>Sources</h3>\n<p>{} on nodes and verdicts, with how often each is named.</p>\n<ul class=\"sources\">\n",
                     count_of(sources.size(), "source"));
  for (const auto& [name, source] : sources)
    out += fmt::format("<li dir=\"auto\">{} <span class=\"k\">{}</span></li>\n", outer_link(source.first, name), source.second);
  return out + "</ul>\n</section>\n";
}

std::string render_page(const MapPage& page) {
  const PageContext context = page_context(page);
  const std::string style = std::string(house_style()) + std::string(page_style()) + state_style() + margin_style(page);
  const std::string script(page_script());
  std::vector<std::pair<const PageView*, std::string>> views;
  for (const PageView& view : page_views) {
    if (std::string html = view.write(context); !html.empty()) views.emplace_back(&view, std::move(html));
  }
  std::string out = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n{}<meta name=\"viewport\" "
      "content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<meta "
      "name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"Lacuna {}\">\n<link rel=\"icon\" "
      "href=\"data:,\">\n<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">To the "
      "views</a>\n",
      own_policy(style, script), html_text(version), html_text(page_title(page)), style);
  out += page_top(context, views);
  out += "<main id=\"main\" tabindex=\"-1\">\n";
  for (const auto& [view, html] : views) out += html;
  out += "</main>\n<script type=\"application/json\" id=\"data\">";
  out += page_data(context);
  out += fmt::format("</script>\n<script>{}</script>\n</body>\n</html>\n", script);
  if (out.size() > most_bytes)
    throw Error(ErrorCode::usage, "",
                fmt::format("a page of {} MiB would be too large for a browser, which opens {} with ease; make one page for each "
                            "objective or topic: --objective O, --topic T",
                            out.size() >> 20, most_bytes >> 20));
  return out;
}

std::string render_page_zip(const MapPage& page, std::string_view name) {
  return zipped({{std::string(name), render_page(page)}});
}

}  // namespace lacuna
