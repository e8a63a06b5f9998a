#include <catch2/catch.hpp>

#include <algorithm>
#include <random>

#include "lacuna/model.hpp"
#include "support/random_map.hpp"

using namespace lacuna;

namespace {

/// True when each of the texts stands before all that follow it, and not after.
void in_order(const std::vector<std::string>& texts) {
  for (std::size_t i = 0; i < texts.size(); ++i) {
    CHECK_FALSE(natural_less(texts[i], texts[i]));
    for (std::size_t j = i + 1; j < texts.size(); ++j) {
      INFO(texts[i] << " before " << texts[j]);
      CHECK(natural_less(texts[i], texts[j]));
      CHECK_FALSE(natural_less(texts[j], texts[i]));
    }
  }
}

}  // namespace

TEST_CASE("natural order: digits by value") {
  in_order({"O1", "O2", "O9", "O10", "O11", "O100"});
  in_order({"UC01", "UC2", "UC03", "UC10"});
  in_order({"1", "9", "10", "99999999999999999999", "100000000000000000000"});
}

TEST_CASE("natural order: letter case does not count, but for ties") {
  in_order({"a1", "B1", "c1"});
  in_order({"SG2", "sg17", "SG20"});
  in_order({"X", "x"});
  in_order({"O01", "O1", "O2"});
}

TEST_CASE("natural order: numbers, parts and editions of Recommendations") {
  in_order(
      {"ITU-T X.509", "ITU-T X.1060", "ITU-T X.1060 (06/2021)", "ITU-T X.1060 (08/2024)", "ITU-T X.1060 Amd 1", "ITU-T X.1750"});
  in_order({"ISO/IEC 27001", "ISO/IEC 27001:2005", "ISO/IEC 27001:2013", "ISO/IEC 27001:2022", "ISO/IEC 27002:2005"});
  in_order({"ISO/IEC 18033-2", "ISO/IEC 18033-10"});
  in_order({"", "a", "a 1", "aa"});
}

TEST_CASE("natural order: an order in every respect") {
  std::mt19937_64 engine(7);
  std::vector<std::string> texts;
  for (int i = 0; i < 120; ++i) {
    std::string text;
    for (std::size_t n = engine() % 7; n > 0; --n) text += "aAbB0019 .:/-ä"[engine() % 14];
    texts.push_back(text);
  }
  for (const auto& a : texts) {
    for (const auto& b : texts) {
      const bool less = natural_less(a, b);
      if (natural_less(b, a) == less) REQUIRE(a == b);
      if (!less) continue;
      for (const auto& c : texts) {
        if (natural_less(b, c)) REQUIRE(natural_less(a, c));
      }
    }
  }
}

TEST_CASE("canonical order: the order in which a map was read does not matter") {
  test::RandomMap shape;
  const Map original = test::random_map(shape);
  Map sorted = original;
  sort_canonically(sorted);
  std::mt19937_64 engine(3);
  for (int i = 0; i < 5; ++i) {
    Map shuffled = original;
    const auto shuffle = [&](auto& list) {
      for (std::size_t n = list.size(); n > 1; --n) std::swap(list[n - 1], list[engine() % n]);
    };
    shuffle(shuffled.nodes);
    shuffle(shuffled.links);
    for (Search& s : shuffled.searches) shuffle(s.needs);
    sort_canonically(shuffled);
    for (std::size_t n = 0; n < sorted.nodes.size(); ++n) REQUIRE(shuffled.nodes[n].id == sorted.nodes[n].id);
    for (std::size_t n = 0; n < sorted.links.size(); ++n) {
      REQUIRE(shuffled.links[n].from == sorted.links[n].from);
      REQUIRE(shuffled.links[n].relation == sorted.links[n].relation);
      REQUIRE(shuffled.links[n].to == sorted.links[n].to);
      REQUIRE(shuffled.links[n].by == sorted.links[n].by);
    }
    REQUIRE(shuffled.searches.front().needs == sorted.searches.front().needs);
  }
}

TEST_CASE("canonical order: aliases, dates, needs and catalogues are sorted too") {
  Map map;
  Node node;
  node.id = "A";
  node.aliases = {"b10", "B2", "a"};
  node.dates = {
      {"published", *Date::parse("2019")}, {"draft", *Date::parse("2017-05")}, {"approved", *Date::parse("2019-12-31")}};
  map.nodes = {node};
  Search search;
  search.needs = {"N10", "N9"};
  search.catalogues = {{"ITU", {}, {}}, {"IEC", {}, {}}};
  map.searches = {search};
  sort_canonically(map);
  CHECK(map.nodes[0].aliases == std::vector<std::string>{"a", "B2", "b10"});
  CHECK(map.nodes[0].dates[0].what == "draft");
  CHECK(map.nodes[0].dates[1].what == "approved");
  CHECK(map.nodes[0].dates[2].what == "published");
  CHECK(map.searches[0].needs == std::vector<std::string>{"N9", "N10"});
  CHECK(map.searches[0].catalogues[0].name == "IEC");
}
