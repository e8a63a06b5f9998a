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
    if (l.set_relation) text += " " + std::string(name_of(*l.set_relation));
    if (l.degree) text += " (" + std::string(name_of(*l.degree)) + ") by " + l.evidence;
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
  CHECK(document.attributes == Value::Object{{"version", "2.0"},
                                             {"oscal_uuid", "11111111-1111-4111-8111-111111111111"},
                                             {"oscal_file", "orchard-catalog.json"}});
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

TEST_CASE("oscal: a mapping becomes covers links both ways, one for each document and control, and its own pairs") {
  const Imported imported = sample("valid/mapping-with-its-catalogues");
  CHECK(links(imported.map).substr(links(imported.map).find("Orchard SP 7-1 Rev. 2 covers")) ==
        "Orchard SP 7-1 Rev. 2 covers Garden Guide g1 equivalent-to (full) by CA-1\n"
        "Garden Guide Version 3 covers Orchard SP 7-1 CA-1 equivalent-to (full) by g1, g2, g3_smt.a\n"
        "Orchard SP 7-1 CA-1 maps-to Garden Guide g1 equivalent-to\n"
        "Orchard SP 7-1 Rev. 2 covers Garden Guide g2 superset-of (full) by CA-1(1), CA-1\n"
        "Garden Guide Version 3 covers Orchard SP 7-1 CA-1(1) superset-of (full) by g2\n"
        "Orchard SP 7-1 CA-1(1) maps-to Garden Guide g2 subset-of\n"
        "Orchard SP 7-1 Rev. 2 covers Garden Guide g3 intersects-with (partial) by CA-1\n"
        "Orchard SP 7-1 CA-1 maps-to Garden Guide g2 superset-of\n"
        "Orchard SP 7-1 CA-1 maps-to Garden Guide g3 intersects-with\n");
  const Link& link = imported.map.links.back();
  CHECK(link.rationale == "CA-1 superset-of g2, g3_smt.a (functional); source has-requirement (addressable): needs water");
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
    CHECK(links(mapping(entry(relation, "a", "b")).map) ==
          "NIST SP 800-53 Rev. 5 covers CIS Controls b " + there + " by a\nCIS Controls Version 8 covers NIST SP 800-53 a " +
              back + " by b\nNIST SP 800-53 a maps-to CIS Controls b " + relation + "\n");
  }
}

TEST_CASE("oscal: what holds of several controls together holds of each less exactly") {
  CHECK(links(mapping(entry("equal-to", "a", "bc")).map) ==
        "NIST SP 800-53 Rev. 5 covers CIS Controls b superset-of (full) by a\n"
        "NIST SP 800-53 Rev. 5 covers CIS Controls c superset-of (full) by a\n"
        "CIS Controls Version 8 covers NIST SP 800-53 a equal-to (full) by b, c\n"
        "NIST SP 800-53 a maps-to CIS Controls b superset-of\n"
        "NIST SP 800-53 a maps-to CIS Controls c superset-of\n");
  CHECK(links(mapping(entry("subset-of", "a", "bc")).map) ==
        "NIST SP 800-53 Rev. 5 covers CIS Controls b intersects-with (partial) by a\n"
        "NIST SP 800-53 Rev. 5 covers CIS Controls c intersects-with (partial) by a\n"
        "CIS Controls Version 8 covers NIST SP 800-53 a superset-of (full) by b, c\n"
        "NIST SP 800-53 a maps-to CIS Controls b intersects-with\n"
        "NIST SP 800-53 a maps-to CIS Controls c intersects-with\n");
}

TEST_CASE("oscal: documents that no input holds are made with the controls that are named, until their catalogues come") {
  const Imported imported = mapping(entry("equal-to", "a", "b"));
  CHECK(nodes(imported.map) ==
        "deliverable NIST SP 800-53 Rev. 5\ndeliverable CIS Controls Version 8\n"
        "requirement NIST SP 800-53 a\nrequirement CIS Controls b\n");
  CHECK(imported.map.nodes[0].attribute("awaited_from") == "NIST_SP-800-53_rev5_catalog.json");
  CHECK(imported.map.nodes[1].attribute("awaited_from") == "CIS Controls Version 8");
  CHECK(imported.map.nodes[0].address == "https://example.org/NIST_SP-800-53_rev5_catalog.json");
  CHECK(imported.map.nodes[1].address == "https://example.org/cis");
  CHECK(to_string(*imported.map.nodes[1].source.seen) == "2026-01-02");
  CHECK(imported.map.links[0].by == "M");
  CHECK(imported.map.links[0].rationale == "a equal-to b");
  CHECK(
      faults(imported.diagnostics) ==
      "1.json:2: warning: nobody has imported \"NIST_SP-800-53_rev5_catalog.json\" yet; its controls are known by their "
      "identifiers alone until then\n"
      "1.json:3: warning: nobody has imported \"CIS Controls Version 8\" yet; its controls are known by their identifiers alone "
      "until then\n");
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

namespace {

const std::string garden =
    R"({"catalog": {"uuid": "u-g", "metadata": {"title": "Garden Rules", "last-modified": "2026-01-01"}, "controls": [
  {"id": "g-1", "title": "Clean"}, {"id": "g-2", "title": "Dry"}, {"id": "g-3", "title": "Tidy", "controls": [{"id": "g-3.1", "title": "Sweep"}]}]}})";
