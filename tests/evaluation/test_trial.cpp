#include <catch2/catch.hpp>

#include <cmath>

#include "evaluation/committees.hpp"
#include "evaluation/metrics.hpp"
#include "evaluation/rankers.hpp"

using namespace lacuna;
using namespace lacuna::evaluation;

namespace {

constexpr std::int32_t trial_now = 17917;
constexpr std::int32_t year = 365;

Split::Work work(std::int32_t day, std::vector<std::uint32_t> concepts, std::uint32_t family = 0,
                 std::vector<std::uint32_t> title = {}, std::uint32_t committee = Split::no_one) {
  return {day, 0, family, committee, "I:" + std::to_string(day), std::move(concepts), std::move(title)};
}

/// Six concepts: a – b – c – d in a row, e apart, and "b two", which shares a stem with b.
Split trial_row() {
  Split split;
  split.from = trial_now;
  split.to = trial_now + 5 * year;
  split.fields = {"one"};
  for (const char* name : {"a", "b", "c", "d", "e", "b two"}) split.concepts.push_back({name, "", 1, 0});
  split.before = {work(trial_now - 16 * year, {0, 1}), work(trial_now - 8 * year, {1, 2}), work(trial_now - year, {2, 3}),
                  work(trial_now - year, {4})};
  split.also = {{0, 4}};
  split.after = {work(trial_now + 100, {0, 2}, 1, {0, 2}), work(trial_now + 900, {1, 3}, 2), work(trial_now + 950, {0, 2}, 3)};
  return split;
}

std::vector<float> scores(const Trial& trial, std::string_view name) {
  return std::ranges::find(pair_rankers(), name, &PairRanker::name)->score(trial, nullptr);
}

}  // namespace

TEST_CASE("trial: candidates are pairs that no record holds and that share no stem") {
  const Split split = trial_row();
  const Trial trial = make_trial(split);
  CHECK(trial.pairs() ==
        15 - 3 - 1 - 1);  // Less three that works hold, one that another record holds, one with a stem in common.
  CHECK(trial.find(0, 1) == Candidates::no_pair);
  CHECK(trial.find(0, 4) == Candidates::no_pair);
  CHECK(trial.find(1, 5) == Candidates::no_pair);
  const std::uint32_t pair = trial.find(3, 1);
  REQUIRE(pair != Candidates::no_pair);
  CHECK(trial.first(pair) == 1);
  CHECK(trial.second[pair] == 3);
  CHECK(trial.degree == std::vector<float>{1, 2, 2, 1, 0, 0});
}

TEST_CASE("trial: what became of pairs") {
  const Split split = trial_row();
  const Trial trial = make_trial(split);
  CHECK(trial.labels[trial.find(0, 2)] == (bit(Outcome::any) | bit(Outcome::fam2) | bit(Outcome::title)));
  CHECK(trial.labels[trial.find(1, 3)] == (bit(Outcome::any) | bit(Outcome::late)));
  CHECK(positives_of(trial, Outcome::any).size() == 2);
  CHECK(trial.taken.size() == 3);
}

TEST_CASE("rankers: exact scores on a row of concepts") {
  const Split split = trial_row();
  const Trial trial = make_trial(split);
  const std::uint32_t ac = trial.find(0, 2);
  const std::uint32_t bd = trial.find(1, 3);
  CHECK(scores(trial, "degree product")[ac] == 2);
  CHECK(scores(trial, "common neighbours")[ac] == 1);
  CHECK(scores(trial, "common neighbours")[trial.find(0, 3)] == 0);
  CHECK(scores(trial, "Adamic-Adar")[ac] == Approx(1 / std::log(2.0)));
  // Meetings 16 and 8 years ago, each to the base e in eight years.
  CHECK(scores(trial, "decayed Adamic-Adar")[ac] == Approx(std::exp(-24 * 365 / (8 * 365.25)) / std::log(2.0)));
  CHECK(scores(trial, "decayed Adamic-Adar")[bd] == Approx(std::exp(-9 * 365 / (8 * 365.25)) / std::log(2.0)));
  // Only c and d met in the last five years.
  CHECK(scores(trial, "new-degree product")[ac] == 2);
  CHECK(scores(trial, "new-degree product")[bd] == 2);
  CHECK(scores(trial, "new-degree product")[trial.find(0, 5)] == 1);
}

TEST_CASE("metrics: areas and precisions by their definitions") {
  const std::vector<float> values{5, 4, 4, 3, 1};
  const std::vector<std::uint32_t> right{0, 2};
  const std::vector<Ends> ends{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}};
  const Ranking ranking{values};
  // Of six comparisons the first right one wins three; the second wins two and ties one.
  CHECK(ranking.area(right, ends)->value == Approx(5.5 / 6));
  CHECK(ranking.precision(1, right, ends).value == Approx(1));
  CHECK(ranking.precision(2, right, ends).value == Approx((1 + 0.5) / 2));
  CHECK(ranking.precision(3, right, ends).value == Approx(2.0 / 3));
  CHECK_FALSE(ranking.area({}, ends));
}

