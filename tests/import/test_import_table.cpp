// Tables in CSV and in workbooks: tests/import/csv/ and tests/import/xlsx/ hold valid/ and invalid/ inputs (a file, or a folder
// of files), the invalid ones named after their fault, each with what must be said of it in NAME.txt. What the tables leave open,
// the title of the map, is filled in.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "base/files.hpp"
#include "base/text.hpp"
#include "import/table_columns.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "support/process.hpp"
#include "workbench/checked.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using lacuna::test::Scratch;

namespace {

const fs::path table_samples = fs::path(LACUNA_SOURCE) / "tests" / "import";

std::vector<fs::path> inputs_of(const fs::path& folder) {
  std::vector<fs::path> result;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

Imported checked(Imported imported) {
  if (imported.map.info.title.empty()) imported.map.info.title = "T";
  check(imported);
  return imported;
}

/// The sample as the program reads it, with file names that do not depend on where the source tree stands.
Imported read(const std::string& format, const fs::path& path) {
  const std::vector<fs::path> files = fs::is_directory(path) ? inputs_of(path) : std::vector<fs::path>{path};
  std::vector<std::string> bytes;
  for (const fs::path& file : files) bytes.push_back(read_file(file.string()));
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < files.size(); ++i) inputs.push_back({files[i].filename().string(), bytes[i]});
  return checked(importer(format).read(inputs));
}

Imported csv(const std::string& bytes) { return checked(importer("csv").read(std::vector<Input>{{"f.csv", bytes}})); }

std::string table_faults(const Imported& imported) {
  std::string text;
  for (const Diagnostic& d : imported.diagnostics) text += to_string(d) + "\n";
  return text;
}

const Node& node_of(const Map& map, const std::string& id) {
  const auto found = std::ranges::find(map.nodes, id, &Node::id);
  if (found == map.nodes.end()) FAIL("no node " << id);
  return *found;
}

std::vector<std::string> links_of(const Map& map) {
  std::vector<std::string> result;
  for (const Link& l : map.links) result.push_back(l.from + " " + std::string(name_of(l.relation)) + " " + l.to);
  return result;
}

std::string dates_of(const Node& node) {
  std::string text;
  for (const NodeDate& date : node.dates) text += (text.empty() ? "" : ", ") + date.what + " " + to_string(date.date);
  return text;
}

}  // namespace

TEST_CASE("tables: every invalid sample gives exactly the faults that stand beside it") {
  for (const std::string format : {"csv", "xlsx"}) {
    const auto inputs = inputs_of(table_samples / format / "invalid");
    REQUIRE(inputs.size() >= 20);
    for (const fs::path& path : inputs) {
      DYNAMIC_SECTION(format << ": " << path.stem().string()) {
        const std::string list = (path.parent_path() / path.stem()).string() + ".txt";
        if (std::getenv("LACUNA_APPROVE") != nullptr) std::ofstream(list, std::ios::binary) << table_faults(read(format, path));
        const std::string wanted = read_file(list);
        REQUIRE_FALSE(wanted.empty());
        CHECK(table_faults(read(format, path)) == wanted);
      }
    }
  }
}

TEST_CASE("tables: every list of faults belongs to a sample") {
  for (const std::string format : {"csv", "xlsx"}) {
    for (const auto& entry : fs::directory_iterator(table_samples / format / "invalid")) {
      if (entry.path().extension() != ".txt") continue;
      INFO(entry.path());
      const fs::path stem = entry.path().parent_path() / entry.path().stem();
      CHECK((fs::is_directory(stem) || fs::exists(stem.string() + "." + format)));
    }
  }
}

TEST_CASE("tables: valid table_samples have no fault") {
  for (const std::string format : {"csv", "xlsx"}) {
    const auto inputs = inputs_of(table_samples / format / "valid");
    REQUIRE(inputs.size() >= 6);
    for (const fs::path& path : inputs) {
      DYNAMIC_SECTION(format << ": " << path.stem().string()) { CHECK(table_faults(read(format, path)) == ""); }
    }
  }
}

