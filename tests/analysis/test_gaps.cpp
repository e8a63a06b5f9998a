// Each kind of gap on a map small enough to see why. tests/store/test_sql_twin.cpp compares them on large ones.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "analysis/gaps.hpp"
#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

struct Asked {
  std::string scope;
  std::vector<GapKind> kinds;
  std::string on = "2026-11-23";
  bool include_suggested = false;
};

/// "KIND SUBJECT → ACTION", one a line, in the order of the listing.
std::string gaps(const Graph& graph, const Asked& asked = {}) {
  Params params;
  params.profile = &default_profile();
  params.as_of = day(asked.on);
  params.kinds = asked.kinds;
  params.include_suggested = asked.include_suggested;
  if (!asked.scope.empty()) params.scope = graph.find(asked.scope);
  const Situation situation(graph, *params.profile, params.as_of, params.include_suggested);
  std::string text;
  for (const Gap& gap : find_gaps(situation, params).list) {
    text += fmt::format("{} {}{} → {}\n", name_of(gap.kind), graph.node(gap.subject).id,
                        gap.other ? "+" + graph.node(*gap.other).id : "", name_of(gap.action));
    CHECK(gap.severity >= 0);
    CHECK(gap.severity <= 1);
    CHECK_FALSE(gap.why.empty());
  }
  return text;
}

/// The first gap of a kind.
Gap one(const Graph& graph, GapKind kind, const Asked& asked = {}) {
  Params params;
  params.profile = &default_profile();
  params.as_of = day(asked.on);
  params.kinds = {kind};
  if (!asked.scope.empty()) params.scope = graph.find(asked.scope);
  const Situation situation(graph, *params.profile, params.as_of);
  const Gaps found = find_gaps(situation, params);
  REQUIRE_FALSE(found.list.empty());
  Gap gap = found.list.front();
  gap.inside = gap.anywhere = nullptr;
  return gap;
}

/// A term R (a term is never an orphan), an own group SG of the body ITU, and a foreign one.
SmallMap gap_field() {
  SmallMap small;
  small.node(Kind::term, "R");
  small.group("ITU");
  small.group("SG", "ITU");
  small.group("Foreign");
  return small;
}

const std::vector<GapKind> kinds_by_state = {GapKind::uncovered, GapKind::partial,       GapKind::draft_only,
                                             GapKind::stale,     GapKind::outside_scope, GapKind::unknown};

}  // namespace

// ---- kinds that follow from the state -------------------------------------------------------------------------------------

TEST_CASE("gaps: nobody looked: investigate") {
  const Graph graph = gap_field().graph();
  CHECK(gaps(graph) == "unknown R → investigate\n");
  CHECK(gaps(graph, {"SG", {}}) == "unknown R → investigate\n");
  CHECK(one(graph, GapKind::unknown).why == "nothing covers it and nobody searched for it");
}

TEST_CASE("gaps: somebody looked and found nothing: new work") {
  SmallMap small = gap_field();
  small.searched({"R"});
  const Graph graph = small.graph();
  CHECK(gaps(graph) == "uncovered R → new-work-item\n");
  CHECK(gaps(graph, {"SG", {}}) == "uncovered R → new-work-item\n");
  CHECK(one(graph, GapKind::uncovered).why == "not found in 1 catalogue on 2026-01-01");
}

TEST_CASE("gaps: a mention is told and changes nothing") {
  SmallMap small = gap_field();
  small.searched({"R"});
  small.doc("D", State::published, "2019", "SG");
  small.link("D", Relation::mentions, "R");
  CHECK(gaps(small.graph()) == "uncovered R → new-work-item\n");
  CHECK(one(small.graph(), GapKind::uncovered).why == "not found in 1 catalogue on 2026-01-01; 1 mention only");
}

TEST_CASE("gaps: covered in full is no gap but by a single body") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::full);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "");
  CHECK(gaps(small.graph()) == "single-body R → liaise\n");
}