TEST_CASE("metrics: candidates that share an end count as one observation") {
  const std::vector<float> values{9, 8, 2, 1, 5, 5, 5, 5};
  const std::vector<std::uint32_t> right{0, 1, 2, 3};
  const std::vector<Ends> apart{{0, 1}, {2, 3}, {4, 5}, {6, 7}, {8, 9}, {10, 11}, {12, 13}, {14, 15}};
  const std::vector<Ends> shared{{0, 1}, {0, 3}, {4, 5}, {4, 7}, {8, 9}, {10, 11}, {12, 13}, {14, 15}};
  const Ranking ranking{values};
  CHECK(ranking.area(right, apart)->error == Approx(0.25));                 // Four deviations of one half: √(4 · ¼) / 4.
  CHECK(ranking.area(right, shared)->error == Approx(std::sqrt(2.0) / 4));  // Two of one, less what is counted twice.
}

TEST_CASE("metrics: matched pairs differ in one concept of the same field and degree") {
  Split split;
  split.from = trial_now;
  split.to = trial_now + year;
  split.fields = {"one", "two"};
  for (const char* name : {"a", "b", "c", "d"}) split.concepts.push_back({name, "", 1, name[0] == 'd' ? 1U : 0U});
  split.after = {work(trial_now + 1, {0, 1})};
  const Trial trial = make_trial(split);
  const auto right = positives_of(trial, Outcome::any);
  REQUIRE(right.size() == 1);
  // All degrees are 0; tenths part the four concepts, so nothing is alike.
  CHECK(matched_with(trial, right, Outcome::any).negatives.empty());
  CHECK(works_hit(trial, std::vector<float>(trial.pairs(), 0.0F), Ranking(std::vector<float>(trial.pairs(), 0.0F)), 3) ==
        Approx(0.5));  // Three of six equal ones.
}

TEST_CASE("committees: a committee is near to what its concepts have met") {
  Split split;
  split.from = trial_now;
  split.to = trial_now + year;
  split.fields = {"one"};
  split.committees = {"busy", "small"};
  for (const char* name : {"a", "b", "c"}) split.concepts.push_back({name, "", 1, 0});
  for (int k = 0; k < 10; ++k) split.before.push_back(work(trial_now, {0}, 0, {}, 0));
  split.before.push_back(work(trial_now, {0, 1}));
  split.before.push_back(work(trial_now, {2}, 0, {}, 1));
  split.after = {work(trial_now + 1, {1}, 0, {}, 0)};
  const Trial trial = make_trial(split);
  const CommitteeCandidates committees = committee_candidates(trial);
  REQUIRE(committees.committees == std::vector<std::uint32_t>{0});
  REQUIRE(committees.ends.size() == 2);  // b and c; it holds a.
  CHECK(taken_up(split, committees) == std::vector<std::uint32_t>{0});
  const auto values = committee_scores(trial, committees);
  CHECK(values[0] == Approx(1 / std::log(2.0)));
  CHECK(values[1] == 0);
}

TEST_CASE("trial: needs bring concepts together, and hold no pair; only pairs with a phrase of theirs are candidates") {
  // Phrases x and y of needs, then concepts a, b and c.
  Split split;
  split.from = trial_now;
  split.to = trial_now + 5 * year;
  split.fields = {"one"};
  for (const char* name : {"x", "y", "a", "b", "c"}) split.concepts.push_back({name, "", 1, 0});
  split.outside = 2;
  split.before = {work(trial_now - 8 * year, {2, 3}), work(trial_now - 8 * year, {1, 4})};
  split.needs = {work(trial_now, {0, 2}), work(trial_now, {1, 2})};
  split.after = {work(trial_now + 100, {0, 2, 4}), work(trial_now + 100, {2, 4})};
  const Trial trial = make_trial(split);
  CHECK(trial.pairs() == 1 + 3 + 2);  // x – y, x with all, y with a and b: a work holds y – c.
  CHECK(trial.find(1, 4) == Candidates::no_pair);
  CHECK(trial.find(2, 4) == Candidates::no_pair);
  CHECK(trial.degree == std::vector<float>{1, 2, 3, 1, 1});
  CHECK(positives_of(trial, Outcome::any) == std::vector<std::uint32_t>{trial.find(0, 2), trial.find(0, 4)});
  const std::vector<float> whole = scores(trial, "Adamic-Adar");
  CHECK(whole[trial.find(0, 1)] == Approx(1 / std::log(3.0)));
  CHECK(whole[trial.find(0, 2)] == 0);
  CHECK(whole[trial.find(1, 3)] == Approx(1 / std::log(3.0)));
  // The need's meeting is of the day itself, the work's eight years old.
  CHECK(scores(trial, "decayed Adamic-Adar")[trial.find(0, 3)] == Approx(std::exp(-8 * 365 / (8 * 365.25)) / std::log(3.0)));
}
