#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

#include "analysis/gaps.hpp"
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
  CHECK(style.opening(Kind::threat).words == "Threats to");
  CHECK(style.opening(Kind::threat).seen.empty());
  CHECK(style.introduction().empty());
  CHECK(style.dash() == " – ");
  CHECK(style.titles() == 9);
}

TEST_CASE("house style: protection against something is no asset that has threats") {
  const HouseStyle style({{"X.1", "Security threats and guidelines for networks"},
                          {"X.2", "Guidelines for clouds"},
                          {"X.3", "Countermeasures of platforms"}});
  CHECK(style.opening(Kind::threat).words == "Security threats and guidelines for");
  CHECK(style.opening(Kind::threat, true).words == "Guidelines for");
  CHECK(HouseStyle({}).opening(Kind::threat, true).words == "Guidelines for");
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
  CHECK(plan.risks[0].says == "Draft of ETSI is under way (draft 2025) and covers detection of spam in mail (R2) in part");
  std::vector<std::string> scope;
  for (const Claim& sentence : plan.scope) scope.push_back(sentence.says);
  CHECK(
      scope ==
      std::vector<std::string>{
          "This Recommendation specifies requirements for detection of phishing in mail.",
          "The requirements concern detection of phishing in mail (R1) and detection of spam in mail (R2).",
          "It refers to what is published on these matters and does not repeat it: Own covers detection of phishing in mail (R1) "
          "in part; Theirs covers detection of spam in mail (R2) in part.",
          "It is to be kept in step with work under way: Draft covers detection of spam in mail (R2) in part."});
  CHECK_FALSE(plan.leaves_out);
  REQUIRE(plan.summary.size() == 2);
  CHECK(plan.summary[1].says == "In short, this is what it asks for: Detection of phishing in mail. Detection of spam in mail.");
}

TEST_CASE("proposal: the scope says for what, against what, and which needs of its topic others have in hand") {
  SmallMap small;
  small.group("ITU-T");
  small.group("SG", "ITU-T");
  small.group("ETSI");
  small.node(Kind::topic, "mail", "Secure mail");
  small.node(Kind::threat, "T1", "Lures, personal and many").text = "Lures are written by a model";
  small.node(Kind::threat, "T2", "Forged senders");
  small.node(Kind::use_case, "U1", "Mail gateways");
  small.node(Kind::requirement, "R9", "Encryption of mail");
  for (const char* need : {"T1", "T2", "U1", "R9"}) small.link(need, Relation::part_of, "mail");
  small.searched({"T1", "T2", "U1"});
  small.doc("Full", State::published, "2020", "ETSI");
  small.covers("Full", "R9", Degree::full);
  const Graph graph = small.graph();
  const Params params = params_for(graph, "SG");
  const Situation situation(graph, *params.profile, params.as_of);
  const Ways ways = way_for(situation, params, {graph.find("T1"), graph.find("T2"), graph.find("U1")});
  const WorkItemPlan plan = Planner(situation, params).plan(first_new_work(ways));
  std::vector<std::string> scope;
  for (const Claim& sentence : plan.scope) scope.push_back(sentence.says);
  CHECK(scope ==
        std::vector<std::string>{"This Technical Report describes threats to secure mail and what can be done against them.",
                                 "It addresses the threats of lures, personal and many (T1); and forged senders (T2).",
                                 "It applies to mail gateways (U1).",
                                 "No text that is known, in force or under way, covers lures, personal and many (T1); forged "
                                 "senders (T2); and mail gateways (U1).",
                                 "Outside its scope is encryption of mail (R9), which Full covers in full."});
  CHECK(plan.leaves_out);
  CHECK(plan.summary[1].says == "The threats that it is about: Lures are written by a model. Forged senders.");
}

TEST_CASE("titles: a threat is no aim, and what stands behind the dash stands for all needs") {
  SmallMap small;
  small.group("SG");
  small.node(Kind::threat, "T1", "Harvest now, decrypt later");
  small.searched({"T1"});
  {
    const Graph graph = small.graph();
    const Params params = params_for(graph, "SG");
    const Situation situation(graph, *params.profile, params.as_of);
    CHECK(first_new_work(way_for(situation, params, {graph.find("T1")})).title ==
          "Guidelines for protection against harvest now, decrypt later");
  }
  small.node(Kind::topic, "keys", "Keys");
  for (const char* need : {"R1", "R2", "R3", "R4"}) {
    small.node(Kind::requirement, need, std::string("Need ") + need);
    small.link(need, Relation::part_of, "keys");
  }
  for (const char* threat : {"T2", "T3"}) {
    small.node(Kind::threat, threat, std::string("Threat ") + threat);
    small.link(threat, Relation::part_of, "keys");
  }
  small.link("R1", Relation::counters, "T2");
  small.link("R2", Relation::counters, "T3");
  small.searched({"R1", "R2", "R3", "R4", "T2", "T3"});
  const Graph graph = small.graph();
  Params params = params_for(graph, "SG");
  Profile profile = default_profile();
  profile.grouping_largest = 2;
  params.profile = &profile;
  const Situation situation(graph, profile, params.as_of);
  std::set<std::string> titles;
  const Ways ways = find_ways(situation, params);
  for (const WayForward& way : ways.list) {
    if (way.action != Action::new_work_item) continue;
    CHECK(titles.insert(way.title).second);
    for (const NodeId need : way.needs) {
      const std::size_t dash = way.title.find(" – Need");
      if (dash == std::string::npos) continue;
      const bool named = way.title.find(graph.node(need).title, dash) != std::string::npos ||
                         way.title.find("need " + graph.node(need).id, dash) != std::string::npos;
      const bool countered = std::ranges::any_of(graph.in(need, Relation::counters), [&](LinkId l) {
        return way.title.find(graph.node(graph.edge(l).from).id, dash) != std::string::npos;
      });
      CHECK((named || countered));
    }
  }
}

