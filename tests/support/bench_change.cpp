// lacuna_bench_change: change sets of 10^5 and 10^6 operations, and the merge of two maps of 10^5 links beside `git merge-file`
// on their text. Prints Markdown. Needs git.
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "change/apply.hpp"
#include "lacuna/analysis.hpp"
#include "support/dice.hpp"
#include "support/map_states.hpp"
#include "support/random_map.hpp"
#include "support/text_form.hpp"

namespace {

using namespace lacuna;
using namespace lacuna::test;

double seconds_of(const auto& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// As many verdicts as that, each by somebody else, on the covers links of a map.
Map with_verdicts(const Map& map, std::size_t count) {
  Map result = map;
  std::vector<Link> covers;
  for (const Link& l : map.links) {
    const bool again = !covers.empty() && covers.back().from == l.from && covers.back().to == l.to;
    if (l.relation == Relation::covers && !again) covers.push_back(l);
  }
  for (std::size_t i = 0; i < count; ++i) {
    Link verdict = covers[i % covers.size()];
    verdict.by = fmt::format("Person {}", i / covers.size());
    verdict.rationale = fmt::format("read {}", i);
    result.links.push_back(std::move(verdict));
  }
  sort_canonically(result);
  return result;
}

void operations(std::size_t count, std::size_t sets) {
  Map begun = random_map({1, 2000, 2000, 20, 20'000});
  sort_canonically(begun);
  const Map after = with_verdicts(begun, count);
  const std::vector<Change> all = difference(begun, after);
  std::vector<ChangeSet> list(sets);
  for (std::size_t i = 0; i < all.size(); ++i) list[i * sets / all.size()].changes.push_back(all[i]);
  for (std::size_t i = 0; i < sets; ++i) list[i].id = {"a", static_cast<std::int64_t>(i + 1)}, list[i].clock = list[i].id.number;
  Map made;
  const double time = seconds_of([&] { made = replay(begun, list, [](const Map&) { return true; }).map; });
  const bool same = made.nodes == after.nodes && made.links == after.links;
  fmt::print("| replay of {} operations in {} change sets{} | {:.2f} s |\n", all.size(), sets, same ? "" : " (WRONG)", time);
}

void merge(std::size_t links) {
  Map base = random_map({2, links / 20, links / 20, 50, links});
  sort_canonically(base);
  Map ours = base;
  Map theirs = base;
  Dice dice(3);
  for (int i = 0; i < 200; ++i) {
    ours.links[dice.below(ours.links.size())].rationale = fmt::format("ours {}", i);
    theirs.links[dice.below(theirs.links.size())].rationale = fmt::format("theirs {}", i);
  }
  const std::filesystem::path folder = std::filesystem::temp_directory_path() / "lacuna-bench-change";
  std::filesystem::create_directories(folder);
  for (const auto& [name, map] : {std::pair("base", &base), {"ours", &ours}, {"theirs", &theirs}})
    std::ofstream(folder / name) << text_form(*map);
  std::size_t conflicts = 0;
  const double own = seconds_of([&] { conflicts = merge_maps(base, ours, theirs, is_valid).conflicts.size(); });
  const std::string command = fmt::format("cd {} && git merge-file -p ours base theirs > merged", folder.string());
  int status = 0;
  const double git = seconds_of([&] { status = std::system(command.c_str()); });
  if (status < 0 || WEXITSTATUS(status) > 127) fmt::print("(git could not merge them)\n");
  fmt::print("| merge of two maps of {} links, {} conflicts | {:.2f} s |\n| `git merge-file` on their text | {:.2f} s |\n",
             base.links.size(), conflicts, own, git);
  std::filesystem::remove_all(folder);
}

}  // namespace

int main() {
  fmt::print("| what | time |\n| --- | --: |\n");
  operations(100'000, 1);
  operations(100'000, 1000);
  operations(1'000'000, 1);
  merge(100'000);
  return 0;
}
