#include <catch2/catch.hpp>

#include <fmt/format.h>

#include "base/text.hpp"
#include "formats/xlsx.hpp"
#include "formats/zip.hpp"
#include "lacuna/render.hpp"

using namespace lacuna;

namespace {

using enum Column::Format;

Result result_of(std::vector<Column> columns, Value::Array rows) {
  Result result;
  result.schema = "test-1";
  result.title = "A title & more";
  result.head = {{"map", "The map"},
                 {"as_of", "2026-11-23"},
                 {"scope", Value()},
                 {"profile", Value(Value::Object{{"name", "default"}, {"hash", "x"}})}};
  result.summary = {"First sentence", "Second sentence"};
  result.tables.push_back({"rows", "What the rows are", std::move(columns), std::move(rows)});
  return result;
}

Value row(std::initializer_list<std::pair<std::string, Value>> members) {
  Value value = Value::object();
  for (const auto& [name, member] : members) value.set(name, member);
  return value;
}

std::vector<Sheet> sheets(const Result& result) {
  std::vector<Diagnostic> diagnostics;
  auto list = read_xlsx(render_xlsx(result, {}), "x.xlsx", diagnostics);
  REQUIRE(list.has_value());
  CHECK(diagnostics.empty());
  return std::move(*list);
}

std::map<std::string, std::string> parts(const Result& result) {
  return unzip(render_xlsx(result, {}), [](std::string_view) { return true; });
}

std::size_t times_in(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("xlsx: the first sheet says what was asked and answered, then comes a sheet a table") {
  const auto list = sheets(result_of({{"a", "A"}}, {row({{"a", "x"}})}));
  REQUIRE(list.size() == 2);
  CHECK(list[0].name == "About");
  std::vector<std::string> lines;
  for (const Row& r : list[0].rows) lines.push_back(join(r.cells, "|"));
  CHECK(lines == std::vector<std::string>{"A title & more", "|First sentence", "|Second sentence", "map|The map",
                                          "as of|2026-11-23", "profile|name default, hash x", "rows|What the rows are (1 row)"});
  CHECK(list[1].name == "rows");
  CHECK(list[1].rows[0].cells == std::vector<std::string>{"A"});
  CHECK(list[1].rows[1].cells == std::vector<std::string>{"x"});
}

TEST_CASE("xlsx: numbers are numbers, scores have two decimals, days are dates, months stay texts") {
  const auto files =
      parts(result_of({{"n", "n", number}, {"s", "score", score}, {"day", "day"}, {"month", "month"}, {"id", "id"}},
                      {row({{"n", 5}, {"s", 0.125}, {"day", "2026-11-23"}, {"month", "2026-11"}, {"id", "0012"}}),
                       row({{"n", 7}, {"s", 1.0}, {"day", Value()}, {"month", "2026-11-23"}, {"id", "12"}})}));
  const std::string& sheet = files.at("xl/worksheets/sheet2.xml");
  CHECK(sheet.find("<v>5</v>") != std::string::npos);
  CHECK(sheet.find("<v>0.125</v>") != std::string::npos);
  CHECK(sheet.find("<v>46349</v>") != std::string::npos);
  CHECK(times_in(sheet, "t=\"s\"") == 5 + 2 + 2);  // the header, the months, the identifiers
  CHECK(files.at("xl/styles.xml").find("formatCode=\"0.00\"") != std::string::npos);
  CHECK(files.at("xl/styles.xml").find("formatCode=\"yyyy-mm-dd\"") != std::string::npos);
}

TEST_CASE("xlsx: no text becomes a formula or a link that it should not be") {
  const std::vector<std::string> hostile = {"=1+1",
                                            "+49",
                                            "-5",
                                            "@SUM(A1)",
                                            "=HYPERLINK(\"http://x\",\"y\")",
                                            "{=1}",
                                            "javascript:alert(1)",
                                            "internal:'About'!A1",
                                            "external:c:/x.xlsx",
                                            "file:///etc/passwd"};
  Value::Array rows;
  for (const std::string& text : hostile) rows.push_back(row({{"a", text}, {"address", text}}));
  const Result result = result_of({{"a", "=A"}}, rows);
  const auto files = parts(result);
  const std::string& sheet = files.at("xl/worksheets/sheet2.xml");
  CHECK(sheet.find("<f>") == std::string::npos);
  CHECK(sheet.find("<hyperlink ") == std::string::npos);
  const auto list = sheets(result);
  for (std::size_t i = 0; i < hostile.size(); ++i) CHECK(list[1].rows[i + 1].cells[0] == hostile[i]);
  CHECK(list[1].rows[0].cells[0] == "=A");
}

TEST_CASE("xlsx: a row that holds an address links what it is about to it; an address in a cell is a link") {
  const auto files =
      parts(result_of({{"id", "id"}, {"where", "where"}},
                      {row({{"id", "X.1"}, {"where", "https://example.org/b?c=1&d=2"}, {"address", "https://example.org/a"}})}));
  const std::string& links = files.at("xl/worksheets/_rels/sheet2.xml.rels");
  CHECK(links.find("Target=\"https://example.org/a\"") != std::string::npos);
  CHECK(links.find("Target=\"https://example.org/b?c=1&amp;d=2\"") != std::string::npos);
  CHECK(times_in(files.at("xl/worksheets/sheet2.xml"), "<hyperlink ") == 2);
}

TEST_CASE("xlsx: states have a sign, colours by rules and a legend; severity and score are shaded") {
  Value::Array rows;
  for (const Word& word : words<CoverageState>()) rows.push_back(row({{"severity", 0.5}, {"state", word.name}, {"score", 0.25}}));
  const Result result = result_of({{"severity", "severity", score}, {"state", "state", state}, {"score", "score", score}}, rows);
  const auto list = sheets(result);
  CHECK(list[1].rows[1].cells[1] == "● covered");
  CHECK(list[1].rows[6].cells[1] == "✕ confirmed-gap");
  CHECK(list[0].rows[list[0].rows.size() - 8].cells ==
        std::vector<std::string>{"● covered", "a published deliverable covers it in full"});
  const auto files = parts(result);
  const std::string& sheet = files.at("xl/worksheets/sheet2.xml");
  CHECK(times_in(sheet, "type=\"beginsWith\"") == 8);
  CHECK(times_in(sheet, "type=\"colorScale\"") == 2);
}

TEST_CASE("xlsx: a table can be filtered, its header stays in sight and stands on every printed page") {
  const auto files = parts(result_of({{"a", "Name"}, {"b", "Name"}, {"c", ""}, {"d", "name"}},
                                     {row({{"a", "1"}, {"b", "2"}, {"c", "3"}, {"d", "4"}})}));
  const std::string& table = files.at("xl/tables/table1.xml");
  CHECK(table.find("<autoFilter ref=\"A1:D2\"") != std::string::npos);
  for (const char* name : {"name=\"Name\"", "name=\"Name (2)\"", "name=\"Column 3\"", "name=\"name (3)\""})
    CHECK(times_in(table, name) == 1);
  const std::string& sheet = files.at("xl/worksheets/sheet2.xml");
  CHECK(sheet.find("state=\"frozen\"") != std::string::npos);
  CHECK(sheet.find("orientation=\"landscape\"") != std::string::npos);
  CHECK(sheet.find("fitToHeight=\"0\"") != std::string::npos);
  CHECK(sheet.find("Page &amp;P of &amp;N") != std::string::npos);
  CHECK(sheet.find("A title &amp;&amp; more") != std::string::npos);
  CHECK(files.at("xl/workbook.xml").find("_xlnm.Print_Titles") != std::string::npos);
}

TEST_CASE("xlsx: tables of no rows show their header, quiet ones are left out, tabs have names of their own") {
  Result result = result_of({{"a", "A"}}, {});
  for (const char* name : {"About", "history", "rows", "a/b:c*d?e[f]g", "a name that is much too long for a tab of Excel"})
    result.tables.push_back({name, "", {{"a", "A"}}, {row({{"a", "x"}})}});
  result.tables.push_back({"quiet", "", {{"a", "A"}}, {}, true});
  std::vector<std::string> names;
  for (const Sheet& sheet : sheets(result)) names.push_back(sheet.name);
  CHECK(names == std::vector<std::string>{"About", "rows", "About 2", "history 2", "rows 2", "a b c d e f g",
                                          "a name that is much too lon…"});
  CHECK(sheets(result)[1].rows.size() == 1);
}

TEST_CASE("xlsx: control characters are blanks, a text over Excel's limit is cut, other scripts stay") {
  const auto list = sheets(result_of(
      {{"a", "A"}}, {row({{"a", "x\x1b[31m\ny"}}), row({{"a", std::string(40'000, 'x')}}), row({{"a", "联邦学习 · تعلّم 𝄞"}})}));
  CHECK(list[1].rows[1].cells[0] == "x [31m y");
  CHECK(length_of(list[1].rows[2].cells[0]) == 16'383);
  CHECK(list[1].rows[2].cells[0].ends_with("…"));
  CHECK(list[1].rows[3].cells[0] == "联邦学习 · تعلّم 𝄞");
}

TEST_CASE("xlsx: explanations stand on a sheet of their own, deeper ones further in") {
  Value deep = Value::object();
  deep.set("says", "a link").set("because", Value::array());
  Value why = Value::object();
  why.set("says", "it is a gap").set("because", Value(Value::Array{deep}));
  const auto list = sheets(result_of({{"a", "A"}}, {row({{"a", "x"}, {"explanation", why}})}));
  REQUIRE(list.size() == 3);
  CHECK(list[2].name == "reasons");
  CHECK(list[2].rows[0].cells[0] == "it is a gap");
  CHECK(list[2].rows[1].cells[0] == "a link");
}

TEST_CASE("xlsx: the same result gives the same bytes") {
  const Result result = result_of({{"a", "A"}}, {row({{"a", "x"}})});
  CHECK((render_xlsx(result, {}) == render_xlsx(result, {})));
}
