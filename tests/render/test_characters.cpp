// Characters that XML forbids, in every text of every format that holds XML.
#include <catch2/catch.hpp>

#include "formats/package.hpp"
#include "formats/xlsx.hpp"
#include "formats/xlsx_book.hpp"
#include "formats/xml.hpp"
#include "formats/zip.hpp"
#include "lacuna/deck.hpp"
#include "lacuna/paper.hpp"
#include "lacuna/render.hpp"

using namespace lacuna;

namespace {

/// Controls of both sets, characters that are none, halves of characters, bytes that are no UTF-8; and letters around them.
std::string hostile(const std::string& name) {
  std::string text = "<" + name + "&\"'";
  for (int c = 1; c < 0x20; ++c) text += std::string("c") + static_cast<char>(c);
  for (int c = 0x7F; c < 0xA0; ++c) text += c == 0x7F ? std::string("\x7F") : std::string("\xC2") + static_cast<char>(c);
  return text + std::string("\0z", 2) +
         "\xEF\xBF\xBE"
         "a\xEF\xBF\xBF"
         "b\xED\xA0\x80"
         "c\xF4\x90\x80\x80"
         "d\xFF\xC0\x80"
         "e\xE2\x80\xAE" +
         name;
}

/// Where a document is not well-formed; empty where it is.
std::string fault(std::string_view document, const std::string& name) {
  try {
    xml::read(document, name, {[](std::string_view, const xml::Attributes&) {}, [](std::string_view, std::string&) {}});
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

void check_parts(const std::string& archive) {
  std::size_t parts = 0;
  for (const auto& [name, content] : unzip(archive, [](std::string_view) { return true; })) {
    CHECK(fault(content, name) == "");
    ++parts;
  }
  CHECK(parts > 5);
}

Box box_of(const std::string& id) {
  Box box;
  box.id = hostile(id);
  box.lines = {hostile("line"), hostile("more")};
  return box;
}

Picture picture() {
  Picture p;
  p.title = hostile("title");
  p.notes = {hostile("note")};
  p.legend = {hostile("legend")};
  p.stacks = {{hostile("left"), {box_of("L")}}, {hostile("right"), {box_of("R")}}};
  p.lines = {{hostile("L"), hostile("R")}};
  p.lines[0].label = hostile("label");
  return p;
}

}  // namespace

TEST_CASE("characters: xml::clean leaves none that XML forbids") {
  CHECK(xml::clean("a\xEF\xBF\xBE\xEF\xBF\xBF"
                   "b\xEF\xBF\xBD\x01\xC2\x85"
                   "c") == "ab\xEF\xBF\xBD  c");
  CHECK(fault("<x>" + xml::escaped(hostile("x")) + "</x>", "x") == "");
  CHECK_FALSE(fault("<x>\xEF\xBF\xBF</x>", "x").empty());
}

TEST_CASE("characters: workbooks are well-formed whatever stands in them") {
  Book book;
  book.title = hostile("title");
  book.summary = {hostile("summary")};
  book.about = {{hostile("name"), hostile("value")}};
  book.signs = {{hostile("sign"), hostile("name"), hostile("meaning"), "#ffffff", "#000000"}};
  book.reasons = {{0, hostile("reason")}};
  book.footer = hostile("footer");
  BookSheet sheet{hostile("sheet"),
                  hostile("says"),
                  {{hostile("column")}, {hostile("column")}},
                  {{{hostile("cell")}, {hostile("link"), "https://example.org/\xEF\xBF\xBF"}}}};
  sheet.columns[0].kind = BookColumn::Kind::state;
  book.sheets = {sheet, sheet};
  check_parts(write_xlsx_book(book));
  const TemplateSheet sheets[] = {
      {"sheet\xEF\xBF\xBF", {{hostile("column"), hostile("note"), {hostile("word")}}}, {{hostile("cell")}}}};
  check_parts(write_xlsx_template(sheets, {"notes\xEF\xBF\xBE", {{1, {hostile("cell")}}}}));
}

TEST_CASE("characters: listings as workbooks are well-formed whatever the map holds") {
  Result result;
  result.title = hostile("title");
  result.head = {{"map", hostile("map")}};
  result.summary = {hostile("summary")};
  Value row = Value::object();
  row.set("a", hostile("cell"));
  result.tables.push_back({"rows", hostile("caption"), {{"a", hostile("label")}}, {row}});
  check_parts(render_xlsx(result, {}));
}

TEST_CASE("characters: decks, papers and pictures are well-formed whatever the map holds") {
  Slide slide;
  slide.title = hostile("title");
  slide.points = {{hostile("point"), hostile("more")}};
  slide.grid = Slide::Grid{{hostile("column")}, {}, {{{hostile("cell"), CoverageState::covered}}}};
  slide.picture = picture();
  slide.notes = {hostile("note")};
  Deck deck{hostile("deck"), hostile("footer"), {slide}};
  check_parts(render_pptx(deck, {}));

  Paper paper;
  paper.title = hostile("title");
  paper.about = hostile("about");
  paper.passages.resize(4);
  paper.passages[0].kind = Passage::Kind::heading;
  for (Passage& passage : paper.passages)
    passage.text = {{hostile("text"), Run::Kind::plain, {1}, "https://example.org/\xEF\xBF\xBF"},
                    {hostile("blank"), Run::Kind::blank}};
  paper.passages[2].kind = Passage::Kind::item;
  paper.passages[3].kind = Passage::Kind::table;
  paper.passages[3].table = {hostile("caption"), {hostile("column")}, {}, {{"", {{{{{hostile("cell")}}}}}}}};
  paper.references = {{hostile("node"), hostile("id"), hostile("title"), hostile("body"), hostile("state"),
                       "https://example.org/\x01\xEF\xBF\xBE"}};
  for (const PaperFormat& format : paper_formats()) {
    INFO(format.name);
    const std::string bytes = format.render(paper, {});
    if (format.name == "docx") check_parts(bytes);
    if (format.name == "html")
      CHECK((bytes.find("\xEF\xBF\xBE") == std::string::npos && bytes.find("\xEF\xBF\xBF") == std::string::npos));
  }

  const std::string svg = render_picture(picture(), "svg");
  CHECK(fault(std::string_view(svg).substr(svg.find("<svg")), "svg") == "");
}
