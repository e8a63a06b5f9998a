#include "support/sample_paper.hpp"

#include <fmt/format.h>

namespace lacuna::test {
namespace {

PaperTable::Cell cell(Prose prose, std::string tint = {}) { return {{std::move(prose)}, std::move(tint)}; }
PaperTable::Row field(std::string key, std::string label, std::vector<Prose> paragraphs) {
  return {std::move(key), {cell({{std::move(label)}}), {std::move(paragraphs)}}};
}
Passage heading(int level, std::string text, std::string key = {}) {
  return {Passage::Kind::heading, level, std::move(key), {{std::move(text)}}, {}};
}
Passage paragraph(Prose prose) { return {Passage::Kind::paragraph, 1, {}, std::move(prose), {}}; }
Passage item(int level, Prose prose) { return {Passage::Kind::item, level, {}, std::move(prose), {}}; }
Passage table_of(PaperTable table) { return {Passage::Kind::table, 1, {}, {}, std::move(table)}; }
Run blank(std::string what) { return {std::move(what), Run::Kind::blank}; }

PaperTable form() {
  PaperTable table;
  table.rows = {
      field("question", "Question(s)", {{{"10/17 and 15/17"}}}),
      field("meeting", "Meeting, place and date", {{{"Geneva, 21 January 2019"}}}),
      field("reference", "Reference and title",
            {{{"X.inv-sup "}, {"Security requirements for the supply chain of training data", Run::Kind::strong}}}),
      field("base_text", "Base text", {{blank("number of the contribution, if any")}}),
      field("timing", "Timing", {{blank("month and year of consent")}}),
      field("editors", "Editor(s)", {{blank("name, affiliation, e-mail")}, {blank("name, affiliation, e-mail")}}),
      field("approval", "Approval process",
            {{{"AAP"}, {" (proposed: the text defines no regulatory matter)", Run::Kind::emphasis}}}),
      field("scope", "Scope",
            {{{"This Recommendation defines requirements for the provenance, integrity and traceability of data that train "
               "machine-learning models."},
              {" Four objectives of the workshop depend on it", Run::Kind::plain, {1, 2}},
              {"; two threats are countered by nothing that is published", Run::Kind::plain, {3}},
              {"."}},
             {{"It does not define the models themselves, nor how they are assessed; see "},
              {"the catalogue", Run::Kind::plain, {}, "https://example.org/catalogue?a=1&b=(2)"},
              {"."}}}),
      field("relations", "Relations to other standards",
            {{{"ISO/IEC 27001", Run::Kind::strong}, {" is to be built on", Run::Kind::plain, {4}}, {"."}},
             {{"ETSI EN 304 223", Run::Kind::strong},
              {" has a wider scope and is published", Run::Kind::plain, {5, 6, 12}},
              {"."}}}),
      field("support", "Supporting members", {{blank("members committing to contribute actively")}}),
  };
  return table;
}

PaperTable matrix() {
  PaperTable table;
  table.caption = "Coverage of the needs behind the proposal";
  table.columns = {"Need", "State", "Bodies", "Evidence"};
  table.widths = {5, 2, 2, 3};
  table.rows = {
      {"r1",
       {cell({{"Provenance of training data"}}), cell({{"✕ confirmed-gap"}}, "F8D7DA"), cell({{"–"}}),
        cell({{"Searched on 2026-11-20", Run::Kind::plain, {7}}})}},
      {"r2",
       {cell({{"Integrity of models at rest"}}),
        cell({{"◐ partly-covered"}}, "FFF3CD"),
        cell({{"ETSI"}}),
        {{{{"Clause 5.3", Run::Kind::plain, {5}}}, {{"Clause 7", Run::Kind::plain, {8}}}}}}},
      {"r3",
       {cell({{"Audit of what was trained"}}), cell({{"● covered"}}, "1F5130"), cell({{"ISO/IEC"}}),
        cell({{"Abstract", Run::Kind::plain, {4}}})}},
  };
  return table;
}

PaperTable long_table(std::size_t rows) {
  PaperTable table;
  table.caption = "Documents found";
  table.columns = {"No.", "Title", "State"};
  table.widths = {1, 8, 3};
  for (std::size_t i = 1; i <= rows; ++i) {
    table.rows.push_back(
        {"",
         {cell({{fmt::format("{}", i)}}),
          cell({{fmt::format("Security techniques, part {}: invented requirements for an invented technology", i)}}),
          cell({{"published, 12/2025"}})}});
  }
  return table;
}

}  // namespace

Paper sample_paper(std::size_t rows) {
  Paper paper;
  paper.form = "a1";
  paper.title = "A.1 justification: security of training data & \"supply chains\"";
  paper.about = "ITU-T Study Group 17, as of 2026-11-23";
  paper.head = {{"map", "AI, ML and security"}, {"as_of", "2026-11-23"}, {"scope", "SG17"}};
  paper.passages = {
      table_of(form()),
      heading(1, "Why this work is needed", "why"),
      paragraph({{"Of 41 needs behind the workshop's objectives, 9 are covered by nobody", Run::Kind::plain, {1}},
                 {", and "},
                 {"3 more", Run::Kind::strong},
                 {" only by drafts", Run::Kind::plain, {2, 9}},
                 {"."}}),
      item(1, {{"Provenance of training data: a search in five catalogues found nothing", Run::Kind::plain, {7}}}),
      item(2, {{"ITU-T, ISO and IEC: 2026-11-20"}}),
      item(3, {{"drafts included"}}),
      item(1, {{"Integrity of models: one body alone covers it", Run::Kind::plain, {5}}}),
      heading(2, "What is covered", "covered"),
      table_of(matrix()),
      paragraph({{"Only links that a person asserted count."}}),
      heading(2, "What hostile titles look like", "hostile"),
      paragraph({{"<b>x</b> & \"y\" | *z* _u_ [l](http://e) `c` #1 $m$ :smile:"}}),
      paragraph({{"أمن البيانات في التعلم الآلي ISO/IEC 27001 (الطبعة 3)"}, {" مرجع", Run::Kind::strong, {10}}}),
      paragraph({{"אבטחת שרשרת האספקה של נתוני אימון"}}),
      paragraph({{"人工智能训练数据安全要求 — 第1部分：总则", Run::Kind::plain, {11}}, {" 😀 機械学習のセキュリティ"}}),
      paragraph({{std::string(500, 'W')}}),
      heading(3, "And \x01\x1B[2Jcontrol characters\xEF\xBF\xBF", "control"),
      paragraph({{"A link that is followed by nobody", Run::Kind::plain, {99}, "javascript:alert(1)"}}),
      heading(1, "Documents", "documents"),
      table_of(long_table(rows)),
  };
  paper.references = {
      {"O1", "Objective 1", "Discuss the security of AI", "ITU workshop", "", ""},
      {"O2", "Objective 2", "Discuss AI for security", "ITU workshop", "", ""},
      {"T3", "Threat 3", "Data poisoning", "", "", ""},
      {"D4", "ISO/IEC 27001:2022", "Information security management systems — Requirements", "ISO/IEC JTC 1/SC 27",
       "published, 10/2022", "https://www.iso.org/standard/27001"},
      {"D5", "ETSI EN 304 223", "Baseline cyber security requirements for AI models and systems", "ETSI TC SAI",
       "published, 12/2025", "https://example.org/a b"},
      {"", "RFC 0000", "<script>alert(\"x\")</script> | *t* [a](b)", "IETF", "published, 1/2024", "javascript:alert(1)"},
      {"S7", "Search 7", "Who looked, when and where", "", "2026-11-20", ""},
      {"D8", "", "A document without an identifier", "W3C", "draft, 5/2026", ""},
      {"D9", "X.draft", "", "ITU-T SG17", "draft, 9/2026", "https://example.org/x"},
      {"D10", "GOV-10", "متطلبات أمن الذكاء الاصطناعي", "هيئة", "published, 2/2025", ""},
      {"D11", "GB/T 00000", "信息安全技术 机器学习算法安全评估规范", "SAC/TC 260", "published, 8/2023",
       "https://example.org/gb?x=[1]&y=|"},
      {"D12", "NIST AI 000-1", std::string(500, 'x'), "NIST", "published, 1/2023", ""},
  };
  return paper;
}

Paper small_paper() {
  Paper paper;
  paper.form = "note";
  paper.title = "A note";
  paper.passages = {
      paragraph(
          {{"First "}, {"strong", Run::Kind::strong}, {" and "}, {"weak", Run::Kind::emphasis}, {".", Run::Kind::plain, {1}}}),
      heading(1, "One", "one"),
      item(1, {{"a"}}),
      item(2, {{"b"}}),
      item(1, {{"c"}}),
      heading(2, "Two", "two"),
      paragraph({blank("who")}),
  };
  paper.references = {{"D1", "X.1", "A title", "ITU-T", "published, 2019", "https://example.org/x.1"}};
  return paper;
}

Paper paper_of(std::vector<Passage> passages) {
  Paper paper;
  paper.form = "note";
  paper.title = "T";
  paper.passages = std::move(passages);
  return paper;
}

}  // namespace lacuna::test
