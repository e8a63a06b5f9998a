// log, blame, undo, apply, conflicts: what was done to a map, and what is still to be settled.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "workbench/history.hpp"

namespace lacuna {
namespace {

struct HistoryArguments : ListingArguments {
  std::vector<std::string> words;
  std::string to;
  std::string by;
  std::string since;
  std::string file;
  std::size_t change = 0;
  bool partly = false;
  bool dry = false;
};

constexpr Takes only_format{.scope = false, .filters = false, .limit = false, .as_of = false, .explain = false};

void run_log(const HistoryArguments& arguments, const Context& context) {
  const Store store(context.map_path);
  if (arguments.change > 0) {
    const std::vector<LoggedChange> log = store.log();
    if (arguments.change > log.size())
      throw Error(ErrorCode::not_found, std::to_string(arguments.change),
                  fmt::format("is no change of the log, which has {}", log.size()));
    return context.deliver(log[arguments.change - 1].content, arguments.output);
  }
  LogQuestion question{join(arguments.words, " "), arguments.by, std::nullopt, arguments.limit};
  if (!arguments.since.empty()) {
    question.since = Date::parse(arguments.since);
    if (!question.since)
      throw Error(ErrorCode::usage, "--since",
                  fmt::format("\"{}\" is no date; write YYYY-MM-DD", shortened(arguments.since, 40)));
  }
  context.print(query_log(store, question), arguments);
}

void declare_log(CommandLine& line, Context& context) {
  auto& arguments = line.hold<HistoryArguments>();
  line.add("NAME", &arguments.words, "Only what was done to this node and its links; default: all")
      .called("NAME")
      .offers(NamesOnMap{"node"});
  line.add("--by", &arguments.by, "Only what somebody did whose name holds this").check(NotEmpty{}).called("NAME");
  line.add("--since", &arguments.since, "Only what was done on that day or later").check(NotEmpty{}).called("DATE");
  line.add("--change", &arguments.change, "Instead of the list: the change of that number as a file, for lacuna apply")
      .check(WholeNumber{1, 1'000'000'000})
      .called("NUMBER");
  add_listing_options(line, arguments, {.scope = false, .filters = false, .as_of = false, .explain = false});
  line.runs([&context, &arguments] { run_log(arguments, context); });
}

void declare_blame(CommandLine& line, Context& context) {
  auto& arguments = line.hold<HistoryArguments>();
  line.add("NAME", &arguments.file, "The node; or a deliverable").required().called("NAME").offers(NamesOnMap{"node"});
  line.add("NEED", &arguments.to, "What it is linked to: then who said what of the link")
      .called("NAME")
      .offers(NamesOnMap{"node"});
  add_listing_options(line, arguments, only_format);
  line.runs(
      [&context, &arguments] { context.print(query_blame(Store(context.map_path), arguments.file, arguments.to), arguments); });
}

void declare_undo(CommandLine& line, Context& context) {
  auto& arguments = line.hold<HistoryArguments>();
  line.add("CHANGE", &arguments.change, "Its number in the log; default: the last one that was not undone")
      .check(WholeNumber{1, 1'000'000'000})
      .called("NUMBER");
  line.add("--by", &arguments.by, "Who takes it back; default: $LACUNA_BY, else the user's name")
      .check(NotEmpty{})
      .called("NAME");
  line.add("--dry-run", &arguments.dry, "Say what would be done, and change nothing");
  line.runs([&context, &arguments] {
    const std::string text = undo(context.map_path, arguments.change, Occasion{.by = arguments.by, .dry = arguments.dry});
    tell_change(arguments.dry ? "" : context.map_path, text);
  });
}

void run_apply(const HistoryArguments& arguments, Context& context) {
  const Applied applied =
      apply_file(context.map_path, arguments.file, arguments.partly, Occasion{.by = arguments.by, .dry = arguments.dry});
  std::string text;
  for (const std::string& done : lines_of(applied.set)) text += done + "\n";
  for (const Conflict& c : applied.conflicts) text += fmt::format("does not fit: {}\n", told(c));
  if (!arguments.dry)
    text += fmt::format(
        "{}: {} applied{}\n", context.map_path, count_of(applied.set.changes.size() + applied.set.renames.size(), "change"),
        applied.conflicts.empty() ? "" : fmt::format(", but for {}", count_of(applied.conflicts.size(), "place")));
  tell_change(arguments.dry ? "" : context.map_path, text);
  if (!applied.conflicts.empty()) context.exit_status = 1;
}

void declare_apply(CommandLine& line, Context& context) {
  auto& arguments = line.hold<HistoryArguments>();
  line.add("FILE", &arguments.file, "A change: from lacuna log --change, or in the text form of maps as gaps --with takes it")
      .required()
      .called("FILE")
      .offers(Files{{".json"}});
  line.add("--partly", &arguments.partly, "Apply what fits, and keep what does not beside what the map says");
  line.add("--by", &arguments.by, "Who does so; default: $LACUNA_BY, else the user's name").check(NotEmpty{}).called("NAME");
  line.add("--dry-run", &arguments.dry, "Say what would be done, and change nothing");
  line.runs([&context, &arguments] { run_apply(arguments, context); });
}

void declare_conflicts(CommandLine& line, Context& context) {
  auto& arguments = line.hold<HistoryArguments>();
  add_listing_options(line, arguments, only_format);
  line.runs([&context, &arguments] { context.print(query_conflicts(Store(context.map_path).map()), arguments); });
}

constexpr Example log_examples[] = {
    {"lacuna log --limit 10", "The last ten changes: when, who, what for."},
    {"lacuna log RC27 --since 2026-11-01", "What was done to a need and its links this month."},
    {"lacuna log --change 1 -o sent.json", "One change as a file, to be mailed; lacuna apply takes it."},
};
constexpr Example blame_examples[] = {
    {"lacuna blame RC27", "Who gave each member of a need what it says now."},
    {"lacuna blame X.1753 UC02", "Who said what of the links between the two."},
    {"lacuna blame RC27 --format json", "The same for a program."},
};
constexpr Example undo_examples[] = {
    {"lacuna undo", "Takes the last change back."},
    {"lacuna undo 1 --dry-run", "What taking back change 1 of the log would do."},
    {"lacuna undo 1", "Does it, as a change of its own; undoing that one brings it back."},
};
constexpr Example apply_examples[] = {
    {"lacuna apply change.json --dry-run", "What a colleague's change would do, and where it does not fit."},
    {"lacuna apply change.json", "All of it, or nothing."},
    {"lacuna apply change.json --partly", "What fits; the rest waits under lacuna conflicts."},
};
constexpr Example conflicts_examples[] = {
    {"lacuna conflicts", "What two people said differently at the same time."},
    {"lacuna conflicts --format json", "The same for a program."},
    {"lacuna set RC27 title=\"Drift monitoring\"", "Settles the one about its title."},
};

}  // namespace

extern const Command cmd_log{
    "log",
    "what was done to a map, by whom and what for",
    "Every command that changes a map leaves one change in its log: when, who, what for, and each member of "
    "each node, link and search record before and after. The log is part of the map and travels with it; "
    "a map that is built from its text form begins a new one.",
    log_examples,
    "",
    declare_log,
    Command::Makes::rows};
extern const Command cmd_blame{
    "blame",
    "who gave each member of a node or a link what it says",
    "Asks the log of the map. What stood there before the map had a log is said so; links carry who said them "
    "and when in any case.",
    blame_examples,
    "Status 1 when the map has no such node or link.",
    declare_blame,
    Command::Makes::rows};
extern const Command cmd_undo{
    "undo",
    "take a change back",
    "Puts back what a change of the log did, whoever came after, and notes that as a change of its own. Where "
    "others changed the same members since, nothing is done, and these are told.",
    undo_examples,
    "Status 1 when there is no such change, or it cannot be undone by itself.",
    declare_undo};
extern const Command cmd_apply{
    "apply",
    "put a change that somebody sent, or many edits at once, onto a map",
    "A change from another map keeps who made it and when, and goes onto a map once. Members that the map says "
    "otherwise than the change found them do not fit; lists are taken together, and two people's "
    "verdicts on one pair are two links. The text form of maps needs only what changes: of a node its "
    "identifier and the members to be set.",
    apply_examples,
    "Status 1 when something does not fit, also with --partly; 2 when the map has the change already.",
    declare_apply};
extern const Command cmd_conflicts{
    "conflicts",
    "what two people said differently at the same time",
    "A member of a node that was changed on both sides of a merge or an applied change keeps what the map "
    "said, and the other value waits beside it with who said it and when. Setting the member settles it.",
    conflicts_examples,
    "",
    declare_conflicts,
    Command::Makes::rows};

}  // namespace lacuna
