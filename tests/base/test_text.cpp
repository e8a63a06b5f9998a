#include <catch2/catch.hpp>

#include "base/text.hpp"

using namespace lacuna;

namespace {

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("text: lower case touches ASCII letters only") {
  CHECK(lower("ITU-T X.1753 Äß") == "itu-t x.1753 Äß");
  CHECK(lower("") == "");
}

TEST_CASE("text: joining and counting") {
  CHECK(join({}, ", ") == "");
  CHECK(join({"a"}, ", ") == "a");
  CHECK(join({"a", "", "c"}, ", ") == "a, , c");
  CHECK(count_of(0, "need") == "0 needs");
  CHECK(count_of(1, "need") == "1 need");
  CHECK(count_of(2, "need") == "2 needs");
}

TEST_CASE("utf-8: well-formed text is clean") {
  for (const char* text : {"", "plain", "Ä", "€", "𝄞", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF",
                           "\xEE\x80\x80", "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    INFO(text);
    CHECK(is_clean_utf8(text));
  }
}

TEST_CASE("utf-8: overlong, surrogate, out of range, stray, cut and NUL are not clean") {
  for (const char* text : {"\xC0\xAF",
                           "\xC1\xBF",
                           "\xE0\x80\xAF",
                           "\xE0\x9F\xBF",
                           "\xF0\x80\x80\xAF",
                           "\xF0\x8F\xBF\xBF",  // overlong
                           "\xED\xA0\x80",
                           "\xED\xBF\xBF",
                           "\xF4\x90\x80\x80",
                           "\xF5\x80\x80\x80",
                           "\xF8\x88\x80\x80\x80",  // surrogates, out of range
                           "\x80",
                           "\xBF",
                           "a\x80",
                           "\xFF",
                           "\xFE",  // stray
                           "\xC3",
                           "\xE2\x82",
                           "\xE2",
                           "\xF0\x9D\x84",
                           "\xF0\x9D",
                           "\xF0",
                           "\xC3(",
                           "\xE2\x82(",
                           "\xE2(\xAC"}) {  // cut
    INFO(text);
    CHECK_FALSE(is_clean_utf8(text));
    CHECK_FALSE(is_clean_utf8(std::string("before ") + text + " after"));
  }
  CHECK_FALSE(is_clean_utf8(std::string_view("a\0b", 3)));
  CHECK_FALSE(is_clean_utf8(std::string_view("\0", 1)));
  // The view ends inside a character although the bytes go on behind it.
  CHECK_FALSE(is_clean_utf8(std::string_view("€", 2)));
}

TEST_CASE("text: length counts code points") {
  CHECK(length_of("") == 0);
  CHECK(length_of("abc") == 3);
  CHECK(length_of("Äö€𝄞") == 4);
}

TEST_CASE("text: shortened keeps what fits and says that it cut") {
  CHECK(shortened("", 3) == "");
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "ab…");
  CHECK(shortened("ÄÖÜ", 3) == "ÄÖÜ");
  CHECK(shortened("ÄÖÜß", 3) == "ÄÖ…");
  CHECK(shortened("𝄞𝄞𝄞", 2) == "𝄞…");
  CHECK(shortened("abcd", 1) == "…");
  CHECK(shortened("ab cd", 4) == "ab…");
}

TEST_CASE("text: letters keep their marks where a text is cut") {
  CHECK(shortened("cafe\u0301 noir", 5) == "caf…");
  CHECK(shortened("\U0001F469\u200D\U0001F4BB at work", 2) == "\U0001F469…");
  CHECK(shortened("a\u0301\u0302\u0303\u0304", 3) == "a\u0301…");  // Nothing would be left.
  CHECK(wrapped("cafe\u0301s", 4) == Lines{"caf", "e\u0301s"});
  CHECK(wrapped("a\u0301\u0302\u0303", 2) == Lines{"a\u0301", "\u0302\u0303"});
}

TEST_CASE("text: wrapped breaks at spaces, and inside a word that is too long") {
  CHECK(wrapped("", 10) == Lines{});
  CHECK(wrapped("   ", 10) == Lines{});
  CHECK(wrapped("one two three", 7) == Lines{"one two", "three"});
  CHECK(wrapped("one  two", 20) == Lines{"one two"});
  CHECK(wrapped("one two", 3) == Lines{"one", "two"});
  CHECK(wrapped("abcdefgh ij", 3) == Lines{"abc", "def", "gh", "ij"});
  CHECK(wrapped("x abcdefgh", 3) == Lines{"x", "abc", "def", "gh"});
  CHECK(wrapped("abcdef", 3) == Lines{"abc", "def"});
  CHECK(wrapped("ÄÖÜ äöü", 3) == Lines{"ÄÖÜ", "äöü"});
  CHECK(wrapped("ÄÖÜäöü", 4) == Lines{"ÄÖÜä", "öü"});
}

TEST_CASE("text: wrapping loses no letter and no line is too long") {
  const std::string text =
      "Künstliche Intelligenz und Sicherheit: Anforderungen an vertrauenswürdige Systeme €€€€€€€€€€€€€€€€ 𝄞𝄞𝄞";
  for (std::size_t width = 1; width < 40; ++width) {
    INFO(width);
    std::string letters;
    for (const std::string& line : wrapped(text, width)) {
      CHECK(length_of(line) <= width);
      CHECK(is_clean_utf8(line));
      CHECK_FALSE(line.empty());
      letters += line;
    }
    std::string wanted = text;
    std::erase(letters, ' ');
    std::erase(wanted, ' ');
    CHECK(letters == wanted);
  }
}

TEST_CASE("text: words are runs of letters and digits in lower case") {
  CHECK(words_of("AI-based Intrusion, detection (IDS) x 5G") == Lines{"ai", "based", "intrusion", "detection", "ids", "5g"});
  CHECK(words_of("Künstliche Intelligenz") == Lines{"künstliche", "intelligenz"});
  CHECK(words_of("") == Lines{});
}

TEST_CASE("text: dashes, quotation marks and no-break spaces stand between words") {
  CHECK(words_of("Information technology — Security techniques") == Lines{"information", "technology", "security", "techniques"});
  CHECK(words_of("2019–2021 “trusted” AI… it’s") == Lines{"2019", "2021", "trusted", "ai", "it"});
  CHECK(words_of("security\u00A0framework") == Lines{"security", "framework"});
}

TEST_CASE("text: one letter alone is no word in any alphabet") { CHECK(words_of("a é € bc") == Lines{"bc"}); }

TEST_CASE("text: the fingerprint is FNV-1a") {
  CHECK(fingerprint("") == "cbf29ce484222325");
  CHECK(fingerprint("a") == "af63dc4c8601ec8c");
  CHECK(fingerprint("foobar") == "85944171f73967e8");
}

TEST_CASE("text: what could move a cursor or turn the direction of a text becomes a blank") {
  CHECK(harmless("a\x1b[2Jb\nc\x7F\t") == "a [2Jb c  ");
  CHECK(harmless("a\u0085b\u009Bc") == "a b c");
  CHECK(harmless("a\u202Eb\u2066c\u2069") == "a b c ");
  CHECK(harmless("Ä € 𝄞 — “x” \u00A0") == "Ä € 𝄞 — “x” \u00A0");
  CHECK(harmless("") == "");
}
