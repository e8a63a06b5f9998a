// backtest: what earlier rankings would have been worth.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

struct Arguments : ListingArguments {
  std::string from;
  std::string to;
};

void run(const Arguments& arguments, Context& context) {
  const Store store(context.map_path);
  const Graph graph = store.graph(texts_for(arguments));
  ListingArguments asked = arguments;
  asked.as_of = to_string(day_of(arguments.from, "--from"));
  Params params = params_of(asked, graph, context, &store);
  const Day to = arguments.to.empty() ? today() : day_of(arguments.to, "--to");
  if (to <= params.as_of) throw Error(ErrorCode::usage, "--to", fmt::format("{} does not lie after {}", to_string(to), to_string(params.as_of)));
  print(query_backtest_map(graph, params, to), arguments);
}

void declare(CLI::App& app, Context& context) {
  static Arguments arguments;
  app.add_option("--from", arguments.from, "The day on which the gaps are ranked: what came later is hidden")->required()->check(not_empty())->type_name("DATE");
  app.add_option("--to", arguments.to, "The last day on which a deliverable may have been first seen that covers one; default: today")->check(not_empty())->type_name("DATE");
  add_listing_options(app, arguments, {.as_of = false, .explain = false});
  app.callback([&context] { run(arguments, context); });
}

constexpr Example examples[] = {
    {"lacuna backtest --from 2019-01-21 --to 2024-01-21", "The gaps on the day of the workshop, and which of them were covered in the next five years."},
    {"lacuna backtest --from 2019-01-21 --scope SG17 --limit 20", "Those of one group, with the ranking of its ways forward."},
};

}  // namespace

const Command cmd_backtest{
    "backtest", "how well the ranking of gaps on an earlier day told what was covered later",
    "Ranks the needs that were not covered in full on the first day, with everything later hidden, and looks which of them a deliverable covers, in full or in part, that was first seen after it and by "
    "the last day. Area under the ROC curve (0.5 is chance), precision and recall among the first 10, 20 and 50, beside the ranking by dependants alone and by chance; 95 % intervals by bootstrap over the "
    "needs; the same for every group with five such needs or more. With --scope also the ranking of ways forward.\n\n"
    "A map is made by people who know what came later: figures on it say how a ranking does on what they put there, not on everything that was missing.",
    examples, "", declare};

}  // namespace lacuna
