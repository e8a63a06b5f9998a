#include "evaluation/trial.hpp"

#include <algorithm>
#include <map>

#include "base/sorted.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::int32_t two_years = 2 * 365;

void judge(Trial& trial) {
  const Split& split = *trial.split;
  struct Seen {
    std::uint32_t family = 0;
    std::int32_t first = 0;
  };
  std::map<std::uint32_t, Seen> seen;
  trial.labels.assign(trial.pairs(), 0);
  each_taken_up(trial, [&](std::uint32_t w, std::uint32_t first, std::uint32_t second, std::uint32_t pair) {
    const Split::Work& work = split.after[w];
    trial.taken.emplace_back(pair, w);
    const auto [entry, fresh] = seen.try_emplace(pair, Seen{work.family, work.day});
    entry->second.first = std::min(entry->second.first, work.day);
    trial.labels[pair] |= bit(Outcome::any);
    if (!fresh && entry->second.family != work.family) trial.labels[pair] |= bit(Outcome::fam2);
    if (std::ranges::binary_search(work.title, first) && std::ranges::binary_search(work.title, second))
      trial.labels[pair] |= bit(Outcome::title);
  });
  for (const auto& [pair, s] : seen) {
    if (s.first - split.from > two_years) trial.labels[pair] |= bit(Outcome::late);
  }
  sort_unique(trial.taken);
}

}  // namespace

Trial make_trial(const Split& split) {
  Trial trial{candidates_of(split)};
  judge(trial);
  return trial;
}

std::vector<std::uint32_t> positives_of(const Trial& trial, Outcome outcome) {
  std::vector<std::uint32_t> list;
  for (std::uint32_t p = 0; p < trial.pairs(); ++p) {
    if ((trial.labels[p] & bit(outcome)) != 0) list.push_back(p);
  }
  return list;
}

std::vector<Ends> ends_of(const Trial& trial) {
  std::vector<Ends> ends;
  ends.reserve(trial.pairs());
  for (std::uint32_t i = 0; i < trial.n; ++i) {
    for (std::uint32_t p = trial.begin[i]; p < trial.begin[i + 1]; ++p) ends.push_back({i, trial.second[p]});
  }
  return ends;
}

}  // namespace lacuna::evaluation