TEST_CASE("tables: nodes, attributes and links are read with all that they say") {
  const Map map = read("csv", table_samples / "csv" / "valid" / "nodes-and-links").map;
  CHECK(map.files == std::vector<std::string>{"links.csv", "nodes.csv"});
  REQUIRE(map.nodes.size() == 4);
  const Node& need = node_of(map, "R1");
  CHECK(need.kind == Kind::requirement);
  CHECK(need.title == "Drift monitoring");
  CHECK(need.text == "Watch it.\nAlways.");
  CHECK(need.aliases == std::vector<std::string>{"drift", "R.1"});
  CHECK(need.priority == 4);
  CHECK(need.source.name == "Report");
  CHECK(to_string(*need.source.seen) == "2026-04-02");
  CHECK(need.attributes.empty());
  CHECK(need.where.file == 1);
  CHECK(need.where.line == 3);
  const Node& deliverable = node_of(map, "X.1");
  CHECK(deliverable.state == State::published);
  CHECK(dates_of(deliverable) == "published 2019-06-22");
  CHECK(deliverable.attributes == Value::Object{{"Clause count", Value("12")}});
  CHECK(deliverable.where.line == 6);

  REQUIRE(links_of(map) == std::vector<std::string>{"R1 serves O1", "SG17 develops X.1", "X.1 covers R1"});
  const Link& covers = map.links[2];
  CHECK(covers.degree == Degree::partial);
  CHECK(covers.strength == 7);
  CHECK(covers.rationale == "Clause 7 asks for monitoring.");
  CHECK(to_string(*covers.on) == "2026-04-02");
  CHECK(covers.status == Status::asserted);
  CHECK(covers.where.file == 0);
  CHECK(covers.where.line == 4);
}

TEST_CASE("tables: the same tables give the same map from CSV and from a workbook") {
  Imported text = read("csv", table_samples / "csv" / "valid" / "nodes-and-links");
  Imported book = read("xlsx", table_samples / "xlsx" / "valid" / "nodes-and-links.xlsx");
  CHECK(book.map.files == std::vector<std::string>{"nodes-and-links.xlsx:nodes", "nodes-and-links.xlsx:links"});
  CHECK(node_of(book.map, "X.1").where.line == 5);
  sort_canonically(text.map);
  sort_canonically(book.map);
  CHECK(render_map(book.map) == render_map(text.map));
}

TEST_CASE("tables: what European Excel writes is read") {
  const Map map = read("csv", table_samples / "csv" / "valid" / "european-excel.csv").map;
  REQUIRE(map.nodes.size() == 2);
  const Node& need = map.nodes[0];
  CHECK(need.title == "Überwachung; Austausch");
  CHECK(need.text == "Line one\nline \"two\"");
  CHECK(need.aliases == std::vector<std::string>{"drift"});
  CHECK(need.attributes == Value::Object{{"Owner", Value("A")}});
  CHECK(map.nodes[1].kind == Kind::use_case);
  CHECK(map.nodes[1].priority == 5);
  CHECK(map.nodes[1].where.line == 5);
}

TEST_CASE("tables: columns are known by other names, in any letter case, with blanks, underscores or hyphens") {
  const Map map = read("csv", table_samples / "csv" / "valid" / "columns-called-otherwise.csv").map;
  const Node& node = node_of(map, "X.1");
  CHECK(node.title == "Monitoring");
  CHECK(node.text == "Text");
  CHECK(node.aliases == std::vector<std::string>{"m"});
  CHECK(dates_of(node) == "published 2019");
  CHECK(node.address == "https://example.org/x1");
  CHECK(node.source.address == "https://example.org/c");
  CHECK(to_string(*node.source.seen) == "2026-04");
  CHECK(node.attributes.empty());
  CHECK(links_of(map) == std::vector<std::string>{"SG17 develops X.1", "Q16 develops X.1"});
}

TEST_CASE("tables: a column's own name goes before another name for it, which then is an attribute") {
  const Map map = read("csv", table_samples / "csv" / "valid" / "title-and-name-both.csv").map;
  CHECK(node_of(map, "R1").title == "T");
  CHECK(node_of(map, "R1").attributes == Value::Object{{"name", Value("N")}});
}

TEST_CASE("tables: columns that are called like relations become links") {
  const Map map = read("csv", table_samples / "csv" / "valid" / "relations-as-columns.csv").map;
  CHECK(links_of(map) == std::vector<std::string>{"O1 part-of T1", "TH1 serves O1", "R1 part-of T1", "R1 serves O1",
                                                  "R1 serves O2", "R1 counters TH1", "UC1 serves O1", "UC1 serves O2",
                                                  "UC1 needs R1", "UC1 faces TH1", "G2 liaises-with G1"});
  CHECK(map.links[3].where.line == 6);
}

