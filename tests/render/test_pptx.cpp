#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <set>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/error.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "support/presentation.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

Slide slide_of(const std::string& title) {
  Slide slide;
  slide.title = title;
  return slide;
}

Deck deck_with(std::vector<Slide> slides) {
  Deck deck;
  deck.title = "Deck";
  deck.footer = "Map, as of 2026-11-23";
  deck.slides = std::move(slides);
  return deck;
}

Presentation made(std::vector<Slide> slides, std::string_view layout = "") {
  return checked(render_pptx(deck_with(std::move(slides)), layout));
}

/// Every text of the slides, one after the other.
std::vector<std::string> texts(const Presentation& file) {
  std::vector<std::string> list;
  for (const SlideFile& slide : file.slides) {
    for (std::string& text : slide.root.paragraphs()) list.push_back(std::move(text));
  }
  return list;
}

Picture chain(std::size_t left, std::size_t right) {
  Picture picture;
  picture.title = "Chain";
  picture.stacks = {{"Left", {}}, {"Right", {}}};
  const auto box = [](std::string id) {
    Box b;
    b.lines = {id, "what it is about"};
    b.id = std::move(id);
    return b;
  };
  for (std::size_t i = 0; i < left; ++i) picture.stacks[0].boxes.push_back(box(fmt::format("L{}", i)));
  for (std::size_t i = 0; i < right; ++i) picture.stacks[1].boxes.push_back(box(fmt::format("R{}", i)));
  return picture;
}

std::set<std::string> names(const SlideFile& slide, const std::string& kind) {
  std::set<std::string> list;
  for (const Element* shape : slide.root.all(kind)) list.insert((*shape->all("cNvPr").front())["name"]);
  return list;
}

std::string error_of(std::string_view layout) {
  try {
    render_pptx(deck_with({slide_of("x")}), layout);
  } catch (const Error& error) {
    CHECK((error.code() == ErrorCode::bad_input));
    return error.what();
  }
  return "no error";
}

/// A template: our own presentation after `change`.
template <class Change>
std::string template_of(Change change) {
  Package package = read_package(render_pptx(deck_with({slide_of("Old slide, to go")}), ""), "x");
  change(package);
  return write_package(package);
}

constexpr const char* presentation = "ppt/presentation.xml";

