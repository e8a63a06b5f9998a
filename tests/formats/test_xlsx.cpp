#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "formats/xlsx.hpp"
#include "support/workbook.hpp"

using namespace lacuna;
using lacuna::test::Files;
using lacuna::test::parts_of;
using lacuna::test::workbook;
using lacuna::test::zip_of;

namespace {

/// The one diagnostic that reading `bytes` gives, as text; "fine" where there is none.
std::string fault_of_workbook(std::string_view bytes) {
  std::vector<Diagnostic> diagnostics;
  const auto sheets = read_xlsx(bytes, "f", diagnostics);
  if (diagnostics.empty()) {
    CHECK(sheets);
    return "fine";
  }
  REQUIRE(diagnostics.size() == 1);
  return to_string(diagnostics.front());
}

/// Rows of the only sheet as "ROW: CELL|CELL", one a line.
std::string rows(const std::string& bytes) {
  std::vector<Diagnostic> diagnostics;
  const auto sheets = read_xlsx(bytes, "f", diagnostics);
  for (const Diagnostic& d : diagnostics) UNSCOPED_INFO(to_string(d));
  REQUIRE(sheets);
  REQUIRE(sheets->size() == 1);
  CHECK(sheets->front().name == "nodes");
  std::string text;
  for (const Row& row : sheets->front().rows) {
    text += std::to_string(row.line) + ": ";
    for (std::size_t c = 0; c < row.cells.size(); ++c) text += (c > 0 ? "|" : "") + row.cells[c];
    text += "\n";
  }
  return text;
}

/// A sheet of one row with these cells.
std::string row(const std::string& cells) { return "<sheetData><row>" + cells + "</row></sheetData>"; }

std::string number(const std::string& value) { return rows(workbook(row("<c><v>" + value + "</v></c>"))); }

/// What the number 43638.5 becomes with that format.
std::string formatted(const std::string& format, const std::string& value = "43638.5") {
  const bool builtin = format.find_first_not_of("0123456789") == std::string::npos;
  const std::string code = builtin ? "" : "<numFmts><numFmt numFmtId=\"164\" formatCode=\"" + format + "\"/></numFmts>";
  const std::string styles =
      code + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"" + (builtin ? format : "164") + "\"/></cellXfs>";
  return rows(workbook(row("<c s=\"1\"><v>" + value + "</v></c>"), "", styles)).substr(3);
}

/// The parts of a sound workbook with one of them replaced, or added.
std::string with(const std::string& name, const std::string& content) {
  Files files = parts_of(row("<c><v>1</v></c>"));
  std::erase_if(files, [&](const auto& file) { return file.first == name; });
  files.emplace_back(name, content);
  return zip_of(files);
}

const std::string sheet_1 = "xl/worksheets/sheet1.xml";

}  // namespace

TEST_CASE("xlsx: cells stand where they say, or beside the one before") {
  CHECK(rows(workbook("<sheetData><row r=\"2\"><c r=\"B2\"><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"
                      "<row r=\"9\"/><row r=\"10\"><c r=\"AA10\"><v>4</v></c></row></sheetData>")) ==
        "2: |1|2\n3: 3\n10: " + std::string(26, '|') + "4\n");
  CHECK(rows(workbook("<sheetData><row><c r=\"C1\"><v>3</v></c><c r=\"A1\"><v>1</v></c></row></sheetData>")) == "1: 1||3\n");
}

TEST_CASE("xlsx: numbers are written shortest") {
  CHECK(number("5.0") == "1: 5\n");
  CHECK(number("5") == "1: 5\n");
  CHECK(number("0.10000000000000001") == "1: 0.1\n");
  CHECK(number("1E-3") == "1: 0.001\n");
  CHECK(number("-0") == "1: 0\n");
  CHECK(number("123456789012") == "1: 123456789012\n");
  CHECK(number("1e999") == "1: 1e999\n");
  CHECK(number("five") == "1: five\n");
  CHECK(number("").empty());
}