TEST_CASE("tables: every column is read into its place, and no other") {
  const Map nodes = csv("id,kind,title,proposed on,draft,date approved,published,superseded,withdrawn,source,source address\n"
                        "D,deliverable,t,2011,2012,2013,2014,2015,2016,s,a\n")
                        .map;
  CHECK(dates_of(nodes.nodes.at(0)) ==
        "proposed 2011, draft 2012, approved 2013, published 2014, superseded 2015, withdrawn 2016");
  CHECK(nodes.nodes[0].source.name == "s");
  CHECK(nodes.nodes[0].source.address == "a");
  CHECK(dates_of(csv("id,kind,title,until,since\nG,group,t,2020-02,2019-01-31\n").map.nodes.at(0)) ==
        "until 2020-02, since 2019-01-31");
  const Map links = csv("Subject,Relation,Object,Degree,Set_Relation,Strength,Reason,Clause,Method,Said by,Said on,Source,Source "
                        "URL,As of,Status\n"
                        "D,Covers,R,Partial,Subset of,0,why,c,Hybrid,A,2026-01,s,a,2025,Disputed\n")
                        .map;
  const Link& link = links.links.at(0);
  CHECK(link.relation == Relation::covers);
  CHECK(link.degree == Degree::partial);
  CHECK(link.set_relation == SetRelation::subset_of);
  CHECK(link.strength == 0);
  CHECK(link.rationale == "why");
  CHECK(link.clause == "c");
  CHECK(link.method == Method::hybrid);
  CHECK(link.by == "A");
  CHECK(to_string(*link.on) == "2026-01");
  CHECK(link.source.name == "s");
  CHECK(link.source.address == "a");
  CHECK(to_string(*link.source.seen) == "2025");
  CHECK(link.status == Status::disputed);
}

TEST_CASE("tables: no two columns share a name") {
  const auto keys_of = [](const auto& columns) {
    std::vector<std::string> keys;
    for (const auto& column : columns) keys.insert(keys.end(), column.keys.begin(), column.keys.end());
    return keys;
  };
  for (std::vector<std::string> keys : {keys_of(node_columns()), keys_of(link_columns())}) {
    CHECK(keys.size() > 15);
    std::ranges::sort(keys);
    CHECK(std::ranges::adjacent_find(keys) == keys.end());
  }
}

TEST_CASE("tables: identifiers lose line ends and no-break spaces of a cell, texts keep their lines") {
  const Map map = csv("id,kind,title,text\n\"ITU-T\u00A0X.1753\n(12/2025)\",requirement,\" a\n\nb \",\"a\n\nb\"\n").map;
  CHECK(map.nodes.at(0).id == "ITU-T X.1753 (12/2025)");
  CHECK(map.nodes[0].title == "a b");
  CHECK(map.nodes[0].text == "a\n\nb");
}

TEST_CASE("tables: a row with a fault is left out with its links, the rest goes in") {
  const Imported imported = read("xlsx", table_samples / "xlsx" / "invalid" / "faults-in-rows.xlsx");
  CHECK(imported.readable);
  CHECK(imported.map.nodes.empty());
  CHECK(links_of(imported.map) == std::vector<std::string>{"R1 serves R2", "D9 part-of R9"});
  const Map map = csv("id,kind,title,part-of\nR1,requirement,t,R3\nR2,requirement,,R1\nR3,requirement,t\n").map;
  CHECK(map.nodes.size() == 2);
  CHECK(links_of(map) == std::vector<std::string>{"R1 part-of R3"});
}

TEST_CASE("tables: dates of a workbook are as precise as they are shown") {
  for (const char* file : {"dates.xlsx", "dates-since-1904.xlsx"}) {
    INFO(file);
    const Map map = read("xlsx", table_samples / "xlsx" / "valid" / file).map;
    std::vector<std::string> dates;
    for (const Node& node : map.nodes) dates.push_back(dates_of(node).substr(10));
    CHECK(dates == std::vector<std::string>{"2019-06-22", "2019-06-22", "2019", "2019-06", "2019-06", "2019", "2019",
                                            "2019-06-22", "2019-06"});
  }
}

TEST_CASE("tables: what Excel leaves beside an open workbook is no input, and extensions may be in capitals") {
  const Scratch scratch;
  const std::string table = scratch.file("NEEDS.CSV", "id,kind,title\nR1,requirement,t\n");
  const std::string lock = scratch.file("~$needs.csv", "\x01");
  const Imported imported = import_path(importer("csv"), scratch.path());
  CHECK(imported.map.files == std::vector<std::string>{table});
  CHECK(imported.diagnostics.empty());
}

