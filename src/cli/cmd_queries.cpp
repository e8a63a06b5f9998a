// show, coverage, gaps, suggest: load the map, ask one query, print its result.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "workbench/search_protocol.hpp"
#include "workbench/states.hpp"

namespace lacuna {
namespace {

struct QueriesArguments : ListingArguments {
  std::vector<std::string> words;  ///< A name, as the shell parted it.
  std::vector<std::string> kinds;
  std::vector<std::string> fail_on;
  std::string by = "objective";
  std::vector<std::string> groups;
  std::vector<std::string> with;
  bool sensitivity = false;
  bool unjudged = false;
  std::size_t why = 0;
};

std::vector<std::string> gap_kind_names() { return names_in(words<GapKind>()); }

std::string gap_kind_help(std::string_view what) {
  return fmt::format("{} (may be repeated or given with commas): {}", what, join(gap_kind_names(), ", "));
}

void declare_show(CommandLine& line, Context& context) {
  auto& arguments = line.hold<QueriesArguments>();
  line.add("NAME", &arguments.words,
           "Id or alias of a node, in any letter case; or an identifier of the catalogues, in any spelling")
      .required()
      .called("NAME")
      .offers(NamesOnMap{"node"});
  add_listing_options(line, arguments, {.filters = false, .limit = false});
  line.runs([&context, &arguments] {
    Workbench bench(context.map_path, context.profile(), asked_by(arguments), Store::Texts::load);
    context.tell_catalogues(bench.store());
    context.print(bench.show(join(arguments.words, " ")), arguments);
  });
}

void declare_coverage(CommandLine& line, Context& context) {
  auto& arguments = line.hold<QueriesArguments>();
  add_listing_options(line, arguments, {.limit = false});
  add_rows_option(line, arguments.by, "Rows");
  line.add("--groups", &arguments.groups, "Groups that get a column (commas between); default: the twelve that cover most")
      .commas()
      .check(NotEmpty{})
      .called("GROUP,…");
  line.runs([&context, &arguments] {
    Workbench bench(context.map_path, context.profile(), asked_by(arguments));
    const Graph& graph = bench.graph();
    MatrixParams params{bench.params()};
    ask_for_rows(params, graph, arguments.by, arguments.groups);
    params.on_demand = arguments.format == "json";
    context.print(query_coverage(graph, params), arguments);
  });
}

void declare_gaps(CommandLine& line, Context& context) {
  auto& arguments = line.hold<QueriesArguments>();
  std::string kinds = "The kinds of gaps:\n";
  for (const Word& w : words<GapKind>()) kinds += fmt::format("  {:14}{}\n", w.name, w.meaning);
  line.footer(kinds);
  add_listing_options(line, arguments, {});
  line.add("--kind", &arguments.kinds, gap_kind_help("Only gaps of this kind"))
      .commas()
      .check(OneOf{gap_kind_names()})
      .called("KIND,…");
  line.add("--fail-on", &arguments.fail_on, gap_kind_help("Exit with status 3 when there is a gap of this kind"))
      .commas()
      .check(OneOf{gap_kind_names()})
      .called("KIND,…");
  auto& with = line.add("--with", &arguments.with,
                        "What if: a change in the text form of maps (nodes, links, searches; of nodes on the map only what "
                        "changes). Shows what it would close and open; the map stays as it is")
                   .check(NotEmpty{})
                   .called("FILE")
                   .offers(Files{{".json"}});
  auto& sensitivity = line.add("--sensitivity", &arguments.sensitivity,
                               "Instead of the gaps: which of the first --limit (else 10) change when each weight moves by 20 %")
                          .excludes(with);
  auto& unjudged =
      line.add("--unjudged", &arguments.unjudged,
               "Instead of the gaps: where to look next. For each need that nothing covers, how many documents near it "
               "nobody has judged, and the nearest ones; most first")
          .excludes(with)
          .excludes(sensitivity)
          .excludes(line.option("--kind"));
  for (Option* option : {&with, &sensitivity, &unjudged}) option->excludes(line.option("--fail-on"));
  line.runs([&context, &arguments] {
    std::vector<GapKind> kinds;
    for (const std::string& kind : arguments.kinds) kinds.push_back(*parse<GapKind>(kind));
    if (!arguments.with.empty())
      return context.print(what_if(context.map_path, context.profile(), asked_by(arguments), arguments.with, kinds), arguments);
    Workbench bench(context.map_path, context.profile(), asked_by(arguments));
    if (arguments.unjudged) {
      context.tell_catalogues(bench.store());
      return context.print(unjudged_overview(bench), arguments);
    }
    const Graph& graph = bench.graph();
    Params& params = bench.params();
    params.kinds = std::move(kinds);
    if (arguments.sensitivity) return context.print(query_gap_sensitivity(graph, params), arguments);
    const bool outside = std::ranges::find(arguments.fail_on, name_of(GapKind::outside_scope)) != arguments.fail_on.end();
    if (outside && !params.scope) throw Error(ErrorCode::usage, "--fail-on", "outside-scope needs a --scope to be outside of");
    params.on_demand = arguments.format == "json";
    context.print(query_gaps(graph, params), arguments);
    if (arguments.fail_on.empty()) return;
    // Whatever was listed: the kinds to fail on are looked for by themselves.
    params.kinds.clear();
    for (const std::string& kind : arguments.fail_on) params.kinds.push_back(*parse<GapKind>(kind));
    if (has_gaps(graph, params)) context.exit_status = 3;
  });
}

void declare_suggest(CommandLine& line, Context& context) {
  auto& arguments = line.hold<QueriesArguments>();
  arguments.scope = "ITU-T SG17";
  add_listing_options(line, arguments, {.scope = false});
  auto& scope =
      line.add("--scope,--for", &arguments.scope, "The group that is to act").shows_default().check(NotEmpty{}).called("GROUP");
  auto& why = line.add("--why", &arguments.why,
                       "Only the way forward of that rank, with the proposal in full and everything that it rests on")
                  .check(WholeNumber{1, 1'000'000})
                  .called("N");
  why.excludes(line.option("--limit"));
  line.add("--sensitivity", &arguments.sensitivity,
           "Instead of the ways forward: which of the first --limit (else 10) change when each weight moves by 20 %");
  line.runs([&context, &scope, &arguments] {
    Asked asked = asked_by(arguments);
    asked.any_scope = !scope.given();
    Workbench bench(context.map_path, context.profile(), asked);
    const Graph& graph = bench.graph();
    Params& params = bench.params();
    if (!params.scope)
      throw Error(ErrorCode::usage, "",
                  fmt::format("the map has no group \"{}\"; name the group that is to act with --for GROUP", arguments.scope));
    params.explain = params.explain || arguments.why != 0;
    context.tell_catalogues(bench.store());
    bench.use_outlook();
    context.print(arguments.sensitivity ? query_suggest_sensitivity(graph, params) : query_suggest(graph, params, arguments.why),
                  arguments);
  });
}

constexpr Example show_examples[] = {
    {"lacuna show RC27", "A requirement: its state, why, the score's arithmetic, and everything linked to it."},
    {"lacuna show sg17 --as-of 2019-01-21",
     "A group as it stood on the day of the workshop: what it covered, what was missing beside it, who worked on the same."},
    {"lacuna show X.1753", "A document: its life, what it covers, what came before it."},
};
constexpr Example coverage_examples[] = {
    {"lacuna coverage", "Objectives against groups, as of today."},
    {"lacuna coverage --by need --topic topic:agents --format csv -o agents.csv", "Needs of one topic, for a spreadsheet."},
    {"lacuna coverage --groups SG17,SG13,\"SC 42\"", "Only these columns; the rest goes into \"others\"."},
};
constexpr Example gaps_examples[] = {
    {"lacuna gaps --kind uncovered", "What nobody covers although somebody looked."},
    {"lacuna gaps --scope SG17 --as-of 2019-01-21", "The gaps of Study Group 17 on the day of the workshop."},
    {"lacuna gaps --objective O8 --format json -o gaps.json", "With all evidence, for a report."},
    {"lacuna gaps --kind uncovered --limit 3 --explain", "Down to links, records and dates, with the weights used."},
    {"lacuna gaps --with new-work-item.json", "What a new work item, or a draft that gets published, would close."},
    {"lacuna gaps --sensitivity", "Which ranks hang on which weight."},
    {"lacuna gaps --unjudged --limit 10", "Where a search is worth most: what is near and nobody has judged."},
    {"lacuna gaps --fail-on suspect,disputed", "For a nightly check: status 3 when somebody must look again."},
};
constexpr Example suggest_examples[] = {
    {"lacuna suggest --limit 10", "The ten best ways forward for Study Group 17."},
    {"lacuna suggest --why 3", "The third: the proposal, then everything that it rests on."},
    {"lacuna suggest --for \"SC 27\" --format json", "For another group, with the reason for every component."},
};

}  // namespace

extern const Command cmd_show{"show",
                              "a node, everything around it, and why it has the state it has",
                              "Prints what the map says of one node as of a day: its state with the evidence that decides it, "
                              "the arithmetic of its score, and every "
                              "link with rationale. A name in several places lists the candidates.",
                              show_examples,
                              "",
                              declare_show,
                              Command::Makes::rows};

extern const Command cmd_coverage{"coverage",
                                  "needs, objectives, topics or sessions against groups",
                                  "A matrix with states and denominators. For each row: how many needs stand behind it, in which "
                                  "state, and the priority-weighted mean of "
                                  "their scores. Group columns count the needs that the group covers in full, in part or with a "
                                  "draft; small groups are counted with what "
                                  "they are part of. A deliverable of two groups counts for both.",
                                  coverage_examples,
                                  "",
                                  declare_coverage,
                                  Command::Makes::rows};

extern const Command cmd_gaps{
    "gaps",
    "what is not covered, why we say so, and what it calls for",
    "Lists gaps by rank: the mean of four parts, each from 0 to 1 and all shown, weighed by the profile (order). Severity is the "
    "weight of the kind × priority / 5, for kinds that follow from the state × (1 − "
    "score in the scope). Demand grows with dependants (half at demand_half), exposure with the threats behind the need and the "
    "cases in which these were seen (exposure_half), near with mentions "
    "of it and coverage of the needs next to it (nearness_half): there is work to build on. "
    "Dependants are the objectives that a need serves and the use cases that need it. With --scope, gaps are the group's: what "
    "only others "
    "cover is outside-scope, and single-body, overlap and unliaised are told where the group takes part.",
    gaps_examples,
    "Status 3 when --fail-on names a kind that occurs.",
    declare_gaps,
    Command::Makes::rows};

extern const Command cmd_suggest{
    "suggest",
    "ways forward for a group, ranked, with every component of the score",
    "Turns the gaps of a group into ways forward: new work items (gaps grouped so that one document could serve each group, by "
    "shared topic, "
    "threats, use cases and wording), drafts to accelerate, deliverables to revise, texts to adopt, liaison statements, overlaps "
    "to settle, and "
    "what to look into first. Ranked by severity, demand, urgency, fit, novelty, foundation and uptake; the weights are in the "
    "profile, the reasons in "
    "the JSON output and under --why.\n\n"
    "Gaps are grouped by average linkage: a need joins a candidate that it resembles as a whole, so that chains of neighbours do "
    "not run together and each document stays coherent; the fewest documents that "
    "would close all gaps, whatever they mix, are another question (lacuna structure fewest). A new work item is titled as the "
    "group titles its documents: the opening (\"Security requirements for\") is learned from "
    "its own titles of the last twelve years, the subject is that of the topic (its attribute in_titles, else its title), and "
    "where several candidates share it, the need that stands for the others, by what it has in common with them and by what "
    "depends on it, tells them apart. "
    "Its place is the group inside whose mandate is most alike in words; its timing the median of the group's works with both "
    "dates known; liaisons are for action where a group has a text under development on the needs, or one that covers a need in "
    "full.\n\n"
    "With catalogues, their works have a say in novelty and risks, as they stood on the day, and uptake tells how high the pairs "
    "of concepts that a new work item joins rank among all that no document held together by then "
    "(see lacuna-backtest): 1 of 10 such pairs makes 0.25, 1 of 100 0.5, 1 of 10,000 makes 1. Its reason counts what became of "
    "the hundred pairs that ranked next to the best one five years before the day. What cannot be told is left out of "
    "the mean. Six seconds for 170,000 records.",
    suggest_examples,
    "",
    declare_suggest,
    Command::Makes::rows};

}  // namespace lacuna
