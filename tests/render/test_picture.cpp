#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "base/text.hpp"
#include "lacuna/error.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "model/small_map.hpp"
#include "render/svg.hpp"

using namespace lacuna;

namespace {

/// Labels that a careless renderer would take for markup, escapes or formats; short enough to stay on one line.
const std::vector<std::string>& hostile() {
  static const std::vector<std::string> labels = {
      "<script>x</script>", "<b>bold</b>", "\\N \\G \\T", "\\",  "a\\lb\\nc",  "&lt;b&gt;", "&amp;", "&#65;",      "&",
      "\"quoted\"",         "it's",        "]]>",         "-->", "<!-- x -->", "%s%n%d",    "{a|b}", "$HOME `id`", "a;b:c,d",
      "label=\"x\"",        "//",          "Ä€𝄞日本",     "[x]",
  };
  return labels;
}

Picture picture_of(const std::vector<std::string>& labels) {
  Picture picture;
  picture.title = labels.front();
  picture.states_legend = false;
  for (std::size_t s = 0; s < 2; ++s) {
    Picture::Stack stack{"", {}};
    for (std::size_t i = s; i < labels.size(); i += 2) {
      Box box;
      box.id = labels[i];
      box.lines = {labels[i]};
      stack.boxes.push_back(std::move(box));
    }
    picture.stacks.push_back(std::move(stack));
  }
  for (std::size_t i = 0; i + 1 < labels.size(); i += 2)
    picture.lines.push_back({labels[i], labels[i + 1], 1, "", Line::Kind::dashed});
  return picture;
}

std::string decoded(std::string_view xml) {
  std::string out;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] != '&') {
      out += xml[i];
      continue;
    }
    const std::size_t end = xml.find(';', i);
    const std::string_view entity = xml.substr(i + 1, end - i - 1);
    if (entity == "lt")
      out += '<';
    else if (entity == "gt")
      out += '>';
    else if (entity == "amp")
      out += '&';
    else if (entity == "quot")
      out += '"';
    else if (entity == "apos")
      out += '\'';
    else if (entity == "#160")
      out += "\u00A0";
    else if (entity.starts_with("#"))
      out += static_cast<char>(std::stoi(std::string(entity.substr(1))));
    i = end;
  }
  return out;
}

/// The texts of an SVG file. Checks on the way that every "<" opens a tag of the few that are written and every "&" an
/// entity.
std::multiset<std::string> texts_of(const std::string& svg) {
  static const std::set<std::string> tags = {"?xml", "svg", "g", "title", "desc", "rect", "path", "text", "a"};
  std::multiset<std::string> texts;
  for (std::size_t at = svg.find('<'); at != std::string::npos; at = svg.find('<', at + 1)) {
    std::size_t first = at + 1;
    if (svg[first] == '/') ++first;
    std::string tag = svg.substr(first, svg.find_first_of(" \n>/", first) - first);
    INFO(svg.substr(at, 80));
    CHECK(tags.contains(tag));
    const std::size_t end = svg.find('>', at);
    REQUIRE(end != std::string::npos);
    if (tag == "text" && svg[at + 1] != '/')
      texts.insert(decoded(std::string_view(svg).substr(end + 1, svg.find('<', end) - end - 1)));
  }
  for (std::size_t at = svg.find('&'); at != std::string::npos; at = svg.find('&', at + 1)) {
    const std::size_t end = svg.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789#", at + 1);
    CHECK(svg[end] == ';');
  }
  return texts;
}

}  // namespace

TEST_CASE("picture: every format begins as it should, and the same picture gives the same bytes") {
  const Picture picture = picture_of({"A", "B", "C"});
  for (const PictureFormat& format : picture_formats()) {
    INFO(format.name);
    CHECK_FALSE(format.help.empty());
    const std::string bytes = render_picture(picture, format.name);
    CHECK((bytes == render_picture(picture, format.name)));
    if (format.name == "svg") CHECK(bytes.starts_with("<?xml version=\"1.0\" encoding=\"UTF-8\""));
    if (format.name == "pdf") CHECK(bytes.starts_with("%PDF-"));
    if (format.name == "png") CHECK(bytes.starts_with("\x89PNG\r\n"));
    if (format.name == "dot") CHECK(bytes.starts_with("strict digraph"));
    if (format.name == "pptx") CHECK(bytes.starts_with("PK"));
  }
}

TEST_CASE("picture: a page is 960 by 540 points, a PNG 1920 pixels wide") {
  const Picture picture = picture_of({"A", "B"});
  CHECK(render_picture(picture, "svg").find("viewBox=\"0 0 960 540\" width=\"960pt\" height=\"540pt\"") != std::string::npos);
  const std::string png = render_picture(picture, "png");
  const auto number = [&](std::size_t at) {
    unsigned value = 0;
    for (std::size_t i = at; i < at + 4; ++i) value = value * 256 + static_cast<unsigned char>(png[i]);
    return value;
  };
  CHECK(number(16) == 1920);
  CHECK(number(20) == 1080);
}

