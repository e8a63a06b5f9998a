// OSCAL catalogues and mappings; the samples are also read by test_importers.cpp.
#include <catch2/catch.hpp>

#include "import/samples.hpp"

using namespace lacuna;
using lacuna::test::faults;

namespace {

Imported read_oscal_texts(const std::vector<std::string>& documents) {
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < documents.size(); ++i) inputs.push_back({std::to_string(i + 1) + ".json", documents[i]});
  return importer("oscal").read(inputs);
}

Imported sample(const char* path) { return test::read_sample(importer("oscal"), test::samples("oscal") / path); }

std::string nodes(const Map& map) {
  std::string text;
  for (const Node& n : map.nodes) text += std::string(name_of(n.kind)) + " " + n.id + "\n";
  return text;
}

std::string links(const Map& map) {
  std::string text;
  for (const Link& l : map.links) {
    text += l.from + " " + std::string(name_of(l.relation)) + " " + l.to;
    if (l.set_relation)
      text += " " + std::string(name_of(*l.set_relation)) + " (" + std::string(name_of(*l.degree)) + ") by " + l.evidence;
    text += "\n";
  }
  return text;
}

/// The ids of the document, its topic and its control "ac-2.1".
std::string named(const std::string& title) {
  return nodes(read_oscal_texts(
                   {R"({"catalog": {"metadata": {"title": ")" + title + R"("}, "controls": [{"id": "ac-2.1", "title": "T"}]}})"})
                   .map);
}

/// A mapping of these entries between two documents that no input holds.
Imported mapping(const std::string& maps, const std::string& provenance = "{}") {
  return read_oscal_texts(
      {R"({"mapping-collection": {"metadata": {"title": "M", "last-modified": "2026-01-02T00:00:00Z"}, "provenance": )" +
       provenance + R"(,
    "mappings": {"source-resource": {"type": "catalog", "href": "https://example.org/NIST_SP-800-53_rev5_catalog.json"},
                 "target-resource": {"type": "catalog", "href": "#r"}, "maps": [)" +
       maps + R"(]},
    "back-matter": {"resources": [{"uuid": "r", "title": "CIS Controls Version 8", "rlinks": [{"href": "https://example.org/cis"}]}]}}})"});
}

std::string entry(const std::string& relation, const std::string& sources, const std::string& targets) {
  const auto items = [](const std::string& ids) {
    std::string text;
    for (const char id : ids) text += std::string(text.empty() ? "" : ", ") + R"({"type": "control", "id-ref": ")" + id + R"("})";
    return text;
  };
  return R"({"relationship": ")" + relation + R"(", "sources": [)" + items(sources) + R"(], "targets": [)" + items(targets) +
         "]}";
}

}  // namespace

TEST_CASE("oscal: a catalogue is a deliverable, topics and the requirements inside them") {
  const Imported imported = sample("valid/orchard-catalog.json");
  CHECK(nodes(imported.map) ==
        "deliverable Orchard SP 7-1 Rev. 2\n"
        "topic Orchard SP 7-1 catalog\n"
        "topic Orchard SP 7-1 CA\n"
        "topic Orchard SP 7-1 Spare Cameras\n"
        "requirement Orchard SP 7-1 SPARE\n"
        "requirement Orchard SP 7-1 CA-1\n"
        "requirement Orchard SP 7-1 CA-1(1)\n");
  CHECK(links(imported.map) ==
        "Orchard SP 7-1 CA part-of Orchard SP 7-1 catalog\n"
        "Orchard SP 7-1 Spare Cameras part-of Orchard SP 7-1 CA\n"
        "Orchard SP 7-1 SPARE part-of Orchard SP 7-1 Spare Cameras\n"
        "Orchard SP 7-1 CA-1 part-of Orchard SP 7-1 CA\n"
        "Orchard SP 7-1 CA-1(1) part-of Orchard SP 7-1 CA-1\n");
}

TEST_CASE("oscal: the document is published on its day, in its version") {
  const Map map = sample("valid/orchard-catalog.json").map;
  const Node& document = map.nodes[0];
  CHECK(document.title == "Orchard Special Publication 7-1 Revision 2: Controls for Robots");
  CHECK(document.state == State::published);
  REQUIRE(document.dates.size() == 1);
  CHECK(document.dates[0].what == "published");
  CHECK(to_string(document.dates[0].date) == "2025-03-01");
  CHECK(to_string(*document.source.seen) == "2025-04-02");
  CHECK(document.attributes == Value::Object{{"version", "2.0"}, {"oscal_uuid", "11111111-1111-4111-8111-111111111111"}});
}

