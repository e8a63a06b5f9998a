#include "match/rank_signals.hpp"

#include <algorithm>
#include <cmath>

namespace lacuna {

namespace {

constexpr double name_counts = 4;      // in a prototype, against 1 for each linked text
constexpr double linked_counts = 0.5;  // in what is said, against 1 for the name
constexpr std::size_t nearest = 30;
constexpr float least = 0.01F;  // what the logarithmic scales take for nothing
const float log_range = std::log(1 / least + 1);

/// 0 to 1, logarithmic.
float on_log_scale(float share) { return 1 + std::log((std::max(share, 0.0F) + least) / (1 + least)) / log_range; }

/// Sums rows of features; the scratch is as wide as the features and clean between calls.
class Adder {
 public:
  explicit Adder(std::size_t features) : sums_(features, 0.0) {}

  void add(const Features& features, double counts) {
    for (const Feature& f : features) {
      if (sums_[f.id] == 0) touched_.push_back(f.id);
      sums_[f.id] += counts * f.weight;
    }
  }
  /// The length of the sum; starts anew.
  double take_length() {
    double sum = 0;
    for (const std::uint32_t f : touched_) {
      sum += sums_[f] * sums_[f];
      sums_[f] = 0;
    }
    touched_.clear();
    return std::sqrt(sum);
  }

 private:
  std::vector<double> sums_;
  std::vector<std::uint32_t> touched_;
};

float dot(const Features& a, const Features& b) {
  float sum = 0;
  for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
    if (i->id == j->id)
      sum += i++->weight * j++->weight;
    else if (i->id < j->id)
      ++i;
    else
      ++j;
  }
  return sum;
}

void look_at(const RankIndex& index, std::uint32_t candidate, Adder& adder, RankView& view) {
  adder.add(index.name(candidate), name_counts);
  std::uint32_t linked = 0;
  for (const std::uint32_t l : index.links_to(candidate)) {
    if (view.known[l] == 0) continue;
    adder.add(index.link(l).direction, 1);
    ++linked;
  }
  view.linked[candidate] = linked;
  view.lengths[candidate] = static_cast<float>(std::max(adder.take_length(), 1e-9));
}

/// What is said of a candidate and in the known links to it: of many links each counts less.
Features all_said(const RankIndex& index, std::uint32_t candidate, const RankView& view) {
  Features all = index.own()[candidate];
  const auto counts = static_cast<float>(linked_counts / std::sqrt(std::max<double>(1, view.linked[candidate])));
  for (const std::uint32_t l : index.links_to(candidate)) {
    if (view.known[l] == 0) continue;
    for (const Feature& f : index.link(l).counts) all.push_back({f.id, counts * f.weight});
  }
  gather(all);
  return all;
}

/// Positions of the known links nearest to the text, nearest first; equal ones in their order.
std::vector<std::uint32_t> nearest_links(const RankView& view, const Likeness& likeness) {
  std::vector<std::uint32_t> list;
  for (std::uint32_t l = 0; l < view.known.size(); ++l) {
    if (view.known[l] != 0 && likeness.linked[l] > 0) list.push_back(l);
  }
  const auto nearer = [&](std::uint32_t a, std::uint32_t b) {
    return likeness.linked[a] != likeness.linked[b] ? likeness.linked[a] > likeness.linked[b] : a < b;
  };
  const std::size_t kept = std::min(nearest, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(), nearer);
  list.resize(kept);
  return list;
}

}  // namespace

RankView view_of(const RankIndex& index, std::vector<std::uint8_t> known) {
  RankView view;
  view.links = static_cast<std::size_t>(std::ranges::count(known, std::uint8_t{1}));
  view.known = std::move(known);
  view.lengths.resize(index.candidates());
  view.linked.resize(index.candidates());
  Adder adder(index.features());
  std::vector<Features> said;
  for (std::uint32_t c = 0; c < index.candidates(); ++c) {
    look_at(index, c, adder, view);
    said.push_back(all_said(index, c, view));
  }
  view.mean_length = weigh_bm25(said, index.rarities(), 0);
  view.spoken = Postings(said, index.features());
  return view;
}

