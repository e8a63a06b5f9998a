#include "text/titles.hpp"

#include <catch2/catch.hpp>

#include "text/acronyms.hpp"
#include "text/stop_words.hpp"

using namespace lacuna;

TEST_CASE("titles: parts stand between dashes with blanks, semicolons and colons before a blank") {
  using Parts = std::vector<std::string_view>;
  CHECK(title_parts("Information technology — Security techniques - Part 2: Proofs; more -- end – last") ==
        Parts{"Information technology", "Security techniques", "Part 2", "Proofs", "more", "end", "last"});
  CHECK(title_parts("Cross-border re-use of ISO 1:2019;x") == Parts{"Cross-border re-use of ISO 1:2019;x"});
  CHECK(title_parts(" - a - ") == Parts{"a"});
  CHECK(title_parts("").empty());
  CHECK(leading_parts("Information Technology  — Proofs") == std::vector<std::string>{"information technology"});
  CHECK(leading_parts("Proofs").empty());
}

TEST_CASE("stop words: each kind is told from the others") {
  CHECK(is_stop_word("through", StopWord::grammar));
  CHECK_FALSE(is_stop_word("through", StopWord::documents));
  CHECK(is_stop_word("verify", StopWord::requirements));
  CHECK(is_stop_word("supplement", StopWord::documents));
  CHECK(is_stop_word("mhz", StopWord::units));
  CHECK(is_stop_word("des", StopWord::french));
  CHECK(is_stop_word("des"));
  for (const char* none : {"security", "Through", "", "#", "grammar:"}) CHECK_FALSE(is_stop_word(none));
}

TEST_CASE("acronyms: words of grammar may stand between the initials") {
  using Pairs = std::vector<std::pair<std::string, std::string>>;
  CHECK(acronyms_in("denial of service (DoS)") == Pairs{{"dos", "denial of service"}});
  CHECK(acronyms_in("mean time between failures (MTF)") == Pairs{{"mtf", "mean time between failures"}});
  CHECK(acronyms_in("models (XY)").empty());
}
