#include <catch2/catch.hpp>

#include <cmath>
#include <map>

#include "base/text.hpp"
#include "lacuna/match.hpp"

using namespace lacuna;

namespace {

/// All words weigh 1 but those named by their stems.
/// `titles` are those of the collection: what they have before their last part counts less.
Comparison comparison(std::map<std::string, double> rarities = {}, const std::vector<ShortForm>& forms = {},
                      const std::vector<std::string>& titles = {}) {
  return {[rarities = std::move(rarities)](const std::string& stem) {
            const auto found = rarities.find(stem);
            return found == rarities.end() ? 1.0 : found->second;
          },
          titles_with_part(titles), forms};
}

Overlap overlap(Comparison& c, const Writing& proposal, const Writing& document) {
  return c.overlap(c.prepare(proposal), c.prepare(document));
}

std::string words_of(const std::vector<SharedWord>& words) {
  std::vector<std::string> list;
  for (const SharedWord& w : words) list.push_back(w.titles ? w.word + "!" : w.word);
  return join(list, " ");
}

}  // namespace

TEST_CASE("comparison: equal titles have degree 1, titles without a common word 0") {
  Comparison c = comparison();
  const Overlap same = overlap(c, {"Signed models", ""}, {"The signing of a model", ""});
  CHECK(same.found == 1);
  CHECK(same.answered == 1);
  CHECK(same.degree == 1);
  CHECK(same.missing.empty());
  const Overlap none = overlap(c, {"Signed models", ""}, {"Zebra crossings", "Paint."});
  CHECK(none.found == 0);
  CHECK(none.answered == 0);
  CHECK(none.degree == 0);
  CHECK(none.shared.empty());
  CHECK(overlap(c, {"", "models"}, {"Models", ""}).degree == 0);
  CHECK(overlap(c, {"Models", ""}, {"", "models"}).degree == 0);
  CHECK(overlap(c, {"", ""}, {"of the", ""}).degree == 0);
}

TEST_CASE("comparison: found, answered and degree count words by rarity, those of texts less") {
  Comparison c = comparison();
  const Overlap titles = overlap(c, {"alpha beta", ""}, {"alpha gamma", ""});
  CHECK(titles.found == 0.5);
  CHECK(titles.answered == 0.5);
  CHECK(titles.degree == 0.5);
  // Its text has "beta": half.
  const Overlap text = overlap(c, {"alpha beta", ""}, {"alpha gamma", "beta"});
  CHECK(text.found == 0.75);
  CHECK(text.answered == 0.5);
  CHECK(text.degree == Approx(0.6).epsilon(1e-12));
  // The scope has "gamma": 0.7 of it.
  const Overlap scope = overlap(c, {"alpha beta", "gamma delta"}, {"alpha gamma", "beta"});
  CHECK(scope.found == 0.75);
  CHECK(scope.answered == Approx(0.85).epsilon(1e-12));
  CHECK(scope.degree == Approx(2 * 0.75 * 0.85 / 1.6).epsilon(1e-12));
  // A rare word weighs more; one that is in title and text counts as in the title.
  Comparison rare = comparison({{"alpha", 3}});
  const Overlap weighed = overlap(rare, {"alpha beta", ""}, {"alpha gamma delta", "alpha"});
  CHECK(weighed.found == 0.75);
  CHECK(weighed.answered == 0.6);
  // Said twice counts once.
  CHECK(overlap(c, {"alpha alpha beta", ""}, {"alpha", ""}).found == 0.5);
}

TEST_CASE("comparison: a short form and what it stands for are one, both ways") {
  const std::vector<ShortForm> forms = {{"ai", "artificial intelligence"}, {"ai", "air interface"}, {"fl", "federated learning"}};
  Comparison c = comparison({}, forms);
  for (const auto& [a, b] : {std::pair("AI training", "Artificial intelligence training"),
                             std::pair("Artificial intelligence training", "AI training")}) {
    const Overlap both = overlap(c, {a, ""}, {b, ""});
    CHECK(both.found == 1);
    CHECK(both.answered == 1);
    CHECK(both.missing.empty());
  }
  // In a text as in a title: there it counts half.
  CHECK(overlap(c, {"FL", ""}, {"Privacy", "In federated learning, data stay."}).found == 0.5);
  CHECK(overlap(c, {"Federated learning", ""}, {"Privacy", "In FL, data stay."}).found == 0.5);
  // Every reading counts; the words must follow each other.
  CHECK(overlap(c, {"Air interface", ""}, {"AI", ""}).found == 1);
  CHECK(overlap(c, {"AI", ""}, {"Artificial neural intelligence", ""}).found == 0);
  // Without the list they are strangers.
  Comparison plain = comparison();
  CHECK(overlap(plain, {"AI training", ""}, {"Artificial intelligence training", ""}).found == 0.5);
  // A form of several words, and a phrase of one, are none.
  Comparison odd = comparison({}, {{"a b c", "alpha beta"}, {"two words", "alpha beta"}, {"alpha", "beta"}});
  CHECK(overlap(odd, {"alpha", ""}, {"beta", ""}).found == 0);
}

