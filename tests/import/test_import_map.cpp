// The text form of a map; its samples are also read by test_importers.cpp.
#include <catch2/catch.hpp>

#include <algorithm>

#include "import/samples.hpp"
#include "lacuna/render.hpp"
#include "support/process.hpp"

using namespace lacuna;
using lacuna::test::faults;

namespace {

const std::filesystem::path samples = test::samples("map");

Imported read(const std::filesystem::path& path) { return test::read_sample(importer("map"), path); }

}  // namespace

TEST_CASE("map: there is a sample for every fault that the text form can have") {
  REQUIRE(test::inputs_of(samples / "invalid").size() >= 80);
  REQUIRE(test::inputs_of(samples / "valid").size() >= 5);
}

TEST_CASE("map: everything that a map can say is read, and written as it was read") {
  Imported imported = read(samples / "valid" / "everything.json");
  Map& map = imported.map;
  CHECK(map.info.title == "T");
  CHECK(map.info.about == "All that a map can say.");
  CHECK(to_string(*map.info.date) == "2026-11-23");
  CHECK(map.nodes.size() == 14);
  CHECK(map.links.size() == 23);
  CHECK(map.searches.size() == 1);

  const auto requirement = std::ranges::find(map.nodes, std::string("R1"), &Node::id);
  REQUIRE(requirement != map.nodes.end());
  CHECK(requirement->kind == Kind::requirement);
  CHECK(requirement->title == "Requirement");
  CHECK(requirement->text == "Shall.");
  CHECK(requirement->aliases == std::vector<std::string>{"first", "R1 of O1"});
  CHECK(requirement->priority == 5);
  REQUIRE(requirement->dates.size() == 2);
  CHECK(requirement->dates[1].what == "until");
  CHECK(to_string(requirement->dates[1].date) == "2030-06");
  CHECK(requirement->address == "https://example.org/");
  CHECK(requirement->source.name == "Paper");
  CHECK(requirement->source.address == "https://example.org/p");
  CHECK(to_string(*requirement->source.seen) == "2026-01-02");
  REQUIRE(requirement->attributes.size() == 1);
  CHECK(requirement->attributes[0].first == "a");
  CHECK(requirement->attributes[0].second.size() == 4);

  const auto covers = std::ranges::find(map.links, std::string("clause 7"), &Link::evidence);
  REQUIRE(covers != map.links.end());
  CHECK(covers->from == "D1");
  CHECK(covers->relation == Relation::covers);
  CHECK(covers->to == "R1");
  CHECK(covers->degree == Degree::partial);
  CHECK(covers->set_relation == SetRelation::subset_of);
  CHECK(covers->strength == 10);
  CHECK(covers->rationale == "why");
  CHECK(covers->method == Method::hybrid);
  CHECK(covers->by == "A");
  CHECK(to_string(*covers->on) == "2026-01-02");
  CHECK(covers->source.name == "Paper");
  CHECK(covers->status == Status::disputed);

  const Search& search = map.searches.front();
  CHECK(search.id == "S1");
  CHECK(search.by == "A");
  CHECK(to_string(search.on) == "2026-01-02");
  CHECK(search.needs == std::vector<std::string>{"R1", "T1"});
  REQUIRE(search.catalogues.size() == 2);
  CHECK(search.catalogues[0].name == "ITU");
  CHECK(search.catalogues[0].records == 5000);
  CHECK(to_string(*search.catalogues[0].date) == "2025-12");
  CHECK_FALSE(search.catalogues[1].records);
  CHECK(search.method == "titles");
  CHECK(search.note == "twice");
  CHECK(search.not_searched == std::vector<std::string>{"W3C", "3GPP"});
  CHECK(search.queries.size() == 2);
  CHECK(search.candidates.size() == 3);  // Two verdicts on one document stay.
  CHECK(search.candidates[1].finding == Finding::mentions);
  REQUIRE(search.unjudged.size() == 1);
  CHECK(search.unjudged[0].document == "D 7");
  CHECK(search.unjudged[0].catalogue == "itu");
  CHECK(to_string(search.unjudged[0].on) == "2026-02");
  CHECK(search.signature->by == "A");

  sort_canonically(map);
  const auto written = render_map(map);
  std::vector<Input> inputs;
  for (const auto& [name, bytes] : written) inputs.push_back({name, bytes});
  Imported again = import_map(inputs);
  CHECK(faults(again.diagnostics) == "");
  sort_canonically(again.map);
  CHECK(render_map(again.map) == written);
}

