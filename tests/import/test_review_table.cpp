#include <catch2/catch.hpp>

#include <fstream>

#include "import/review_table.hpp"
#include "lacuna/import.hpp"
#include "support/process.hpp"

using namespace lacuna;
using lacuna::test::Scratch;

namespace {

std::vector<ReviewRow> sample() {
  ReviewRow plain;
  plain.deliverable = "ISO/IEC 100:2019";
  plain.deliverable_title = "Screening, \"quoted\"";
  plain.state = "published";
  plain.need = "R1";
  plain.need_title = "Signed models";
  plain.need_text = "A model shall be signed\nby who releases it.";
  plain.suggestion = "probability 0.41; shares models, signed";
  ReviewRow odd;
  odd.deliverable = "=1+1";
  odd.deliverable_title = "=HYPERLINK(\"x\")";
  odd.need = "@R2";
  odd.need_title = "联邦学习 & <b>";
  odd.verdict = "accept";
  odd.relation = "superset-of";
  odd.reason = "- a reason";
  odd.by = "A. Rapporteur";
  return {plain, odd};
}

std::string told(const ReviewRow& r) {
  std::string text;
  for (const std::string& cell : {r.deliverable, r.deliverable_title, r.state, r.need, r.need_title, r.need_text, r.suggestion,
                                  r.verdict, r.relation, r.reason, r.by})
    text += cell + "|";
  return text;
}

}  // namespace

TEST_CASE("review table: what is written comes back, as CSV and as a workbook") {
  const Scratch scratch;
  const auto rows = sample();
  for (const bool as_workbook : {false, true}) {
    INFO((as_workbook ? "workbook" : "CSV"));
    const std::string path = scratch.file(as_workbook ? "r.xlsx" : "r.csv", write_review(rows, as_workbook));
    const auto back = read_review(path);
    REQUIRE(back.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) CHECK(told(back[i]) == told(rows[i]));
    CHECK(back[0].file == (as_workbook ? path + ":review" : path));
    CHECK(back[0].line == 2);
    CHECK(back[1].line == (as_workbook ? 3 : 4));
    CHECK(write_review(rows, as_workbook) == write_review(rows, as_workbook));
  }
}

TEST_CASE("review table: in CSV, what a spreadsheet would compute is text") {
  const std::string csv = write_review(sample(), false);
  CHECK(
      csv.starts_with("verdict,relation,reason,by,need,need title,need text,deliverable,deliverable title,abstract,address,"
                      "state,probability,suggestion\r\n"));
  CHECK(csv.find(
            "\r\naccept,superset-of,'- a reason,A. Rapporteur,'@R2,联邦学习 & <b>,,'=1+1,\"'=HYPERLINK(\"\"x\"\")\",,,,,\r\n") !=
        std::string::npos);
}

TEST_CASE("review table: verdicts are read as people write them, from columns in any order") {
  const Scratch scratch;
  const std::string path = scratch.file(
      "r.csv", "Deliverable,Need,Verdict,Relation,Note,Reason\nD1, R1 , Accept ,Superset Of,mine,\n,,,,,\nD2,R2,,,,later\n");
  const auto rows = read_review(path);
  REQUIRE(rows.size() == 2);
  CHECK(told(rows[0]) == "D1|||R1||||accept|superset-of|||");
  CHECK(rows[0].line == 2);
  CHECK(told(rows[1]) == "D2|||R2||||||later||");
  CHECK(rows[1].line == 4);
}

TEST_CASE("review table: a queue of nothing is a table of nothing") {
  const Scratch scratch;
  CHECK(read_review(scratch.file("r.csv", write_review({}, false))).empty());
  CHECK(read_review(scratch.file("r.xlsx", write_review({}, true))).empty());
  const std::string other = scratch.file("other.csv", "need,deliverable\nR1,D1\n");
  CHECK_THROWS_WITH(read_review(other), other + ": has no column \"verdict\"; name it in the first row");
}
