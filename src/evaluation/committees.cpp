#include "evaluation/committees.hpp"

#include <algorithm>
#include <set>

namespace lacuna::evaluation {
namespace {

constexpr std::size_t least_works = 10;

}  // namespace

CommitteeCandidates committee_candidates(const Candidates& candidates) {
  const Split& split = *candidates.split;
  CommitteeCandidates result;
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
  const std::size_t n = candidates.n;
  std::vector<bool> held(m * n);
  for (const auto& [committee, topic] : split.committee_also) {
    if (place[committee] != Split::no_one) held[place[committee] * n + topic] = true;
  }
  std::vector<std::int32_t> last(m * n, Candidates::never);
  for (const Split::Work& work : split.before) {
    if (work.committee == Split::no_one || place[work.committee] == Split::no_one) continue;
    for (const std::uint32_t c : work.concepts) {
      std::int32_t& day = last[place[work.committee] * n + c];
      day = std::max(day, work.day);
      held[place[work.committee] * n + c] = true;
    }
  }
  for (std::uint32_t k = 0; k < m; ++k) {
    result.begin.push_back(static_cast<std::uint32_t>(result.ends.size()));
    for (std::uint32_t c = 0; c < n; ++c) {
      if (!held[k * n + c]) result.ends.push_back({k, static_cast<std::uint32_t>(m + c)});
    }
  }
  result.begin.push_back(static_cast<std::uint32_t>(result.ends.size()));
  result.work = sparse_of(m, n, [&](std::size_t k, std::size_t c) { return decayed(last[k * n + c], split.from, decay_years); });
  return result;
}

std::vector<float> committee_scores(const Candidates& candidates, const CommitteeCandidates& committees) {
  std::vector<float> scores(committees.ends.size());
  const std::size_t m = committees.committees.size();
  each_product_row(committees.work, adamic_adar_weights(candidates), decayed_adjacency(candidates, decay_years),
                   [&](std::size_t k, std::span<const float> row) {
                     for (std::uint32_t p = committees.begin[k]; p < committees.begin[k + 1]; ++p)
                       scores[p] = row[committees.ends[p].second - m];
                   });
  return scores;
}

std::vector<std::uint32_t> taken_up(const Split& split, const CommitteeCandidates& committees) {
  std::vector<std::uint32_t> place(split.committees.size(), Split::no_one);
  for (std::uint32_t k = 0; k < committees.committees.size(); ++k) place[committees.committees[k]] = k;
  std::set<std::pair<std::uint32_t, std::uint32_t>> taken;
  for (const Split::Work& work : split.after) {
    if (work.committee == Split::no_one || place[work.committee] == Split::no_one) continue;
    for (const std::uint32_t c : work.concepts)
      taken.emplace(place[work.committee], static_cast<std::uint32_t>(committees.committees.size() + c));
  }
  std::vector<std::uint32_t> positives;
  for (std::uint32_t p = 0; p < committees.ends.size(); ++p) {
    if (taken.contains({committees.ends[p].first, committees.ends[p].second})) positives.push_back(p);
  }
  return positives;
}

}  // namespace lacuna::evaluation
