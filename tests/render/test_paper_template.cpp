// Papers in the user's own document of Word.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "formats/package.hpp"
#include "formats/xml_edit.hpp"
#include "lacuna/error.hpp"
#include "render/docx_layout.hpp"
#include "render/papers.hpp"
#include "support/sample_paper.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

const std::string w = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
const std::string r = "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

/// A template in German, of two sections: the second inherits the header of the first.
Package german() {
  Package p;
  const auto type = [](const std::string& kind) { return std::string(docx::word_types) + kind + "+xml"; };
  put_part(p, "word/document.xml", type("template.main"),
           "<w:document " + w + " " + r +
               "><w:body><w:p><w:pPr><w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:footerReference "
               "w:type=\"default\" r:id=\"f1\"/></w:sectPr></w:pPr>"
               "<w:r><w:t>old text</w:t></w:r><w:hyperlink r:id=\"l1\"><w:r><w:t>old link</w:t></w:r></w:hyperlink></w:p>"
               "<w:sectPr><w:footerReference r:id=\"f2\" w:type=\"default\"/><w:pgSz w:w=\"12240\" w:h=\"15840\"/><w:pgMar "
               "w:left=\"2000\" w:right=\"1000\" w:top=\"1\" w:bottom=\"1\"/>"
               "<w:sectPrChange w:author=\"Somebody\"><w:sectPr><w:headerReference w:type=\"default\" "
               "r:id=\"gone\"/></w:sectPr></w:sectPrChange></w:sectPr></w:body></w:document>");
  put_part(
      p, "word/styles.xml", type("styles"),
      "<w:styles " + w +
          "><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"de-DE\"/></w:rPr></w:rPrDefault></w:docDefaults><w:style "
          "w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Standard\"><w:name w:val=\"Normal\"/></w:style>"
          "<w:style w:type=\"paragraph\" w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style><w:style "
          "w:type=\"paragraph\" w:styleId=\"Tabletext\"><w:name w:val=\"Table_text\"/></w:style>"
          "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"Blank\"><w:name w:val=\"Blank\"/></w:style></w:styles>");
  put_part(p, "word/numbering.xml", type("numbering"),
           "<w:numbering " + w +
               "><w:abstractNum w:abstractNumId=\"7\"><w:nsid w:val=\"4C616301\"/></w:abstractNum><w:num "
               "w:numId=\"3\"><w:abstractNumId w:val=\"7\"/></w:num><w:numIdMacAtCleanup w:val=\"1\"/></w:numbering>");
  put_part(
      p, "word/settings.xml", type("settings"),
      "<w:settings " + w + "><w:documentProtection w:edit=\"forms\"/><w:attachedTemplate r:id=\"t\" " + r +
          "/><w:mailMerge/><w:attachedSchema w:val=\"urn:x\"/><w:linkStyles/><w:evenAndOddHeaders/><w:footnotePr><w:footnote "
          "w:id=\"-1\"/></w:footnotePr></w:settings>");
  put_part(p, "word/header1.xml", type("header"), "<w:hdr " + w + "><w:p/></w:hdr>");
  put_part(p, "word/footer1.xml", type("footer"), "<w:ftr " + w + "><w:p/></w:ftr>");
  put_part(p, "word/footer2.xml", type("footer"), "<w:ftr " + w + "><w:p/></w:ftr>");
  put_part(p, "word/media/logo.png", "image/png", "logo");
  put_part(p, "word/media/photo.png", "image/png", "photo");
  put_part(p, "word/comments.xml", type("comments"), "<w:comments " + w + "/>");
  put_part(p, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml", "<x>Secret Author</x>");
  add_relationship(p, "", office_relationship("officeDocument"), "word/document.xml");
  add_relationship(p, "", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
                   "docProps/core.xml");
  auto& list = p.relationships["word/document.xml"];
  const auto link = [&](const char* id, const char* kind, const char* target, bool external = false) {
    list.push_back({id, office_relationship(kind), target, external});
  };
  link("s", "styles", "word/styles.xml");
  link("n", "numbering", "word/numbering.xml");
  link("e", "settings", "word/settings.xml");
  link("h1", "header", "word/header1.xml");
  link("f1", "footer", "word/footer1.xml");
  link("f2", "footer", "word/footer2.xml");
  link("p", "image", "word/media/photo.png");
  link("c", "comments", "word/comments.xml");
  link("l1", "hyperlink", "https://example.org/old", true);
  add_relationship(p, "word/header1.xml", office_relationship("image"), "word/media/logo.png");
  return p;
}

Package rendered(const Package& layout, const Paper& paper = sample_paper()) {
  return read_package(render_paper_docx(paper, write_package(layout)), "out.docx");
}

std::string fault(const std::string& layout) {
  try {
    (void)render_paper_docx(small_paper(), layout);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where().empty());
    return error.what();
  }
  return "";
}
std::string fault(const Package& layout) { return fault(write_package(layout)); }

}  // namespace

