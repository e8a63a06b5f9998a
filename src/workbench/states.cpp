#include "workbench/states.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <future>

#include "base/files.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "workbench/catalogue_file.hpp"
#include "workbench/checked.hpp"
#include "workbench/history.hpp"

namespace lacuna {
namespace {

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
  refuse_faults(path, "", "; nothing was compared", imported.diagnostics);
  return graph_of(std::move(imported.map));
}

/// A map, the text form of one, or a tag of the map that the command is about. With `known`, as it had been told by then.
Loaded load(const std::string& name, const std::string& map_path, std::optional<Day> known) {
  std::error_code problem;
  const std::string& path = name.empty() ? map_path : name;
  const std::string shown = std::filesystem::path(path).filename().string();
  if (name.starts_with("tag:") || (!name.empty() && !std::filesystem::exists(name, problem))) {
    const std::string tag = name.starts_with("tag:") ? name.substr(4) : name;
    const Store store(map_path);
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
  auto store = std::make_unique<Store>(path, catalogues_file());
  if (known) return {shown, nullptr, graph_of(told_by(*store, *known)), ""};
  Graph graph = store->graph(Store::Texts::load);
  return {shown, std::move(store), std::move(graph), ""};
}

Standing standing(const Loaded& loaded, const Asked& asked, const Profile& profile, Day as_of) {
  Standing result{loaded.name, &loaded.graph, params_of(asked, loaded.graph, profile, loaded.store.get())};
  result.params.as_of = as_of;
  result.params.tag = loaded.tag;
  return result;
}

}  // namespace

void with_states(const TwoStates& states, const Asked& asked, const std::string& map, const Profile& profile,
                 const std::function<void(const Standing&, const Standing&)>& use) {
  if (states.before.empty() && states.from.empty()) {
    throw Error(ErrorCode::usage, "",
                "name what to compare with: another map, a folder in the text form or a tag; or two days of one map with --from "
                "DATE --to DATE");
  }
  const Day from = states.from.empty() ? today() : day_of(states.from, "--from");
  const Day to = states.to.empty() ? today() : day_of(states.to, "--to");
  if (states.told && states.from.empty()) throw Error(ErrorCode::usage, "--told", "needs --from DATE");
  const auto known = [&](Day day) { return states.told ? std::optional(day) : std::nullopt; };
  const bool same_map = states.before.empty() && !states.told;
  // Both at once: reading is most of the work.
  std::future<Loaded> other;
  if (!same_map) other = meanwhile([&] { return load(states.before, map, known(from)); });
  const Loaded after = load(states.after, map, known(to));
  const Loaded before = same_map ? Loaded{after.name, nullptr, Graph({}), after.tag} : other.get();
  const Loaded& old = same_map ? after : before;
  Standing b = standing(old, asked, profile, states.told ? today() : from);
  Standing a = standing(after, asked, profile, states.told ? today() : to);
  if (states.told) {
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
        notes.push_back(fmt::format("{}: {} only from {} on; to see it, ask with --as-of {}", after.node(d).id, name_of(m.state),
                                    to_string(m.day), to_string(m.day)));
      }
    }
    if (was.empty() && after.developers_of(d).empty())
      notes.push_back(fmt::format("{}: no group develops it; it counts for no scope", after.node(d).id));
  }
  return notes;
}

}  // namespace

Result what_if(const std::string& map, const Profile& profile, const Asked& asked, const std::vector<std::string>& files,
               const std::vector<GapKind>& kinds) {
  const Store store(map);
  Map base = map_of(store, asked);
  std::vector<std::string> bytes;
  std::vector<Input> inputs;
  bytes.reserve(files.size());
  Map begun = base;
  for (const std::string& file : files) {
    bytes.push_back(read_file(file));
    if (!is_change_set(bytes.back())) {
      inputs.push_back({file, bytes.back()});
      continue;
    }
    const std::vector<Conflict> conflicts = apply(begun, read_change_set(bytes.back(), file));
    if (!conflicts.empty()) throw Error(ErrorCode::bad_input, file, "does not fit the map: " + told(conflicts.front()));
    sort_canonically(begun);
  }
  Imported changed{begun, {}, true};
  if (!inputs.empty()) changed = import_change(inputs, begun);
  check(changed);
  refuse_faults(files.front(), "does not fit the map: ", "", changed.diagnostics);
  const Graph before = graph_of(std::move(base));
  const Graph after = graph_of(std::move(changed.map));
  Standing b{"the map", &before, params_of(asked, before, profile)};
  Standing a{fmt::format("the map with {}", join(files, ", ")), &after, params_of(asked, after, profile)};
  b.params.kinds = a.params.kinds = kinds;
  Result result = query_diff(b, a);
  result.title = "What if";
  for (std::string& note : notes_on_change(before, after, a.params)) result.summary.push_back(std::move(note));
  return result;
}

}  // namespace lacuna