TEST_CASE("gaps: covered in part: revise the own text") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "partial R → revise\n");
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "partial R → revise\n");
  CHECK(gaps(small.graph(), {"ITU", kinds_by_state}) == "partial R → revise\n");
  CHECK(one(small.graph(), GapKind::partial).why == "in part by D (published)");
}

TEST_CASE("gaps: covered in part with a draft under way: accelerate it") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  small.doc("E", State::draft, "2019", "SG");
  small.covers("E", "R", Degree::full);
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "partial R → accelerate\n");
}

TEST_CASE("gaps: a draft of others does not make the own partial text one to accelerate") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  small.doc("E", State::draft, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "partial R → revise\n");
}

TEST_CASE("gaps: covered in part by the scope and in full by others: adopt") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  small.doc("E", State::published, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "");
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "partial R → adopt\n");
  CHECK(one(small.graph(), GapKind::partial, {"SG", {}}).why == "in part by D (published); elsewhere in full by E (published)");
}

TEST_CASE("gaps: only drafts: accelerate") {
  SmallMap small = gap_field();
  small.doc("D", State::draft, "2019", "SG");
  small.covers("D", "R", Degree::full);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "draft-only R → accelerate\n");
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "draft-only R → accelerate\n");
  CHECK(one(small.graph(), GapKind::draft_only).why == "only drafts or work items: in full by D (draft)");
}

TEST_CASE("gaps: only withdrawn texts: revise the own, replace those of others") {
  SmallMap small = gap_field();
  small.doc("D", State::withdrawn, "2019", "SG");
  small.covers("D", "R", Degree::full);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "stale R → revise\n");
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "stale R → revise\n");
  CHECK(gaps(small.graph(), {"Foreign", kinds_by_state}) == "stale R → new-work-item\n");
  CHECK(one(small.graph(), GapKind::stale).why ==
        "only superseded or withdrawn texts, or suspect links: in full by D (withdrawn)");
  CHECK(one(small.graph(), GapKind::stale, {"Foreign", {}}).why ==
        "only superseded or withdrawn texts, or suspect links, of others: in full by D (withdrawn)");
}

