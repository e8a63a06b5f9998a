#include <catch2/catch.hpp>

#include <map>
#include <set>

#include "analysis/gaps.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "model/small_map.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

const Value::Array& ways(const Result& result) { return result.tables.front().rows; }

std::string text_of_value(const Value& value) { return value.if_text() == nullptr ? std::string("-") : *value.if_text(); }

/// "ACTION TITLE", one a line, sorted.
std::multiset<std::string> titles(const Result& result) {
  std::multiset<std::string> lines;
  for (const Value& way : ways(result)) lines.insert(text_of_value(way["action"]) + ": " + text_of_value(way["title"]));
  return lines;
}

/// What must hold of every answer.
void check(const Graph& graph, const Params& params) {
  const Result result = query_suggest(graph, params);
  double last = 1;
  std::int64_t rank = 0;
  std::multiset<std::string> in_candidates;
  std::set<std::string> in_any;
  for (const Value& way : ways(result)) {
    CHECK(*way["rank"].if_integer() == ++rank);
    double sum = 0;
    double weights = 0;
    for (std::size_t c = 0; c < words<Component>().size(); ++c) {
      const std::string_view name = words<Component>()[c].name;
      INFO(name);
      CHECK_FALSE(text_of_value(way["reasons"][name]).empty());
      if (way[name].is_null()) {  // No catalogue is loaded: there is nothing to tell it from.
        CHECK(name == "uptake");
        continue;
      }
      const double component = *way[name].if_real();
      CHECK(component >= 0);
      CHECK(component <= 1);
      sum += params.profile->rank[c] * component;
      weights += params.profile->rank[c];
    }
    const double score = *way["score"].if_real();
    CHECK(score == Approx(sum / weights).margin(2e-4));
    CHECK(score <= last);
    last = score;
    CHECK(way["needs"].size() > 0);
    CHECK(way["gaps"].size() > 0);
    CHECK_FALSE(text_of_value(way["title"]).empty());
    for (const Value& gap : *way["gaps"].if_array()) {
      const std::string key =
          text_of_value(gap["kind"]) + " " + text_of_value(gap["subject"]) + " " + text_of_value(gap["other"]);
      in_any.insert(key);
      if (way["action"] == Value("new-work-item")) in_candidates.insert(key);
    }
    if (way["action"] == Value("new-work-item"))
      CHECK(way["needs"].size() <= static_cast<std::size_t>(params.profile->grouping_largest));
  }
  const Situation situation(graph, *params.profile, params.as_of);
  std::multiset<std::string> wanted;
  for (const Gap& gap : find_gaps(situation, params).list) {
    const std::string key =
        std::string(name_of(gap.kind)) + " " + graph.node(gap.subject).id + " " + (gap.other ? graph.node(*gap.other).id : "-");
    if (gap.action == Action::new_work_item) wanted.insert(key);
    // Only a text that some group develops has somebody to write to.
    if (gap.action == Action::liaise && gap.kind == GapKind::outside_scope &&
        graph.developers_of(gap.anywhere->evidence.front().deliverable).empty())
      continue;
    INFO("every gap has a way forward: " << key << " " << name_of(gap.action) << ", " << gap.why);
    CHECK(in_any.contains(key));
  }
  CHECK(in_candidates == wanted);
  CHECK(render_json(result, {}) == render_json(query_suggest(graph, params), {}));
}

}  // namespace

TEST_CASE("suggest: scores are weighted means of components, and every gap that calls for new work is in one candidate") {
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    RandomMap shape;
    shape.seed = seed;
    const Graph graph = graph_of(random_map(shape));
    INFO("seed " << seed);
    for (const char* scope : {"Group 0", "Group 1", "Group 5"}) check(graph, params_for(graph, scope));
  }
}

TEST_CASE("suggest: the same of the shipped map") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  check(graph, params_for(graph, "SG17"));
  check(graph, params_for(graph, "SG17", "2019-01-21"));
}

