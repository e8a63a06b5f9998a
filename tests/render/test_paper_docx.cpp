// Papers as documents of Word, on our own page.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <set>

#include "formats/package.hpp"
#include "formats/xml.hpp"
#include "render/papers.hpp"
#include "support/sample_paper.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++n;
  return n;
}

std::string document_of(const Paper& paper) {
  const Package package = read_package(render_paper_docx(paper, {}), "out.docx");
  return package.parts.at("word/document.xml");
}

/// Every value of an attribute with that local name on elements with that name.
std::set<std::string> values(const std::string& part, std::string_view element, std::string_view attribute) {
  std::set<std::string> found;
  xml::read(part, "part",
            {[&](std::string_view name, const xml::Attributes& a) {
               if (name == element && a.has(attribute)) found.insert(std::string(a[attribute]));
             },
             [](std::string_view, std::string&) {}});
  return found;
}

}  // namespace

TEST_CASE("paper as Word document: its parts, and how they hang together") {
  const std::string bytes = render_paper_docx(sample_paper(), {});
  const Package package = read_package(bytes, "out.docx");
  std::vector<std::string> names;
  for (const auto& [name, content] : package.parts) names.push_back(name);
  CHECK(names == std::vector<std::string>{"docProps/core.xml", "word/document.xml", "word/footer1.xml", "word/numbering.xml",
                                          "word/settings.xml", "word/styles.xml"});
  const std::string document = package.parts.at("word/document.xml");
  const std::set<std::string> ids = values(package.parts.at("word/styles.xml"), "style", "styleId");
  for (const char* element : {"pStyle", "rStyle", "tblStyle"}) {
    for (const std::string& id : values(document, element, "val")) CHECK(ids.contains(id));
  }
  for (const char* id : {"Title", "Subtitle", "Heading1", "Heading2", "Heading3", "Normal", "ListBullet", "ListBullet2",
                         "TableGrid", "Caption", "Hyperlink", "Blank", "References"})
    CHECK(ids.contains(id));
  CHECK(values(document, "numId", "val") == std::set<std::string>{"1", "2"});
  CHECK(values(package.parts.at("word/numbering.xml"), "num", "numId") == std::set<std::string>{"1", "2"});
  const std::set<std::string> bookmarks = values(document, "bookmarkStart", "name");
  CHECK(bookmarks.size() == 12);
  for (const std::string& anchor : values(document, "hyperlink", "anchor")) CHECK(bookmarks.contains(anchor));
  std::set<std::string> links;
  for (const Relationship& r : package.relationships.at("word/document.xml")) links.insert(r.id);
  for (const std::string& id : values(document, "hyperlink", "id")) CHECK(links.contains(id));
  CHECK(values(document, "footerReference", "id") == std::set<std::string>{"rId1"});
  CHECK(values(document, "pgSz", "w") == std::set<std::string>{"11906"});
}

TEST_CASE("paper as Word document: a comment stands at its text, in a part of its own") {
  Paper paper;
  paper.title = "T";
  Run run{"August 2029"};
  run.comment = "5 works took <2.8> years";
  paper.passages = {{Passage::Kind::paragraph, 1, {}, {{"By "}, run, {"."}}, {}}};
  const Package package = read_package(render_paper_docx(paper, {}), "out.docx");
  const std::string& document = package.parts.at("word/document.xml");
  CHECK(document.find("<w:commentRangeStart w:id=\"0\"/><w:r><w:t xml:space=\"preserve\">August 2029</w:t></w:r>"
                      "<w:commentRangeEnd w:id=\"0\"/><w:r><w:commentReference w:id=\"0\"/></w:r>") != std::string::npos);
  const std::string& comments = package.parts.at("word/comments.xml");
  CHECK(comments.find("<w:comment w:id=\"0\" w:author=\"Lacuna\"") != std::string::npos);
  CHECK(comments.find("5 works took &lt;2.8&gt; years") != std::string::npos);
  CHECK(find_relationship(package, "word/document.xml", "comments") != nullptr);
}

