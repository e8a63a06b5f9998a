#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "analysis/ways/house_style.hpp"
#include "analysis/ways/proposal.hpp"
#include "analysis/ways/timing.hpp"
#include "lacuna/draft.hpp"
#include "lacuna/import.hpp"
#include "model/small_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

const WayForward& first_new_work(const Ways& ways) {
  const auto found = std::ranges::find(ways.list, Action::new_work_item, &WayForward::action);
  REQUIRE(found != ways.list.end());
  return *found;
}

}  // namespace

TEST_CASE("house style: the opening is the commonest whose head suits the needs, before a subject that follows as it is") {
  const HouseStyle style({{"X.10", "Security requirements for networks"},
                          {"X.2", "Security requirements for clouds"},
                          {"X.3", "Requirements of platforms"},
                          {"X.4", "Requirements of gateways"},
                          {"X.5", "Requirements of mobiles"},
                          {"X.6", "ITU-T X.1205 – Supplement on guidelines"},
                          {"X.7", "Overview of nothing"},
                          {"X.8", "Technical framework for countering fraud"},
                          {"X.9", "Guidelines"}});
  const Opening requirement = style.opening(Kind::requirement);
  CHECK(requirement.words == "Security requirements for");
  REQUIRE(requirement.seen.size() == 2);
  CHECK(requirement.seen[0].identifier == "X.2");  // Natural order.
  CHECK(style.opening(Kind::capability).words == "Technical framework for");
  CHECK(style.opening(Kind::term).words == "Overview of");
  // Nothing fits: a plain word, and no example.
  CHECK(style.opening(Kind::threat).words == "Threats for");
  CHECK(style.opening(Kind::threat).seen.empty());
  CHECK(style.introduction().empty());
  CHECK(style.dash() == " – ");
  CHECK(style.titles() == 9);
}

TEST_CASE("house style: what half of the titles begin with begins the next one too") {
  const HouseStyle style({{"1", "Information technology — Security techniques — Guidelines for keys"},
                          {"2", "Information technology — Security techniques — Requirements for locks"},
                          {"3", "Information technology — Security techniques — Vocabulary"},
                          {"4", "Information technology — Codes"},
                          {"5", "Boats"}});
  CHECK(style.introduction() == "Information technology — Security techniques — ");
  CHECK(style.dash() == " — ");
  CHECK(style.opening(Kind::requirement).words == "Requirements for");
}

TEST_CASE("house style: a phrase inside a title begins small, unless it is an abbreviation") {
  CHECK(inside_title("Federated learning") == "federated learning");
  CHECK(inside_title("AI agents") == "AI agents");
  CHECK(inside_title("X.509 keys") == "x.509 keys");
  CHECK(inside_title("5G cores") == "5G cores");
  CHECK(inside_title("学習") == "学習");
  CHECK(inside_title("") == "");
}

TEST_CASE("timing: the median and the middle half of works with both dates, none later than the day, each work once") {
  SmallMap small;
  small.group("SG");
  small.group("Other");
  const auto work = [&](const std::string& id, const char* begun, const char* published) {
    small.doc(id, State::published, published, "SG").dates.push_back({"draft", date(begun)});
  };
  work("A", "2010-01-01", "2012-01-01");
  work("B", "2010-01-01", "2013-01-01");
  work("C", "2010-01-01", "2014-01-01");
  work("D", "2010-01-01", "2018-01-01");
  work("Later", "2019-01-01", "2025-01-01");
  small.doc("No start", State::published, "2015", "SG");
  small.doc("Theirs", State::published, "2015", "Other").dates.push_back({"draft", date("2001")});
  const Graph graph = small.graph();
  const Params params = params_for(graph, "SG", "2020-01-01");
  const Situation situation(graph, *params.profile, params.as_of);
  const Timing timing = timing_of(situation, params);
  CHECK(timing.works == 4);
  CHECK(timing.median == Approx(3.5));  // 2, 3, 4, 8.
  CHECK(timing.lower == Approx(2.75));
  CHECK(timing.upper == Approx(5));
  CHECK(timing.says ==
        "4 works of SG with both dates known took 3.5 years from start to publication in the median; half of them 2.8 to 5.0 (A "
        "2.0, D 8.0)");
  const Params early = params_for(graph, "SG", "2013-06-01");
  CHECK(timing_of(Situation(graph, *early.profile, early.as_of), early).says ==
        "how long works of SG take is not known: start and publication are dated for 2 works");
}