TEST_CASE("gaps: the own text is stale, another covers it in full: adopt") {
  SmallMap small = gap_field();
  small.doc("D", State::withdrawn, "2019", "SG");
  small.covers("D", "R", Degree::full);
  small.doc("E", State::published, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  CHECK(gaps(small.graph(), {"SG", kinds_by_state}) == "stale R → adopt\n");
}

TEST_CASE("gaps: outside the scope: adopt what is full, liaise about drafts, start work where others cover only a part") {
  const auto others_have = [](State state, Degree degree) {
    SmallMap small = gap_field();
    small.searched({"R"});
    small.doc("E", state, "2019", "Foreign");
    small.covers("E", "R", degree);
    return gaps(small.graph(), {"SG", kinds_by_state});
  };
  CHECK(others_have(State::published, Degree::full) == "outside-scope R → adopt\n");
  CHECK(others_have(State::draft, Degree::full) == "outside-scope R → liaise\n");
  CHECK(others_have(State::proposed, Degree::partial) == "outside-scope R → liaise\n");
  CHECK(others_have(State::published, Degree::partial) == "outside-scope R → new-work-item\n");
  CHECK(others_have(State::published, Degree::none) == "uncovered R → new-work-item\n");
  SmallMap small = gap_field();
  small.doc("E", State::published, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  CHECK(one(small.graph(), GapKind::outside_scope, {"SG", {}}).why == "SG has nothing; others: in full by E (published)");
}

TEST_CASE("gaps: without a scope there is nothing outside it") {
  SmallMap small = gap_field();
  small.doc("E", State::published, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  CHECK(gaps(small.graph(), {"", {GapKind::outside_scope}}) == "");
}

TEST_CASE("gaps: the severity is the weight of the kind by priority, less what is covered") {
  SmallMap small = gap_field();
  small.map.nodes[0].priority = 4;
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  CHECK(one(small.graph(), GapKind::partial).severity == Approx(0.5 * 4 / 5 * (1 - 0.5)));
  SmallMap unsaid = gap_field();
  unsaid.searched({"R"});
  CHECK(one(unsaid.graph(), GapKind::uncovered).severity == Approx(1.0 * 3 / 5));
  CHECK(one(unsaid.graph(), GapKind::uncovered).priority == 3);
}

TEST_CASE("gaps: by rank, then severity, then what more depends on, then by name") {
  SmallMap small;
  for (const char* id : {"R10", "R9", "R1", "R2"}) small.node(Kind::term, id);
  small.map.nodes[3].priority = 5;  // R2
  small.node(Kind::use_case, "UC");
  small.link("UC", Relation::needs, "R10");
  CHECK(gaps(small.graph(), {"", {GapKind::unknown}}) ==
        "unknown R2 → investigate\n"
        "unknown R10 → investigate\n"
        "unknown R1 → investigate\n"
        "unknown R9 → investigate\n"
        "unknown UC → investigate\n");
}

TEST_CASE("gaps: a need that is described later has none yet") {
  SmallMap small;
  small.node(Kind::requirement, "R").dates = {{"since", date("2023")}};
  CHECK(gaps(small.graph(), {"", {}, "2020-01-01"}) == "");
  CHECK(gaps(small.graph(), {"", {GapKind::unknown}}) == "unknown R → investigate\n");
}

TEST_CASE("gaps: suggested links close a gap only when the user asks for them") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::full, Status::suggested);
  CHECK(gaps(small.graph(), {"", kinds_by_state}) == "unknown R → investigate\n");
  CHECK(gaps(small.graph(), {"", kinds_by_state, "2026-11-23", true}) == "");
}

// ---- kinds of their own ------------------------------------------------------------------------------------------------------

TEST_CASE("gaps: single-body when one body alone covers it with something that is not stale") {
  SmallMap small = gap_field();
  small.group("SG2", "ITU");
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::partial);
  small.doc("E", State::draft, "2019", "SG2");
  small.covers("E", "R", Degree::full);
  small.doc("Old", State::withdrawn, "2019", "Foreign");
  small.covers("Old", "R", Degree::full);
  const std::vector<GapKind> kind = {GapKind::single_body};
  CHECK(gaps(small.graph(), {"", kind}) == "single-body R → liaise\n");
  CHECK(gaps(small.graph(), {"SG", kind}) == "single-body R → liaise\n");
  CHECK(gaps(small.graph(), {"Foreign", kind}) == "");
  const Gap gap = one(small.graph(), GapKind::single_body);
  CHECK(gap.groups == std::vector<NodeId>{small.graph().find("ITU")});
  CHECK(gap.why == "ITU alone: in part by D (published); in full by E (draft)");
  small.doc("F", State::proposed, "2019", "Foreign");
  small.covers("F", "R", Degree::partial);
  CHECK(gaps(small.graph(), {"", kind}) == "");
}

namespace {

/// SG of ITU and Foreign both cover R in full.
SmallMap both() {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::full);
  small.doc("E", State::published, "2019", "Foreign");
  small.covers("E", "R", Degree::full);
  return small;
}

const Asked overlap{"", {GapKind::overlap}};

}  // namespace

TEST_CASE("gaps: overlap when two bodies cover it in full") {
  CHECK(gaps(both().graph(), overlap) == "overlap R → consolidate\n");
  CHECK(gaps(both().graph(), {"SG", {GapKind::overlap}}) == "overlap R → consolidate\n");
  CHECK(one(both().graph(), GapKind::overlap).why ==
        "covered in full by D (SG) and E (Foreign); no liaison and no adoption between them is on the map");
  const Graph graph = both().graph();
  CHECK(one(graph, GapKind::overlap).groups == std::vector<NodeId>{graph.find("Foreign"), graph.find("SG")});
}

