// share, sync: one map of several people.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/outputs.hpp"
#include "workbench/checked.hpp"
#include "workbench/sharing.hpp"

namespace lacuna {
namespace {

struct ShareArguments {
  std::string address;
  std::string name;
  std::string by;
  bool setup = false;
};

constexpr std::size_t most_lines = 12;

std::string why_refused(RefusedChange::Why why) {
  switch (why) {
    case RefusedChange::Why::number_taken: return "another change has that number there";
    case RefusedChange::Why::reads_only: return "you may only read there; whoever administers the database grants lacuna_editor";
    case RefusedChange::Why::not_theirs: return "you may not sign with that name there";
  }
  return {};
}

/// The first lines of a list, and how many more there are.
std::string first_of(const std::vector<std::string>& lines) {
  std::string text;
  for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) text += lines[i] + "\n";
  if (lines.size() > most_lines) text += fmt::format("  and {} more\n", lines.size() - most_lines);
  return text;
}

/// What somebody must know or do.
std::string asks_text(const SyncDone& done) {
  std::vector<std::string> asks;
  for (const Contest& c : done.contests)
    asks.push_back(fmt::format("conflict: {} {} is “{}”; {} says “{}”", c.node, c.member, c.here, c.by, c.there));
  for (const Change& c : done.left_aside)
    asks.push_back(fmt::format("left aside, as the rules of the map forbid it: {}", name_of(c.item)));
  for (const RefusedChange& r : done.refused)
    asks.push_back(fmt::format("not taken there: change {}: {}", to_string(ChangeId{r.device, r.number}), why_refused(r.why)));
  asks.insert(asks.end(), done.told.begin(), done.told.end());
  return first_of(asks);
}

std::string done_text(const std::string& map, const SyncDone& done) {
  std::vector<std::string> taken;
  for (const ChangeSet& set : done.taken) taken.push_back(fmt::format("  {}: {}", set.by, set.why));
  const std::string conflicts =
      done.contests.empty() ? ""
                            : fmt::format("; {} to settle, see: lacuna conflicts", count_of(done.contests.size(), "conflict"));
  return first_of(taken) + asks_text(done) + fmt::format("{}: {} taken, {} given{}\n", map, taken.size(), done.given, conflicts);
}

void run_share(const ShareArguments& arguments, Context& context) {
  if (arguments.setup) {
    if (arguments.address.empty()) return context.deliver(postgresql_setup(), "");
    if (carrier_kind(arguments.address).name != "postgresql")
      throw Error(ErrorCode::usage, "--setup", "is for a PostgreSQL database; folders and files need none");
    set_up_postgresql(arguments.address);
    return tell_change(
        "", "the table lacuna_change, the tables for other programs, and the roles lacuna_reader and lacuna_editor are there\n");
  }
  if (arguments.address.empty())
    throw Error(ErrorCode::usage, "ADDRESS", "is missing: a folder, a file FILE.sqlite or postgresql://HOST/DATABASE");
  const ShareDone done = share_map(context.map_path, arguments.address, arguments.name, Occasion{.by = arguments.by});
  const SharePlace& place = done.sync.place;
  std::string text;
  if (done.copied) {
    text = asks_text(done.sync);
    text += fmt::format("{}: a copy of \"{}\" in {}: {}; from now on: lacuna sync\n", context.map_path, place.name, place.address,
                        contents_text(Store(context.map_path).map()));
  } else {
    text = done_text(context.map_path, done.sync);
    text += fmt::format("{}: {} as \"{}\" in {}; others take it up with: lacuna -m NEW.db share ADDRESS\n", context.map_path,
                        done.begun ? "shared" : "shared already,", place.name, place.address);
  }
  if (done.password_left_out)
    text += "the password is not kept here: put it into ~/.pgpass, or name a service of ~/.pg_service.conf (service=NAME)\n";
  tell_change(context.map_path, text);
  if (done.sync.asks()) context.exit_status = 1;
}

void declare_share(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ShareArguments>();
  line.add("ADDRESS", &arguments.address,
           "A folder on a shared or synchronized drive; a file FILE.sqlite; or a database, postgresql://HOST/DATABASE or "
           "service=NAME")
      .called("ADDRESS")
      .offers(Files{{}});
  line.add("--name", &arguments.name, "What the map is called there; default: the name of its file, or the only one there is")
      .check(NotEmpty{})
      .called("NAME");
  line.add("--setup", &arguments.setup,
           "Instead: print the SQL that makes the table and the roles in a PostgreSQL database; with ADDRESS, run it there");
  line.add("--by", &arguments.by, "Who shares it; default: $LACUNA_BY, else the user's name").check(NotEmpty{}).called("NAME");
  line.runs([&context, &arguments] { run_share(arguments, context); });
}

void declare_sync(CommandLine& line, Context& context) {
  line.runs([&context] {
    const SyncDone done = sync_map(context.map_path, {});
    tell_change(done.taken.empty() ? "" : context.map_path, done_text(context.map_path, done));
    if (done.asks()) context.exit_status = 1;
  });
}

constexpr Example share_examples[] = {
    {"lacuna share drive/", "Shares the map in a folder that all of a group have."},
    {"lacuna -m mine.db share drive/", "A colleague's copy of it: mine.db is not there yet."},
    {"lacuna share --setup", "The SQL for whoever administers a PostgreSQL database."},
};
constexpr Example sync_examples[] = {
    {"lacuna -m mine.db sync", "Takes what the others did, and gives what was done here."},
    {"lacuna -m mine.db conflicts", "What two people said differently, to be settled."},
    {"lacuna -m mine.db log --limit 10", "Who did what last, on any of the copies."},
};

}  // namespace