TEST_CASE("proposal: type, place, base texts, addressees and risks follow from the needs and the texts on them") {
  SmallMap small;
  small.group("ITU-T");
  small.group("SG", "ITU-T");
  small.group("Q1", "SG").text = "Detection of spam and phishing in mail.";
  small.group("Q2", "SG").text = "Biometric identity of travellers.";
  small.group("Other SG", "ITU-T");
  small.group("ETSI");
  small.node(Kind::requirement, "R1", "Detection of phishing in mail");
  small.node(Kind::requirement, "R2", "Detection of spam in mail");
  small.searched({"R1", "R2"});
  small.doc("Own", State::published, "2019", "SG").title = "Security requirements for mail";
  small.covers("Own", "R1", Degree::partial);
  small.doc("Theirs", State::published, "2020", "Other SG");
  small.covers("Theirs", "R2", Degree::partial);
  small.doc("Draft", State::draft, "2025", "ETSI");
  small.covers("Draft", "R2", Degree::partial);
  const Graph graph = small.graph();
  const Params params = params_for(graph, "SG");
  const Situation situation(graph, *params.profile, params.as_of);
  const Ways ways = way_for(situation, params, {graph.find("R1"), graph.find("R2")});
  const WayForward& way = first_new_work(ways);
  CHECK(way.title == "Security requirements for detection of phishing in mail");
  CHECK(way.lead == Kind::requirement);
  const Planner planner(situation, params);
  const WorkItemPlan plan = planner.plan(way);
  CHECK(plan.type == "Recommendation");
  CHECK(plan.normative);
  REQUIRE(!plan.places.empty());
  CHECK(graph.node(plan.places.front().group).id == "Q1");
  CHECK(plan.places.front().near());
  REQUIRE(plan.base_texts.size() == 2);
  CHECK(graph.node(plan.base_texts[0]).id == "Own");
  REQUIRE(plan.addressees.size() == 2);
  CHECK(graph.node(plan.addressees[0].group).id == "ETSI");
  CHECK(plan.addressees[0].action);
  CHECK_FALSE(plan.addressees[0].same_body);
  CHECK(plan.addressees[0].why.says == "has under development Draft");
  CHECK(graph.node(plan.addressees[1].group).id == "Other SG");
  CHECK_FALSE(plan.addressees[1].action);
  CHECK(plan.addressees[1].same_body);
  REQUIRE(plan.risks.size() == 1);
  CHECK(plan.risks[0].says == "Draft of ETSI is under way (draft 2025) and covers R2 in part");
  CHECK(plan.scope.front().says ==
        "This Recommendation specifies requirements and capabilities on the following: detection of phishing in mail (R1); "
        "detection of spam in mail (R2).");
}

TEST_CASE("proposal: threats and use cases alone make a text that informs, a Supplement where an own text covers a part") {
  SmallMap small;
  small.group("ITU-T");
  small.group("SG", "ITU-T");
  small.node(Kind::threat, "T1", "Cloned voices");
  small.node(Kind::threat, "T2", "Cloned faces");
  small.searched({"T1", "T2"});
  const auto type = [&] {
    const Graph graph = small.graph();
    const Params params = params_for(graph, "SG");
    const Situation situation(graph, *params.profile, params.as_of);
    const Ways ways = way_for(situation, params, {graph.find("T1"), graph.find("T2")});
    return Planner(situation, params).plan(first_new_work(ways)).type;
  };
  CHECK(type() == "Technical Report");
  small.doc("Own", State::published, "2019", "SG");
  small.covers("Own", "T1", Degree::partial);
  CHECK(type() == "Supplement");
}

TEST_CASE("drafts: every form cites each document once, in the order in which the text names them") {
  const Graph graph = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  const Params params = params_for(graph, "SG17");
  const Graph earlier = graph_of(import_path(importer("map"), LACUNA_SOURCE "/data/ai-ml-security").map);
  const Standing before{"before", &earlier, params_for(earlier, "SG17", "2019-01-21")};
  for (const Form& form : forms()) {
    INFO(form.name);
    DraftRequest request;
    request.before = &before;
    const Paper paper = form.draft(graph, params, request);
    CHECK_FALSE(paper.title.empty());
    std::size_t highest = 0;
    const auto look = [&](const Prose& prose) {
      for (const Run& run : prose) {
        for (const std::size_t cite : run.cites) {
          CHECK(cite >= 1);
          CHECK(cite <= highest + 1);
          highest = std::max(highest, cite);
        }
      }
    };
    for (const Passage& passage : paper.passages) {
      look(passage.text);
      for (const auto& row : passage.table.rows) {
        for (const auto& cell : row.cells) {
          for (const Prose& prose : cell.paragraphs) look(prose);
        }
      }
    }
    CHECK(highest == paper.references.size());
    std::set<std::string> names;
    for (const Reference& reference : paper.references) CHECK(names.insert(reference.identifier).second);
  }
}