TEST_CASE("paper as Word document: a small one, its text whole") {
  const std::string document = document_of(small_paper());
  const std::size_t begin = document.find("<w:body>") + 8;
  const auto run = [](const std::string& text, const std::string& style = "") {
    return "<w:r>" + (style.empty() ? "" : "<w:rPr><w:rStyle w:val=\"" + style + "\"/></w:rPr>") +
           "<w:t xml:space=\"preserve\">" + text + "</w:t></w:r>";
  };
  const auto open = [](const std::string& style, const std::string& more = "") {
    return "<w:p><w:pPr><w:pStyle w:val=\"" + style + "\"/>" + more + "</w:pPr>";
  };
  const auto bullet = [](const char* level) {
    return std::string("<w:numPr><w:ilvl w:val=\"") + level + "\"/><w:numId w:val=\"1\"/></w:numPr>";
  };
  CHECK(document.substr(begin, document.find("<w:sectPr>") - begin) ==
        open("Title") + run("A note") + "</w:p>" + open("Normal") + run("First ") + run("strong", "Strong") + run(" and ") +
            run("weak", "Emphasis") + run(".") + run("\u00A0[") + "<w:hyperlink w:anchor=\"reference_1\" w:history=\"1\">" +
            run("1", "Citation") + "</w:hyperlink>" + run("]") + "</w:p>" + open("Heading1") + run("One") + "</w:p>" +
            open("ListBullet", bullet("0")) + run("a") + "</w:p>" + open("ListBullet2", bullet("1")) + run("b") + "</w:p>" +
            open("ListBullet", bullet("0")) + run("c") + "</w:p>" + open("Heading2") + run("Two") + "</w:p>" + open("Normal") +
            run("[to be filled in: who]", "Blank") + "</w:p>" + open("Heading1") + run("References") + "</w:p>" +
            open("References", "<w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"2\"/></w:numPr>") +
            "<w:bookmarkStart w:id=\"10000\" w:name=\"reference_1\"/>" + "<w:hyperlink r:id=\"rId5\" w:history=\"1\">" +
            run("X.1", "Hyperlink") + "</w:hyperlink><w:bookmarkEnd w:id=\"10000\"/>" + run(", ") + run("A title", "Emphasis") +
            run(", ITU-T") + run(", published, 2019") + "</w:p>");
}

TEST_CASE("paper as Word document: texts are told as they are, in their direction, without control characters") {
  const std::string document = document_of(sample_paper());
  CHECK(holds(document, "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot; | *z* _u_ [l](http://e) `c` #1 $m$ :smile:"));
  CHECK(holds(document, "And   [2Jcontrol characters</w:t>"));
  CHECK_FALSE(holds(document, "javascript"));
  CHECK(count(document, "<w:bidi/>") == 2);
  CHECK(holds(document, "<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space=\"preserve\">\u0623\u0645\u0646 "));
  CHECK(holds(document, "<w:r><w:t xml:space=\"preserve\">ISO/IEC</w:t></w:r>"));
  CHECK(count(document, "<w:tblHeader/>") == 2);
  CHECK(holds(document,
              "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"1F5130\"/></w:tcPr><w:p><w:pPr><w:pStyle "
              "w:val=\"TableText\"/></w:pPr><w:r><w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr>"));
}

TEST_CASE("paper as Word document: its title, and its date where there is one to give") {
  const auto core = [] { return read_package(render_paper_docx(sample_paper(), {}), "out.docx").parts.at("docProps/core.xml"); };
  const char* before = std::getenv("SOURCE_DATE_EPOCH");
  const std::string kept = before != nullptr ? before : "";
  ::unsetenv("SOURCE_DATE_EPOCH");
  CHECK(holds(core(),
              "<dc:title>A.1 justification: security of training data &amp; &quot;supply "
              "chains&quot;</dc:title><dc:language>en-GB</dc:language></cp:coreProperties>"));
  ::setenv("SOURCE_DATE_EPOCH", "1795392000", 1);
  CHECK(holds(core(), "<dcterms:created xsi:type=\"dcterms:W3CDTF\">2026-11-23T00:00:00Z</dcterms:created>"));
  ::unsetenv("SOURCE_DATE_EPOCH");
  if (before != nullptr) ::setenv("SOURCE_DATE_EPOCH", kept.c_str(), 1);
}

TEST_CASE("paper as Word document: tables without rows, and two in a row, are whole") {
  Passage table{Passage::Kind::table, 1, {}, {}, {}};
  const std::string document = document_of(paper_of({table, table}));
  CHECK(count(document, "<w:tbl>") == 2);
  CHECK(count(document, "<w:tr>") == 2);
  CHECK(count(document, "</w:tbl><w:p>") == 2);
  table.table.columns = {"a", "b"};
  table.table.rows = {{"", {}}, {"", {{{{{"x"}}}}}}};
  const std::string grid = document_of(paper_of({table}));
  CHECK(count(grid, "<w:tr>") == 2);
  CHECK(count(grid, "<w:gridSpan w:val=\"2\"/>") == 1);
}
