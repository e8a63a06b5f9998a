#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/outputs.hpp"
#include "import/map_workbook.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

struct ExportArguments : ListingArguments {
  std::string as = "json";
  bool with_catalogues = false;
};

/// The map as a file of its own.
void export_database(const ExportArguments& arguments, const Context& context) {
  if (arguments.output.empty() || arguments.output == "-")
    throw Error(ErrorCode::usage, "-o", "is needed with --format db: a map is a file");
  if (!arguments.as_of.empty() || !arguments.known_by.empty() || !arguments.tag.empty() || arguments.include_suggested)
    throw Error(ErrorCode::usage, "--format db",
                "is the map as it stands, with its tags and its log; days and tags are asked of it");
  copy_map(context.map_path, catalogues_file(), arguments.output, arguments.with_catalogues);
  const Store copy(arguments.output);
  std::string text = fmt::format("{}: {}", arguments.output, contents_text(copy.map()));
  if (!copy.holds_catalogues() && !copy.tied_catalogues().empty())
    text += fmt::format("; without {}, which whoever gets it imports, or --with-catalogues adds",
                        count_of(copy.tied_catalogues().size(), "catalogue"));
  if (copy.holds_catalogues()) text += fmt::format(", {}", count_of(copy.catalogues().size(), "catalogue"));
  tell_change(arguments.output, text + "\n");
}

void declare_export(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ExportArguments>();
  std::vector<std::string> names{"json", "map", "db", "xlsx", "xlsx-template"};
  std::string help =
      "json (one document with states as of a day); map (the text form, a folder); db (the map itself for somebody else, with "
      "its tags and its log); xlsx (the whole map as a workbook to edit, "
      "which "
      "import --sync brings back); xlsx-template (a workbook to fill in; takes no map)";
  for (const ExchangeFormat& format : exchange_formats()) {
    names.emplace_back(format.name);
    help += fmt::format("; {} ({})", format.name, format.help);
  }
  line.add("--format", &arguments.as, help).check(OneOf{names}).shows_default().called("FORMAT");
  add_listing_options(line, arguments, {.format = false, .scope = false, .filters = false, .limit = false, .explain = false});
  line.add("--with-catalogues", &arguments.with_catalogues, "With --format db: the catalogues go along, inside");
  line.runs([&context, &arguments] {
    if (arguments.with_catalogues && arguments.as != "db")
      throw Error(ErrorCode::usage, "--with-catalogues", "goes with --format db: no other form holds them");
    if (arguments.as == "db") return export_database(arguments, context);
    if (arguments.as == "xlsx-template") return context.deliver(table_template(), arguments.output);
    if (arguments.as == "map") return write_text_form(map_of(Store(context.map_path), arguments), arguments.output);
    if (arguments.as == "xlsx") {
      context.keep_from_terminal(arguments.as, arguments.output);
      const Map map = map_of(Store(context.map_path), arguments);
      return context.deliver(made_for(arguments.output, [&] { return write_map_workbook(map); }), arguments.output);
    }
    if (arguments.as.ends_with("-xlsx")) context.keep_from_terminal(arguments.as, arguments.output);
    Workbench bench(context.map_path, context.profile(), arguments, Store::Texts::load);
    const auto format = std::ranges::find(exchange_formats(), arguments.as, &ExchangeFormat::name);
    if (format != exchange_formats().end()) {
      const Params& params = bench.params();
      context.deliver(format->write(Situation(bench.graph(), *params.profile, params.as_of, params.include_suggested)),
                      arguments.output);
      return context.answers->note(fmt::format("{} has no place for {}", format->name, format->leaves_out));
    }
    bench.params().on_demand = true;
    const Result result = query_export(bench.graph(), bench.params());
    arguments.format = "json";
    context.print(result, arguments);
  });
}

constexpr Example export_examples[] = {
    {"lacuna export -o report.json", "The whole map with the state of every need and deliverable, as of today."},
    {"lacuna export --format map -o my-map", "The text form, to edit and to keep under version control."},
    {"lacuna export --format db -o for-a-colleague.db", "The map itself, small enough for a mail: without the catalogues."},
    {"lacuna export --format graphml -o map.graphml", "For a program that draws and measures graphs."},
    {"lacuna export --format xlsx -o map.xlsx",
     "The whole map for a spreadsheet; lacuna import map.xlsx --sync brings changes back."},
    {"lacuna export --format xlsx-template -o needs.xlsx",
     "Empty tables of nodes and links, for people who keep theirs in a spreadsheet."},
};

}  // namespace

extern const Command cmd_export{
    "export",
    "the map as JSON for reports, or as its text form; tables to fill in",
    "With --format json, one document: nodes with their state as of a day, links, search records. With --format map, the "
    "canonical text form: "
    "building it again gives the same map, byte for byte, however large; a folder that held another map before holds this one "
    "then, or still the other. Other formats hold less, and what they leave out is told. With --format db, the SQLite file "
    "itself with its tags and its log; the catalogues stay where they are, unless "
    "--with-catalogues puts them inside, for somebody who has none. With --format xlsx, a workbook with the "
    "map's nodes, links and search "
    "records and a matrix of needs and deliverables (f: covered in full, p: in part, n: found not to be, m: mentioned), which "
    "remembers what it was made from. With --format xlsx-template, a workbook "
    "with empty tables of nodes and links, with "
    "drop-down lists, and every column explained.",
    export_examples,
    "",
    declare_export,
    Command::Makes::file};

}  // namespace lacuna
