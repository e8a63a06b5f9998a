// draft: forms and reports on paper.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/outputs.hpp"
#include "lacuna/draft.hpp"
#include "render/blanks.hpp"
#include "workbench/states.hpp"

namespace lacuna {
namespace {

struct DraftArguments : ListingArguments, TwoStates {
  std::string form;
  std::string as;
  std::string layout;
  std::string title;
  std::string addressee;
  std::vector<std::string> needs;
  std::vector<std::string> fills;
  std::size_t way = 1;
  bool no_annex = false;
  bool contribution = false;
};

const Form& form_named(const std::string& name) { return *std::ranges::find(forms(), name, &Form::name); }

void hand_over(Paper paper, const DraftArguments& arguments, const Context& context) {
  const PaperFormat& format = format_for(paper_formats(), arguments.as, arguments.output, "md");
  if (arguments.no_annex) paper = without_annex(std::move(paper));
  context.answers->blanks(blanks_of(paper));
  paper = filled_in(std::move(paper), arguments.fills);
  context.deliver(rendered(format, paper, arguments.layout), arguments.output);
}

/// Refuses before anything is read what the chosen format cannot do.
void check_format(const DraftArguments& arguments, const Context& context) {
  const PaperFormat& format = format_for(paper_formats(), arguments.as, arguments.output, "md");
  if (!arguments.layout.empty() && !format.takes_template)
    throw Error(ErrorCode::usage, "--template", fmt::format("{} takes no template; docx does", format.name));
  if (format.takes_template) context.keep_from_terminal(format.name, arguments.output);
}

DraftRequest request_of(const DraftArguments& arguments, const Graph& graph) {
  static constexpr Kind group[] = {Kind::group};
  DraftRequest request;
  request.way = arguments.way;
  request.title = arguments.title;
  request.contribution = arguments.contribution;
  for (const std::string& name : arguments.needs) {
    const NodeId need = graph.find(name);
    if (!is_need(graph.node(need).kind))
      throw Error(ErrorCode::usage, "--needs",
                  fmt::format("{} is {}, not a need", graph.node(need).id, with_article(name_of(graph.node(need).kind))));
    request.needs.push_back(need);
  }
  if (!arguments.addressee.empty()) request.to = graph.find(arguments.addressee, group);
  return request;
}

void run_draft(DraftArguments& arguments, bool group_named, Context& context) {
  const Form& form = form_named(arguments.form);
  if (!arguments.title.empty() && words_of(arguments.title).empty()) throw Error(ErrorCode::usage, "--title", "holds no word");
  check_format(arguments, context);
  if (arguments.contribution && form.name == "liaison")
    throw Error(ErrorCode::usage, "--contribution", "a liaison statement has a head of its own");
  if (form.about == Form::About::change) {
    if (arguments.before.empty() && arguments.from.empty())
      throw Error(ErrorCode::usage, "",
                  "a follow-up needs an earlier state: another map, a folder or a tag with --since, or a day with --from");
    return with_states(arguments, asked_by(arguments), context.map_path, context.profile(),
                       [&](const Standing& before, const Standing& after) {
                         DraftRequest request = request_of(arguments, *after.graph);
                         request.before = &before;
                         hand_over(form.draft(*after.graph, after.params, request), arguments, context);
                       });
  }
  Asked asked = arguments;
  asked.any_scope = !group_named;
  Workbench bench(context.map_path, context.profile(), asked, Store::Texts::load);
  if (!bench.params().scope && form.about == Form::About::way) {
    throw Error(ErrorCode::usage, "",
                fmt::format("the map has no group \"{}\"; name the group that writes with --for GROUP", arguments.scope));
  }
  context.tell_catalogues(bench.store());
  bench.use_outlook();
  hand_over(form.draft(bench.graph(), bench.params(), request_of(arguments, bench.graph())), arguments, context);
}

void declare_draft(CommandLine& line, Context& context) {
  auto& arguments = line.hold<DraftArguments>();
  arguments.scope = "ITU-T SG17";
  std::string form_help = "What to draft:";
  for (const Form& f : forms()) form_help += fmt::format(" {} ({});", f.name, f.help);
  form_help.pop_back();
  line.add("FORM", &arguments.form, form_help).required().check(OneOf{names_in(forms())}).called("FORM");
  add_output_options(line, paper_formats(), arguments.as, arguments.layout, "md",
                     "The .docx or .dotx whose styles, page and header the document takes over; for docx");
  auto& by =
      line.add("--scope,--for", &arguments.scope, "The group that writes").shows_default().check(NotEmpty{}).called("GROUP");
  auto& way = line.add("--way", &arguments.way, "The way forward of that rank, as suggest lists them; default: 1")
                  .check(WholeNumber{1, 1'000'000})
                  .called("N");
  auto& needs =
      line.add("--needs", &arguments.needs, "Instead of a way forward: a new work item for these needs (commas between)")
          .commas()
          .check(NotEmpty{})
          .called("NEED,…");
  auto& to =
      line.add("--to-group", &arguments.addressee,
               "For a liaison statement: to this group, its programme beside one's own; one that ended is answered for by who "
               "took its place")
          .check(NotEmpty{})
          .called("GROUP");
  line.add("--no-annex", &arguments.no_annex, "Without the annex and the comments that say how the draft was made");
  line.add(
      "--contribution", &arguments.contribution,
      "With the head of a contribution: study period, Question, source, title, contact, abstract; not for a liaison statement");
  line.add("--fill", &arguments.fills,
           "Puts a text in the place of a blank, which is named by what stands in its brackets after \"to be filled in\": "
           "--fill \"editors=A. Rapporteur\" (may be repeated)")
      .check(NotEmpty{})
      .called("BLANK=TEXT");
  line.add("--title", &arguments.title, "Instead of the title that is proposed").check(NotEmpty{}).called("TITLE");
  way.excludes(needs).excludes(to);
  add_listing_options(line, arguments, {.format = false, .scope = false, .limit = false, .explain = false});
  line.add("--since", &arguments.before, "For a follow-up: the earlier state: a map, a folder in the text form or a tag")
      .check(NotEmpty{})
      .called("OLD");
  line.add("--from", &arguments.from, "For a follow-up: the day for the earlier state").check(NotEmpty{}).called("DATE");
  line.runs([&context, &by, &arguments] {
    arguments.to = arguments.as_of;
    run_draft(arguments, by.given(), context);
  });
}

constexpr Example draft_examples[] = {
    {"lacuna draft justification --way 1 -o a1.docx", "The A.1 form for the first new work item, as a Word document."},
    {"lacuna draft justification --needs RC25,T04,UC28 --title \"Security requirements for AI-based perception\" -o a1.html",
     "For needs and a title of one's own."},
    {"lacuna draft justification --contribution --no-annex -o contribution.docx",
     "To be filed: with the head of a contribution, without what is for the one who signs."},
    {"lacuna draft liaison --to-group \"SC 42\" --template house.dotx -o ls.docx",
     "A liaison statement in the style of the house."},
    {"lacuna draft gap-analysis -o gaps.docx", "The gap analysis report of Study Group 17."},
    {"lacuna draft follow-up --since before-geneva -o follow-up.docx", "What changed since the map was tagged so."},
};

}  // namespace

extern const Command cmd_draft{
    "draft",
    "forms for a meeting: justification of a work item, liaison statement, gap analysis, follow-up",
    "Drafts a paper from the map. Every statement cites the deliverables that it rests on, with identifier, title, body, state, "
    "date and address in a list of references; what only people can know "
    "(editors, supporting members, deadlines) is a marked blank, and nothing is said that the map and the catalogues in it do "
    "not hold. How the draft came about stands in Word comments and in an annex, which --no-annex leaves out; in JSON each "
    "sentence that claims something carries the figures and links that it rests on. A justification follows ITU-T A.1 Annex A, "
    "for texts that set no requirements "
    "A.13; a gap analysis follows ITU-T A Suppl. 6 in spirit: denominator, what exists per body, gaps, ways forward. The same "
    "map and day give the same bytes.\n\n"
    "The format follows from the extension of -o: .md, .html, .docx, .json (everything, for other programs; see "
    "data/schema/paper-1.json).",
    draft_examples,
    "Status 1 when a template is empty, is no Word document, is damaged, or carries macros, embedded programs, links that are "
    "not http, https or mailto, or fields and actions "
    "that are not known to be harmless; nothing is written then.",
    declare_draft,
    Command::Makes::file};

}  // namespace lacuna
