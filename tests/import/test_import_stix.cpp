// STIX bundles; the samples are also read by test_importers.cpp.
#include <catch2/catch.hpp>

#include "import/samples.hpp"

using namespace lacuna;
using lacuna::test::faults;

namespace {

Imported read_stix_texts(const std::string& bytes) {
  Imported imported = importer("stix").read(std::vector<Input>{{"f", bytes}});
  check(imported);
  return imported;
}

Imported stix_sample(const char* path) { return test::read_sample(importer("stix"), test::samples("stix") / path); }

std::string node_lines(const Map& map) {
  std::string text;
  for (const Node& n : map.nodes) text += std::string(name_of(n.kind)) + " " + n.id + " " + n.title + "\n";
  return text;
}

std::string link_lines(const Map& map) {
  std::string text;
  for (const Link& l : map.links) text += l.from + " " + std::string(name_of(l.relation)) + " " + l.to + "\n";
  return text;
}

std::string dates(const Node& node) {
  std::string text;
  for (const NodeDate& d : node.dates) text += d.what + " " + to_string(d.date) + " ";
  return text;
}

}  // namespace

TEST_CASE("stix: attack patterns are threats, courses of action capabilities, tactics topics of their matrix") {
  const Imported imported = stix_sample("valid/orchard.json");
  CHECK(imported.map.info.title == "ORCHARD");
  CHECK(node_lines(imported.map) ==
        "topic orchard Orchard Matrix\n"
        "topic OR.TA1 Arrival\n"
        "topic OR.TA2 Harvest\n"
        "threat OR.T1 Blind the camera\n"
        "threat OR.T1.001 Paint on the lens\n"
        "threat attack-pattern--3 Steal apples\n"
        "capability OR.M1 Wipe the lens\n");
  CHECK(link_lines(imported.map) ==
        "OR.TA1 part-of orchard\n"
        "OR.TA2 part-of orchard\n"
        "OR.T1 part-of OR.TA1\n"
        "OR.T1 part-of OR.TA2\n"
        "OR.T1.001 part-of OR.TA1\n"
        "OR.T1.001 part-of OR.T1\n"
        "OR.M1 counters OR.T1\n"
        "OR.M1 counters OR.T1.001\n");
}

TEST_CASE("stix: a threat keeps its text, address, days, source and MITRE's short values") {
  const Map map = stix_sample("valid/orchard.json").map;
  const Node& threat = map.nodes[3];
  CHECK(threat.text == "Mud on the lens, see Paint [red] and a picture.");
  CHECK(threat.address == "https://orchard.example/OR.T1");
  CHECK(threat.source.name == "ORCHARD");
  CHECK(threat.source.address == "https://orchard.example");
  CHECK(dates(threat) == "since 2024-03-01 ");
  CHECK(threat.where.line == 13);
  REQUIRE(threat.attributes.size() == 4);
  CHECK(threat.attributes[0] == std::pair<std::string, Value>("stix_id", "attack-pattern--1"));
  CHECK(threat.attributes[1] == std::pair<std::string, Value>("platforms", Value::Array{"Robot", "Drone"}));
  CHECK(threat.attributes[2] == std::pair<std::string, Value>("version", "1.0"));
  CHECK(threat.attributes[3] == std::pair<std::string, Value>("is_subtechnique", false));
}

TEST_CASE("stix: what was revoked or deprecated ends on the day of the last change") {
  const Map map = stix_sample("invalid/revoked-and-deprecated.json").map;
  CHECK(dates(map.nodes[4]) == "since 2024-03-02 until 2026-02-01 ");
  CHECK(dates(map.nodes[5]) == "since 2023-01-01 until 2023-06-01 ");
  CHECK(map.nodes[5].attributes == Value::Object{{"stix_id", "attack-pattern--3"}, {"deprecated", true}});
}

TEST_CASE(
    "stix: the successor supersedes what was revoked; deprecated relationships are left aside; CAPEC has status and hierarchy") {
  const Map map = stix_sample("invalid/revoked-and-deprecated.json").map;
  CHECK(link_lines(map) ==
        "OR.TA1 part-of orchard\n"
        "OR.TA2 part-of orchard\n"
        "OR.T1 part-of OR.TA1\n"
        "OR.T1 part-of OR.TA2\n"
        "OR.T1.001 part-of OR.TA1\n"
        "OR.T1.001 part-of OR.T1\n"
        "OR.M1 counters OR.T1\n"
        "OR.M1 counters OR.T1.001\n"
        "OR.T1 supersedes OR.T1.001\n"
        "attack-pattern--7 part-of attack-pattern--6\n");
  CHECK(map.nodes[3].attribute("seen_in") == "Magpies, and crows");
  CHECK(dates(map.nodes[7]) == "until 2022-01-01 ");
  CHECK(map.nodes[8].attribute("status") == "Stable");
  CHECK(map.nodes[10].id == "coa-1-0");
  CHECK(map.nodes[10].title == "Grease the trunk.");
}

TEST_CASE("stix: of several versions of an object the last one stands, in one bundle or two") {
  const Imported imported = read_stix_texts(R"({"type": "bundle", "objects": [
    {"type": "attack-pattern", "id": "a", "name": "Newer", "modified": "2024-02-01T00:00:00Z"},
    {"type": "attack-pattern", "id": "a", "name": "Older", "modified": "2024-01-01T00:00:00Z"},
    {"type": "attack-pattern", "id": "b", "name": "Older", "modified": "2024-01-01T00:00:00Z"},
    {"type": "attack-pattern", "id": "b", "name": "Newer", "modified": "2024-02-01T00:00:00Z"}]})");
  CHECK(node_lines(imported.map) == "threat a Newer\nthreat b Newer\n");
  CHECK(faults(imported.diagnostics) == "");
}

