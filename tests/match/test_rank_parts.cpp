#include <catch2/catch.hpp>

#include <cmath>

#include "match/rank_text.hpp"
#include "match/rank_weights.hpp"
#include "text/terms.hpp"

using namespace lacuna;

TEST_CASE("rank text: a title before a colon, a full stop or a dash is taken, if it is short") {
  CHECK(title_and_rest("Password length: at least twelve").first == "Password length");
  CHECK(title_and_rest("Password length: at least twelve").second == "at least twelve");
  CHECK(title_and_rest("Roof - Part 2. Tiles").first == "Roof");
  CHECK(title_and_rest("No title here").first.empty());
  CHECK(title_and_rest("No title here").second == "No title here");
  CHECK(title_and_rest("one two three four five six seven eight nine ten eleven: rest").first.empty());
}

TEST_CASE("rank text: stems, pairs of neighbours and concepts are features with a worth of their own") {
  RankText text;
  const std::size_t concepts = text.size();
  const Features features = text.read({{"granite roofs granite", 1.0}});
  REQUIRE(features.size() == 4);  // granit, roof, granit-roof, roof-granit
  CHECK(text.worth(features[0].id) == 1.0);
  CHECK(features[0].id >= concepts);
  CHECK(text.worth(0) == 1.2);
  std::size_t pairs = 0;
  for (const Feature& f : features) pairs += text.worth(f.id) == 0.5;
  CHECK(pairs == 2);
  double most = 0;
  for (const Feature& f : features) most = std::max<double>(most, f.weight);
  CHECK(most == Approx(1 + std::log(2.0)));
}

TEST_CASE("rank text: two texts without a common word share a concept") {
  RankText text;
  const auto concepts = [&](std::string_view s) {
    std::vector<std::uint32_t> list;
    for (const Feature& f : text.read({{s, 1.0}})) {
      if (text.worth(f.id) == 1.2) list.push_back(f.id);
    }
    return list;
  };
  const auto a = concepts("brute force");
  const auto b = concepts("account lockout");
  CHECK(std::ranges::any_of(a, [&](std::uint32_t c) { return std::ranges::find(b, c) != b.end(); }));
}

TEST_CASE("vocabulary: texts read as requirements keep numbers, part compounds and drop what requirements are made with") {
  const auto stems = [](Reading reading, std::string_view text) {
    Vocabulary vocabulary(reading);
    std::vector<std::uint32_t> terms;
    vocabulary.terms(text, terms);
    std::vector<std::string> list;
    for (const std::uint32_t t : terms) list.push_back(vocabulary.stem(t));
    return list;
  };
  CHECK(stems(Reading::subjects, "Verify sessionToken of 256 bits") == std::vector<std::string>{"verifi", "sessiontoken", "bit"});
  CHECK(stems(Reading::requirements, "Verify sessionToken of 256 bits") ==
        std::vector<std::string>{"session", "token", "256", "bit"});
}

TEST_CASE("rank weights: the signal that tells right from wrong gains, the one that misleads falls to zero and not below") {
  std::vector<WeighingTrial> trials;
  for (int i = 0; i < 50; ++i) {
    WeighingTrial trial;
    trial.rows.resize(4);
    for (std::uint32_t r = 0; r < 4; ++r) {
      trial.rows[r][0] = r == 0 ? 1.0F : 0.2F;  // tells
      trial.rows[r][1] = r == 0 ? 0.0F : 1.0F;  // misleads
    }
    trial.right = {0};
    trials.push_back(trial);
  }
  Weights prior{};
  prior[0] = prior[1] = prior[2] = 1;
  const Weights weights = fit_weights(trials, prior, 0.01);
  CHECK(weights[0] > 3);
  CHECK(weights[1] == 0);
  CHECK(weights[2] == Approx(1).margin(1e-3));  // says nothing: stays where it was
  CHECK(fit_weights({}, prior, 0.01) == prior);
}

TEST_CASE("rank weights: a strong pull keeps the weights at the prior") {
  WeighingTrial trial;
  trial.rows = {SignalRow{1}, SignalRow{0}};
  trial.right = {0};
  Weights prior{};
  prior[0] = 2;
  CHECK(fit_weights(std::vector<WeighingTrial>{trial}, prior, 1e6)[0] == Approx(2).margin(1e-4));
}

TEST_CASE(
    "calibration: as it stands a probability is p; fitted, it is how often such pairs were right, and it never falls with p") {
  CHECK(Calibration{}(0.3) == Approx(0.3));
  std::vector<CalibrationPair> pairs;
  for (int i = 0; i < 1000; ++i) {
    pairs.push_back({0.9, i % 2 == 0});
    pairs.push_back({0.1, i % 20 == 0});
  }
  const Calibration k = fit_calibration(pairs, {});
  CHECK(k(0.9) == Approx(0.5).margin(0.01));
  CHECK(k(0.1) == Approx(0.05).margin(0.01));
  for (double p = 0; p < 1; p += 0.01) CHECK(k(p) <= k(p + 0.01));
}