TEST_CASE("tables: control characters of an input never reach the messages") {
  const Imported imported =
      csv("id,kind,title,publish\x1B[2Jed,\x1B\x07prioriti\nR\x1B[2J,req\x1B,x,1,2\nR1\x1B,requirement,#N/A,,\n");
  CHECK(imported.diagnostics.size() >= 3);
  for (const Diagnostic& d : imported.diagnostics) {
    CHECK(std::ranges::none_of(to_string(d), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }));
  }
}

// ---- the template -------------------------------------------------------------------------------------------------------------

TEST_CASE("template: the empty template is read without a fault, and says nothing") {
  const std::string bytes = table_template();
  const Imported imported = importer("xlsx").read(std::vector<Input>{{"t.xlsx", bytes}});
  CHECK(table_faults(imported) == "");
  CHECK(imported.readable);
  CHECK(imported.map.nodes.empty());
  CHECK(imported.map.links.empty());
  CHECK(imported.map.files == std::vector<std::string>{"t.xlsx:nodes", "t.xlsx:links"});
  CHECK(table_template() == bytes);
}

TEST_CASE("template: the examples of its notes are read back as they are meant") {
  const Scratch scratch;
  const std::string file = scratch.file("t.xlsx", table_template());
  // Somebody else's program fills in one row a sheet, from the examples; dates in cells of their own kind.
  const auto finished = lacuna::test::run_script(R"(/usr/bin/python3 - <<'END'
import datetime
import openpyxl
book = openpyxl.load_workbook("t.xlsx")
examples, of = {}, ""
for name, note, example in book["how to"].iter_rows(max_col=3, values_only=True):
    if name and name.startswith("Columns of "):
        of = name.removeprefix("Columns of ")
        examples[of] = {}
    if example:
        examples[of][name] = example.removeprefix("for example: ")
for sheet in ("nodes", "links"):
    header = [cell.value for cell in book[sheet][1]]
    assert header == list(examples[sheet]), header
    for column, name in enumerate(header, 1):
        if sheet == "nodes" and name in ("proposed", "draft", "approved", "published", "superseded", "withdrawn", "state", "developed by"):
            continue
        value = examples[sheet][name]
        if name == "seen":
            value = datetime.date.fromisoformat(value)
        book[sheet].cell(2, column, int(value) if name in ("priority", "strength") else value)
        if name == "seen":
            book[sheet].cell(2, column).number_format = "dd/mm/yyyy"
book["nodes"].append(["X.1", "deliverable", "Monitoring", None, None, None, "published", None, None, None, datetime.datetime(2019, 6, 1)])
book["nodes"].cell(3, 11).number_format = "mmm-yy"
book.save("t.xlsx")
END
)",
                                                 scratch.path());
  REQUIRE(finished.err == "");
  REQUIRE(finished.status == 0);
  const Imported imported = import_path(importer("xlsx"), file);
  CHECK(table_faults(imported) == "");
  REQUIRE(imported.map.nodes.size() == 2);
  const Node& need = imported.map.nodes[0];
  CHECK(need.id == "R1");
  CHECK(need.kind == Kind::requirement);
  CHECK(need.title == "Drift monitoring");
  CHECK(need.text == "A deployed model shall be watched for drift.");
  CHECK(need.aliases == std::vector<std::string>{"drift", "R.1"});
  CHECK(need.priority == 4);
  CHECK(dates_of(need) == "since 2017, until 2024-10-31");
  CHECK(need.address == "https://example.org/r1");
  CHECK(need.source.name == "Workshop report");
  CHECK(need.source.address == "https://example.org/report");
  CHECK(to_string(*need.source.seen) == "2026-04-02");
  CHECK(need.attributes.empty());
  CHECK(dates_of(imported.map.nodes[1]) == "published 2019-06");
  CHECK(links_of(imported.map) == std::vector<std::string>{"R1 part-of T1", "R1 serves O1", "R1 serves O3", "R1 needs R1",
                                                           "R1 needs C2", "R1 counters TH4", "R1 faces TH4",
                                                           "ITU-T X.1753 covers R1"});
  const Link& covers = imported.map.links.back();
  CHECK(covers.degree == Degree::partial);
  CHECK(covers.set_relation == SetRelation::subset_of);
  CHECK(covers.strength == 7);
  CHECK(to_string(*covers.source.seen) == "2026-04-02");
}

// ---- tables of others ---------------------------------------------------------------------------------------------------------

