#include <catch2/catch.hpp>

#include <random>

#include "formats/document.hpp"
#include "support/workbook.hpp"

using namespace lacuna;
using lacuna::test::Files;
using lacuna::test::zip_of;

namespace {

/// The one diagnostic that reading `bytes` gives, as text; "fine" where there is none.
std::string fault(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = read_document(bytes, file, diagnostics);
  if (document) {
    CHECK(diagnostics.empty());
    return "fine";
  }
  REQUIRE(diagnostics.size() == 1);
  return to_string(diagnostics.front());
}

/// "TITLE | SCOPE", line ends of the scope as " / ".
std::string read(std::string_view bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto document = read_document(bytes, file, diagnostics);
  for (const Diagnostic& d : diagnostics) UNSCOPED_INFO(to_string(d));
  REQUIRE(document);
  CHECK(diagnostics.empty());
  std::string text = document->title + " | ";
  for (const char c : document->scope) text += c == '\n' ? std::string(" / ") : std::string(1, c);
  return text;
}

std::string text(const std::string& bytes) { return read(bytes, "f.txt"); }
std::string markdown(const std::string& bytes) { return read(bytes, "f.md"); }

/// The parts of a document with that body.
Files parts_with(const std::string& body) {
  return {{"word/document.xml", "<w:document xmlns:w=\"urn:w\" xmlns:mc=\"urn:mc\"><w:body>" + body + "</w:body></w:document>"}};
}
std::string docx(const std::string& body) { return read(zip_of(parts_with(body)), "f.docx"); }

/// A run, a paragraph of one, a paragraph in a style, a cell of paragraphs, a row.
std::string run(const std::string& words) { return "<w:r><w:t xml:space=\"preserve\">" + words + "</w:t></w:r>"; }
std::string p(const std::string& words) { return "<w:p>" + run(words) + "</w:p>"; }
std::string p(const std::string& style, const std::string& words) {
  return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/></w:pPr>" + run(words) + "</w:p>";
}
std::string cell(const std::string& paragraphs) { return "<w:tc><w:tcPr/>" + paragraphs + "</w:tc>"; }
std::string row(const std::vector<std::string>& cells) {
  std::string xml = "<w:tr>";
  for (const std::string& c : cells) xml += cell(c.starts_with("<") ? c : p(c));
  return xml + "</w:tr>";
}
std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::string xml = "<w:tbl><w:tblPr/>";
  for (const auto& r : rows) xml += row(r);
  return xml + "</w:tbl>";
}

/// The title that "Title: …" gives.
std::string title(const std::string& value) {
  const std::string all = text("Title: " + value + "\nScope: s\n");
  REQUIRE(all.ends_with(" | s"));
  return all.substr(0, all.size() - 4);
}

const std::string scope_label =
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Scope</w:t></w:r><w:r><w:t xml:space=\"preserve\"> (defines the intent or object of the "
    "Recommendation and the aspects covered, thereby indicating the limits of its applicability):</w:t></w:r></w:p>";
const std::string summary_label =
    "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Summary</w:t></w:r><w:r><w:t xml:space=\"preserve\"> (provides a brief overview of the "
    "purpose and "
    "contents of the Recommendation, thus permitting readers to judge its usefulness for their work):</w:t></w:r></w:p>";

/// The A.1 form with these answers.
std::string form(const std::string& reference, const std::string& scope, const std::string& summary) {
  return p("A.1 justification for proposed draft new Recommendation X.sgai") +
         table({{"Question(s):", "4/17", "Proposed new ITU-T Recommendation", "Geneva, 3 – 12 December 2026"},
                {"Reference and title:", reference},
                {"Base text:", "C123", "Timing:", "2028-Q2"},
                {"Editor(s):", "Kim, Example Institute", "Approval process:", "AAP"},
                {scope_label + scope},
                {summary_label + summary},
                {p("Relations to ITU-T Recommendations or to other standards (approved or under development):") +
                 p("ITU-T X.1254")},
                {p("Liaisons with other study groups or with other standards bodies:") + p("ISO/IEC JTC 1/SC 27")},
                {p("Supporting members that are committing to contributing actively to the work item::") + p("Example")}});
}

}  // namespace

// ---- the A.1 form -------------------------------------------------------------------------------------------------------------

