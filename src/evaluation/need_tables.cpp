// What the needs of a map add to a back-test on catalogues.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "evaluation/backtest_rows.hpp"
#include "evaluation/need_phrases.hpp"
#include "evaluation/rankers.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::array<std::string_view, 3> untrained{"chance", "Adamic-Adar", "decayed Adamic-Adar"};

/// A split with needs, and what came of its pairs.
struct Extended {
  Extended(const Split& of, const Catalogues& catalogues, std::span<const MapNeed> with)
      : needs(with.size()),
        split(with_needs(catalogues, of, with)),
        trial(make_trial(split)),
        ends(ends_of(trial)),
        positives(positives_of(trial, Outcome::any)) {
    std::vector<bool> seen(split.outside);
    for (const Split::Work& work : split.after) {
      for (const std::uint32_t c : work.concepts) {
        if (c >= split.outside || seen[c]) continue;
        seen[c] = true;
        ++held;
      }
    }
  }
  Extended(const Extended&) = delete;
  Extended& operator=(const Extended&) = delete;

  std::size_t needs;
  Split split;
  Trial trial;
  std::vector<Ends> ends;
  std::vector<std::uint32_t> positives;
  std::size_t held = 0;  ///< Phrases that some new work holds.
};

/// A row a ranker; the scores of the last one.
std::vector<float> add_rows(Table& table, const Extended& extended, std::string_view which) {
  std::vector<float> scores;
  for (const std::string_view name : untrained) {
    scores = std::ranges::find(pair_rankers(), name, &PairRanker::name)->score(extended.trial, nullptr);
    const Ranking ranking(scores);
    const auto area = ranking.area(extended.positives, extended.ends);
    const Estimate precision = ranking.precision(100, extended.positives, extended.ends);
    Value row = Value::object();
    row.set("which", which)
        .set("needs", extended.needs)
        .set("concepts", extended.split.outside)
        .set("held", extended.held)
        .set("candidates", extended.trial.pairs())
        .set("taken_up", extended.positives.size());
    row.set("ranker", name);
    put(row, "auc", area);
    put_shown(row, "auc", area);
    put(row, "p100", precision);
    put_shown(row, "p100", precision);
    table.rows.push_back(std::move(row));
  }
  return scores;
}

Table pairs_of(const Extended& extended, std::span<const float> scores, const Catalogues& catalogues, std::size_t limit) {
  using enum Column::Format;
  const std::vector<std::uint32_t> first = first_pairs(scores, limit);
  Table table{"need_pairs",
              fmt::format("The pairs with a phrase of a need ranked first by {} ({} of {}), and what became of them",
                          untrained.back(), first.size(), extended.trial.pairs()),
              {{"place", "place", number},
               {"first", "phrase", text},
               {"second", "and", text},
               {"works", "new works", number},
               {"families", "families", number},
               {"on", "first on", text},
               {"by", "in", text},
               {"title", "title", title, {}, 70}},
              {}};
  for (std::size_t k = 0; k < first.size(); ++k) {
    const Ends& ends = extended.ends[first[k]];
    Value row = Value::object();
    row.set("place", k + 1)
        .set("score", std::round(static_cast<double>(scores[first[k]]) * 1e6) / 1e6)
        .set("first", extended.split.concepts[ends.first].shown)
        .set("second", extended.split.concepts[ends.second].shown);
    row.set("both_of_needs", ends.second < extended.split.outside);
    put_outcome(row, extended.trial, &catalogues, first[k]);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void report_needs(Result& result, const Split& split, const Catalogues& catalogues, const BacktestQuestion& question) {
  if (question.needs.empty()) return;
  using enum Column::Format;
  Table table{"needs",
              "With the needs of the map as concepts: pairs with a phrase that only needs name (a map written today knows what "
              "came; see: lacuna man backtest)",
              {{"which", "needs", text},
               {"needs", "how many", number},
               {"concepts", "phrases", number},
               {"held", "in new works", number},
               {"candidates", "candidates", number},
               {"taken_up", "taken up", number},
               {"ranker", "ranked by", text},
               {"auc_shown", "AUC", text},
               {"p100_shown", "P@100", text}},
              {}};
  const std::vector<MapNeed> dated = dated_needs(question.needs);
  Table pairs;
  {
    const Extended all(split, catalogues, question.needs);
    const std::vector<float> scores = add_rows(table, all, "all");
    pairs = pairs_of(all, scores, catalogues, question.limit);
    const double share =
        all.trial.pairs() == 0 ? 0 : 100 * static_cast<double>(all.positives.size()) / static_cast<double>(all.trial.pairs());
    result.summary.push_back(fmt::format(
        "apart from these: {} needs of the map name {} phrases that are no concepts of the catalogues, {} of which some new work "
        "holds; {} pairs with one of them stood together in no record, {} are brought together ({:.2f} %)",
        all.needs, all.split.outside, all.held, all.trial.pairs(), all.positives.size(), share));
  }
  if (!dated.empty()) add_rows(table, Extended(split, catalogues, dated), "dated");
  const std::string day = to_string(forecast::day_of(split.from));
  result.summary.push_back(dated.empty()
                               ? fmt::format("this is no forecast: a map written later knows what came, and none of these needs "
                                             "has a since by {}, so all of them only pass for known on that day",
                                             day)
                               : fmt::format("this is no forecast: a map written later knows what came, and needs without since "
                                             "only pass for known on {}; {} {} since when, in the rows \"dated\"",
                                             day, dated.size(), dated.size() == 1 ? "says" : "say"));
  result.tables.push_back(std::move(table));
  result.tables.push_back(std::move(pairs));
}

}  // namespace lacuna::evaluation
