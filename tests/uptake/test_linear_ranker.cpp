#include <catch2/catch.hpp>

#include <sched.h>

#include <cmath>
#include <map>
#include <random>

#include "uptake/linear/figures.hpp"
#include "uptake/linear/inner_split.hpp"
#include "uptake/linear/linear_ranker.hpp"
#include "uptake/linear/ridge.hpp"
#include "uptake/metrics.hpp"

using namespace lacuna;
using namespace lacuna::uptake;

namespace {

constexpr std::int32_t now = 17917;
constexpr std::int32_t four_years = 1461;

Split::Work work(std::int32_t day, std::uint32_t field, std::uint32_t family, std::vector<std::uint32_t> concepts) { return {day, field, family, Split::no_one, "", std::move(concepts), {}}; }

/// a – b – c – d – "b two" in a row; the outer meetings are eight years old, the inner ones four. c and d met in a work of 3GPP; the first two works are one document.
Split row() {
  Split split;
  split.from = now;
  split.to = now + 5 * 365;
  split.fields = {"one", "3GPP"};
  for (const char* name : {"a", "b", "c", "d", "b two"}) split.concepts.push_back({name, "", 1, 0});
  split.before = {work(now - 2 * four_years, 0, 1, {0, 1}), work(now - four_years, 0, 1, {1, 2}), work(now - four_years, 1, 2, {2, 3}), work(now - 2 * four_years, 0, 3, {3, 4})};
  return split;
}

/// All figures of the row, by name and pair.
class Figures {
 public:
  Figures() : trial_(make_trial(split_)) {
    each_figure(trial_, {trial_.begin, trial_.second}, [&](std::string_view name, const std::vector<float>& values) { values_[std::string(name)] = values; });
  }
  double operator()(const char* name, std::uint32_t a, std::uint32_t b) const { return values_.at(name).at(trial_.find(a, b)); }
  [[nodiscard]] std::size_t count() const { return values_.size(); }

 private:
  Split split_ = row();
  Trial trial_;
  std::map<std::string, std::vector<float>> values_;
};

enum : std::uint32_t { a, b, c, d, e };

double x(double power) { return std::exp(power); }

/// Concepts of which those with near numbers meet, the sooner the nearer.
Split made_up_split() {
  constexpr std::uint32_t concepts = 40;
  Split split;
  split.from = now;
  split.to = now + 1826;
  split.fields = {"one", "two", "3GPP"};
  for (std::uint32_t k = 0; k < concepts; ++k) split.concepts.push_back({"stem" + std::to_string(k) + (k % 5 == 0 ? " shared" : ""), "", 10, k % 3});
  std::mt19937 random(7);
  for (std::uint32_t w = 0; w < 900; ++w) {
    const std::uint32_t first = random() % concepts;
    const std::uint32_t second = (first + 1 + random() % 4 * (random() % 3)) % concepts;
    Split::Work entry = work(now + 1826 - static_cast<std::int32_t>(random() % 9000), first % 3, w % 400, {std::min(first, second), std::max(first, second)});
    if (first == second) entry.concepts.pop_back();
    (entry.day <= now ? split.before : split.after).push_back(entry);
  }
  return split;
}

}  // namespace

TEST_CASE("uptake figures: ways of several steps, each over the root of both degrees") {
  const Figures figure;
  const double inner = x(-1) + x(-0.5);  // The degree of b and d; a's counts half at least.
  const double ab = x(-1) / std::sqrt(0.5 * inner);
  const double bc = x(-0.5) / std::sqrt(inner * 2 * x(-0.5));
  CHECK(figure("ways of two steps", a, c) == Approx(std::log(ab * bc + 1e-4)));
  CHECK(figure("ways of two steps", a, d) == Approx(std::log(1e-4)));
  CHECK(figure("ways of three steps", a, d) == Approx(std::log(ab * bc * bc + 1e-5)));
  CHECK(figure("ways of three steps by degree", a, d) == Approx(std::log(ab * bc * bc * std::sqrt(x(-1) * inner) + 1e-3)));
  CHECK(figure("ways of four steps", a, e) == Approx(std::log(ab * bc * bc * ab + 1e-5)));
  CHECK(figure("common neighbours of late", a, c) == Approx(std::log(x(-1.5) / std::log(2.0) + 0.1)));
  CHECK(figure("common neighbours", a, c) == Approx(std::log(1 / std::log(2.0) + 0.1)));
}

TEST_CASE("uptake figures: meetings to expect by chance, in all works and field by field") {
  const Figures figure;
  // Two concepts a work, so that the rate is one over twice the weight of all works. a has a work of eight years ago, c two of four years ago, one of them of 3GPP.
  CHECK(figure("expected meetings of late", a, c) == Approx(std::log(x(-2) * 2 * x(-1) / (4 * (x(-1) + x(-2))) + 1e-3)));
  CHECK(figure("expected meetings of late by field", a, c) == Approx(std::log(x(-2) * x(-1) / (2 * (x(-1) + 2 * x(-2))) + 1e-3)));
  CHECK(figure("expected meetings by field", a, c) == Approx(std::log(1.0 / 6 + 1e-3)));
  CHECK(figure("expected meetings by field", b, d) == Approx(std::log(2.0 / 6 + 1e-3)));
}

