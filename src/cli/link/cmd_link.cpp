#include "cli/link/link.hpp"

namespace lacuna {

extern const LinkAction link_suggest, link_review, link_accept, link_reject, link_dispute, link_evaluate, link_confirm, link_move,
    link_add, link_set, link_remove;

namespace {

// One row an action.
constexpr const LinkAction* actions[] = {&link_suggest, &link_review, &link_accept, &link_reject, &link_dispute, &link_evaluate,
                                         &link_confirm, &link_move,   &link_add,    &link_set,    &link_remove};

void declare_link(CommandLine& line, Context& context) {
  for (const LinkAction* action : actions) action->declare(line.add_inner(action->name, action->help), context);
}

constexpr Example link_examples[] = {
    {"lacuna link suggest RC53 T37", "Which deliverables, on the map or in the catalogues, may cover these needs?"},
    {"lacuna link suggest \"ITU-T X.1753\" --explain", "Which needs may it cover, and what speaks for each?"},
    {"lacuna link suggest RC53 T37 --write", "The same onto the map, as suggested links that wait for review."},
    {"lacuna link suggest --group SG17 --new-since 2026-01-01 --write", "After an import: what is new of a group."},
    {"lacuna link review --by \"A. Rapporteur\"", "Walk through what was suggested, key by key."},
    {"lacuna link review --out review.xlsx", "For those who review in a spreadsheet …"},
    {"lacuna link review --in review.xlsx --by \"A. Rapporteur\"", "… and their verdicts back."},
    {"lacuna link accept \"ETSI TS 104 224 V1.1.1 (2025-03)\" RC44 --degree partial --by \"A. Rapporteur\" --rationale \"Names "
     "evasion tests, sets no bounds.\"",
     "One verdict by itself."},
    {"lacuna link add X.1753 covers RC27 --degree partial --by \"A. Rapporteur\" --rationale \"Clause 8 asks for it in training "
     "alone.\"",
     "A link that nobody suggested."},
    {"lacuna link add RC27 counters T05", "The same between needs."},
    {"lacuna link set X.1753 UC02 clause=8.2 --by \"A. Rapporteur\"", "What a link rests on."},
    {"lacuna link evaluate", "How far suggestions can be trusted on this map."},
    {"lacuna link confirm \"ITU-T X.1147 (11/2018)\" RC08 --by \"A. Rapporteur\"",
     "The new edition covers it as the old one did."},
    {"lacuna link confirm \"ITU-T X.1147 (11/2018)\" --degree partial --by \"A. Rapporteur\" --rationale \"Annex A was cut\"",
     "All suspect links of an edition, with another degree."},
    {"lacuna link move \"ITU-T X.1147 (11/2018)\" RC08 --by \"A. Rapporteur\"",
     "The link was meant for the work, whatever the edition."},
};

}  // namespace

extern const Command cmd_link{
    "link",
    "propose links, and judge them",
    "suggest proposes links: who covers what, with a probability, the words that both texts share, and the text already linked "
    "that is nearest. It looks at the map and at the works of all catalogues (--on-map: at the map alone), and writes nothing "
    "unless --write puts the proposals on the map, with the status suggested and the method automation. None of them counts as "
    "coverage until somebody accepts it. A pair that was rejected is not proposed again unless "
    "one of its texts changes. Probabilities are calibrated on the links that "
    "people have accepted on this map; evaluate says how well, on links left out.\n\n"
    "When a new edition replaces one that covers a need, the link is suspect until somebody looks: gaps --kind suspect lists "
    "them. Confirming says that the verdict holds for "
    "the new edition, with who said so and when; --degree says that it holds in another degree, or not at all. Moving also takes "
    "one's own verdict off the old edition; what others have said of it stays. Where people differ on the old edition, the "
    "lesser degree is taken, and told. A link is suspect, too, when an import brings another text of its need: confirming says "
    "that the verdict holds for the text as it reads now.",
    link_examples,
    "Status 1 when there is no such link.",
    declare_link};

}  // namespace lacuna