namespace {

Imported laid(const std::string& columns, const std::string& bytes,
              std::vector<std::pair<std::string, std::string>> constants = {}, const std::string& split = "") {
  TableLayout layout = table_layout(columns);
  layout.constants.insert(layout.constants.end(), constants.begin(), constants.end());
  layout.split += split;
  return checked(importer("csv").read_table(std::vector<Input>{{"f.csv", bytes}}, layout));
}

}  // namespace

TEST_CASE("tables: headings of others are named, and what every row is") {
  const Imported imported =
      laid("id=Req No,title=Wording", "Level,Req No,Wording\n1,A1,Log in\n2,A2,Log out\n", {{"kind", "requirement"}});
  CHECK(table_faults(imported) == "");
  REQUIRE(imported.map.nodes.size() == 2);
  CHECK(node_of(imported.map, "A2").kind == Kind::requirement);
  CHECK(node_of(imported.map, "A2").title == "Log out");
  CHECK(node_of(imported.map, "A2").attribute("Level") == "2");
  // A row that says its kind itself is of that kind.
  const Map own = laid("id=no", "no,kind,title\nA,threat,x\nB,,y\n", {{"kind", "requirement"}}).map;
  CHECK(node_of(own, "A").kind == Kind::threat);
  CHECK(node_of(own, "B").kind == Kind::requirement);
}

TEST_CASE("tables: titles and notes may stand above the header") {
  const Map map = csv("Needs of the group,,\n,,\nas of March,,\nid,kind,title\nR1,requirement,One\n").map;
  CHECK(node_of(map, "R1").title == "One");
  CHECK(node_of(map, "R1").where.line == 5);
}

TEST_CASE("tables: several ids in a cell are as many links") {
  TableLayout layout = table_layout("from=control,to=threats");
  layout.constants.emplace_back("relation", "counters");
  layout.split = ",";
  const std::string bytes = "control,threats,note\nC1,\"T1, T2;T3\",x\n";
  const Imported imported = importer("csv").read_table(std::vector<Input>{{"f.csv", bytes}}, layout);
  CHECK(links_of(imported.map) == std::vector<std::string>{"C1 counters T1", "C1 counters T2", "C1 counters T3"});
  CHECK(table_faults(imported) == "f.csv:1: warning: \"note\" is no column of links and was left aside\n");
}

TEST_CASE("tables: what a layout cannot do is told with what there is") {
  CHECK(
      table_faults(laid("id=Req_No,title=Words", "Req No,Wording\nA1,Log in\n", {{"kind", "requirement"}})) ==
      "f.csv:1: error: no row is a header of ours; nodes need the columns \"id\", \"kind\" and \"title\", links \"from\", "
      "\"relation\" and \"to\"; row 1 has \"Req No\", \"Wording\": say which is which with --columns id=…,title=… and --kind, or "
      "from=…,to=… and --relation\n");
  CHECK(table_faults(
            laid("id=Req No,title=Wording,text=Reason", "Req No,Wording,Reasons\nA1,Log in,x\n", {{"kind", "requirement"}})) ==
        "f.csv:1: error: --columns: the table has no column \"Reason\"; did you mean \"Reasons\"?\n");
  CHECK(table_faults(laid("id=Req No,title=Wording", "Req No,Wording\nA1,\n", {{"kind", "requirement"}})) ==
        "f.csv:2: error: the row has no title; the row was skipped\n");
  CHECK_THROWS_WITH(table_layout("idd=x,title=y"), "--columns: \"idd\" is no column of nodes or links; did you mean \"id\"?");
  CHECK_THROWS_WITH(table_layout("id=,title=y"), "--columns: \"id\" stands for no column of the table; write id=ITS HEADING");
  CHECK_THROWS_WITH(table_layout("nist"),
                    "--columns: \"nist\" is neither a layout that is known (asvs, ccm, ctid, doorstop, olir) nor a "
                    "file of one (.json) nor a list id=HEADING,…");
}

TEST_CASE("tables: a layout is kept in a file, and its faults are told by line") {
  const Scratch scratch;
  const std::string good =
      scratch.file("good.json", "{\"columns\": {\"id\": \"no\", \"title\": [\"short\", \"long\"]},\n \"kind\": \"threat\"}\n");
  const Map map = laid(good, "no,short,long\n1,Flood,A flood of requests\n2,,Silence\n").map;
  CHECK(node_of(map, "1").title == "Flood");
  CHECK(node_of(map, "2").title == "Silence");
  CHECK(node_of(map, "2").kind == Kind::threat);
  const std::string bad = scratch.file("bad.json", "{\"columns\": {\"id\": \"no\"},\n \"kinds\": \"threat\"}\n");
  CHECK_THROWS_WITH(table_layout(bad),
                    bad + ":2: unknown member \"kinds\"; there are about, columns, words, kind, relation, degree and split");
  const std::string cut = scratch.file("cut.json", "{\"columns\": {\n");
  CHECK_THROWS_WITH(table_layout(cut), Catch::Matchers::StartsWith(cut + ":2: "));
  const std::string list = scratch.file("list.json", "{\"columns\": [\"id\"]}\n");
  CHECK_THROWS_WITH(table_layout(list), list + ":1: \"columns\" must be an object: {\"id\": \"req_id\", …}");
}

