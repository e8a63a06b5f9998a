#include "analysis/structure/set_cover.hpp"

#include <algorithm>
#include <bit>
#include <cassert>
#include <cmath>
#include <numeric>
#include <optional>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace lacuna {
namespace {

using Sets = std::vector<std::vector<std::uint32_t>>;

/// The sets that hold each element, ascending.
std::vector<std::vector<std::size_t>> holders_of(std::size_t elements, const Sets& sets) {
  std::vector<std::vector<std::size_t>> result(elements);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    for (const std::uint32_t e : sets[s]) result[e].push_back(s);
  }
  return result;
}

struct Greedy {
  std::vector<std::size_t> sets;
  std::vector<double> price;  ///< By element: its share of the set that first covered it.
};

/// The set with most new elements first, the earlier of equals.
Greedy greedy_cover(std::size_t elements, const Sets& sets) {
  Greedy result{{}, std::vector<double>(elements, 0)};
  std::vector<bool> covered(elements);
  std::size_t left = elements;
  const auto fresh = [&](std::size_t s) {
    return static_cast<std::size_t>(std::ranges::count_if(sets[s], [&](std::uint32_t e) { return !covered[e]; }));
  };
  // Sizes only fall: a set whose size on the heap is still true is the largest.
  using Entry = std::pair<std::size_t, std::ptrdiff_t>;
  std::priority_queue<Entry> heap;
  for (std::size_t s = 0; s < sets.size(); ++s) heap.emplace(sets[s].size(), -static_cast<std::ptrdiff_t>(s));
  while (left > 0) {
    const auto [size, position] = heap.top();
    heap.pop();
    const auto s = static_cast<std::size_t>(-position);
    const std::size_t now = fresh(s);
    if (now == 0) continue;
    if (now < size) {
      heap.emplace(now, position);
      continue;
    }
    for (const std::uint32_t e : sets[s]) {
      if (covered[e]) continue;
      covered[e] = true;
      result.price[e] = 1.0 / static_cast<double>(now);
      --left;
    }
    result.sets.push_back(s);
  }
  // What later sets made needless goes, the smallest gains first.
  std::vector<std::size_t> times(elements, 0);
  for (const std::size_t s : result.sets) {
    for (const std::uint32_t e : sets[s]) ++times[e];
  }
  for (std::size_t i = result.sets.size(); i-- > 0;) {
    const auto& set = sets[result.sets[i]];
    if (std::ranges::any_of(set, [&](std::uint32_t e) { return times[e] < 2; })) continue;
    for (const std::uint32_t e : set) --times[e];
    result.sets.erase(result.sets.begin() + static_cast<std::ptrdiff_t>(i));
  }
  std::ranges::sort(result.sets);
  return result;
}

std::size_t lower_bound_of(std::size_t elements, const Sets& sets, const Greedy& greedy) {
  std::size_t largest = 1;
  double dearest = 1;
  for (const auto& set : sets) {
    largest = std::max(largest, set.size());
    dearest = std::max(dearest, std::accumulate(set.begin(), set.end(), 0.0,
                                                [&](double sum, std::uint32_t e) { return sum + greedy.price[e]; }));
  }
  const std::size_t by_size = (elements + largest - 1) / largest;
  // Prices divided by the dearest set (never above H(d)) ask at most 1 of every set: a dual solution, whatever its total.
  const double paid = std::accumulate(greedy.price.begin(), greedy.price.end(), 0.0);
  const auto by_price = static_cast<std::size_t>(std::ceil(paid / dearest - 1e-6));
  // Elements that no set holds together need a set each. Rare ones first: they block fewest others.
  const auto holders = holders_of(elements, sets);
  std::vector<std::uint32_t> order(elements);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t e) { return holders[e].size(); });
  std::vector<bool> blocked(elements);
  std::size_t apart = 0;
  for (const std::uint32_t e : order) {
    if (blocked[e]) continue;
    ++apart;
    for (const std::size_t s : holders[e]) {
      for (const std::uint32_t other : sets[s]) blocked[other] = true;
    }
  }
  return std::max({by_size, by_price, apart});
}

/// The exact search over at most 64 elements; sets are bit masks, none inside another.
class CoverSearch {
 public:
  CoverSearch(std::size_t elements, std::vector<std::uint64_t> masks)
      : masks_(std::move(masks)), holders_(elements), near_(elements, 0) {
    for (std::size_t s = 0; s < masks_.size(); ++s) {
      for (std::uint64_t rest = masks_[s]; rest != 0; rest &= rest - 1) {
        const auto e = static_cast<std::size_t>(std::countr_zero(rest));
        holders_[e].push_back(s);
        near_[e] |= masks_[s];
      }
    }
  }

