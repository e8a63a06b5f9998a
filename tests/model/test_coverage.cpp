// The definitions of section 3 of the design page, one by one, on maps small enough to compute by hand.
#include <catch2/catch.hpp>

#include "lacuna/coverage.hpp"
#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// Weights that are easy to multiply: full 1, partial 0.5; proposed 0.2, draft 0.4, approved 0.8, published 1, superseded 0.1.
const Profile& weights() { return default_profile(); }

/// The coverage of "R" on a day, by a group or by all.
Coverage of(const Graph& graph, std::string_view on = "2026-11-23", std::string_view group = "", bool include_suggested = false) {
  const Situation situation(graph, weights(), day(on), include_suggested);
  const Scope scope = group.empty() ? Scope() : Scope(graph, graph.find(group));
  const NodeId need = graph.find("R");
  const Coverage coverage = situation.coverage(need, scope);
  CHECK(situation.state_of(need, scope) == coverage.state);
  return coverage;
}

std::string state(const Coverage& coverage) { return std::string(name_of(coverage.state)); }

SmallMap with_need() {
  SmallMap small;
  small.node(Kind::requirement, "R");
  return small;
}

}  // namespace

TEST_CASE("coverage: the default profile has the weights by which these tests count") {
  CHECK(weights().degree == std::array<double, 3>{1.0, 0.5, 0.0});
  CHECK(weights().maturity == std::array<double, 6>{0.2, 0.4, 0.8, 1.0, 0.1, 0.0});
}

TEST_CASE("coverage: covered when a published deliverable covers it in full") {
  SmallMap small = with_need();
  small.doc("D", State::published, "2019");
  small.covers("D", "R", Degree::full);
  const Graph graph = small.graph();
  const Coverage coverage = of(graph);
  CHECK(state(coverage) == "covered");
  CHECK(coverage.score == 1.0);
  REQUIRE(coverage.evidence.size() == 1);
  CHECK(graph.node(coverage.evidence[0].deliverable).id == "D");
  CHECK(coverage.evidence[0].contribution == 1.0);
  CHECK(coverage.evidence[0].state == State::published);
  CHECK_FALSE(coverage.evidence[0].suspect);
  CHECK_FALSE(coverage.looked);
}

TEST_CASE("coverage: partly covered when published deliverables cover it in part, however many") {
  SmallMap small = with_need();
  for (const char* id : {"D1", "D2", "D3"}) {
    small.doc(id, State::published, "2019");
    small.covers(id, "R", Degree::partial);
  }
  const Coverage coverage = of(small.graph());
  CHECK(state(coverage) == "partly-covered");
  CHECK(coverage.score == Approx(1 - 0.5 * 0.5 * 0.5));
}

TEST_CASE("coverage: in progress when only drafts and work items cover it, in full or in part") {
  for (const State s : {State::proposed, State::draft, State::approved}) {
    for (const Degree degree : {Degree::full, Degree::partial}) {
      SmallMap small = with_need();
      small.doc("D", s, "2019");
      small.covers("D", "R", degree);
      const Coverage coverage = of(small.graph());
      INFO(name_of(s));
      CHECK(state(coverage) == "in-progress");
      CHECK(coverage.score == Approx((degree == Degree::full ? 1 : 0.5) * weights().maturity[s]));
    }
  }
}

TEST_CASE("coverage: stale when only superseded or withdrawn deliverables cover it") {
  for (const State s : {State::superseded, State::withdrawn}) {
    SmallMap small = with_need();
    small.doc("D", s, "2019");
    small.covers("D", "R", Degree::full);
    const Coverage coverage = of(small.graph());
    CHECK(state(coverage) == "stale");
    CHECK(coverage.score == Approx(s == State::superseded ? 0.1 : 0.0));
    CHECK(coverage.evidence.size() == 1);
  }
}

TEST_CASE("coverage: not found when somebody looked, unknown when nobody did") {
  SmallMap small = with_need();
  CHECK(state(of(small.graph())) == "unknown");
  small.searched({"R"});
  const Coverage coverage = of(small.graph());
  CHECK(state(coverage) == "not-found");
  CHECK(coverage.looked);
  CHECK(coverage.score == 0);
  CHECK(coverage.evidence.empty());
}

