// What people's words do to a map, without a file and without a terminal.
#include <catch2/catch.hpp>

#include <algorithm>

#include "lacuna/error.hpp"
#include "model/small_map.hpp"
#include "workbench/proposals.hpp"
#include "workbench/verdicts.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// A deliverable that a suggestion brought along with its group, and one suggestion that it covers R1.
SmallMap with_suggestion() {
  SmallMap m;
  m.group("G");
  m.node(Kind::requirement, "R1");
  m.doc("D1", State::published, "2020-01-01").attributes.emplace_back(std::string(brought), Value("lacuna link suggest"));
  m.link("G", Relation::develops, "D1").status = Status::suggested;
  Link& l = m.covers("D1", "R1", Degree::partial, Status::suggested, "lacuna 0.1.0");
  l.method = Method::automation;
  l.strength = 7;
  return m;
}

/// "D1 R1 full asserted by A", one line each.
std::string said(const Map& map) {
  std::vector<std::string> lines;
  for (const Link& l : map.links) {
    if (l.relation != Relation::covers) continue;
    lines.push_back(l.from + " " + l.to + " " + std::string(name_of(*l.degree)) + " " + std::string(name_of(l.status)) + " by " +
                    l.by + "\n");
  }
  std::ranges::sort(lines);
  std::string text;
  for (const std::string& line : lines) text += line;
  return text;
}

Verdict says(Verdict::Says what, const std::string& by, const std::string& reason = "") {
  Verdict v;
  v.says = what;
  v.from = "D1";
  v.to = "R1";
  v.by = by;
  v.reason = reason;
  return v;
}

std::string refused(const std::function<void()>& action, ErrorCode code) {
  try {
    action();
  } catch (const Error& error) {
    CHECK(error.code() == code);
    return error.what();
  }
  return "not refused";
}

bool is_guest(const Map& map) {
  return std::ranges::any_of(map.nodes, [](const Node& n) {
    return std::ranges::any_of(n.attributes, [](const auto& a) { return a.first == brought; });
  });
}

}  // namespace

TEST_CASE(
    "verdicts: accepting takes the place of the suggestion and keeps the deliverable that it brought; taking back undoes both") {
  SmallMap m = with_suggestion();
  const std::string before = said(m.map);
  const Judged judged = judge(m.map, says(Verdict::Says::accept, "A", "Clause 5 says so."));
  CHECK(said(m.map) == "D1 R1 partial asserted by A\n");
  CHECK(judged.told.starts_with("R1 – D1: accepted (partial) by A on "));
  CHECK(judged.replaced.size() == 1);
  CHECK(judged.made.method == Method::hybrid);
  CHECK(judged.kept.developers == std::vector<std::string>{"G"});
  CHECK_FALSE(is_guest(m.map));
  take_back(m.map, judged);
  CHECK(said(m.map) == before);
  CHECK(is_guest(m.map));
  CHECK(std::ranges::count(m.map.links, Status::suggested, &Link::status) == 2);
  CHECK(refused([&] { take_back(m.map, judged); }, ErrorCode::not_found) ==
        "R1 – D1: that verdict has been changed meanwhile; nothing was undone");
}

TEST_CASE("verdicts: what others have said stays beside one's own word, also when that is taken back") {
  SmallMap m = with_suggestion();
  judge(m.map, says(Verdict::Says::accept, "A", "Clause 5 says so."));
  const Judged second = judge(m.map, says(Verdict::Says::dispute, "B", "Clause 6 is a note."));
  CHECK(said(m.map) == "D1 R1 partial asserted by A\nD1 R1 partial disputed by B\n");
  CHECK(second.made.method == Method::human);
  CHECK_FALSE(second.made.strength);
  judge(m.map, says(Verdict::Says::reject, "B", "It says something else."));
  CHECK(said(m.map) == "D1 R1 partial asserted by A\nD1 R1 partial rejected by B\n");
  CHECK(refused([&] { take_back(m.map, second); }, ErrorCode::not_found) ==
        "R1 – D1: that verdict has been changed meanwhile; nothing was undone");
  CHECK(said(m.map) == "D1 R1 partial asserted by A\nD1 R1 partial rejected by B\n");
}

TEST_CASE("verdicts: who accepts without a reason what was rejected, or in another degree, is asked for one") {
  SmallMap m = with_suggestion();
  judge(m.map, says(Verdict::Says::reject, "A", "Only its title is near."));
  CHECK(refused([&] { judge(m.map, says(Verdict::Says::accept, "B")); }, ErrorCode::bad_input) ==
        "A has rejected R1 – D1 (\"Only its title is near.\"); say why it holds");
  SmallMap held = with_suggestion();
  judge(held.map, says(Verdict::Says::accept, "A", "because"));
  Verdict full = says(Verdict::Says::accept, "B");
  full.degree = Degree::full;
  CHECK(refused([&] { judge(held.map, full); }, ErrorCode::bad_input) ==
        "A holds that R1 – D1 is partial (\"because\"); say why it is full");
  full.reason = "Clause 7 sets it.";
  judge(held.map, full);
  CHECK(said(held.map) == "D1 R1 full asserted by B\nD1 R1 partial asserted by A\n");
  Verdict nowhere = says(Verdict::Says::accept, "B");
  nowhere.from = "D2";
  CHECK(refused([&] { judge(held.map, nowhere); }, ErrorCode::not_found) ==
        "nothing links D2 to R1; see the suggestions with: lacuna link review --by NAME");
}

