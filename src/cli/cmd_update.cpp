// update: catalogues brought up to date from where they are published.
#include <fmt/format.h>

#include <algorithm>

#include "base/edit_distance.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/intake_texts.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/update.hpp"

namespace lacuna {
namespace {

struct UpdateArguments {
  std::vector<std::string> names;
  bool check = false;
  bool list = false;
};

/// Those that are named; of none, those whose catalogue is here.
std::vector<UpdateSource> chosen(const UpdateArguments& arguments, const Store& store) {
  std::vector<UpdateSource> all = catalogue_sources();
  std::vector<UpdateSource> some;
  for (const std::string& name : arguments.names) {
    const auto found = std::ranges::find(all, name, &UpdateSource::name);
    if (found == all.end()) {
      std::vector<std::string_view> names;
      for (const UpdateSource& source : all) names.push_back(source.name);
      throw Error(ErrorCode::usage, name, fmt::format("is no source{}; see: lacuna update --list", did_you_mean(name, names)));
    }
    some.push_back(*found);
  }
  if (!arguments.names.empty()) return some;
  const std::vector<CatalogueInfo> here = store.catalogues();
  std::erase_if(
      all, [&](const UpdateSource& source) { return std::ranges::find(here, source.name, &CatalogueInfo::name) == here.end(); });
  if (all.empty())
    throw Error(ErrorCode::usage, "", "none of the catalogues here has a source; name sources, or see: lacuna update --list");
  return all;
}

std::string line_of(const SourceUpdate& one) {
  switch (one.state) {
    case SourceUpdate::State::unchanged:
      return fmt::format("{}: unchanged{}\n", one.source, one.since.empty() ? "" : " since " + one.since);
    case SourceUpdate::State::newer:
      return fmt::format("{}: there is something newer; take it with: lacuna update {}\n", one.source, one.source);
    case SourceUpdate::State::failed: return {};
    case SourceUpdate::State::imported: break;
  }
  return text_of(one.intake);
}

void run_update(const UpdateArguments& arguments, Context& context) {
  if (arguments.list) {
    std::string text;
    const auto days = last_seen(context.map_path);
    for (const UpdateSource& source : catalogue_sources()) {
      const auto seen = days.find(source.name);
      const std::string day = seen == days.end() ? std::string() : seen->second;
      text += fmt::format("{}: {}\n  {}, {}{}\n", source.name, source.of.empty() ? source.attribution : source.of, source.address,
                          source.format, day.empty() ? "" : "; as here on " + day);
    }
    return context.deliver(text, "");
  }
  const std::vector<UpdateSource> sources = chosen(arguments, Store(context.map_path, catalogues_file()));
  ImportWatcher watcher;
  std::optional<Progress> progress;
  std::string progress_of;
  const UpdateDone done = update_catalogues(context.map_path, context.profile(), sources, arguments.check, watcher,
                                            [&](const std::string& source, std::uint64_t there, std::uint64_t all) {
                                              if (progress_of != source) progress.emplace(progress_of = source);
                                              progress->show_bytes(there, all);
                                            });
  progress.reset();
  watcher.done();
  std::string text;
  bool changed = false;
  for (const SourceUpdate& one : done.sources) {
    text += line_of(one);
    changed = changed || one.state == SourceUpdate::State::imported;
  }
  for (const std::string& need : done.needs) text += "  " + need + "\n";
  tell_change(changed ? context.map_path : "", text);
  for (const SourceUpdate& one : done.sources) {
    if (one.state != SourceUpdate::State::failed) continue;
    context.answers->note(one.fault);
    context.exit_status = 1;
  }
}

void declare_update(CommandLine& line, Context& context) {
  auto& arguments = line.hold<UpdateArguments>();
  line.add("NAME", &arguments.names, "Sources to be taken; default: those whose catalogues are here").called("SOURCE…");
  line.add("--check", &arguments.check, "Only ask whether there is something newer");
  line.add("--list", &arguments.list, "List the sources: whose documents, from where, when last seen")
      .excludes(line.option("--check"));
  line.runs([&context, &arguments] { run_update(arguments, context); });
}

constexpr Example update_examples[] = {
    {"lacuna update --list", "Which catalogues can be had, and from where."},
    {"lacuna update --check || true", "Whether there is something newer; nothing is taken."},
    {"lacuna update rfc-index || true", "Takes the index of RFCs, or what has changed of it."},
};

}  // namespace

extern const Command cmd_update{
    "update",
    "bring catalogues up to date from where they are published",
    "Takes what has changed of the named sources and imports it, as lacuna import does, each in a transaction of its own; says "
    "what came, changed and went, what changed on the map, and which needs have another state now. Without names, the sources of "
    "the catalogues that are here. A source that fails does not keep the others back, and the catalogue that was there stays. "
    "What breaks off is gone on with the next time.\n\n"
    "Sources are the rows of data/sources.json, and of lacuna/sources.json in $XDG_CONFIG_HOME or ~/.config, of which one stands "
    "before a shipped one of the same name: name, address, format (an importer), and if need be hosts (to which it may lead on), "
    "insecure (true: http, too), most_megabytes (2000). Servers are asked by ETag and Last-Modified; only https is asked, "
    "and of redirections only those to the same host or a named one are followed. What comes stands in $XDG_CACHE_HOME/lacuna or "
    "~/.cache/lacuna until it is imported; what is remembered of the last time, beside the file of the catalogues. This, share, "
    "sync and serve are the only commands that open a connection.",
    update_examples,
    "Status 1 when a source failed; the others are done.",
    declare_update};

}  // namespace lacuna
