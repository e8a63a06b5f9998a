// What the user's own documents must not bring along: fields of Word, actions of PowerPoint, links, pictures that reach out.
#include <catch2/catch.hpp>

#include "formats/package.hpp"
#include "lacuna/error.hpp"

using namespace lacuna;

namespace {

const std::string word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// What is wrong with a package that holds this part and these relationships of it.
std::string fault(const std::string& part, const std::string& type, const std::string& bytes,
                  std::vector<Relationship> list = {}) {
  Package package;
  put_part(package, part, type, bytes);
  package.relationships[part] = std::move(list);
  try {
    refuse_guests(package, "t");
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::bad_input);
    CHECK(error.where() == "t");
    return std::string(error.what()).substr(3);
  }
  return "";
}

/// Of a header with these paragraphs.
std::string header(const std::string& inside) {
  return fault("h.xml", "application/x-header+xml",
               "<w:hdr xmlns:w=\"" + word +
                   "\" xmlns:x=\"urn:x\" xmlns:v=\"urn:schemas-microsoft-com:vml\" "
                   "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">" +
                   inside + "</w:hdr>");
}

const std::string begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>";
const std::string separate = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>";
const std::string end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
std::string code(const std::string& text) { return "<w:r><w:instrText xml:space=\"preserve\">" + text + "</w:instrText></w:r>"; }
std::string run_of(const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; }
std::string paragraph_of(const std::string& inside) { return "<w:p>" + inside + "</w:p>"; }
std::string field(const std::string& instruction) {
  return paragraph_of(begin + code(instruction) + separate + run_of("1") + end);
}
std::string simple(const std::string& instruction) {
  return paragraph_of("<w:fldSimple w:instr=\"" + instruction + "\">" + run_of("1") + "</w:fldSimple>");
}

std::string refused(const std::string& name) {
  return "holds the field \"" + name +
         "\" (\"h.xml\"), which is not known to be harmless; turn it into text in Word (Ctrl+Shift+F9), or remove it";
}
const std::string unusual =
    "holds a field that is written in an unusual way (\"h.xml\"); accept all changes in Word and save it anew, or remove the "
    "field";
std::string stray(const std::string& address, const std::string& part = "h.xml") {
  return "holds a link to \"" + address + "\" (\"" + part +
         "\"); only http, https and mailto are let through: change it, or remove it";
}

}  // namespace

TEST_CASE("guests: fields that count, or repeat what the document says, may stay") {
  for (const std::string instruction :
       {" PAGE ", "page", "NUMPAGES \\* MERGEFORMAT", "PAGE\\* Arabic", " STYLEREF \"Heading 1\" ", " DOCPROPERTY Company",
        "=2*3", " TOC \\o &quot;1-3&quot; \\h ", "HYPERLINK \"https://example.org/a?b\"",
        "HYPERLINK \\l \"_Toc1\" \\o \"javascript:x\"", "hyperlink mailto:a@example.org \\* MERGEFORMAT",
        "IF 1 = 1 \"DDEAUTO\" \"\"", ""}) {
    INFO(instruction);
    CHECK(header(field(instruction)).empty());
    if (instruction.find('"') == std::string::npos) CHECK(header(simple(instruction)).empty());
  }
  CHECK(header(paragraph_of(begin + code("IF ") + begin + code("PAGE") + separate + run_of("1") + end + code(" = 1 \"a\" \"b\"") +
                            separate + run_of("a") + end))
            .empty());
  CHECK(header("<w:tbl><w:tr><w:tc>" + paragraph_of(begin + code("TOC")) + paragraph_of(separate + run_of("x")) +
               paragraph_of(end) + "</w:tc></w:tr></w:tbl>")
            .empty());
  CHECK(header(paragraph_of("<w:r><x:alternative>" + field("PAGE") + "</x:alternative></w:r>")).empty());
}

TEST_CASE("guests: every other field is refused, in any letter case and however it is torn") {
  for (const std::string name :
       {"DDE",         "DDEAUTO", "INCLUDETEXT", "INCLUDEPICTURE", "INCLUDE",  "IMPORT",      "LINK",   "EMBED",
        "DATABASE",    "RD",      "AUTOTEXT",    "AUTOTEXTLIST",   "GLOSSARY", "MACROBUTTON", "ADDIN",  "CONTROL",
        "HTMLACTIVEX", "PRINT",   "PRIVATE",     "MERGEFIELD",     "NEXT",     "ASK",         "FILLIN", "WHOKNOWS"}) {
    INFO(name);
    CHECK(header(field(" " + name + " \"C:\\\\x.exe\" ")) == refused(name));
    CHECK(header(simple(name + " x")) == refused(name));
  }
  CHECK(header(field("dDeAuTo c:\\\\x")) == refused("DDEAUTO"));
  CHECK(header(paragraph_of(begin + code("D") + code("<!-- -->D") + code("E") + run_of("AU") + code("TO cmd") + end)) ==
        refused("DDEAUTO"));
  CHECK(header(paragraph_of(begin + code("INCLUDE")) + paragraph_of(code("TEXT x") + end)) == refused("INCLUDE"));
  CHECK(header(paragraph_of(begin + code("QUOTE ") + begin + code("DDEAUTO x") + end + end)) == refused("DDEAUTO"));
  CHECK(header(paragraph_of(begin + code("PAGE") + separate + begin + code("LINK x") + end + end)) == refused("LINK"));
  CHECK(header(paragraph_of("<w:fldSimple w:instr=\"PAGE\"><w:fldSimple w:instr=\"RD x\"/></w:fldSimple>")) == refused("RD"));
  // The name is the result of another field.
  CHECK(header(paragraph_of(begin + begin + code("QUOTE \"DDE\"") + end + code("AUTO x") + end)) == refused(" AUTO"));
  CHECK(header(paragraph_of(begin + code("PAGE<!-- -->REF") + "<w:r><w:noBreakHyphen/></w:r>" + code("x") + end)).empty());
  CHECK(header(paragraph_of(begin + code("PRINT") + "<w:r><w:br/></w:r>" + code("DATE") + end)) == refused("PRINT"));
}

