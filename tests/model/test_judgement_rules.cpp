#include <catch2/catch.hpp>

#include <map>

#include "model/judgement_rules.hpp"

using namespace lacuna;

namespace {

/// What the rules say of one link.
std::vector<std::string> broken(const char* id, const char* title, State state, Degree degree, const char* evidence,
                                const char* rationale = "", const char* need = "Logs of machines") {
  Map map;
  map.files = {"links.json"};
  Node& deliverable = map.nodes.emplace_back();
  deliverable.id = id;
  deliverable.kind = Kind::deliverable;
  deliverable.title = title;
  deliverable.state = state;
  Node& node = map.nodes.emplace_back();
  node.id = "R";
  node.kind = Kind::requirement;
  node.title = need;
  Link& link = map.links.emplace_back();
  link.from = id;
  link.relation = Relation::covers;
  link.to = "R";
  link.degree = degree;
  link.evidence = evidence;
  link.rationale = rationale;
  link.where = {0, 7};
  std::vector<std::string> names;
  for (const Diagnostic& d : rule_breaches(map)) {
    CHECK(d.file == "links.json");
    CHECK(d.line == 7);
    const auto at = d.message.find("rule \"") + 6;
    names.push_back(d.message.substr(at, d.message.find('"', at) - at));
  }
  return names;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("rules: a report informs, and covers in part at most") {
  for (const char* id : {"ETSI TR 104 066 V1.1.1 (2024-07)", "ETSI GR SAI 011", "ISO/IEC TR 24028:2020",
                         "ITU-T X Suppl. 37 (09/2022)", "XSTR.sem-AIA", "NIST IR 8292", "FG-AI4H DEL 2.2"}) {
    CHECK(broken(id, "Logs", State::published, Degree::full, "abstract") == Names{"reports"});
    CHECK(broken(id, "Logs", State::published, Degree::partial, "abstract").empty());
  }
  CHECK(broken("IEEE Std 2894-2024", "IEEE Guide for an Architectural Framework", State::published, Degree::full, "abstract") ==
        Names{"reports"});
  for (const char* id : {"ETSI TS 104 224", "ITU-T X.1752 (04/2024)", "RFC 9334", "ISO/IEC 42001:2023"}) {
    CHECK(broken(id, "Guidelines for logs", State::published, Degree::full, "abstract").empty());
  }
}

TEST_CASE("rules: drafts, proposals, what others told, and what was not read") {
  CHECK(broken("X.draft", "Logs", State::draft, Degree::full, "work-item summary") == Names{"unseen-drafts"});
  CHECK(broken("X.draft", "Logs", State::draft, Degree::full, "full text").empty());
  CHECK(broken("X.draft", "Logs", State::proposed, Degree::partial, "full text") == Names{"proposals"});
  CHECK(broken("X.1", "Logs", State::published, Degree::partial, "third-party description") == Names{"second-hand"});
  CHECK(broken("X.1", "Logs", State::published, Degree::full, "title") == Names{"unread"});
  CHECK(broken("X.1", "Logs", State::published, Degree::full, "") == Names{"unread"});
  CHECK(broken("X.1", "Logs", State::published, Degree::full, "title, abstract").empty());
}

TEST_CASE("rules: a general text does not cover a need that asks for AI by name") {
  const char* general = "Handling of flaws of any product; models are not named.";
  CHECK(broken("X.1", "Flaws", State::published, Degree::partial, "abstract", general, "Handling of model flaws") ==
        Names{"general-texts"});
  CHECK(broken("X.1", "Flaws", State::published, Degree::partial, "abstract", general, "Handling of flaws").empty());
}

TEST_CASE("rules: each has a sentence for an editor, and a remedy") {
  std::map<std::string_view, int> names;
  for (const JudgementRule& rule : judgement_rules()) {
    CHECK_FALSE(rule.statement.empty());
    CHECK_FALSE(rule.remedy.empty());
    CHECK(++names[rule.name] == 1);
  }
}
