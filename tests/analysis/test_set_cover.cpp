// The set cover against all covers there are, on thousands of small instances, and its bounds on large ones.
#include <catch2/catch.hpp>

#include <algorithm>
#include <bit>
#include <numeric>
#include <set>

#include "analysis/structure/set_cover.hpp"
#include "support/dice.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Sets = std::vector<std::vector<std::uint32_t>>;

/// Every element is in a set of its own chance; what is in none gets one.
Sets random_sets(Dice& dice, std::size_t elements, std::size_t count, unsigned percent) {
  Sets sets(count);
  std::vector<bool> held(elements);
  for (auto& set : sets) {
    for (std::uint32_t e = 0; e < elements; ++e) {
      if (!dice.chance(percent)) continue;
      set.push_back(e);
      held[e] = true;
    }
  }
  for (std::uint32_t e = 0; e < elements; ++e) {
    if (!held[e]) sets.push_back({e});
  }
  return sets;
}

bool covers_all(std::size_t elements, const Sets& sets, const std::vector<std::size_t>& chosen) {
  std::set<std::uint32_t> held;
  for (const std::size_t s : chosen) held.insert(sets[s].begin(), sets[s].end());
  return held.size() == elements;
}

/// The first, by positions, of the smallest covers of sets that are not inside another (or equal to an earlier one), by looking
/// at every choice of sets.
std::vector<std::size_t> by_looking_at_all(std::size_t elements, const Sets& sets) {
  std::vector<std::size_t> best;
  bool found = false;
  for (std::uint32_t choice = 0; choice < (1U << sets.size()); ++choice) {
    if (found && static_cast<std::size_t>(std::popcount(choice)) > best.size()) continue;
    std::vector<std::size_t> chosen;
    bool dominated = false;
    for (std::size_t s = 0; s < sets.size(); ++s) {
      if ((choice >> s & 1U) == 0) continue;
      chosen.push_back(s);
      for (std::size_t t = 0; t < sets.size(); ++t) {
        const bool inside = t != s && std::includes(sets[t].begin(), sets[t].end(), sets[s].begin(), sets[s].end());
        dominated = dominated || (inside && (sets[s].size() < sets[t].size() || t < s));
      }
    }
    if (dominated || !covers_all(elements, sets, chosen)) continue;
    if (!found || chosen.size() < best.size() || (chosen.size() == best.size() && chosen < best)) best = chosen;
    found = true;
  }
  return best;
}

}  // namespace

TEST_CASE("set cover: the first of the smallest covers, as looking at all covers finds it") {
  Dice dice(1);
  for (int i = 0; i < 3000; ++i) {
    const std::size_t elements = dice.below(10);
    Sets sets = random_sets(dice, elements, dice.below(8), static_cast<unsigned>(10 + dice.below(60)));
    if (sets.size() > 11) continue;
    INFO("instance " << i);
    const SetCover cover = fewest_sets(elements, sets);
    REQUIRE(cover.exact());
    REQUIRE(cover.sets == by_looking_at_all(elements, sets));
  }
}

TEST_CASE("set cover: with few nodes it still covers, and its bound is never above the smallest cover") {
  Dice dice(2);
  std::size_t cut_short = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::size_t elements = 6 + dice.below(8);
    Sets sets = random_sets(dice, elements, 6 + dice.below(5), 30);
    if (sets.size() > 12) continue;
    INFO("instance " << i);
    const std::size_t smallest = by_looking_at_all(elements, sets).size();
    for (const std::uint64_t nodes : {0U, 1U, 3U, 10U}) {
      const SetCover cover = fewest_sets(elements, sets, nodes);
      REQUIRE(covers_all(elements, sets, cover.sets));
      REQUIRE(cover.lower_bound <= smallest);
      REQUIRE(cover.sets.size() >= smallest);
      cut_short += !cover.exact();
    }
  }
  CHECK(cut_short > 20);
}

TEST_CASE("set cover: 64 joined elements are covered exactly, with all bits in use") {
  Dice dice(3);
  for (int i = 0; i < 20; ++i) {
    // Eight blocks of eight that together are everything, and noise that joins them.
    Sets sets = random_sets(dice, 64, 30, 6);
    for (std::uint32_t b = 0; b < 8; ++b) {
      auto& block = sets.emplace_back(8);
      std::iota(block.begin(), block.end(), 8 * b);
    }
    const SetCover cover = fewest_sets(64, sets);
    INFO("instance " << i);
    CHECK(cover.exact());
    CHECK(cover.sets.size() == 8);
    CHECK(covers_all(64, sets, cover.sets));
  }
}

TEST_CASE("set cover: beyond 64 joined elements a cover and bounds, never more than a cover that was hidden") {
  Dice dice(4);
  for (int i = 0; i < 200; ++i) {
    const std::size_t elements = 65 + dice.below(300);
    Sets sets = random_sets(dice, elements, 40, 5);
    // A hidden cover: the elements dealt to a few sets.
    const std::size_t hands = 3 + dice.below(12);
    const std::size_t before = sets.size();
    sets.resize(before + hands);
    for (std::uint32_t e = 0; e < elements; ++e) sets[before + dice.below(hands)].push_back(e);
    INFO("instance " << i);
    const SetCover cover = fewest_sets(elements, sets);
    CHECK(covers_all(elements, sets, cover.sets));
    CHECK(cover.lower_bound >= 1);
    CHECK(cover.lower_bound <= hands);
    CHECK(cover.lower_bound <= cover.sets.size());
    CHECK(cover.sets == fewest_sets(elements, sets).sets);
  }
}

TEST_CASE("set cover: elements that no set joins are covered apart, however many there are") {
  Sets sets;
  for (std::uint32_t e = 0; e < 300; e += 3) {
    sets.push_back({e, e + 1});
    sets.push_back({e + 1, e + 2});
    sets.push_back({e});
  }
  const SetCover cover = fewest_sets(300, sets);
  CHECK(cover.exact());
  CHECK(cover.sets.size() == 200);
  CHECK(fewest_sets(0, {}).sets.empty());
  CHECK(fewest_sets(0, {{}, {}}).exact());
}