TEST_CASE("guests: the address in a field is one of the web") {
  CHECK(header(field("HYPERLINK \"file://host/x\"")) == stray("file://host/x"));
  CHECK(header(field("HYPERLINK \\\\\\\\host\\\\x")) == stray("\\\\\\\\host\\\\x"));
  CHECK(header(field("HYPERLINK \"JavaScript:alert(1)\" \\l \"a\"")) == stray("JavaScript:alert(1)"));
  CHECK(header(field("HYPERLINK \\l \"a\" \"ms-word:ofe|u|http://x\"")) == stray("ms-word:ofe|u|http://x"));
  CHECK(header(field("HYPERLINK other.docx")) == stray("other.docx"));
  CHECK(header(paragraph_of(begin + code("HYPERLINK \"http://") + begin + code("QUOTE x") + end + code("\"") + end)) ==
        stray("http:// "));
}

TEST_CASE("guests: a field that a program could read otherwise than we do is refused") {
  const std::string wrapped = "<x:known>" + code("PAGE ") + "</x:known>";
  CHECK(header(paragraph_of(begin + wrapped + code("DDEAUTO x") + end)) == unusual);
  CHECK(header(paragraph_of(begin + "<w:ins>" + code("PAGE ") + "</w:ins>" + code("DDEAUTO x") + end)) == unusual);
  CHECK(header(paragraph_of(begin + "<w:del><w:r><w:delInstrText>PAGE </w:delInstrText></w:r></w:del>" + end)) == unusual);
  CHECK(header(paragraph_of("<x:known>" + begin + code("PAGE ") + "</x:known>" + code("DDEAUTO x") + end)) == unusual);
  CHECK(header(paragraph_of(begin + code("PAGE ") + "<x:known>" + separate + "</x:known>" + end)) == unusual);
  CHECK(header(paragraph_of(begin + code("PAGE ") + separate + code("DDEAUTO x") + end)) == unusual);
  CHECK(header(paragraph_of(code("DDEAUTO x"))) == unusual);
  CHECK(header(paragraph_of(begin + code("PAGE"))) == unusual);
  CHECK(header(paragraph_of(end)) == unusual);
  CHECK(header(paragraph_of("<w:r><w:fldChar/></w:r>")) == unusual);
  CHECK(header(paragraph_of(begin + "<w:r><w:instrText>DDEAUTO x<x:y/>PAGE</w:instrText></w:r>" + end)) == unusual);
  CHECK(header(paragraph_of(begin + "<w:r><x:instrText>PAGE </x:instrText></w:r>" + code("DDEAUTO x") + end)) == unusual);
}

TEST_CASE("guests: links lead to the web or to a place in the document") {
  const auto link = [](const std::string& target) {
    return fault("h.xml", "application/x-header+xml", "<h/>", {{"rId1", office_relationship("hyperlink"), target, true}});
  };
  for (const std::string target : {"http://example.org/", "HTTPS://example.org", "mailto:a@example.org", "#_Toc1"})
    CHECK(link(target).empty());
  for (const std::string target :
       {"javascript:alert(1)", "file:///c:/x.exe", "\\\\server\\share", "smb://server/x", "ms-word:ofe|u|http://x", "vbscript:x",
        "data:text/html,x", "other.docx", "/x", "//server/x", " http://example.org", "ftp://example.org", ""}) {
    CHECK(link(target) == stray(target));
  }
}

