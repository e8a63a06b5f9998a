// diff: what changed between two states of a map, or between two days of one; and what a change would bring.
#include "cli/cmd_diff.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "base/files.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "cli/report.hpp"
#include "lacuna/import.hpp"

namespace lacuna {
namespace {

using DiffArguments = StateArguments;

/// A state of a map.
struct Loaded {
  std::string name;
  std::unique_ptr<Store> store;  ///< Where its catalogues are asked for records; may be missing.
  Graph graph;
  std::string tag;
};

Graph graph_of_text(const std::string& path) {
  Imported imported = import_path(importer("map"), path);
  check(imported);
  if (count_errors(imported.diagnostics) > 0) {
    print_diagnostics(imported.diagnostics);
    throw Error(ErrorCode::bad_input, path, fmt::format("{}; nothing was compared", faults_text(imported.diagnostics)));
  }
  return graph_of(std::move(imported.map));
}

/// A map, the text form of one, or a tag of the map that the command is about. With `known`, as it had been told by then.
Loaded load(const std::string& name, const Context& context, std::optional<Day> known) {
  std::error_code problem;
  const std::string& path = name.empty() ? context.map_path : name;
  const std::string shown = std::filesystem::path(path).filename().string();
  if (name.starts_with("tag:") || (!name.empty() && !std::filesystem::exists(name, problem))) {
    const std::string tag = name.starts_with("tag:") ? name.substr(4) : name;
    const Store store(context.map_path);
    try {
      Map map = store.tagged_map(tag);
      return {fmt::format("tag {}", tag), nullptr, graph_of(known ? known_by(std::move(map), *known) : std::move(map)), tag};
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found) throw;
      throw Error(ErrorCode::not_found, name, fmt::format("is neither a map nor a folder, and {}", error.what()));
    }
  }
  if (std::filesystem::is_directory(path, problem) || path.ends_with(".json")) {
    return {shown.empty() ? path : shown, nullptr, graph_of_text(path), ""};
  }
  auto store = std::make_unique<Store>(path);
  if (known) return {shown, nullptr, graph_of(known_by(store->map(), *known)), ""};
  Graph graph = store->graph(Store::Texts::load);
  return {shown, std::move(store), std::move(graph), ""};
}

Standing standing(const Loaded& loaded, const DiffArguments& arguments, Context& context, Day as_of) {
  Standing result{loaded.name, &loaded.graph, params_of(arguments, loaded.graph, context, loaded.store.get())};
  result.params.as_of = as_of;
  result.params.tag = loaded.tag;
  return result;
}

void declare_diff(CommandLine& line, Context& context) {
  auto& arguments = line.hold<DiffArguments>();
  line.add("OLD", &arguments.before, "The earlier state: a map, a folder (or .json file) in the text form, or a tag (tag:NAME where a file is called so too); default: the map itself, as of --from").called("OLD");
  line.add("NEW", &arguments.after, "The later state; default: the map named by -m").called("NEW");
  line.add("--from", &arguments.from, "The day for the earlier state; default: today").check(NotEmpty{}).called("DATE");
  line.add("--to", &arguments.to, "The day for the later state; default: today").check(NotEmpty{}).called("DATE");
  line.add("--told", &arguments.told, "Compare what the map had been told by the two days (links and searches by their dates), rather than what existed on them");
  add_listing_options(line, arguments, {.as_of = false});
  line.add("--include-suggested", &arguments.include_suggested, "Count links that a machine suggested and nobody has reviewed");
  line.runs([&context, &arguments] {
    with_states(arguments, context, [&](const Standing& before, const Standing& after) { print(query_diff(before, after), arguments); });
  });
}

constexpr Example diff_examples[] = {
    {"lacuna diff --from 2019-01-21 --to 2026-11-23", "What happened between the workshop and that day: published, superseded, gaps closed and opened."},
    {"lacuna diff before-geneva --format json -o follow-up.json", "Since the map was tagged so: the follow-up report after a meeting."},
    {"lacuna diff last-year.db this-year.db --scope SG17 --format md", "Two maps, for one group, as Markdown."},
    {"lacuna diff --from 2026-09-01 --told", "What the map has been told since that day."},
};

}  // namespace

