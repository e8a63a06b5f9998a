// MITRE ATLAS as its own data file has it; the samples are also read by test_importers.cpp.
#include <catch2/catch.hpp>

#include "import/samples.hpp"

using namespace lacuna;

TEST_CASE("atlas: techniques are threats, mitigations counter them, incidents were seen in the wild and exercises were not") {
  const Imported imported = test::read_sample(importer("atlas"), test::samples("atlas") / "valid/orchard.yaml");
  std::string text;
  for (const Node& n : imported.map.nodes) text += std::string(name_of(n.kind)) + " " + n.id + "\n";
  for (const Link& l : imported.map.links)
    text += l.from + " " + std::string(name_of(l.relation)) + " " + l.to + " " + l.rationale + "\n";
  CHECK(text ==
        "topic ORCHARD\ntopic OR.TA1\nthreat OR.T1\nthreat OR.T1.001\ncapability OR.M1\n"
        "OR.TA1 part-of ORCHARD \nOR.T1 part-of OR.TA1 \nOR.T1.001 part-of OR.T1 \nOR.M1 counters OR.T1 Mud goes.\n");
  const Node& threat = imported.map.nodes[2];
  CHECK(threat.attribute("seen_in") == "OR.CS1 Mud in spring, and again");
  CHECK(threat.attribute("demonstrated_in") == "OR.CS2 A trial");
  CHECK(threat.attribute("maturity") == "realized");
  CHECK(threat.attribute("attack_reference") == "T1000");
  CHECK(threat.text == "See Move the fence.");
  REQUIRE(imported.onto.whole.size() == 1);
  CHECK(imported.onto.whole[0].name == "ORCHARD");
  CHECK(to_string(*imported.onto.whole[0].on) == "2025-04-09");
}
