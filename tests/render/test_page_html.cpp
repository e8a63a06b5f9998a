// A map as one page: nothing in it can act, nothing is asked of anybody else, and the same map gives the same bytes.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <regex>

#include "analysis/page/find_page.hpp"
#include "base/sha256.hpp"
#include "formats/json.hpp"
#include "formats/zip.hpp"
#include "model/open_edition.hpp"
#include "model/small_map.hpp"
#include "render/page/page_parts.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Every text of it wants out of its place.
Graph hostile_graph() {
  const std::string out =
      "</script><script>alert(1)</script>--><img src=x onerror=alert(1)>\" onload=\"alert(1)' \xE2\x80\xAE\x01<!--";
  SmallMap small;
  small.map.info.title = "Map " + out;
  small.map.info.about = out;
  small.group("G \"<b>").title = out;
  small.node(Kind::objective, "O <1>", out);
  Node& need = small.node(Kind::requirement, "R <i>1</i> & \"2\"", out);
  need.text = out;
  need.source = {out, "javascript:alert(1)", {}};
  Node& doc = small.doc("D </td>", State::published, "2020-01-01", "G \"<b>");
  doc.title = out;
  doc.address = "javascript:alert(1)//https://example.org";
  Node& other = small.doc("D2", State::published, "2020-01-01", "G \"<b>");
  other.address = "https://example.org/a\"onclick=\"alert(1)?q=<x>";
  small.doc("D3", State::published, "2020-01-01", "G \"<b>").address = "data:text/html,<script>alert(1)</script>";
  small.link("R <i>1</i> & \"2\"", Relation::serves, "O <1>");
  for (const std::string document : {"D </td>", "D2", "D3"}) {
    Link& link = small.covers(document, "R <i>1</i> & \"2\"", Degree::partial);
    link.rationale = out;
    link.clause = out;
    link.by = out;
    link.evidence = out;
    link.source = {out, "file:///etc/passwd", {}};
  }
  Search search;
  search.id = "S <" + out;
  search.by = out;
  search.on = date("2026-01-01");
  search.needs = {"R <i>1</i> & \"2\""};
  search.not_searched = {out};
  search.note = out;
  search.queries = {{out, 3}};
  search.candidates = {{"R <i>1</i> & \"2\"", out, Finding::mentions, out, out}};
  small.map.searches.push_back(search);
  sort_canonically(small.map);
  return graph_of(small.map);
}

std::string page_html(const Graph& graph, bool open = false) {
  PageQuestion question;
  question.params.profile = &default_profile();
  question.params.as_of = day("2026-11-23");
  question.open = open;
  question.command = "lacuna page -o map.html";
  return render_page(find_page(graph, question));
}

std::vector<std::string> all_of(const std::string& text, const std::string& pattern, std::size_t group = 1) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at) found.push_back((*at)[group]);
  return found;
}

/// What stands in the element that holds the data.
std::string data_of(const std::string& html) {
  const std::string_view start = "<script type=\"application/json\" id=\"data\">";
  const std::size_t from = html.find(start) + start.size();
  return html.substr(from, html.find("</script>", from) - from);
}