TEST_CASE("uptake figures: concepts that keep the same company, and what these have met") {
  const Figures figure;
  // Mutual information: ln 4 for a and b, d and e; ln 2 for b and c, c and d.
  CHECK(figure("same company", a, c) == Approx(std::sqrt(0.5)));
  CHECK(figure("same company", b, d) == Approx(0.2));
  CHECK(figure("same company", a, e) == 0);
  // The company of a is c, that of d is b.
  CHECK(figure("met by the company of one", a, d) == Approx(std::log(x(-0.5) + x(-1) + 1e-3)));
  CHECK(figure("met by the company of one", a, c) == Approx(std::log(1e-3)));
  CHECK(figure("met between the companies of both", a, d) == Approx(std::log(x(-0.5) + 1e-3)));
  // With themselves at .3: a and c at .3 and .5, d and b at .3 and .04. c met both in these years; a could have met d.
  const double met = 0.5 / 0.8;
  CHECK(figure("rate of new meetings between the companies", a, d) == Approx(std::log((met + 2e-4) / (0.3 / 0.8 * 0.3 / 0.34 + met + 0.02) + 1e-4)));
}

TEST_CASE("uptake figures: walks, documents and fields") {
  const Figures figure;
  const double old = x(-0.8);
  const double late = x(-0.4);
  CHECK(figure("walks of two steps", a, c) == Approx(std::log(old * late / (old + late) / std::sqrt(old * 2 * late) + 1e-6)));
  const double held_a = 1 - std::exp(-old);
  const double held_b = 1 - std::exp(-old - late);
  const double held_c = 1 - std::exp(-late);
  CHECK(figure("parts of the same documents", a, c) == Approx(std::log(held_a * held_c / std::max(held_a + held_b + held_c, 1.0) + 1e-2)));
  CHECK(figure("parts of the same documents", a, d) == Approx(std::log(1e-2)));
  CHECK(figure("same fields", a, c) == Approx(std::sqrt(0.5)));
  CHECK(figure("same fields", a, e) == Approx(1));
}

TEST_CASE("uptake figures: what concepts with a stem in common have met") {
  const Figures figure;
  CHECK(figure("met by concepts with a stem of one", a, c) == Approx(std::log(0.01)));
  CHECK(figure("met by concepts with a stem of one", b, d) == Approx(std::log(x(-1) + 0.01)));
  CHECK(figure("met by concepts with a stem of one", c, e) == Approx(std::log(x(-0.5) + 0.01)));
  const double near = x(-0.8) / std::log(3.0);
  CHECK(figure("surplus of these meetings", b, d) == Approx(std::log((near + 0.3) / (near * (x(-0.8) + x(-0.4)) / (4 * x(-0.8) + 4 * x(-0.4)) + 0.3))));
  CHECK(figure("surplus of these meetings", a, c) == Approx(0).margin(1e-6));
}

TEST_CASE("uptake figures: how much goes on about each of the two") {
  const Figures figure;
  CHECK(figure("works of five years", a, c) == Approx(std::log(0.5 * 2.5 + 0.1)));
  CHECK(figure("works of late", a, c) == Approx(std::log((x(-2) + 0.3) * (x(-1) + 0.3) + 0.1)));  // 3GPP's do not count.
  CHECK(figure("meetings in works of late", a, c) == Approx(std::log((x(-2) + 0.5) * (x(-1) + 0.5) + 0.1)));
  CHECK(figure("concepts newly met in two years", a, c) == Approx(std::log(0.35)));
  CHECK(figure("works of the rarer", a, c) == Approx(std::log(1.1)));
  CHECK(figure("works of the commoner", a, c) == Approx(std::log(2.1)));
  CHECK(figure("fewer concepts met", a, c) == Approx(std::log(1.1)));
  CHECK(figure("more concepts met", a, c) == Approx(std::log(2.1)));
  CHECK(figure("fewer newly met in five years", a, c) == Approx(std::log(0.1)));
  CHECK(figure("more newly met in five years", a, c) == Approx(std::log(2.1)));
  CHECK(figure("longer works", a, c) == Approx(std::log(1.1)));
  CHECK(figure("fewer fields", a, c) == Approx(std::log(1.1)));
  CHECK(figure("more fields", a, c) == Approx(std::log(2.1)));
  CHECK(figure("looser circle", a, c) == Approx(0.25));
  CHECK(figure("closer circle", a, c) == Approx(0.5));
  CHECK(figure("stems of the longer name", a, e) == 2);
  CHECK(figure.count() == 36);
}