const std::string farm =
    R"({"catalog": {"metadata": {"title": "Farm Rules", "last-modified": "2026-01-01"}, "controls": [{"id": "f-1", "title": "F"}]}})";

std::string mapping_of(const std::string& maps, const std::string& more = "", const std::string& provenance = "") {
  return R"({"mapping-collection": {"metadata": {"title": "Garden to Farm", "last-modified": "2026-01-02"}, "provenance": {"status": "complete")" +
         provenance + R"(}, "mappings": [{"source-resource": {"type": "catalog", "href": "1.json"},
    "target-resource": {"type": "catalog", "href": "2.json"}, "maps": [)" +
         maps + "]" + more + "}]}}";
}

std::string map_entry(const std::string& relation, const std::string& source, const std::string& target) {
  return R"({"relationship": ")" + relation + R"(", "sources": [{"type": "control", "id-ref": ")" + source +
         R"("}], "targets": [{"type": "control", "id-ref": ")" + target + R"("}]})";
}

std::string searches(const Map& map) {
  std::string text;
  for (const Search& s : map.searches) {
    text += s.id + " by " + s.by + " on " + to_string(s.on) + (s.signature ? " signed" : "") + " in " + s.catalogues.at(0).name +
            " (" + std::to_string(s.catalogues.at(0).records.value_or(-1)) + "):";
    for (const JudgedCandidate& c : s.candidates)
      text += " " + c.need + " " + std::string(name_of(c.finding)) + " " + c.document + ";";
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("oscal: groups and controls are told apart by their ids, labels are other names") {
  const Map map = read_oscal_texts({R"({"catalog": {"metadata": {"title": "House"}, "groups": [
    {"id": "A.3", "title": "Use", "props": [{"name": "label", "value": "3"}], "controls": [
      {"id": "A.3.1", "title": "A.3.1", "props": [{"name": "label", "value": "Terms of use"}],
       "parts": [{"name": "statement", "prose": "Terms are agreed."}]}]},
    {"id": "P.3", "title": "Hiring", "props": [{"name": "label", "value": "3"}], "controls": [
      {"id": "p-1", "title": "Contract", "props": [{"name": "label", "value": "P1"}]}]}]}})"})
                      .map;
  CHECK(nodes(map) ==
        "deliverable House\ntopic House catalog\ntopic House A.3\nrequirement House A.3.1\ntopic House P.3\nrequirement House "
        "p-1\n");
  CHECK(links(map) ==
        "House A.3 part-of House catalog\nHouse A.3.1 part-of House A.3\nHouse P.3 part-of House catalog\nHouse p-1 part-of "
        "House P.3\n");
  CHECK(map.nodes[3].title == "Terms are agreed.");
  CHECK(map.nodes[3].attribute("label") == "Terms of use");
  CHECK(map.nodes[5].aliases == std::vector<std::string>{"p-1", "P1"});
}

TEST_CASE("oscal: what a finished mapping of people states as unmapped or unrelated is a signed search record") {
  const std::string gaps = R"(, "source-gap-summary": {"uuid": "g", "unmapped-controls": [
    {"with-ids": ["g-3"], "with-child-controls": "yes"}, {"matching": [{"pattern": "g-?"}]}]})";
  const std::string maps = map_entry("equal-to", "g-1", "f-1") + "," + map_entry("no-relationship", "g-2", "f-1");
  CHECK(searches(read_oscal_texts({garden, farm, mapping_of(maps, gaps)}).map) ==
        "Garden to Farm: 2.json by Garden to Farm on 2026-01-02 signed in Farm Rules (1): Garden Rules g-2 does-not-cover Farm "
        "Rules; "
        "Garden Rules g-3 does-not-cover Farm Rules; Garden Rules g-3.1 does-not-cover Farm Rules;\n");
  CHECK(searches(read_oscal_texts(
                     {garden, farm, mapping_of(map_entry("no-relationship", "g-2", "f-1"), "", R"(, "method": "automation")")})
                     .map)
            .find("signed") == std::string::npos);
}