TEST_CASE("xlsx: texts, truth values, errors and stored values of formulas are read") {
  CHECK(rows(workbook(row("<c t=\"s\"><v>1</v></c><c t=\"s\"><v>0</v></c><c t=\"s\"/>"),
                      "<si><t>a</t></si><si><r><t>b </t></r><r><t>c</t></r><rPh><t>x</t></rPh></si>")) == "1: b c|a\n");
  CHECK(rows(workbook(row("<c t=\"inlineStr\"><is><t>a &amp; b</t></is></c><c "
                          "t=\"inlineStr\"><is><r><t>c</t></r><r><t>d</t></r><rPh><t>x</t></rPh></is></c>"))) == "1: a & b|cd\n");
  CHECK(rows(workbook(row("<c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c><c t=\"e\"><v>#N/A</v></c>"))) ==
        "1: TRUE|FALSE|#N/A\n");
  CHECK(rows(workbook(row("<c><f>1+1</f><v>2</v></c><c t=\"str\"><f>A1</f><v>x</v></c><c t=\"str\"><f>A2</f><v></v></c>"))) ==
        "1: 2|x\n");
  CHECK(rows(workbook(row("<c t=\"str\"><v> a_x000D_\n_x005F_x0041_ _x41_ _x0009_\u00A0</v></c>"))) == "1: a\n_x0041_ _x41_\n");
}

TEST_CASE("xlsx: a formula without a stored value is told once a sheet") {
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"4\"><c r=\"B4\"><f>A1</f></c><c><f>A2</f><v/></c></row></sheetData>")) ==
        "f:nodes:4: warning: the formula in B4 has no stored value, and more may have none; open the workbook in a spreadsheet "
        "program and save it");
}

TEST_CASE("xlsx: a number is a date where its format shows one, and as precise as that") {
  CHECK(formatted("14") == "2019-06-22\n");
  CHECK(formatted("22") == "2019-06-22\n");
  CHECK(formatted("17") == "2019-06\n");
  CHECK(formatted("yyyy") == "2019\n");
  CHECK(formatted("YY") == "2019\n");
  CHECK(formatted("mmm yyyy;@") == "2019-06\n");
  CHECK(formatted("dd\\.mm\\.yyyy") == "2019-06-22\n");
  CHECK(formatted("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy") == "2019-06-22\n");
  CHECK(formatted("[$-409]mmm\\-yy") == "2019-06\n");
  for (const char* format : {"0", "2", "18", "21", "46", "49", "[h]:mm", "mm:ss", "0.0 &quot;days&quot;", "[Red]0.00", "\\d0",
                             "_d0", "General", "&quot;unclosed y", "[unclosed y"}) {
    INFO(format);
    CHECK(formatted(format) == "43638.5\n");
  }
}

TEST_CASE("xlsx: serial numbers are days as Excel counts them, with the day that never was") {
  CHECK(formatted("14", "1") == "1900-01-01\n");
  CHECK(formatted("14", "59") == "1900-02-28\n");
  CHECK(formatted("14", "61") == "1900-03-01\n");
  CHECK(formatted("14", "2958465") == "9999-12-31\n");
  CHECK(formatted("14", "2958466") == "2958466\n");
  CHECK(formatted("14", "0") == "0\n");
  CHECK(formatted("14", "-1") == "-1\n");
  CHECK(formatted("14", "nan") == "nan\n");
}

TEST_CASE("xlsx: the value of a merged cell stands in every row that it spans and that holds something") {
  const auto sheet = [](const std::string& merged) {
    return workbook(
        "<sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"C1\"><v>7</v></c></row><row r=\"2\"><c "
        "r=\"C2\"><v>8</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>9</v></c></row></sheetData><mergeCells>" +
        merged + "</mergeCells>");
  };
  const std::string plain = "1: 1||7\n2: ||8\n4: 9\n";
  CHECK(rows(sheet("")) == plain);
  CHECK(rows(sheet("<mergeCell ref=\"A1:B3\"/>")) == "1: 1||7\n2: 1||8\n4: 9\n");
  CHECK(rows(sheet("<mergeCell ref=\"C2:C1048576\"/>")) == "1: 1||7\n2: ||8\n4: 9||8\n");
  CHECK(rows(sheet("<mergeCell ref=\"A1:A4\"/><mergeCell ref=\"A2:A9\"/>")) == "1: 1||7\n2: 1||8\n4: 9\n");
  CHECK(rows(sheet("<mergeCell ref=\"B1:B4\"/><mergeCell ref=\"A3:A9\"/><mergeCell ref=\"\"/><mergeCell ref=\"A1\"/><mergeCell "
                   "ref=\"A9:A1\"/>")) == plain);
}

