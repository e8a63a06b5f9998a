#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <functional>
#include <map>
#include <set>

#include "base/text.hpp"
#include "lacuna/analysis.hpp"
#include "lacuna/import.hpp"
#include "render/layout.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

bool overlap(const Shape& a, const Shape& b) {
  const double dx = std::min(a.x + a.w / 2, b.x + b.w / 2) - std::max(a.x - a.w / 2, b.x - b.w / 2);
  const double dy = std::min(a.y + a.h / 2, b.y + b.h / 2) - std::max(a.y - a.h / 2, b.y - b.h / 2);
  return dx > 0.1 && dy > 0.1;
}

bool has_text(const Shape& s) {
  return std::ranges::any_of(s.lines, [](const std::string& line) { return !line.empty(); });
}

std::string name(const Shape& s) {
  return fmt::format("{} ({:.1f},{:.1f} {:.1f}x{:.1f}) {}", s.id, s.x, s.y, s.w, s.h, join(s.lines, " / "));
}

/// Everything on the page, no text over another, no text higher than its shape, every id once.
void check_page_on(const Picture& picture, const Canvas& ground) {
  const Page page = laid_out(picture, ground);
  CHECK(page.width == ground.width);
  CHECK((ground.grows ? page.height >= ground.height : page.height == ground.height));
  std::vector<const Shape*> texts;
  std::set<std::string> ids;
  std::string faults;
  for (const Shape& s : page.shapes) {
    if (!(s.w > 0 && s.h > 0)) faults += "without size: " + name(s) + "\n";
    if (s.x - s.w / 2 < -0.01 || s.x + s.w / 2 > page.width + 0.01 || s.y - s.h / 2 < -0.01 ||
        s.y + s.h / 2 > page.height + 0.01) {
      faults += "off the page: " + name(s) + "\n";
    }
    if (!ids.insert(s.id).second) faults += "id used twice: " + name(s) + "\n";
    if (!has_text(s)) continue;
    texts.push_back(&s);
    if (!ground.grows && s.font < ground.least_font) faults += fmt::format("text of {:.1f} points: {}\n", s.font, name(s));
    if (static_cast<double>(s.lines.size()) * s.font * 1.18 > s.h + 3) faults += "text higher than its shape: " + name(s) + "\n";
    for (const std::string& line : s.lines) {
      if (!is_clean_utf8(line)) faults += "broken characters: " + name(s) + "\n";
    }
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      if (overlap(*texts[i], *texts[j])) faults += "overlap: " + name(*texts[i]) + " AND " + name(*texts[j]) + "\n";
    }
  }
  for (const Curve& c : page.curves) {
    if (!(c.width > 0 && c.width < 20) || c.x0 > c.x1) faults += fmt::format("odd curve {} {}\n", c.from, c.to);
  }
  // The boxes of one column do not overlap either, whether they hold text or parts that do.
  for (const Picture::Stack& stack : picture.stacks) {
    std::vector<const Shape*> boxes;
    for (const Box& box : stack.boxes) {
      const auto shape = std::ranges::find(page.shapes, box.id, &Shape::id);
      if (shape == page.shapes.end()) {
        faults += "not drawn: " + box.id + "\n";
      } else {
        boxes.push_back(&*shape);
      }
    }
    for (std::size_t i = 0; i < boxes.size(); ++i) {
      for (std::size_t j = i + 1; j < boxes.size(); ++j) {
        if (boxes[i] != boxes[j] && overlap(*boxes[i], *boxes[j]))
          faults += "boxes overlap: " + name(*boxes[i]) + " AND " + name(*boxes[j]) + "\n";
      }
    }
  }
  INFO(picture.title);
  CHECK(faults == "");
}

void check_page(const Picture& picture) { check_page_on(picture, {}); }

