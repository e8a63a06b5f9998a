#include <catch2/catch.hpp>

#include <sched.h>

#include <cmath>
#include <map>
#include <random>

#include "evaluation/features/features.hpp"
#include "evaluation/inner_split.hpp"
#include "evaluation/linear_ranker.hpp"
#include "evaluation/metrics.hpp"

using namespace lacuna;
using namespace lacuna::evaluation;

namespace {

constexpr std::int32_t now = 17917;
constexpr std::int32_t four_years = 1461;

Split::Work work(std::int32_t day, std::uint32_t field, std::uint32_t family, std::vector<std::uint32_t> concepts) {
  return {day, field, family, Split::no_one, "", std::move(concepts), {}};
}

/// a – b – c – d – "b two" in a row; the outer meetings are eight years old, the inner ones four. c and d met in a work of 3GPP;
/// the first two works are one document.
Split row() {
  Split split;
  split.from = now;
  split.to = now + 5 * 365;
  split.fields = {"one", "3GPP"};
  for (const char* name : {"a", "b", "c", "d", "b two"}) split.concepts.push_back({name, "", 1, 0});
  split.before = {work(now - 2 * four_years, 0, 1, {0, 1}), work(now - four_years, 0, 1, {1, 2}),
                  work(now - four_years, 1, 2, {2, 3}), work(now - 2 * four_years, 0, 3, {3, 4})};
  return split;
}

/// All features of the row, by name and pair.
class FeatureTable {
 public:
  FeatureTable() : trial_(make_trial(split_)) {
    each_feature(trial_, {trial_.begin, trial_.second},
                 [&](std::string_view name, const std::vector<float>& values) { values_[std::string(name)] = values; });
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
  for (std::uint32_t k = 0; k < concepts; ++k)
    split.concepts.push_back({"stem" + std::to_string(k) + (k % 5 == 0 ? " shared" : ""), "", 10, k % 3});
  std::mt19937 random(7);
  for (std::uint32_t w = 0; w < 900; ++w) {
    const std::uint32_t first = random() % concepts;
    const std::uint32_t second = (first + 1 + random() % 4 * (random() % 3)) % concepts;
    Split::Work entry = work(now + 1826 - static_cast<std::int32_t>(random() % 9000), first % 3, w % 400,
                             {std::min(first, second), std::max(first, second)});
    if (first == second) entry.concepts.pop_back();
    (entry.day <= now ? split.before : split.after).push_back(entry);
  }
  return split;
}

}  // namespace

TEST_CASE("features: ways of several steps, each over the root of both degrees") {
  const FeatureTable feature;
  const double inner = x(-1) + x(-0.5);  // The degree of b and d; a's counts half at least.
  const double ab = x(-1) / std::sqrt(0.5 * inner);
  const double bc = x(-0.5) / std::sqrt(inner * 2 * x(-0.5));
  CHECK(feature("ways of two steps", a, c) == Approx(std::log(ab * bc + 1e-4)));
  CHECK(feature("ways of two steps", a, d) == Approx(std::log(1e-4)));
  CHECK(feature("ways of three steps", a, d) == Approx(std::log(ab * bc * bc + 1e-5)));
  CHECK(feature("ways of three steps by degree", a, d) == Approx(std::log(ab * bc * bc * std::sqrt(x(-1) * inner) + 1e-3)));
  CHECK(feature("ways of four steps", a, e) == Approx(std::log(ab * bc * bc * ab + 1e-5)));
  CHECK(feature("common neighbours of late", a, c) == Approx(std::log(x(-1.5) / std::log(2.0) + 0.1)));
  CHECK(feature("common neighbours", a, c) == Approx(std::log(1 / std::log(2.0) + 0.1)));
}

TEST_CASE("features: meetings to expect by chance, in all works and field by field") {
  const FeatureTable feature;
  // Two concepts a work, so that the rate is one over twice the weight of all works. a has a work of eight years ago, c two of
  // four years ago, one of them of 3GPP.
  CHECK(feature("expected meetings of late", a, c) == Approx(std::log(x(-2) * 2 * x(-1) / (4 * (x(-1) + x(-2))) + 1e-3)));
  CHECK(feature("expected meetings of late by field", a, c) ==
        Approx(std::log(x(-2) * x(-1) / (2 * (x(-1) + 2 * x(-2))) + 1e-3)));
  CHECK(feature("expected meetings by field", a, c) == Approx(std::log(1.0 / 6 + 1e-3)));
  CHECK(feature("expected meetings by field", b, d) == Approx(std::log(2.0 / 6 + 1e-3)));
}

TEST_CASE("features: concepts that keep the same company, and what these have met") {
  const FeatureTable feature;
  // Mutual information: ln 4 for a and b, d and e; ln 2 for b and c, c and d.
  CHECK(feature("same company", a, c) == Approx(std::sqrt(0.5)));
  CHECK(feature("same company", b, d) == Approx(0.2));
  CHECK(feature("same company", a, e) == 0);
  // The company of a is c, that of d is b.
  CHECK(feature("met by the company of one", a, d) == Approx(std::log(x(-0.5) + x(-1) + 1e-3)));
  CHECK(feature("met by the company of one", a, c) == Approx(std::log(1e-3)));
  CHECK(feature("met between the companies of both", a, d) == Approx(std::log(x(-0.5) + 1e-3)));
  // With themselves at .3: a and c at .3 and .5, d and b at .3 and .04. c met both in these years; a could have met d.
  const double met = 0.5 / 0.8;
  CHECK(feature("rate of new meetings between the companies", a, d) ==
        Approx(std::log((met + 2e-4) / (0.3 / 0.8 * 0.3 / 0.34 + met + 0.02) + 1e-4)));
}

TEST_CASE("features: walks, documents and fields") {
  const FeatureTable feature;
  const double old = x(-0.8);
  const double late = x(-0.4);
  CHECK(feature("walks of two steps", a, c) == Approx(std::log(old * late / (old + late) / std::sqrt(old * 2 * late) + 1e-6)));
  const double held_a = 1 - std::exp(-old);
  const double held_b = 1 - std::exp(-old - late);
  const double held_c = 1 - std::exp(-late);
  CHECK(feature("parts of the same documents", a, c) ==
        Approx(std::log(held_a * held_c / std::max(held_a + held_b + held_c, 1.0) + 1e-2)));
  CHECK(feature("parts of the same documents", a, d) == Approx(std::log(1e-2)));
  CHECK(feature("same fields", a, c) == Approx(std::sqrt(0.5)));
  CHECK(feature("same fields", a, e) == Approx(1));
}

TEST_CASE("features: what concepts with a stem in common have met") {
  const FeatureTable feature;
  CHECK(feature("met by concepts with a stem of one", a, c) == Approx(std::log(0.01)));
  CHECK(feature("met by concepts with a stem of one", b, d) == Approx(std::log(x(-1) + 0.01)));
  CHECK(feature("met by concepts with a stem of one", c, e) == Approx(std::log(x(-0.5) + 0.01)));
  const double near = x(-0.8) / std::log(3.0);
  CHECK(feature("surplus of these meetings", b, d) ==
        Approx(std::log((near + 0.3) / (near * (x(-0.8) + x(-0.4)) / (4 * x(-0.8) + 4 * x(-0.4)) + 0.3))));
  CHECK(feature("surplus of these meetings", a, c) == Approx(0).margin(1e-6));
}

TEST_CASE("features: how much goes on about each of the two") {
  const FeatureTable feature;
  CHECK(feature("works of five years", a, c) == Approx(std::log(0.5 * 2.5 + 0.1)));
  CHECK(feature("works of late", a, c) == Approx(std::log((x(-2) + 0.3) * (x(-1) + 0.3) + 0.1)));  // 3GPP's do not count.
  CHECK(feature("meetings in works of late", a, c) == Approx(std::log((x(-2) + 0.5) * (x(-1) + 0.5) + 0.1)));
  CHECK(feature("concepts newly met in two years", a, c) == Approx(std::log(0.35)));
  CHECK(feature("works of the rarer", a, c) == Approx(std::log(1.1)));
  CHECK(feature("works of the commoner", a, c) == Approx(std::log(2.1)));
  CHECK(feature("fewer concepts met", a, c) == Approx(std::log(1.1)));
  CHECK(feature("more concepts met", a, c) == Approx(std::log(2.1)));
  CHECK(feature("fewer newly met in five years", a, c) == Approx(std::log(0.1)));
  CHECK(feature("more newly met in five years", a, c) == Approx(std::log(2.1)));
  CHECK(feature("longer works", a, c) == Approx(std::log(1.1)));
  CHECK(feature("fewer fields", a, c) == Approx(std::log(1.1)));
  CHECK(feature("more fields", a, c) == Approx(std::log(2.1)));
  CHECK(feature("looser circle", a, c) == Approx(0.25));
  CHECK(feature("closer circle", a, c) == Approx(0.5));
  CHECK(feature("stems of the longer name", a, e) == 2);
  CHECK(feature.count() == 36);
}

TEST_CASE("features: a choice of pairs has the features that all of them have") {
  const Split split = row();
  const Trial trial = make_trial(split);
  const std::uint32_t wanted = trial.find(b, d);
  std::vector<std::uint32_t> begin;
  for (const std::uint32_t first : trial.begin) begin.push_back(first > wanted ? 1 : 0);
  const std::vector<std::uint16_t> second{static_cast<std::uint16_t>(d)};
  const FeatureTable all;
  each_feature(trial, {begin, second}, [&](std::string_view name, const std::vector<float>& values) {
    CHECK(values == std::vector<float>{static_cast<float>(all(std::string(name).c_str(), b, d))});
  });
}

TEST_CASE("inner split: ten works make a concept, and what came later is new but for 3GPP's") {
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

TEST_CASE("linear ranker: it tells near numbers from far ones, and does without anything to learn from") {
  const Split split = made_up_split();
  const Trial trial = make_trial(split);
  const auto positives = positives_of(trial, Outcome::any);
  REQUIRE_FALSE(positives.empty());
  const std::vector<float> scores = linear_ranking(trial, nullptr);
  CHECK(Ranking(scores).area(positives, ends_of(trial))->value > 0.9);
  const Split empty = row();
  const Trial bare = make_trial(empty);
  CHECK(linear_ranking(bare, &bare) == std::vector<float>(bare.pairs()));
}

TEST_CASE("linear ranker: the same bits on one core and on all") {
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
