// Packages of Word and PowerPoint, good and hostile.
#include <catch2/catch.hpp>

#include "formats/package.hpp"
#include "formats/xml.hpp"
#include "lacuna/error.hpp"
#include "support/workbook.hpp"

using namespace lacuna;
using lacuna::test::Files;
using lacuna::test::zip_of;

namespace {

const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

std::string types(const std::string& more = "") {
  return "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
         "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
         "<Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"PNG\" ContentType=\"image/png\"/>"
         "<Override PartName=\"/word/document.xml\" ContentType=\"application/x-main+xml\"/>" +
         more + "</Types>";
}

std::string links(const std::string& inside) {
  return "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">" + inside + "</Relationships>";
}

std::string link(const std::string& id, const std::string& kind, const std::string& target, const std::string& more = "") {
  return "<Relationship Id=\"" + id + "\" Type=\"" + office + kind + "\" Target=\"" + target + "\"" + more + "/>";
}

const std::string external = " TargetMode=\"External\"";

/// A small document; `more` are further files.
Files document(const Files& more = {}, const std::string& its_links = "") {
  Files files{{"[Content_Types].xml", types()},
              {"_rels/.rels", links(link("rId1", "officeDocument", "word/document.xml"))},
              {"word/document.xml", "<d/>"}};
  if (!its_links.empty()) files.push_back({"word/_rels/document.xml.rels", links(its_links)});
  files.insert(files.end(), more.begin(), more.end());
  return files;
}

std::string fault_of_template(std::string_view bytes) {
  try {
    refuse_guests(read_package(bytes, "t.dotx"), "t.dotx");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where() == "t.dotx");
    return error.what();
  }
  return "";
}
std::string fault_of_template(const Files& files) { return fault_of_template(zip_of(files)); }

}  // namespace

TEST_CASE("package: parts, content types and relationships are read; targets are whole names") {
  const Package p = read_package(
      zip_of(document({{"word/media/a.png", "x"}, {"word/untyped.bin", "y"}},
                      link("rId7", "image", "media/a.png") + link("b", "hyperlink", "https://example.org/?a=1&amp;b", external) +
                          link("c", "x", "../word/./media/a.png#top") + link("d", "hyperlink", "#here"))),
      "t.docx");
  REQUIRE(p.parts.size() == 2);
  CHECK(p.parts.at("word/document.xml") == "<d/>");
  CHECK(p.parts.contains("WORD/Document.XML"));
  CHECK(content_type_of(p, "Word/Document.xml") == "application/x-main+xml");
  CHECK(content_type_of(p, "word/media/a.png") == "image/png");
  CHECK(content_type_of(p, "word/untyped.bin").empty());
  const auto& list = p.relationships.at("word/document.xml");
  REQUIRE(list.size() == 4);
  CHECK(list[0].target == "word/media/a.png");
  CHECK(list[1].target == "https://example.org/?a=1&b");
  CHECK(list[1].external);
  CHECK(list[2].target == "word/media/a.png#top");
  CHECK(list[3].target == "#here");
  REQUIRE(find_relationship(p, "", "officeDocument") != nullptr);
  CHECK(find_relationship(p, "", "officeDocument")->target == "word/document.xml");
  CHECK(find_relationship(p, "", "Document") == nullptr);
  CHECK(find_relationship(p, "word/none.xml", "image") == nullptr);
}