TEST_CASE("coverage: the first state that holds, whatever else covers it") {
  SmallMap small = with_need();
  small.searched({"R"});
  small.doc("W", State::withdrawn, "2019");
  small.covers("W", "R", Degree::full);
  CHECK(state(of(small.graph())) == "stale");
  small.doc("P", State::proposed, "2019");
  small.covers("P", "R", Degree::partial);
  CHECK(state(of(small.graph())) == "in-progress");
  small.doc("A", State::published, "2019");
  small.covers("A", "R", Degree::partial);
  CHECK(state(of(small.graph())) == "partly-covered");
  small.doc("B", State::published, "2019");
  small.covers("B", "R", Degree::full);
  CHECK(state(of(small.graph())) == "covered");
}

TEST_CASE("coverage: full by a draft and in part by a published text is partly covered") {
  SmallMap small = with_need();
  small.doc("Draft", State::draft, "2019");
  small.covers("Draft", "R", Degree::full);
  small.doc("Text", State::published, "2019");
  small.covers("Text", "R", Degree::partial);
  const Coverage coverage = of(small.graph());
  CHECK(state(coverage) == "partly-covered");
  CHECK(coverage.score == Approx(1 - (1 - 0.4) * (1 - 0.5)));
  REQUIRE(coverage.evidence.size() == 2);
  CHECK(coverage.evidence[0].degree == Degree::partial);
  CHECK(coverage.evidence[1].degree == Degree::full);
}

TEST_CASE("coverage: the score is one less the product of what each deliverable leaves open") {
  SmallMap small = with_need();
  small.doc("A", State::published, "2019");
  small.covers("A", "R", Degree::partial);  // 0.5
  small.doc("B", State::draft, "2019");
  small.covers("B", "R", Degree::full);  // 0.4
  small.doc("C", State::approved, "2019");
  small.covers("C", "R", Degree::partial);  // 0.4
  small.doc("D", State::superseded, "2019");
  small.covers("D", "R", Degree::partial);  // 0.05
  const Graph graph = small.graph();
  const Coverage coverage = of(graph);
  CHECK(coverage.score == Approx(1 - 0.5 * 0.6 * 0.6 * 0.95));
  std::string order;
  for (const Evidence& e : coverage.evidence) order += graph.node(e.deliverable).id;
  CHECK(order == "ABCD");
}

TEST_CASE("coverage: of several verdicts on one deliverable the strongest counts, once") {
  SmallMap small = with_need();
  small.doc("D", State::published, "2019");
  small.covers("D", "R", Degree::partial, Status::asserted, "A");
  small.covers("D", "R", Degree::full, Status::asserted, "B");
  const Coverage coverage = of(small.graph());
  CHECK(state(coverage) == "covered");
  REQUIRE(coverage.evidence.size() == 1);
  CHECK(coverage.evidence[0].degree == Degree::full);
  CHECK(coverage.score == 1.0);
}

TEST_CASE("coverage: none, disputed, rejected and suggested links do not count, nor does a mention") {
  SmallMap small = with_need();
  small.searched({"R"});
  small.doc("None", State::published, "2019");
  small.covers("None", "R", Degree::none);
  small.doc("Disputed", State::published, "2019");
  small.covers("Disputed", "R", Degree::full, Status::disputed);
  small.doc("Rejected", State::published, "2019");
  small.covers("Rejected", "R", Degree::full, Status::rejected);
  small.doc("Suggested", State::published, "2019");
  small.covers("Suggested", "R", Degree::full, Status::suggested);
  small.doc("Mention", State::published, "2019");
  small.link("Mention", Relation::mentions, "R");
  for (const Relation r : {Relation::references, Relation::amends, Relation::adopts}) small.link("Mention", r, "None");
  const Graph graph = small.graph();
  CHECK(state(of(graph)) == "not-found");
  CHECK(of(graph).evidence.empty());
  SECTION("unless the user asks for suggested links, and then only those") {
    const Coverage coverage = of(graph, "2026-11-23", "", true);
    CHECK(state(coverage) == "covered");
    REQUIRE(coverage.evidence.size() == 1);
    CHECK(graph.node(coverage.evidence[0].deliverable).id == "Suggested");
  }
}

