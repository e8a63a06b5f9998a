// report: what a session needs, in one file.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "lacuna/draft.hpp"
#include "lacuna/render.hpp"

namespace lacuna {
namespace {

struct ReportArguments : ListingArguments {
  std::string as;
  std::string layout;
  std::string session;
};

struct ReportFormat {
  std::string_view name;
  std::string_view help;
  bool takes_template;
};
constexpr ReportFormat formats[] = {
    {"pptx", "a deck of slides: objectives, coverage matrix, relationship map, gaps, ways forward, sources", true},
    {"docx", "the gap analysis report as a Word document", true},
    {"html", "the same as a web page", false},
    {"md", "the same in Markdown", false},
    {"xlsx", "coverage, gaps, ways forward and deliverables as a workbook", false},
    {"json", "the same tables with everything behind them", false},
};

std::string report_of(const Graph& graph, const Params& params, const ReportArguments& arguments, std::string_view format) {
  if (format == "pptx")
    return on_layout(arguments.layout, [&](std::string_view layout) { return render_pptx(session_deck(graph, params), layout); });
  if (format == "xlsx") return render_xlsx(query_report(graph, params), {});
  if (format == "json") return render_json(query_report(graph, params), {});
  const auto paper_format = std::ranges::find(paper_formats(), format, &PaperFormat::name);
  return rendered(*paper_format, draft_gap_report(graph, params, {}), arguments.layout);
}

void run_report(ReportArguments arguments, bool group_named, Context& context) {
  const ReportFormat& format = format_for(std::span<const ReportFormat>(formats), arguments.as, arguments.output, "md");
  if (!arguments.layout.empty() && !format.takes_template)
    throw Error(ErrorCode::usage, "--template", fmt::format("{} takes no template; pptx and docx do", format.name));
  if (format.takes_template || format.name == "xlsx") context.keep_from_terminal(format.name, arguments.output);
  Asked asked = arguments;
  asked.any_scope = !group_named;
  if (lower(asked.scope) == "all") asked.scope.clear();
  Workbench bench(context.map_path, context.profile(), asked, Store::Texts::load);
  context.tell_catalogues(bench.store());
  bench.use_outlook();
  Params params = bench.params();
  if (!arguments.session.empty()) params.session = session_called(bench.graph(), arguments.session);
  context.deliver(made_for(arguments.output, [&] { return report_of(bench.graph(), params, arguments, format.name); }),
                  arguments.output);
}

void declare_report(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ReportArguments>();
  arguments.scope = "ITU-T SG17";
  add_output_options(line, std::span<const ReportFormat>(formats), arguments.as, arguments.layout, "md",
                     "The user's own .pptx or .potx, .docx or .dotx, whose look the output takes over");
  auto& by =
      line.add("--scope,--for", &arguments.scope,
               "The group whose gaps and ways forward are reported, or \"all\": no group's alone; all where the map does not "
               "have the group")
          .shows_default()
          .check(NotEmpty{})
          .called("GROUP");
  line.add("--session", &arguments.session, "Only what this session is about (\"Session 2\", or 2)")
      .check(NotEmpty{})
      .called("SESSION");
  add_listing_options(line, arguments, {.format = false, .scope = false, .limit = false, .explain = false});
  line.runs([&context, &by, &arguments] { run_report(arguments, by.given(), context); });
}

constexpr Example report_examples[] = {
    {"lacuna report -o session.pptx", "A deck whose maps are shapes that can be moved and recoloured."},
    {"lacuna report --template house.potx --as-of 2019-01-21 -o session.pptx",
     "On the day of the workshop, in the style of the house."},
    {"lacuna report --session 2 --for all -o session-2.pptx",
     "What Session 2 discusses, who works on it, what is missing, what to ask."},
    {"lacuna report -o gaps.xlsx", "Coverage and gaps with filters and colours."},
    {"lacuna report --for \"SC 42\" -o report.docx", "The gap analysis of another group."},
};

}  // namespace

extern const Command cmd_report{
    "report",
    "what a session needs in one file: a deck, a workbook, a gap analysis",
    "Puts the answers about the map into one file. The deck (.pptx, 16:9) has a title slide, the objectives, the coverage "
    "by group, who works on what as shapes with connectors, the first gaps by rank, the ways forward, "
    "the first three in full, and the sources with what was not searched; with --session it is about what that session "
    "discusses, "
    "and says whom to ask. Every slide says whose coverage it shows; the evidence stands in the speaker's notes. What does not "
    "fit on a slide goes on "
    "on the next one. The workbook (.xlsx) has a sheet for coverage, gaps, ways forward, "
    "deliverables and searches, with filters, frozen headers and conditional colours. Word, HTML and Markdown give the gap "
    "analysis that lacuna draft gap-analysis writes.",
    report_examples,
    "Status 1 when a template is empty, is no presentation or document, is damaged, or carries macros, embedded programs, links "
    "that are not http, https or mailto, or fields and actions "
    "that are not known to be harmless; nothing is written then.",
    declare_report,
    Command::Makes::file};

}  // namespace lacuna