void replace(std::string& text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("pptx: a deck of no slides, and a slide with nothing but a title") {
  CHECK(made({}).slides.empty());
  const Presentation file = made({slide_of("Only a title")});
  REQUIRE(file.slides.size() == 1);
  CHECK(file.slides[0].title() == "Only a title");
  CHECK(file.slides[0].notes.empty());
  CHECK(file.width == 12192000);
  CHECK(file.height == 6858000);
}

TEST_CASE("pptx: titles and points stand in placeholders, the footer and the number too") {
  Slide opening = slide_of("The deck");
  opening.kind = Slide::Kind::title;
  opening.subtitle = "For the meeting";
  Slide points = slide_of("What we know");
  points.points = {{"First", "what it rests on"}, {"Second"}};
  points.notes = {"Say this.", "And that."};
  const Presentation file = made({opening, points});
  REQUIRE(file.slides.size() == 2);
  CHECK(file.slides[0].root.paragraphs() ==
        std::vector<std::string>{"The deck", "For the meeting", "Map, as of 2026-11-23", "‹#›"});
  CHECK(file.slides[1].root.paragraphs() ==
        std::vector<std::string>{"What we know", "First", "what it rests on", "Second", "Map, as of 2026-11-23", "‹#›"});
  CHECK(file.slides[1].notes == std::vector<std::string>{"Say this.", "And that."});
  std::vector<std::string> types;
  for (const Element* ph : file.slides[1].root.all("ph")) types.push_back((*ph)["type"] + (*ph)["idx"]);
  CHECK(types == std::vector<std::string>{"title", "1", "ftr11", "sldNum12"});
  CHECK((*file.slides[0].root.all("ph")[0])["type"] == "ctrTitle");
  CHECK(file.slides[0].layout != file.slides[1].layout);
}

TEST_CASE("pptx: the same deck gives the same bytes") {
  Slide slide = slide_of("Picture");
  slide.picture = chain(4, 4);
  slide.notes = {"note"};
  CHECK((render_pptx(deck_with({slide}), "") == render_pptx(deck_with({slide}), "")));
}

TEST_CASE("pptx: points that do not fit go on on the next slides, and a text longer than a slide says that it goes on") {
  Slide slide = slide_of("Much to say");
  for (int i = 0; i < 40; ++i) slide.points.push_back({fmt::format("Point {}", i)});
  std::string endless;
  for (int i = 0; i < 700; ++i) endless += fmt::format("word{} ", i);
  slide.points.push_back({endless});
  slide.notes = {"note"};
  const Presentation file = made({slide});
  REQUIRE(file.slides.size() >= 5);
  std::string all;
  for (std::size_t i = 0; i < file.slides.size(); ++i) {
    CHECK(file.slides[i].title() == fmt::format("Much to say ({}\u00A0of\u00A0{})", i + 1, file.slides.size()));
    all += join(file.slides[i].root.paragraphs(), " ") + " ";
  }
  for (int i = 0; i < 40; ++i) CHECK(all.find(fmt::format("Point {} ", i)) != std::string::npos);
  for (int i = 0; i < 700; ++i) CHECK(all.find(fmt::format("word{} ", i)) != std::string::npos);
  CHECK(all.find("… continued: ") != std::string::npos);
  CHECK(file.slides[0].notes == std::vector<std::string>{"note"});
  CHECK(file.slides[1].notes == std::vector<std::string>{"Goes on from slide 1, where its notes stand."});
}

TEST_CASE("pptx: a table of sixty rows goes on with its header, and states show by sign, name and colour") {
  Slide slide = slide_of("Gaps");
  Slide::Grid grid{{"Id", "Need", "State"}, {1, 4, 2}, {}};
  for (std::size_t i = 0; i < 60; ++i)
    grid.rows.push_back(
        {{fmt::format("R{}", i)}, {"What is missing"}, {"", static_cast<CoverageState>(i % words<CoverageState>().size())}});
  slide.grid = grid;
  const Presentation file = made({slide});
  REQUIRE(file.slides.size() >= 3);
  std::size_t rows = 0;
  for (const SlideFile& s : file.slides) {
    const auto tables = s.root.all("tbl");
    REQUIRE(tables.size() == 1);
    const auto lines = tables[0]->all("tr");
    CHECK(lines[0]->paragraphs() == std::vector<std::string>{"Id", "Need", "State"});
    long height = 0;
    for (const Element* line : lines) height += std::stol((*line)["h"]);
    CHECK(height <= 440 * 12700);
    rows += lines.size() - 1;
  }
  CHECK(rows == 60);
  const auto all = texts(file);
  for (std::size_t i = 0; i < 60; ++i) CHECK(std::ranges::count(all, fmt::format("R{}", i)) == 1);
  CHECK(std::ranges::count(all, "● covered") == 8);
  CHECK(std::ranges::count(all, "✕ confirmed-gap") == 7);
  CHECK(std::ranges::count(all, "? unknown") == 7);
  for (const Element* run : file.slides[0].root.all("tbl").front()->all("rPr")) CHECK(std::stol((*run)["sz"]) >= 1100);
}

TEST_CASE("pptx: a cell longer than a slide, a table wider than one, and a table of no rows lose nothing") {
  Slide tall = slide_of("Tall");
  std::string endless;
  for (int i = 0; i < 900; ++i) endless += fmt::format("word{} ", i);
  tall.grid = Slide::Grid{{"A", "B"}, {}, {{{"short"}, {endless}}, {{"next"}, {"row"}}}};
  Slide wide = slide_of("Wide");
  Slide::Grid grid;
  for (int c = 0; c < 40; ++c) grid.columns.push_back(fmt::format("C{}", c));
  grid.rows.emplace_back();
  for (int c = 0; c < 40; ++c) grid.rows[0].push_back({fmt::format("cell{}", c)});
  wide.grid = grid;
  Slide none = slide_of("None");
  none.grid = Slide::Grid{{"A"}, {}, {}};
  const Presentation file = made({tall, wide, none});
  const std::string all = join(texts(file), " ");
  for (int i = 0; i < 900; ++i) CHECK(all.find(fmt::format("word{} ", i)) != std::string::npos);
  for (int c = 0; c < 40; ++c) CHECK(all.find(fmt::format("cell{} ", c)) != std::string::npos);
  CHECK(file.slides.back().root.all("tr").size() == 1);
}

TEST_CASE("pptx: a picture is a shape a box, named by its id, and a glued connector a line") {
  Slide slide = slide_of("Who works on what");
  Picture picture = chain(3, 2);
  picture.stacks[1].boxes[1].tally = EnumArray<CoverageState, std::size_t>{{3, 2, 0, 0, 0, 1, 0, 0}};
  picture.stacks[0].boxes[2].look.state = CoverageState::stale;
  picture.lines = {{"L0", "R0", 1, "covers", Line::Kind::strong, true},
                   {"R1", "L1", 5, "", Line::Kind::dashed, true},
                   {"L0", "L2", 1, "", Line::Kind::faint}};
  picture.notes = {"As of 2026"};
  picture.legend = {"Wider for more."};
  slide.picture = picture;
  const Presentation file = made({slide});
  REQUIRE(file.slides.size() == 1);
  const SlideFile& only = file.slides[0];
  const auto shapes = names(only, "sp");
  for (const char* id : {"L0", "L1", "L2", "R0", "R1", "R1 covered", "R1 confirmed-gap"}) CHECK(shapes.contains(id));
  CHECK(names(only, "grpSp") == std::set<std::string>{"Box R1"});
  const auto connectors = only.root.all("cxnSp");
  REQUIRE(connectors.size() == 3);
  std::map<std::string, std::string> name_of_id;
  for (const Element* shape : only.root.all("sp"))
    name_of_id[(*shape->all("cNvPr").front())["id"]] = (*shape->all("cNvPr").front())["name"];
  const auto ends = [&](std::size_t i) {
    const Element& start = *connectors[i]->all("stCxn").front();
    const Element& end = *connectors[i]->all("endCxn").front();
    return fmt::format("{}:{} {}:{}", name_of_id[start["id"]], start["idx"], name_of_id[end["id"]], end["idx"]);
  };
  CHECK(ends(0) == "L0:3 R0:1");  // right to left
  CHECK(ends(1) == "R1:1 L1:3");
  CHECK(ends(2) == "L0:3 L2:3");  // around the box between
  CHECK((*connectors[1]->all("xfrm").front())["flipH"] == "1");
  CHECK(connectors[0]->all("tailEnd").size() == 1);
  CHECK(connectors[2]->all("tailEnd").empty());
  CHECK((*connectors[1]->all("prstDash").front())["val"] == "dash");
  CHECK(std::stol((*connectors[1]->all("ln").front())["w"]) > 3 * std::stol((*connectors[2]->all("ln").front())["w"]));
  CHECK((*connectors[0]->all("cNvPr").front())["descr"] == "L0 to R0: covers");
  std::map<std::string, std::string> words;
  for (const Element* p : only.root.all("cNvPr")) words[(*p)["name"]] = (*p)["descr"];
  CHECK(words["R1"] == "R1. what it is about. covered 3, partly-covered 2, confirmed-gap 1");
  CHECK(words["L2"] == "L2. what it is about. stale");
  const auto all = only.root.paragraphs();
  for (const char* text : {"Chain", "As of 2026", "Wider for more.", "covers", "◌ L2", "● covered"})
    CHECK(std::ranges::count(all, std::string(text)) == 1);
}

TEST_CASE("pptx: where connectors begin and end is where the sites of their shapes are") {
  Slide slide = slide_of("Lines");
  Picture picture = chain(5, 4);
  for (std::size_t i = 0; i < 5; ++i) {
    for (std::size_t k = 0; k < 4; ++k)
      picture.lines.push_back({i % 2 ? fmt::format("L{}", i) : fmt::format("R{}", k),
                               i % 2 ? fmt::format("R{}", k) : fmt::format("L{}", i), 1, "", Line::Kind::strong, true});
  }
  picture.lines.push_back({"L1", "L0", 1, "", Line::Kind::strong, true});
  slide.picture = picture;
  const Presentation file = made({slide});
  struct Place {
    long x, y, w, h;
  };
  const auto place = [](const Element& element) {
    const Element& frame = *element.all("xfrm").front();
    return Place{std::stol((*frame.all("off").front())["x"]), std::stol((*frame.all("off").front())["y"]),
                 std::stol((*frame.all("ext").front())["cx"]), std::stol((*frame.all("ext").front())["cy"])};
  };
  std::map<std::string, Place> shapes;
  for (const Element* shape : file.slides[0].root.all("sp")) {
    if (!shape->all("xfrm").empty()) shapes[(*shape->all("cNvPr").front())["id"]] = place(*shape);
  }
  const auto connectors = file.slides[0].root.all("cxnSp");
  CHECK(connectors.size() == 21);
  for (const Element* connector : connectors) {
    const Place at = place(*connector);
    const Element& frame = *connector->all("xfrm").front();
    const bool h = frame["flipH"] == "1";
    const bool v = frame["flipV"] == "1";
    for (const char* name : {"stCxn", "endCxn"}) {
      const bool start = std::string(name) == "stCxn";
      const Element& end = *connector->all(name).front();
      const Place& shape = shapes.at(end["id"]);
      const long x = end["idx"] == "1" ? shape.x : end["idx"] == "3" ? shape.x + shape.w : shape.x + shape.w / 2;
      const long y = end["idx"] == "0" ? shape.y : end["idx"] == "2" ? shape.y + shape.h : shape.y + shape.h / 2;
      CHECK(std::abs(x - (start == h ? at.x + at.w : at.x)) <= 3);
      CHECK(std::abs(y - (start == v ? at.y + at.h : at.y)) <= 3);
    }
  }
}

TEST_CASE("pptx: five hundred boxes go over several slides; every box is there, every line is drawn or told") {
  Slide slide = slide_of("Large");
  Picture picture = chain(250, 250);
  for (std::size_t i = 0; i < 250; ++i)
    picture.lines.push_back(
        {fmt::format("L{}", i), fmt::format("R{}", i % 2 ? i : (i * 7) % 250), 1, "", Line::Kind::strong, true});
  slide.picture = picture;
  slide.notes = {"note"};
  const Presentation file = made({slide_of("Before"), slide});
  REQUIRE(file.slides.size() > 10);
  std::set<std::string> boxes;
  std::size_t drawn = 0;
  std::size_t told = 0;
  for (std::size_t i = 1; i < file.slides.size(); ++i) {
    const SlideFile& s = file.slides[i];
    CHECK(s.title() == fmt::format("Large ({}\u00A0of\u00A0{})", i, file.slides.size() - 1));
    for (const std::string& name : names(s, "sp")) boxes.insert(name);
    drawn += s.root.all("cxnSp").size();
    told += static_cast<std::size_t>(
        std::ranges::count_if(s.notes, [](const std::string& note) { return note.find(" goes to ") != std::string::npos; }));
    CHECK(s.notes[1] == fmt::format("The picture has no room on one slide: it goes over slides 2 to {}.", file.slides.size()));
  }
  for (std::size_t i = 0; i < 250; ++i) CHECK((boxes.contains(fmt::format("L{}", i)) && boxes.contains(fmt::format("R{}", i))));
  CHECK(drawn + told == 250);
  CHECK(told > 0);
  CHECK(drawn >= 125);
}

TEST_CASE("pptx: a column that is short stands on every slide beside what it is linked to") {
  Slide slide = slide_of("Star");
  Picture picture = chain(1, 60);
  for (std::size_t i = 0; i < 60; ++i) picture.lines.push_back({"L0", fmt::format("R{}", i)});
  slide.picture = picture;
  const Presentation file = made({slide});
  REQUIRE(file.slides.size() >= 4);
  std::size_t drawn = 0;
  for (const SlideFile& s : file.slides) {
    CHECK(names(s, "sp").contains("L0"));
    drawn += s.root.all("cxnSp").size();
  }
  CHECK(drawn == 60);
}

TEST_CASE("pptx: a grid of two hundred rows and thirty columns is divided both ways") {
  Picture picture;
  picture.title = "Grid";
  Picture::Grid grid;
  for (int c = 0; c < 30; ++c) grid.columns.push_back(fmt::format("G{}", c));
  for (int r = 0; r < 200; ++r) {
    grid.rows.push_back(fmt::format("Need {}", r));
    grid.cells.emplace_back();
    for (int c = 0; c < 30; ++c) {
      Box cell;
      cell.id = fmt::format("{} {}", r, c);
      cell.look.state = static_cast<CoverageState>((r + c) % 6);
      grid.cells.back().push_back(std::move(cell));
    }
  }
  picture.grid = std::move(grid);
  Slide slide;
  slide.picture = picture;
  const Presentation file = made({slide});
  std::set<std::string> cells;
  for (const SlideFile& s : file.slides) {
    for (const std::string& name : names(s, "sp")) cells.insert(name);
    CHECK(s.root.all("grpSp").size() <= 25);
  }
  for (int r = 0; r < 200; ++r) {
    for (int c = 0; c < 30; ++c) CHECK(cells.contains(fmt::format("{} {}", r, c)));
  }
  CHECK(file.slides[0].title() == fmt::format("Grid (1\u00A0of\u00A0{})", file.slides.size()));
}

TEST_CASE("pptx: a title too long for its place is set smaller, then shortened; markup and control characters are text") {
  std::string endless;
  for (int i = 0; i < 200; ++i) endless += fmt::format("word{} ", i);
  Slide hostile = slide_of("<b>x</b> & \"q\" \x1b[31m");
  hostile.points = {{"</a:t></a:r>"}, {"]]>"}, {std::string("nul\0", 4)}, {"\xff broken"}};
  const Presentation file = made({slide_of(endless), hostile, slide_of("")});
  CHECK(file.slides[0].title().ends_with("…"));
  CHECK((*file.slides[0].root.all("rPr").front())["sz"] == "1600");
  CHECK(file.slides[1].title() == "<b>x</b> & \"q\"  [31m");
  const auto all = file.slides[1].root.paragraphs();
  CHECK(std::ranges::count(all, "</a:t></a:r>") == 1);
  CHECK(std::ranges::count(all, "]]>") == 1);
}

TEST_CASE("pptx: a text of many slides is told to its end, in points and in tables, whatever it is made of") {
  const std::string name =
      GENERATE(std::string("word "), std::string("x"), std::string("字"), std::string("e\u0301"), std::string("  "));
  std::string endless = "begins";
  while (endless.size() < (1u << 17)) endless += name;
  endless += " ends";
  Slide slide = slide_of(endless);
  slide.points = {{endless, endless}};
  slide.grid = Slide::Grid{{"A", endless}, {}, {{{"1"}, {endless}}}};
  const std::string bytes = render_pptx(deck_with({slide}), {});
  const Package package = read_package(bytes, "x");
  std::size_t ends = 0;
  for (const auto& [part, content] : package.parts) {
    if (!part.starts_with("ppt/slides/slide")) continue;
    for (std::size_t at = content.find("ends</a:t>"); at != std::string::npos; at = content.find("ends</a:t>", at + 1)) ++ends;
  }
  CHECK(ends >= 3);  // The point, what is said more of it, the cell.
}

TEST_CASE("pptx: a body in which no line has room still ends") {
  Slide slide = slide_of("x");
  slide.points = {{"one two three four five six seven"}};
  const std::string layout = template_of([](Package& package) {
    replace(package.parts["ppt/slideMasters/slideMaster1.xml"], "<a:ext cx=\"11277600\" cy=\"5130800\"/>",
            "<a:ext cx=\"120000\" cy=\"120000\"/>");
  });
  const Presentation file = made({slide}, layout);
  CHECK(file.slides.size() >= 2);
  CHECK(file.slides.size() < 40);
}

TEST_CASE("pptx: Arabic runs from right to left, East Asian text names its font") {
  Slide slide = slide_of("تعلّم موثوق");
  slide.points = {{"联邦学习"}, {"Latin first, then تعلّم"}};
  const Presentation file = made({slide});
  const auto properties = file.slides[0].root.all("pPr");
  REQUIRE(properties.size() >= 1);
  CHECK((*properties[0])["rtl"] == "1");
  CHECK((*properties[0])["algn"] == "r");
  CHECK(properties.size() == 1);
  const auto fonts = file.slides[0].root.all("ea");
  REQUIRE(fonts.size() == 1);
  CHECK((*fonts[0])["typeface"] == "+mn-ea");
}

TEST_CASE("pptx: every view of the shipped map is a deck in order, with and without a template of another size") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  const std::string narrow = template_of([](Package& package) {
    replace(package.parts[presentation], "cx=\"12192000\" cy=\"6858000\"", "cx=\"9144000\" cy=\"6858000\"");
  });
  for (const View& view : views()) {
    INFO(view.name);
    ViewParams params;
    params.profile = &default_profile();
    params.as_of = Date{2026, 11, 23}.last_day();
    if (view.needs_subject) params.subject = graph.find(view.subject_kind == Kind::session ? "Session 3" : "ITU-T SG17");
    const Result result = view.ask(graph, params);
    for (const std::string& layout : {std::string(), narrow}) {
      const Presentation file = checked(render_pptx(deck_of(result), layout));
      CHECK(file.slides[0].title().starts_with(result.title));
      CHECK_FALSE(file.slides[0].root.all("sp").empty());
    }
  }
}