TEST_CASE("comparison: what many titles of a collection begin with counts less, the more have it") {
  // e titles would make a half.
  const std::vector<std::string> titles{"Information technology — A",
                                        "Information technology; B",
                                        "information technology: C",
                                        "Security - D",
                                        "Alone - E",
                                        "Security"};
  CHECK(titles_with_part(titles)("information technology") == 3);
  CHECK(titles_with_part(titles)("security") == 1);
  CHECK(titles_with_part(titles)("d") == 0);
  Comparison c = comparison({}, {}, titles);
  const double shared = 1 / (1 + std::log(3.0));
  for (const std::string separator : {" - ", " — ", " – ", " -- ", "; ", ": "}) {
    INFO(separator);
    const Overlap o = overlap(c, {"Model registries", ""}, {"Information technology" + separator + "Model registries", ""});
    CHECK(o.found == 1);
    CHECK(o.answered == Approx(2 / (2 + 2 * shared)).epsilon(1e-12));
  }
  // What no other title has counts whole, and so does the last part, whoever has it.
  CHECK(overlap(c, {"gamma", ""}, {"alpha - beta - gamma", ""}).answered == Approx(1.0 / 3).epsilon(1e-12));
  CHECK(overlap(c, {"Model", ""}, {"Model - Information technology", ""}).answered == Approx(1.0 / 3).epsilon(1e-12));
  // A hyphen within a word parts nothing.
  CHECK(overlap(c, {"Model", ""}, {"Cross-border model", ""}).answered == Approx(1.0 / 3).epsilon(1e-12));
  // A word of both parts counts whole.
  CHECK(overlap(c, {"technology", ""}, {"Information technology - technology", ""}).answered ==
        Approx(1 / (1 + shared)).epsilon(1e-12));
  // Of the proposal too.
  CHECK(overlap(c, {"Information technology - Registries", ""}, {"Registries", ""}).found ==
        Approx(1 / (1 + 2 * shared)).epsilon(1e-12));
}

TEST_CASE(
    "comparison: shared words stand as the document has them, those of both titles first; missing ones are of the proposal's "
    "title") {
  Comparison c = comparison({{"attack", 5}, {"detect", 4}, {"model", 3}, {"sign", 2}});
  const Overlap o = overlap(c, {"Detection of attacks on signed model registries", "poisoning"},
                            {"Detecting poisonings of models", "Attacks, and more attacks; poisoning."});
  CHECK(words_of(o.shared) == "Detecting! models! Attacks poisonings");
  CHECK(words_of(o.missing) == "signed registries");
  CHECK(o.shared[2].rarity == 5);
  CHECK(o.shared[2].titles == false);
  CHECK(o.missing[0].rarity == 2);
}

TEST_CASE("comparison: what was prepared is good for any number of overlaps") {
  Comparison c = comparison();
  const Prepared proposal = c.prepare({"alpha beta", "gamma"});
  const Prepared first = c.prepare({"alpha beta", ""});
  const Overlap before = c.overlap(proposal, first);
  for (int i = 0; i < 100; ++i) (void)c.prepare({"word" + std::to_string(i) + " alpha", "delta"});
  const Overlap after = c.overlap(proposal, first);
  CHECK(before.found == after.found);
  CHECK(before.answered == after.answered);
  CHECK(words_of(before.shared) == words_of(after.shared));
  CHECK(proposal.writing.title == "alpha beta");
  REQUIRE(proposal.words.size() == 3);
  CHECK(proposal.words[2].in_title == false);
  CHECK(std::ranges::is_sorted(proposal.in_title));
  CHECK(std::ranges::is_sorted(proposal.anywhere));
}

TEST_CASE("comparison: rarity among texts is that of BM25, and of what no text has, that of a single one") {
  const auto rarity = rarity_in({"Signed models", "models of models", "attacks", "attack detection"});
  const auto of = [](double n) { return std::log(1 + (4 - n + 0.5) / (n + 0.5)); };
  CHECK(rarity("model") == Approx(of(2)).epsilon(1e-12));
  CHECK(rarity("sign") == Approx(of(1)).epsilon(1e-12));
  CHECK(rarity("attack") == Approx(of(2)).epsilon(1e-12));
  CHECK(rarity("zebra") == Approx(of(1)).epsilon(1e-12));
  CHECK(std::isfinite(rarity_in({})("zebra")));
}
