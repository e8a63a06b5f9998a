#include "analysis/pairs.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/explain.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// Pairs of equal keys.
template <class Key>
std::uint64_t equal_pairs(std::vector<Key> keys) {
  std::ranges::sort(keys);
  std::uint64_t pairs = 0;
  std::uint64_t same = 0;  // Before this one.
  for (std::size_t i = 1; i < keys.size(); ++i) {
    same = keys[i] == keys[i - 1] ? same + 1 : 0;
    pairs += same;
  }
  return pairs;
}

/// Pairs of different bodies and blocks: all, less those of one body and those of one block; those of both were taken off twice.
std::uint64_t count(const std::vector<Party>& parties) {
  std::vector<NodeId> bodies;
  std::vector<std::size_t> blocks;
  std::vector<std::pair<NodeId, std::size_t>> both;
  for (const Party& p : parties) {
    bodies.push_back(p.body);
    blocks.push_back(p.block);
    both.emplace_back(p.body, p.block);
  }
  const std::uint64_t n = parties.size();
  return (n == 0 ? 0 : n * (n - 1) / 2) - equal_pairs(std::move(bodies)) - equal_pairs(std::move(blocks)) +
         equal_pairs(std::move(both));
}

/// The parties before the one looked at. Runs of one body are skipped at once.
class Before {
 public:
  void add(std::size_t position, NodeId body) {
    const bool same = !places_.empty() && places_.back().body == body;
    places_.push_back({position, body, same ? places_.back().run : places_.size()});
  }
  /// Calls take(position), earliest first, for those before `end` that are of another body, until it says that it is enough.
  template <class F>
  void others(NodeId body, std::size_t end, const F& take) const {
    for (std::size_t i = 0; i < places_.size() && places_[i].position < end;) {
      if (places_[i].body == body) {
        i = end_of_run(i);
      } else if (!take(places_[i++].position)) {
        return;
      }
    }
  }

 private:
  struct Place {
    std::size_t position;
    NodeId body;
    std::size_t run;  ///< Where the run of this body begins.
  };
  std::size_t end_of_run(std::size_t i) const {
    const auto from = places_.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = std::partition_point(from, places_.end(), [&](const Place& p) { return p.run == from->run; });
    return static_cast<std::size_t>(end - places_.begin());
  }
  std::vector<Place> places_;
};

}  // namespace

Pairs pairs_among(std::span<const Party> parties, std::size_t most) {
  Pairs result;
  std::vector<Party> unasked;
  std::ranges::copy_if(parties, std::back_inserter(unasked), [](const Party& p) { return !p.asked; });
  result.all = count({parties.begin(), parties.end()}) - count(unasked);
  if (result.all == 0) return result;
  Before all;
  Before asked;
  std::size_t block = 0;  // Where the block of the party begins.
  for (std::size_t later = 0; later < parties.size() && result.first.size() < most; ++later) {
    const Party& party = parties[later];
    if (later > 0 && parties[later - 1].block != party.block) block = later;
    (party.asked ? all : asked).others(party.body, block, [&](std::size_t earlier) {
      result.first.emplace_back(earlier, later);
      return result.first.size() < most;
    });
    all.add(later, party.body);
    if (party.asked) asked.add(later, party.body);
  }
  return result;
}

std::vector<std::string> cut_texts(const Graph& graph, const CutPairs& cut) {
  std::vector<std::string> texts;
  constexpr std::size_t named = 3;
  for (std::size_t i = 0; i < std::min(named, cut.needs.size()); ++i) {
    texts.push_back(fmt::format("{}: only {} of groups that work on it were looked at", graph.node(cut.needs[i].need).id,
                                part_of_pairs(most_pairs_of_need, cut.needs[i].all)));
  }
  if (cut.needs.size() > named) {
    texts.push_back(fmt::format("{} more: only the first {} pairs of groups that work on each were looked at",
                                count_of(cut.needs.size() - named, "need"), thousands(most_pairs_of_need)));
  }
  if (cut.more) {
    texts.push_back(fmt::format("all needs: only the first {} pairs of groups that work on one of them were looked at",
                                thousands(most_pairs)));
  }
  return texts;
}

std::string part_of_pairs(std::uint64_t looked_at, std::uint64_t all) {
  return fmt::format("the first {} of {} pairs", thousands(looked_at), thousands(all));
}

}  // namespace lacuna
