#include <catch2/catch.hpp>

#include <array>

#include "forecast/tokens.hpp"

using namespace lacuna::forecast;

namespace {

/// A text as its stems, cuts as "|".
std::string read(std::string_view text) {
  Stems stems;
  std::vector<Stem> words;
  read_text(text, stems, words);
  std::string said;
  for (const Stem s : words) said += (said.empty() ? "" : " ") + (s == cut ? "|" : stems.text(s));
  return said;
}

}  // namespace

TEST_CASE("tokens: endings go, and what only looks like one stays") {
  CHECK(stem_of("batteries", false) == stem_of("battery", false));
  CHECK(stem_of("processes", false) == "process");
  CHECK(stem_of("Detecting", false) == stem_of("detection", false));
  CHECK(stem_of("networks", false) == "network");
  CHECK(stem_of("gas", false) == "gas");
  CHECK(stem_of("bus", false) == "bus");
}

TEST_CASE("tokens: a word in two spellings is one") {
  CHECK(stem_of("Fibres", false) == stem_of("fiber", false));
  CHECK(stem_of("signalling", false) == stem_of("signaling", false));
  CHECK(stem_of("virtualisation", false) == stem_of("virtualizations", false));
}

TEST_CASE("tokens: a stem is shown as the word that texts have most often, whatever the order of the texts") {
  for (const bool turned : {false, true}) {
    Stems one;
    Stems two;
    std::vector<Stem> words;
    read_text("Batteries and a battery; SAW filters. Filtering of batteries", one, words);
    read_text("Battery FILTER; batteries filter", two, words);
    Stems all;
    for (const Stems* stems : turned ? std::array{&two, &one} : std::array{&one, &two}) {
      const std::vector<Stem> numbers = all.take(*stems);
      CHECK(all.text(numbers[stems->find("batteri")]) == "batteri");
    }
    CHECK(all.word(all.find("batteri")) == "batteries");
    CHECK(all.word(all.find("filter")) == "filter");
    CHECK(all.word(all.find("SAW")) == "SAW");
  }
}

TEST_CASE("tokens: short forms keep their capitals unless the text is shouted") {
  CHECK(stem_of("SAW", false) == "SAW");
  CHECK(stem_of("saw", false) == "saw");
  CHECK(stem_of("SAW", true) == "saw");
  CHECK(stem_of("SECURITY", false) == "secur");
  CHECK(mostly_capitals("EARTH STATION"));
  CHECK_FALSE(mostly_capitals("Surface acoustic wave (SAW) filters"));
}

TEST_CASE("tokens: stop words, punctuation, numbers and single letters cut, hyphens join") {
  CHECK(read("Optical-fibre cables and connectors, 12 V") == "optic fiber cabl | connector |");
  CHECK(read("Signed logs (SL) in use") == "sign log ( SL ) |");
}

TEST_CASE("tokens: a label is whole or none") {
  Stems stems;
  std::vector<Stem> words;
  read_text("Key escrow for mail", stems, words);
  CHECK(read_label("Key escrow", false, stems).size() == 2);
  CHECK(read_label("for mail", false, stems).empty());
  CHECK(read_label("Key escrow 2", false, stems).empty());
  CHECK(read_label("Key unknown", false, stems).empty());
}

TEST_CASE("tokens: titles part at dashes, colons, semicolons, commas and parentheses") {
  const auto elements = title_elements("Signed logs - Part 2: Proofs (inclusion); on-line use");
  REQUIRE(elements.size() == 5);
  CHECK(elements[0] == "Signed logs");
  CHECK(elements[3] == "inclusion");
  CHECK(elements[4] == "on-line use");
}

TEST_CASE("tokens: French abstracts and what an edition changes tell no subject") {
  CHECK(subject_of("La présente norme spécifie les dimensions des vis et la forme des rondelles du type A.").empty());
  CHECK(subject_of("Specifies proofs. This edition cancels and replaces the first edition") == "Specifies proofs. This edition ");
}