RankView view_without(const RankIndex& index, const RankView& view, const std::vector<std::uint32_t>& links) {
  RankView result = view;
  std::vector<std::uint32_t> concerned;
  for (const std::uint32_t l : links) {
    if (result.known[l] == 0) continue;
    result.known[l] = 0;
    --result.links;
    concerned.insert(concerned.end(), index.targets(l).begin(), index.targets(l).end());
  }
  if (concerned.empty()) return result;
  std::ranges::sort(concerned);
  concerned.erase(std::unique(concerned.begin(), concerned.end()), concerned.end());
  Adder adder(index.features());
  for (const std::uint32_t c : concerned) {
    look_at(index, c, adder, result);
    std::vector<Features> said{all_said(index, c, result)};
    weigh_bm25(said, index.rarities(), view.mean_length);
    result.replaced.emplace_back(c, std::move(said.front()));
  }
  return result;
}

void divide_by_largest(std::vector<SignalRow>& rows, Signal signal, const std::vector<std::uint8_t>& allowed) {
  float largest = 0;
  for (std::size_t c = 0; c < rows.size(); ++c) {
    if (allowed[c] != 0) largest = std::max(largest, value_of(rows[c], signal));
  }
  for (std::size_t c = 0; c < rows.size(); ++c) {
    float& value = value_of(rows[c], signal);
    value = allowed[c] != 0 && largest > 0 ? std::max(value / largest, 0.0F) : 0.0F;
  }
}

std::vector<SignalRow> signals_of(const RankIndex& index, const RankView& view, const RankReading& reading,
                                  const Likeness& likeness, const std::vector<std::uint8_t>& allowed) {
  const std::size_t n = index.candidates();
  std::vector<float> spoken(n, 0.0F);
  view.spoken.add(reading.counts, spoken);
  for (const auto& [candidate, said] : view.replaced) spoken[candidate] = dot(reading.counts, said);
  std::vector<SignalRow> rows(n, SignalRow{});
  std::vector<float> linked(n, 0.0F);
  for (std::uint32_t l = 0; l < view.known.size(); ++l) {
    if (view.known[l] == 0) continue;
    for (const std::uint32_t c : index.targets(l)) linked[c] += likeness.linked[l];
  }
  std::uint32_t most = 0;
  for (std::size_t c = 0; c < n; ++c) {
    value_of(rows[c], Signal::words) = likeness.words[c];
    value_of(rows[c], Signal::linked_words) = spoken[c];
    value_of(rows[c], Signal::name) = likeness.name[c];
    value_of(rows[c], Signal::prototype) = (static_cast<float>(name_counts) * likeness.named[c] + linked[c]) / view.lengths[c];
    most = std::max(most, view.linked[c]);
  }
  for (std::size_t c = 0; c < n && most > 0; ++c)
    value_of(rows[c], Signal::popularity) = std::log1p(static_cast<float>(view.linked[c])) / std::log1p(static_cast<float>(most));

  std::vector<float> shares(n, 0.0F);
  float all = 0;
  for (const std::uint32_t l : nearest_links(view, likeness)) {
    const float near = likeness.linked[l];
    const float votes = near / std::sqrt(static_cast<float>(std::max<std::size_t>(1, index.targets(l).size())));
    for (const std::uint32_t c : index.targets(l)) {
      value_of(rows[c], Signal::neighbours) += votes;
      shares[c] += near * near * near;
      all += near * near * near;
    }
    for (const std::uint32_t c : index.refused(l)) {
      value_of(rows[c], Signal::neighbours) -= near;
      shares[c] -= near * near * near;
    }
  }
  for (const Signal s : {Signal::words, Signal::linked_words, Signal::name, Signal::prototype, Signal::neighbours})
    divide_by_largest(rows, s, allowed);
  for (std::size_t c = 0; c < n; ++c) {
    if (allowed[c] == 0) {
      rows[c] = {};
      continue;
    }
    value_of(rows[c], Signal::prototype_log) = on_log_scale(value_of(rows[c], Signal::prototype));
    value_of(rows[c], Signal::neighbours_log) = all > 0 ? on_log_scale(shares[c] / all) : 0;
  }
  return rows;
}

}  // namespace lacuna
