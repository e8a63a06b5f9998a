#include "evaluation/catalogue_backtest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "evaluation/backtest_rows.hpp"
#include "evaluation/committees.hpp"
#include "evaluation/rankers.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::size_t least_in_field = 20;  ///< Pairs taken up; a figure on fewer says little.

class Report {
 public:
  Report(const Split& split, const Split* earlier, const Catalogues* catalogues, const BacktestQuestion& question)
      : split_(split), catalogues_(catalogues), question_(question), trial_(make_trial(split)), ends_(ends_of(trial_)) {
    for (std::size_t k = 0; k < positives_.size(); ++k) positives_[k] = positives_of(trial_, static_cast<Outcome>(k));
    for (std::size_t k = 0; k < matched_.size(); ++k) matched_[k] = matched_with(trial_, positives_[k], static_cast<Outcome>(k));
    if (earlier != nullptr) earlier_ = make_trial(*earlier);
  }

  Result run() {
    Result result;
    result.schema = "backtest-catalogues-1";
    result.title = fmt::format("Back-test on the catalogues: {} to {}", to_string(forecast::day_of(split_.from)),
                               to_string(forecast::day_of(split_.to)));
    result.head.emplace_back("from", Value(to_string(forecast::day_of(split_.from))));
    result.head.emplace_back("to", Value(to_string(forecast::day_of(split_.to))));
    result.head.emplace_back("concepts", Value(trial_.n));
    result.head.emplace_back("earlier_works", Value(split_.before.size()));
    result.head.emplace_back("new_works", Value(split_.after.size()));
    result.head.emplace_back("candidates", Value(trial_.pairs()));
    for (const auto& [name, outcome] : {std::pair("taken_up", Outcome::any),
                                        {"by_two_families", Outcome::fam2},
                                        {"in_a_title", Outcome::title},
                                        {"late", Outcome::late}}) {
      result.head.emplace_back(name, Value(positives(outcome).size()));
    }
    result.summary.push_back(fmt::format(
        "{} concepts that {} works had declared as titles or keywords by {}; {} pairs of them stood together in no record",
        trial_.n, split_.before.size(), to_string(forecast::day_of(split_.from)), trial_.pairs()));
    result.summary.push_back(
        fmt::format("{} first editions were published by {}; they bring {} of the pairs together ({:.2f} %), {} of these in "
                    "works of two families, {} in a title, {} only after two years",
                    split_.after.size(), to_string(forecast::day_of(split_.to)), positives(Outcome::any).size(),
                    100 * share(positives(Outcome::any).size()), positives(Outcome::fam2).size(),
                    positives(Outcome::title).size(), positives(Outcome::late).size()));
    result.tables.push_back(rankers());
    if (!split_.committees.empty()) result.tables.push_back(committees());
    result.tables.push_back(fields());
    result.tables.push_back(pairs());
    if (catalogues_ != nullptr) report_needs(result, split_, *catalogues_, question_);
    return result;
  }

 private:
  [[nodiscard]] const std::vector<std::uint32_t>& positives(Outcome outcome) const {
    return positives_[static_cast<std::size_t>(outcome)];
  }
  [[nodiscard]] double share(std::size_t n) const {
    return trial_.pairs() == 0 ? 0 : static_cast<double>(n) / static_cast<double>(trial_.pairs());
  }

  Table rankers() {
    using enum Column::Format;
    Table table{"rankers",
                "How well rankings of the pairs told which would be taken up (95 % intervals, pairs that share a concept counted "
                "together)",
                {{"ranker", "ranked by", text},
                 {"auc_shown", "AUC", text},
                 spare({"auc_fam2_shown", "AUC two families", text}),
                 spare({"auc_title_shown", "AUC title", text}),
                 spare({"auc_late_shown", "AUC late", text}),
                 {"p100", "P@100", score},
                 {"p1000_shown", "P@1000", text},
                 spare({"matched", "matched", score}, 2),
                 spare({"hit1000", "hit@1000", score}, 2),
                 {"meaning", "what it is", prose}},
                {}};
    for (const PairRanker& ranker : pair_rankers()) {
      if (ranker.learns && !earlier_) continue;
      std::vector<float> scores = ranker.score(trial_, earlier_ ? &*earlier_ : nullptr);
      const Ranking ranking(scores);
      Value row = Value::object();
      row.set("ranker", ranker.name).set("meaning", ranker.help);
      constexpr std::array<std::string_view, 4> names{"auc", "auc_fam2", "auc_title", "auc_late"};
      for (std::size_t k = 0; k < names.size(); ++k) {
        const auto area = ranking.area(positives_[k], ends_);
        put(row, names[k], area);
        put_shown(row, names[k], area);
      }
      row.set("p100", rounded(ranking.precision(100, positives(Outcome::any), ends_).value));
      const Estimate p1000 = ranking.precision(1000, positives(Outcome::any), ends_);
      put(row, "p1000", p1000);
      put_shown(row, "p1000", p1000);
      row.set("p1000_fam2", rounded(ranking.precision(1000, positives(Outcome::fam2), ends_).value))
          .set("p1000_title", rounded(ranking.precision(1000, positives(Outcome::title), ends_).value));
      row.set("matched", rounded(matched_area(scores, matched_[0])))
          .set("matched_fam2", rounded(matched_area(scores, matched_[1])))
          .set("matched_title", rounded(matched_area(scores, matched_[2])));
      row.set("hit1000", rounded(works_hit(trial_, scores, ranking, 1000)));
      table.rows.push_back(std::move(row));
      best_ = std::move(scores);
      best_name_ = ranker.name;
    }
    return table;
  }