TEST_CASE("oscal: a control says its statement an item a line, with parameters in words") {
  const Map map = sample("valid/orchard-catalog.json").map;
  const Node& control = map.nodes[5];
  CHECK(control.title == "Clean Lens");
  CHECK(control.text ==
        "The robot:\n"
        "  a. Wipes its lens with [one or more of: water; [organization-defined other liquid]] [organization-defined frequency]; "
        "and\n"
        "    1. Dries it.\n"
        "  b. Tells its keeper at 9 o'clock.");
  CHECK(control.aliases == std::vector<std::string>{"CA-1"});
  CHECK(control.where.line == 16);
  CHECK(control.attributes ==
        Value::Object{{"level", "robot, keeper"}, {"oscal_id", "ca-1"}, {"related", Value::Array{"CA-1(1)", "DR-3"}}});
}

TEST_CASE("oscal: identifiers are made of the title, without subtitle and, for controls, without edition") {
  CHECK(named("NIST Special Publication 800-53 Revision 5.1.1 HIGH IMPACT BASELINE") ==
        "deliverable NIST SP 800-53 Rev. 5.1.1 HIGH IMPACT BASELINE\ntopic NIST SP 800-53 catalog\nrequirement NIST SP 800-53 "
        "AC-2(1)\n");
  CHECK(named("Electronic Version of NIST SP 800-53 Rev 5.1.1 Controls and SP 800-53A Rev 5.1.1 Assessment Procedures") ==
        "deliverable NIST SP 800-53 Rev. 5.1.1 Controls and SP 800-53A Rev. 5.1.1 Assessment Procedures\n"
        "topic NIST SP 800-53 catalog\nrequirement NIST SP 800-53 AC-2(1)\n");
  CHECK(named("CIS Controls Version 8 (OSCAL)") ==
        "deliverable CIS Controls Version 8\ntopic CIS Controls catalog\nrequirement CIS Controls AC-2(1)\n");
  CHECK(named("CIS Controls v8.1") ==
        "deliverable CIS Controls v8.1\ntopic CIS Controls catalog\nrequirement CIS Controls AC-2(1)\n");
  CHECK(named("ISO/IEC 27001:2022") ==
        "deliverable ISO/IEC 27001:2022\ntopic ISO/IEC 27001 catalog\nrequirement ISO/IEC 27001 AC-2(1)\n");
  CHECK(named("Garden catalog") == "deliverable Garden\ntopic Garden catalog\nrequirement Garden AC-2(1)\n");
}

TEST_CASE("oscal: baselines of one catalogue share its controls") {
  CHECK(nodes(sample("valid/two-baselines-of-one-catalogue").map) ==
        "deliverable Orchard SP 7-1 Rev. 2 HIGH BASELINE\n"
        "topic Orchard SP 7-1 catalog\n"
        "topic Orchard SP 7-1 CA\n"
        "requirement Orchard SP 7-1 CA-1\n"
        "deliverable Orchard SP 7-1 Rev. 2 LOW BASELINE\n");
}

TEST_CASE("oscal: a mapping becomes covers links both ways, one for each document and control") {
  const Imported imported = sample("valid/mapping-with-its-catalogues");
  CHECK(links(imported.map).substr(links(imported.map).find("Orchard SP 7-1 Rev. 2 covers")) ==
        "Orchard SP 7-1 Rev. 2 covers Garden Guide G.1 equivalent-to (full) by CA-1\n"
        "Garden Guide Version 3 covers Orchard SP 7-1 CA-1 equivalent-to (full) by G.1, G.2, g3_smt.a\n"
        "Orchard SP 7-1 Rev. 2 covers Garden Guide G.2 superset-of (full) by CA-1(1), CA-1\n"
        "Garden Guide Version 3 covers Orchard SP 7-1 CA-1(1) superset-of (full) by G.2\n"
        "Orchard SP 7-1 Rev. 2 covers Garden Guide G.3 intersects-with (partial) by CA-1\n");
  const Link& link = imported.map.links.back();
  CHECK(link.rationale == "CA-1 superset-of G.2, g3_smt.a (functional); source has-requirement (addressable): needs water");
  CHECK(link.by == "Fruit Council");
  CHECK(link.method == Method::human);
  CHECK(link.status == Status::asserted);
  CHECK(to_string(*link.on) == "2026-02-03");
  CHECK(link.source.name == "Orchard and Garden");
  CHECK(imported.map.files[link.where.file] == "1-mapping.json");
  CHECK(link.where.line == 23);
}

TEST_CASE("oscal: every set relation is turned round for the other document") {
  const std::vector<std::array<std::string, 3>> cases = {
      {"equal-to", "equal-to (full)", "equal-to (full)"},
      {"equivalent-to", "equivalent-to (full)", "equivalent-to (full)"},
      {"superset-of", "superset-of (full)", "subset-of (partial)"},
      {"subset-of", "subset-of (partial)", "superset-of (full)"},
      {"intersects-with", "intersects-with (partial)", "intersects-with (partial)"},
      {"no-relationship", "no-relationship (none)", "no-relationship (none)"},
  };
  for (const auto& [relation, there, back] : cases) {
    CHECK(links(mapping(entry(relation, "a", "b")).map) == "NIST SP 800-53 Rev. 5 covers CIS Controls b " + there +
                                                               " by a\nCIS Controls Version 8 covers NIST SP 800-53 a " + back +
                                                               " by b\n");
  }
}