TEST_CASE("template: its page stays, with the headers that hold in its last section; its text goes") {
  const Package p = rendered(german());
  const std::string document = p.parts.at("word/document.xml");
  CHECK(document.substr(document.find("<w:sectPr>")) ==
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"h1\"/><w:footerReference r:id=\"f2\" w:type=\"default\"/><w:pgSz "
        "w:w=\"12240\" w:h=\"15840\"/>"
        "<w:pgMar w:left=\"2000\" w:right=\"1000\" w:top=\"1\" w:bottom=\"1\"/></w:sectPr></w:body></w:document>");
  CHECK_FALSE(holds(document, "old"));
  CHECK(holds(document, "<w:tblW w:w=\"9240\" w:type=\"dxa\"/>"));
  CHECK(content_type_of(p, "word/document.xml") ==
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
  std::vector<std::string> names;
  for (const auto& [name, content] : p.parts) names.push_back(name);
  CHECK(names == std::vector<std::string>{"docProps/core.xml", "word/document.xml", "word/footer2.xml", "word/header1.xml",
                                          "word/media/logo.png", "word/numbering.xml", "word/settings.xml", "word/styles.xml"});
  CHECK_FALSE(holds(p.parts.at("docProps/core.xml"), "Secret"));
  CHECK(holds(p.parts.at("docProps/core.xml"), "A.1 justification"));
}

TEST_CASE("template: its styles are found by the names that every language shares, and missing ones are added") {
  const Package p = rendered(german());
  const std::string document = p.parts.at("word/document.xml");
  const std::string styles = p.parts.at("word/styles.xml");
  CHECK(holds(document, "<w:pStyle w:val=\"berschrift1\"/>"));
  CHECK(holds(document, "<w:pStyle w:val=\"Standard\"/>"));
  CHECK(holds(document, "<w:pStyle w:val=\"Tabletext\"/>"));
  CHECK_FALSE(holds(styles, "w:styleId=\"Heading1\""));
  CHECK(holds(styles,
              "<w:style w:type=\"paragraph\" w:styleId=\"Heading2\"><w:name w:val=\"heading 2\"/><w:basedOn "
              "w:val=\"Standard\"/><w:next w:val=\"Standard\"/>"));
  CHECK(holds(styles, "<w:style w:type=\"character\" w:customStyle=\"1\" w:styleId=\"Blank2\"><w:name w:val=\"Blank 2\"/>"));
  CHECK(holds(document, "<w:rStyle w:val=\"Blank2\"/>"));
  CHECK(holds(styles, "<w:style w:type=\"table\" w:default=\"1\" w:styleId=\"TableNormal\">"));
}

TEST_CASE("template: text in another language than the template's says so") {
  const std::string document = rendered(german(), small_paper()).parts.at("word/document.xml");
  CHECK(holds(document, "<w:r><w:rPr><w:lang w:val=\"en-GB\"/></w:rPr><w:t xml:space=\"preserve\">A note</w:t></w:r>"));
  CHECK_FALSE(holds(read_package(render_paper_docx(small_paper(), {}), "").parts.at("word/document.xml"), "<w:lang"));
}

TEST_CASE("template: our numberings stand behind its own, in the order that is prescribed") {
  const Package p = rendered(german());
  std::string order;
  const std::string numbering = p.parts.at("word/numbering.xml");
  for (const xml::Span& child : xml::skeleton_of(numbering).children) order += std::string(child.name) + " ";
  CHECK(order == "abstractNum abstractNum abstractNum num num num numIdMacAtCleanup ");
  CHECK(holds(numbering, "<w:abstractNum w:abstractNumId=\"8\"><w:nsid w:val=\"4C616302\"/>"));
  CHECK(holds(
      numbering,
      "<w:num w:numId=\"4\"><w:abstractNumId w:val=\"8\"/></w:num><w:num w:numId=\"5\"><w:abstractNumId w:val=\"9\"/></w:num>"));
  CHECK(holds(p.parts.at("word/document.xml"), "<w:numId w:val=\"4\"/>"));
}

TEST_CASE("template: settings that belong to the old text or lock the new one go, others stay") {
  CHECK(rendered(german()).parts.at("word/settings.xml") == "<w:settings " + w + "><w:evenAndOddHeaders/></w:settings>");
}

TEST_CASE("template: a paper is a template for the next one") {
  const std::string first = render_paper_docx(sample_paper(), {});
  const std::string second = render_paper_docx(sample_paper(), first);
  const Package a = read_package(first, "");
  const Package b = read_package(second, "");
  CHECK(a.parts.at("word/styles.xml") == b.parts.at("word/styles.xml"));
  CHECK(a.parts.at("word/footer1.xml") == b.parts.at("word/footer1.xml"));
  CHECK(holds(b.parts.at("word/document.xml"), "<w:numId w:val=\"3\"/>"));
}

TEST_CASE("template: one without styles, numberings or a page gets ours") {
  Package p;
  put_part(p, "doc.xml", std::string(docx::word_types) + "document.main+xml",
           "<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><x:body/></x:document>");
  add_relationship(p, "", office_relationship("officeDocument"), "doc.xml");
  const Package out = rendered(p, small_paper());
  CHECK(out.parts.contains("word/styles.xml"));
  CHECK(out.parts.contains("word/numbering.xml"));
  CHECK(
      out.parts.at("doc.xml").starts_with("<x:document xmlns:x=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
                                          "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""));
  CHECK(out.parts.at("doc.xml").ends_with("<w:sectPr></w:sectPr></x:body></x:document>"));
}

TEST_CASE("template: what cannot be one is refused in clear words") {
  CHECK(fault("hello") == "is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  Package p = german();
  p.overrides["word/document.xml"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml";
  CHECK(fault(p) == "is no document or template of Word; give one that ends in .docx or .dotx");
  p = german();
  p.overrides["word/document.xml"] = "application/vnd.ms-word.document.macroEnabled.main+xml";
  CHECK(fault(p) == "holds macros (\"word/document.xml\"); save it as a document without macros");
  p = german();
  p.relationships[""][0].type = "http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument";
  CHECK(fault(p) == "is in the format \"Strict Open XML\"; save it as \"Word Document\" or \"Word Template\"");
  p = german();
  p.relationships["word/document.xml"].erase(p.relationships["word/document.xml"].begin() + 3);
  CHECK(fault(p) == "is damaged: its page needs the header \"h1\", which is not there; save it anew with Word");
  p = german();
  p.parts["word/document.xml"] = "<w:document " + w + "/>";
  CHECK(fault(p) == "is damaged: the document has no body; save it anew with Word");
  p.parts["word/document.xml"] = "<w:document xmlns:w=\"urn:other\"><w:body/></w:document>";
  CHECK(fault(p) == "is written in an unusual way (\"w\" means urn:other); save it anew with Word");
  p.parts["word/document.xml"] = "<!DOCTYPE x><w:document " + w + "/>";
  CHECK(fault(p) == "word/document.xml, line 1: document type declarations and entities are not read");
}

TEST_CASE("template: what runs or reaches out is refused in every part that is kept, and harms nobody in the text that goes") {
  const std::string dde = "<w:p><w:fldSimple w:instr=\" ddeauto c:\\x \"/></w:p>";
  const std::string why =
      "holds the field \"DDEAUTO\" (\"word/{}.xml\"), which is not known to be harmless; turn it into text in Word "
      "(Ctrl+Shift+F9), or remove it";
  Package p = german();
  p.parts["word/header1.xml"] = "<w:hdr " + w + ">" + dde + "</w:hdr>";
  CHECK(fault(p) == fmt::format(fmt::runtime(why), "header1"));
  p = german();
  p.parts["word/numbering.xml"] = "<w:numbering " + w + ">" + dde + "</w:numbering>";
  CHECK(fault(p) == fmt::format(fmt::runtime(why), "numbering"));
  p = german();
  std::string& document = p.parts["word/document.xml"];
  document.insert(document.find("<w:r><w:t>old text"), dde.substr(5, dde.size() - 11));
  CHECK(fault(p).empty());
  p.relationships["word/document.xml"].back().target = "javascript:alert(1)";  // A link of the old text.
  CHECK(fault(p).empty());
  add_relationship(p, "word/footer2.xml", office_relationship("hyperlink"), "file://host/x", true);
  CHECK(fault(p) ==
        "holds a link to \"file://host/x\" (\"word/footer2.xml\"); only http, https and mailto are let through: change it, or "
        "remove it");
}

TEST_CASE("xml: tags are found in spite of what looks like one") {
  const std::string document =
      "<?xml version=\"1.0\"?><!-- <a> --><r a=\">\" b='/>'><![CDATA[<x>]]><p:c/><d><d/></d><e ></e ></r><!-- </r> -->";
  const xml::Skeleton s = xml::skeleton_of(document);
  REQUIRE(s.children.size() == 3);
  CHECK(document.substr(s.children[0].begin, s.children[0].end - s.children[0].begin) == "<p:c/>");
  CHECK(s.children[0].name == "c");
  CHECK(document.substr(s.children[1].begin, s.children[1].end - s.children[1].begin) == "<d><d/></d>");
  CHECK(document.substr(s.children[2].begin, s.children[2].end - s.children[2].begin) == "<e ></e >");
  CHECK(document.substr(s.inside_end, 4) == "</r>");
  CHECK(xml::ready_for("<a/>", "w", "urn:w") == "<a xmlns:w=\"urn:w\"></a>");
  CHECK(xml::ready_for("<a xmlns:wx='urn:v' xmlns:w = 'urn:w'>x</a>", "w", "urn:w") ==
        "<a xmlns:wx='urn:v' xmlns:w = 'urn:w'>x</a>");
}
