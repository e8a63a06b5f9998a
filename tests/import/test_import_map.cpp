// The text form of a map: tests/import/map/valid/ holds inputs without a fault (a file, or a folder of files), invalid/ inputs
// named after their fault, each with what must be said of it in NAME.txt.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "cli/report.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"

namespace fs = std::filesystem;
using namespace lacuna;

namespace {

const fs::path samples = fs::path(LACUNA_SOURCE) / "tests" / "import" / "map";

/// Inputs of a folder of samples, in the order of their names.
std::vector<fs::path> inputs_of(const char* folder) {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(samples / folder)) {
    if (entry.path().extension() != ".txt") result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// The sample as the program reads it, with file names that do not depend on where the source tree stands.
Imported read(const fs::path& path) {
  std::vector<fs::path> files;
  if (fs::is_directory(path)) {
    for (const auto& entry : fs::directory_iterator(path)) {
      if (entry.path().extension() == ".json") files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::vector<std::string> bytes;
  for (const fs::path& file : files) bytes.push_back(read_file(file.string()));
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < files.size(); ++i) inputs.push_back({files[i].filename().string(), bytes[i]});
  Imported imported = importer("map").read(inputs);
  check(imported);
  return imported;
}

std::string faults(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += to_string(d) + "\n";
  return text;
}

}  // namespace

TEST_CASE("map: every invalid sample gives exactly the faults that stand beside it") {
  const auto inputs = inputs_of("invalid");
  REQUIRE(inputs.size() >= 80);
  for (const fs::path& path : inputs) {
    DYNAMIC_SECTION(path.stem().string()) {
      const std::string wanted = read_file((samples / "invalid" / path.stem()).string() + ".txt");
      REQUIRE_FALSE(wanted.empty());
      CHECK(faults(read(path).diagnostics) == wanted);
    }
  }
}

TEST_CASE("map: every list of faults belongs to a sample") {
  for (const auto& entry : fs::directory_iterator(samples / "invalid")) {
    if (entry.path().extension() != ".txt") continue;
    INFO(entry.path());
    const fs::path stem = samples / "invalid" / entry.path().stem();
    CHECK((fs::is_directory(stem) || fs::exists(stem.string() + ".json")));
  }
}

TEST_CASE("map: valid samples have no fault") {
  const auto inputs = inputs_of("valid");
  REQUIRE(inputs.size() >= 5);
  for (const fs::path& path : inputs) {
    DYNAMIC_SECTION(path.stem().string()) { CHECK(faults(read(path).diagnostics) == ""); }
  }
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
      "{\"id\": \"R\\u001b[2J\", \"kind\": \"requirement\", \"title\": \"x\", \"aliases\": [\"a\\nb\"], \"dates\": {\"si\\rnce\": \"20\\u001b19\"}}],\n"
      "\"links\": [{\"from\": \"A\\u001b\", \"relation\": \"covers\", \"to\": \"B\\n\", \"degree\": \"full\"}]}";
  Imported imported = import_map(std::vector<Input>{{"f", bytes}});
  check(imported);
  CHECK(imported.diagnostics.size() >= 6);
  for (const Diagnostic& d : imported.diagnostics) {
    const bool clean = std::ranges::none_of(to_string(d), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    INFO(d.message);
    CHECK(clean);
  }
}

TEST_CASE("map: ten thousand dangling links are told without delay") {
  std::string bytes = "{\"map\": {\"title\": \"T\"}, \"nodes\": [";
  for (int i = 0; i < 300; ++i) bytes += std::string(i > 0 ? ",\n" : "") + "{\"id\": \"Requirement number " + std::to_string(i) + "\", \"kind\": \"requirement\", \"title\": \"x\"}";
  bytes += "],\n\"links\": [";
  for (int i = 0; i < 10000; ++i) bytes += std::string(i > 0 ? ",\n" : "") + "{\"from\": \"Requirement number 1\", \"relation\": \"part-of\", \"to\": \"Requirement nmber " + std::to_string(i) + "\"}";
  bytes += "]}";
  Imported imported = import_map(std::vector<Input>{{"f", bytes}});
  check(imported);
  CHECK(imported.diagnostics.size() == 10000);
}