TEST_CASE("gaps: no overlap between groups of one body, for a scope that is not concerned, in part, or with a draft") {
  SmallMap one_body = gap_field();
  one_body.group("SG2", "ITU");
  one_body.doc("D", State::published, "2019", "SG");
  one_body.covers("D", "R", Degree::full);
  one_body.doc("E", State::published, "2019", "SG2");
  one_body.covers("E", "R", Degree::full);
  CHECK(gaps(one_body.graph(), overlap) == "");

  SmallMap third = both();
  third.group("Third");
  CHECK(gaps(third.graph(), {"Third", {GapKind::overlap}}) == "");

  SmallMap in_part = gap_field();
  in_part.doc("D", State::published, "2019", "SG");
  in_part.covers("D", "R", Degree::full);
  in_part.doc("E", State::published, "2019", "Foreign");
  in_part.covers("E", "R", Degree::partial);
  in_part.doc("F", State::draft, "2019", "Foreign");
  in_part.covers("F", "R", Degree::full);
  CHECK(gaps(in_part.graph(), overlap) == "");
}

TEST_CASE("gaps: no overlap in a text that two bodies develop together") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.link("Foreign", Relation::develops, "D");
  small.covers("D", "R", Degree::full);
  CHECK(gaps(small.graph(), overlap) == "");
}

TEST_CASE("gaps: an adoption or a liaison settles an overlap, in either direction and at any level") {
  SmallMap adopted = both();
  adopted.link("E", Relation::adopts, "D");
  CHECK(gaps(adopted.graph(), overlap) == "");
  SmallMap the_other_way = both();
  the_other_way.link("D", Relation::adopts, "E");
  CHECK(gaps(the_other_way.graph(), overlap) == "");
  SmallMap liaison = both();
  liaison.link("Foreign", Relation::liaises_with, "SG");
  CHECK(gaps(liaison.graph(), overlap) == "");
  SmallMap above = both();
  above.link("ITU", Relation::liaises_with, "Foreign");
  CHECK(gaps(above.graph(), overlap) == "");
  SmallMap suggested = both();
  suggested.link("ITU", Relation::liaises_with, "Foreign").status = Status::suggested;
  CHECK(gaps(suggested.graph(), overlap) == "overlap R → consolidate\n");
}

TEST_CASE("gaps: unliaised when groups of two bodies work on the same needs, once a pair") {
  SmallMap small = gap_field();
  small.node(Kind::term, "R2").priority = 5;
  small.doc("D", State::draft, "2019", "SG");
  small.doc("E", State::published, "2019", "Foreign");
  for (const char* need : {"R", "R2"}) {
    small.covers("D", need, Degree::partial);
    small.covers("E", need, Degree::partial);
  }
  const Asked asked{"", {GapKind::unliaised}};
  CHECK(gaps(small.graph(), asked) == "unliaised Foreign+SG → liaise\n");
  const Gap gap = one(small.graph(), GapKind::unliaised);
  CHECK(gap.why == "both work on 2 needs: R, R2; no liaison between them is on the map");
  CHECK(gap.priority == 5);
  CHECK(gap.severity == Approx(0.4));
  CHECK(gap.needs.size() == 2);
  small.group("Third");
  CHECK(gaps(small.graph(), {"Third", {GapKind::unliaised}}) == "");
  CHECK(gaps(small.graph(), {"ITU", {GapKind::unliaised}}) == "unliaised Foreign+SG → liaise\n");
  small.link("SG", Relation::liaises_with, "Foreign");
  CHECK(gaps(small.graph(), asked) == "");
}

TEST_CASE(
    "gaps: orphans: requirement without use case, threat without counter, use case without requirement, objective without need") {
  const Asked orphans{"", {GapKind::orphan}};
  SmallMap small;
  small.node(Kind::requirement, "Requirement");
  small.node(Kind::capability, "Capability");
  small.node(Kind::threat, "Threat");
  small.node(Kind::use_case, "Use case");
  small.node(Kind::term, "Term");
  small.node(Kind::objective, "Objective");
  CHECK(gaps(small.graph(), orphans) ==
        "orphan Threat → investigate\n"
        "orphan Capability → investigate\n"
        "orphan Objective → investigate\n"
        "orphan Requirement → investigate\n"
        "orphan Use case → investigate\n");
  small.link("Use case", Relation::needs, "Requirement");
  small.link("Use case", Relation::needs, "Capability");
  small.link("Requirement", Relation::counters, "Threat");
  small.link("Threat", Relation::serves, "Objective");
  CHECK(gaps(small.graph(), orphans) == "");
}