  Table committees() const {
    using enum Column::Format;
    Table table{"committees",
                "Which committee takes up which concept, by decayed Adamic-Adar on the network of both",
                {{"committees", "committees", number},
                 {"candidates", "candidates", number},
                 {"taken_up", "taken up", number},
                 {"auc_shown", "AUC", text},
                 {"p1000_shown", "P@1000", text}},
                {}};
    const CommitteeCandidates committees = committee_candidates(trial_);
    const std::vector<std::uint32_t> positives = taken_up(split_, committees);
    const std::vector<float> scores = committee_scores(trial_, committees);
    const Ranking ranking(scores);
    const auto area = ranking.area(positives, committees.ends);
    const Estimate precision = ranking.precision(1000, positives, committees.ends);
    Value row = Value::object();
    row.set("committees", committees.committees.size()).set("candidates", scores.size()).set("taken_up", positives.size());
    put(row, "auc", area);
    put(row, "p1000", precision);
    put_shown(row, "auc", area);
    put_shown(row, "p1000", precision);
    table.rows.push_back(std::move(row));
    return table;
  }

  /// The last ranking on the pairs with a concept at home in each field.
  Table fields() const {
    using enum Column::Format;
    Table table{"fields",
                fmt::format("By field of one of the concepts, ranked by {}", best_name_),
                {{"field", "field", text},
                 {"candidates", "candidates", number},
                 {"taken_up", "taken up", number},
                 {"auc_shown", "AUC", text},
                 {"p100", "P@100", score}},
                {}};
    table.quiet = true;
    for (std::uint32_t f = 0; f < split_.fields.size(); ++f) {
      std::vector<float> scores;
      std::vector<Ends> ends;
      std::vector<std::uint32_t> hits;
      for (std::uint32_t p = 0; p < trial_.pairs(); ++p) {
        if (split_.concepts[ends_[p].first].field != f && split_.concepts[ends_[p].second].field != f) continue;
        if ((trial_.labels[p] & bit(Outcome::any)) != 0) hits.push_back(static_cast<std::uint32_t>(scores.size()));
        scores.push_back(best_[p]);
        ends.push_back(ends_[p]);
      }
      if (hits.size() < least_in_field) continue;
      const Ranking ranking(scores);
      const auto area = ranking.area(hits, ends);
      Value row = Value::object();
      row.set("field", split_.fields[f]).set("candidates", scores.size()).set("taken_up", hits.size());
      put(row, "auc", area);
      put_shown(row, "auc", area);
      row.set("p100", rounded(ranking.precision(100, hits, ends).value));
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  Table pairs() const {
    using enum Column::Format;
    const std::vector<std::uint32_t> order = first_pairs(best_, question_.limit);
    Table table{
        "pairs",
        fmt::format("The pairs ranked first by {} ({} of {}), and what became of them", best_name_, order.size(), trial_.pairs()),
        {{"place", "place", number},
         {"first", "concept", text},
         {"second", "and", text},
         {"works", "new works", number},
         {"families", "families", number},
         {"on", "first on", text},
         {"by", "in", text},
         {"title", "title", title, {}, 70}},
        {}};
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::uint32_t p = order[k];
      Value row = Value::object();
      row.set("place", k + 1)
          .set("score", std::round(static_cast<double>(best_[p]) * 1e6) / 1e6)
          .set("first", split_.concepts[ends_[p].first].shown)
          .set("second", split_.concepts[ends_[p].second].shown);
      put_outcome(row, trial_, catalogues_, p);
      table.rows.push_back(std::move(row));
    }
    return table;
  }

  const Split& split_;
  const Catalogues* catalogues_;
  const BacktestQuestion& question_;
  Trial trial_;
  std::optional<Trial> earlier_;
  std::vector<Ends> ends_;
  std::array<std::vector<std::uint32_t>, 4> positives_;
  std::array<Matched, 3> matched_;
  std::vector<float> best_;
  std::string_view best_name_;
};

}  // namespace

Result query_backtest_catalogues(const Split& split, const Split* earlier, const Catalogues* catalogues,
                                 const BacktestQuestion& question) {
  return Report(split, earlier, catalogues, question).run();
}

}  // namespace lacuna::evaluation
