#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "support/random_map.hpp"

using namespace lacuna;

namespace {

Map read_back(const std::map<std::string, std::string>& files) {
  std::vector<Input> inputs;
  for (const auto& [name, bytes] : files) inputs.push_back({name, bytes});
  Imported imported = import_map(inputs);
  std::string faults;
  for (const Diagnostic& d : imported.diagnostics) faults += to_string(d) + "\n";
  REQUIRE(faults == "");
  return std::move(imported.map);
}

}  // namespace

TEST_CASE("map text: four files, the smallest map") {
  Map map;
  map.info.title = "T";
  const auto files = render_map(map);
  CHECK(files == std::map<std::string, std::string>{
                     {"links.json", "{\"schema\": \"lacuna:schema/map-1.json\", \"links\": []}\n"},
                     {"map.json", "{\"schema\": \"lacuna:schema/map-1.json\", \"map\": {\"title\": \"T\"}}\n"},
                     {"nodes.json", "{\"schema\": \"lacuna:schema/map-1.json\", \"nodes\": []}\n"},
                     {"searches.json", "{\"schema\": \"lacuna:schema/map-1.json\", \"searches\": []}\n"}});
}

TEST_CASE("map text: random maps are read as they were written") {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    test::RandomMap shape;
    shape.seed = seed;
    Map map = test::random_map(shape);
    sort_canonically(map);
    const auto files = render_map(map);
    CHECK((render_map(map) == files));
    Map again = read_back(files);
    sort_canonically(again);
    CHECK((render_map(again) == files));
  }
}

TEST_CASE("map text: the shipped map is in the canonical form") {
  Map map = import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map;
  const auto as_read = render_map(map);
  sort_canonically(map);
  CHECK((render_map(map) == as_read));
}

TEST_CASE("map text: what one document would hold too much of stands in several, and all of it is read again") {
  Map map;
  Node need;
  need.id = "R1";
  need.title = "A need";
  map.nodes.push_back(need);
  Node deliverable;
  deliverable.id = "D1";
  deliverable.kind = Kind::deliverable;
  deliverable.title = "A text";
  map.nodes.push_back(deliverable);
  // A reader takes two million values of one document; a link has ten here.
  constexpr std::size_t links = 230'000;
  Link link;
  link.from = deliverable.id;
  link.relation = Relation::covers;
  link.to = need.id;
  link.degree = Degree::partial;
  link.rationale = "read";
  link.evidence = "title";
  link.method = Method::human;
  link.on = Date::parse("2026-01-01");
  for (std::size_t i = 0; i < links; ++i) {
    link.by = fmt::format("P{}", i);
    map.links.push_back(link);
  }
  const auto files = render_map(map);
  CHECK(files.size() == 6);
  for (const auto& [name, bytes] : files) CHECK(is_text_file_of_map(name));
  CHECK(files.contains("links-2.json"));
  CHECK(files.contains("links-3.json"));
  CHECK(read_back(files).links.size() == links);
  for (const char* name : {"link.json", "links-.json", "links-2b.json", "map-2.json", "links-2.txt", "notes.json"})
    CHECK_FALSE(is_text_file_of_map(name));
}