TEST_CASE("gaps: a link that is not asserted saves no orphan") {
  SmallMap small;
  small.node(Kind::threat, "Threat");
  small.node(Kind::requirement, "Requirement");
  small.link("Requirement", Relation::counters, "Threat").status = Status::suggested;
  CHECK(gaps(small.graph(), {"", {GapKind::orphan}}) ==
        "orphan Threat → investigate\n"
        "orphan Requirement → investigate\n");
}

TEST_CASE("gaps: a use case that needs only a term has no requirement and is an orphan") {
  SmallMap small;
  small.node(Kind::use_case, "Use case");
  small.node(Kind::term, "Term");
  small.link("Use case", Relation::needs, "Term");
  CHECK(gaps(small.graph(), {"", {GapKind::orphan}}) == "orphan Use case → investigate\n");
}

TEST_CASE("gaps: an objective that is set only later is no orphan yet") {
  SmallMap small;
  small.node(Kind::objective, "O").dates = {{"since", date("2023")}};
  CHECK(gaps(small.graph(), {"", {GapKind::orphan}, "2020-01-01"}) == "");
}

TEST_CASE("gaps: a need that depends only on what is described later is an orphan until then") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.node(Kind::use_case, "UC").dates = {{"since", date("2023")}};
  small.link("UC", Relation::needs, "R");
  CHECK(gaps(small.graph(), {"", {GapKind::orphan}}) == "");
  CHECK(gaps(small.graph(), {"", {GapKind::orphan}, "2020-01-01"}) == "orphan R → investigate\n");
}

TEST_CASE("gaps: suspect when coverage was asserted on a replaced edition") {
  SmallMap small = gap_field();
  small.doc("A:2013", State::published, "2013", "SG");
  small.covers("A:2013", "R", Degree::full);
  small.doc("A:2022", State::published, "2022", "SG");
  small.link("A:2022", Relation::supersedes, "A:2013");
  const std::vector<GapKind> kind = {GapKind::suspect};
  CHECK(gaps(small.graph(), {"", kind}) == "suspect R → investigate\n");
  CHECK(gaps(small.graph(), {"SG", kind}) == "suspect R → investigate\n");
  CHECK(gaps(small.graph(), {"Foreign", kind}) == "");
  CHECK(gaps(small.graph(), {"", kind, "2020-01-01"}) == "");
  CHECK(one(small.graph(), GapKind::suspect).why ==
        "asserted on A:2013, which has been replaced; the new edition has no verdict yet");
  small.covers("A:2022", "R", Degree::none);
  CHECK(gaps(small.graph(), {"", kind}) == "");
}

TEST_CASE("gaps: disputed when people differ on a deliverable that exists") {
  SmallMap small = gap_field();
  small.doc("D", State::published, "2019", "SG");
  small.covers("D", "R", Degree::full, Status::disputed, "Ann");
  small.covers("D", "R", Degree::none, Status::disputed, "Bob");
  const std::vector<GapKind> kind = {GapKind::disputed};
  CHECK(gaps(small.graph(), {"", kind}) == "disputed R → investigate\n");
  CHECK(gaps(small.graph(), {"SG", kind}) == "disputed R → investigate\n");
  CHECK(gaps(small.graph(), {"Foreign", kind}) == "");
  CHECK(gaps(small.graph(), {"", kind, "2018-01-01"}) == "");
  CHECK(one(small.graph(), GapKind::disputed).why == "D: full (Ann) against none (Bob)");
}