TEST_CASE("document: title, scope and summary of an A.1 form are read from its cells") {
  CHECK(docx(form("X.sgai, “Security guidelines for generative AI”", p("This defines A.") + p("It covers B."),
                  p("An overview."))) == "Security guidelines for generative AI | This defines A. / It covers B. / An overview.");
  CHECK(docx(form(p("Draft new Recommendation ITU-T X.sgai:") + p("Security guidelines"), p("S."), "")) ==
        "Security guidelines | S.");
}

TEST_CASE("document: the answer to a label may stand after its colon, in its cell or in the next one") {
  CHECK(docx(table({{"Title", "T"},
                    {"Scope (defines the intent or object of the Recommendation):", "S"},
                    {"Summary", p("U") + p("V")}})) == "T | S / U / V");
  CHECK(docx(table({{"Title: T"}, {"Scope (defines the intent): S"}, {"Summary (provides a brief overview): U"}})) ==
        "T | S / U");
  CHECK(docx(table({{"Title:"}, {"T"}, {"Scope:"}, {p("S") + p("S2")}, {"Timing:"}, {"2028"}})) == "T | S / S2");
  CHECK(docx(table({{p("Title:") + p("T")}, {p("Scope (defines the intent or object)") + p("S")}})) == "T | S");
  CHECK(docx(p("Title: T") + p("Scope: S") + p("S2") + p("Editor(s): E") + p("E2")) == "T | S / S2");
  CHECK(docx("<w:p>" + run("Title: T") + "<w:r><w:br/></w:r>" + run("Scope: S") + "</w:p>") == "T | S");
}

TEST_CASE("document: a label without an answer asks no cell that is not its own") {
  CHECK(docx(p("T") + table({{"Scope:", ""}, {"Comments", "none"}, {"Summary:"}, {"Timing:"}, {"2028"}})) ==
        "T | Comments / none / 2028");
  CHECK(docx(p("T") + table({{"Scope:"}}) + p("Text")) == "T | Text");
  CHECK(docx(p("T") + table({{"Scope:", table({{"a", "b"}}) + p("c")}, {"d"}})) == "T | a / b / c");
}

TEST_CASE("document: a column called Title or Scope is no label") {
  CHECK(docx(p("Heading1", "T") + table({{"Number", "Title", "Scope"}, {"X.1", "Other", "its scope"}}) + p("Scope: S")) ==
        "T | S");
}

TEST_CASE("document: the surest label gives the title") {
  const std::string cover = table({{"Source:", "Example"}, {"Title:", "Proposal for a new work item"}, {"Contact:", "Kim"}});
  CHECK(docx(cover + table({{"Reference and title:", "X.sgai, Security"}, {"Scope:", "S"}})) == "Security | S");
  CHECK(docx(p("Subject: B") + p("Title: A") + p("Scope: S")) == "A | S");
  CHECK(docx(p("Subject: B") + p("Title: ") + p("Scope: S")) == "B | S");
  CHECK(docx(p("Title: A") + p("Proposed title: B") + p("Scope: S")) == "B | S");
  CHECK(docx(p("Title: A") + p("Title of the proposed Recommendation: B") + p("Scope: S")) == "B | S");
  CHECK(docx(p("Title of honour: A") + p("Scope: S")) == "Title of honour: A | S");
}

// ---- titles -------------------------------------------------------------------------------------------------------------------

TEST_CASE("document: references before a title are dropped, and quotes around it") {
  for (const char* value : {
           "Security of models",
           "X.sgai, Security of models",
           "X.sgai: Security of models",
           "X.sgai:Security of models",
           "X.sgai – Security of models",
           "X.sgai Security of models",
           "Draft new Recommendation ITU-T X.sgai: Security of models",
           "Draft new Recommendation ITU\u2011T\u00A0X.sgai: Security of models",
           "Draft new ITU-T Recommendation X.sgai, “Security of models”",
           "Draft new Rec. ITU-T X.sgai \"Security of models\"",
           "Draft new Recommendation ITU-T X.sgai Security of models",
           "Draft new Recommendation on “Security of models”",
           "Draft new Recommendation on Security of models",
           "Draft revised Recommendation ITU-T X.1254, Security of models",
           "Draft new Technical Report XSTR-sgai: Security of models",
           "A.1 justification for proposed draft new Recommendation ITU-T X.sgai “Security of models”",
           "Proposal for a new work item X.sgai: Security of models",
           "Proposal to start a new work item on Security of models",
           "New work item proposal: X.sgai, Security of models",
           "Security of models (X.sgai)",
           "“Security of models”",
           "«Security of models»",
           "‘Security of models’",
           "[to be filled in: number] “Security of models” \"Security of\" opens 5 of 195 own titles",
           "[number] Security of models",
       }) {
    INFO(value);
    CHECK(title(value) == "Security of models");
  }
}