TEST_CASE("coverage: what covers a part of a need, or a need that it needs, does not cover the need") {
  SmallMap small = with_need();
  small.node(Kind::requirement, "Part");
  small.link("Part", Relation::part_of, "R");
  small.node(Kind::use_case, "UC");
  small.link("UC", Relation::needs, "R");
  small.doc("D", State::published, "2019");
  small.covers("D", "Part", Degree::full);
  small.covers("D", "UC", Degree::full);
  CHECK(state(of(small.graph())) == "unknown");
}

// ---- scope --------------------------------------------------------------------------------------------------------------------

TEST_CASE("coverage: a scope is a group with the groups inside it") {
  SmallMap small = with_need();
  small.group("Body");
  small.group("SG", "Body");
  small.group("Question", "SG");
  small.group("Other");
  small.doc("D", State::published, "2019", "Question");
  small.covers("D", "R", Degree::full);
  small.doc("E", State::draft, "2019", "Other");
  small.covers("E", "R", Degree::full);
  const Graph graph = small.graph();
  CHECK(state(of(graph)) == "covered");
  CHECK(of(graph).evidence.size() == 2);
  for (const char* group : {"Body", "SG", "Question"}) {
    CHECK(state(of(graph, "2026-11-23", group)) == "covered");
    CHECK(of(graph, "2026-11-23", group).evidence.size() == 1);
  }
  CHECK(state(of(graph, "2026-11-23", "Other")) == "in-progress");
}

TEST_CASE("coverage: a group without deliverables covers nothing") {
  SmallMap small = with_need();
  small.group("Empty");
  small.doc("D", State::published, "2019");
  small.covers("D", "R", Degree::full);
  const Graph graph = small.graph();
  CHECK(state(of(graph, "2026-11-23", "Empty")) == "elsewhere");
  const Scope scope(graph, graph.find("Empty"));
  CHECK_FALSE(scope.everything());
  CHECK(scope.group() == graph.find("Empty"));
  CHECK(Scope().everything());
}

TEST_CASE("coverage: only asserted links say what a group develops and what it is part of") {
  SmallMap small = with_need();
  small.group("SG");
  small.group("Q");
  small.link("Q", Relation::part_of, "SG").status = Status::suggested;
  small.doc("D", State::published, "2019", "Q");
  small.covers("D", "R", Degree::full);
  small.doc("E", State::published, "2019");
  small.covers("E", "R", Degree::full);
  small.link("SG", Relation::develops, "E").status = Status::disputed;
  CHECK(state(of(small.graph(), "2026-11-23", "SG")) == "elsewhere");
}

// ---- as of --------------------------------------------------------------------------------------------------------------------

TEST_CASE("coverage: as of a day, each deliverable is in the state that it had, and is not there before its first date") {
  SmallMap small = with_need();
  Node& n = small.doc("D", State::published, "2019-06");
  n.dates.push_back({"draft", date("2017-03-01")});
  n.dates.push_back({"withdrawn", date("2024")});
  small.covers("D", "R", Degree::full);
  const Graph graph = small.graph();
  CHECK(state(of(graph, "2017-02-28")) == "unknown");
  CHECK(of(graph, "2017-02-28").evidence.empty());
  CHECK(state(of(graph, "2017-03-01")) == "in-progress");
  CHECK(state(of(graph, "2019-06-29")) == "in-progress");
  CHECK(state(of(graph, "2019-06-30")) == "covered");
  CHECK(state(of(graph, "2024-12-30")) == "covered");
  CHECK(state(of(graph, "2024-12-31")) == "stale");
  const Situation before(graph, weights(), day("2017-02-28"));
  CHECK_FALSE(before.state(graph.find("D")));
  CHECK(before.milestone(graph.find("D")) == nullptr);
  CHECK_FALSE(before.exists(graph.find("D")));
  const Situation after(graph, weights(), day("2018-01-01"));
  CHECK(after.state(graph.find("D")) == State::draft);
  CHECK(after.milestone(graph.find("D"))->basis == "draft 2017-03-01");
}

TEST_CASE("coverage: a need is there from the day since which it is described, until it ends") {
  SmallMap small;
  small.node(Kind::requirement, "R").dates = {{"since", date("2023")}, {"until", date("2025-06")}};
  small.node(Kind::requirement, "Always");
  const Graph graph = small.graph();
  const auto needs = [&](std::string_view on) {
    const Situation situation(graph, weights(), day(on));
    return std::pair(situation.needs().size(), situation.needs_later());
  };
  CHECK(needs("2023-12-30") == std::pair<std::size_t, std::size_t>(1, 1));
  CHECK(needs("2023-12-31").first == 2);
  CHECK(needs("2023-12-31").second == 0);
  CHECK(needs("2025-06-30").first == 2);
  CHECK(needs("2025-07-01").first == 1);
}