TEST_CASE("gaps: disputed also when two assert different degrees; not when they say the same") {
  SmallMap differ = gap_field();
  differ.doc("D", State::published, "2019", "SG");
  differ.covers("D", "R", Degree::full, Status::asserted, "Ann");
  differ.covers("D", "R", Degree::partial, Status::asserted, "Bob");
  CHECK(gaps(differ.graph(), {"", {GapKind::disputed}}) == "disputed R → investigate\n");
  SmallMap agree = gap_field();
  agree.doc("D", State::published, "2019", "SG");
  agree.covers("D", "R", Degree::full, Status::asserted, "Ann");
  agree.covers("D", "R", Degree::full, Status::asserted, "Bob");
  CHECK(gaps(agree.graph(), {"", {GapKind::disputed}}) == "");
}

// ---- the query ----------------------------------------------------------------------------------------------------------------

TEST_CASE("gaps: an objective or a topic as filter leaves only its needs") {
  SmallMap small;
  for (const char* id : {"R1", "R2", "R3"}) small.node(Kind::term, id);
  small.node(Kind::objective, "O");
  small.link("R1", Relation::serves, "O");
  small.node(Kind::topic, "T");
  small.node(Kind::topic, "Sub");
  small.link("Sub", Relation::part_of, "T");
  small.link("R2", Relation::part_of, "Sub");
  const Graph graph = small.graph();
  const auto asked = [&](std::optional<NodeId> objective, std::optional<NodeId> topic) {
    Params params;
    params.profile = &default_profile();
    params.as_of = day("2026");
    params.objective = objective;
    params.topic = topic;
    std::string text;
    const Result result = query_gaps(graph, params);
    for (const Value& row : result.tables.front().rows) text += *row["subject"].if_text() + " ";
    return text;
  };
  CHECK(asked({}, {}) == "R1 R2 R3 ");
  CHECK(asked(graph.find("O"), {}) == "R1 ");
  CHECK(asked({}, graph.find("T")) == "R2 ");
  CHECK(asked(graph.find("O"), graph.find("T")) == "");
}

TEST_CASE("gaps: a limit shortens the list and says so") {
  SmallMap small;
  for (const char* id : {"R1", "R2", "R3"}) small.node(Kind::term, id);
  const Graph graph = small.graph();
  Params params;
  params.profile = &default_profile();
  params.as_of = day("2026");
  params.limit = 2;
  const Result result = query_gaps(graph, params);
  CHECK(result.tables.front().rows.size() == 2);
  CHECK(result.summary.back() == "3 gaps: 3 unknown; the first 2 follow");
}

TEST_CASE("gaps: near are links that count: neither what was rejected, nor a machine's suggestion, nor what covers nothing") {
  SmallMap small;
  small.node(Kind::requirement, "R");
  small.node(Kind::threat, "T");
  small.link("R", Relation::counters, "T");
  for (const char* id : {"D1", "D2", "D3", "D4"}) small.doc(id, State::published, "2020");
  const auto near = [&](bool include_suggested = false) {
    const Graph graph = small.graph();
    Params params;
    params.profile = &default_profile();
    params.as_of = day("2026-11-23");
    params.kinds = {GapKind::unknown};
    const Situation situation(graph, *params.profile, params.as_of, include_suggested);
    for (const Gap& gap : find_gaps(situation, params).list) {
      if (graph.node(gap.subject).id == "R") return gap.near;
    }
    return std::size_t{99};
  };
  CHECK(near() == 0);
  small.covers("D1", "T", Degree::partial, Status::asserted, "A");
  CHECK(near() == 1);
  small.covers("D2", "T", Degree::partial, Status::rejected, "A");
  small.covers("D3", "T", Degree::none, Status::asserted, "A");
  small.link("D2", Relation::mentions, "R").status = Status::rejected;
  CHECK(near() == 1);
  small.covers("D4", "T", Degree::partial, Status::suggested, "lacuna 0.1.0");
  small.link("D4", Relation::mentions, "R").status = Status::suggested;
  CHECK(near() == 1);
  CHECK(near(true) == 3);
}