TEST_CASE("verdicts: a set relation decides the degree, and only requirements and capabilities take one") {
  Verdict v = says(Verdict::Says::accept, "A");
  for (const SetRelation r : all_of<SetRelation>()) {
    set_degree(v, std::string(name_of(r)), Kind::requirement);
    CHECK(v.set_relation == r);
    CHECK(v.degree == degree_of(r));
    CHECK(refused([&] { set_degree(v, std::string(name_of(r)), Kind::threat); }, ErrorCode::usage) ==
          "relation: " + std::string(name_of(r)) +
              " is for requirements and capabilities, and R1 is a threat; write full, partial or none");
  }
  Verdict plain = says(Verdict::Says::accept, "A");
  set_degree(plain, "none", Kind::threat);
  CHECK(plain.degree == Degree::none);
  CHECK(refused([&] { set_degree(plain, "fully", Kind::threat); }, ErrorCode::usage) ==
        "relation: \"fully\" is none; one of full, partial, none, equal-to, equivalent-to, superset-of, subset-of, "
        "intersects-with, no-relationship");
}

TEST_CASE("verdicts: a deliverable that only suggestions had brought leaves with the last of them, and nobody else does") {
  SmallMap m = with_suggestion();
  m.doc("D2", State::published, "2020-01-01", "G");
  CHECK(prune(m.map) == 0);
  std::erase_if(m.map.links, [](const Link& l) { return l.relation == Relation::covers; });
  CHECK(prune(m.map) == 1);
  CHECK(std::ranges::none_of(m.map.nodes, [](const Node& n) { return n.id == "D1"; }));
  CHECK(std::ranges::none_of(m.map.links, [](const Link& l) { return l.to == "D1"; }));
  CHECK(std::ranges::any_of(m.map.nodes, [](const Node& n) { return n.id == "D2"; }));
}

namespace {

/// E1, held of R1 in full by A and in part by B, and replaced by E2, and E2 by E3.
SmallMap replaced() {
  SmallMap m;
  m.node(Kind::requirement, "R1");
  m.doc("E1", State::published, "2018-01-01");
  m.doc("E2", State::published, "2020-01-01");
  m.doc("E3", State::published, "2022-01-01");
  m.link("E2", Relation::supersedes, "E1");
  m.link("E3", Relation::supersedes, "E2");
  m.covers("E1", "R1", Degree::full, Status::asserted, "A");
  m.covers("E1", "R1", Degree::partial, Status::asserted, "B");
  return m;
}

}  // namespace

TEST_CASE("verdicts: of an edition that was replaced, the newest published one is meant") {
  SmallMap m = replaced();
  m.doc("E4", State::draft, "2023-01-01");
  m.link("E4", Relation::supersedes, "E3");
  const Graph graph = m.graph();
  const Situation now(graph, default_profile(), lacuna::test::day("2026-11-23"));
  CHECK(graph.node(newest_edition(now, graph.find("E1"))).id == "E3");
  CHECK(graph.node(newest_edition(now, graph.find("E3"))).id == "E3");
  const Situation then(graph, default_profile(), lacuna::test::day("2021-01-01"));
  CHECK(graph.node(newest_edition(then, graph.find("E1"))).id == "E2");
}

TEST_CASE("verdicts: where people differ, a third confirms the lesser degree and is told; one's own word goes before") {
  SmallMap m = replaced();
  const std::string told = settle(m.map, "E1", "E3", "R1", {.by = "C"});
  CHECK(told.starts_with("R1: E3 covers it (partial), confirmed from E1 by C on "));
  CHECK(told.ends_with("\n  A holds that E1 covers it (full); --degree says what holds for E3\n"));
  CHECK(said(m.map) == "E1 R1 full asserted by A\nE1 R1 partial asserted by B\nE3 R1 partial asserted by C\n");
  SmallMap own = replaced();
  settle(own.map, "E1", "E3", "R1", {.moves = true, .by = "A"});
  CHECK(said(own.map) == "E1 R1 partial asserted by B\nE3 R1 full asserted by A\n");
  SmallMap with_degree = replaced();
  settle(with_degree.map, "E1", "E3", "R1", {.degree = Degree::none, .rationale = "Annex A was cut.", .by = "B"});
  CHECK(said(with_degree.map) == "E1 R1 full asserted by A\nE1 R1 partial asserted by B\nE3 R1 none asserted by B\n");
  CHECK(settle(with_degree.map, "E2", "E3", "R1", {.by = "B"}) == "");
}
