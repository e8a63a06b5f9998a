// Figures of each concept by itself: their product, the smaller and the larger one.
#include <algorithm>

#include "uptake/linear/figures.hpp"

namespace lacuna::uptake {
namespace {

/// Over the ways of two neighbours, how many are closed (Watts and Strogatz 1998), with one closed and two ways added.
std::vector<float> clustering(const Ground& ground) {
  std::vector<float> closed(ground.n);
  each_product_row(ground.met, ground.one, ground.met, ground.n, [&](std::size_t i, std::span<const float> row) {
    double ways = 0;
    for (std::size_t k = ground.met.begin[i]; k < ground.met.begin[i + 1]; ++k) ways += row[ground.met.columns[k]];
    const double degree = ground.trial.degree[i];
    closed[i] = static_cast<float>((ways + 1) / (degree * (degree - 1) + 2));
  });
  return closed;
}

/// e to the entropy of the shares of fields (Hill 1973): in how many fields the concept is at home.
std::vector<float> breadth(const Ground& ground) {
  std::vector<float> fields;
  const Rows parts = shares(by_field(ground.trial, ground.fading), 1e-9F);
  for (std::size_t c = 0; c < ground.n; ++c) {
    double entropy = 0;
    for (std::size_t k = parts.begin[c]; k < parts.begin[c + 1]; ++k) entropy -= parts.values[k] * std::log(parts.values[k] + 1e-12);
    fields.push_back(static_cast<float>(std::exp(entropy)));
  }
  return fields;
}

/// How many other concepts works of the last ten years or so hold beside it, in the mean.
std::vector<float> neighbours_in_work(const Ground& ground) {
  std::vector<float> others = ground.by_concept([&](const Split::Work& work, std::size_t w) { return static_cast<double>(work.concepts.size() - 1) * ground.fading[w]; });
  const std::vector<float> works = ground.by_concept([&](const Split::Work&, std::size_t w) { return ground.fading[w]; });
  for (std::size_t c = 0; c < ground.n; ++c) others[c] /= std::max(works[c], 1e-6F);
  return others;
}

std::vector<float> logarithms(std::vector<float> values) {
  for (float& value : values) value = std::log(value + 0.1F);
  return values;
}

class Activity {
 public:
  Activity(const Ground& ground, const TakeFigure& take) : pairs_(ground.pairs), take_(take) {}

  /// Preferential attachment (Barabási and Albert 1999).
  void product(std::string_view name, std::vector<float> values, float more) const {
    for (float& value : values) value += more;
    take_(name, of_pairs(pairs_, [&](std::size_t i, std::size_t j) { return std::log(values[i] * values[j] + 0.1F); }));
  }
  void both(std::string_view smaller, std::string_view larger, const std::vector<float>& values) const {
    take_(smaller, of_pairs(pairs_, [&](std::size_t i, std::size_t j) { return std::min(values[i], values[j]); }));
    take_(larger, of_pairs(pairs_, [&](std::size_t i, std::size_t j) { return std::max(values[i], values[j]); }));
  }

 private:
  const PairList& pairs_;
  const TakeFigure& take_;
};

}  // namespace

void activity_figures(const Ground& ground, const TakeFigure& take) {
  const Activity activity(ground, take);
  activity.product("works of five years", ground.by_concept([&](const Split::Work&, std::size_t w) { return ground.age[w] < 5 ? 1 : 0; }), 0.5F);
  activity.product("works of late", ground.by_concept([&](const Split::Work&, std::size_t w) { return ground.recent[w]; }), 0.3F);
  activity.product("meetings in works of late", ground.by_concept([&](const Split::Work& work, std::size_t w) { return static_cast<double>(work.concepts.size() - 1) * ground.recent[w]; }), 0.5F);
  activity.product("concepts newly met in two years", ground.gained, 0.5F);
  activity.both("works of the rarer", "works of the commoner", logarithms(ground.by_concept([](const Split::Work&, std::size_t) { return 1; })));
  activity.both("fewer concepts met", "more concepts met", logarithms(ground.trial.degree));
  activity.both("fewer newly met in five years", "more newly met in five years", logarithms(sums(ground.fresh)));
  activity.both("shorter works", "longer works", logarithms(neighbours_in_work(ground)));
  activity.both("fewer fields", "more fields", logarithms(breadth(ground)));
  activity.both("looser circle", "closer circle", clustering(ground));
  std::vector<float> stems;
  for (const Split::Concept& entry : ground.trial.split->concepts) stems.push_back(static_cast<float>(1 + std::ranges::count(entry.name, ' ')));
  activity.both("stems of the shorter name", "stems of the longer name", stems);
}

}  // namespace lacuna::uptake
