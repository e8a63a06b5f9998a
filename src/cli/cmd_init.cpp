// init: a new map to begin with; and what to do next, for who calls the program alone.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/next_steps.hpp"
#include "lacuna/import.hpp"
#include "workbench/beginning.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/checked.hpp"
#include "workbench/history.hpp"

namespace lacuna {

std::string next_steps(const std::string& map) {
  std::string text;
  if (!holds_something(map)) {
    text = fmt::format("There is no map here yet ({}).\n", map);
    text +=
        "  lacuna init                     a new map, empty\n"
        "  lacuna init --programme FILE    with the objectives of a workshop\n";
    if (!installed_map().empty()) text += "  lacuna gaps                     asks the map that came along\n";
  } else {
    const Map whole = Store(map).map();
    const bool needs = std::ranges::any_of(whole.nodes, [](const Node& node) { return is_need(node.kind); });
    text = fmt::format("{}: {}{}{}\n", map, whole.info.title, whole.info.title.empty() ? "" : ": ", contents_text(whole));
    text += needs ? "  lacuna serve                    the map in the browser: look, review, edit, draft\n"
                    "  lacuna gaps                     what nobody covers, and how that is known\n"
                    "  lacuna coverage                 who covers what\n"
                    "  lacuna page -o map.html         one file to mail\n"
                  : "  lacuna export --format xlsx-template -o needs.xlsx\n"
                    "                                  empty tables; lacuna import reads them\n"
                    "  lacuna add requirement R1 \"title=Logs are kept\"\n"
                    "  lacuna serve                    adds needs and documents in the browser\n";
  }
  return text + "All commands: lacuna --help; one of them: lacuna gaps --help\n";
}

namespace {

struct InitArguments {
  std::string title;
  std::string programme;
  std::string workbook;
};

void run_init(const InitArguments& arguments, Context& context) {
  const std::string& path = context.map_path;
  if (arguments.workbook == path) throw Error(ErrorCode::usage, "--workbook", "is the map; name another file");
  for (const std::string& file : {path, arguments.workbook}) {
    if (!file.empty() && std::filesystem::exists(file))
      throw Error(ErrorCode::usage, file, "is there already, and stays as it is; name a new map with -m NEW.db");
  }
  Map map = arguments.programme.empty() ? Map() : map_of_programme(arguments.programme);
  if (!arguments.title.empty()) map.info.title = arguments.title;
  if (map.info.title.empty()) map.info.title = std::filesystem::path(path).stem().string();
  const std::string contents = contents_text(map);
  const Occasion occasion{.why = arguments.programme.empty() ? "begun" : fmt::format("begun with {}", arguments.programme)};
  if (!arguments.workbook.empty()) context.deliver(table_template(), arguments.workbook);
  try {
    write_map(map, path, false, logging(occasion), catalogues_file());
  } catch (...) {
    std::error_code none;
    if (!arguments.workbook.empty()) std::filesystem::remove(arguments.workbook, none);
    throw;
  }
  std::string text = fmt::format("{}: a new map, “{}”: {}\n", path, map.info.title, contents);
  const std::string of_map = path == Context().map_path ? "" : fmt::format(" -m {}", path);
  text +=
      arguments.workbook.empty()
          ? fmt::format("next: lacuna{} export --format xlsx-template -o needs.xlsx, fill it in, lacuna{} import needs.xlsx\n",
                        of_map, of_map)
          : fmt::format("next: fill in {0}, then: lacuna{1} import {0}\n", arguments.workbook, of_map);
  tell_change(path, text);
}

void declare_init(CommandLine& line, Context& context) {
  auto& arguments = line.hold<InitArguments>();
  line.add("--programme", &arguments.programme,
           "A workshop's programme (.docx, .md, .txt): its objectives and sessions become those of the map")
      .check(ExistingFile{})
      .called("FILE")
      .offers(Files{{".docx", ".md", ".txt"}});
  line.add("--title", &arguments.title,
           "What the map is about; default: the title of the programme, else the name of the map's file")
      .check(NotEmpty{})
      .called("TEXT");
  line.add("--workbook", &arguments.workbook,
           "Also an empty workbook for needs, documents and links, to be filled in and imported")
      .check(NotEmpty{})
      .called("PATH")
      .offers(Files{{".xlsx"}});
  line.runs([&context, &arguments] { run_init(arguments, context); });
}

constexpr Example init_examples[] = {
    {"lacuna -m my.db init --workbook needs.xlsx", "A new map, and an empty workbook for what goes into it."},
    {"lacuna -m ws.db init --programme programme.md", "With the objectives and sessions of a workshop."},
    {"lacuna -m health.db init --title \"AI in health\"", "A new map of that title, with nothing on it yet."},
};

}  // namespace

extern const Command cmd_init{
    "init",
    "make a new map to begin with",
    "Makes a new map at the place that -m names, and says what to do next. It is empty, or holds the objectives and sessions of "
    "a workshop's programme: objectives are the lines below a heading, or a line with a colon at its end, that names "
    "objectives; sessions are lines that begin with \"Session 1\". They get the identifiers O1, O2, … and \"Session 1\", …; "
    "titles are changed by lacuna set, and what is none is taken away by lacuna remove. Nothing that is there is overwritten.",
    init_examples,
    "Status 1 when the programme cannot be read or names neither objectives nor sessions.",
    declare_init};

}  // namespace lacuna