// ---- templates ----------------------------------------------------------------------------------------------------------------

TEST_CASE("pptx: a template keeps its look and loses its slides, notes and authors") {
  const std::string layout = template_of([](Package& package) {
    put_part(package, "ppt/media/logo.png", "image/png", "not really");
    add_relationship(package, "ppt/slideMasters/slideMaster1.xml", office_relationship("image"), "ppt/media/logo.png");
    put_part(package, "ppt/commentAuthors.xml", "application/vnd.openxmlformats-officedocument.presentationml.commentAuthors+xml",
             "<p:cmAuthorLst xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>");
    add_relationship(package, presentation, office_relationship("commentAuthors"), "ppt/commentAuthors.xml");
    put_part(package, "customXml/item1.xml", "application/xml", "<secret/>");
    add_relationship(package, presentation, office_relationship("customXml"), "customXml/item1.xml");
    package.overrides[presentation] = "application/vnd.openxmlformats-officedocument.presentationml.template.main+xml";
    replace(package.parts[presentation], "cx=\"12192000\" cy=\"6858000\"", "cx=\"9144000\" cy=\"6858000\"");
  });
  const Presentation file = made({slide_of("New")}, layout);
  REQUIRE(file.slides.size() == 1);
  CHECK(file.slides[0].title() == "New");
  CHECK(file.width == 9144000);
  CHECK(file.package.parts.contains("ppt/media/logo.png"));
  CHECK_FALSE(file.package.parts.contains("ppt/commentAuthors.xml"));
  CHECK_FALSE(file.package.parts.contains("customXml/item1.xml"));
  CHECK(content_type_of(file.package, presentation) ==
        "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml");
  for (const std::string& text : texts(file)) CHECK(text.find("Old slide") == std::string::npos);
}

