// diff: what changed between two states of a map, or between two days of one; and what a change would bring.
#include "cli/command.hpp"
#include "workbench/states.hpp"

namespace lacuna {
namespace {

struct DiffArguments : ListingArguments, TwoStates {};

void declare_diff(CommandLine& line, Context& context) {
  auto& arguments = line.hold<DiffArguments>();
  line.add("OLD", &arguments.before,
           "The earlier state: a map, a folder (or .json file) in the text form, or a tag (tag:NAME where a file is called so "
           "too); default: the map itself, as of --from")
      .called("OLD")
      .offers(NamesOnMap{"tag"});
  line.add("NEW", &arguments.after, "The later state; default: the map named by -m").called("NEW").offers(Files{{".db"}});
  line.add("--from", &arguments.from, "The day for the earlier state; default: today").check(NotEmpty{}).called("DATE");
  line.add("--to", &arguments.to, "The day for the later state; default: today").check(NotEmpty{}).called("DATE");
  line.add(
      "--told", &arguments.told,
      "Compare what the map had been told by the two days (links and searches by their dates), rather than what existed on them");
  add_listing_options(line, arguments, {.as_of = false});
  line.add("--include-suggested", &arguments.include_suggested, "Count links that a machine suggested and nobody has reviewed");
  line.runs([&context, &arguments] {
    with_states(arguments, asked_by(arguments), context.map_path, context.profile(),
                [&](const Standing& before, const Standing& after) { context.print(query_diff(before, after), arguments); });
  });
}

constexpr Example diff_examples[] = {
    {"lacuna diff --from 2019-01-21 --to 2026-11-23",
     "What happened between the workshop and that day: published, superseded, gaps closed and opened."},
    {"lacuna diff before-geneva --format json -o follow-up.json",
     "Since the map was tagged so: the follow-up report after a meeting."},
    {"lacuna diff last-year.db this-year.db --scope SG17 --format md", "Two maps, for one group, as Markdown."},
    {"lacuna diff --from 2026-09-01 --told", "What the map has been told since that day."},
};

}  // namespace

extern const Command cmd_diff{"diff",
                              "what changed between two maps, two days or since a tag",
                              "Compares two states of a map: needs that changed state or score and why, gaps opened and closed, "
                              "deliverables that appeared, were published, superseded or withdrawn, links added, removed, "
                              "accepted, rejected, turned suspect or settled, and what that makes of each objective and group. "
                              "Every row gives its reason. The two states are two maps, a map and a tag of it, "
                              "or one map on two days; each may be seen as of a day of its own. Nodes are matched by identifier, "
                              "links by both ends, relation and who says so.\n\n"
                              "With one map and two days, what the map knows today is seen as of both; --told asks instead what "
                              "the map had been told by each. A map does not keep when it learned of nodes and "
                              "their dates: a tag (see lacuna-tag) keeps everything.",
                              diff_examples,
                              "Status 0 whether something changed or not; 1 when a state cannot be read.",
                              declare_diff,
                              Command::Makes::rows};

}  // namespace lacuna