TEST_CASE("suggest: each gap leads to what is to be done about which text or group") {
  SmallMap small;
  small.group("SG");
  small.group("Other");
  for (const char* id : {"Nothing", "Draft", "Stale", "Partial", "Theirs", "Their draft", "Both", "Unknown"})
    small.node(Kind::term, id);
  small.searched({"Nothing"});
  small.doc("D1", State::draft, "2025", "SG").title = "Our draft";
  small.covers("D1", "Draft", Degree::full);
  small.doc("D2", State::withdrawn, "2019", "SG").title = "Our old text";
  small.covers("D2", "Stale", Degree::full);
  small.doc("D3", State::published, "2019", "SG").title = "Our text";
  small.covers("D3", "Partial", Degree::partial);
  small.covers("D3", "Both", Degree::full);
  small.doc("D4", State::published, "2019", "Other").title = "Their text";
  small.covers("D4", "Theirs", Degree::full);
  small.covers("D4", "Both", Degree::full);
  small.doc("D5", State::draft, "2025", "Other").title = "Their work";
  small.covers("D5", "Their draft", Degree::full);
  const Graph graph = small.graph();
  const Result result = query_suggest(graph, params_for(graph, "SG"));
  CHECK(titles(result) == std::multiset<std::string>{
                              "new-work-item: Vocabulary for nothing",
                              "accelerate: Bring D1 to approval: Our draft",
                              "revise: Revise D2: Our old text",
                              "revise: Revise D3: Our text",
                              "adopt: Adopt or refer to D4: Their text",
                              "liaise: Liaison statement to Other",
                              "liaise: Tell other bodies what stands alone: 2 needs",
                              "consolidate: Settle the overlap with Other",
                              "investigate: Look into 1 unknown gap: nothing covers it and nobody looked",
                          });
  check(graph, params_for(graph, "SG"));
}

TEST_CASE("suggest: a suspect draft still has a way forward") {
  SmallMap small;
  small.group("SG");
  small.node(Kind::term, "R");
  small.doc("Draft", State::draft, "2015", "SG");
  small.covers("Draft", "R", Degree::full);
  small.doc("New", State::draft, "2020", "SG").dates.push_back({"published", date("2022")});
  small.link("New", Relation::supersedes, "Draft").status = Status::asserted;
  const Graph graph = small.graph();
  CHECK_FALSE(ways(query_suggest(graph, params_for(graph, "SG"))).empty());
  check(graph, params_for(graph, "SG"));
}

TEST_CASE("suggest: the pool of the profile bounds what is grouped, and the rest is told") {
  SmallMap small;
  small.group("SG");
  std::vector<std::string> needs;
  for (int i = 1; i <= 6; ++i) {
    needs.push_back("R" + std::to_string(i));
    small.node(Kind::term, needs.back(), "need number " + std::to_string(i)).priority = i > 3 ? 5 : 1;
  }
  small.searched(needs);
  const Graph graph = small.graph();
  Profile profile = default_profile();
  profile.grouping_pool = 3;
  Params params = params_for(graph, "SG");
  params.profile = &profile;
  const Result result = query_suggest(graph, params);
  std::set<std::string> grouped;
  for (const Value& way : ways(result)) {
    for (const Value& need : *way["needs"].if_array()) grouped.insert(text_of_value(need["id"]));
  }
  CHECK(grouped == std::set<std::string>{"R4", "R5", "R6"});
  bool told = false;
  for (const std::string& line : result.summary) {
    told = told ||
           line == "Only the first 3 gaps by rank that call for new work were grouped; 3 were left out (profile: grouping.pool)";
  }
  CHECK(told);
}

TEST_CASE("suggest: a map without gaps has no way forward") {
  SmallMap small;
  small.group("SG");
  const Graph graph = small.graph();
  const Result result = query_suggest(graph, params_for(graph, "SG"));
  CHECK(ways(result).empty());
  CHECK(result.title == "Ways forward for SG");
}

TEST_CASE("suggest: a profile whose weights are all zero gives the score 0, not a crash") {
  SmallMap small;
  small.group("SG");
  small.node(Kind::term, "R");
  small.searched({"R"});
  const Graph graph = small.graph();
  Profile profile = default_profile();
  profile.rank = {};
  profile.affinity = {};
  Params params = params_for(graph, "SG");
  params.profile = &profile;
  const Result result = query_suggest(graph, params);
  REQUIRE(ways(result).size() == 1);
  CHECK(*ways(result)[0]["score"].if_real() == 0);
}
