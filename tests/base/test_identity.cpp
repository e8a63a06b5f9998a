#include <catch2/catch.hpp>

#include <vector>

#include "base/identity.hpp"
#include "base/text.hpp"

using namespace lacuna;

TEST_CASE("identity: letter case, joined or apart marks and signs that nobody sees tell no names apart") {
  const std::vector<std::vector<std::string>> same{
      {"ITU-T X.509", "itu-t x.509"},
      {"\u00C4pfel", "a\u0308pfel", "A\u0308PFEL", "\u00E4pfel"},
      {"Gr\u00F6\u00DFe", "GR\u00D6SSE", "gro\u0308sse"},
      {"\u0413\u041E\u0421\u0422 \u0419", "\u0433\u043E\u0441\u0442 \u0438\u0306"},
      {"\u03A3\u0391\u03A3", "\u03C3\u03B1\u03C2", "\u03C3\u03B1\u03C3"},
      {"\uD55C", "\u1112\u1161\u11AB"},                              // Hangul as a syllable and as its letters
      {"RC1", "RC\u200B1", "\uFEFFrc1", "R\u00ADC1", "rc1\u200D"},   //
      {"q\u0307\u0323", "Q\u0323\u0307"},                            // two marks in either order
      {"\u1FB3\u0301", "\u0391\u0301\u0345", "\u03B1\u0301\u03B9"},  // a folded letter that takes its marks otherwise
      {"\u212A", "k"}};                                              // the sign of Kelvin
  for (const auto& names : same) {
    for (const std::string& name : names) {
      INFO(names.front() << " and " << name);
      CHECK(identity_of(name) == identity_of(names.front()));
      CHECK(has_identity(name, identity_of(names.front())));
      CHECK(identity_of(identity_of(name)) == identity_of(name));
    }
  }
}

TEST_CASE("identity: what people see as different is different, and malformed text is itself") {
  const std::vector<std::string> apart{"a",      "\u00E4", "\u00E1", "\uFF41",       "\u0430",       "\u0131",
                                       "i",      "a\xFF",  "a\xFE",  "\uFFFF",       "\uFFFF\uFFFF", "\uFDD0",
                                       "\u304B", "\u304C", "\u30AB", "\xED\xA0\x80", "\u2160"};
  for (const std::string& one : apart) {
    for (const std::string& other : apart) {
      INFO(one << " and " << other);
      CHECK((identity_of(one) == identity_of(other)) == (one == other));
      CHECK(has_identity(one, identity_of(other)) == (one == other));
    }
  }
  CHECK(identity_of("A\xFF Z") == "a\xFF z");
  CHECK(identity_of("\u200B\u00AD").empty());
}

TEST_CASE("identity: of ASCII it is lower case") {
  std::string all;
  for (char c = 1; c < 0x7F; ++c) all += c;
  CHECK(identity_of(all) == lower(all));
  CHECK(has_identity(all, lower(all)));
  CHECK_FALSE(has_identity("ab", "abc"));
  CHECK_FALSE(has_identity("abc", "ab"));
}
