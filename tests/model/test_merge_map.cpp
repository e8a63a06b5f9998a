// Imports onto the map that is there: what they add, take back and question.
#include <catch2/catch.hpp>

#include <algorithm>

#include "model/merge_map.hpp"

using namespace lacuna;

namespace {

Node need_called(const std::string& id, const std::string& text, const std::string& source = "Frame v1") {
  Node node;
  node.id = id;
  node.title = id;
  node.text = text;
  node.source.name = source;
  node.attributes = {{"mark", id}};
  return node;
}

Link link_between(const std::string& from, Relation relation, const std::string& to, const std::string& by,
                  const std::string& source) {
  Link link;
  link.from = from;
  link.relation = relation;
  link.to = to;
  link.by = by;
  link.source.name = source;
  if (relation == Relation::covers) link.degree = Degree::full;
  return link;
}

Map people_on_a_framework() {
  Map map;
  map.info.title = "M";
  map.nodes = {need_called("N1", "old words"), need_called("N2", "same"), need_called("N3", "dropped"),
               need_called("N4", "dropped, and covered")};
  Node document;
  document.id = "D";
  document.kind = Kind::deliverable;
  document.title = "D";
  map.nodes.push_back(document);
  map.links = {link_between("N1", Relation::maps_to, "N2", "Frame v1", "Frame v1"),
               link_between("N3", Relation::maps_to, "N2", "Frame v1", "Frame v1"),
               link_between("D", Relation::covers, "N1", "A. Reader", ""),
               link_between("D", Relation::covers, "N4", "A. Reader", "")};
  return map;
}

std::string said_by(const Map& map) {
  std::string text;
  for (const Link& l : map.links)
    text +=
        l.from + " " + std::string(name_of(l.relation)) + " " + l.to + (l.questioned.empty() ? "" : " ? " + l.questioned) + "\n";
  return text;
}

}  // namespace

TEST_CASE("merge: a source that comes whole takes back what it drops, ends what others speak of, and questions what it changed") {
  Map map = people_on_a_framework();
  Map newer;
  newer.nodes = {need_called("N1", "new words", "Frame v2"), need_called("N2", "same", "Frame v2")};
  newer.links = {link_between("N1", Relation::maps_to, "N2", "Frame v1", "Frame v2")};
  MergeRules rules;
  rules.whole = {{"Frame v2", "mark", {"Frame v1"}, Date::parse("2026-01-01")}};
  rules.questions = Date::parse("2026-02-01");
  std::unordered_set<std::string> said;
  const ImportSummary summary = merge_into(map, std::move(newer), rules, said);
  CHECK(summary.taken_back == std::vector<std::string>{"N3 maps-to N2", "requirement N3 (N3)"});
  CHECK(summary.gone == 2);
  CHECK(summary.gone_links == 1);
  CHECK(summary.gone_nodes == 1);
  CHECK(summary.gone_searches == 0);
  CHECK(summary.ended == std::vector<std::string>{"N4 (N4)"});
  CHECK(summary.questioned == std::vector<std::string>{"D covers N1"});
  CHECK(said_by(map) == "N1 maps-to N2\nD covers N1 ? N1 reads otherwise since 2026-02-01\nD covers N4\n");
  const auto ended = std::ranges::find(map.nodes, "N4", &Node::id);
  REQUIRE(ended != map.nodes.end());
  CHECK(ended->dates == std::vector<NodeDate>{{"until", *Date::parse("2026-01-01")}});
  CHECK(std::ranges::find(map.nodes, "N3", &Node::id) == map.nodes.end());
}

TEST_CASE("merge: a source that does not say that it is whole takes nothing back, and another source is left alone") {
  Map map = people_on_a_framework();
  Map newer;
  newer.nodes = {need_called("N2", "same", "Frame v2")};
  CHECK(merge_into(map, Map(newer)).gone == 0);
  MergeRules rules;
  rules.whole = {{"Another frame", "mark", {}, Date::parse("2026-01-01")}};
  std::unordered_set<std::string> said;
  CHECK(merge_into(map, std::move(newer), rules, said).gone == 0);
  CHECK(map.links.size() == 4);
}

TEST_CASE("merge: a verdict that comes with the new words is not questioned, before or after them") {
  for (const bool verdict_first : {true, false}) {
    Map map = people_on_a_framework();
    Map words;
    words.nodes = {need_called("N1", "new words")};
    Map verdict;
    verdict.links = {link_between("D", Relation::covers, "N1", "A. Reader", "")};
    verdict.links[0].degree = Degree::partial;
    MergeRules rules;
    rules.questions = Date::parse("2026-02-01");
    std::unordered_set<std::string> said;
    merge_into(map, Map(verdict_first ? verdict : words), rules, said);
    merge_into(map, Map(verdict_first ? words : verdict), rules, said);
    CHECK(map.links[2].questioned.empty());
    CHECK(map.links[2].degree == Degree::partial);
  }
}

TEST_CASE("merge: awaited nodes take the names and words of what comes, and nothing is questioned") {
  Map map = people_on_a_framework();
  map.nodes[0].attributes = {{std::string(awaited), "frame.json"}};
  Map newer;
  newer.nodes = {need_called("Frame N1", "its words")};
  MergeRules rules;
  rules.renamed = {{"N1", "Frame N1"}};
  rules.questions = Date::parse("2026-02-01");
  std::unordered_set<std::string> said;
  const ImportSummary summary = merge_into(map, std::move(newer), rules, said);
  CHECK(summary.questioned.empty());
  CHECK(said_by(map) == "Frame N1 maps-to N2\nN3 maps-to N2\nD covers Frame N1\nD covers N4\n");
  CHECK(map.nodes[0].text == "its words");
}

TEST_CASE("merge: what a signed record judged near a need that reads otherwise waits for judgement") {
  Map map = people_on_a_framework();
  Search search;
  search.id = "S1";
  search.by = "A. Reader";
  search.needs = {"N1", "N2"};
  search.catalogues = {{"iso", {}, {}}};
  search.candidates = {{"N1", "ISO 1", Finding::does_not_cover, "r", {}}, {"N2", "ISO 2", Finding::does_not_cover, "r", {}}};
  search.signature = Signature{"A. Reader", *Date::parse("2025-01-01")};
  map.searches = {search};
  Map newer;
  newer.nodes = {need_called("N1", "new words"), need_called("N2", "same")};
  MergeRules rules;
  rules.questions = Date::parse("2026-02-01");
  std::unordered_set<std::string> said;
  merge_into(map, std::move(newer), rules, said);
  REQUIRE(map.searches[0].unjudged.size() == 1);
  CHECK(map.searches[0].unjudged[0].need == "N1");
  CHECK(map.searches[0].unjudged[0].document == "ISO 1");
  CHECK(map.searches[0].unjudged[0].catalogue == "iso");
}

TEST_CASE("merge: names that differ in nothing but an edition are one source") {
  CHECK(without_edition("NIST SP 800-53 Revision 5.1.1 HIGH BASELINE") == "nist sp 800-53 high baseline");
  CHECK(without_edition("NIST SP 800-53 Rev. 6 HIGH BASELINE") == "nist sp 800-53 high baseline");
  CHECK(without_edition("ISO/IEC 27001:2022 Annex A") == "iso/iec 27001 annex a");
  CHECK(without_edition("CIS Controls v8.1: Safeguards") == "cis controls safeguards");
  CHECK(without_edition("ETSI EN 303 645") == "etsi en 303 645");
}