TEST_CASE("picture: hostile labels show as they are") {
  for (const std::string& label : hostile()) {
    INFO(label);
    const auto texts = texts_of(render_picture(picture_of({label, "other"}), "svg"));
    CHECK(texts.count(label) == 2);  // the title and the box
    CHECK(texts.count("other") == 1);
  }
}

TEST_CASE("picture: hostile labels break no format") {
  std::vector<std::string> labels = hostile();
  labels.insert(labels.end(), {"line\nbreak", "\x1b[31m", "tab\tbed", "", " ", std::string(800, 'x'), std::string(300, ' ') + "x",
                               "\u202Ertl", "a\u0301"});
  std::string long_words;
  for (int i = 0; i < 60; ++i) long_words += "Ä𝄞word ";
  labels.push_back(long_words);
  const Picture picture = picture_of(labels);
  for (const PictureFormat& format : picture_formats()) {
    INFO(format.name);
    CHECK(render_picture(picture, format.name).size() > 1000);
  }
  texts_of(render_picture(picture, "svg"));
  CHECK(is_clean_utf8(render_picture(picture, "dot")));
}

TEST_CASE("picture: a need with a very long title of wide letters does not crash Graphviz") {
  // Graphviz complains about a label that is larger than its shape, and the complaint names the shape.
  test::SmallMap small;
  std::string title;
  for (int i = 0; i < 1500; ++i) title += i % 30 == 29 ? " " : "W";
  small.node(Kind::requirement, "R1", title);
  small.node(Kind::requirement, "R2", "x");
  const Graph graph = small.graph();
  ViewParams params;
  params.profile = &default_profile();
  params.as_of = test::day("2026");
  params.by = Kind::requirement;
  const Picture picture = *view_coverage(graph, params).picture;
  const pid_t child = ::fork();
  if (child == 0) {
    // The signal is to end the child, not to make it report a failed test of its own.
    for (const int fatal : {SIGSEGV, SIGABRT, SIGBUS}) std::signal(fatal, SIG_DFL);
    ::_exit(render_picture(picture, "png").empty() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK((WIFEXITED(status) && WEXITSTATUS(status) == 0));
}

TEST_CASE("picture: boxes named like parts of the page are drawn beside those") {
  const auto texts = texts_of(render_picture(picture_of({"page", "title", "note 1", "heading 1"}), "svg"));
  CHECK(texts.count("page") == 2);
  CHECK(texts.count("title") == 1);
  CHECK(texts.count("note 1") == 1);
  CHECK(texts.count("heading 1") == 1);
}

TEST_CASE("picture: in SVG a box has an id, a title and leads to the address of its node; no id stands twice") {
  test::SmallMap small;
  small.node(Kind::requirement, "R 1", "First <b>");
  small.doc("D1", State::published, "2020-01-01").address = "https://example.org/?a=1&b=2";
  small.doc("D2", State::published, "2020-01-01").address = "javascript:alert(1)";
  const Graph graph = small.graph();
  const std::string svg = render_svg(picture_of({"R 1", "D1", "D2", "R 1"}), &graph);
  CHECK(svg.find("<g id=\"box=R_1\" data-id=\"R 1\"><title>R 1 – First &lt;b&gt;</title><rect ") != std::string::npos);
  CHECK(svg.find("<g id=\"box=D1\" data-id=\"D1\"><title>D1</title><a href=\"https://example.org/?a=1&amp;b=2\"><rect ") !=
        std::string::npos);
  CHECK(svg.find("<g id=\"box=D2\" data-id=\"D2\"><title>D2</title><rect ") != std::string::npos);
  CHECK(svg.find("<path id=\"line=R_1>D1\" data-from=\"R 1\" data-to=\"D1\" ") == std::string::npos);
  CHECK(svg.find("<path id=\"line=R_1&gt;D1\" data-from=\"R 1\" data-to=\"D1\" ") != std::string::npos);
  CHECK(svg.find("id=\"box=R_1\"") == svg.rfind("id=\"box=R_1\""));
  CHECK(svg.find("javascript") == std::string::npos);
  texts_of(svg);
}

TEST_CASE("picture: an empty picture is drawn") {
  for (const PictureFormat& format : picture_formats()) CHECK_FALSE(render_picture(Picture{}, format.name).empty());
}

TEST_CASE("picture: an unknown format is wrong usage") {
  try {
    render_picture(Picture{}, "gif");
    FAIL("no error");
  } catch (const Error& error) {
    CHECK((error.code() == ErrorCode::usage));
    CHECK(error.what() == std::string("no picture format is called \"gif\"; one of svg, pdf, png, pptx, dot"));
  }
}

TEST_CASE("picture: drawing leaves the clock of the program as it was") {
  // today() reads SOURCE_DATE_EPOCH: a picture must not set it for those who ask later.
  const char* old = std::getenv("SOURCE_DATE_EPOCH");
  const std::string before = old == nullptr ? "" : old;
  ::unsetenv("SOURCE_DATE_EPOCH");
  render_picture(Picture{}, "pdf");
  const char* after = std::getenv("SOURCE_DATE_EPOCH");
  CHECK(after == nullptr);
  ::unsetenv("SOURCE_DATE_EPOCH");
  if (old != nullptr) ::setenv("SOURCE_DATE_EPOCH", before.c_str(), 1);
}