TEST_CASE("pptx: tables stand where the template puts its texts, and a layout that leads to a slide no longer does") {
  const std::string layout = template_of([](Package& package) {
    replace(package.parts["ppt/slideMasters/slideMaster1.xml"],
            "<a:off x=\"457200\" y=\"1168400\"/><a:ext cx=\"11277600\" cy=\"5130800\"/>",
            "<a:off x=\"914400\" y=\"1168400\"/><a:ext cx=\"10363200\" cy=\"5130800\"/>");
    replace(package.parts["ppt/slideLayouts/slideLayout4.xml"], "<p:cNvPr id=\"4\" name=\"Footer\"/>",
            "<p:cNvPr id=\"4\" name=\"Footer\"><a:hlinkClick r:id=\"rId9\" action=\"ppaction://hlinksldjump\"/></p:cNvPr>");
    package.relationships["ppt/slideLayouts/slideLayout4.xml"].push_back(
        {"rId9", office_relationship("slide"), "ppt/slides/slide1.xml"});
  });
  Slide slide = slide_of("Table");
  slide.grid = Slide::Grid{{"A"}, {}, {{{"1"}}}};
  const Presentation file = made({slide}, layout);
  const Element& frame = *file.slides[0].root.all("graphicFrame").front()->all("xfrm").front();
  CHECK((*frame.all("off").front())["x"] == "914400");
  CHECK((*frame.all("ext").front())["cx"] == "10363200");
  CHECK(file.package.parts.at("ppt/slideLayouts/slideLayout4.xml").find("hlinkClick") == std::string::npos);
}