TEST_CASE("oscal: what holds of several controls together holds of each less exactly") {
  CHECK(links(mapping(entry("equal-to", "a", "bc")).map) ==
        "NIST SP 800-53 Rev. 5 covers CIS Controls b superset-of (full) by a\n"
        "NIST SP 800-53 Rev. 5 covers CIS Controls c superset-of (full) by a\n"
        "CIS Controls Version 8 covers NIST SP 800-53 a equal-to (full) by b, c\n");
  CHECK(links(mapping(entry("subset-of", "a", "bc")).map) ==
        "NIST SP 800-53 Rev. 5 covers CIS Controls b intersects-with (partial) by a\n"
        "NIST SP 800-53 Rev. 5 covers CIS Controls c intersects-with (partial) by a\n"
        "CIS Controls Version 8 covers NIST SP 800-53 a superset-of (full) by b, c\n");
}

TEST_CASE("oscal: documents that no input holds are made, their controls are expected on the map") {
  const Imported imported = mapping(entry("equal-to", "a", "b"));
  CHECK(nodes(imported.map) == "deliverable NIST SP 800-53 Rev. 5\ndeliverable CIS Controls Version 8\n");
  CHECK(imported.map.nodes[0].address == "https://example.org/NIST_SP-800-53_rev5_catalog.json");
  CHECK(imported.map.nodes[1].address == "https://example.org/cis");
  CHECK(to_string(*imported.map.nodes[1].source.seen) == "2026-01-02");
  CHECK(imported.map.links[0].by == "M");
  CHECK(imported.map.links[0].rationale == "a equal-to b");
  CHECK(faults(imported.diagnostics) == "");
}

TEST_CASE("oscal: a machine's mapping is a suggestion until it is complete") {
  const std::string one = entry("equal-to", "a", "b");
  CHECK(mapping(one, R"({"method": "automation", "status": "draft"})").map.links[0].status == Status::suggested);
  CHECK(mapping(one, R"({"method": "automation", "status": "complete"})").map.links[0].status == Status::asserted);
  CHECK(mapping(one, R"({"method": "hybrid", "status": "draft"})").map.links[0].status == Status::asserted);
  CHECK(mapping(one, R"({"method": "human", "status": "superseded"})").map.links.empty());
}

TEST_CASE("oscal: controls that were left aside or could not be read are not covered") {
  const Imported imported = sample("invalid/withdrawn-controls.json");
  CHECK(nodes(imported.map) == "deliverable Orchard SP 7-1\ntopic Orchard SP 7-1 catalog\nrequirement Orchard SP 7-1 CA-3\n");
  CHECK(sample("invalid/wrong-types-everywhere.json").map.broken ==
        std::vector<std::string>{"Orchard SP 7-1 CA-1", "Orchard SP 7-1 CA-2"});
  CHECK(links(read_oscal_texts({R"({"catalog": {"metadata": {"title": "CIS Controls Version 8"}, "controls": [
                     {"id": "b", "title": "B", "props": [{"name": "status", "value": "withdrawn"}]}]}})",
                                R"({"mapping-collection": {"metadata": {"title": "M"}, "mappings": [{
                     "source-resource": {"type": "catalog", "href": "other.json"}, "target-resource": {"type": "catalog", "href": "1.json"},
                     "maps": [)" + entry("equal-to", "a", "b") +
                                    "]}]}}"})
                  .map) == "CIS Controls Version 8 covers other a equal-to (full) by b\n");
}

TEST_CASE("oscal: parameters that name each other come to an end") {
  CHECK(sample("invalid/parameters-in-a-circle.json").map.nodes[2].text == "Wipe [one of: [one of: […]]] or [nobody] {{ insert");
}

TEST_CASE("oscal: nesting without end is told, not followed") {
  CHECK(faults(read_oscal_texts({"{\"catalog\":\n" + std::string(100'000, '[')}).diagnostics) ==
        "1.json:2: error: nested deeper than 64 levels\n");
}

TEST_CASE("oscal: an entry of thousands of controls gives a link each, and names a few") {
  std::string items;
  for (int i = 0; i < 5000; ++i)
    items += std::string(i > 0 ? "," : "") + R"({"type": "control", "id-ref": "c)" + std::to_string(i) + "\"}";
  const Imported imported = mapping(R"({"relationship": "equal-to", "sources": [)" + items + R"(], "targets": [)" + items + "]}");
  CHECK(imported.map.links.size() == 10'000);
  CHECK(imported.map.links[0].evidence == "c0, c1, c2, c3, c4, c5, c6, c7, and 4992 more");
}
