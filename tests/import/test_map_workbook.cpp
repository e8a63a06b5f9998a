#include <catch2/catch.hpp>

#include "formats/xlsx.hpp"
#include "import/map_workbook.hpp"
#include "lacuna/render.hpp"
#include "support/random_map.hpp"

using namespace lacuna;

namespace {

std::string text_form(const Map& map) { return render_parts(map, {"map", "nodes", "links", "searches"}); }

}  // namespace

TEST_CASE("map workbook: any map comes back to the letter, and differs from itself in nothing") {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Map map = test::random_map({.seed = seed});
    sort_canonically(map);
    const MapWorkbook back = read_map_workbook(write_map_workbook(map), "map.xlsx");
    CHECK(back.diagnostics.empty());
    CHECK(text_form(back.base) == text_form(map));
    CHECK(text_form(back.edited) == text_form(map));
  }
}

TEST_CASE("map workbook: texts that a cell changes, cuts or takes for something else come back as they were") {
  Map map;
  map.info.title = " blanks at the ends ";
  map.info.groups = {"one; two", "[three"};
  const std::string long_text(200'000, 'x');
  const std::string wide = [] {
    std::string text;
    for (int i = 0; i < 30'000; ++i) text += "\U0001F331 \u00A0";
    return text;
  }();
  for (const std::string& text :
       {std::string("  two\n   lines\t "), std::string("=1+1"), std::string("_x0041_ _x000D_"), std::string("2019-06"),
        std::string("007"), std::string("\uFFFF \uFFFE \x7F \u0085"), std::string("e\u0301 \u202E \u2066  \u200B \u05D0\u05D1"),
        std::string("TRUE"), long_text, wide}) {
    Node node;
    node.id = "R" + std::to_string(map.nodes.size() + 1);
    node.title = "t";
    node.text = text;
    node.aliases = {"a; b", "c\nd", "[\"e\"]"};
    node.attributes = {{"odd", Value(Value::Array{Value(), Value(1), Value(1.5), Value(text)})}, {"_x0041_", Value(true)}};
    map.nodes.push_back(node);
  }
  sort_canonically(map);
  const MapWorkbook back = read_map_workbook(write_map_workbook(map), "map.xlsx");
  CHECK(back.diagnostics.empty());
  CHECK(text_form(back.base) == text_form(map));
  CHECK(text_form(back.edited) == text_form(map));
}

TEST_CASE("map workbook: what is no workbook of a map is told") {
  const auto says = [](std::string_view bytes) -> std::string {
    try {
      read_map_workbook(bytes, "x.xlsx");
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  CHECK(says("PK") ==
        "x.xlsx: not a whole ZIP archive (Unrecognized archive format); it may have been cut off while it was copied");
  const TemplateSheet sheet{"Nodes", {{"id", ""}}};
  CHECK(says(write_xlsx_template(std::span(&sheet, 1), {"how to", {}})) ==
        "x.xlsx: is no workbook of a map; lacuna export --format xlsx makes one (a table of nodes or links is imported without "
        "--sync)");
}
