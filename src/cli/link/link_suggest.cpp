// link suggest: which links may hold, and with --write onto the map as suggested ones that wait for somebody.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/link/link.hpp"
#include "workbench/proposals.hpp"

namespace lacuna {
namespace {

struct LinkSuggestArguments : ListingArguments {
  ProposalQuestion question{.least = 0.2};
  bool write = false;
};

std::string taken_text(const std::string& map, const ProposalsTaken& taken) {
  std::string text =
      fmt::format("{}: {} suggested, {} accepted, {} earlier suggestions gone", map, taken.suggested, taken.accepted, taken.gone);
  if (taken.brought > 0) text += fmt::format("; {} brought onto the map", count_of(taken.brought, "deliverable"));
  if (taken.left > 0) text += fmt::format("; {} that only a suggestion held left it", count_of(taken.left, "deliverable"));
  if (taken.suggested > 0) text += "; review them with: lacuna link review --by NAME";
  return text;
}

std::string untouched_text(std::size_t proposals) {
  if (proposals == 0) return "Nothing was written; there is nothing to put on the map";
  return proposals == 1 ? "Nothing was written; --write puts this proposal on the map for review"
                        : fmt::format("Nothing was written; --write puts these {} proposals on the map for review", proposals);
}

void run_link_suggest(const LinkSuggestArguments& arguments, Context& context) {
  Workbench bench(context.map_path, context.profile(), asked_by(arguments), Store::Texts::load);
  context.tell_catalogues(bench.store());
  ProposalQuestion question = arguments.question;
  question.limit = arguments.limit;
  Proposer proposer(bench, std::move(question), say_stage);
  const Proposals proposals = proposer.propose();
  say_stage("");
  Result result = query_proposals(proposer.situation(), bench.params(), proposals.basis, proposals.list);
  if (!proposals.looked_at.empty()) result.summary.push_back(proposals.looked_at);
  const std::string told =
      arguments.write ? taken_text(context.map_path, proposer.take(proposals)) : untouched_text(proposals.list.size());
  context.print(result, arguments);
  context.answers->note(told);
}

void declare_link_suggest(CommandLine& line, Context& context) {
  auto& arguments = line.hold<LinkSuggestArguments>();
  arguments.limit = 5;
  line.add("NAME", &arguments.question.names,
           "Needs (which deliverables may cover them?), deliverables of the map or identifiers of the catalogues (which needs "
           "may they cover?), topics, objectives or groups; default: all needs")
      .called("NAME")
      .offers(NamesOnMap{"node"});
  line.add("--group", &arguments.question.groups,
           "Deliverables of this group, on the map and in the catalogues (may be repeated)")
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
  line.add("--on-map", &arguments.question.on_map,
           "Look at the deliverables of the map alone, not at the works of the catalogues")
      .excludes(line.option("--new-since"))
      .excludes(line.option("--between"));
  auto& write = line.add("--write", &arguments.write, "Put the proposals on the map, as suggested links that wait for review");
  line.add("--auto-accept", &arguments.question.accept,
           "With --write: accept unseen what lies above the probability from which on proposals were right in at least that "
           "share of the cases "
           "on this map; refused where no twenty proposals were")
      .check(Share{0.5, 1.0})
      .called("PRECISION")
      .needs(write);
  add_listing_options(line, arguments, {.scope = false, .as_of = false});
  line.option("--limit").help("At most that many proposals a need or deliverable; default: 5");
  line.runs([&context, &arguments] { run_link_suggest(arguments, context); });
}

}  // namespace

extern const LinkAction link_suggest{"suggest", "propose links between deliverables and needs, with what speaks for each",
                                     declare_link_suggest};

}  // namespace lacuna