TEST_CASE("document: what looks like a reference and is the title stays") {
  for (const char* value : {
           "X.509 certificates for agents",
           "E.164 numbers: who assigns them",
           "U.S.-based models",
           "AI: security of models",
           "“Trust” and “safety”",
           "Technical report on security",
           "New threats to models",
           "A framework for the security of models",
           "Draft new Recommendation",
           "X.sgai",
           "Models - their security",
           "The model's 'security'",
       }) {
    INFO(value);
    CHECK(title(value) == value);
  }
}

TEST_CASE("document: without a label, the title is the paragraph in a title's style, else a heading, else the first one") {
  CHECK(docx(p("Contribution") + p("Heading1", "H") + p("Title", "T") + p("Body.")) == "T | Body.");
  CHECK(docx(p("Rec_No", "Draft Recommendation") + p("Rec_title", "T") + p("Body.")) == "T | Body.");
  CHECK(docx(p("Contribution") + p("Heading2", "H2") + p("Heading1", "H1") + p("Body.")) == "H1 | Body.");
  CHECK(docx(p("Contribution") + p("Heading2", "H2") + p("Body.")) == "H2 | Body.");
  CHECK(docx(p("Heading1", "1 Introduction") + p("Body.") + p("Heading1", "Security") + p("More.")) == "Security | More.");
  CHECK(docx(p("") + p(" – ") + p("T") + p("Body.") + p("More.")) == "T | Body. / More.");
  CHECK(docx(p("Question(s): 4/17") + p("T") + p("Body.")) == "T | Body.");
  CHECK(docx(p("Title", "Draft new Recommendation ITU-T X.sgai") + p("Title", "T") + p("Body.")) == "T | Body.");
  CHECK(docx(p("Scope: S")) == " | S");
}

TEST_CASE("document: styles are known by their English names, whatever they are called, and by what they are based on") {
  Files files = parts_with(p("Para") + p("a9", "T") + p("berschrift1", "Scope") + p("S"));
  files.emplace_back("word/styles.xml",
                     "<w:styles xmlns:w=\"urn:w\"><w:style w:styleId=\"a8\"><w:name w:val=\"Title\"/></w:style>"
                     "<w:style w:styleId=\"a9\"><w:name w:val=\"Titel fett\"/><w:basedOn w:val=\"a8\"/></w:style>"
                     "<w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>");
  CHECK(read(zip_of(files), "f.docx") == "T | S");
  files.back().second = "<w:styles xmlns:w=\"urn:w\"><w:style w:styleId=\"a9\"><w:basedOn w:val=\"a9\"/></w:style></w:styles>";
  CHECK(read(zip_of(files), "f.docx") == "Para | S");
}

// ---- scope and summary --------------------------------------------------------------------------------------------------------

TEST_CASE("document: scope and summary under headings end at the next heading or label") {
  CHECK(docx(p("Title", "T") + p("Heading1", "Summary") + p("U") + p("Heading1", "1 Scope") + p("S") + table({{"a", "b"}}) +
             p("S2") + p("Heading1", "2 References") + p("R") + p("Scope of the proposed Recommendation: S3") +
             p("Supporting members: M")) == "T | S / a / b / S2 / S3 / U");
  CHECK(docx(p("Title", "T") + p("Scope") + p("S") + p("Relations to other standards") + p("R")) == "T | S");
  CHECK(docx(p("Title", "T") + p("Heading1", "Scope: S") + p("S2")) == "T | S / S2");
}

TEST_CASE("document: a scope under a heading runs on through headings below it, up to one of its level or above") {
  CHECK(markdown("# T\n\n## 1 Scope\n\nA.\n\n### 1.1 Background\n\nB.\n\n#### Models\n\nC.\n\n## 2 References\n\nR") ==
        "T | A. / 1.1 Background / B. / Models / C.");
  CHECK(markdown("# T\n## Scope\nA.\n### Summary\nB.\n# Models\nC.") == "T | A. / B.");
  CHECK(docx(p("Title", "T") + p("Heading1", "Scope") + p("S") + p("Heading2", "In it") + p("S2") + p("Heading1", "Models") +
             p("M")) == "T | S / In it / S2");
  CHECK(docx(p("Title", "T") + p("Scope:") + p("S") + p("Heading2", "Models") + p("M")) == "T | S");
}