TEST_CASE("coverage: a need that has ended is not counted among those described later") {
  SmallMap small;
  small.node(Kind::requirement, "R").dates = {{"until", date("2020")}};
  const Graph graph = small.graph();
  CHECK(Situation(graph, weights(), day("2026-11-23")).needs_later() == 0);
}

TEST_CASE("coverage: workshops and sessions are there on every day") {
  SmallMap small;
  small.node(Kind::workshop, "WS").dates = {{"since", date("2019-01-21")}, {"until", date("2019-01-21")}};
  small.node(Kind::session, "Session 1").dates = {{"since", date("2019-01-21")}};
  const Graph graph = small.graph();
  for (const char* on : {"2018-01-01", "2026-01-01"}) {
    const Situation situation(graph, weights(), day(on));
    CHECK(situation.exists(graph.find("WS")));
    CHECK(situation.exists(graph.find("Session 1")));
  }
}

// ---- editions -----------------------------------------------------------------------------------------------------------------

namespace {

/// An edition of 2013 that covers R in full, and one of 2022 that supersedes it.
SmallMap two_editions() {
  SmallMap small = with_need();
  small.doc("A:2013", State::published, "2013");
  small.covers("A:2013", "R", Degree::full);
  small.doc("A:2022", State::published, "2022");
  small.link("A:2022", Relation::supersedes, "A:2013");
  return small;
}

bool is_suspect(const Graph& graph, std::string_view on) {
  const Situation situation(graph, weights(), day(on));
  return situation.suspect(graph.in(graph.find("R"), Relation::covers)[0]);
}

}  // namespace

TEST_CASE("coverage: a link on a replaced edition is suspect until somebody looks at the new one") {
  const Graph graph = two_editions().graph();
  CHECK(state(of(graph, "2021-12-31")) == "covered");
  CHECK_FALSE(is_suspect(graph, "2021-12-31"));
  CHECK(is_suspect(graph, "2022-12-31"));
  const Coverage coverage = of(graph, "2022-12-31");
  CHECK(state(coverage) == "stale");
  REQUIRE(coverage.evidence.size() == 1);
  CHECK(coverage.evidence[0].suspect);
  CHECK(coverage.score == Approx(0.1));
}

TEST_CASE("coverage: any verdict on the new edition lifts the suspicion, a suggestion does not") {
  SECTION("it covers in part") {
    SmallMap small = two_editions();
    small.covers("A:2022", "R", Degree::partial);
    const Graph graph = small.graph();
    CHECK_FALSE(is_suspect(graph, "2026"));
    CHECK(state(of(graph)) == "partly-covered");
    CHECK(of(graph).score == Approx(1 - 0.5 * 0.9));
  }
  SECTION("it does not") {
    SmallMap small = two_editions();
    small.covers("A:2022", "R", Degree::none);
    CHECK_FALSE(is_suspect(small.graph(), "2026"));
    CHECK(state(of(small.graph())) == "stale");  // the old edition is superseded
  }
  SECTION("it mentions") {
    SmallMap small = two_editions();
    small.link("A:2022", Relation::mentions, "R");
    CHECK_FALSE(is_suspect(small.graph(), "2026"));
  }
  SECTION("somebody said no") {
    SmallMap small = two_editions();
    small.covers("A:2022", "R", Degree::full, Status::rejected);
    CHECK_FALSE(is_suspect(small.graph(), "2026"));
  }
  SECTION("a machine suggests it") {
    SmallMap small = two_editions();
    small.covers("A:2022", "R", Degree::full, Status::suggested);
    CHECK(is_suspect(small.graph(), "2026"));
  }
  SECTION("it covers another need") {
    SmallMap small = two_editions();
    small.node(Kind::requirement, "R2");
    small.covers("A:2022", "R2", Degree::full);
    CHECK(is_suspect(small.graph(), "2026"));
  }
}

