// The running text of documents with its places, and comments beside it.
#include <catch2/catch.hpp>

#include <functional>
#include <string>
#include <vector>

#include "formats/package.hpp"
#include "formats/paragraphs.hpp"
#include "lacuna/error.hpp"

using namespace lacuna;

namespace {

const std::string w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const std::string docx_types = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

std::string word_file(const std::string& body, const std::function<void(Package&)>& more = {}) {
  Package package;
  package.defaults["xml"] = "application/xml";
  put_part(package, "word/document.xml", docx_types + "document.main+xml",
           "<?xml version=\"1.0\"?><w:document " + w + "><w:body>" + body + "</w:body></w:document>");
  add_relationship(package, "", office_relationship("officeDocument"), "word/document.xml");
  if (more) more(package);
  return write_package(package);
}

std::string docx_run(const std::string& text, const std::string& properties = "") {
  return "<w:r>" + properties + "<w:t>" + text + "</w:t></w:r>";
}

/// The body of the document with the comments, and the comments.
struct Commented {
  std::string body;
  std::string comments;
};
Commented commented(const std::string& bytes, const std::vector<DocxComment>& comments) {
  const Package package = read_package(docx_with_comments(bytes, "in.docx", comments, "Lacuna"), "out.docx");
  std::string body = package.parts.at("word/document.xml");
  const std::size_t begin = body.find("<w:body>") + 8;
  const Relationship* to = find_relationship(package, "word/document.xml", "comments");
  REQUIRE(to != nullptr);
  CHECK(content_type_of(package, to->target) == docx_types + "comments+xml");
  return {body.substr(begin, body.find("</w:body>") - begin), package.parts.at(to->target)};
}

std::string start(int id) { return "<w:commentRangeStart w:id=\"" + std::to_string(id) + "\"/>"; }
std::string stop(int id) {
  return "<w:commentRangeEnd w:id=\"" + std::to_string(id) + "\"/><w:r><w:commentReference w:id=\"" + std::to_string(id) +
         "\"/></w:r>";
}

}  // namespace

TEST_CASE("paragraphs: of a text with the line on which each begins, and with pages") {
  const auto list = paragraphs_of_text("One\ntwo\n\n  three\n");
  REQUIRE(list.size() == 2);
  CHECK((list[0].text == "One\ntwo" && list[0].line == 1 && list[0].page == 0));
  CHECK((list[1].text == "  three" && list[1].line == 4));
  const auto pages = paragraphs_of_text("a\n\fb\n\n\nc\n\f");
  REQUIRE(pages.size() == 3);
  CHECK((pages[0].page == 1 && pages[1].page == 2 && pages[2].page == 2));
  CHECK((pages[1].line == 1 && pages[2].line == 4));
  CHECK(paragraphs_of_text("").empty());
}

TEST_CASE("paragraphs: of a page of the web, without scripts, its blocks apart and its phrases together") {
  const auto list = paragraphs_of_html(
      "<html><head><title>ISO 1</title></head>\n<body><p>See <b>ISO</b>&nbsp;9001\nand <a href=\"x\">RFC&#160;8446</a></p>\n"
      "<script>ISO 2</script><style>ISO 3</style><!-- ISO 4 -->\n<ul><li>one<li>two</ul></body></html>");
  REQUIRE(list.size() == 3);
  CHECK(list[0].text == "See ISO 9001\nand RFC 8446");
  CHECK(list[0].line == 2);
  CHECK((list[1].text == "one" && list[2].text == "two" && list[2].line == 5));
}

TEST_CASE("paragraphs: of a Word document, as it is read: runs together, what is deleted or hidden left out") {
  const std::string bytes = word_file(
      "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>" + docx_run("2 References") + "</w:p><w:p>" + docx_run("ISO/IEC 2") +
      docx_run("7001:2022 &amp; more", "<w:rPr><w:b/></w:rPr>") + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>" +
      "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r><w:r><w:noBreakHyphen/></w:r></w:p><w:p/>");
  const auto list = paragraphs_of_docx(bytes, "in.docx");
  REQUIRE(list.size() == 2);
  CHECK(list[1].text == "ISO/IEC 27001:2022 & more-");
  CHECK((list[1].number == 2 && list[1].heading == "2 References"));
  REQUIRE_THROWS_WITH(paragraphs_of_docx("text", "in.docx"), "in.docx: no Word document; save it as \"Word Document (*.docx)\"");
}

