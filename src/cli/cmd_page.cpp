// page: the map as one file for colleagues who have only a browser.
#include <fmt/format.h>

#include <filesystem>

#include "analysis/page/find_page.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"
#include "lacuna/page.hpp"
#include "model/open_edition.hpp"

namespace lacuna {
namespace {

constexpr std::string_view usual_group = "ITU-T SG17";  ///< For which suggest works, too, unless it is told another one.

struct PageArguments : ListingArguments {
  bool open = false;
};

/// How the page is made again; of the file, only its kind.
std::string page_command(const PageArguments& arguments, const Graph& graph, const Params& params) {
  std::string command = fmt::format("lacuna page --as-of {}", to_string(params.as_of));
  if (params.scope) command += fmt::format(" --scope \"{}\"", graph.node(*params.scope).id);
  if (params.objective) command += fmt::format(" --objective \"{}\"", graph.node(*params.objective).id);
  if (params.topic) command += fmt::format(" --topic \"{}\"", graph.node(*params.topic).id);
  if (!params.known_by.empty()) command += fmt::format(" --known-by {}", params.known_by);
  if (!params.tag.empty()) command += fmt::format(" --tag \"{}\"", params.tag);
  if (params.include_suggested) command += " --include-suggested";
  if (arguments.open) command += " --public";
  return command + " -o map.html";
}

constexpr std::size_t most_verdicts = 30'000;  ///< On one page: some 40 MB.

std::string page_bytes(const Graph& graph, const PageQuestion& question, const std::string& output) {
  const MapPage page = find_page(graph, question);
  std::size_t verdicts = 0;
  for (const PageNeed& need : page.needs) {
    verdicts += graph.in(need.node, Relation::covers).size() + graph.in(need.node, Relation::mentions).size();
  }
  if (verdicts > most_verdicts)
    throw Error(ErrorCode::usage, "",
                fmt::format("a page of {} needs with {} verdicts and mentions would be too large for a browser, which opens {} "
                            "with ease; make one "
                            "page for each objective or topic: --objective O, --topic T",
                            thousands(page.needs.size()), thousands(verdicts), thousands(most_verdicts)));
  const std::filesystem::path path(output);
  if (lower(path.extension().string()) != ".zip") return render_page(page);
  const std::string inside = path.stem().string();
  return render_page_zip(page, lower(inside).ends_with(".html") ? inside : inside + ".html");
}

void run_page(const PageArguments& arguments, Context& context) {
  if (arguments.open) {
    const Store store(context.map_path);
    const Graph graph = graph_of(open_edition(map_of(store, arguments)));
    PageQuestion question{params_of(arguments, graph, context.profile()), std::nullopt, true, {}};
    question.command = page_command(arguments, graph, question.params);
    return context.deliver(made_for(arguments.output, [&] { return page_bytes(graph, question, arguments.output); }),
                           arguments.output);
  }
  Asked asked = arguments;
  const bool own_scope = !asked.scope.empty();
  if (!own_scope) {
    asked.scope = usual_group;
    asked.any_scope = true;
  }
  Workbench bench(context.map_path, context.profile(), asked, Store::Texts::load);
  context.tell_catalogues(bench.store());
  bench.use_outlook();
  PageQuestion question{bench.params(), bench.params().scope, false, {}};
  if (!own_scope) question.params.scope.reset();
  question.command = page_command(arguments, bench.graph(), question.params);
  context.deliver(made_for(arguments.output, [&] { return page_bytes(bench.graph(), question, arguments.output); }),
                  arguments.output);
}

void declare_page(CommandLine& line, Context& context) {
  auto& arguments = line.hold<PageArguments>();
  add_listing_options(line, arguments, {.format = false, .limit = false, .explain = false});
  line.add("--public", &arguments.open,
           "For everybody: without ways forward, suggested links, names of reviewers, notes and places in file systems")
      .excludes(line.option("--include-suggested"));
  line.runs([&context, &arguments] { run_page(arguments, context); });
}

constexpr Example page_examples[] = {
    {"lacuna page -o map.html", "One file to open, mail or print: matrix, gaps, ways forward, every need down to its evidence."},
    {"lacuna page --as-of 2019-01-21 --scope SG17 -o workshop.html",
     "Opens on the day of the workshop, with what Study Group 17 covered."},
    {"lacuna page --public -o map.html.zip", "What may leave the group, packed for mail gateways that stop HTML."},
};

}  // namespace

extern const Command cmd_page{
    "page",
    "the map as one page for a browser: to open, to mail, to print",
    "Writes one HTML file that needs nothing else: no network, no server, no program but a browser. It "
    "holds the evidence gap matrix "
    "(objectives, topics and needs against groups), the gaps in their order with the parts of the "
    "figure, the ways forward of the group "
    "of --scope (else of ITU-T SG17, where the map has it), every need with its state, the reason and "
    "every verdict on it down to the "
    "clause, the relationship picture, groups, documents, and the protocol of every search.\n\n"
    "Without script everything can be read, and printed; paper carries title, day, scope, denominator "
    "and legend on every sheet. With script, a slider and a list choose any "
    "day on which something changes and "
    "any group that covers something; the counts, the matrix and the needs follow, and are those that "
    "lacuna coverage gives for that "
    "--as-of and --scope: the states of all days and scopes were found when the page was made, and the "
    "script only chooses among them. "
    "With a second day, only needs that changed since are shown, as lacuna diff tells them. "
    "Gaps and ways forward stay those of the page's own day and scope. A filter searches everything in "
    "the page; tables can be sorted and "
    "saved as CSV; an address such as map.html#need=RC27&day=2019-01-21&scope=SG17 leads back to what "
    "is seen; the command line that "
    "answers the same question is shown.\n\n"
    "The file asks nothing of any network and runs only its own script (a content security policy "
    "names it by its hash). Its data stand in "
    "it as JSON (lacuna:schema/page-1.json). The same map, day and options give the same bytes. An "
    "output that ends in .zip is a ZIP "
    "archive with the page in it.",
    page_examples,
    "Status 2 when the page would hold more than 30,000 verdicts and mentions, or more than 64 MiB: make one page for each "
    "objective or topic then.",
    declare_page,
    Command::Makes::file};

}  // namespace lacuna
