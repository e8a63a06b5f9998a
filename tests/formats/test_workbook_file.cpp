// Workbooks are looked at before they are handed on.
#include <catch2/catch.hpp>

#include <cstdlib>

#include "formats/workbook_file.hpp"
#include "formats/xlsx.hpp"
#include "lacuna/error.hpp"
#include "support/process.hpp"
#include "support/workbook.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

Files whole() {
  return {{"[Content_Types].xml",
           "<Types><Override PartName=\"/xl/workbook.xml\"/><Override PartName=\"/xl/worksheets/Sheet1.xml\"/></Types>"},
          {"_rels/.rels", "<x/>"},
          {"xl/workbook.xml", "<x/>"},
          {"xl/worksheets/sheet1.xml", "<x>\n" + std::string(100'000, ' ') + "</x>"}};
}

std::string fault(const std::string& bytes) {
  try {
    check_workbook(bytes);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::io);
    return error.what();
  }
  return "";
}

/// A workbook with a sheet of so many texts.
std::string made(std::size_t texts) {
  WorkbookFile file(1548028800);
  lxw_worksheet* sheet = workbook_add_worksheet(file.book(), "Texts");
  for (std::size_t i = 0; i < texts; ++i)
    worksheet_write_string(sheet, static_cast<lxw_row_t>(i), 0, ("text " + std::to_string(i)).c_str(), nullptr);
  return file.bytes();
}

}  // namespace

TEST_CASE("workbook: what is not whole is refused") {
  CHECK(fault(zip_of(whole())).empty());
  Files files = whole();
  files[3].second.resize(50'000);
  CHECK(fault(zip_of(files)) ==
        "the workbook cannot be made: xl/worksheets/sheet1.xml:2: is no valid XML: no element found; nothing was written");
  files[3].second.clear();
  CHECK(fault(zip_of(files)) ==
        "the workbook cannot be made: xl/worksheets/sheet1.xml:1: is no valid XML: no element found; nothing was written");
  files[3].second = "<x>\xEF\xBF\xBF</x>";
  CHECK(fault(zip_of(files)) ==
        "the workbook cannot be made: xl/worksheets/sheet1.xml:1: is no valid XML: not well-formed (invalid token); nothing was "
        "written");
  files.pop_back();
  CHECK(fault(zip_of(files)) ==
        "the workbook cannot be made: its part \"xl/worksheets/sheet1.xml\" is missing; nothing was written");
  std::string bytes = zip_of(whole());
  for (const std::size_t size : {std::size_t{0}, bytes.size() / 2, bytes.size() - 1})
    CHECK(fault(bytes.substr(0, size)).starts_with("the workbook cannot be made: not a whole ZIP archive ("));
  bytes[bytes.find("<x/>") + 1] = 'y';
  CHECK(fault(bytes).starts_with("the workbook cannot be made: not a whole ZIP archive ("));
}

TEST_CASE("workbook: it takes no room in the folder for temporary files, and leaves nothing there") {
  const Scratch folder;
  const char* before = std::getenv("TMPDIR");
  const std::string kept = before == nullptr ? "" : before;
  const std::string bytes = made(20'000);
  ::setenv("TMPDIR", folder.path("missing").c_str(), 1);
  CHECK(made(20'000) == bytes);
  if (before == nullptr)
    ::unsetenv("TMPDIR");
  else
    ::setenv("TMPDIR", kept.c_str(), 1);
  std::vector<Diagnostic> diagnostics;
  const auto sheets = read_xlsx(bytes, "x.xlsx", diagnostics);
  REQUIRE(sheets.has_value());
  CHECK(sheets->at(0).rows.size() == 20'000);
  CHECK(sheets->at(0).rows.back().cells == std::vector<std::string>{"text 19999"});
}

TEST_CASE("workbook: what the library says on standard error goes nowhere, what others say does not") {
  std::FILE* const terminal = stderr;
  {
    WorkbookFile file(1548028800);
    CHECK(stderr != terminal);
    // The library says so on standard error.
    CHECK(workbook_add_worksheet(file.book(), "a name of more than thirty-one characters") == nullptr);
  }
  CHECK(stderr == terminal);
}