TEST_CASE("pptx: what is no presentation, or could harm, is refused in clear words") {
  CHECK(error_of("plain text") == "template: is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  const std::string good = template_of([](Package&) {});
  CHECK(error_of(std::string_view(good).substr(0, good.size() / 2)).find("not a whole ZIP archive") != std::string::npos);
  CHECK(error_of(template_of([](Package& package) {
          package.overrides[presentation] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
        })) == "template: is no presentation; name a file saved as .pptx or .potx");
  CHECK(error_of(template_of([](Package& package) {
          package.overrides[presentation] = "application/vnd.ms-powerpoint.presentation.macroEnabled.main+xml";
        })).find("holds macros") != std::string::npos);
  CHECK(error_of(template_of([](Package& package) {
          put_part(package, "ppt/embeddings/oleObject1.bin", "application/vnd.openxmlformats-officedocument.oleObject", "x");
          add_relationship(package, "ppt/slideMasters/slideMaster1.xml", office_relationship("oleObject"),
                           "ppt/embeddings/oleObject1.bin");
        })).find("holds an embedded object") != std::string::npos);
  // The workbook behind a chart of a slide goes with the slide.
  CHECK(error_of(template_of([](Package& package) {
          put_part(package, "ppt/embeddings/Workbook1.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
                   "x");
          put_part(package, "ppt/slides/slide99.xml", "application/vnd.openxmlformats-officedocument.presentationml.slide+xml",
                   "<p:sld xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"/>");
          add_relationship(package, presentation, office_relationship("slide"), "ppt/slides/slide99.xml");
          add_relationship(package, "ppt/slides/slide99.xml", office_relationship("package"), "ppt/embeddings/Workbook1.xlsx");
        })) == "no error");
  CHECK(error_of(template_of([](Package& package) {
          add_relationship(package, "ppt/slideMasters/slideMaster1.xml", office_relationship("image"), "http://example.org/x.png",
                           true);
        })).find("takes a picture from outside") != std::string::npos);
  CHECK(error_of(template_of([](Package& package) {
          std::erase_if(package.relationships[presentation],
                        [](const Relationship& r) { return r.type.ends_with("/slideMaster"); });
        })) == "template: has no slide master; save it anew in PowerPoint");
  CHECK(error_of(template_of([](Package& package) { package.parts[presentation] = "<x/>"; })) ==
        "template: is damaged: its main part is no presentation");
  // What runs a program, on a layout and on a master.
  for (const std::string part : {"ppt/slideLayouts/slideLayout4.xml", "ppt/slideMasters/slideMaster1.xml"}) {
    CHECK(error_of(template_of([&](Package& package) {
            replace(package.parts[part], "<p:cNvPr id=\"1\" name=\"\"/>",
                    "<p:cNvPr id=\"1\" name=\"\"><a:hlinkClick r:id=\"\" action=\"ppaction://program\"/></p:cNvPr>");
          })) == "template: holds the action \"ppaction://program\" (\"" + part +
                     "\"), which is not known to be harmless; remove it in PowerPoint (Insert, Action)");
    CHECK(error_of(template_of([&](Package& package) {
            add_relationship(package, part, office_relationship("hyperlink"), "file://host/x.exe", true);
          })) == "template: holds a link to \"file://host/x.exe\" (\"" + part +
                     "\"); only http, https and mailto are let through: change it, or remove it");
  }
  const auto of_size = [](const std::string& size) {
    return error_of(
        template_of([&](Package& package) { replace(package.parts[presentation], "cx=\"12192000\" cy=\"6858000\"", size); }));
  };
  const std::string remedy = "; set their size in PowerPoint (Design, Slide Size) to between 10 and 140 cm";
  CHECK(of_size("cx=\"12\" cy=\"6858000\"") == "template: has slides that are 0.0 cm wide and 19.1 cm high" + remedy);
  CHECK(of_size("cx=\"0\" cy=\"-1\"") == "template: has slides that are 0.0 cm wide and 0.0 cm high" + remedy);
  CHECK(of_size("cx=\"12192000\" cy=\"68580000000\"") ==
        "template: has slides that are 33.9 cm wide and 190500.0 cm high" + remedy);
  CHECK(of_size("cx=\"99999999999999999999\" cy=\"x\"") == "template: has slides that are 0.0 cm wide and 0.0 cm high" + remedy);
}
