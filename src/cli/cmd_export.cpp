#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/import.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

struct Arguments : ListingArguments {
  std::string as = "json";
};

/// The files are one map together; a folder that holds others of their kind would become a different map.
void write_text_form(const Map& map, const std::string& folder) {
  namespace fs = std::filesystem;
  if (folder.empty()) throw Error(ErrorCode::usage, "", "--format map writes a folder; name it with -o FOLDER");
  const auto files = render_map(map);
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (!fs::is_directory(folder)) throw Error(ErrorCode::io, folder, fmt::format("cannot be made a folder: {}", problem ? problem.message() : "it is a file"));
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".json" && !files.contains(name)) {
      throw Error(ErrorCode::io, folder, fmt::format("holds \"{}\", which would become part of the map; name an empty folder", name));
    }
  }
  for (const auto& [name, bytes] : files) write_file((fs::path(folder) / name).string(), bytes);
}

void declare(CLI::App& app, Context& context) {
  static Arguments arguments;
  app.add_option("--format", arguments.as,
                 "json (one document with states as of a day), map (the text form, a folder) or xlsx-template (a workbook to fill in; takes no map)")
      ->check(one_of({"json", "map", "xlsx-template"}))
      ->capture_default_str()
      ->type_name("FORMAT");
  add_listing_options(app, arguments, {.format = false, .scope = false, .filters = false, .limit = false, .explain = false});
  app.callback([&context] {
    if (arguments.as == "xlsx-template") return deliver(table_template(), arguments.output);
    const Store store(context.map_path);
    if (arguments.as == "map") return write_text_form(map_for(store, arguments), arguments.output);
    const Graph graph = graph_for(store, arguments, Store::Texts::load);
    deliver(render_json(query_export(graph, params_of(arguments, graph, context)), {}), arguments.output);
  });
}

constexpr Example examples[] = {
    {"lacuna export -o report.json", "The whole map with the state of every need and deliverable, as of today."},
    {"lacuna export --format map -o my-map", "The text form, to edit and to keep under version control."},
    {"lacuna export --format xlsx-template -o needs.xlsx", "Empty tables of nodes and links, for people who keep theirs in a spreadsheet."},
};

}  // namespace

const Command cmd_export{
    "export", "the map as JSON for reports, or as its text form; tables to fill in",
    "With --format json, one document: nodes with their state as of a day, links, search records. With --format map, the canonical text form: "
    "building it again gives the same map, byte for byte. With --format xlsx-template, a workbook with empty tables of nodes and links, with "
    "drop-down lists, and every column explained.",
    examples, "", declare};

}  // namespace lacuna