TEST_CASE("xlsx: namespaces may have any prefix, parts any place") {
  const std::string office = "http://purl.oclc.org/ooxml/officeDocument/relationships";
  const std::string relationships = "<p:Relationships xmlns:p=\"urn:p\"><p:Relationship Id=\"i\" Type=\"" + office;
  CHECK(rows(zip_of({
            {"_RELS/.rels", relationships + "/officeDocument\" Target=\"/Data/./Book.xml\"/></p:Relationships>"},
            {"data/book.xml",
             "<x:workbook xmlns:x=\"urn:x\" xmlns:q=\"urn:q\"><x:sheets><x:sheet name=\"nodes\" "
             "q:id=\"i\"/></x:sheets></x:workbook>"},
            {"data/_rels/book.xml.rels", relationships + "/worksheet\" Target=\"../sheet.xml\"/></p:Relationships>"},
            {"Sheet.xml",
             "\xEF\xBB\xBF<?xml version=\"1.0\"?><x:worksheet xmlns:x=\"urn:x\"><x:row r=\"1\"><x:c "
             "r=\"A1\"><x:v>1</x:v></x:c></x:row></x:worksheet>"},
        })) == "1: 1\n");
}

// ---- what is no workbook ------------------------------------------------------------------------------------------------------

TEST_CASE("xlsx: files of other kinds are called by their names") {
  CHECK(fault_of_workbook("") == "f: error: empty; save the workbook again");
  CHECK(fault_of_workbook("id,kind,title") == "f: error: no workbook; save it as \"Excel Workbook (*.xlsx)\"");
  CHECK(fault_of_workbook("PK") ==
        "f: error: not a whole ZIP archive (Unrecognized archive format); it may have been cut off while it was copied");
  CHECK(fault_of_workbook(zip_of({{"a.txt", "x"}})) ==
        "f: error: a ZIP archive, but no workbook; save it as \"Excel Workbook (*.xlsx)\"");
  CHECK(fault_of_workbook(zip_of(parts_of(row("")), "secret")) ==
        "f: error: an encrypted ZIP archive; save it without a password");
}

TEST_CASE("xlsx: a workbook that was cut off is told, wherever it was cut") {
  const std::string whole = workbook(row("<c><v>1</v></c>"));
  REQUIRE(fault_of_workbook(whole) == "fine");
  for (std::size_t n = 3; n + 22 < whole.size(); n += 13) {
    INFO(n);
    CHECK(fault_of_workbook(whole.substr(0, n)) ==
          "f: error: not a whole ZIP archive (Unrecognized archive format); it may have been cut off while it was copied");
  }
}

TEST_CASE("xlsx: parts that do not fit are told") {
  CHECK(fault_of_workbook(with("xl/workbook.xml", "<workbook><sheets>")) ==
        "f: error: xl/workbook.xml, line 1: is no valid XML: no element found");
  CHECK(fault_of_workbook(with(sheet_1, "")) == "f: error: xl/worksheets/sheet1.xml, line 1: is no valid XML: no element found");
  CHECK(fault_of_workbook(with(sheet_1, "<a>\n\n\xFF</a>")) ==
        "f: error: xl/worksheets/sheet1.xml, line 3: is no valid XML: not well-formed (invalid token)");
  CHECK(fault_of_workbook(with(sheet_1, std::string("<a>\0</a>", 8))) ==
        "f: error: xl/worksheets/sheet1.xml, line 1: is no valid XML: not well-formed (invalid token)");
  CHECK(fault_of_workbook(with(sheet_1, "<a>&#0;</a>")) ==
        "f: error: xl/worksheets/sheet1.xml, line 1: is no valid XML: reference to invalid character number");
  Files twice = parts_of(row(""));
  twice.push_back({"XL/Workbook.xml", "<workbook/>"});
  CHECK(fault_of_workbook(zip_of(twice)) == "f: error: holds \"xl/workbook.xml\" twice; save it anew");
  CHECK(fault_of_workbook(
            with("xl/workbook.xml", "<workbook><sheet name=\"a\" id=\"s\"/><sheet name=\"b\" id=\"s\"/></workbook>")) ==
        "f: error: two sheets are one part; save the workbook again");
}

