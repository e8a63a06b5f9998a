// backtest: what earlier rankings would have been worth.
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/command.hpp"
#include "evaluation/catalogue_backtest.hpp"
#include "evaluation/map_backtest.hpp"
#include "evaluation/split_files.hpp"

namespace lacuna {
namespace {

using namespace evaluation;

struct BacktestArguments : ListingArguments {
  std::string from;
  std::string to;
  bool map = false;
  bool catalogues = false;
  std::string frozen;
  std::string train;
};

/// The last day, which must lie after the first one.
Day last_day(const BacktestArguments& arguments, Day from) {
  const Day to = arguments.to.empty() ? today() : day_of(arguments.to, "--to");
  if (to <= from) throw Error(ErrorCode::usage, "--to", fmt::format("{} does not lie after {}", to_string(to), to_string(from)));
  return to;
}

/// As long before the first day as the last one lies after it.
Day day_before(Day from, Day to) { return day_of(calendar(from) - (calendar(to) - calendar(from))); }

void run_catalogues(const BacktestArguments& arguments, Context& context) {
  const Day from = day_of(arguments.from, "--from");
  const Day to = last_day(arguments, from);
  const Day earlier = day_before(from, to);
  BacktestQuestion question;
  if (arguments.limit != 0) question.limit = arguments.limit;
  if (!arguments.frozen.empty()) {
    const Split split = read_split(arguments.frozen, from, to);
    std::optional<Split> train;
    if (!arguments.train.empty()) train = read_split(arguments.train, earlier, from);
    context.print(query_backtest_catalogues(split, train ? &*train : nullptr, nullptr, question), arguments);
    return;
  }
  const Store store(context.map_path, catalogues_file());
  std::vector<CatalogueText> texts = store.texts();
  if (texts.empty()) throw Error(ErrorCode::not_found, context.map_path, "holds no catalogues; see: lacuna import --help");
  const Graph graph = store.graph(Store::Texts::skip);
  question.needs = map_needs(Situation(graph, context.profile(), from));
  const Catalogues catalogues(std::move(texts));
  const Split split = catalogues.split(from, to);
  const Split train = catalogues.split(earlier, from);
  context.print(query_backtest_catalogues(split, &train, &catalogues, question), arguments);
}

void run_backtest(const BacktestArguments& arguments, Context& context) {
  if (arguments.catalogues) {
    run_catalogues(arguments, context);
    return;
  }
  Asked asked = asked_by(arguments);
  asked.as_of = to_string(day_of(arguments.from, "--from"));
  Workbench bench(context.map_path, context.profile(), asked);
  context.print(query_backtest_map(bench.graph(), bench.params(), last_day(arguments, bench.params().as_of)), arguments);
}

void declare_backtest(CommandLine& line, Context& context) {
  auto& arguments = line.hold<BacktestArguments>();
  line.add("--from", &arguments.from, "The day on which the gaps are ranked: what came later is hidden")
      .required()
      .check(NotEmpty{})
      .called("DATE");
  line.add("--to", &arguments.to, "The last day on which a deliverable may have been first seen that covers one; default: today")
      .check(NotEmpty{})
      .called("DATE");
  Option& map = line.add("--map", &arguments.map, "The ranking of the gaps of the map (the default)");
  Option& catalogues = line.add("--catalogues", &arguments.catalogues,
                                "Rankings of pairs of concepts by what the catalogues held on the first day; apart from these, "
                                "of pairs with phrases of the needs of the map, which is no forecast: a map written today knows "
                                "what came, and needs without since count as known on the first day")
                           .excludes(map);
  Option& frozen = line.add("--frozen", &arguments.frozen,
                            "With --catalogues: a folder of concepts, works and labels of the first day, so that rankers of "
                            "different programs meet on the same candidates")
                       .check(NotEmpty{})
                       .called("FOLDER")
                       .needs(catalogues);
  line.add("--train", &arguments.train, "With --frozen: the folder of the day as long before, from which rankers learn")
      .check(NotEmpty{})
      .called("FOLDER")
      .needs(frozen);
  add_listing_options(line, arguments, {.as_of = false, .explain = false});
  for (const char* name : {"--scope", "--objective", "--topic"}) line.option(name).excludes(catalogues);
  line.runs([&context, &arguments] { run_backtest(arguments, context); });
}

constexpr Example backtest_examples[] = {
    {"lacuna backtest --from 2019-01-21 --to 2024-01-21",
     "The gaps on the day of the workshop, and which of them were covered in the next five years."},
    {"lacuna backtest --catalogues --from 2019-01-21 --to 2024-01-21 --limit 50",
     "Which of two concepts that no document held together on the first day were brought together by one of the next five years, "
     "and how well that could be told."},
    {"lacuna backtest --from 2019-01-21 --scope SG17 --limit 20", "Those of one group, with the ranking of its ways forward."},
};

}  // namespace

extern const Command cmd_backtest{
    "backtest",
    "how well rankings of gaps on an earlier day told what was covered later",
    "Ranks the needs that were not covered in full on the first day, with everything later hidden, and looks which of them a "
    "deliverable covers, in full or in part, that was first seen after it and by "
    "the last day. Area under the ROC curve (0.5 is chance), precision and recall among the first 10, 20 and 50, beside the "
    "ranking by dependants alone and by chance; 95 % intervals by bootstrap over the "
    "needs; the same for every group with five such needs or more. With --scope also the ranking of ways forward.\n\n"
    "A map is made by people who know what came later: figures on it say how a ranking does on what they put there, not on "
    "everything that was missing.\n\n"
    "With --catalogues nobody's later knowledge has a part. Concepts are what works published by the first day had declared "
    "themselves to be about: whole elements of titles, and keywords. Candidates are all pairs "
    "of concepts that no record of that day holds together, drafts and amendments included. A pair is taken up when a true first "
    "edition published after the first day and by the last one holds both, in title or abstract; "
    "new editions of older works count for nothing. Rankers know the network of concepts that works had brought together: by "
    "degrees (preferential attachment), common neighbours, and the sum of Adamic and Adar (2003) over "
    "common neighbours with meetings that fade or not (Liben-Nowell and Kleinberg 2007 compare them). "
    "The linear ranking weighs 36 features: ways of two to four steps, meetings to expect by chance, what distributionally "
    "similar concepts (those that met the same others) or concepts with the same words have met, documents, fields, and how much "
    "goes on about each; "
    "it learns from the outcome of the time just before the first day, of the same length, and from as long before it again. "
    "Area under the ROC curve of pairs taken up, taken up by works of two families, in a title, and only after two years (which "
    "no draft of the first day foretold); expected precision among the first 100 and 1,000; "
    "the area against pairs of like concepts only (matched: same field, same tenth of degrees); and the share of new works that "
    "hold one of the first 1,000 pairs. Intervals of 95 % count pairs that share a concept as one observation. "
    "About half of the pairs that come true are really about both concepts; the others only name them.\n\n"
    "Where the map has needs, a further table says what their phrases buy as concepts: threats and use cases name what no "
    "catalogue of the first day knew, as \"deepfake\" or \"federated\" in 2019. Phrases of up to four words of titles and "
    "aliases enter "
    "that are no concepts of the catalogues, single words only where fewer than ten works held them. A need counts as a work of "
    "the first day with its phrases and the concepts in its text and in those of needs that it is linked to "
    "(needs, faces, counters). Pairs with such a phrase that no record held together are candidates beside the others, whose "
    "figures stay the same. This is no forecast: a map written today knows what came. Needs without \"since\" count as known on "
    "the first day, "
    "and titles, texts and links are those of today. Only needs whose \"since\" lies on or before that day, as that of threats "
    "from a dated taxonomy may, could have been asked then; rows marked \"dated\" are of these alone.\n\n"
    "Costs some ten seconds and a gigabyte for 170,000 records.",
    backtest_examples,
    "",
    declare_backtest};

}  // namespace lacuna