extern const Command cmd_share{
    "share",
    "share a map with others, or take up one that is shared",
    "Puts a map where others can take it up: into a folder that they have, too, on a shared drive, a drive that a service "
    "synchronizes, or a USB stick; into an SQLite file on one machine; or into a PostgreSQL database. Where the map named by -m "
    "is not there yet, a copy of the shared one is made. Everybody works on a copy of their own, also offline, and lacuna sync "
    "brings them together.\n\n"
    "What is shared is the log: change sets, each with who, when and why, which nobody changes any more. All who have the same "
    "change sets have the same map, in whatever order these came. Tags and catalogues are not shared. Where the map is shared "
    "stands in lacuna/shares.json of $XDG_CONFIG_HOME or ~/.config, without passwords.\n\n"
    "In PostgreSQL, an administrator makes the tables and the roles once (--setup), and grants lacuna_reader or lacuna_editor to "
    "the roles of people. An editor adds changes and cannot change or remove any; with rows in lacuna_person (role, person), a "
    "role signs only with the names that are its own. The map as it is also stands there for other programs, with the states "
    "that the program answers: lacuna_node, lacuna_link, lacuna_coverage, lacuna_live_group, lacuna_gap, lacuna_search. Each "
    "sync of an editor brings them up to date; lacuna_stand says how many change sets they hold, and the day of the states.",
    share_examples,
    "Status 1 when something is to be settled, was not taken there, or the place cannot be reached.",
    declare_share};

extern const Command cmd_sync{
    "sync",
    "exchange changes with those who share the map",
    "Takes the changes that others have shared since, puts them onto the map in the order that holds for all, and gives those "
    "that were made here. Different members and different people's verdicts go together. A member that two people changed keeps "
    "what was said later, and the other value waits until somebody settles it (lacuna conflicts). What would make the map "
    "invalid is left aside. It may be interrupted at any moment, and goes on the next time.",
    sync_examples,
    "Status 1 when something is to be settled, was not taken there, or the place cannot be reached: then nothing is lost, and "
    "the next sync goes on.",
    declare_sync};

}  // namespace lacuna
