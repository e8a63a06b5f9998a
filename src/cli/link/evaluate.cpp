// link evaluate: how good proposals are on this map.
#include "cli/link/link.hpp"
#include "workbench/context_texts.hpp"

namespace lacuna {
namespace {

void declare_link_evaluate(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ListingArguments>();
  add_listing_options(line, arguments, {.scope = false, .filters = false, .limit = false, .explain = false});
  line.runs([&context, &arguments] {
    Workbench bench(context.map_path, context.profile(), asked_by(arguments), Store::Texts::load);
    const Params& params = bench.params();
    const Situation situation(bench.graph(), *params.profile, params.as_of);
    ContextTexts texts(bench.store(), bench.graph());
    context.print(query_link_figures(situation, params, LinkModel(situation, texts.for_links())), arguments);
  });
}

}  // namespace

extern const LinkAction link_evaluate{
    "evaluate", "how often proposals are right on this map, measured on links that were left out", declare_link_evaluate};

}  // namespace lacuna
