#include <catch2/catch.hpp>

#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

SmallMap named() {
  SmallMap small;
  small.node(Kind::group, "ITU-T SG17").aliases = {"SG17", "security"};
  small.node(Kind::group, "ITU-T SG2").aliases = {"SG2"};
  small.node(Kind::topic, "Security", "Security");
  small.node(Kind::requirement, "R10").aliases = {"shared"};
  small.node(Kind::requirement, "R9").aliases = {"shared"};
  return small;
}

std::string find(const Graph& graph, std::string_view name, std::vector<Kind> kinds = {}) {
  try {
    return graph.node(graph.find(name, kinds)).id;
  } catch (const Error& error) {
    return std::string(error.code() == ErrorCode::ambiguous   ? "ambiguous: "
                       : error.code() == ErrorCode::not_found ? "not found: "
                                                              : "?") +
           error.what();
  }
}

std::vector<std::string> ids(const Graph& graph, const std::vector<NodeId>& nodes) {
  std::vector<std::string> result;
  for (const NodeId id : nodes) result.push_back(graph.node(id).id);
  return result;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("graph: nodes stand in natural order") {
  const Graph graph = named().graph();
  Ids order;
  for (const Node& node : graph.nodes()) order.push_back(node.id);
  CHECK(order == Ids{"ITU-T SG2", "ITU-T SG17", "R9", "R10", "Security"});
}

TEST_CASE("graph: a node is found by id or alias in any letter case; the id wins") {
  const Graph graph = named().graph();
  CHECK(find(graph, "itu-t sg17") == "ITU-T SG17");
  CHECK(find(graph, "sg17") == "ITU-T SG17");
  CHECK(find(graph, "SECURITY") == "Security");
  CHECK(find(graph, "r9", {Kind::requirement}) == "R9");
}

TEST_CASE("graph: an ambiguous name lists its candidates") {
  const Graph graph = named().graph();
  CHECK(find(graph, "Shared") == "ambiguous: \"Shared\" may be \"R9\" or \"R10\"; name one of them");
}

TEST_CASE("graph: a name that is not there names the nearest, a node of another kind says so") {
  const Graph graph = named().graph();
  CHECK(find(graph, "SG18") == "not found: no node of the map is called \"SG18\"; did you mean \"SG17\"?");
  CHECK(find(graph, "nothing like it") == "not found: no node of the map is called \"nothing like it\"");
  CHECK(find(graph, "R9", {Kind::group}) == "not found: \"R9\" is a requirement; here a group is wanted");
  CHECK(find(graph, "Sgg17", {Kind::group, Kind::topic}) ==
        "not found: no group or topic of the map is called \"Sgg17\"; did you mean \"SG17\"?");
}

TEST_CASE("graph: an alias that is the id of a node of another kind still finds a node of the kind that is wanted") {
  // "security" is an alias of the group and the id of a topic: where only groups count, it can only mean the group.
  const Graph graph = named().graph();
  CHECK(find(graph, "security", {Kind::group}) == "ITU-T SG17");
}

TEST_CASE("graph: links of a node by relation, in both directions") {
  SmallMap small;
  small.group("A");
  small.group("B", "A");
  small.doc("D1", State::published, "2019", "B");
  small.doc("D2", State::published, "2020", "B");
  small.node(Kind::requirement, "R");
  small.covers("D1", "R", Degree::full);
  small.covers("D2", "R", Degree::partial);
  small.link("D2", Relation::supersedes, "D1");
  const Graph graph = small.graph();
  const NodeId b = graph.find("B");
  const NodeId r = graph.find("R");
  CHECK(graph.out(b).size() == 3);
  CHECK(graph.out(b, Relation::develops).size() == 2);
  CHECK(graph.out(b, Relation::covers).empty());
  CHECK(graph.in(r, Relation::covers).size() == 2);
  CHECK(graph.edge(graph.in(r, Relation::covers)[1]).degree == Degree::partial);
  CHECK(graph.text(graph.in(r, Relation::covers)[1]).rationale == "because");
  CHECK(ids(graph, graph.of_kind(Kind::deliverable)) == Ids{"D1", "D2"});
  CHECK(ids(graph, graph.developers_of(graph.find("D1"))) == Ids{"B"});
  CHECK(graph.searches_for(r).empty());
}

TEST_CASE("graph: the body of a group is the root above it, by asserted links only") {
  SmallMap small;
  small.group("ISO/IEC");
  small.group("JTC 1", "ISO/IEC");
  small.group("SC 42", "JTC 1");
  small.group("Guest");
  small.link("Guest", Relation::part_of, "SC 42").status = Status::suggested;
  const Graph graph = small.graph();
  CHECK(graph.node(graph.body_of(graph.find("SC 42"))).id == "ISO/IEC");
  CHECK(graph.node(graph.body_of(graph.find("ISO/IEC"))).id == "ISO/IEC");
  CHECK(graph.node(graph.body_of(graph.find("Guest"))).id == "Guest");
  CHECK(ids(graph, graph.whole(graph.find("JTC 1"))) == Ids{"JTC 1", "SC 42"});
  CHECK(ids(graph, graph.whole(graph.find("ISO/IEC"))) == Ids{"ISO/IEC", "JTC 1", "SC 42"});
}
