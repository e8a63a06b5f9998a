#include "import/named_rows.hpp"

#include <catch2/catch.hpp>

#include "lacuna/import.hpp"
#include "support/process.hpp"
#include "support/workbook.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

/// What reading `bytes` as a file of that name says.
std::string fault(const Scratch& scratch, const std::string& name, const std::string& bytes,
                  std::string_view required = "title") {
  const std::string path = scratch.file(name, bytes);
  try {
    (void)read_named_rows(path, required);
  } catch (const Error& error) {
    std::string text = error.what();
    const std::size_t at = text.find(path);
    return at == std::string::npos ? text : text.replace(at, path.size(), name);
  }
  return "no error";
}

std::string row(const std::vector<std::string>& cells) {
  std::string xml = "<row>";
  for (const std::string& c : cells) xml += "<c t=\"inlineStr\"><is><t>" + c + "</t></is></c>";
  return xml + "</row>";
}

}  // namespace

TEST_CASE("named rows: cells are found by the names of their columns, in any spelling; empty cells are left out") {
  const Scratch scratch;
  const std::string path = scratch.file("t.csv", "Need Title,TITLE,x_y,\nfirst,one,,lost\n\n,two,\"a\nb\",\nthird,three\n");
  const auto rows = read_named_rows(path, "title");
  REQUIRE(rows.size() == 3);
  CHECK(rows[0].file == path);
  CHECK(rows[0].line == 2);
  CHECK(rows[0]["need-title"] == "first");
  CHECK(rows[0]["title"] == "one");
  CHECK(rows[0]["x-y"].empty());
  CHECK(rows[0].cells.size() == 2);
  CHECK(rows[1].line == 4);
  CHECK(rows[1]["need-title"].empty());
  CHECK(rows[1]["x-y"] == "a\nb");
  CHECK(rows[2].line == 6);
  static constexpr std::string_view either[] = {"x-y", "need-title"};
  CHECK(rows[1][either] == "a\nb");
  CHECK(rows[2][either] == "third");
  CHECK(rows[0]["unheard-of"].empty());
}

TEST_CASE("named rows: of a workbook, the sheets that have the column are read") {
  const Scratch scratch;
  const std::string path =
      scratch.file("t.XLSX", workbook("<sheetData>" + row({"Title", "Scope"}) + row({"one", "its scope"}) + "</sheetData>"));
  const auto rows = read_named_rows(path, "title");
  REQUIRE(rows.size() == 1);
  CHECK(rows[0].file == path + ":nodes");
  CHECK(rows[0].line == 2);
  CHECK(rows[0]["scope"] == "its scope");
}

TEST_CASE("named rows: what is no such table is told") {
  const Scratch scratch;
  CHECK(fault(scratch, "a.csv", "a,b\n1,2\n") == "a.csv: has no column \"title\"; name it in the first row");
  CHECK(fault(scratch, "b.csv", "") == "b.csv: has no column \"title\"; name it in the first row");
  CHECK(fault(scratch, "c.xlsx", workbook("<sheetData>" + row({"a"}) + "</sheetData>")) ==
        "c.xlsx: has no column \"title\"; name it in the first row");
  CHECK(fault(scratch, "d.csv", "title\n\"open") == "d.csv:2: a quoted field begins here and never ends; close it with \"");
  CHECK(fault(scratch, "e.xlsx", "text") == "e.xlsx: no workbook; save it as \"Excel Workbook (*.xlsx)\"");
  CHECK_THROWS_WITH(read_named_rows(scratch.path("none.csv"), "title"),
                    scratch.path("none.csv") + ": cannot be read: No such file or directory");
}

TEST_CASE("proposals: title, scope and identifier under the names that people give them; rows without a title are told") {
  const Scratch scratch;
  const std::string path =
      scratch.file("p.csv", "Reference,Title,Summary\n X.a ,\"One\ntitle\",its scope\nX.b,,nothing\nX.c, — ,nothing\n,Other,\n");
  std::vector<Diagnostic> diagnostics;
  const auto proposals = read_proposals(path, diagnostics);
  REQUIRE(proposals.size() == 2);
  CHECK(proposals[0].id == "X.a");
  CHECK(proposals[0].writing.title == "One title");
  CHECK(proposals[0].writing.text == "its scope");
  CHECK(proposals[1].id.empty());
  CHECK(proposals[1].writing.title == "Other");
  CHECK(proposals[1].writing.text.empty());
  REQUIRE(diagnostics.size() == 2);
  CHECK(to_string(diagnostics[0]) == path + ":4: warning: has no title; the row was left out");
  CHECK(to_string(diagnostics[1]) == path + ":5: warning: has no title; the row was left out");
}

TEST_CASE("proposals: a document gives title and scope by its ending, and says why it cannot") {
  const Scratch scratch;
  const Proposal proposal =
      read_proposal(scratch.file("p.md", "# Detection of changed models\n\n## Scope\n\nHow they are found.\n"));
  CHECK(proposal.id.empty());
  CHECK(proposal.writing.title == "Detection of changed models");
  CHECK(proposal.writing.text == "How they are found.");
  const std::string empty = scratch.file("empty.txt", "");
  CHECK_THROWS_WITH(read_proposal(empty), Catch::StartsWith(empty + ": "));
  CHECK_THROWS_AS(read_proposal(scratch.path("none.md")), Error);
}