TEST_CASE("tables: layouts that come along are told by their headings") {
  const Map asvs = csv("chapter_id,chapter_name,section_id,section_name,req_id,req_description,L\n"
                       "V1,Encoding,V1.1,Architecture,V1.1.1,Verify that input is decoded once.,2\n")
                       .map;
  CHECK(node_of(asvs, "V1.1.1").kind == Kind::requirement);
  CHECK(node_of(asvs, "V1.1.1").title == "Verify that input is decoded once.");
  CHECK(node_of(asvs, "V1.1.1").attribute("section_name") == "Architecture");

  const Map ctid =
      importer("csv")
          .read(std::vector<Input>{
              {"f.csv",
               "capability_group,capability_id,capability_description,mapping_type,attack_object_id,attack_object_name,comments\n"
               "AC,AC-2,Account Management,mitigates,T1003,OS Credential Dumping,Fewer accounts\n"}})
          .map;
  CHECK(links_of(ctid) == std::vector<std::string>{"AC-2 counters T1003"});
  CHECK(ctid.links[0].rationale == "Fewer accounts");

  const Map ccm = csv("CLOUD CONTROLS MATRIX,,,\n,,,\nControl Domain,Control Title,Control ID,Updated Control Specification\n"
                      "Audit,Audit Policy,A&A-01,Establish a policy.\n")
                      .map;
  CHECK(node_of(ccm, "A&A-01").text == "Establish a policy.");

  const Map doorstop =
      csv("uid,level,text,links,active\nREQ1,1.0,The lock opens.,,True\nREQ2,1.1,It opens with a key.,REQ1,True\n").map;
  CHECK(node_of(doorstop, "REQ2").title == "It opens with a key.");
  CHECK(links_of(doorstop) == std::vector<std::string>{"REQ2 part-of REQ1"});
}

TEST_CASE("importers: JSON is told apart by its first members") {
  const Scratch scratch;
  const auto told = [&](const std::string& bytes) { return std::string(importer_for(scratch.file("a.json", bytes)).name); };
  CHECK(told("{\"type\": \"bundle\", \"id\": \"bundle--1\", \"objects\": []}") == "stix");
  CHECK(told("\xEF\xBB\xBF{\"$schema\": \"x\", \"catalog\": {\"map\": 1}}") == "oscal");
  CHECK(told("{\"nodes\": [{\"objects\": 1}], \"links\": []}") == "map");
  // Cut off within a long member: what came before tells.
  CHECK(told("{\"spec_version\": \"2.0\", \"objects\": [{\"a\"") == "stix");
  CHECK_THROWS_WITH(told("{\"rows\": []}"),
                    Catch::Matchers::Contains("several formats end in .json (map, stix, oscal, mappings-explorer, needs-json, "
                                              "csl-json, datatracker); name it with --format"));
  CHECK_THROWS_WITH(told("[1]"), Catch::Matchers::Contains("name it with --format"));
}

TEST_CASE("tables: the relationships of OLIR are mappings in our words") {
  const Map map =
      csv("Focal Document Element,Focal Document Element Description,Rationale,Relationship,Reference Document Element,"
          "Comments,Strength of Relationship\n"
          "GV.OC-01,d,Semantic,intersects with,5.1,Both ask who decides.,7\n"
          "GV.OC-02,d,Semantic,not related to,5.2,,\n")
          .map;
  CHECK(links_of(map) == std::vector<std::string>{"GV.OC-01 maps-to 5.1", "GV.OC-02 maps-to 5.2"});
  CHECK(map.links[0].set_relation == SetRelation::intersects_with);
  CHECK(map.links[0].strength == 7);
  CHECK(map.links[0].rationale == "Both ask who decides.");
  CHECK(map.links[1].set_relation == SetRelation::no_relationship);
  CHECK(map.links[1].rationale == "Semantic");
}