  enum class Answer : std::uint8_t { yes, no, out_of_nodes };

  /// Whether at most `most` sets from position `first` on cover `open`; on yes, `chosen` are such sets. Takes from `nodes`.
  Answer cover(std::uint64_t open, std::size_t most, std::size_t first, std::uint64_t& nodes, std::vector<std::size_t>& chosen) {
    hopeless_.clear();
    first_ = first;
    chosen.clear();
    return go(open, most, nodes, chosen);
  }

 private:
  /// A lower bound: open elements that no set holds together.
  std::size_t apart(std::uint64_t open) const {
    std::size_t n = 0;
    for (; open != 0; ++n) open &= ~near_[static_cast<std::size_t>(std::countr_zero(open))];
    return n;
  }

  Answer go(std::uint64_t open, std::size_t most, std::uint64_t& nodes, std::vector<std::size_t>& chosen) {
    if (open == 0) return Answer::yes;
    if (most == 0 || apart(open) > most) return Answer::no;
    if (const auto known = hopeless_.find(open); known != hopeless_.end() && known->second >= most) return Answer::no;
    if (nodes == 0) return Answer::out_of_nodes;
    --nodes;

    // The open element with fewest sets, and the most that a single set can cover.
    const std::vector<std::size_t>* rarest = nullptr;
    std::size_t fewest = masks_.size() + 1;
    int largest = 0;
    for (std::uint64_t rest = open; rest != 0; rest &= rest - 1) {
      const auto& holders = holders_[static_cast<std::size_t>(std::countr_zero(rest))];
      const auto n = static_cast<std::size_t>(holders.end() - std::ranges::lower_bound(holders, first_));
      if (n < fewest) {
        fewest = n;
        rarest = &holders;
      }
    }
    for (std::size_t s = first_; s < masks_.size(); ++s) largest = std::max(largest, std::popcount(masks_[s] & open));
    if (fewest == 0 || static_cast<std::size_t>(std::popcount(open)) > most * static_cast<std::size_t>(largest))
      return Answer::no;

    std::vector<std::size_t> branches;
    for (const std::size_t s : *rarest) {
      if (s < first_) continue;
      const std::uint64_t gain = masks_[s] & open;
      // A set whose gain another one has as well cannot do better.
      const bool dominated = std::ranges::any_of(*rarest, [&](std::size_t t) {
        const std::uint64_t other = masks_[t] & open;
        return t >= first_ && t != s && (gain & ~other) == 0 && (gain != other || t < s);
      });
      if (!dominated) branches.push_back(s);
    }
    std::ranges::stable_sort(branches, {}, [&](std::size_t s) { return -std::popcount(masks_[s] & open); });
    for (const std::size_t s : branches) {
      chosen.push_back(s);
      const Answer answer = go(open & ~masks_[s], most - 1, nodes, chosen);
      if (answer != Answer::no) return answer;
      chosen.pop_back();
    }
    constexpr std::size_t most_known = 1'000'000;
    if (hopeless_.size() < most_known) {
      std::size_t& known = hopeless_[open];
      known = std::max(known, most);
    }
    return Answer::no;
  }

  std::vector<std::uint64_t> masks_;
  std::vector<std::vector<std::size_t>> holders_;
  std::vector<std::uint64_t> near_;                          ///< By element: everything that stands in a set with it.
  std::unordered_map<std::uint64_t, std::size_t> hopeless_;  ///< Open elements that this many sets do not cover.
  std::size_t first_ = 0;
};