TEST_CASE("document: a scope that stands there twice is told once") {
  CHECK(docx(p("Title", "T") + table({{"Scope:", "S"}}) + p("Heading1", "Scope") + p("S") + p("Heading1", "Annex A") + p("x")) ==
        "T | S");
}

TEST_CASE("document: a word of prose is no label") {
  CHECK(docx(p("T") + p("Scope creep is a problem.") + p("Summary of honour: none") + p("Scope (see below) is wide.")) ==
        "T | Scope creep is a problem. / Summary of honour: none / Scope (see below) is wide.");
}

TEST_CASE("document: without scope and summary, all text after the title counts, labels left out") {
  CHECK(docx(p("Before") + p("Heading1", "T") + p("A.") + p("Heading1", "Background") + p("B.") + p("Source: Example") +
             table({{"c", "d"}})) == "T | A. / B. / Example / c / d");
  CHECK(docx(p("T")) == "T | ");
  CHECK(docx(p("T") + scope_label + p("Timing: 2028")) == "T | 2028");
}

// ---- what counts as text ------------------------------------------------------------------------------------------------------

TEST_CASE("document: deleted, moved and hidden text and codes of fields do not count, inserted text does") {
  const auto after = [](const std::string& runs) { return docx(p("T") + "<w:p>" + runs + "</w:p>"); };
  CHECK(after(run("a") + "<w:del><w:r><w:delText>x</w:delText></w:r></w:del><w:ins>" + run("b") + "</w:ins>") == "T | ab");
  CHECK(after("<w:moveFrom>" + run("x") + "</w:moveFrom><w:moveTo>" + run("b") + "</w:moveTo>") == "T | b");
  CHECK(after("<w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>a</w:t></w:r>" +
              run("b")) == "T | ab");
  CHECK(after("<w:r><w:instrText>REF x</w:instrText></w:r>" + run("ab")) == "T | ab");
  CHECK(after("<w:fldSimple w:instr=\"REF x\">" + run("a") + "</w:fldSimple><w:hyperlink>" + run("b") + "</w:hyperlink>") ==
        "T | ab");
  CHECK(after("<w:pPr><w:rPr><w:vanish/></w:rPr><w:tabs><w:tab/></w:tabs><w:pPrChange><w:pPr><w:pStyle "
              "w:val=\"Title\"/></w:pPr></w:pPrChange></w:pPr>" +
              run("a")) == "T | a");
}

TEST_CASE("document: blanks of any kind are blanks, and hyphens that do not break are hyphens") {
  CHECK(docx(p("T") + "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d\u00A0\u202F "
                      "e\u2011f\u200B\u00ADg "
                      "\u202Eh\u200E</w:t></w:r></w:p>") == "T | a b-cd e-fg h");
  CHECK(docx(p("Heading1", "T</w:t><w:br/><w:t>goes on") + "<w:p>" + run("a") + "<w:r><w:br/></w:r>" + run("b") + "</w:p>") ==
        "T goes on | a b");
}