void with_states(const StateArguments& arguments, Context& context, const std::function<void(const Standing&, const Standing&)>& use) {
  if (arguments.before.empty() && arguments.from.empty()) {
    throw Error(ErrorCode::usage, "", "name what to compare with: another map, a folder in the text form or a tag; or two days of one map with --from DATE --to DATE");
  }
  const Day from = arguments.from.empty() ? today() : day_of(arguments.from, "--from");
  const Day to = arguments.to.empty() ? today() : day_of(arguments.to, "--to");
  if (arguments.told && arguments.from.empty()) throw Error(ErrorCode::usage, "--told", "needs --from DATE");
  const auto known = [&](Day day) { return arguments.told ? std::optional(day) : std::nullopt; };
  const bool same_map = arguments.before.empty() && !arguments.told;
  // Both at once: reading is most of the work.
  std::future<Loaded> other;
  if (!same_map) other = meanwhile([&] { return load(arguments.before, context, known(from)); });
  const Loaded after = load(arguments.after, context, known(to));
  const Loaded before = same_map ? Loaded{after.name, nullptr, Graph({}), after.tag} : other.get();
  const Loaded& old = same_map ? after : before;
  Standing b = standing(old, arguments, context, arguments.told ? today() : from);
  Standing a = standing(after, arguments, context, arguments.told ? today() : to);
  if (arguments.told) {
    b.params.known_by = to_string(from);
    a.params.known_by = to_string(to);
    b.name = fmt::format("{} as told by {}", b.name, b.params.known_by);
    a.name = fmt::format("{} as told by {}", a.name, a.params.known_by);
  }
  use(b, a);
}

namespace {

/// What a change says and the answer cannot show.
std::vector<std::string> notes_on_change(const Graph& before, const Graph& after, const Params& params) {
  std::vector<std::string> notes;
  for (const NodeId d : after.of_kind(Kind::deliverable)) {
    const std::vector<NodeId> was = before.named(after.node(d).id);
    const auto old = was.size() == 1 ? before.life(was.front()) : std::span<const Milestone>();
    for (const Milestone& m : after.life(d)) {
      const bool known = std::ranges::any_of(old, [&](const Milestone& o) { return o.state == m.state && o.day == m.day; });
      if (!known && m.day > params.as_of) {
        notes.push_back(fmt::format("{}: {} only from {} on; to see it, ask with --as-of {}", after.node(d).id, name_of(m.state), to_string(m.day), to_string(m.day)));
      }
    }
    if (was.empty() && after.developers_of(d).empty()) notes.push_back(fmt::format("{}: no group develops it; it counts for no scope", after.node(d).id));
  }
  return notes;
}

}  // namespace

Result what_if(const Store& store, ListingArguments& arguments, const std::vector<std::string>& files, Context& context, const std::vector<GapKind>& kinds) {
  Map base = map_for(store, arguments);
  std::vector<std::string> bytes;
  std::vector<Input> inputs;
  bytes.reserve(files.size());
  for (const std::string& file : files) inputs.push_back({file, bytes.emplace_back(read_file(file))});
  Imported changed = import_change(inputs, base);
  check(changed);
  if (count_errors(changed.diagnostics) > 0) {
    print_diagnostics(changed.diagnostics);
    throw Error(ErrorCode::bad_input, files.front(), fmt::format("does not fit the map: {}", faults_text(changed.diagnostics)));
  }
  const Graph before = graph_of(std::move(base));
  const Graph after = graph_of(std::move(changed.map));
  Standing b{"the map", &before, params_of(arguments, before, context)};
  Standing a{fmt::format("the map with {}", join(files, ", ")), &after, params_of(arguments, after, context)};
  b.params.kinds = a.params.kinds = kinds;
  Result result = query_diff(b, a);
  result.title = "What if";
  for (std::string& note : notes_on_change(before, after, a.params)) result.summary.push_back(std::move(note));
  return result;
}

extern const Command cmd_diff{
    "diff", "what changed between two maps, two days or since a tag",
    "Compares two states of a map: needs that changed state or score and why, gaps opened and closed, deliverables that appeared, were published, superseded or withdrawn, links added, removed, "
    "accepted, rejected, turned suspect or settled, and what that makes of each objective and group. Every row gives its reason. The two states are two maps, a map and a tag of it, "
    "or one map on two days; each may be seen as of a day of its own. Nodes are matched by identifier, links by both ends, relation and who says so.\n\n"
    "With one map and two days, what the map knows today is seen as of both; --told asks instead what the map had been told by each. A map does not keep when it learned of nodes and "
    "their dates: a tag (see lacuna-tag) keeps everything.",
    diff_examples, "Status 0 whether something changed or not; 1 when a state cannot be read.", declare_diff};

}  // namespace lacuna