TEST_CASE("addressee: of a group that ended, who took its place; else the nearest around it that has not") {
  SmallMap small;
  small.group("ITU-T");
  small.group("SG16", "ITU-T").dates.push_back({"until", date("2024-10-24")});
  small.group("FG", "SG16").dates.push_back({"until", date("2023-09-30")});
  small.group("SG9", "ITU-T").dates.push_back({"until", date("2024-10-24")});
  small.group("SG21", "ITU-T").dates.push_back({"since", date("2024-10-24")});
  small.link("SG21", Relation::supersedes, "SG16");
  const Graph graph = small.graph();
  const auto whom = [&](const char* group, const char* on) {
    const Situation situation(graph, default_profile(), day(on));
    return graph.node(addressee(situation, graph.find(group)).value()).id;
  };
  CHECK(whom("SG16", "2024-01-01") == "SG16");
  CHECK(whom("SG16", "2025-01-01") == "SG21");
  CHECK(whom("FG", "2024-01-01") == "SG16");
  CHECK(whom("FG", "2025-01-01") == "SG21");
  CHECK(whom("SG9", "2025-01-01") == "ITU-T");
}

TEST_CASE("liaison statement: both programmes beside each other, and no claim that a table denies") {
  SmallMap small;
  small.group("SG");
  small.group("Old", "ETSI").dates.push_back({"until", date("2020-01-01")});
  small.group("New", "ETSI");
  small.group("ETSI");
  small.link("New", Relation::supersedes, "Old");
  for (const char* need : {"R1", "R2", "R3", "R4"}) small.node(Kind::requirement, need, std::string("Need ") + need);
  small.searched({"R4"});
  small.doc("Ours", State::published, "2019", "SG");
  small.doc("Theirs", State::published, "2018", "Old");
  small.doc("Theirs draft", State::draft, "2025", "New");
  small.covers("Ours", "R1", Degree::partial);
  small.covers("Ours", "R2", Degree::full);
  small.covers("Theirs", "R1", Degree::full);
  small.covers("Theirs draft", "R3", Degree::partial);
  const Graph graph = small.graph();
  const Params params = params_for(graph, "SG");
  DraftRequest request;
  request.to = graph.find("Old");
  const Paper paper = std::ranges::find(forms(), "liaison", &Form::name)->draft(graph, params, request);
  std::string text;
  for (const Passage& passage : paper.passages) {
    for (const Run& run : passage.text) text += run.text;
    if (!passage.text.empty()) text += "\n";
    if (!passage.table.columns.empty()) {
      text += passage.table.caption + "\n";
      for (const auto& row : passage.table.rows) {
        for (const auto& cell : row.cells) {
          for (const Run& run : cell.paragraphs.front()) text += run.text;
          text += &cell == &row.cells.back() ? "\n" : " | ";
        }
      }
    }
  }
  CHECK(paper.title == "LS on coordination of work on “Small map”");
  CHECK(text == R"(Where the two programmes meet
SG has mapped what standards bodies have on “Small map”: 4 needs. In this map SG has 1 text in force, New 1 text in force and 1 under way. Both have texts on 1 need (Table 1). New alone has texts on 1, SG alone on 1.
What is asked
SG asks New, by deadline, to tell it
whether the tables below are right and whole as to its texts;
for Theirs draft: the present state and the planned date, and whether the text can be shared;
how the work on what both have texts on (Table 1) should be divided, or the texts refer to each other;
which of its texts on what SG has none on could be referred to;
whether it plans work on need R4, on which no text is known.
Attachment: documents attached
The two programmes
Table 1 – What both have texts on
Need R1 | Ours in part | Theirs in full
Table 2 – What New has texts on and SG has none
Need R3 | Theirs draft in part (draft)
Table 3 – What SG has texts on and New has none
Need R2 | Ours in full
)");
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