/// Calls `use` with every view of the map, with and without a scope, by every kind of row, about some nodes of each kind.
void all_views(const Graph& graph, Day as_of, const std::vector<std::string>& scopes, std::size_t subjects,
               const std::function<void(const Picture&)>& use) {
  for (const View& view : views()) {
    for (const std::string& scope : scopes) {
      ViewParams params;
      params.profile = &default_profile();
      params.as_of = as_of;
      if (!scope.empty()) params.scope = graph.find(scope);
      if (view.needs_subject) {
        std::map<Kind, std::size_t> done;
        for (std::size_t i = 0; i < graph.size(); ++i) {
          const NodeId id = static_cast<NodeId>(i);
          const Kind kind = graph.node(id).kind;
          if (view.subject_kind == Kind::session && kind != Kind::session) continue;
          if (++done[kind] > subjects) continue;
          params.subject = id;
          use(*view.ask(graph, params).picture);
        }
      } else {
        for (const Kind by : {Kind::objective, Kind::topic, Kind::session, Kind::requirement}) {
          if (view.name != "coverage" && by != Kind::objective) continue;
          params.by = by;
          use(*view.ask(graph, params).picture);
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("layout: on every view of the shipped map no text lies on another and all is on the page") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  for (const char* on : {"2019-01-21", "2026-11-23"}) all_views(graph, Date::parse(on)->last_day(), {"", "SG17"}, 12, check_page);
}

TEST_CASE("layout: on every view of random maps no text lies on another and all is on the page") {
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.groups = 5 + 8 * seed;
    shape.needs = 30 * seed;
    shape.deliverables = 50 * seed;
    shape.covers = 100 * seed;
    INFO("seed " << seed);
    all_views(graph_of(random_map(shape)), Date{2026, 11, 23}.last_day(), {"", "Group 0"}, 4, check_page);
  }
}

TEST_CASE("layout: on the body of a slide no text lies on another, and none is under nine points") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  for (const Canvas& ground : {Canvas{888, 432, 0, false, false, 9}, Canvas{648, 420, 0, false, false, 9}}) {
    all_views(graph, Date{2026, 11, 23}.last_day(), {"", "SG17"}, 6, [&](const Picture& picture) {
      // A matrix of all needs is divided before it is laid out.
      if (!picture.grid || picture.grid->rows.size() <= 15) check_page_on(picture, ground);
    });
  }
}

TEST_CASE("layout: a gaps view of kinds that say two things of one need shows both") {
  const Graph graph = graph_of(random_map({}));
  ViewParams params;
  params.profile = &default_profile();
  params.as_of = Date{2026, 11, 23}.last_day();
  params.kinds = {GapKind::orphan, GapKind::unknown, GapKind::uncovered, GapKind::single_body};
  check_page(*view_gaps(graph, params).picture);
}

TEST_CASE("layout: columns of one to fourteen boxes") {
  for (std::size_t n = 1; n <= 14; ++n) {
    Picture picture;
    picture.title = fmt::format("{} boxes", n);
    picture.notes = {"first note", "second note"};
    picture.legend = {std::string(400, 'x') + " and more words to wrap"};
    for (int s = 0; s < 3; ++s) {
      Picture::Stack stack{fmt::format("Heading {}", s), {}};
      for (std::size_t i = 0; i < n; ++i) {
        Box box;
        box.id = fmt::format("box {} {}", s, i);
        box.lines = {"A title of a box", "with a second line that is rather long and has to be wrapped or cut somewhere"};
        if (s == 2) box.tally = EnumArray<CoverageState, std::size_t>{{i, 1, 0, 2, 0, n}};
        if (s == 1) box.look.state = static_cast<CoverageState>(i % 6);
        stack.boxes.push_back(std::move(box));
      }
      picture.stacks.push_back(std::move(stack));
    }
    for (std::size_t i = 0; i < n; ++i)
      picture.lines.push_back(
          {fmt::format("box 0 {}", i), fmt::format("box 1 {}", n - 1 - i), 1.0 + static_cast<double>(i), "", Line::Kind::strong});
    check_page(picture);
  }
}

TEST_CASE("layout: forty groups are refused on a slide and fit a matrix") {
  RandomMap shape;
  shape.groups = 40;
  shape.deliverables = 200;
  shape.covers = 300;
  const Graph graph = graph_of(random_map(shape));
  ViewParams params;
  params.profile = &default_profile();
  params.as_of = Date{2026, 11, 23}.last_day();
  params.columns = graph.of_kind(Kind::group);
  CHECK_THROWS_WITH(view_relationship(graph, params), "--groups: 40 groups do not fit on a slide; name at most 11");
  check_page(*view_coverage(graph, params).picture);
}

TEST_CASE("layout: nodes named like parts of the page do not displace those") {
  Picture picture;
  picture.title = "The title";
  picture.notes = {"A note"};
  picture.legend = {"A legend"};
  Picture::Stack stack{"A heading", {}};
  for (const char* id : {"title", "note 1", "heading 1", "legend 1.1", "legend covered", "page"}) {
    Box box;
    box.id = id;
    box.lines = {std::string("Box ") + id};
    stack.boxes.push_back(std::move(box));
  }
  picture.stacks = {std::move(stack)};
  check_page(picture);
}

TEST_CASE("layout: a grid of many rows makes the page taller, one of none leaves it alone") {
  const auto grid = [](std::size_t rows, std::size_t columns) {
    Picture picture;
    picture.title = "Grid";
    Picture::Grid g;
    g.bars = 1;
    for (std::size_t c = 0; c < columns; ++c) g.columns.push_back(fmt::format("Column number {}", c));
    for (std::size_t r = 0; r < rows; ++r) {
      g.rows.push_back(fmt::format("R{}  A title of a row that says what it is about at some length", r));
      std::vector<Box> cells;
      for (std::size_t c = 0; c < columns; ++c) {
        Box cell;
        cell.id = fmt::format("{} {}", r, c);
        if (c % 3 == 0) cell.look.state = static_cast<CoverageState>((r + c) % 6);
        if (c % 3 == 1)
          cell.lines = {std::to_string(r)}, cell.tally = EnumArray<CoverageState, std::size_t>{{c % 11, 2, 0, 1, 4}};
        if (c + 1 == columns) cell.tally = EnumArray<CoverageState, std::size_t>{{r, c, 1, 0, 0, 3}};
        cells.push_back(std::move(cell));
      }
      g.cells.push_back(std::move(cells));
    }
    picture.grid = std::move(g);
    return picture;
  };
  for (const std::size_t rows : {1U, 5U, 20U, 60U, 200U}) {
    for (const std::size_t columns : {1U, 4U, 13U}) check_page(grid(rows, columns));
  }
  CHECK(laid_out(grid(10, 5)).height == 540);
  CHECK(laid_out(grid(200, 5)).height > 3000);
  CHECK(laid_out(grid(0, 5)).height == 540);
}

TEST_CASE("layout: an empty picture is an empty page") {
  check_page(Picture{});
  Picture headings;
  headings.stacks = {{"a", {}}, {"b", {}}, {"c", {}}};
  check_page(headings);
}

TEST_CASE("layout: the states have six different fills, darker for more coverage") {
  std::set<std::string> fills;
  for (std::size_t s = 0; s < 6; ++s) fills.insert(colours_of(static_cast<CoverageState>(s)).fill);
  CHECK(fills.size() == 6);
  CHECK(colours_of(CoverageState::covered).fill == "#08457e");
  CHECK(colours_of(CoverageState::unknown).fill == "#ffffff");
}
