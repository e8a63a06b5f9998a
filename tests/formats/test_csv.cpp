#include <catch2/catch.hpp>

#include <random>

#include "formats/csv.hpp"

using namespace lacuna;

namespace {

/// The one diagnostic that reading `bytes` gives, as text; "fine" where there is none.
std::string fault(std::string_view bytes) {
  std::vector<Diagnostic> diagnostics;
  const auto sheet = read_csv(bytes, "f", diagnostics);
  if (sheet) {
    CHECK(diagnostics.empty());
    return "fine";
  }
  REQUIRE(diagnostics.size() == 1);
  return to_string(diagnostics.front());
}

/// Rows as "LINE: CELL|CELL", one a line.
std::string rows(std::string_view bytes) {
  std::vector<Diagnostic> diagnostics;
  const auto sheet = read_csv(bytes, "f", diagnostics);
  for (const Diagnostic& d : diagnostics) UNSCOPED_INFO(to_string(d));
  REQUIRE(sheet);
  CHECK(sheet->name.empty());
  std::string text;
  for (const Row& row : sheet->rows) {
    text += std::to_string(row.line) + ": ";
    for (std::size_t c = 0; c < row.cells.size(); ++c) text += (c > 0 ? "|" : "") + row.cells[c];
    text += "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("csv: fields, quotes and line ends are those of RFC 4180") {
  CHECK(rows("a,b,c\r\n1,2,3\r\n") == "1: a|b|c\n2: 1|2|3\n");
  CHECK(rows("a,b\n\"1,2\",\"say \"\"hi\"\"\"") == "1: a|b\n2: 1,2|say \"hi\"\n");
  CHECK(rows("a,b\n\"\",\"\"\"\"\n") == "1: a|b\n2: |\"\n");
  CHECK(rows("a\n\"1\n2\r\n3\r4\"\nb\n") == "1: a\n2: 1\n2\n3\n4\n6: b\n");
}

TEST_CASE("csv: lines are counted as a text editor does, whatever ends them") {
  CHECK(rows("a\n\nb\n") == "1: a\n3: b\n");
  CHECK(rows("a\r\rb\r") == "1: a\n3: b\n");
  CHECK(rows("a\r\n\r\nb\r\n") == "1: a\n3: b\n");
  CHECK(rows("\n\r\n\ra") == "4: a\n");
}

TEST_CASE("csv: the first row decides what separates fields") {
  CHECK(rows("a;b,c;d\n1;2;3\n") == "1: a|b,c|d\n2: 1|2|3\n");
  CHECK(rows("a\tb\n1,2,3\t4\n") == "1: a|b\n2: 1,2,3|4\n");
  CHECK(rows("\"a;;;\",b\n1,2\n") == "1: a;;;|b\n2: 1|2\n");
  CHECK(rows("\r\n\"a\n;;;\",b\n") == "2: a\n;;;|b\n");
  CHECK(rows("a\n1;2\n") == "1: a\n2: 1;2\n");
  CHECK(rows("sep=;\r\na,b;c\n") == "2: a,b|c\n");
  CHECK(rows("SEP=|\na|b\n") == "2: a|b\n");
}

TEST_CASE("csv: a byte order mark, blanks around fields, empty rows and empty fields at the end say nothing") {
  CHECK(rows("\xEF\xBB\xBF"
             "a,b\n") == "1: a|b\n");
  CHECK(rows("\xEF\xBB\xBF\"a\",b\n") == "1: a|b\n");
  CHECK(rows(" a ,\tb\u00A0,\"  c \"\n") == "1: a|b|c\n");
  CHECK(rows("a,b,,\n,,,\n , \n1,,,\n,2\n") == "1: a|b\n4: 1\n5: |2\n");
  CHECK(rows("").empty());
  CHECK(rows("\n\n,,\n").empty());
}

TEST_CASE("csv: a quote inside a field that does not begin with one is a letter") {
  CHECK(rows("a,b\n5\" disk,x\"\"y\n") == "1: a|b\n2: 5\" disk|x\"\"y\n");
}

TEST_CASE("csv: what cannot be read is told with its line") {
  CHECK(fault("a\n\"b\nc\n") == "f:2: error: a quoted field begins here and never ends; close it with \"");
  CHECK(fault("a\n\"") == "f:2: error: a quoted field begins here and never ends; close it with \"");
  CHECK(fault("a\n\"b\n\"c,\n") == "f:3: error: text after the quote that ends a field; write a quote inside a field twice");
  CHECK(fault(std::string_view("a\nb\0\n", 5)) == "f:2: error: not CSV: a NUL byte; remove it");
  CHECK(fault("a\r\nb\r\n\xFC\n") == "f:3: error: not UTF-8; in Excel, save as \"CSV UTF-8 (Comma delimited)\"");
  CHECK(fault("a\xC3\n") == "f:1: error: not UTF-8; in Excel, save as \"CSV UTF-8 (Comma delimited)\"");
  CHECK(fault(std::string_view("\xFF\xFE"
                               "a\0",
                               4)) == "f: error: UTF-16 text (\"Unicode Text\" of Excel); save it as \"CSV UTF-8\"");
  CHECK(fault(std::string_view("\xFE\xFF\0a", 4)) ==
        "f: error: UTF-16 text (\"Unicode Text\" of Excel); save it as \"CSV UTF-8\"");
  CHECK(fault("PK\x03\x04...") == "f: error: a workbook, not CSV; give it a name that ends with .xlsx");
  CHECK(fault("sep=;,\na\n") == "f:1: error: after \"sep=\" stands one character, and nothing else on that line");
}

TEST_CASE("csv: what is at a limit is read, what is over it is told") {
  CHECK(fault(std::string(1 << 20, 'x')) == "fine");
  CHECK(fault("a\n" + std::string((1 << 20) + 1, 'x')) == "f:2: error: a field of 1048577 bytes is too long; at most 1048576");
  CHECK(fault("a\n\"" + std::string((1 << 20) + 1, '\n') + "x\"") == "fine");
  CHECK(fault("a" + std::string(1023, ',')) == "fine");
  CHECK(fault("a\nb" + std::string(1024, ',')) == "f:2: error: a row of more than 1024 columns");
  std::string many;
  for (int i = 0; i < 4096; ++i) many += std::string(1023, ',') + "x\n";
  CHECK(fault(many) == "fine");
  CHECK(fault(many + "x\n") == "f:4097: error: more than 4194304 cells; divide the table");
}

TEST_CASE("csv: whatever the bytes, reading ends with rows or with one diagnostic") {
  std::mt19937_64 random(20190121);
  static constexpr std::string_view letters = "ab,;\t\"\"\n\r \xC3\xA4\xFF\0=sep";
  for (int i = 0; i < 20000; ++i) {
    std::string bytes;
    for (std::uint64_t n = random() % 24; n > 0; --n) bytes += letters[random() % letters.size()];
    std::vector<Diagnostic> diagnostics;
    const auto sheet = read_csv(bytes, "f", diagnostics);
    REQUIRE(sheet.has_value() == diagnostics.empty());
    if (!sheet) continue;
    std::uint32_t line = 0;
    for (const Row& row : sheet->rows) {
      REQUIRE(row.line > line);
      line = row.line;
      REQUIRE_FALSE(row.cells.empty());
      REQUIRE_FALSE(row.cells.back().empty());
    }
  }
}