TEST_CASE("comments: beside exactly the letters that are meant, in one run or over several") {
  CHECK(commented(word_file("<w:p>" + docx_run("ISO 1") + "</w:p>"), {{0, 0, 5, "a"}}).body ==
        "<w:p>" + start(0) + docx_run("ISO 1") + stop(0) + "</w:p>");
  // A run is parted: its properties come again, and its blanks stay.
  const std::string bold = "<w:rPr><w:b/></w:rPr>";
  const std::string space = "<w:t xml:space=\"preserve\">";
  CHECK(commented(word_file("<w:p>" + docx_run("see ISO 1 now", bold) + "</w:p>"), {{0, 4, 9, "a"}}).body ==
        "<w:p><w:r>" + bold + space + "see </w:t></w:r>" + start(0) + "<w:r>" + bold + space + "ISO 1</w:t></w:r>" + stop(0) +
            "<w:r>" + bold + space + " now</w:t></w:r></w:p>");
  // Over two runs, the second parted.
  CHECK(commented(word_file("<w:p>" + docx_run("ISO ") + docx_run("1 now") + "</w:p>"), {{0, 0, 5, "a"}}).body ==
        "<w:p>" + start(0) + docx_run("ISO ") + "<w:r>" + space + "1</w:t></w:r>" + stop(0) + "<w:r>" + space +
            " now</w:t></w:r></w:p>");
  // Side by side: the first ends before the second begins.
  CHECK(commented(word_file("<w:p>" + docx_run("ab") + "</w:p>"), {{0, 0, 1, "a"}, {0, 1, 2, "b"}}).body ==
        "<w:p>" + start(0) + "<w:r>" + space + "a</w:t></w:r>" + stop(0) + start(1) + "<w:r>" + space + "b</w:t></w:r>" +
            stop(1) + "</w:p>");
}

TEST_CASE("comments: those of others stay, and numbers go on") {
  const std::string bytes = word_file("<w:p>" + start(7) + docx_run("ISO 1") + stop(7) + "</w:p>", [](Package& package) {
    put_part(package, "word/comments.xml", docx_types + "comments+xml",
             "<?xml version=\"1.0\"?><w:comments " + w + "><w:comment w:id=\"7\" w:author=\"A\"><w:p/></w:comment></w:comments>");
    add_relationship(package, "word/document.xml", office_relationship("comments"), "word/comments.xml");
  });
  const Commented out = commented(bytes, {{0, 0, 5, "5 < 6 & \"so\""}});
  CHECK(out.body == "<w:p>" + start(7) + start(8) + docx_run("ISO 1") + stop(8) + stop(7) + "</w:p>");
  CHECK(out.comments.find("<w:comment w:id=\"7\" w:author=\"A\">") != std::string::npos);
  CHECK(out.comments.find(
            "<w:comment w:id=\"8\" w:author=\"Lacuna\" w:initials=\"L\"><w:p><w:r><w:t xml:space=\"preserve\">5 &lt; 6 &amp; "
            "&quot;so&quot;</w:t></w:r></w:p></w:comment></w:comments>") != std::string::npos);
}

TEST_CASE("comments: on notes and in boxes they stand at what leads there") {
  const std::string note_run = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>";
  const std::string box = "<w:r><w:pict><w:txbxContent><w:p>" + docx_run("ISO 1") + "</w:p></w:txbxContent></w:pict></w:r>";
  const std::string bytes =
      word_file("<w:p>" + docx_run("text") + note_run + "</w:p><w:p>" + box + "</w:p>", [](Package& package) {
        put_part(package, "word/footnotes.xml", docx_types + "footnotes+xml",
                 "<?xml version=\"1.0\"?><w:footnotes " + w + "><w:footnote w:id=\"2\"><w:p>" + docx_run("ISO 2") +
                     "</w:p></w:footnote></w:footnotes>");
        add_relationship(package, "word/document.xml", office_relationship("footnotes"), "word/footnotes.xml");
      });
  const auto list = paragraphs_of_docx(bytes, "in.docx");
  REQUIRE(list.size() == 3);
  CHECK((list[1].text == "ISO 1" && list[2].text == "ISO 2"));
  CHECK(commented(bytes, {{1, 0, 5, "box"}, {2, 0, 5, "note"}}).body ==
        "<w:p>" + docx_run("text") + start(1) + note_run + stop(1) + "</w:p><w:p>" + start(0) + box + stop(0) + "</w:p>");
}
