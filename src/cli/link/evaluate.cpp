// link evaluate: how good proposals are on this map.
#include "cli/ground.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

void declare_link_evaluate(CommandLine& line, Context& context) {
  auto& arguments = line.hold<ListingArguments>();
  add_listing_options(line, arguments, {.scope = false, .filters = false, .limit = false, .explain = false});
  line.runs([&context, &arguments] {
    const Store store(context.map_path);
    const Graph graph = graph_for(store, arguments, Store::Texts::load);
    const Params params = params_of(arguments, graph, context, &store);
    const Situation situation(graph, *params.profile, params.as_of);
    Ground ground(store, graph);
    print(query_link_figures(situation, params, LinkModel(situation, ground.for_links())), arguments);
  });
}

}  // namespace

extern const LinkAction link_evaluate{"evaluate", "how often proposals are right on this map, measured on links that were left out", declare_link_evaluate};

}  // namespace lacuna