TEST_CASE("package: what was written reads back, and the same package gives the same bytes") {
  Package p;
  put_part(p, "word/document.xml", "application/x-main+xml", "<d/>");
  put_part(p, "word/media/a.png", "image/png", std::string(100'000, 'a'));
  put_part(p, "word/header1.xml", "application/x-header+xml", "<h/>");
  CHECK(add_relationship(p, "", office_relationship("officeDocument"), "word/document.xml") == "rId1");
  CHECK(add_relationship(p, "word/document.xml", office_relationship("header"), "word/header1.xml") == "rId1");
  CHECK(add_relationship(p, "word/document.xml", office_relationship("hyperlink"), "http://e.org/a b<é>%20%#x#y", true) ==
        "rId2");
  CHECK(add_relationship(p, "word/header1.xml", office_relationship("image"), "word/media/a.png") == "rId1");
  p.relationships["word/header1.xml"].push_back({"rId3", office + "up", "docProps/none.xml", false});
  p.relationships["word/header1.xml"].pop_back();
  const std::string bytes = write_package(p);
  CHECK(bytes == write_package(p));
  CHECK(bytes.size() < 5000);
  CHECK(bytes.substr(30, 19) == "[Content_Types].xml");
  CHECK(bytes.find("_rels/.rels") < bytes.find("word/document.xml"));
  CHECK(bytes.find("word/document.xml") < bytes.find("word/header1.xml"));
  const Package again = read_package(bytes, "t");
  CHECK(again.parts == p.parts);
  CHECK(again.overrides == p.overrides);
  CHECK(again.relationships.at("word/header1.xml")[0].target == "word/media/a.png");
  CHECK(again.relationships.at("word/document.xml")[1].target == "http://e.org/a%20b%3C%C3%A9%3E%20%25#x%23y");
  CHECK(write_package(again) == bytes);
}

TEST_CASE("package: ids that are taken are not given again") {
  Package p;
  p.relationships["a"] = {{"RID2", "t", "b"}, {"rId3", "t", "b"}, {"x", "t", "b"}};
  CHECK(add_relationship(p, "a", "t", "c") == "rId4");
  CHECK(add_relationship(p, "a", "t", "c") == "rId5");
  p.relationships["b"] = {{"rId2", "t", "b"}};
  CHECK(add_relationship(p, "b", "t", "c") == "rId3");
}

TEST_CASE("package: parts that nothing leads to are pruned, rings of them too") {
  Package p;
  for (const char* name : {"a.xml", "b.xml", "c.xml", "d.xml"}) put_part(p, name, "application/x+xml", "<x/>");
  add_relationship(p, "", office_relationship("officeDocument"), "A.xml");
  add_relationship(p, "a.xml", "t", "b.xml#x");
  add_relationship(p, "c.xml", "t", "d.xml");
  add_relationship(p, "d.xml", "t", "c.xml");
  prune(p);
  CHECK(p.parts.size() == 2);
  CHECK(p.overrides.size() == 2);
  CHECK_FALSE(p.relationships.contains("c.xml"));
}

TEST_CASE("package: what is no document of Office is refused") {
  CHECK(fault_of_template("") == "t.dotx: is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  CHECK(fault_of_template("hello") == "t.dotx: is no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  CHECK(fault_of_template("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
        "t.dotx: is protected by a password, or in a format from before 2007; save it without a password as .docx, .dotx, .pptx "
        "or .potx");
  CHECK(fault_of_template(Files{{"a.txt", "x"}}) ==
        "t.dotx: is a ZIP archive, but no document of Word or PowerPoint; save it as .docx, .dotx, .pptx or .potx");
  CHECK(fault_of_template(zip_of(document(), "secret")) == "t.dotx: is encrypted; save it without a password");
}

TEST_CASE("package: damaged archives are refused wherever they are cut or changed") {
  const std::string whole = zip_of(document({{"word/media/a.png", std::string(2000, 'a')}}));
  CHECK(fault_of_template(whole).empty());
  for (std::size_t size = 2; size < whole.size(); size += 7) {
    const std::string why = fault_of_template(whole.substr(0, size));
    CHECK(why.starts_with("t.dotx: not a whole ZIP archive ("));
    CHECK(why.ends_with("); it may have been cut off while it was copied"));
  }
  std::string changed = whole;
  const std::size_t name = whole.find("word/media/a.png");
  const auto extra = static_cast<unsigned char>(whole[name - 2]);  // How long the fields between the name and the bytes are.
  changed[name + 16 + extra + 3] ^= 0x55;
  CHECK(fault_of_template(changed).starts_with("t.dotx: not a whole ZIP archive ("));
}

TEST_CASE("package: a bomb is refused") {
  Files bomb = document();
  for (int i = 0; i < 5; ++i) bomb.push_back({"word/media/" + std::to_string(i) + ".png", std::string(60u << 20, '0')});
  CHECK(fault_of_template(bomb) == "t.dotx: unpacks to more than 256 MiB; use a smaller one");
  Files crowd = document();
  for (int i = 0; i < 10'000; ++i) crowd.push_back({"word/" + std::to_string(i) + ".png", ""});
  CHECK(fault_of_template(crowd) == "t.dotx: holds more than 10000 parts");
}

TEST_CASE("package: names that stand twice or lead outside are refused") {
  CHECK(fault_of_template(document({{"Word/DOCUMENT.xml", "<e/>"}})) ==
        "t.dotx: holds the part \"Word/DOCUMENT.xml\" twice; save it anew");
  for (const std::string name :
       {"../evil.xml", "word/../../evil.xml", "/etc/passwd", "word//a.xml", "word/b\\a.xml", "C:/a.xml", "./a.xml", "word/.."}) {
    CHECK(fault_of_template(document({{name, "<e/>"}})) ==
          "t.dotx: holds a part named \"" + name +
              "\", which leads outside of it; no such document comes from Office, do not use it");
  }
  CHECK(fault_of_template(document({}, link("r", "image", "../../a.png"))) ==
        "t.dotx: is damaged: word/_rels/document.xml.rels points to \"../../a.png\", which leads outside of it");
}

TEST_CASE("package: relationships to parts that are not there, or named twice, are damage") {
  CHECK(fault_of_template(document({}, link("r", "image", "media/a.png"))) ==
        "t.dotx: is damaged: \"word/document.xml\" needs the part \"word/media/a.png\", which is not there; save it anew");
  CHECK(fault_of_template(document({}, link("r", "hyperlink", "#a") + link("r", "hyperlink", "#b"))) ==
        "t.dotx: is damaged: word/_rels/document.xml.rels names the relationship \"r\" twice");
  CHECK(fault_of_template(document({}, link("r", "image", "NULL"))).empty());
}

TEST_CASE("package: macros are refused, by name, by type and by relationship") {
  CHECK(fault_of_template(document({{"word/vbaProject.bin", "x"}})) ==
        "t.dotx: holds macros (\"word/vbaProject.bin\"); save it as a document without macros");
  CHECK(fault_of_template(document({{"word/a.png", "x"}}, link("r", "vbaProject", "a.png"))) ==
        "t.dotx: holds macros (\"a.png\"); save it as a document without macros");
  Files dotm = document();
  dotm[0].second = types(
      "<Override PartName=\"/word/document.xml\" "
      "ContentType=\"application/vnd.ms-word.template.macroEnabledTemplate.main+xml\"/>");
  CHECK(fault_of_template(dotm) == "t.dotx: holds macros (\"word/document.xml\"); save it as a document without macros");
}

TEST_CASE("package: embedded objects are refused") {
  CHECK(fault_of_template(document({{"word/embeddings/o.png", "x"}})) ==
        "t.dotx: holds an embedded object (\"word/embeddings/o.png\"); remove it");
  CHECK(fault_of_template(document({{"word/activeX/a.xml", "<x/>"}})) ==
        "t.dotx: holds an embedded object (\"word/activeX/a.xml\"); remove it");
  for (const std::string kind : {"oleObject", "package", "control", "aFChunk"}) {
    CHECK(fault_of_template(document({{"word/o.png", "x"}}, link("r", kind, "o.png"))) ==
          "t.dotx: holds an embedded object (\"word/o.png\"); remove it");
  }
}

TEST_CASE("package: nothing is taken from outside but links that a person follows") {
  CHECK(fault_of_template(document({}, link("r", "hyperlink", "http://e.org/", external))).empty());
  CHECK(fault_of_template(document({}, link("r", "attachedTemplate", "http://e.org/t.dotm", external))) ==
        "t.dotx: is tied to a template elsewhere (\"http://e.org/t.dotm\"); in Word, choose \"Normal\" under Developer, Document "
        "Template, and save it");
  CHECK(fault_of_template(document({}, link("r", "image", "file:///c:/a.png", external))) ==
        "t.dotx: takes a picture from outside (\"file:///c:/a.png\"); put it into the document, or remove it");
  CHECK(fault_of_template(document({}, link("r", "oleLink", "\\\\host\\a", " TargetMode=\"external\""))) ==
        "t.dotx: takes \"oleLink\" from outside (\"\\\\host\\a\"); put it into the document, or remove it");
}

TEST_CASE("package: broken XML, document types and other encodings are refused") {
  CHECK(fault_of_template(document({{"word/a.xml", "<!DOCTYPE x [<!ENTITY a \"b\">]><x>&a;</x>"}})) ==
        "t.dotx: word/a.xml, line 1: document type declarations and entities are not read");
  CHECK(fault_of_template(document({{"word/a.xml", "<x>\n<y></x>"}})) ==
        "t.dotx: word/a.xml, line 2: is no valid XML: mismatched tag");
  CHECK(fault_of_template(document({{"word/a.xml", "<x>caf\xE9</x>"}})) ==
        "t.dotx: is written in an old set of characters (\"word/a.xml\"); save it anew");
  Files files = document();
  files[1].second = "<!DOCTYPE x><x/>";
  CHECK(fault_of_template(files) == "t.dotx: _rels/.rels, line 1: document type declarations and entities are not read");
}

TEST_CASE("xml: text is escaped, and what XML forbids is gone") {
  CHECK(xml::escaped("<b>x</b> & \"y\"") == "&lt;b&gt;x&lt;/b&gt; &amp; &quot;y&quot;");
  CHECK(xml::escaped("a\x01"
                     "b\x1B[2J\xEF\xBF\xBE"
                     "c\xEF\xBF\xBF\xFF\xEF\xBC\x8C") == "a b [2Jc\xEF\xBF\xBD\xEF\xBC\x8C");
}
