#include "uptake/committees.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace lacuna::uptake {
namespace {

constexpr std::size_t least_works = 10;
constexpr float years = 8;

}  // namespace

CommitteeTrial committee_trial(const Trial& trial) {
  const Split& split = *trial.split;
  CommitteeTrial result;
  std::vector<std::size_t> works(split.committees.size());
  for (const Split::Work& work : split.before) {
    if (work.committee != Split::no_one) ++works[work.committee];
  }
  std::vector<std::uint32_t> place(split.committees.size(), Split::no_one);
  for (std::uint32_t c = 0; c < works.size(); ++c) {
    if (works[c] < least_works) continue;
    place[c] = static_cast<std::uint32_t>(result.committees.size());
    result.committees.push_back(c);
  }
  const std::size_t m = result.committees.size();
  std::vector<bool> held(m * trial.n);
  for (const auto& [committee, topic] : split.committee_also) {
    if (place[committee] != Split::no_one) held[place[committee] * trial.n + topic] = true;
  }
  std::vector<std::int32_t> last(m * trial.n, Trial::never);
  for (const Split::Work& work : split.before) {
    if (work.committee == Split::no_one || place[work.committee] == Split::no_one) continue;
    for (const std::uint32_t c : work.concepts) {
      std::int32_t& day = last[place[work.committee] * trial.n + c];
      day = std::max(day, work.day);
      held[place[work.committee] * trial.n + c] = true;
    }
  }
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
  for (const Split::Work& work : split.after) {
    if (work.committee == Split::no_one || place[work.committee] == Split::no_one) continue;
    for (const std::uint32_t c : work.concepts) taken.emplace(place[work.committee], c);
  }
  for (std::uint32_t k = 0; k < m; ++k) {
    result.begin.push_back(static_cast<std::uint32_t>(result.ends.size()));
    for (std::uint32_t c = 0; c < trial.n; ++c) {
      if (held[k * trial.n + c]) continue;
      if (taken.contains({k, c})) result.right.push_back(static_cast<std::uint32_t>(result.ends.size()));
      result.ends.push_back({k, static_cast<std::uint32_t>(m + c)});
    }
  }
  result.begin.push_back(static_cast<std::uint32_t>(result.ends.size()));
  for (std::size_t k = 0; k < m; ++k) {
    for (std::uint32_t c = 0; c < trial.n; ++c) {
      const std::int32_t day = last[k * trial.n + c];
      if (day == Trial::never) continue;
      const float weight = std::exp(static_cast<float>(day - split.from) / (365.25F * years));
      if (weight < 0.001F) continue;
      result.faded.columns.push_back(c);
      result.faded.values.push_back(weight);
    }
    result.faded.begin.push_back(result.faded.columns.size());
  }
  return result;
}

std::vector<float> committee_scores(const Trial& trial, const CommitteeTrial& committees) {
  std::vector<float> scores(committees.ends.size());
  const std::size_t m = committees.committees.size();
  each_product_row(committees.faded, adamic_adar(trial), faded(trial, years), trial.n, [&](std::size_t k, std::span<const float> row) {
    for (std::uint32_t p = committees.begin[k]; p < committees.begin[k + 1]; ++p) scores[p] = row[committees.ends[p].second - m];
  });
  return scores;
}

}  // namespace lacuna::uptake
