// Candidates and what became of them.
#include <algorithm>
#include <map>

#include "base/sorted.hpp"
#include "lacuna/error.hpp"
#include "uptake/uptake.hpp"
#include "uptake/stems.hpp"

namespace lacuna {
namespace {

constexpr std::int32_t two_years = 2 * 365;

/// The concepts of a work have met on its day.
void meet(Trial& trial, const Split::Work& work) {
  for (const std::uint32_t a : work.concepts) {
    for (const std::uint32_t b : work.concepts) {
      if (a == b) continue;
      trial.count[a * trial.n + b] += 1;
      trial.last[a * trial.n + b] = std::max(trial.last[a * trial.n + b], work.day);
    }
  }
}

void judge(Trial& trial) {
  const Split& split = *trial.split;
  struct Seen {
    std::uint32_t family = 0;
    std::int32_t first = 0;
  };
  std::map<std::uint32_t, Seen> seen;
  trial.labels.assign(trial.pairs(), 0);
  for (std::uint32_t w = 0; w < split.after.size(); ++w) {
    const Split::Work& work = split.after[w];
    for (std::size_t x = 0; x < work.concepts.size(); ++x) {
      for (std::size_t y = x + 1; y < work.concepts.size(); ++y) {
        const std::uint32_t pair = trial.find(work.concepts[x], work.concepts[y]);
        if (pair == Trial::no_pair) continue;
        trial.taken.emplace_back(pair, w);
        const auto [entry, fresh] = seen.try_emplace(pair, Seen{work.family, work.day});
        entry->second.first = std::min(entry->second.first, work.day);
        trial.labels[pair] |= bit(Outcome::any);
        if (!fresh && entry->second.family != work.family) trial.labels[pair] |= bit(Outcome::fam2);
        if (std::ranges::binary_search(work.title, work.concepts[x]) && std::ranges::binary_search(work.title, work.concepts[y])) trial.labels[pair] |= bit(Outcome::title);
      }
    }
  }
  for (const auto& [pair, s] : seen) {
    if (s.first - split.from > two_years) trial.labels[pair] |= bit(Outcome::late);
  }
  sort_unique(trial.taken);
}

}  // namespace

std::uint32_t Trial::find(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  const auto first = second.begin() + begin[a];
  const auto last = second.begin() + begin[a + 1];
  const auto found = std::lower_bound(first, last, b);
  return found == last || *found != b ? no_pair : static_cast<std::uint32_t>(found - second.begin());
}

std::uint32_t Trial::first(std::uint32_t pair) const { return static_cast<std::uint32_t>(std::ranges::upper_bound(begin, pair) - begin.begin() - 1); }

Trial make_trial(const Split& split) {
  Trial trial;
  trial.split = &split;
  const std::size_t n = trial.n = split.concepts.size();
  if (n > 0xffff) throw Error(ErrorCode::bad_input, "concepts", "there are more than 65,535");
  trial.count.assign(n * n, 0);
  trial.last.assign(n * n, Trial::never);
  for (const Split::Work& work : split.before) meet(trial, work);
  std::vector<bool> apart(n * n, true);
  for (std::size_t k = 0; k < n * n; ++k) apart[k] = trial.count[k] == 0;
  for (const Split::Work& need : split.needs) meet(trial, need);
  trial.degree.assign(n, 0);
  for (std::size_t a = 0; a < n; ++a) trial.degree[a] = static_cast<float>(std::count_if(trial.count.begin() + static_cast<std::ptrdiff_t>(a * n), trial.count.begin() + static_cast<std::ptrdiff_t>((a + 1) * n), [](float c) { return c > 0; }));
  for (const auto& [a, b] : split.also) apart[a * n + b] = false;
  for (const auto& [stem, list] : uptake::by_stem(split)) {
    for (const std::uint32_t a : list) {
      for (const std::uint32_t b : list) apart[a * n + b] = false;
    }
  }
  for (std::size_t a = 0; a < n; ++a) {
    trial.begin.push_back(static_cast<std::uint32_t>(trial.second.size()));
    if (!split.needs.empty() && a >= split.outside) continue;
    for (std::size_t b = a + 1; b < n; ++b) {
      if (apart[a * n + b]) trial.second.push_back(static_cast<std::uint16_t>(b));
    }
  }
  trial.begin.push_back(static_cast<std::uint32_t>(trial.second.size()));
  judge(trial);
  return trial;
}

}  // namespace lacuna
