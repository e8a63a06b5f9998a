#include "text/tf_idf.hpp"

#include <catch2/catch.hpp>

#include <cmath>

#include "support/dice.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

double alike(const TfIdf& tf_idf, std::string_view a, std::string_view b) {
  return TfIdf::similarity(tf_idf.vector(a), tf_idf.vector(b));
}

double length(const WordVector& vector) {
  double square = 0;
  for (const auto& [word, weight] : vector) square += weight * weight;
  return std::sqrt(square);
}

const TfIdf& small_collection() {
  static const TfIdf tf_idf({"Framework for AI agents", "Requirements for AI agents", "Framework for quantum key distribution",
                             "Requirements for biometric templates"});
  return tf_idf;
}

}  // namespace

TEST_CASE("tf-idf: a text is like itself, and not like one without a common word") {
  CHECK(alike(small_collection(), "AI agents", "AI agents") == Approx(1));
  CHECK(alike(small_collection(), "agents of AI", "AI agent") == Approx(1));
  CHECK(alike(small_collection(), "AI agents", "quantum key") == 0);
  CHECK(alike(small_collection(), "", "AI") == 0);
  CHECK(alike(small_collection(), "never seen words", "never seen words") == 0);
}

TEST_CASE("tf-idf: likeness lies between 0 and 1 and is the same both ways") {
  const char* texts[] = {"AI agents framework", "framework framework quantum", "templates", "AI AI AI AI", "requirements"};
  for (const char* a : texts) {
    for (const char* b : texts) {
      CHECK(alike(small_collection(), a, b) >= 0);
      CHECK(alike(small_collection(), a, b) <= 1);
      CHECK(alike(small_collection(), a, b) == Approx(alike(small_collection(), b, a)));
    }
  }
}

TEST_CASE("tf-idf: a rare word in common counts more than a frequent one") {
  const TfIdf tf_idf({"security quantum", "security agents", "security biometric", "security ledger"});
  CHECK(alike(tf_idf, "security quantum", "quantum ledger") > alike(tf_idf, "security quantum", "security agents"));
}

TEST_CASE("tf-idf: endings, letter case and words of grammar make no difference") {
  CHECK(alike(small_collection(), "the Agents of the FRAMEWORKS", "agent framework") == Approx(1));
  const TfIdf tf_idf({"security policies", "a class of bus", "analysis"});
  CHECK(alike(tf_idf, "policy", "policies") == Approx(1));
  CHECK(alike(tf_idf, "class", "clas") == 0);
}

TEST_CASE("tf-idf: dashes and quotation marks are no words") {
  const TfIdf tf_idf({"Information security — Part 1", "Cybersecurity — AI", "“Trusted” AI", "Trusted ledger"});
  CHECK(alike(tf_idf, "Information — security", "Cybersecurity — AI") == 0);
  CHECK(alike(tf_idf, "“Trusted” AI", "Trusted AI") == Approx(1));
}

TEST_CASE("tf-idf: vectors have the length 1 and their words in order") {
  const WordVector vector = small_collection().vector("requirements framework AI agents agents key");
  CHECK(length(vector) == Approx(1));
  for (std::size_t i = 1; i < vector.size(); ++i) CHECK(vector[i - 1].first < vector[i].first);
  CHECK(small_collection().vector("").empty());
}

TEST_CASE("tf-idf: a centre is near each of its texts") {
  const WordVector a = small_collection().vector("AI agents");
  const WordVector b = small_collection().vector("quantum key");
  const WordVector centre = TfIdf::centre({a, b});
  CHECK(length(centre) == Approx(1));
  CHECK(TfIdf::similarity(centre, a) == Approx(std::sqrt(0.5)));
  CHECK(TfIdf::similarity(centre, b) == Approx(std::sqrt(0.5)));
  CHECK(TfIdf::centre({}).empty());
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
    const TfIdf tf_idf(texts);
    // Some words are never asked for: texts that differ in these alone are one.
    std::vector<bool> asked(tf_idf.size());
    for (std::size_t w = 0; w < asked.size(); ++w) asked[w] = dice.chance(60);
    NearestText shelf(asked);
    for (const std::string& text : texts) shelf.add(tf_idf.vector(text));
    for (int question = 0; question < 30; ++question) {
      WordVector vector = tf_idf.vector(phrase());
      std::erase_if(vector, [&](const auto& word) { return !asked[word.first]; });
      std::optional<std::size_t> best;
      double most = 0;
      for (std::size_t t = 0; t < texts.size(); ++t) {
        const double similarity = TfIdf::similarity(vector, tf_idf.vector(texts[t]));
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
