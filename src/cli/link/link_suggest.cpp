// link suggest: proposals onto the map, as suggested links that wait for somebody.
#include <fmt/format.h>

#include <cstdio>

#include "base/text.hpp"
#include "cli/link/link.hpp"
#include "workbench/proposals.hpp"

namespace lacuna {
namespace {

struct LinkSuggestArguments : ListingArguments {
  ProposalQuestion question{.least = 0.2};
  bool dry_run = false;
};

std::string taken_text(const std::string& map, const ProposalsTaken& taken) {
  std::string text =
      fmt::format("{}: {} suggested, {} accepted, {} earlier suggestions gone", map, taken.suggested, taken.accepted, taken.gone);
  if (taken.brought > 0) text += fmt::format("; {} brought onto the map", count_of(taken.brought, "deliverable"));
  if (taken.left > 0) text += fmt::format("; {} that only a suggestion held left it", count_of(taken.left, "deliverable"));
  if (taken.suggested > 0) text += "; review them with: lacuna link review --by NAME";
  return text;
}

void run_link_suggest(const LinkSuggestArguments& arguments, Context& context) {
  Workbench bench(context.map_path, context.profile(), asked_by(arguments), Store::Texts::load);
  ProposalQuestion question = arguments.question;
  question.limit = arguments.limit;
  Proposer proposer(bench, std::move(question), say_stage);
  const Proposals proposals = proposer.propose();
  say_stage("");
  std::string told;
  if (!arguments.dry_run) told = taken_text(context.map_path, proposer.take(proposals));
  print(query_proposals(proposer.situation(), bench.params(), proposals.basis, proposals.list), arguments);
  if (!told.empty()) std::fputs(harmless(told).append("\n").c_str(), stderr);
}

void declare_link_suggest(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkSuggestArguments>();
  arguments.limit = 5;
  line.add("NAME", &arguments.question.names,
           "Needs (which deliverables may cover them?), deliverables of the map or identifiers of the catalogues (which needs "
           "may they cover?), topics, objectives or groups; default: all needs")
      .called("NAME");
  line.add("--group", &arguments.question.groups,
           "Deliverables of this group; with --new-since also those of the catalogues (may be repeated)")
      .check(NotEmpty{})
      .called("GROUP");
  line.add("--new-since", &arguments.question.new_since,
           "Documents of the catalogues published on that day or later: after an import, what is new for the map")
      .check(NotEmpty{})
      .called("DATE");
  line.add(
          "--between", &arguments.question.between,
          "Two frameworks (source:NAME), topics, objectives or sessions: which item of the first belongs to which of the second?")
      .values(2)
      .check(NotEmpty{})
      .called("A B")
      .excludes(line.option("NAME"))
      .excludes(line.option("--group"))
      .excludes(line.option("--new-since"));
  line.add("--least", &arguments.question.least, "No proposals below that probability")
      .check(Share{0.0, 1.0})
      .shows_default()
      .called("P");
  line.add("--auto-accept", &arguments.question.accept,
           "Accept unseen what lies above the probability from which on proposals were right in at least that share of the cases "
           "on this map; refused where no twenty proposals were")
      .check(Share{0.5, 1.0})
      .called("PRECISION");
  line.add("--dry-run", &arguments.dry_run, "Print the proposals, and leave the map as it is");
  add_listing_options(line, arguments, {.scope = false, .as_of = false});
  line.option("--limit").help("At most that many proposals a need or deliverable; default: 5");
  line.runs([&context, &arguments] { run_link_suggest(arguments, context); });
}

}  // namespace

extern const LinkAction link_suggest{"suggest", "propose links between deliverables and needs, with what speaks for each",
                                     declare_link_suggest};

}  // namespace lacuna
