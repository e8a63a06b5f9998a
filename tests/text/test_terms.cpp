#include "text/terms.hpp"

#include <catch2/catch.hpp>

#include "base/text.hpp"

using namespace lacuna;

namespace {

/// The stems of a text, in its order.
std::string stems(std::string_view text, Reading reading = Reading::subjects) {
  Vocabulary vocabulary(reading);
  std::vector<std::string> list;
  for (const Token& t : vocabulary.tokens(text)) list.push_back(vocabulary.stem(t.term));
  return join(list, " ");
}

}  // namespace

TEST_CASE("terms: words with different endings meet in one stem, in any letter case") {
  CHECK(stems("Detecting attacks") == "detect attack");
  CHECK(stems("attack detection, detected ATTACKS") == "attack detect detect attack");
  CHECK(stems("Requirements; requirement; required") == "requir requir requir");
  CHECK(stems("models model modelling") == "model model model");
}

TEST_CASE("terms: a short form keeps its last letter") {
  // As a word, "ais" would lose its s.
  CHECK(stems("ais") == "ai");
  CHECK(stems("AIS AI ai Ai") == "ais ai ai ai");
  CHECK(stems("TLS DNS HTTPS") == "tls dns https");
  // Six capitals are a word in a loud title.
  CHECK(stems("MODELS") == "model");
}

TEST_CASE("terms: words that carry no subject, single letters and bare numbers are none") {
  CHECK(stems("of the and which within Its OTHER").empty());
  CHECK(stems("a b c x").empty());
  CHECK(stems("2023 17 part 3") == "part");
  CHECK(stems("X25519 5g sha256") == "x25519 5g sha256");
  CHECK(stems("").empty());
  CHECK(stems(" — ; - ").empty());
}

TEST_CASE("terms: requirements are read with their numbers, without what they are made of, and compounds as two words") {
  CHECK(stems("Verify that sessionToken has 256 bits", Reading::requirements) == "session token 256 bit");
  CHECK(stems("Verify that sessionToken has 256 bits") == "verifi sessiontoken bit");
  CHECK(stems("Ensure another use against it", Reading::requirements).empty());
  CHECK(stems("Ensure another use against it") == "ensur use");
  // Only at a small letter before a capital: acronyms stay whole.
  CHECK(stems("OAuth JSONWeb nonceA userAgentString", Reading::requirements) == "oauth jsonweb nonc user agent string");
}

TEST_CASE("terms: other scripts are words too, and malformed bytes divide words") {
  CHECK(stems("联邦学习 · تعلّم") == "联邦学习 تعلّم");
  CHECK(stems("Überprüfung der Modelle") == "Überprüfung der modell");
  CHECK(stems("mod\xff"
              "el \xc3") == "mod el");
  CHECK(stems("naïve–Bayes") == "naïv bay");
}

TEST_CASE("terms: numbers follow the order in which terms came, and tokens are views into the text") {
  Vocabulary vocabulary;
  const std::string text = "Signed models of signing Models";
  const std::vector<Token> tokens = vocabulary.tokens(text);
  REQUIRE(tokens.size() == 4);
  std::vector<std::uint32_t> terms;
  for (const Token& t : tokens) {
    terms.push_back(t.term);
    CHECK(t.word.data() >= text.data());
    CHECK(t.word.data() + t.word.size() <= text.data() + text.size());
  }
  CHECK(terms == std::vector<std::uint32_t>{0, 1, 0, 1});
  CHECK(tokens[2].word == "signing");
  CHECK(vocabulary.size() == 2);
  // What is known already keeps its number; terms() appends.
  std::vector<std::uint32_t> more = {9};
  vocabulary.terms("release of a model", more);
  CHECK(more == std::vector<std::uint32_t>{9, 2, 1});
  CHECK(vocabulary.stem(2) == "releas");
}
