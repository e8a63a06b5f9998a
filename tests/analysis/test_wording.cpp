#include <catch2/catch.hpp>

#include <cmath>

#include "analysis/wording.hpp"
#include "support/dice.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

double alike(const Wording& wording, std::string_view a, std::string_view b) {
  return Wording::similarity(wording.vector(a), wording.vector(b));
}

double length(const WordVector& vector) {
  double square = 0;
  for (const auto& [word, weight] : vector) square += weight * weight;
  return std::sqrt(square);
}

const Wording& wording_field() {
  static const Wording wording({"Framework for AI agents", "Requirements for AI agents", "Framework for quantum key distribution",
                                "Requirements for biometric templates"});
  return wording;
}

}  // namespace

TEST_CASE("wording: a text is like itself, and not like one without a common word") {
  CHECK(alike(wording_field(), "AI agents", "AI agents") == Approx(1));
  CHECK(alike(wording_field(), "agents of AI", "AI agent") == Approx(1));
  CHECK(alike(wording_field(), "AI agents", "quantum key") == 0);
  CHECK(alike(wording_field(), "", "AI") == 0);
  CHECK(alike(wording_field(), "never seen words", "never seen words") == 0);
}

TEST_CASE("wording: likeness lies between 0 and 1 and is the same both ways") {
  const char* texts[] = {"AI agents framework", "framework framework quantum", "templates", "AI AI AI AI", "requirements"};
  for (const char* a : texts) {
    for (const char* b : texts) {
      CHECK(alike(wording_field(), a, b) >= 0);
      CHECK(alike(wording_field(), a, b) <= 1);
      CHECK(alike(wording_field(), a, b) == Approx(alike(wording_field(), b, a)));
    }
  }
}

TEST_CASE("wording: a rare word in common counts more than a frequent one") {
  const Wording wording({"security quantum", "security agents", "security biometric", "security ledger"});
  CHECK(alike(wording, "security quantum", "quantum ledger") > alike(wording, "security quantum", "security agents"));
}

TEST_CASE("wording: plural and singular, letter case and small words make no difference") {
  CHECK(alike(wording_field(), "the Agents of the FRAMEWORKS", "agent framework") == Approx(1));
  const Wording wording({"security policies", "a class of bus", "analysis"});
  CHECK(alike(wording, "policy", "policies") == Approx(1));
  CHECK(alike(wording, "class", "clas") == 0);
}

TEST_CASE("wording: dashes and quotation marks are no words") {
  const Wording wording({"Information security — Part 1", "Cybersecurity — AI", "“Trusted” AI", "Trusted ledger"});
  CHECK(alike(wording, "Information — security", "Cybersecurity — AI") == 0);
  CHECK(alike(wording, "“Trusted” AI", "Trusted AI") == Approx(1));
}

TEST_CASE("wording: vectors have the length 1 and their words in order") {
  const WordVector vector = wording_field().vector("requirements framework AI agents agents key");
  CHECK(length(vector) == Approx(1));
  for (std::size_t i = 1; i < vector.size(); ++i) CHECK(vector[i - 1].first < vector[i].first);
  CHECK(wording_field().vector("").empty());
}

TEST_CASE("wording: a centre is near each of its texts") {
  const WordVector a = wording_field().vector("AI agents");
  const WordVector b = wording_field().vector("quantum key");
  const WordVector centre = Wording::centre({a, b});
  CHECK(length(centre) == Approx(1));
  CHECK(Wording::similarity(centre, a) == Approx(std::sqrt(0.5)));
  CHECK(Wording::similarity(centre, b) == Approx(std::sqrt(0.5)));
  CHECK(Wording::centre({}).empty());
}

TEST_CASE("nearest text: the first of the most alike, to the last bit as all of them one by one say") {
  for (std::uint64_t seed = 1; seed <= 100; ++seed) {
    Dice dice(seed);
    const auto phrase = [&] {
      std::string text;
      for (std::size_t words = dice.below(6); words > 0; --words)
        text += std::string("word") + static_cast<char>('a' + dice.below(8)) + " ";
      return text;
    };
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < 60; ++i) texts.push_back(phrase());
    const Wording wording(texts);
    // Some words are never asked for: texts that differ in these alone are one.
    std::vector<bool> asked(wording.size());
    for (std::size_t w = 0; w < asked.size(); ++w) asked[w] = dice.chance(60);
    NearestText shelf(asked);
    for (const std::string& text : texts) shelf.add(wording.vector(text));
    for (int question = 0; question < 30; ++question) {
      WordVector vector = wording.vector(phrase());
      std::erase_if(vector, [&](const auto& word) { return !asked[word.first]; });
      std::optional<std::size_t> best;
      double most = 0;
      for (std::size_t t = 0; t < texts.size(); ++t) {
        const double similarity = Wording::similarity(vector, wording.vector(texts[t]));
        if (similarity > most) {
          most = similarity;
          best = t;
        }
      }
      const auto [found, similarity] = shelf.nearest(vector);
      REQUIRE(found == best);
      REQUIRE(similarity == most);
    }
  }
}
