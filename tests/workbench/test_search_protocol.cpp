// What nobody has judged near a need, and what a record that is put onto a map does to earlier ones.
#include <catch2/catch.hpp>

#include "lacuna/store.hpp"
#include "model/small_map.hpp"
#include "support/process.hpp"
#include "workbench/search_protocol.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Four documents that are all near R1, and two that are not.
SmallMap with_near() {
  SmallMap m;
  m.node(Kind::requirement, "R1", "Signed models of detectors");
  for (const char* id : {"D1", "D2", "D3", "D4"}) {
    m.doc(id, State::published, "2020");
    m.map.nodes.back().title = "Signed models of detectors, part " + std::string(id);
  }
  for (const char* id : {"D5", "D6"}) {
    m.doc(id, State::published, "2020");
    m.map.nodes.back().title = "Zebra crossing paint " + std::string(id);
  }
  return m;
}

/// Identifiers of what is listed for R1.
std::vector<std::string> listed(Map map, std::size_t limit = 10) {
  const Scratch scratch;
  write_map(map, scratch.path("m.db"));
  const Store store(scratch.path("m.db"));
  const Graph graph = store.graph();
  NearSearch search(store, graph);
  std::vector<std::string> ids;
  for (const UnjudgedDocument& d : search.unjudged(graph.find("R1"), limit)) ids.push_back(d.document.id);
  return ids;
}

/// A record of R1 by A, signed.
Search signed_record(const std::string& id) {
  Search search;
  search.id = id;
  search.by = "A";
  search.on = date("2026-11-23");
  search.needs = {"R1"};
  search.catalogues = {{"ITU", 10, date("2026-01-01")}};
  search.signature = Signature{"A", date("2026-11-23")};
  return search;
}

}  // namespace

TEST_CASE("near: a person's verdict is one, a no as well as a yes; a machine's suggestion is none") {
  using Ids = std::vector<std::string>;
  SmallMap m = with_near();
  CHECK(listed(m.map) == Ids{"D1", "D2", "D3", "D4"});
  m.covers("D1", "R1", Degree::partial, Status::rejected, "A");
  CHECK(listed(m.map) == Ids{"D2", "D3", "D4"});
  m.covers("D2", "R1", Degree::partial, Status::suggested, "lacuna 0.1.0");
  CHECK(listed(m.map) == Ids{"D2", "D3", "D4"});
  m.link("D3", Relation::mentions, "R1").status = Status::suggested;
  CHECK(listed(m.map) == Ids{"D2", "D3", "D4"});
  m.map.links.back().status = Status::asserted;
  CHECK(listed(m.map) == Ids{"D2", "D4"});
  m.covers("D4", "R1", Degree::none, Status::asserted, "A");  // Somebody looked, and it does not.
  CHECK(listed(m.map) == Ids{"D2"});
}

TEST_CASE("near: what a record waits for stands first, whatever was said of it and however small the limit") {
  using Ids = std::vector<std::string>;
  SmallMap m = with_near();
  Search record = signed_record("S1");
  record.candidates = {{"R1", "D1", Finding::does_not_cover, "Of ships", ""}};
  record.unjudged = {{"R1", "D6", "Zebra crossing paint D6", "ITU", date("2026-11-24")},
                     {"R1", "ITU-T X.9999", "Signed models", "ITU", date("2026-11-24")}};
  m.map.searches = {record};
  // X.9999 is in no catalogue any more: it waits all the same.
  CHECK(listed(m.map, 1) == Ids{"ITU-T X.9999", "D6"});
  CHECK(listed(m.map, 4) == Ids{"ITU-T X.9999", "D6", "D2", "D3"});
}

TEST_CASE("record: what a signed one judges waits no longer in others, in any edition") {
  SmallMap m = with_near();
  Search first = signed_record("S1");
  first.candidates = {{"R1", "D1", Finding::does_not_cover, "Of ships", ""}};
  first.unjudged = {{"R1", "ISO 7:2020", "Of planes", "ITU", date("2026-11-24")},
                    {"R1", "ISO 8:2020", "Of trains", "ITU", date("2026-11-24")}};
  m.map.searches = {first};
  Search second = signed_record("");
  second.candidates = {{"R1", "ISO 7:2024", Finding::does_not_cover, "Of planes", ""},
                       {"R1", "ISO 8:2020", Finding::not_read, "", ""}};
  Map unsigned_map = m.map;
  Search open = second;
  open.signature.reset();
  CHECK(put_record(unsigned_map, open).settled == 0);
  CHECK(unsigned_map.searches[0].unjudged.size() == 2);
  const RecordPut put = put_record(m.map, second);
  CHECK(put.id == "search:2026-11-23");
  CHECK(put.settled == 1);
  REQUIRE(m.map.searches[0].unjudged.size() == 1);
  CHECK(m.map.searches[0].unjudged[0].document == "ISO 8:2020");
  CHECK(m.map.searches[1].id == put.id);
  CHECK(put_record(m.map, second).id == "search:2026-11-23-2");
}

TEST_CASE("record: one document judged twice with two verdicts stays so, and the gap is disputed") {
  SmallMap m = with_near();
  Search record = signed_record("S1");
  record.candidates = {{"R1", "D1", Finding::does_not_cover, "Of ships", ""}};
  m.map.searches = {record};
  CHECK(m.graph().uncovered_state(m.graph().find("R1")) == CoverageState::confirmed_gap);
  Search other = signed_record("");
  other.candidates = {{"R1", "D1", Finding::mentions, "In passing", "B"}};
  put_record(m.map, other);
  CHECK(m.map.searches[0].candidates.size() == 1);
  CHECK(m.map.searches[1].candidates.size() == 1);
  CHECK(m.graph().uncovered_state(m.graph().find("R1")) == CoverageState::not_found);
}
