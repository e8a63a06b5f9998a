#include "evaluation/metrics.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <map>
#include <numeric>

namespace lacuna::evaluation {
namespace {

/// The bits of a number so that they compare as it does.
std::uint32_t ordered(float value) {
  const auto bits = std::bit_cast<std::uint32_t>(value + 0.0F);  // −0 is 0.
  return (bits & 0x80000000U) != 0 ? ~bits : bits | 0x80000000U;
}

float unordered(std::uint32_t bits) { return std::bit_cast<float>((bits & 0x80000000U) != 0 ? bits & 0x7fffffffU : ~bits); }

/// Ascending, by three passes over eleven bits each.
std::vector<float> sorted(std::span<const float> values) {
  std::vector<std::uint32_t> keys(values.size());
  std::vector<std::uint32_t> other(values.size());
  std::ranges::transform(values, keys.begin(), ordered);
  for (const unsigned shift : {0U, 11U, 22U}) {
    std::array<std::size_t, 2049> begin{};
    for (const std::uint32_t key : keys) ++begin[((key >> shift) & 0x7ffU) + 1];
    std::partial_sum(begin.begin(), begin.end(), begin.begin());
    for (const std::uint32_t key : keys) other[begin[(key >> shift) & 0x7ffU]++] = key;
    keys.swap(other);
  }
  std::vector<float> result(values.size());
  std::ranges::transform(keys, result.begin(), unordered);
  return result;
}

/// Standard error of a mean whose parts have these weighted deviations: parts that share an end belong together.
class Clustered {
 public:
  void add(const Ends& ends, double deviation) {
    by_end_[ends.first] += deviation;
    by_end_[ends.second] += deviation;
    squares_ += deviation * deviation;
  }
  [[nodiscard]] double error(double n) const {
    double sum = 0;
    for (const auto& [end, deviations] : by_end_) sum += deviations * deviations;
    return std::sqrt(std::max(sum - squares_, squares_)) / n;
  }