TEST_CASE("xlsx: cells outside of a sheet are told") {
  const auto cell = [](const std::string& place) {
    return fault_of_workbook(workbook("<sheetData><row r=\"1\"><c r=\"" + place + "\"><v>1</v></c></row></sheetData>"));
  };
  CHECK(cell("XFD1") == "fine");
  for (const std::string place :
       {"XFE1", "ZZZZZZZ1", "XFD1048577", "A0", "A", "1", "a1", "A1:B2", "A-1", "A99999999999999999999"}) {
    CHECK(cell(place) ==
          "f: error: the sheet \"nodes\", row 1: it holds a cell \"" + place + "\", which is not in it; save the workbook again");
  }
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"1048576\"><c r=\"A1048576\"><v>1</v></c></row></sheetData>")) == "fine");
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"1048577\"/></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 0: after it stands a row \"1048577\", which no sheet has");
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"x\"/></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 0: after it stands a row \"x\", which no sheet has");
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"1\"/><row r=\"1\"/></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 1: row 1 stands after it; save the workbook again");
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"0\"/></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 0: row 0 stands after it; save the workbook again");
  CHECK(fault_of_workbook(workbook("<sheetData><row r=\"1048576\"/><row/></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 1048576: after it stands a row \"\", which no sheet has");
  CHECK(fault_of_workbook(workbook("<sheetData><row><c r=\"XFD1\"/><c/></row></sheetData>")) ==
        "f: error: the sheet \"nodes\", row 1: more than 16384 columns");
  CHECK(fault_of_workbook(workbook(row("<c t=\"s\"><v>0</v></c>"))) ==
        "f: error: the sheet \"nodes\", row 1: a cell points to a text that is not there; save the workbook again");
  CHECK(fault_of_workbook(workbook(row("<c t=\"s\"><v>-1</v></c>"), "<si/>")) ==
        "f: error: the sheet \"nodes\", row 1: a cell points to a text that is not there; save the workbook again");
}

TEST_CASE("xlsx: what is over a limit is told") {
  const std::string long_text((1 << 20) + 1, 'x');
  CHECK(fault_of_workbook(workbook(row("<c t=\"str\"><v>" + long_text.substr(1) + "</v></c>"))) == "fine");
  CHECK(fault_of_workbook(workbook(row("<c t=\"str\"><v>" + long_text + "</v></c>"))) ==
        "f: error: the sheet \"nodes\", row 1: a text of 1048577 bytes is too long; at most 1048576");
  std::string wide = "<sheetData>";
  for (int i = 1; i <= 257; ++i) wide += "<row><c r=\"XFD" + std::to_string(i) + "\"><v>1</v></c></row>";
  CHECK(fault_of_workbook(workbook(wide + "</sheetData>")) == "f: error: more than 4194304 cells; divide the workbook");
  std::string many = "<sheetData>";
  for (int i = 0; i < 257; ++i) many += "<row><c t=\"s\"><v>0</v></c></row>";
  CHECK(fault_of_workbook(workbook(many + "</sheetData>", "<si><t>" + long_text.substr(1) + "</t></si>")) ==
        "f: error: cells with more than 268435456 bytes of text; divide the workbook");
}

// ---- hostile ones -------------------------------------------------------------------------------------------------------------

TEST_CASE("xlsx: a small archive that unpacks to much is not unpacked") {
  // Each part alone is below the limit; and the limit is told before the last is looked at.
  const std::string much(90u << 20, ' ');
  Files files = parts_of("");
  for (const char* name : {"xl/a.xml", "xl/b.xml", "xl/c.xml"}) files.emplace_back(name, much);
  const std::string bomb = zip_of(files);
  CHECK(bomb.size() < (1u << 20));
  CHECK(fault_of_workbook(bomb) == "f: error: unpacks to more than 268435456 bytes; divide it");
}

TEST_CASE("xlsx: entities are refused before they are looked at") {
  std::string laughs = "<!DOCTYPE a [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 40; ++i) {
    const std::string before = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + before + before + "\">";
  }
  const std::string refused = "f: error: xl/worksheets/sheet1.xml, line 1: document type declarations and entities are not read";
  CHECK(fault_of_workbook(with(sheet_1, laughs + "]><a>&a39;</a>")) == refused);
  CHECK(fault_of_workbook(with(sheet_1, "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>")) == refused);
  CHECK(fault_of_workbook(with(sheet_1, "<!DOCTYPE a SYSTEM \"http://127.0.0.1/x.dtd\"><a/>")) == refused);
  CHECK(fault_of_workbook(with(sheet_1, "<a>&x;</a>")) ==
        "f: error: xl/worksheets/sheet1.xml, line 1: is no valid XML: undefined entity");
}

