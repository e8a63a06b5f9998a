// merge: two maps that went apart from a common one, put together by meaning.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/edits.hpp"
#include "cli/outputs.hpp"
#include "lacuna/render.hpp"
#include "workbench/checked.hpp"

namespace lacuna {
namespace {

struct MergeArguments : EditOptions {
  std::string base;
  std::string ours;
  std::string theirs;
  std::string output;
};

enum class Form : std::uint8_t { map, folder, file };

Form form_of(const std::string& path) {
  if (std::filesystem::is_directory(status_of(path))) return Form::folder;
  return read_beginning(path, 16).starts_with("SQLite format 3") ? Form::map : Form::file;
}

/// A map, its text form, or a file of that, which may be empty: git has no base for what both sides added.
Map read_any(const std::string& path) {
  if (!std::filesystem::exists(status_of(path))) throw Error(ErrorCode::io, path, "is not there");
  if (form_of(path) == Form::map) return Store(path).map();
  if (form_of(path) == Form::file && !holds_something(path)) return {};
  Imported imported = import_path(importer("map"), path);
  if (form_of(path) == Form::folder) check(imported);
  refuse_faults(path, "", "; nothing was merged", imported.diagnostics);
  sort_canonically(imported.map);
  return std::move(imported.map);
}

/// The parts of a map that some of the three hold.
std::vector<std::string> parts_of(std::initializer_list<const Map*> maps) {
  const auto some = [&](const auto& has) { return std::ranges::any_of(maps, [&](const Map* map) { return has(*map); }); };
  std::vector<std::string> parts;
  if (some([](const Map& m) { return !(m.info == MapInfo{}); })) parts.emplace_back("map");
  if (some([](const Map& m) { return !m.nodes.empty(); })) parts.emplace_back("nodes");
  if (some([](const Map& m) { return !m.links.empty(); })) parts.emplace_back("links");
  if (some([](const Map& m) { return !m.searches.empty(); })) parts.emplace_back("searches");
  return parts;
}

void run_merge(const MergeArguments& arguments, Context& context) {
  const Form form = form_of(arguments.ours);
  const Map base = read_any(arguments.base);
  const Map ours = read_any(arguments.ours);
  const Map theirs = read_any(arguments.theirs);
  const bool whole = form != Form::file || (!ours.nodes.empty() && !ours.links.empty());  // Of nodes alone, nobody can tell.
  const auto valid = [&](const Map& map) { return !whole || may_stand(map); };
  Merged merged = merge_maps(base, ours, theirs, valid);
  contest(merged.map, merged.conflicts, arguments.by, "");
  sort_canonically(merged.map);
  const std::string output = arguments.output.empty() ? arguments.ours : arguments.output;
  switch (form) {
    case Form::map: {
      Occasion occasion = occasion_of(arguments);
      occasion.to = output;
      if (occasion.why.empty()) occasion.why = fmt::format("merged {}", arguments.theirs);
      change_checked(arguments.ours, occasion, [&](Map& map) { map = merged.map; });
      break;
    }
    case Form::folder: write_text_form(merged.map, output); break;
    case Form::file: write_file(output, render_parts(merged.map, parts_of({&base, &ours, &theirs}))); break;
  }
  std::string text;
  for (const Conflict& c : merged.conflicts) text += fmt::format("conflict: {}\n", told(c));
  for (const Change& c : merged.left_aside)
    text += fmt::format("left aside, as the rules of the map forbid it: {}\n", name_of(c.item));
  const std::size_t open = merged.conflicts.size() + merged.left_aside.size();
  text += fmt::format("{}: {}{}\n", output, contents_text(merged.map),
                      open == 0 ? "" : fmt::format("; {} to settle", count_of(open, "conflict")));
  tell_change(output, text);
  if (open > 0) context.exit_status = 1;
}

void declare_merge(CommandLine& line, Context& context) {
  auto& arguments = line.hold<MergeArguments>();
  line.add("BASE", &arguments.base, "What both began with: a map, its text form, or one file of it").required().called("BASE");
  line.add("OURS", &arguments.ours, "One side, of the same kind").required().called("OURS");
  line.add("THEIRS", &arguments.theirs, "The other side").required().called("THEIRS");
  line.add("-o,--output", &arguments.output, "Where the result goes; default: in the place of OURS")
      .check(NotEmpty{})
      .called("NEW-MAP");
  line.add("--by", &arguments.by, "Whose the other side is, for what waits to be settled").check(NotEmpty{}).called("NAME");
  line.add("--why", &arguments.why, "What for, in a sentence, for the log").check(NotEmpty{}).called("TEXT");
  line.runs([&context, &arguments] { run_merge(arguments, context); });
}

constexpr Example merge_examples[] = {
    {"lacuna merge monday.db mine.db yours.db -o ours.db", "Two copies of a map that were edited apart."},
    {"lacuna merge base/ mine/ yours/ -o ours/", "The same in the text form."},
    {"lacuna merge monday.db mine.db yours.db", "Into mine.db; what the two said differently is listed by lacuna conflicts."},
};

}  // namespace

extern const Command cmd_merge{
    "merge",
    "put two maps together that went apart",
    "A three-way merge by meaning: nodes by identifier, links by both ends, relation and who says so, each member by itself. Two "
    "people's verdicts on one pair both stay: that is a result. Lists are taken together. A member that both changed stays "
    "as it is in OURS, and the other value waits beside it (lacuna conflicts). What one side removed and the other changed or "
    "needs, stays. Where both read one source again, the later day stands.\n\n"
    "git merges maps in their text form so with two lines. In .git/config (or by git config merge.lacuna.driver): driver = "
    "lacuna "
    "merge %O %A %B -o %A, below [merge \"lacuna\"]; in .gitattributes: FOLDER/*.json merge=lacuna.",
    merge_examples,
    "Status 1 when something is to be settled: the result is written all the same.",
    declare_merge};

}  // namespace lacuna