TEST_CASE("oscal: a control that its catalogue does not have is told, and the rest goes in") {
  const std::string both = R"({"relationship": "equivalent-to", "sources": [{"type": "control", "id-ref": "g-1"}],
    "targets": [{"type": "control", "id-ref": "f-1"}, {"type": "control", "id-ref": "f-9"}]})";
  const Imported imported = read_oscal_texts({garden, farm, mapping_of(both)});
  CHECK(faults(imported.diagnostics) == "3.json:3: error: \"f-9\" is no control of \"Farm Rules\"; skipped\n");
  CHECK(imported.readable);
  CHECK(links(imported.map).find("Garden Rules g-1 maps-to Farm Rules f-1 superset-of\n") != std::string::npos);
}

TEST_CASE("oscal: a mapping finds its catalogues on the map, and a catalogue what a mapping has named before it") {
  const std::string one = mapping_of(map_entry("equal-to", "g-1", "f-1"));
  const std::string all = links(read_oscal_texts({garden, farm, one}).map);
  Map map = read_oscal_texts({garden, farm}).map;
  const Input last{"3.json", one};
  CHECK(all.ends_with(links(importer("oscal").read_onto({&last, 1}, map).map)));
  const Map before = read_oscal_texts({one}).map;
  const Input catalogue{"1.json", garden};
  const Imported imported = importer("oscal").read_onto({&catalogue, 1}, before);
  CHECK(imported.onto.renamed ==
        std::vector<std::pair<std::string, std::string>>{{"1", "Garden Rules"}, {"1 g-1", "Garden Rules g-1"}});
}

TEST_CASE("oscal: an earlier edition on the map is superseded, whatever it is called; another baseline is not") {
  const auto edition = [](const std::string& title, const std::string& day) {
    return R"({"catalog": {"metadata": {"title": ")" + title + R"(", "last-modified": ")" + day +
           R"("}, "uuid": "u", "controls": [{"id": "a", "title": "A"}]}})";
  };
  const std::string newer = edition("Farm Rules Rev. 2 HIGH", "2026-01-01");
  const Input input{"2.json", newer};
  const auto links_after = [&](const std::string& earlier) {
    const Map map = read_oscal_texts({earlier}).map;
    return links(importer("oscal").read_onto({&input, 1}, map).map);
  };
  CHECK(links_after(edition("Farm Rules Rev. 1 HIGH", "2025-01-01")) ==
        "Farm Rules a part-of Farm Rules catalog\nFarm Rules Rev. 2 HIGH supersedes Farm Rules Rev. 1 HIGH\n");
  CHECK(links_after(edition("Farm Rules Rev. 1 LOW", "2025-01-01")) == "Farm Rules a part-of Farm Rules catalog\n");
  CHECK(links_after(edition("Farm Rules Rev. 3 HIGH", "2027-01-01")) == "Farm Rules a part-of Farm Rules catalog\n");
}

TEST_CASE("oscal: XML and YAML say what JSON says") {
  const std::string xml = R"(<catalog xmlns="http://csrc.nist.gov/ns/oscal/1.0" uuid="u-g"><metadata><title>Garden Rules</title>
    <last-modified>2026-01-01</last-modified></metadata><control id="g-1"><title>Clean <em>tools</em></title>
    <part name="statement"><p>Tools  are
      clean <insert type="param" id-ref="p"/>:</p><ul><li>in spring</li></ul></part><param id="p"><label>daily</label></param></control></catalog>)";
  const std::string yaml =
      "catalog:\n  uuid: u-g\n  metadata: {title: Garden Rules, last-modified: 2026-01-01}\n  controls:\n  - id: g-1\n    title: "
      "Clean tools\n"
      "    params: [{id: p, label: daily}]\n    parts:\n    - {name: statement, prose: \"Tools are clean {{ insert: param, p "
      "}}:\\n- in spring\"}\n";
  for (const auto& [file, bytes] : {std::pair<std::string, std::string>{"g.xml", xml}, {"g.yaml", yaml}}) {
    INFO(file);
    const Input input{file, bytes};
    const Map map = importer("oscal").read({&input, 1}).map;
    CHECK(nodes(map) == "deliverable Garden Rules\ntopic Garden Rules catalog\nrequirement Garden Rules g-1\n");
    CHECK(map.nodes[2].title == "Clean tools");
    CHECK(map.nodes[2].text == "Tools are clean [organization-defined daily]:\n- in spring");
  }
  const Input broken{"g.xml", "<catalog>\n<metadata></catalog>"};
  CHECK(faults(importer("oscal").read({&broken, 1}).diagnostics) == "g.xml:2: error: is no valid XML: mismatched tag\n");
}