TEST_CASE("map: a record that cannot be read is left out, the rest is read") {
  const Imported imported = read(samples / "invalid" / "five-faults-at-once.json");
  CHECK(imported.map.nodes.size() == 2);
  CHECK(imported.map.links.size() == 2);
}

TEST_CASE("map: the lines of nodes, links and searches are kept") {
  const Imported imported = read(samples / "valid" / "two-people-may-say-the-same.json");
  REQUIRE(imported.map.files == std::vector<std::string>{"two-people-may-say-the-same.json"});
  CHECK(imported.map.nodes[1].where.line == 4);
  CHECK(imported.map.links[1].where.line == 8);
}

TEST_CASE("map: control characters of an input never reach the messages") {
  // A message goes to a terminal, where ESC could hide or forge text.
  const std::string bytes =
      "{\"map\": {\"title\": \"T\", \"date\": \"2026\"}, \"nodes\": [\n"
      "{\"id\": \"R\\u001b[2J\", \"kind\": \"req\\u001b\", \"title\": \"x\", \"odd\\u0007\": 1},\n"
      "{\"id\": \"R\\u001b[2J\", \"kind\": \"requirement\", \"title\": \"x\", \"aliases\": [\"a\\nb\"], \"dates\": "
      "{\"si\\rnce\": \"20\\u001b19\"}}],\n"
      "\"links\": [{\"from\": \"A\\u001b\", \"relation\": \"covers\", \"to\": \"B\\n\", \"degree\": \"full\"}]}";
  Imported imported = import_map(std::vector<Input>{{"f", bytes}});
  check(imported);
  CHECK(imported.diagnostics.size() >= 6);
  for (const Diagnostic& d : imported.diagnostics) {
    const bool clean =
        std::ranges::none_of(to_string(d), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    INFO(d.message);
    CHECK(clean);
  }
}

TEST_CASE("map: ten thousand dangling links are told without delay") {
  std::string bytes = "{\"map\": {\"title\": \"T\"}, \"nodes\": [";
  for (int i = 0; i < 300; ++i)
    bytes += std::string(i > 0 ? ",\n" : "") + "{\"id\": \"Requirement number " + std::to_string(i) +
             "\", \"kind\": \"requirement\", \"title\": \"x\"}";
  bytes += "],\n\"links\": [";
  for (int i = 0; i < 10000; ++i)
    bytes += std::string(i > 0 ? ",\n" : "") +
             "{\"from\": \"Requirement number 1\", \"relation\": \"part-of\", \"to\": \"Requirement nmber " + std::to_string(i) +
             "\"}";
  bytes += "]}";
  Imported imported = import_map(std::vector<Input>{{"f", bytes}});
  check(imported);
  CHECK(imported.diagnostics.size() == 10000);
}

TEST_CASE("map: one search record may hold more than two million values, as that of a map of ten million links does") {
  // A record cannot be split over files: the limit for texts of strangers would refuse what export wrote.
  constexpr std::size_t queries = 700'000;
  std::string text = R"({"schema": "lacuna:schema/map-1.json", "nodes": [{"id": "R1", "kind": "requirement", "title": "T"}],)"
                     R"( "searches": [{"id": "s", "by": "A", "on": "2026-01-02", "needs": ["R1"],)"
                     R"( "catalogues": [{"name": "C", "records": 1}], "queries": [)";
  for (std::size_t i = 0; i < queries; ++i) text += i == 0 ? R"({"words": "w", "hits": 1})" : R"(,{"words": "w", "hits": 1})";
  text += "]}]}";
  const test::Scratch scratch;
  const Imported imported = import_path(importer("map"), scratch.file("m.json", text));
  CHECK(imported.diagnostics.empty());
  REQUIRE(imported.map.searches.size() == 1);
  CHECK(imported.map.searches.front().queries.size() == queries);
}