TEST_CASE("document: a text box is read once") {
  const std::string box = "<w:txbxContent>" + p("Scope: S") + "</w:txbxContent>";
  CHECK(docx(p("T") + "<w:p>" + run("a") + "<w:r><mc:AlternateContent><mc:Choice>" + box + "</mc:Choice><mc:Fallback><w:pict>" +
             box + "</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("b") + "</w:p>") == "T | S / ab");
}

TEST_CASE("document: a table of contents is no text") {
  CHECK(docx(p("Title", "T") + p("TOCHeading", "Contents") + p("TOC1", "1 Scope 3") + p("Body.")) == "T | Body.");
}

TEST_CASE("document: parts may be numbered and namespaces have any prefix") {
  CHECK(
      read(
          zip_of(
              {{"word/styles2.xml", "<styles><style styleId=\"q\"><name val=\"Title\"/></style></styles>"},
               {"word/Document2.xml",
                "<document><body><p><r><t>x</t></r></p><p><pPr><pStyle val=\"q\"/></pPr><r><t>T</t></r></p></body></document>"}}),
          "F.DOCX") == "T | ");
}

// ---- Markdown -----------------------------------------------------------------------------------------------------------------

TEST_CASE("document: Markdown's headings, labels and tables are read") {
  CHECK(markdown("# T\n\nBody.\n\n## Scope\n\nFirst\nline.\n\nSecond.\n\n## References\n\nR\n") == "T | First line. / Second.");
  CHECK(markdown("T\n===\n\nScope\n---\nS\n\nSummary\n-------\nU") == "T | S / U");
  CHECK(markdown("**Title:** T\n\n**Scope**: S\n\n- **Summary:** U\n") == "T | S / U");
  CHECK(markdown("| Title | T |\n|---|---|\n| **Scope** | S<br>S2 \\| x |\n| Timing | 2028 |\n") == "T | S S2 | x");
  CHECK(markdown("First.\n\nSecond.") == "First. | Second.");
  CHECK(markdown("## A\n\n# B\n\nText") == "B | Text");
}

TEST_CASE("document: Markdown's front matter tells title, scope and summary") {
  CHECK(markdown("---\ntitle: \"X.sgai: T\"\nauthor: [a, b]\nscope: |\n  S\n  S2\n---\n\n# H\n\nBody.") == "T | S S2");
  CHECK(markdown("\xEF\xBB\xBF---\r\nTitle: T\r\n...\r\n# H\r\n\r\nBody.\r\n") == "T | H / Body.");
  CHECK(markdown("---\ntitle: T\n\nno end") == "T | no end");
  CHECK(fault("---\nauthor: a\ntitle: a: b\n---\n", "f.md") ==
        "f.md:3: error: the front matter is no valid YAML: mapping values are not allowed in this context; put texts that hold a "
        "colon "
        "in quotes");
}

TEST_CASE("document: Markdown's marks become their text") {
  CHECK(markdown("# T\n\nA *b* **c** __d__ _e_ `f` x_y_z \\*i\\* a&amp;b <b>k</b>") == "T | A b c d e f x_y_z *i* a&b k");
  CHECK(markdown("# T\n\n[a](http://x) ![b](c.png) [X.509] [](y) <!-- h -->end") == "T | a b [X.509] end");
  CHECK(markdown("# T\n\n> a\n> b\n\n* c\n- d\n\n***\n\nf") == "T | a b / c / d / f");
  CHECK(markdown("# T\n\n<!-- Scope: what\n\nit is -->\nScope: S\n<!-- open") == "T | S <!-- open");
}

TEST_CASE("document: fenced code is text, without headings and labels in it") {
  CHECK(markdown("# T\n\n```yaml\n# A\nScope: s\n```\n\n~~~\n```\nb < c\n~~~\nend") == "T | # A Scope: s / b < c / end");
}

// ---- plain text ---------------------------------------------------------------------------------------------------------------

TEST_CASE("document: plain text has the same labels, and its first line is its title") {
  CHECK(text("\n  T\n=====\n\nBody\ngoes on.\n\nMore.\n") == "T | Body goes on. / More.");
  CHECK(text("Title: T\nSource: a\n\nScope:\nS\nS\n\nS2\n\nSummary: U\nTiming: 2028\n") == "T | S S / S2 / U");
  CHECK(text("T\n\n1. Scope\n\nS\n\n2. References\n\nR") == "T | S");
  CHECK(text("T\n\nSCOPE\nS\n\nIV. SUMMARY\nU") == "T | S / U");
  CHECK(text("\xEF\xBB\xBFTitle : T\r\n\r\nScope : S\r\nS2\rS3") == "T | S S2 S3");
  CHECK(read("T\n\nScope\n\nS", "README") == "T | S");
}

TEST_CASE("document: text of other encodings and kinds is told, with its line where there is one") {
  CHECK(fault("T\r\nna\xEFve", "f.txt") == "f.txt:2: error: not UTF-8 text; save it as UTF-8");
  CHECK(fault("\x93T\x94", "f.md") == "f.md:1: error: not UTF-8 text; save it as UTF-8");
  CHECK(fault(std::string("a\nb\0", 4), "f.txt") == "f.txt:2: error: not UTF-8 text; save it as UTF-8");
  CHECK(fault("\xFF\xFET", "f.txt") == "f.txt:1: error: not UTF-8 text; save it as UTF-8");
  for (const std::string& other : {std::string("%PDF-1.7"), std::string("{\\rtf1 T}"), zip_of(parts_with(p("T")))}) {
    CHECK(fault(other, "f.txt") ==
          "f.txt: error: neither text nor named .docx; save it as \"Word Document (*.docx)\" or as UTF-8 text");
  }
}

// ---- what is no document ------------------------------------------------------------------------------------------------------

TEST_CASE("document: a file without words is told") {
  for (const char* file : {"f.txt", "f.md", "f.docx"})
    CHECK(fault("", file) == std::string(file) + ": error: empty; save the document again");
  const std::string none = " error: holds no words (pictures are not read); write what is proposed as text";
  CHECK(fault(" \n---\n", "f.txt") == "f.txt:" + none);
  CHECK(fault("\xEF\xBB\xBF", "f.md") == "f.md:" + none);
  CHECK(fault(zip_of(parts_with(p(" – "))), "f.docx") == "f.docx:" + none);
  CHECK(fault(zip_of(parts_with(table({{"Title:", ""}, {scope_label}}))), "f.docx") ==
        "f.docx: error: holds nothing but the labels of a form; fill in its title and scope");
}

TEST_CASE("document: files of other kinds are called by their names") {
  for (const char* file : {"f.docx", "f.doc"}) {
    CHECK(fault("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", file) ==
          std::string(file) +
              ": error: a document of Word 97-2003 (.doc) or with a password; save it as \"Word Document (*.docx)\" without one");
  }
  const std::string no_word = "f.docx: error: a ZIP archive, but no Word document; save it as \"Word Document (*.docx)\"";
  CHECK(fault("Title: T", "f.docx") == "f.docx: error: no Word document; save it as \"Word Document (*.docx)\"");
  CHECK(fault(zip_of({{"a.txt", "x"}}), "f.docx") == no_word);
  CHECK(fault(test::workbook(""), "f.docx") == no_word);
  CHECK(fault(zip_of(parts_with(p("T")), "secret"), "f.docx") ==
        "f.docx: error: an encrypted ZIP archive; save it without a password");
  const std::string whole = zip_of(parts_with(p("T")));
  CHECK(fault(whole.substr(0, whole.size() / 2), "f.docx") ==
        "f.docx: error: not a whole ZIP archive (Unrecognized archive format); it may have been cut off while it was copied");
}

TEST_CASE("document: a part that is broken is told with its line") {
  CHECK(fault(zip_of({{"word/document.xml", ""}}), "f.docx") ==
        "f.docx: error: word/document.xml, line 1: is no valid XML: no element found; save the document again");
  CHECK(fault(zip_of({{"word/document.xml", "<document>\n<a>\xFF</a></document>"}}), "f.docx") ==
        "f.docx: error: word/document.xml, line 2: is no valid XML: not well-formed (invalid token); save the document again");
}

// ---- hostile ones -------------------------------------------------------------------------------------------------------------

TEST_CASE("document: entities are refused before they are looked at") {
  const std::string refused = ", line 1: document type declarations and entities are not read; save the document again";
  for (const char* part : {"word/document.xml", "word/styles.xml"}) {
    Files files = parts_with(p("T"));
    std::erase_if(files, [&](const auto& file) { return file.first == part; });
    files.emplace_back(part, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>");
    CHECK(fault(zip_of(files), "f.docx") == "f.docx: error: " + std::string(part) + refused);
  }
}

TEST_CASE("document: a large file, and a small one that unpacks to much, are not read") {
  const std::string much((64u << 20) + 1, 'x');
  for (const char* file : {"f.txt", "f.md", "f.docx"}) {
    CHECK(fault(much, file) == std::string(file) + ": error: larger than 64 MiB; take the proposal alone, without pictures");
  }
  Files files = parts_with(p("T"));
  for (const char* name : {"word/styles1.xml", "word/styles2.xml", "word/styles3.xml"})
    files.emplace_back(name, std::string(90u << 20, ' '));
  CHECK(fault(zip_of(files), "f.docx") == "f.docx: error: unpacks to more than 268435456 bytes; divide it");
}

TEST_CASE("document: lines over the limit are told, cells are not counted") {
  std::string lines;
  for (int i = 0; i < 1'000'000; ++i) lines += "a\n";
  CHECK(fault(lines, "f.txt") == "fine");
  CHECK(fault(lines + "a", "f.txt") == "f.txt: error: more than 1000000 lines of text; take the proposal alone");
  CHECK(fault("a\n" + std::string(8u << 20, '|'), "f.md") == "fine");
}

TEST_CASE("document: what is nested, repeated or left open without end is read in no time to speak of") {
  std::string deep;
  for (int i = 0; i < 200'000; ++i) deep += "<w:p>";
  CHECK(fault(zip_of(parts_with(deep)), "f.docx") ==
        "f.docx: error: word/document.xml, line 1: elements are nested deeper than 64 levels; save the document again");
  for (const char* piece :
       {"[", "](", "[^", "`", "<http://", "<!--", "* ", "|", "\\", "X.sgai, ", "(", "new work item for ", "Scope: "}) {
    INFO(piece);
    std::string line = "T\n\n";
    for (int i = 0; i < 300'000; ++i) line += piece;
    CHECK(fault(line, "f.md") == "fine");
    CHECK(fault("Title: " + line.substr(3) + "x", "f.txt") == "fine");
  }
  std::string labels = "T\n";
  for (int i = 0; i < 100'000; ++i) labels += "Scope: " + std::to_string(i) + "\n";
  CHECK(fault(labels, "f.txt") == "fine");
  std::string scope = "# Scope\n";
  for (int i = 0; i < 200'000; ++i) scope += "## Date\n|Source|\n";
  CHECK(fault(scope, "f.md") == "fine");
}

TEST_CASE("document: whatever happens to the bytes, reading ends with a document or with one error") {
  const Files sound = parts_with(form("X.sgai, “Security”", p("S"), p("U")));
  const std::string archive = zip_of(sound);
  const std::string text =
      "---\ntitle: T\n---\n# H\n\n| Title | [T](x) |\n|---|---|\n| Scope (defines): | S |\n\n```\nc\n```\n**Summary:** U\n- "
      "i\n===\n";
  std::mt19937_64 random(20190121);
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = archive;
    for (std::uint64_t n = 1 + random() % 4; n > 0; --n) bytes[random() % bytes.size()] = static_cast<char>(random());
    fault(bytes, "f.docx");
    Files files = sound;
    std::string& part = files.front().second;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) part[random() % part.size()] = "<>/\"&;= 019AZ"[random() % 13];
    fault(zip_of(files), "f.docx");
    bytes = text;
    for (std::uint64_t n = 1 + random() % 6; n > 0; --n) bytes[random() % bytes.size()] = "\n|#-`[](): *<>\\="[random() % 16];
    fault(bytes, "f.md");
    fault(bytes, "f.txt");
  }
}

namespace {

/// "TITLE | objective / objective | number: session / …".
std::string programme(const std::string& bytes, const std::string& file) {
  std::vector<Diagnostic> diagnostics;
  const auto found = read_programme(bytes, file, diagnostics);
  if (!found) return to_string(diagnostics.at(0));
  std::string text = found->title + " |";
  for (const std::string& objective : found->objectives) text += " " + objective + " /";
  text += "|";
  for (const WorkshopProgramme::Session& session : found->sessions) text += " " + session.number + ": " + session.title + " /";
  return text;
}

}  // namespace

TEST_CASE("a workshop's programme: objectives below their heading, sessions by their word and number") {
  CHECK(
      programme("# Geneva, 21 January\n\n## Objectives\n\n1. Say what counts,\n   and how\n2. Two\n- 5G slices\n\n## Session 1: "
                "Trials\n\nText\n\nSession 2A – Devices\n\nSession 1: Trials\n",
                "p.md") == "Geneva, 21 January | Say what counts, and how / Two / 5G slices /| 1: Trials / 2A: Devices /");
  CHECK(programme("The objectives are:\n\n(a) First\n\n(b) Second thing\n\nProgramme:\n\nSession chair: N. N.\n\nSession 3\n",
                  "p.txt") == " | First / Second thing /| 3: Session 3 /");
  CHECK(programme("Sessions are long.\n", "p.txt") ==
        "p.txt: error: names neither objectives nor sessions: write objectives as lines below the heading \"Objectives\", and "
        "sessions as lines \"Session 1: …\"");
  CHECK(programme(zip_of(parts_with(
                      "<w:p><w:pPr><w:pStyle "
                      "w:val=\"Heading1\"/></w:pPr><w:r><w:t>Objectives</w:t></w:r></w:p><w:p><w:r><w:t>One</w:t></w:r></w:p>")),
                  "p.docx") == " | One /|");
  CHECK(programme("\xFF", "p.txt").starts_with("p.txt:1: error: "));
}
