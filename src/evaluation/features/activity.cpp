// Features of each concept by itself: their product, the smaller and the larger one.
#include <algorithm>

#include "evaluation/features/features.hpp"

namespace lacuna::evaluation {
namespace {

/// Over the ways of two neighbours, how many are closed (Watts and Strogatz 1998), with one closed and two ways added.
std::vector<float> clustering(const FeatureContext& context) {
  std::vector<float> closed(context.n);
  each_product_row(context.met, context.ones, context.met, [&](std::size_t i, std::span<const float> row) {
    double ways = 0;
    each_entry(context.met, i, [&](std::size_t j, float) { ways += row[j]; });
    const double degree = context.candidates.degree[i];
    closed[i] = static_cast<float>((ways + 1) / (degree * (degree - 1) + 2));
  });
  return closed;
}

/// e to the entropy of the shares of fields (Hill 1973): in how many fields the concept is at home.
std::vector<float> breadth(const FeatureContext& context) {
  std::vector<float> fields;
  const SparseMatrix parts = normalised(by_field(context.candidates, context.decay), 1e-9F);
  for (std::size_t c = 0; c < context.n; ++c) {
    double entropy = 0;
    each_entry(parts, c, [&](std::size_t, float share) { entropy -= share * std::log(share + 1e-12); });
    fields.push_back(static_cast<float>(std::exp(entropy)));
  }
  return fields;
}

/// How many other concepts works of the last ten years or so hold beside it, in the mean.
std::vector<float> neighbours_in_work(const FeatureContext& context) {
  std::vector<float> others = context.by_concept(
      [&](const Split::Work& work, std::size_t w) { return static_cast<double>(work.concepts.size() - 1) * context.decay[w]; });
  const std::vector<float> works = context.by_concept([&](const Split::Work&, std::size_t w) { return context.decay[w]; });
  for (std::size_t c = 0; c < context.n; ++c) others[c] /= std::max(works[c], 1e-6F);
  return others;
}

std::vector<float> logarithms(std::vector<float> values) {
  for (float& value : values) value = std::log(value + 0.1F);
  return values;
}

class Activity {
 public:
  Activity(const FeatureContext& context, const TakeFeature& take) : pairs_(context.pairs), take_(take) {}

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
  const TakeFeature& take_;
};

}  // namespace

void activity_features(const FeatureContext& context, const TakeFeature& take) {
  const Activity activity(context, take);
  activity.product("works of five years",
                   context.by_concept([&](const Split::Work&, std::size_t w) { return context.age[w] < 5 ? 1 : 0; }), 0.5F);
  activity.product("works of late", context.by_concept([&](const Split::Work&, std::size_t w) { return context.recency[w]; }),
                   0.3F);
  activity.product("meetings in works of late", context.by_concept([&](const Split::Work& work, std::size_t w) {
    return static_cast<double>(work.concepts.size() - 1) * context.recency[w];
  }),
                   0.5F);
  activity.product("concepts newly met in two years", context.gained, 0.5F);
  activity.both("works of the rarer", "works of the commoner",
                logarithms(context.by_concept([](const Split::Work&, std::size_t) { return 1; })));
  activity.both("fewer concepts met", "more concepts met", logarithms(context.candidates.degree));
  activity.both("fewer newly met in five years", "more newly met in five years", logarithms(row_sums(context.fresh)));
  activity.both("shorter works", "longer works", logarithms(neighbours_in_work(context)));
  activity.both("fewer fields", "more fields", logarithms(breadth(context)));
  activity.both("looser circle", "closer circle", clustering(context));
  std::vector<float> stems;
  for (const Split::Concept& entry : context.candidates.split->concepts)
    stems.push_back(static_cast<float>(1 + std::ranges::count(entry.name, ' ')));
  activity.both("stems of the shorter name", "stems of the longer name", stems);
}

}  // namespace lacuna::evaluation
