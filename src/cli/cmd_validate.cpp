#include <fmt/format.h>

#include <filesystem>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

struct ValidateArguments {
  std::string path;
  std::string format = "text";
  bool strict = false;
  bool rules = false;
};

/// True for what is not the text form: anything else must be a map.
bool is_text_form(const std::string& path) {
  std::error_code problem;
  return std::filesystem::is_directory(path, problem) || std::filesystem::path(path).extension() == importer("map").extension;
}

Result result_of(const ValidateArguments& arguments, const Imported& imported) {
  Result result;
  result.schema = "validate-1";
  result.title = "Validation";
  result.head = {{"path", arguments.path},
                 {"nodes", imported.map.nodes.size()},
                 {"links", imported.map.links.size()},
                 {"searches", imported.map.searches.size()},
                 {"errors", count_errors(imported.diagnostics)},
                 {"warnings", imported.diagnostics.size() - count_errors(imported.diagnostics)}};
  Table table{"diagnostics", "", {}, {}};
  for (const Diagnostic& d : imported.diagnostics) {
    Value row = Value::object();
    row.set("severity", d.severity == Severity::error ? "error" : "warning").set("file", d.file);
    row.set("line", static_cast<std::int64_t>(d.line)).set("message", d.message);
    table.rows.push_back(std::move(row));
  }
  result.tables.push_back(std::move(table));
  return result;
}

void declare_validate(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ValidateArguments>();
  line.add("PATH", &arguments.path,
           "Folder or JSON file with the text form of a map, or a built map; default: the map named by -m")
      .called("FILE");
  line.add("--format", &arguments.format, "text (one fault a line on standard error) or json")
      .check(OneOf{{"text", "json"}})
      .shows_default();
  line.add("--strict", &arguments.strict, "Let warnings fail too");
  line.add("--rules", &arguments.rules, "Also hold every link against the rules by which degrees are given (below)");
  line.runs([&context, &arguments] {
    if (arguments.path.empty()) arguments.path = context.map_path;
    if (std::error_code problem; !std::filesystem::exists(arguments.path, problem)) {
      throw Error(ErrorCode::io, arguments.path, "there is no such file or folder");
    }
    Imported imported;
    if (is_text_form(arguments.path)) {
      imported = import_path(importer("map"), arguments.path);
    } else {
      const Store store(arguments.path);
      store.check();
      imported.map = store.map();
      imported.map.files = {arguments.path};
    }
    check(imported, arguments.rules);
    const std::string faults = faults_text(imported.diagnostics);
    if (arguments.format == "json") {
      deliver(render_json(result_of(arguments, imported), {}), "");
    } else {
      print_diagnostics(imported.diagnostics);
      deliver(fmt::format("{}: {}: {}\n", arguments.path, contents_text(imported.map), faults), "");
    }
    const std::size_t fatal = arguments.strict ? imported.diagnostics.size() : count_errors(imported.diagnostics);
    if (fatal > 0) context.exit_status = 1;
  });
}

constexpr Example validate_examples[] = {
    {"lacuna validate data/ai-ml-security", "Checks the shipped map and says what it holds."},
    {"lacuna validate --strict my-map", "Fails on warnings too, for a check before committing."},
    {"lacuna validate ai.db", "Checks a built map: the SQLite file itself and what it says."},
    {"lacuna validate --rules data/ai-ml-security", "And whether a degree says more than what was read allows."},
};

}  // namespace

extern const Command cmd_validate{
    "validate",
    "tell all faults of a map at once",
    "Checks the text form of a map, or a built map: unknown kinds and relations, dangling and forbidden links, ids used twice, "
    "circles, "
    "impossible dates, attributes that do not belong. All faults are told, each with file and line and what to do.\n\n"
    "With --rules, links are held against the rules of judgement too. A report, paper, study, supplement or guide covers a need "
    "in part "
    "at most; so does a draft whose text was "
    "not read. A proposal, and what was only told by others, mentions a need. A link in full says what text was read. A general "
    "text covers in part a need that asks for a "
    "general means, never one that asks for AI by name. Not for a machine: a threat is covered by what counters it (in full or "
    "in part), in part by what measures it, and "
    "mentioned by what describes it. A partial beside two mentions or more, all read by their titles alone, is told as uneven "
    "measure.",
    validate_examples,
    "Status 1 when there is an error (with --strict: or a warning).",
    declare_validate};

}  // namespace lacuna
