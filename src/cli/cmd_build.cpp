#include <fmt/format.h>

#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "lacuna/import.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

struct BuildArguments {
  std::string folder;
  std::string output = "lacuna.db";
  bool force = false;
};

void declare_build(CommandLine& line, Context& context) {
  auto& arguments = line.hold<BuildArguments>();
  line.add("FOLDER", &arguments.folder, "Folder (or single file) with the text form of a map").required().called("FOLDER");
  auto& output = line.add("-o,--output", &arguments.output, "The map to write; default: the map named by -m")
                     .check(NotEmpty{})
                     .called("NEW-MAP");
  line.add("--force", &arguments.force, "Replace also what is no map, a damaged map, or one of a newer Lacuna");
  line.runs([&context, &output, &arguments] {
    Imported imported = import_path(importer("map"), arguments.folder);
    check(imported);
    print_diagnostics(imported.diagnostics);
    if (const std::size_t errors = count_errors(imported.diagnostics); errors > 0) {
      throw Error(ErrorCode::bad_input, arguments.folder,
                  fmt::format("{}; no map was written", faults_text(imported.diagnostics)));
    }
    const std::string path = output.given() ? arguments.output : context.map_path;
    const std::string contents = contents_text(imported.map);
    const Occasion occasion{.why = fmt::format("built from {}", arguments.folder)};
    const MapWritten written = write_map(imported.map, path, arguments.force, logging(occasion), catalogues_file());
    std::string text = fmt::format("{}: {}{}\n", path, contents, written.catalogues_kept ? "; the catalogues stay" : "");
    for (const std::string& t : written.told) text += fmt::format("  · {}\n", t);
    tell_change(path, text);
  });
}

constexpr Example build_examples[] = {
    {"lacuna build data/ai-ml-security -o ai.db", "Makes the map ai.db from the shipped text form."},
    {"lacuna -m my.db build my-map", "One's own, into the map that the other commands read; its catalogues and tags stay."},
    {"lacuna build my-map -o small.db --force", "Whatever small.db was."},
};

}  // namespace

extern const Command cmd_build{
    "build",
    "make a map from its text form",
    "Reads the JSON files of FOLDER, validates them and writes one SQLite file. The file is written beside its place and "
    "renamed: "
    "whatever goes wrong, an earlier map stays as it was. The same text gives the same bytes. Catalogues that were imported into "
    "an earlier map at that place stay; delete the file to begin anew. What is no map, is damaged or was written by a newer "
    "Lacuna is replaced only with --force. Another hard link of an earlier map keeps what that held.",
    build_examples,
    "Status 1 when the text has faults (all are told, with file and line) or the map cannot be written.",
    declare_build};

}  // namespace lacuna
