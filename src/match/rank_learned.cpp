#include "match/rank_learned.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <string>

#include "base/sorted.hpp"

// Wider registers where there are some: the same operations in the same order for each element, so the same bits. ThreadSanitizer
// is not up yet when the loader chooses the function.
#if defined(__SANITIZE_THREAD__)
#define LACUNA_ONE_WIDTH
#elif defined(__has_feature)  // Which some headers define for compilers that have none.
#if __has_feature(thread_sanitizer)
#define LACUNA_ONE_WIDTH
#endif
#endif
#if defined(__x86_64__) && defined(__GNUC__) && !defined(LACUNA_ONE_WIDTH)
#define LACUNA_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define LACUNA_WIDE
#endif

namespace lacuna {
namespace {

constexpr int passes = 6;
constexpr float first_step = 8.0F;      // falls to a hundredth in a straight line
constexpr float ancestor_share = 0.2F;  // of a candidate's gradient
constexpr std::uint32_t fewest_texts = 2;

LACUNA_WIDE void add_row(float* __restrict sums, const float* __restrict row, float times, std::size_t width) {
  for (std::size_t i = 0; i < width; ++i) sums[i] += times * row[i];
}

/// The beginnings of an identifier that end before a dot or slash.
std::vector<std::string> beginnings(const std::string& id) {
  std::vector<std::string> list;
  for (std::size_t at = id.find_first_of("./"); at != std::string::npos; at = id.find_first_of("./", at + 1))
    list.push_back("id " + id.substr(0, at));
  return list;
}

}  // namespace

void Learned::find_ancestors(std::span<const RankCandidate> candidates) {
  std::vector<std::vector<std::string>> names;
  std::map<std::string, std::uint32_t> counts;
  for (const RankCandidate& c : candidates) {
    names.push_back(beginnings(c.id));
    for (const std::string& parent : c.parents) names.back().push_back("parent " + parent);
    sort_unique(names.back());
    for (const std::string& name : names.back()) ++counts[name];
  }
  std::map<std::string, std::uint32_t> columns;
  for (const auto& [name, count] : counts) {
    if (count > 1 && count < candidates.size())
      columns.emplace(name, static_cast<std::uint32_t>(candidates.size() + columns.size()));
  }
  for (const auto& list : names) {
    ancestors_.emplace_back();
    for (const std::string& name : list) {
      if (const auto column = columns.find(name); column != columns.end()) ancestors_.back().push_back(column->second);
    }
  }
  candidates_ = candidates.size();
  width_ = (candidates.size() + columns.size() + 15) / 16 * 16;
}

Learned::Learned(std::span<const RankCandidate> candidates, const RankIndex& index, const std::vector<std::uint8_t>& known) {
  find_ancestors(candidates);
  std::unordered_map<std::uint64_t, std::uint32_t> counts;
  std::vector<std::uint64_t> order;  // in which marks were met
  double texts = 0;
  for (std::size_t l = 0; l < known.size(); ++l) {
    if (known[l] == 0 || index.targets(l).empty()) continue;
    ++texts;
    for (const Mark& mark : index.link(l).marks) {
      if (++counts[mark.key] == 1) order.push_back(mark.key);
    }
  }
  for (const std::uint64_t key : order) {
    const std::uint32_t count = counts[key];
    if (count < fewest_texts) continue;
    rows_.emplace(key, static_cast<std::uint32_t>(rarities_.size()));
    rarities_.push_back(static_cast<float>(std::log((texts + 1) / (count + 1.0)) + 1));
  }
  std::vector<Features> rows;
  std::vector<std::vector<std::uint32_t>> right;
  for (std::size_t l = 0; l < known.size(); ++l) {
    if (known[l] == 0 || index.targets(l).empty()) continue;
    rows.push_back(vector_of(index.link(l).marks));
    right.push_back(index.targets(l));
  }
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    rows.push_back(vector_of(index.name_marks(c)));
    right.push_back({c});
  }
  train(rows, right);
}

Features Learned::vector_of(const std::vector<Mark>& marks) const {
  Features features;
  double sum = 0;
  for (const Mark& mark : marks) {
    const auto row = rows_.find(mark.key);
    if (row == rows_.end()) continue;
    const float weight = std::log1p(mark.weight) * rarities_[row->second];
    features.push_back({row->second, weight});
    sum += static_cast<double>(weight) * weight;
  }
  const auto scale = static_cast<float>(1 / std::sqrt(std::max(sum, 1e-12)));
  for (Feature& f : features) f.weight *= scale;
  return features;
}

void Learned::score(const Features& features, std::vector<float>& scores) const {
  scores.assign(width_, 0.0F);
  for (const Feature& f : features) add_row(scores.data(), &weights_[f.id * width_], f.weight, width_);
  for (std::size_t c = 0; c < candidates_; ++c) {
    for (const std::uint32_t a : ancestors_[c]) scores[c] += scores[a];
  }
}

void Learned::train(const std::vector<Features>& rows, const std::vector<std::vector<std::uint32_t>>& right) {
  weights_.assign(rarities_.size() * width_, 0.0F);
  std::vector<std::uint32_t> order(rows.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::mt19937 dice(1);
  std::vector<float> scores;
  const auto steps = static_cast<float>(passes * rows.size());
  float step = 0;
  for (int pass = 0; pass < passes; ++pass) {
    for (std::size_t i = order.size() - 1; i > 0; --i) std::swap(order[i], order[dice() % (i + 1)]);
    for (const std::uint32_t r : order) {
      const float size = first_step * (1 - step / steps) + first_step * 0.01F;
      ++step;
      score(rows[r], scores);
      const float highest = *std::max_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(candidates_));
      float sum = 0;
      for (std::size_t c = 0; c < candidates_; ++c) sum += scores[c] = std::exp(scores[c] - highest);
      for (std::size_t c = 0; c < candidates_; ++c) scores[c] /= sum;
      std::fill(scores.begin() + static_cast<std::ptrdiff_t>(candidates_), scores.end(), 0.0F);
      for (const std::uint32_t c : right[r]) scores[c] -= 1 / static_cast<float>(right[r].size());
      for (std::size_t c = 0; c < candidates_; ++c) {
        for (const std::uint32_t a : ancestors_[c]) scores[a] += scores[c] * ancestor_share;
      }
      for (const Feature& f : rows[r]) add_row(&weights_[f.id * width_], scores.data(), -size * f.weight, width_);
    }
  }
}

void Learned::add(const std::vector<Mark>& marks, const std::vector<std::uint8_t>& allowed, std::vector<SignalRow>& rows) const {
  std::vector<float> scores;
  score(vector_of(marks), scores);
  const float lowest = *std::min_element(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(candidates_));
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (allowed[c] != 0) value_of(rows[c], Signal::learned) = (scores[c] - lowest) / 10;
  }
}

}  // namespace lacuna
