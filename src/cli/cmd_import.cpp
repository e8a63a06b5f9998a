#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "cli/edits.hpp"
#include "cli/intake_texts.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "workbench/intake.hpp"
#include "workbench/sync.hpp"

namespace lacuna {
namespace {

struct ImportArguments : EditOptions {
  std::vector<std::string> paths;
  bool sync = false;
  std::string format;
  std::string name;
  std::string date;
  std::string report;
  std::string columns;
  std::string kind;
  std::string relation;
  std::string split;
};

/// What the options say of the tables.
TableLayout layout_of(const ImportArguments& arguments) {
  TableLayout layout = table_layout(arguments.columns);
  const auto constant = [&](std::string_view column, const std::string& word) {
    if (word.empty()) return;
    std::erase_if(layout.constants, [&](const auto& c) { return c.first == column; });
    layout.constants.emplace_back(column, word);
  };
  constant("kind", arguments.kind);
  constant("relation", arguments.relation);
  layout.split += arguments.split;
  return layout;
}

Result report_of(const Intake& intake) {
  Result result;
  result.schema = "import-1";
  result.title = "Import";
  Value catalogues = Value::array();
  for (const ImportSummary& s : intake.summaries) {
    Value one = Value::object();
    one.set("name", s.catalogue)
        .set("format", s.format)
        .set("read", s.read)
        .set("new", s.added)
        .set("changed", s.changed)
        .set("unchanged", s.unchanged)
        .set("repeated", s.repeated);
    one.set("gone", s.gone).set("merged", s.merged).set("skipped", s.skipped);
    Value notes = Value::array();
    for (std::size_t i = 0; i < s.remarks.size(); ++i) {
      if (s.remarks[i] == 0) continue;
      Value note = Value::object();
      note.set("remark", remarks()[i].name).set("records", s.remarks[i]).set("rule", remarks()[i].rule);
      notes.push(std::move(note));
    }
    Value changes = Value::array();
    for (const std::string& c : s.changes) changes.push(std::string(c));
    one.set("remarks", std::move(notes)).set("changes", std::move(changes));
    const auto list = [&](std::string_view name, const std::vector<std::string>& lines) {
      if (!lines.empty()) one.set(name, Value(Value::Array(lines.begin(), lines.end())));
    };
    list("taken_back", s.taken_back);
    list("ended", s.ended);
    list("questioned", s.questioned);
    catalogues.push(std::move(one));
  }
  Value map = Value::array();
  for (const std::string& t : intake.told) map.push(std::string(t));
  Value faults = Value::array();
  for (const Diagnostic& d : intake.diagnostics) faults.push(to_string(d));
  result.head = {{"catalogues", std::move(catalogues)}, {"map", std::move(map)}, {"faults", std::move(faults)}};
  return result;
}

/// False where an input broke off.
bool run_import(const ImportArguments& arguments, const std::string& map) {
  ImportWatcher watcher;
  const Intake intake = take_in(
      map, {arguments.paths, arguments.format, arguments.name, Date::parse(arguments.date), layout_of(arguments)}, watcher);
  watcher.done();
  const std::string text = text_of(intake);
  tell_change(map, text);
  if (!arguments.report.empty()) deliver(render_json(report_of(intake), {}), arguments.report);
  return intake.complete;
}

/// False where the workbook does not fit the map.
bool run_sync(const ImportArguments& arguments, const std::string& map) {
  if (arguments.paths.size() != 1)
    throw Error(ErrorCode::usage, "--sync", "takes one workbook, which lacuna export --format xlsx wrote");
  const std::string& file = arguments.paths.front();
  Occasion occasion = occasion_of(arguments);
  if (occasion.why.empty()) occasion.why = fmt::format("synchronized with {}", file);
  const Synced synced = sync_workbook(map, file, occasion);
  std::string text;
  for (const std::string& line : lines_of(synced.set)) text += line + "\n";
  for (const Conflict& c : synced.conflicts) text += fmt::format("conflict: {}\n", told(c));
  if (synced.set.empty() && synced.conflicts.empty()) text = "nothing differs; nothing was changed\n";
  tell_change(arguments.dry || synced.set.empty() ? "" : map, text);
  return synced.conflicts.empty();
}

std::string format_help() {
  std::string help = "Input format; default: by the ending of the name.";
  for (const Importer& i : importers()) help += fmt::format(" {}: {};", i.name, i.help);
  help.back() = '.';
  return help;
}

/// Every rule by which the importers read what is odd; the last line without its end. Made only when somebody asks for help.
std::string rules_text() {
  std::string text;
  const auto add = [&](std::string_view rule) {
    std::string indent = "- ";
    for (const std::string& line : wrapped(rule, 118)) {
      text += indent + line + "\n";
      indent = "  ";
    }
  };
  for (const Importer& i : importers()) {
    if (i.rules.empty()) continue;
    text += fmt::format("\nWhat {} makes of odd input:\n", i.name);
    std::string_view rest = i.rules;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      add(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  text += "\nWhat the importers of catalogues put right, by the names under which the summary counts it:\n";
  for (const RemarkWord& r : remarks()) add(fmt::format("{}: {}", r.name, r.rule));
  text.pop_back();
  return text;
}

void declare_import(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ImportArguments>();
  line.footer(rules_text() + "\n");
  line.add("PATH", &arguments.paths,
           "Folders, archives or files; - is standard input. Without any, the map is brought up to the catalogues as they stand")
      .called("FILE…");
  line.add("--format", &arguments.format, format_help()).check(OneOf{names_in(importers())}).called("FORMAT");
  line.add("--as", &arguments.name, "Name of the catalogue; default: the name of the file or folder")
      .check(NotEmpty{})
      .called("NAME");
  line.add("--date", &arguments.date,
           "Day on which the catalogue stood so; default: of the newest file in an archive. What the map saw later stays")
      .check(NotEmpty{})
      .called("DATE");
  line.add("--columns", &arguments.columns,
           "For tables: which of their columns says what: id=req_id,title=req_description; or a file that keeps it (.json, see "
           "data/tables), or the name of one that comes along: asvs, ccm, ctid, doorstop, olir, which are also told by their "
           "headings")
      .check(NotEmpty{})
      .called("COLUMNS|FILE");
  line.add("--kind", &arguments.kind, "For tables of nodes: the kind of all rows that do not say it")
      .check(OneOf{names_in(words<Kind>())})
      .called("KIND");
  line.add("--relation", &arguments.relation, "For tables of links: the relation of all rows that do not say it")
      .check(OneOf{names_in(words<Relation>())})
      .called("RELATION");
  line.add("--split", &arguments.split, "For tables: letters between several ids in a cell, beside semicolons and line ends")
      .check(NotEmpty{})
      .called("TEXT");
  line.add(
      "--sync", &arguments.sync,
      "The file is a workbook of this map (lacuna export --format xlsx): additions, changes and removals there are listed and "
      "done, all of them or none");
  add_edit_options(line, arguments);
  line.add("--report", &arguments.report, "Write everything that was done as JSON to this file").check(NotEmpty{}).called("PATH");
  line.runs([&context, &arguments] {
    if (arguments.sync) {
      if (!run_sync(arguments, context.map_path)) context.exit_status = 1;
      return;
    }
    for (const auto& [given, option] :
         {std::pair(arguments.dry, "--dry-run"), {!arguments.by.empty(), "--by"}, {!arguments.why.empty(), "--why"}}) {
      if (given) throw Error(ErrorCode::usage, option, "is for workbooks that come back: with --sync");
    }
    if (!arguments.date.empty() && !Date::parse(arguments.date))
      throw Error(ErrorCode::usage, "--date", fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(arguments.date, 40)));
    if (!arguments.name.empty() && arguments.paths.size() > 1)
      throw Error(ErrorCode::usage, "--as", "names one catalogue; import the others by themselves");
    if (!run_import(arguments, context.map_path)) context.exit_status = 1;
  });
}

constexpr Example import_examples[] = {
    {"lacuna import relaton-itu.tar.zst relaton-iso.tar.zst",
     "Two catalogues in one step; again later, to bring them up to date."},
    {"lacuna import --format relaton relaton-data-ieee/data --as ieee", "A folder, under a name of one's own."},
    {"lacuna import --format stix atlas.json", "Threats and capabilities onto the map."},
    {"lacuna import --format oscal catalogues-and-mappings",
     "A folder of OSCAL in JSON, XML or YAML; mappings find their catalogues."},
    {"lacuna import --format rfc-index - < rfc-index.xml", "From standard input."},
    {"lacuna import", "Nothing new: the map is brought up to the catalogues that another map has renewed."},
    {"lacuna import map.xlsx --sync --dry-run",
     "What was changed in a workbook of the map, and where the map was changed meanwhile."},
    {"lacuna import --columns id=req_id,title=req_description --kind requirement asvs.csv", "A table with headings of its own."},
};

}  // namespace

extern const Command cmd_import{
    "import",
    "read catalogues and tables of others into the map",
    "Catalogues (relaton, rfc-index, iso-open-data, datatracker, work-programme) become searchable; they stand in a file for all "
    "maps (lacuna --catalogues), or in the map where that holds some. The "
    "deliverables of the map "
    "are tied to their records, so that states, dates (that of the first known draft, where the map "
    "has none before publication) and "
    "later editions come from there. What a renewed catalogue brings near a need that a signed search "
    "record judged, waits for judgement in that record, and the need is no confirmed gap meanwhile. The other formats bring "
    "nodes and links onto the map. With --sync, a workbook that export --format xlsx wrote comes back: what was changed there "
    "since, "
    "whatever became of the map meanwhile; where both changed the same, nothing is done. A new version of a framework (stix, "
    "oscal, atlas, …) takes back what it said before and "
    "does not say any more; what others speak of stays, and ends. Where a need reads otherwise than before, verdicts on it are "
    "suspect until "
    "somebody looks (link confirm), and what signed search records judged near it waits for judgement. All "
    "inputs of one command go in together or not at all; what could "
    "not be read is told with file and line, and the rest goes in. Reading a catalogue again brings "
    "it up to date: what changed is told, and what is no longer in "
    "it goes.",
    import_examples,
    "Status 1 when an input cannot be opened (nothing is changed) or is cut off (what came before "
    "the cut is in). Interrupting leaves what was there, or the map "
    "changed and the catalogues not yet: importing again comes to the same.",
    declare_import};

}  // namespace lacuna
