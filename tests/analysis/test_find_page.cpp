// The runs of a page are what the states would be if every day were asked for by itself.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <set>

#include "analysis/page/find_page.hpp"
#include "lacuna/import.hpp"
#include "model/open_edition.hpp"
#include "model/small_map.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

MapPage page_of(const Graph& graph, std::string_view on, bool include_suggested = false) {
  PageQuestion question;
  question.params.profile = &default_profile();
  question.params.as_of = day(on);
  question.params.include_suggested = include_suggested;
  return find_page(graph, question);
}

std::string run_text(const std::optional<CoverageState>& state, double score, const std::vector<Evidence>& evidence) {
  std::string text = state ? fmt::format("{} {:.6f}", name_of(*state), score) : "not there";
  for (const Evidence& e : evidence) text += fmt::format(" {}/{}{}", index(e.link), name_of(e.state), e.suspect ? "!" : "");
  return text;
}

/// Where the page says another thing of a day and a scope than a situation does; empty where it never does.
std::string differences(const Graph& graph, const MapPage& page, const std::vector<Day>& days,
                        const std::set<std::size_t>& scopes) {
  for (const Day on : days) {
    const Situation situation(graph, default_profile(), on, page.situation.include_suggested());
    const std::size_t at = page.position_of(on);
    for (const std::size_t s : scopes) {
      const Scope scope = page.scopes[s].group ? Scope(graph, *page.scopes[s].group) : Scope();
      std::size_t there = 0;
      for (const PageNeed& need : page.needs) {
        std::string wanted = run_text(std::nullopt, 0, {});
        if (situation.exists(need.node)) {
          const Coverage coverage = situation.coverage(need.node, scope);
          wanted = run_text(coverage.state, coverage.score, coverage.evidence);
          ++there;
        }
        const PageRun& run = need.at(s, at);
        if (const std::string found = run_text(run.state, run.score, run.evidence); found != wanted)
          return fmt::format("{} on {} for {}: {}, not {}", graph.node(need.node).id, to_string(on), page.scopes[s].label, found,
                             wanted);
      }
      if (there != situation.needs().size()) return fmt::format("{} needs on {}", there, to_string(on));
    }
  }
  return {};
}

std::set<std::size_t> some_scopes(const MapPage& page, std::size_t most) {
  std::set<std::size_t> scopes{0};
  for (std::size_t s = 1; s < page.scopes.size() && scopes.size() < most; ++s) {
    if (page.scopes[s].offered) scopes.insert(s);
  }
  return scopes;
}

}  // namespace

TEST_CASE("page: on every day of the shipped map and for every scope, the runs are what a situation of that day says") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  const MapPage page = page_of(graph, "2026-11-23");
  CHECK(page.days.size() > 200);
  CHECK(page.scopes.size() > 50);
  CHECK(differences(graph, page, page.days, some_scopes(page, 200)).empty());
  // Days between the changes say what the change before them said.
  CHECK(
      differences(graph, page, {day("1990-05-05"), day("2019-01-21"), day("2023-02-03"), day("2031-01-01")}, some_scopes(page, 6))
          .empty());
}

TEST_CASE("page: the same on random maps, with and without suggested links") {
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    shape.needs = 4 + seed % 20;
    shape.deliverables = 5 + seed % 30;
    shape.groups = 4 + seed % 8;
    shape.covers = 10 + seed % 60;
    const Graph graph = graph_of(random_map(shape));
    const MapPage page = page_of(graph, "2021-06-30", seed % 3 == 0);
    INFO("seed " << seed);
    REQUIRE(differences(graph, page, page.days, some_scopes(page, 5)) == "");
  }
}

TEST_CASE("page: a need comes on its first day and goes after its last, and a run ends only where something changes") {
  SmallMap small;
  small.group("G");
  small.node(Kind::requirement, "R").dates = {{"since", date("2015")}, {"until", date("2018-06-30")}};
  small.doc("D1", State::draft, "2016-03-01", "G").dates.push_back({"published", date("2017-02-28")});
  small.covers("D1", "R", Degree::full);
  const Graph graph = small.graph();
  const MapPage page = page_of(graph, "2017-06-01");
  std::vector<std::string> days;
  for (const Day d : page.days) days.push_back(to_string(d));
  CHECK(days == std::vector<std::string>{"2015-12-30", "2015-12-31", "2016-03-01", "2017-02-28", "2017-06-01", "2018-07-01"});
  std::vector<std::string> runs;
  for (const PageRun& run : page.needs.at(0).all)
    runs.push_back(fmt::format("{} {}", days[run.day], run.state ? name_of(*run.state) : "not there"));
  CHECK(runs == std::vector<std::string>{"2015-12-30 not there", "2015-12-31 unknown", "2016-03-01 in-progress",
                                         "2017-02-28 covered", "2018-07-01 not there"});
  // A scope that has nothing on it, ever.
  runs.clear();
  for (const PageRun& run : page.needs.at(0).none)
    runs.push_back(fmt::format("{} {}", days[run.day], run.state ? name_of(*run.state) : "not there"));
  CHECK(runs ==
        std::vector<std::string>{"2015-12-30 not there", "2015-12-31 unknown", "2016-03-01 elsewhere", "2018-07-01 not there"});
  CHECK(page.position_of(day("1900-01-01")) == 0);
  CHECK(page.position_of(day("2016-12-31")) == 2);
  CHECK(page.position_of(day("2100-01-01")) == 5);
}

TEST_CASE("page: an open edition has the states of the map, and nobody's name, note or folder") {
  Map map = import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map;
  map.searches.front().candidates.push_back({"T01", "X.1", Finding::does_not_cover, "off the matter", "Erika Mustermann"});
  map.searches.front().signature = Signature{"Erika Mustermann", date("2026-11-25")};
  map.links.front().by = "Erika Mustermann";
  map.links.front().source = {"/home/erika/links.csv", "file:///home/erika/links.csv", {}};
  map.nodes.front().attributes.emplace_back("contact", Value("Erika Mustermann"));
  map.nodes.front().address = "\\\\server\\share\\plan.docx";
  const Map open = open_edition(map);
  CHECK(open.links.front().by == "reviewer 1");
  CHECK(open.links.front().source.empty());
  CHECK(open.nodes.front().address.empty());
  CHECK(open.searches.front().signature->by == open.searches.front().candidates.back().by);
  CHECK(open.searches.front().by != open.searches.front().signature->by);
  for (const Search& search : open.searches) CHECK(search.note.empty());
  for (const Node& node : open.nodes) CHECK(node.attribute("contact").empty());
  for (const Link& link : open.links) CHECK(link.status != Status::suggested);
  const Graph before = graph_of(map);
  const Graph after = graph_of(open);
  const Situation a(before, default_profile(), day("2026-11-23"));
  const Situation b(after, default_profile(), day("2026-11-23"));
  REQUIRE(a.needs() == b.needs());
  for (const NodeId need : a.needs()) CHECK(a.state_of(need) == b.state_of(need));
}
