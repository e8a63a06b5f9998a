// check: a proposed title and scope against everything that exists.
#include <fmt/format.h>

#include <filesystem>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "cli/diagnostics.hpp"
#include "lacuna/import.hpp"
#include "workbench/checked.hpp"
#include "workbench/context_texts.hpp"
#include "workbench/named_documents.hpp"
#include "workbench/reference_check.hpp"

namespace lacuna {
namespace {

struct CheckArguments : ListingArguments {
  std::vector<std::string> title;
  std::string text;
  std::string file;
  std::string programme;
  std::string except;
  std::string references;
  std::string comments;
  bool question = false;
};

/// --scope takes the scope itself, or the file in which it stands.
std::string scope_text(const std::string& given) {
  std::error_code problem;
  if (given.size() > 4096 || !std::filesystem::is_regular_file(given, problem)) return given;
  const Proposal proposal = read_proposal(given);
  return proposal.writing.title + "\n" + proposal.writing.text;
}

Proposal proposal_of(const CheckArguments& arguments) {
  Proposal proposal;
  if (!arguments.file.empty()) proposal = read_proposal(arguments.file);
  if (!arguments.title.empty()) proposal.writing.title = join(arguments.title, " ");
  if (!arguments.text.empty()) proposal.writing.text = scope_text(arguments.text);
  proposal.id = arguments.except;
  if (words_of(proposal.writing.title).empty())
    throw Error(ErrorCode::usage, "TITLE", "holds no word; give the title that is proposed, or a file with --file");
  return proposal;
}

/// Every reference of a document; with --comments, the document with what is to be said beside each.
void run_references(const CheckArguments& arguments, Context& context) {
  Asked asked = asked_by(arguments);
  asked.scope.clear();
  Workbench bench(context.map_path, context.profile(), asked);
  context.tell_catalogues(bench.store());
  const ReferenceCheck check(bench, arguments.references);
  // What may fail is made before anything is written.
  const std::string commented = arguments.comments.empty() ? std::string() : check.commented();
  context.print(check.answer(), arguments);
  if (!arguments.comments.empty()) context.deliver(commented, arguments.comments);
}

void run_check(CheckArguments arguments, bool proposer_named, Context& context) {
  Asked asked = asked_by(arguments);
  asked.any_scope = !proposer_named;  // Where nobody says who proposes, Study Group 17 does, if it is on the map.
  Workbench bench(context.map_path, context.profile(), asked);
  context.tell_catalogues(bench.store());
  ContextTexts texts(bench.store(), bench.graph());
  const Checker checker(bench.graph(), bench.params(), texts.comparison(), texts.catalogues());
  const auto check = [&](const Proposal& proposal) {
    const std::vector<NearWork> works = texts.nearest(proposal.writing);
    Checked checked =
        checker.check(proposal, works, named_documents(bench.store(), bench.graph(), texts.catalogues(), proposal.writing));
    if (arguments.question) checked.groups = checker.groups(proposal, works);
    return checked;
  };
  if (arguments.programme.empty()) return context.print(checker.answer(check(proposal_of(arguments))), arguments);
  std::vector<Diagnostic> diagnostics;
  const std::vector<Proposal> proposals = read_proposals(arguments.programme, diagnostics);
  print_diagnostics(diagnostics);
  if (proposals.empty()) throw Error(ErrorCode::bad_input, arguments.programme, "holds no proposal");
  std::vector<Checked> answers;
  for (const Proposal& proposal : proposals) answers.push_back(check(proposal));
  context.print(checker.answer(answers), arguments);
}

void declare_check(CommandLine& line, Context& context) {
  auto& arguments = line.hold<CheckArguments>();
  auto& proposer = line.hold<std::string>("ITU-T SG17");
  arguments.limit = 20;
  auto& title = line.add("TITLE", &arguments.title, "The title that is proposed").called("TITLE");
  auto& text = line.add("--scope", &arguments.text, "Its scope, or a file (.txt, .md, .docx) in which it stands")
                   .check(NotEmpty{})
                   .called("TEXT|FILE");
  auto& file =
      line.add("--file", &arguments.file, "Title and scope from a file: an A.1 justification as .docx, Markdown or plain text")
          .check(ExistingFile{})
          .called("FILE");
  auto& programme = line.add("--programme", &arguments.programme,
                             "A whole work programme: a table (.csv, .xlsx) with the columns title, scope and id; one row each")
                        .check(ExistingFile{})
                        .called("FILE");
  auto& by = line.add("--for", &proposer, "The group that proposes: its own documents are told as such")
                 .shows_default()
                 .check(NotEmpty{})
                 .called("GROUP");
  auto& except =
      line.add("--except", &arguments.except, "The identifier that the work item has already: documents of it are itself")
          .check(NotEmpty{})
          .called("ID");
  auto& references =
      line.add("--references", &arguments.references,
               "Instead of a proposal: every standards document that a file (.docx, .md, .txt, .html, .pdf) refers "
               "to, and whether it still stands")
          .check(ExistingFile{})
          .called("FILE");
  line.add("--comments", &arguments.comments,
           "With --references FILE.docx: the same document with a Word comment at each place that calls for action")
      .check(NotEmpty{})
      .called("PATH")
      .needs(references);
  line.add("--question", &arguments.question,
           "To which Question or group it belongs, by their mandates and by what is published");
  add_listing_options(line, arguments, {.scope = false, .filters = false, .explain = false});
  auto& limit = line.option("--limit").help("At most that many documents; default: 20, with --references all");
  programme.excludes(title).excludes(text).excludes(file).excludes(except);
  references.excludes(title).excludes(text).excludes(file).excludes(except).excludes(programme).excludes(by);
  line.runs([&context, &title, &file, &programme, &references, &limit, &by, &proposer, &arguments] {
    if (references.given()) {
      if (!limit.given()) arguments.limit = 0;
      return run_references(arguments, context);
    }
    if (!title.given() && !file.given() && !programme.given())
      throw Error(ErrorCode::usage, "", "name the title that is proposed, a --file, a --programme or --references");
    CheckArguments asked = arguments;
    static_cast<ListingArguments&>(asked).scope = proposer;
    run_check(asked, by.given(), context);
  });
}

constexpr Example check_examples[] = {
    {"lacuna check \"Security requirements for federated learning\"", "What exists on it, anywhere, and what follows."},
    {"lacuna check --file A1.docx --format md -o relations.md",
     "An A.1 justification; Markdown to paste under relations to other standards."},
    {"lacuna check \"Guidelines on the use of AI in intrusion detection\" --scope scope.txt --for \"SC 27\"",
     "With the scope from a file, for another group."},
    {"lacuna check \"Security guidelines for vehicular edge computing\" --question", "And to which Question of SG17 it belongs."},
    {"lacuna check --programme work-programme.csv --format csv -o checked.csv",
     "A whole work programme: columns title, scope, id."},
    {"lacuna check --references A1.docx --comments A1-commented.docx",
     "What a document refers to, and what to do about it, as Word comments at each place."},
};

}  // namespace

extern const Command cmd_check{
    "check",
    "does a proposed work item collide with work that exists anywhere?",
    "Holds a title, and its scope where there is one, against all catalogues and the deliverables of "
    "the map: one row a work, nearest first, with the words that make it near. Documents "
    "are found by all their words (BM25F over stems, titles above abstracts); the degree of a document "
    "is the harmonic mean of two shares, by rarity of words: how much of the proposed title it "
    "has, and how much of its title the proposal has.\n\n"
    "How near it is, its title says: names of series count for little, what sets parts of a series "
    "apart counts for all, and a number, an aspect (security), a kind of document (framework), a "
    "word in the place of another or a word in another role (twins for security, security of twins) "
    "makes another subject. A neighbour shares a phrase or a word that few documents have, or covers or "
    "mentions a need of the map that the proposal names; the reason is told. What the proposal names by "
    "identifier is looked up, and what no catalogue has is said.\n\n"
    "--question: the groups inside the one that proposes, by the words of their mandates and by the works "
    "that are near: those that the map gives to a group speak for it, others for the groups whose "
    "mandates have their words. Where the map has no mandates, the committees that the catalogues name.\n\n"
    "With --references, no proposal is checked but what a document refers to: every identifier of a "
    "standards document in its text, in any spelling, in lists (\"RFCs 5246 and 8446\") and ranges "
    "(\"ISO/IEC 15408-1 to -5\"), is looked up in the catalogues and on the map, as of the day. A dated "
    "reference to an edition that was replaced is told, with what replaced it; an undated one to a work "
    "with a newer edition is in order. What is told as well: amendments and corrigenda that a dated "
    "reference leaves out, withdrawn texts and what came in their place, drafts and what they became, "
    "editions and numbers that nobody has, with the catalogues that could have held them and their days. "
    "Nearly the same numbers are offered where the title beside the reference names them, never "
    "taken. A shape that may be an identifier and is known nowhere (a bare \"V.24\") is counted and left "
    "aside. PDF is read through pdftotext.\n\n"
    "Words are not meanings: a title that says the same in other words is not found. The verdict is "
    "for the eye of somebody who knows the subject.",
    check_examples,
    "Without catalogues only the deliverables of the map are known, and it says so.",
    declare_check,
    Command::Makes::rows};

}  // namespace lacuna