TEST_CASE("uptake figures: a choice of pairs has the figures that all of them have") {
  const Split split = row();
  const Trial trial = make_trial(split);
  const std::uint32_t wanted = trial.find(b, d);
  std::vector<std::uint32_t> begin;
  for (const std::uint32_t first : trial.begin) begin.push_back(first > wanted ? 1 : 0);
  const std::vector<std::uint16_t> second{static_cast<std::uint16_t>(d)};
  const Figures all;
  each_figure(trial, {begin, second}, [&](std::string_view name, const std::vector<float>& values) { CHECK(values == std::vector<float>{static_cast<float>(all(std::string(name).c_str(), b, d))}); });
}

TEST_CASE("uptake inner split: ten works make a concept, and what came later is new but for 3GPP's") {
  Split split = row();
  split.before.clear();
  for (int k = 0; k < 10; ++k) split.before.push_back(work(now - 3000 + k, 0, 1, {b, d}));
  for (int k = 0; k < 9; ++k) split.before.push_back(work(now - 3000, 0, 1, {a}));
  split.before.push_back(work(now - 3000, 0, 1, {e}));
  split.before.push_back(work(now - 900, 0, 4, {a, b, d}));
  split.before.push_back(work(now - 900, 1, 5, {b, d}));
  split.before.push_back(work(now - 100, 0, 6, {b, d}));
  const Split inner = inner_split(split, now - 1000, now - 200);
  REQUIRE(inner.concepts.size() == 2);
  CHECK(inner.concepts[1].name == "d");
  CHECK(inner.concepts[1].works == 10);
  CHECK(inner.before.size() == 10);
  REQUIRE(inner.after.size() == 1);
  CHECK(inner.after[0].family == 4);
  CHECK(inner.after[0].concepts == std::vector<std::uint32_t>{0, 1});
}

TEST_CASE("uptake fit: the penalty keeps a weight at its closed form and leaves the constant alone") {
  // Three of four right at +1, one of four at −1: the slope is 8 (3/4 − σ(w)), and 8 (3/4 − 2/3) = ridge · ln 2.
  const Lessons even{1, {1, 1, 1, 1, -1, -1, -1, -1}, {1, 1, 1, 0, 0, 0, 0, 1}};
  const std::vector<double> weights = fit_ridge(even, 2 / (3 * std::log(2.0)));
  CHECK(weights[0] == Approx(std::log(2.0)).epsilon(1e-3));
  CHECK(weights[1] == Approx(0).margin(1e-6));
  CHECK(fit_ridge(even, 0)[0] == Approx(std::log(3.0)).epsilon(1e-2));
  const std::vector<double> nothing = fit_ridge({1, {0, 0, 0, 0}, {1, 0, 0, 0}}, 1);
  CHECK(nothing[0] == 0);
  CHECK(nothing[1] == Approx(-std::log(3.0)));
}

TEST_CASE("uptake linear ranker: parts of a score add up to it, the largest first") {
  const Split split = made_up_split();
  const Trial trial = make_trial(split);
  const LinearModel model = learn_linear(trial, nullptr);
  REQUIRE(model.terms.size() == 36);
  const std::vector<float> scores = linear_scores(model, trial);
  const std::vector<std::uint32_t> pairs{7, 3, 7};
  const auto reasons = linear_reasons(model, trial, pairs, 100);
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    double sum = model.constant;
    for (const Reason& reason : reasons[k]) sum += reason.part;
    CHECK(sum == Approx(scores[pairs[k]]).margin(1e-4));
    CHECK(std::abs(reasons[k][0].part) >= std::abs(reasons[k][1].part));
  }
  const auto best = linear_reasons(model, trial, pairs, 2);
  REQUIRE(best[1].size() == 2);
  CHECK(best[1][1].name == reasons[1][1].name);
}

TEST_CASE("uptake linear ranker: it tells near numbers from far ones, and does without anything to learn from") {
  const Split split = made_up_split();
  const Trial trial = make_trial(split);
  const auto right = right_ones(trial, Outcome::any);
  REQUIRE_FALSE(right.empty());
  const std::vector<float> scores = linear_ranking(trial, nullptr);
  CHECK(Ranking(scores).area(right, ends_of(trial))->value > 0.9);
  const Split empty = row();
  const Trial bare = make_trial(empty);
  CHECK(linear_ranking(bare, &bare) == std::vector<float>(bare.pairs()));
}

TEST_CASE("uptake linear ranker: the same bits on one core and on all") {
  const Split split = made_up_split();
  const Trial trial = make_trial(split);
  const std::vector<float> all = linear_ranking(trial, &trial);
  cpu_set_t before;
  REQUIRE(sched_getaffinity(0, sizeof before, &before) == 0);
  cpu_set_t first;
  CPU_ZERO(&first);
  for (int k = 0; CPU_COUNT(&first) == 0; ++k) {
    if (CPU_ISSET(k, &before)) CPU_SET(k, &first);
  }
  REQUIRE(sched_setaffinity(0, sizeof first, &first) == 0);
  const std::vector<float> one = linear_ranking(trial, &trial);
  REQUIRE(sched_setaffinity(0, sizeof before, &before) == 0);
  CHECK(one == all);
}