/// The minimum for at most 64 elements, as far as the nodes reach.
SetCover exact_cover(std::size_t elements, const Sets& sets, const Greedy& greedy, std::size_t bound, std::uint64_t& nodes) {
  std::vector<std::uint64_t> all;
  for (const auto& set : sets) {
    std::uint64_t mask = 0;
    for (const std::uint32_t e : set) mask |= std::uint64_t{1} << e;
    all.push_back(mask);
  }
  std::vector<std::uint64_t> masks;
  std::vector<std::size_t> positions;
  for (std::size_t s = 0; s < all.size(); ++s) {
    bool dominated = false;
    for (std::size_t t = 0; t < all.size() && !dominated; ++t) {
      dominated = t != s && (all[s] & ~all[t]) == 0 && (all[s] != all[t] || t < s);
    }
    if (dominated) continue;
    masks.push_back(all[s]);
    positions.push_back(s);
  }
  const std::uint64_t everything = elements == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << elements) - 1;
  CoverSearch search(elements, masks);
  std::vector<std::size_t> found;
  std::optional<std::vector<std::size_t>> best;  // Positions in `masks`; nothing: the greedy cover.
  std::size_t size = greedy.sets.size();

  // From below, with half of the nodes; then from above with what is left.
  std::uint64_t half = nodes / 2;
  nodes -= half;
  while (bound < size) {
    const auto answer = search.cover(everything, bound, 0, half, found);
    if (answer == CoverSearch::Answer::no) {
      ++bound;
    } else if (answer == CoverSearch::Answer::yes) {
      best = found;
      size = found.size();
    } else {
      break;
    }
  }
  nodes += half;
  while (bound < size && search.cover(everything, size - 1, 0, nodes, found) == CoverSearch::Answer::yes) {
    best = found;
    size = found.size();
  }
  if (bound < size) {
    SetCover result{greedy.sets, bound};
    if (best) {
      result.sets.clear();
      for (const std::size_t s : *best) result.sets.push_back(positions[s]);
      std::ranges::sort(result.sets);
    }
    return result;
  }
  if (!best && search.cover(everything, size, 0, nodes, found) == CoverSearch::Answer::yes) best = found;
  if (!best) return {greedy.sets, bound};

  // The first of the minimum covers: whichever set can stand first does, then the next.
  std::vector<std::size_t> witness = *best;
  std::ranges::sort(witness);
  std::uint64_t open = everything;
  for (std::size_t place = 0, next = 0; place < witness.size(); ++place) {
    for (; next < witness[place]; ++next) {
      if ((masks[next] & open) == 0) continue;
      const auto answer = search.cover(open & ~masks[next], size - place - 1, next + 1, nodes, found);
      if (answer == CoverSearch::Answer::out_of_nodes) {
        place = witness.size() - 1;
        break;
      }
      if (answer == CoverSearch::Answer::no) continue;
      witness.resize(place);
      witness.push_back(next);
      std::ranges::sort(found);
      witness.insert(witness.end(), found.begin(), found.end());
      break;
    }
    open &= ~masks[witness[place]];
    next = witness[place] + 1;
  }
  SetCover result{{}, bound};
  for (const std::size_t s : witness) result.sets.push_back(positions[s]);
  return result;
}

/// Elements that chains of overlapping sets join, as a number for each element.
std::vector<std::uint32_t> parts_of(std::size_t elements, const Sets& sets) {
  std::vector<std::uint32_t> up(elements);
  std::iota(up.begin(), up.end(), 0U);
  const auto root = [&](std::uint32_t e) {
    while (up[e] != e) e = up[e] = up[up[e]];
    return e;
  };
  for (const auto& set : sets) {
    for (const std::uint32_t e : set) {
      const std::uint32_t a = root(set.front());
      const std::uint32_t b = root(e);
      up[std::max(a, b)] = std::min(a, b);
    }
  }
  for (std::uint32_t e = 0; e < elements; ++e) up[e] = root(e);
  return up;
}

}  // namespace

SetCover fewest_sets(std::size_t elements, const Sets& sets, std::uint64_t most_nodes) {
  const std::vector<std::uint32_t> part = parts_of(elements, sets);
  std::vector<std::uint32_t> inside(elements);              // By element: its number within its part.
  std::vector<std::size_t> sizes(elements, 0);              // By part.
  std::vector<std::vector<std::size_t>> members(elements);  // By part: positions of its sets.
  for (std::size_t e = 0; e < elements; ++e) inside[e] = static_cast<std::uint32_t>(sizes[part[e]]++);
  for (std::size_t s = 0; s < sets.size(); ++s) {
    if (!sets[s].empty()) members[part[sets[s].front()]].push_back(s);
  }
  SetCover result;
  for (std::size_t p = 0; p < elements; ++p) {
    if (sizes[p] == 0) continue;
    assert(!members[p].empty());
    Sets own;
    for (const std::size_t s : members[p]) {
      auto& set = own.emplace_back();
      for (const std::uint32_t e : sets[s]) set.push_back(inside[e]);
    }
    const Greedy greedy = greedy_cover(sizes[p], own);
    const std::size_t bound = lower_bound_of(sizes[p], own, greedy);
    const SetCover cover = sizes[p] <= 64 ? exact_cover(sizes[p], own, greedy, bound, most_nodes) : SetCover{greedy.sets, bound};
    for (const std::size_t s : cover.sets) result.sets.push_back(members[p][s]);
    result.lower_bound += cover.lower_bound;
  }
  std::ranges::sort(result.sets);
  return result;
}

}  // namespace lacuna
