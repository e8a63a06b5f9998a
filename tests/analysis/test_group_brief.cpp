#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "analysis/group_brief.hpp"
#include "base/text.hpp"
#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::string names(const Graph& graph, const std::vector<NodeId>& ids) {
  std::vector<std::string> list;
  for (const NodeId id : ids) list.push_back(graph.node(id).id);
  return join(list, ", ");
}

/// OASIS has nothing itself; CTI and CoSAI inside it have. ETSI works on R1 too, IETF has a liaison with OASIS.
SmallMap brief_map() {
  SmallMap small;
  small.node(Kind::objective, "O1");
  small.node(Kind::objective, "O2");
  for (const char* id : {"R1", "R2", "R3", "R4", "R5", "R6"}) small.node(Kind::requirement, id);
  small.node(Kind::threat, "T1");
  small.link("R5", Relation::serves, "O1");
  small.link("R6", Relation::serves, "O2");
  small.link("R1", Relation::counters, "T1");
  small.group("OASIS");
  small.group("CTI", "OASIS");
  small.group("CoSAI", "OASIS");
  small.group("ETSI");
  small.group("IETF");
  small.link("CTI", Relation::works_on, "O1");
  small.link("OASIS", Relation::liaises_with, "IETF");
  small.doc("STIX", State::published, "2021", "CTI");
  small.doc("Principles", State::draft, "2025", "CoSAI");
  small.doc("Old", State::withdrawn, "2020", "CoSAI");
  small.doc("Idle", State::published, "2021", "CoSAI");
  small.doc("TS 1", State::published, "2022", "ETSI");
  small.doc("RFC 1", State::published, "2022", "IETF");
  small.covers("STIX", "R1", Degree::full);
  small.covers("Principles", "R2", Degree::partial);
  small.covers("Old", "R3", Degree::full);
  small.covers("Principles", "R4", Degree::full, Status::rejected);
  small.covers("TS 1", "R1", Degree::partial);
  small.covers("TS 1", "R2", Degree::partial);
  small.covers("RFC 1", "R1", Degree::partial);
  small.link("Idle", Relation::mentions, "R4");
  small.searched({"R4"});
  return small;
}

}  // namespace

TEST_CASE("group brief: a group covers what the groups inside it cover, to the degree that they do", "[group-brief]") {
  const Graph graph = brief_map().graph();
  const Params params = params_for(graph, "ETSI");
  const Situation situation(graph, default_profile(), params.as_of);
  const GroupBrief brief = find_group_brief(situation, params, graph.find("OASIS"));
  CHECK(brief.active);
  CHECK(names(graph, brief.inside) == "CoSAI, CTI");
  CHECK(names(graph, brief.published) == "Idle, STIX");
  CHECK(names(graph, brief.under_way) == "Principles");
  CHECK(names(graph, brief.past) == "Old");
  CHECK(names(graph, brief.without_needs) == "Idle");
  std::string covers;
  for (const BriefNeed& n : brief.covers) {
    covers += fmt::format("{} {} by {}, anywhere {}; ", graph.node(n.need).id, name_of(n.inside.state),
                          graph.node(n.inside.evidence.front().deliverable).id, name_of(n.anywhere));
  }
  CHECK(covers ==
        "R1 covered by STIX, anywhere covered; R2 in-progress by Principles, anywhere partly-covered; R3 stale by Old, anywhere "
        "stale; ");
  CHECK(brief.tally.needs == 7);
  CHECK(brief.tally.by_state[CoverageState::covered] == 1);
}

TEST_CASE("group brief: a gap is a group's business for what it declares, mentions, or covers beside it", "[group-brief]") {
  const Graph graph = brief_map().graph();
  const Params params = params_for(graph, "OASIS");
  const Situation situation(graph, default_profile(), params.as_of);
  const GroupBrief brief = find_group_brief(situation, params, graph.find("OASIS"));
  CHECK(names(graph, brief.fields) == "O1");
  std::string gaps;
  for (const BriefGap& g : brief.gaps) {
    gaps += fmt::format("{} {} {} [{}] [{}] [{}] [{}]; ", graph.node(g.need).id, name_of(g.kind), name_of(g.state),
                        names(graph, g.fields), names(graph, g.once_covered_by), names(graph, g.mentioned_by),
                        names(graph, g.beside));
  }
  // R6 stands behind an objective that nobody declares.
  CHECK(gaps ==
        "T1 unknown unknown [] [] [] [R1]; R4 uncovered not-found [] [] [Idle] []; R3 stale stale [] [Old] [] []; R5 unknown "
        "unknown [O1] [] [] []; ");
  const GroupBrief ietf = find_group_brief(situation, params, graph.find("IETF"));
  CHECK(ietf.gaps.size() == 1);
}

TEST_CASE("group brief: neighbours cover the same needs live, and a liaison of the whole is one of its parts", "[group-brief]") {
  const Graph graph = brief_map().graph();
  const Params params = params_for(graph, "OASIS");
  const Situation situation(graph, default_profile(), params.as_of);
  std::string neighbours;
  for (const BriefNeighbour& n : find_group_brief(situation, params, graph.find("OASIS")).neighbours)
    neighbours += fmt::format("{} {}{}; ", graph.node(n.group).id, names(graph, n.needs), n.liaised ? " liaised" : "");
  CHECK(neighbours == "ETSI R1, R2; IETF R1 liaised; ");
  const GroupBrief cti = find_group_brief(situation, params, graph.find("CTI"));
  REQUIRE(cti.neighbours.size() == 2);
  CHECK(cti.neighbours[1].liaised);
  CHECK(cti.liaisons.empty());
  const GroupBrief oasis = find_group_brief(situation, params, graph.find("OASIS"));
  REQUIRE(oasis.liaisons.size() == 1);
  CHECK(graph.node(oasis.liaisons.front().other).id == "IETF");
}