TEST_CASE("stix: each bundle speaks for its own source, and holds all of it") {
  const std::string one = R"({"type": "bundle", "objects": [{"type": "x-mitre-collection", "id": "c1", "name": "ORCHARD"},
    {"type": "attack-pattern", "id": "a", "name": "X", "modified": "2024-02-01T00:00:00Z"}]})";
  const std::string two = R"({"type": "bundle", "objects": [{"type": "attack-pattern", "id": "b", "name": "Y",
    "external_references": [{"source_name": "capec", "external_id": "CAPEC-1"}]}]})";
  const Imported imported = importer("stix").read(std::vector<Input>{{"1", one}, {"2", two}});
  CHECK(imported.map.nodes[0].source.name == "ORCHARD");
  CHECK(imported.map.nodes[1].source.name == "capec");
  REQUIRE(imported.onto.whole.size() == 2);
  CHECK(imported.onto.whole[0].name == "ORCHARD");
  CHECK(to_string(*imported.onto.whole[0].on) == "2024-02-01");
  CHECK(imported.onto.whole[1].name == "capec");
}

TEST_CASE("stix: a link is the collection's word, and a second relationship of the same two adds its reason") {
  const Map map = stix_sample("valid/orchard.json").map;
  const Link& link = map.links[6];
  CHECK(link.rationale == "A clean lens sees. Mud stays away.");
  CHECK(link.by == "ORCHARD");
  CHECK(link.source.name == "ORCHARD");
  CHECK(link.status == Status::asserted);
  CHECK_FALSE(link.method);
  CHECK(link.where.line == 31);
}

TEST_CASE("stix: links cross files, and a phase without tactics is an attribute") {
  const Imported imported = stix_sample("valid/relationships-in-another-file");
  CHECK(node_lines(imported.map) == "threat attack-pattern--1 Blind the camera\ncapability course-of-action--1 Wipe the lens\n");
  CHECK(link_lines(imported.map) == "course-of-action--1 counters attack-pattern--1\n");
  CHECK(imported.map.nodes[0].where.file == 1);
  CHECK(imported.map.nodes[0].attributes ==
        Value::Object{{"stix_id", "attack-pattern--1"}, {"phases", Value::Array{"orchard: arrival"}}});
  CHECK(imported.map.info.title == "STIX bundle");
}

TEST_CASE("stix: without a matrix, tactics are part of the collection") {
  const Imported imported = read_stix_texts(R"({"type": "bundle", "objects": [
    {"type": "x-mitre-collection", "id": "x-mitre-collection--1", "name": "ORCHARD"},
    {"type": "x-mitre-tactic", "id": "x-mitre-tactic--1", "name": "Arrival"}]})");
  CHECK(node_lines(imported.map) == "topic ORCHARD ORCHARD\ntopic x-mitre-tactic--1 Arrival\n");
  CHECK(link_lines(imported.map) == "x-mitre-tactic--1 part-of ORCHARD\n");
  CHECK(faults(imported.diagnostics) == "");
}

TEST_CASE("stix: tactics of the same short name are told apart by their kill chain") {
  const Imported imported = read_stix_texts(R"({"type": "bundle", "objects": [
    {"type": "x-mitre-tactic", "id": "t1", "name": "A", "x_mitre_shortname": "p",
     "external_references": [{"source_name": "web", "external_id": "W1"}]},
    {"type": "x-mitre-tactic", "id": "t2", "name": "B", "x_mitre_shortname": "p",
     "external_references": [{"source_name": "app", "external_id": "A1"}]},
    {"type": "attack-pattern", "id": "a", "name": "X", "kill_chain_phases": [{"kill_chain_name": "app", "phase_name": "p"}]}]})");
  CHECK(link_lines(imported.map) == "a part-of A1\n");
}

TEST_CASE("stix: what cannot be read is left out, the rest is read") {
  const Imported imported = stix_sample("invalid/wrong-types-everywhere.json");
  CHECK(imported.readable);
  CHECK(node_lines(imported.map) == "threat attack-pattern--3 Stays\nthreat attack-pattern--4 Stays, too\n");
  CHECK(imported.map.links.empty());
  CHECK_FALSE(stix_sample("invalid/no-bundle.json").readable);
  CHECK_FALSE(stix_sample("invalid/cut-in-the-middle.json").readable);
}

TEST_CASE("stix: nesting without end is told, not followed") {
  const Imported imported = read_stix_texts("{\"type\": \"bundle\",\n\"objects\": " + std::string(100'000, '['));
  CHECK(faults(imported.diagnostics) == "f:2: error: nested deeper than 64 levels\n");
}

TEST_CASE("stix: a million brackets, and ten thousand types, are read without delay") {
  std::string bytes = R"({"type": "bundle", "objects": [{"type": "attack-pattern", "id": "a", "name": "X", "description": ")";
  bytes += std::string(500'000, '[') + std::string(500'000, ')') + "\"}";
  for (int i = 0; i < 10'000; ++i)
    bytes += ",\n{\"type\": \"t" + std::to_string(i) + "\", \"id\": \"i" + std::to_string(i) + "\"}";
  const Imported imported = read_stix_texts(bytes + "]}");
  CHECK(imported.diagnostics.size() == 10'000);
  REQUIRE(imported.map.nodes.size() == 1);
  CHECK(imported.map.nodes[0].text.size() == 1'000'000);
}