TEST_CASE("coverage: neither a draft of a new edition nor a suggested supersedes makes a link suspect") {
  SmallMap small = with_need();
  small.doc("A:2013", State::published, "2013");
  small.covers("A:2013", "R", Degree::full);
  small.doc("A:next", State::approved, "2025");
  small.link("A:next", Relation::supersedes, "A:2013");
  small.doc("B", State::published, "2025");
  small.link("B", Relation::supersedes, "A:2013").status = Status::suggested;
  CHECK(state(of(small.graph())) == "covered");
}

// ---- tallies ------------------------------------------------------------------------------------------------------------------

TEST_CASE("tally: the mean score is weighted by priority, 3 where unsaid, and says its denominator") {
  SmallMap small;
  small.node(Kind::requirement, "R1").priority = 5;
  small.node(Kind::requirement, "R2");
  small.node(Kind::threat, "T1").priority = 1;
  small.node(Kind::term, "Later").dates = {{"since", date("2030")}};
  small.doc("D", State::published, "2019");
  small.covers("D", "R1", Degree::full);
  small.covers("D", "R2", Degree::partial);
  small.covers("D", "Later", Degree::full);
  const Graph graph = small.graph();
  CHECK(priority_of(graph.node(graph.find("R1"))) == 5);
  CHECK(priority_of(graph.node(graph.find("R2"))) == 3);
  const Situation situation(graph, weights(), day("2026"));
  const std::vector<NodeId> needs = {graph.find("R1"), graph.find("R2"), graph.find("T1"), graph.find("Later")};
  const Tally sum = tally(situation, needs);
  CHECK(sum.needs == 3);
  CHECK(sum.by_state == EnumArray<CoverageState, std::size_t>{{1, 1, 0, 0, 0, 0, 0, 1}});
  CHECK(sum.score == Approx((5 * 1.0 + 3 * 0.5 + 1 * 0.0) / 9));
}

TEST_CASE("tally: no needs have the score 0") {
  const Graph graph = with_need().graph();
  const Tally sum = tally(Situation(graph, weights(), day("2026")), {});
  CHECK(sum.needs == 0);
  CHECK(sum.score == 0);
}

TEST_CASE("coverage: a gap is confirmed by a signed record with a document judged, and not where two people differ about one") {
  SmallMap small = with_need();
  small.searched({"R"});
  Search& search = small.map.searches.back();
  search.signature = Signature{"A. Rapporteur", Date{2026, 11, 30}};
  CHECK(state(of(small.graph())) == "not-found");  // Nothing was judged.
  search.candidates = {{"R", "ISO 1", Finding::not_read, "", ""}};
  CHECK(state(of(small.graph())) == "not-found");
  search.candidates.push_back({"R", "ISO 2", Finding::does_not_cover, "Of ships", ""});
  CHECK(state(of(small.graph())) == "confirmed-gap");
  search.candidates.push_back({"R", "ISO 2", Finding::mentions, "", "B"});
  CHECK(state(of(small.graph())) == "not-found");
  search.candidates.pop_back();
  search.signature.reset();
  CHECK(state(of(small.graph())) == "not-found");
}

TEST_CASE("coverage: a confirmed gap is none as long as any record waits for a judgement near it") {
  SmallMap small = with_need();
  small.searched({"R"});
  small.map.searches[0].signature = Signature{"A. Rapporteur", Date{2026, 11, 30}};
  small.map.searches[0].candidates = {{"R", "ISO 2", Finding::does_not_cover, "Of ships", ""}};
  CHECK(state(of(small.graph())) == "confirmed-gap");
  small.map.searches[0].unjudged = {
      {"R", "ISO 3", "Of planes", small.map.searches[0].catalogues.front().name, Date{2026, 12, 1}}};
  CHECK(state(of(small.graph())) == "not-found");
  // Told by the day before, nothing was waiting; before the signature, nothing was confirmed; before the record, nobody had
  // looked.
  small.map.searches[0].on = Date{2026, 11, 29};
  const auto told_by = [&](Date day) { return state(of(graph_of(known_by(small.map, day.last_day())))); };
  CHECK(told_by(Date{2026, 12, 1}) == "not-found");
  CHECK(told_by(Date{2026, 11, 30}) == "confirmed-gap");
  CHECK(told_by(Date{2026, 11, 29}) == "not-found");
  CHECK(told_by(Date{2026, 11, 28}) == "unknown");
}
