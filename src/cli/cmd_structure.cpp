#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

struct StructureArguments : ListingArguments {
  std::string question;
};

void declare_structure(CommandLine& line, Context& context) {
  auto& arguments = line.hold<StructureArguments>();
  std::string help = "What to ask:";
  for (const Question& q : structure_questions()) help += fmt::format(" {} ({});", q.name, q.help);
  help.pop_back();
  line.add("QUESTION", &arguments.question, help).required().check(OneOf{names_in(structure_questions())}).called("QUESTION");
  add_listing_options(line, arguments, {});
  line.runs([&context, &arguments] {
    Workbench bench(context.map_path, context.profile(), asked_by(arguments));
    for (const Question& question : structure_questions()) {
      if (question.name == arguments.question) return context.print(question.ask(bench.graph(), bench.params()), arguments);
    }
  });
}

constexpr Example structure_examples[] = {
    {"lacuna structure critical --limit 10", "The ten deliverables whose withdrawal would open most gaps."},
    {"lacuna structure hanging --scope SG17",
     "Needs for which Study Group 17 has one draft, or one Recommendation, and nothing else."},
    {"lacuna structure chains --objective O8", "Where the way from objective O8 to published deliverables breaks."},
    {"lacuna structure fewest --scope SG17 --as-of 2019-01-21",
     "The fewest work items and liaison statements, on the day of the workshop."},
    {"lacuna structure bridges --format json -o bridges.json",
     "Communities of groups and what joins them, with needs and deliverables."},
};

}  // namespace

extern const Command cmd_structure{
    "structure",
    "what holds the map together, what hangs on a thread, and the least that would mend it",
    "Answers one question about the shape of the map. Live means proposed, draft, approved or published, and not on a suspect "
    "link.\n"
    "\n"
    "bridges: groups are joined where live deliverables of both cover a need, the closer the more needs. Communities are found "
    "by modularity "
    "(Clauset, Newman and Moore 2004). Betweenness is the share of the shortest ways between other groups that lead through a "
    "group (Brandes "
    "2001). The network is that of all groups; --scope tells only bridges and pairs in which the group takes part.\n"
    "\n"
    "critical: each live deliverable is taken away by itself, and the needs whose state gets worse are told with their state "
    "before and after. "
    "What it says about its earlier editions stays said. Score loss is the sum of priority / 5 × loss of score.\n"
    "\n"
    "hanging: needs with exactly one live deliverable; with --scope, of the group.\n"
    "\n"
    "chains: objective, use case that serves it, requirement or capability that the use case needs, published deliverable. A "
    "break is told once, "
    "with the use cases that depend on it. With --objective, chains that begin there; with --topic, chains whose last need is of "
    "that topic.\n"
    "\n"
    "fewest: minimum set covers. A work item is a document for needs of one topic, one use case or one threat, at most as many "
    "as the profile "
    "groups (grouping.largest); where an anchor has more, they are cut into slices in natural order. Letters go to groups "
    "outside the scope "
    "that cover what nothing live of the scope covers; without --scope this part is left out. Up to 64 needs that overlapping "
    "anchors join, the "
    "smallest choice is searched for, with a fixed limit of effort; beyond, a greedy choice is given with the number that is "
    "needed at least.\n"
    "\n"
    "--limit holds for each table.",
    structure_examples,
    "",
    declare_structure,
    Command::Makes::rows};

}  // namespace lacuna