TEST_CASE("xlsx: names that lead out of an archive lead nowhere") {
  Files files = parts_of(row("<c><v>1</v></c>"));
  for (const char* name : {"../../../../tmp/lacuna.xml", "/etc/lacuna.xml", "xl/../../x.xml"}) files.emplace_back(name, "<a/>");
  CHECK(rows(zip_of(files)) == "1: 1\n");
  CHECK(fault_of_workbook(
            with("_rels/.rels", "<a><Relationship Id=\"a\" Type=\"/officeDocument\" Target=\"../../../../etc/passwd\"/></a>")) ==
        "f: error: lacks its part \"etc/passwd\"; save the workbook again");
  CHECK(fault_of_workbook(with("_rels/.rels", "<a><Relationship Id=\"a\" Type=\"/officeDocument\" Target=\"\"/></a>")) ==
        "f: error: lacks its part \"\"; save the workbook again");
  CHECK(fault_of_workbook(with(
            "_rels/.rels",
            "<a><Relationship Id=\"a\" Type=\"/officeDocument\" TargetMode=\"External\" Target=\"http://127.0.0.1/\"/></a>")) ==
        "f: error: a ZIP archive, but no workbook; save it as \"Excel Workbook (*.xlsx)\"");
}

TEST_CASE("xlsx: elements nested without end, and many of them, are read in no time to speak of") {
  std::string deep;
  for (int i = 0; i < 200000; ++i) deep += "<a>";
  CHECK(fault_of_workbook(with(sheet_1, deep)) ==
        "f: error: xl/worksheets/sheet1.xml, line 1: elements are nested deeper than 64 levels");
  std::string merged = "<sheetData>";
  for (int i = 0; i < 20000; ++i) merged += "<row><c><v>1</v></c></row>";
  merged += "</sheetData>";
  for (int i = 0; i < 100000; ++i) merged += "<mergeCell ref=\"A1:A1048576\"/>";
  CHECK(fault_of_workbook(workbook(merged)) == "fine");
}

TEST_CASE("xlsx: whatever happens to the bytes, reading ends with sheets or with one error") {
  const Files sound = parts_of(
      "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" "
      "s=\"1\"><f>A1</f><v>43638</v></c></row></sheetData><mergeCell "
      "ref=\"A1:A3\"/>",
      "<si><t>a</t></si>", "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>");
  const std::string archive = zip_of(sound);
  std::mt19937_64 random(20190121);
  const auto read = [](const std::string& bytes) {
    std::vector<Diagnostic> diagnostics;
    const auto sheets = read_xlsx(bytes, "f", diagnostics);
    REQUIRE(sheets.has_value() == (count_errors(diagnostics) == 0));
  };
  for (int i = 0; i < 1500; ++i) {
    std::string bytes = archive;
    for (std::uint64_t n = 1 + random() % 4; n > 0; --n) bytes[random() % bytes.size()] = static_cast<char>(random());
    read(bytes);
    Files files = sound;
    std::string& part = files[random() % files.size()].second;
    for (std::uint64_t n = 1 + random() % 3; n > 0; --n) part[random() % part.size()] = "<>/\"&;= 019AZ"[random() % 13];
    read(zip_of(files));
  }
}

// ---- writing ------------------------------------------------------------------------------------------------------------------

TEST_CASE("xlsx: a template is read as what it was made from") {
  const TemplateSheet sheets[] = {{"a & <b>", {{"id", "The id.", {}}, {"kind", "", {"x", "y z"}}}}, {"empty", {}}};
  const Sheet notes{"notes", {{1, {"Ä heading"}}, {3, {"a", "b\nc"}}}};
  const std::string bytes = write_xlsx_template(sheets, notes);
  std::vector<Diagnostic> diagnostics;
  const auto read = read_xlsx(bytes, "f", diagnostics);
  REQUIRE(read);
  REQUIRE(read->size() == 3);
  CHECK((*read)[0].name == "a & <b>");
  REQUIRE((*read)[0].rows.size() == 1);
  CHECK((*read)[0].rows[0].cells == std::vector<std::string>{"id", "kind"});
  CHECK((*read)[1].rows.empty());
  REQUIRE((*read)[2].rows.size() == 2);
  CHECK((*read)[2].rows[0].cells == std::vector<std::string>{"Ä heading"});
  CHECK((*read)[2].rows[1].line == 3);
  CHECK((*read)[2].rows[1].cells == std::vector<std::string>{"a", "b\nc"});
  CHECK(write_xlsx_template(sheets, notes) == bytes);
}