std::size_t times(std::string_view text, std::string_view piece) {
  std::size_t n = 0;
  for (std::size_t at = text.find(piece); at != std::string_view::npos; at = text.find(piece, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("page: titles, reasons and addresses that want to act are text") {
  const Graph graph = hostile_graph();
  const std::string html = page_html(graph);
  // Two scripts, ours: the data and what chooses among them.
  CHECK(times(html, "<script") == 2);
  CHECK(times(html, "</script>") == 2);
  CHECK(times(html, "<img") == 0);
  CHECK(times(html, "<!--") == 0);
  CHECK(times(html, "\x01") == 0);
  CHECK(times(html, "\xE2\x80\xAE") == 0);
  const std::string body = html.substr(html.find("<body>"), html.find("<script") - html.find("<body>"));
  CHECK(all_of(body, "<[a-z][^>]*\\s(on[a-z]+)=").empty());
  for (const std::string& address : all_of(html, "href=\"([^\"]*)\"")) {
    INFO(address);
    CHECK((address.starts_with("#") || address.starts_with("https://example.org/a%22onclick=%22alert(1)?q=%3Cx%3E") ||
           address == "data:,"));
  }
  // The data are what they were.
  std::vector<Diagnostic> diagnostics;
  const auto data = json::read(data_of(html), "data", diagnostics);
  REQUIRE(data.has_value());
  CHECK(json::to_value(*data)["needs"].size() == 1);
}

TEST_CASE("page: its policy names its own script and style by their hashes and lets nothing else in") {
  const std::string html = page_html(hostile_graph());
  const std::string style = all_of(html, "<style>([^<]*)</style>").at(0);
  const std::size_t script_at = html.find("<script>") + std::string_view("<script>").size();
  const std::string script = html.substr(script_at, html.find("</script>", script_at) - script_at);
  CHECK(
      all_of(html, "http-equiv=\"Content-Security-Policy\" content=\"([^\"]*)\"").at(0) ==
      fmt::format(
          "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; base-uri 'none'; form-action 'none'",
          base64(sha256(script)), base64(sha256(style))));
  CHECK(all_of(html, "\\s(style=\")").empty());
  CHECK(all_of(html, "<(?:img|iframe|object|embed|audio|video|form|base)\\b([^>]*)>").empty());
  CHECK(times(style, "url(") == 0);
  CHECK(times(style, "@import") == 0);
  for (const char* way_out :
       {"fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "eval(", "innerHTML", "document.write"})
    CHECK(times(script, way_out) == 0);
  CHECK(script.size() <= 40u << 10);
  CHECK(times(script, "\n") <= 1500);
}

TEST_CASE("page: the same map gives the same bytes, alone and in an archive") {
  const Graph graph = hostile_graph();
  CHECK(page_html(graph) == page_html(graph));
  PageQuestion question;
  question.params.profile = &default_profile();
  question.params.as_of = day("2026-11-23");
  const MapPage page = find_page(graph, question);
  const std::string zip = render_page_zip(page, "map.html");
  CHECK(zip == render_page_zip(page, "map.html"));
  CHECK(unzip(zip, [](std::string_view) { return true; }).at("map.html") == render_page(page));
}

TEST_CASE("page: a map with nothing on it is a page that says so") {
  SmallMap small;
  const std::string html = page_html(small.graph());
  CHECK(times(html, "<h2 ") >= 6);
  CHECK(times(html, "<b class=\"total\">0 needs</b>") == 1);
  CHECK(times(html, "No search was recorded: whatever nothing covers is unknown.") == 1);
}

TEST_CASE("page: of very many gaps the gravest stand on it, and it says how many are left out") {
  SmallMap small;
  for (int i = 0; i < 5001; ++i) small.node(Kind::requirement, fmt::format("R{}", i));
  const std::string html = page_html(small.graph());
  CHECK(times(html, "<tr id=\"gap=") == 5000);
  CHECK(times(html, "<tr id=\"need=") == 5001);
  CHECK(times(html, "<p>only the first 5,000 of 10,002 gaps are on the page; for all of them: lacuna gaps</p>") == 1);
}

TEST_CASE("page: ids of places have no blanks, stand once, and every link inside leads to one") {
  SmallMap small;
  small.group("ITU-T SG17");
  small.group("Q 1_x", "ITU-T SG17");
  small.node(Kind::requirement, "Need 1", "a");
  small.node(Kind::requirement, "Need_1", "b");
  small.doc("X.1 (2020)", State::published, "2020-01-01", "Q 1_x");
  small.covers("X.1 (2020)", "Need 1", Degree::full);
  const std::string html = page_html(small.graph());
  std::vector<std::string> ids = all_of(html, "\\sid=\"([^\"]*)\"");
  std::sort(ids.begin(), ids.end());
  CHECK(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
  for (const std::string& id : ids) CHECK(id.find(' ') == std::string::npos);
  CHECK(place_id("need", "Need 1") == "need=Need_1");
  CHECK(place_id("need", "Need_1") == "need=Need__1");
  CHECK(place_link("group", "Q 1_x") == "#group=Q_1__x");
  CHECK(place_link("need", "A&B=C") == "#need=A%26B%3DC");
  const std::string body = html.substr(html.find("<body>"), html.find("<script") - html.find("<body>"));
  for (const std::string& link : all_of(body, "href=\"#([^\"]*)\"")) {
    INFO(link);
    CHECK(std::ranges::binary_search(ids, link));
  }
}

TEST_CASE("page: every node tells what is one link away, in text and in the data") {
  SmallMap small;
  small.group("ITU-T");
  small.group("ITU-T SG17", "ITU-T");
  small.node(Kind::workshop, "WS", "Workshop");
  small.node(Kind::session, "Session 1", "First");
  small.node(Kind::objective, "O1", "Objective");
  small.node(Kind::requirement, "R1", "a");
  small.node(Kind::threat, "T1", "b");
  small.doc("D1", State::published, "2020-01-01", "ITU-T SG17");
  small.doc("D2", State::published, "2021-01-01", "ITU-T SG17");
  small.covers("D1", "R1", Degree::full);
  small.link("R1", Relation::serves, "O1");
  small.link("R1", Relation::counters, "T1").rationale = "why it does";
  small.link("D2", Relation::supersedes, "D1");
  small.link("Session 1", Relation::discusses, "O1");
  small.link("Session 1", Relation::part_of, "WS");
  const std::string html = page_html(small.graph());
  const auto near = [&](const std::string& place) {
    return all_of(html, "<p class=\"near\" id=\"node=" + place + "\">(.*?)</p>").at(0);
  };
  CHECK(near("R1") == "serves <a href=\"#objective=O1\">O1</a>; counters <a href=\"#need=T1\">T1</a>");
  CHECK(near("O1") ==
        "is discussed in <a href=\"#node=Session_1\">Session 1</a>; is served by <a href=\"#need=R1\">R1</a> (stale)");
  CHECK(near("D1") == "is superseded by <a href=\"#document=D2\">D2</a>");
  CHECK(near("ITU-T") == "has part <a href=\"#group=ITU-T_SG17\">ITU-T SG17</a>");
  CHECK(near("WS") == "has part <a href=\"#node=Session_1\">Session 1</a>");
  std::vector<Diagnostic> diagnostics;
  const Value data = json::to_value(*json::read(data_of(html), "data", diagnostics));
  std::vector<std::string> relations;
  for (const Value& one : *data["relations"].if_array())
    relations.push_back(fmt::format("{} {} {}", *one["from"].if_text(), *one["relation"].if_text(), *one["to"].if_text()));
  CHECK(relations == std::vector<std::string>{"D2 supersedes D1", "ITU-T SG17 part-of ITU-T", "R1 serves O1", "R1 counters T1",
                                              "Session 1 part-of WS", "Session 1 discusses O1"});
  CHECK(data["others"].size() == 2);
}

TEST_CASE("page: an edition for everybody holds no way forward, no proposal, no name and no note") {
  SmallMap small;
  small.group("ITU-T SG17");
  small.node(Kind::requirement, "R1", "a");
  small.node(Kind::requirement, "R2", "b");
  small.doc("D", State::published, "2020-01-01", "ITU-T SG17");
  small.covers("D", "R1", Degree::partial).by = "Erika Mustermann";
  small.covers("D", "R2", Degree::full, Status::suggested).rationale = "0.93 by words";
  Search search;
  search.id = "S1";
  search.by = "Erika Mustermann";
  search.on = date("2026-01-01");
  search.needs = {"R2"};
  search.note = "told over lunch";
  search.catalogues = {{"ITU", 1000, std::nullopt}};
  small.map.searches.push_back(search);
  const std::string own = page_html(small.graph());
  CHECK(times(own, "Erika Mustermann") > 0);
  CHECK(times(own, "told over lunch") > 0);
  CHECK(times(own, "suggested") > 0);
  CHECK(times(own, "id=\"view=ways\"") == 1);
  sort_canonically(small.map);
  const std::string html = page_html(graph_of(open_edition(small.map)), true);
  for (const char* left : {"Mustermann", "over lunch", "suggested", "0.93 by words", "view=ways", "ways_forward"}) {
    INFO(left);
    CHECK(times(html, left) == 0);
  }
  CHECK(times(html, "reviewer 1") > 0);
}