TEST_CASE("guests: relationships of kinds that nobody knows are refused") {
  const auto part = [](const std::string& kind) {
    return fault("h.xml", "application/x-header+xml", "<h/>",
                 {{"rId1", "http://schemas.microsoft.com/office/2006/relationships/" + kind, "x.xml", false}});
  };
  for (const std::string kind : {"ui/extensibility", "keyMapCustomizations", "attachedToolbars", "webextension",
                                 "webextensiontaskpanes", "mailMergeSource", "recipientData", "frame"}) {
    CHECK(part(kind) == "holds something that is not known to be harmless: \"" + kind.substr(kind.rfind('/') + 1) +
                            "\" (\"x.xml\"); remove it");
  }
  CHECK(part("image").empty());
  CHECK(fault("h.xml", "application/x-header+xml", "<h/>",
              {{"rId1", office_relationship("mailMergeSource"), "file:///c:/x.mdb", true}}) ==
        "takes \"mailMergeSource\" from outside (\"file:///c:/x.mdb\"); put it into the document, or remove it");
}

TEST_CASE("guests: clicks on a slide may turn its pages, nothing else") {
  const auto click = [](const std::string& element, const std::string& action) {
    return fault("m.xml", "application/x-master+xml",
                 "<p:x xmlns:p=\"urn:p\" xmlns:a=\"urn:a\" xmlns:r=\"urn:x/relationships\"><a:" + element +
                     " r:id=\"rId1\" action=\"" + action + "\"/></p:x>");
  };
  for (const std::string action : {"", "ppaction://hlinkshowjump?jump=nextslide", "ppaction://hlinksldjump",
                                   "ppaction://customshow?id=0", "ppaction://noaction", "PPAction://media"}) {
    CHECK(click("hlinkClick", action).empty());
  }
  for (const std::string action : {"ppaction://program", "ppaction://macro?name=x", "PPACTION://OLE?verb=0",
                                   "ppaction://hlinkfile", "ppaction://hlinkpres?slideindex=1", "ppaction://new", "calc.exe"}) {
    for (const std::string element : {"hlinkClick", "hlinkHover", "hlinkMouseOver"}) {
      CHECK(click(element, action) ==
            "holds the action \"" + action +
                "\" (\"m.xml\"), which is not known to be harmless; remove it in PowerPoint (Insert, Action)");
    }
  }
}

TEST_CASE("guests: addresses and macros in drawings are looked at, whatever the part is called") {
  CHECK(header(paragraph_of("<w:r><w:pict><v:shape href=\"https://example.org\"><v:imagedata r:id=\"rId1\" "
                            "r:href=\"rId2\"/></v:shape></w:pict></w:r>"))
            .empty());
  CHECK(header(paragraph_of("<w:r><w:pict><v:shape href=\"file:///c:/x\"/></w:pict></w:r>")) == stray("file:///c:/x"));
  CHECK(header(paragraph_of("<w:r><w:pict><v:imagedata src=\"http://example.org/x.png\"/></w:pict></w:r>")) ==
        "takes something from outside (\"http://example.org/x.png\", in \"h.xml\"); put it into the document, or remove it");
  CHECK(header(paragraph_of("<w:r><x:y invalidUrl=\"\\\\host\\x\"/></w:r>")) == stray("\\\\host\\x"));
  CHECK(header(paragraph_of(
            "<w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:entryMacro w:val=\"Run\"/></w:ffData></w:fldChar></w:r>" +
            code("FORMTEXT") + end)) == "runs the macro \"Run\" (\"h.xml\"); remove it");
  CHECK(fault("v.vml", "application/vnd.openxmlformats-officedocument.vmlDrawing", "<xml><shape href=\"javascript:x\"/></xml>") ==
        stray("javascript:x", "v.vml"));
  CHECK(fault("a.bin", "application/octet-stream", "\xEF\xBB\xBF <x macro=\"Run\"/>") ==
        "runs the macro \"Run\" (\"a.bin\"); remove it");
  CHECK(fault("a.bin", "application/octet-stream", std::string("\xFF\xFE<\0", 4)) ==
        "is written in an old set of characters (\"a.bin\"); save it anew");
}

TEST_CASE("guests: a picture of paths takes nothing from elsewhere and runs nothing") {
  const auto svg = [](const std::string& inside) {
    return fault("a.svg", "image/svg+xml", "<svg xmlns:xlink=\"http://www.w3.org/1999/xlink\">" + inside + "</svg>");
  };
  const auto outside = [](const std::string& what) {
    return "takes something from outside (\"" + what + "\", in \"a.svg\"); put it into the document, or remove it";
  };
  CHECK(svg("<g fill=\"url(#a)\"><use xlink:href=\"#b\"/><image href=\"data:image/png;base64,AA\"/><a "
            "href=\"https://example.org\"/></g><style>.a{fill:url('#a')}</style>")
            .empty());
  CHECK(svg("<script>x</script>") == "holds a script (\"a.svg\"); remove it");
  CHECK(svg("<g onload=\"x()\"/>") == outside("x()"));
  CHECK(svg("<image xlink:href=\"http://example.org/x\"/>") == outside("http://example.org/x"));
  CHECK(svg("<g fill=\"URL( http://e.org)\"/>") == outside("URL( http://e.org)"));
  CHECK(svg("<style>@import 'x'</style>") == outside("@import 'x'"));
  CHECK(svg("<a href=\"javascript:x\"/>") == stray("javascript:x", "a.svg"));
}