 private:
  std::map<std::uint32_t, double> by_end_;
  double squares_ = 0;
};

}  // namespace

Ranking::Ranking(std::span<const float> scores) : scores_(scores), sorted_(sorted(scores)) {}

std::optional<Estimate> Ranking::area(std::span<const std::uint32_t> positives, std::span<const Ends> ends) const {
  if (positives.empty() || positives.size() == sorted_.size()) return std::nullopt;
  std::vector<float> own;
  for (const std::uint32_t p : positives) own.push_back(scores_[p]);
  own = sorted(own);
  const double negatives = static_cast<double>(sorted_.size() - positives.size());
  const auto below = [](const std::vector<float>& list, float score) {
    const auto [lo, hi] = std::equal_range(list.begin(), list.end(), score);
    return (static_cast<double>(lo - list.begin()) + static_cast<double>(hi - list.begin())) / 2;
  };
  std::vector<double> won;
  double sum = 0;
  for (const std::uint32_t p : positives) {
    won.push_back((below(sorted_, scores_[p]) - below(own, scores_[p])) / negatives);
    sum += won.back();
  }
  Estimate estimate;
  estimate.value = sum / static_cast<double>(positives.size());
  Clustered clustered;
  for (std::size_t k = 0; k < positives.size(); ++k) clustered.add(ends[positives[k]], won[k] - estimate.value);
  estimate.error = clustered.error(static_cast<double>(positives.size()));
  return estimate;
}

Ranking::Threshold Ranking::at(std::size_t k) const {
  Threshold threshold;
  if (sorted_.empty()) return threshold;
  threshold.score = sorted_[sorted_.size() - std::clamp<std::size_t>(k, 1, sorted_.size())];
  const auto [lo, hi] = std::equal_range(sorted_.begin(), sorted_.end(), threshold.score);
  threshold.above = static_cast<std::size_t>(sorted_.end() - hi);
  threshold.equal = static_cast<std::size_t>(hi - lo);
  return threshold;
}

Estimate Ranking::precision(std::size_t k, std::span<const std::uint32_t> positives, std::span<const Ends> ends) const {
  Estimate estimate;
  k = std::min(k, sorted_.size());
  if (k == 0) return estimate;
  const Threshold threshold = at(k);
  const double share = static_cast<double>(k - threshold.above) / static_cast<double>(threshold.equal);
  const auto weight = [&](std::uint32_t p) {
    return scores_[p] > threshold.score ? 1.0 : scores_[p] == threshold.score ? share : 0.0;
  };
  for (const std::uint32_t p : positives) estimate.value += weight(p);
  estimate.value /= static_cast<double>(k);
  if (threshold.equal > 100 * k) return estimate;  // Any order: nothing to cluster.
  Clustered clustered;
  auto next = positives.begin();
  for (std::uint32_t p = 0; p < scores_.size(); ++p) {
    if (!(scores_[p] >= threshold.score)) continue;
    next = std::lower_bound(next, positives.end(), p);
    const bool hit = next != positives.end() && *next == p;
    clustered.add(ends[p], weight(p) * ((hit ? 1.0 : 0.0) - estimate.value));
  }
  estimate.error = clustered.error(static_cast<double>(k));
  return estimate;
}

Matched matched_with(const Trial& trial, std::span<const std::uint32_t> positives, Outcome outcome) {
  std::vector<std::uint32_t> order(trial.n);
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t c) { return trial.degree[c]; });
  std::vector<std::uint32_t> tenth(trial.n);
  for (std::uint32_t place = 0; place < trial.n; ++place)
    tenth[order[place]] = static_cast<std::uint32_t>(place * 10ULL / trial.n);
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> cells;
  const auto cell_of = [&](std::uint32_t c) { return std::pair(trial.split->concepts[c].field, tenth[c]); };
  for (std::uint32_t c = 0; c < trial.n; ++c) cells[cell_of(c)].push_back(c);
  Matched matched;
  for (const std::uint32_t p : positives) {
    const std::uint32_t i = trial.first(p);
    const std::uint32_t j = trial.second[p];
    const std::size_t before = matched.negatives.size();
    for (const auto& [kept, varied] : {std::pair(i, j), std::pair(j, i)}) {
      for (const std::uint32_t x : cells[cell_of(varied)]) {
        if (x == kept || x == varied) continue;
        const std::uint32_t other = trial.find(kept, x);
        if (other != Trial::no_pair && (trial.labels[other] & bit(outcome)) == 0) matched.negatives.push_back(other);
      }
    }
    const std::size_t more = matched.negatives.size() - before;
    matched.positives.resize(matched.negatives.size(), p);
    matched.weight.resize(matched.negatives.size(), more == 0 ? 0 : 1.0F / static_cast<float>(more));
  }
  return matched;
}

double matched_area(std::span<const float> scores, const Matched& matched) {
  double won = 0;
  double all = 0;
  for (std::size_t k = 0; k < matched.negatives.size(); ++k) {
    const float positive = scores[matched.positives[k]];
    const float negative = scores[matched.negatives[k]];
    won += matched.weight[k] * (positive > negative ? 1.0 : positive == negative ? 0.5 : 0.0);
    all += matched.weight[k];
  }
  return all > 0 ? won / all : 0.5;
}

double works_hit(const Trial& trial, std::span<const float> scores, const Ranking& ranking, std::size_t k) {
  k = std::min(k, ranking.size());
  if (k == 0) return 0;
  const Ranking::Threshold threshold = ranking.at(k);
  const double share = static_cast<double>(k - threshold.above) / static_cast<double>(threshold.equal);
  std::map<std::uint32_t, double> missed;  // By work: how likely none of its pairs is among the first.
  for (const auto& [pair, work] : trial.taken) {
    double& miss = missed.emplace(work, 1.0).first->second;
    miss *= scores[pair] > threshold.score ? 0 : scores[pair] == threshold.score ? 1 - share : 1;
  }
  double hit = 0;
  for (const auto& [work, miss] : missed) hit += 1 - miss;
  return missed.empty() ? 0 : hit / static_cast<double>(missed.size());
}

}  // namespace lacuna::evaluation
