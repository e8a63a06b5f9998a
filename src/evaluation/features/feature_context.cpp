#include "evaluation/features/feature_context.hpp"

#include <limits>

#include "forecast/adamic_adar.hpp"

namespace lacuna::evaluation {
namespace {

constexpr double decade = 10;  ///< Years in which a work comes to count 1/e.
constexpr double term = 4;     ///< The same, for what goes on now.

struct Meetings {
  std::vector<std::int32_t> first;  ///< n × n: day of the earliest work that holds both.
  std::vector<float> weight;        ///< n × n: sum of `decay`.
};

Meetings meetings_of(const Split& split, std::span<const float> decay) {
  const std::size_t n = split.concepts.size();
  Meetings meetings{std::vector<std::int32_t>(n * n, std::numeric_limits<std::int32_t>::max()), std::vector<float>(n * n)};
  for (std::size_t w = 0; w < split.before.size(); ++w) {
    for (const std::uint32_t a : split.before[w].concepts) {
      for (const std::uint32_t b : split.before[w].concepts) {
        if (a == b) continue;
        meetings.first[a * n + b] = std::min(meetings.first[a * n + b], split.before[w].day);
        meetings.weight[a * n + b] += decay[w];
      }
    }
  }
  return meetings;
}

}  // namespace

FeatureContext::FeatureContext(const Candidates& of, PairList list)
    : candidates(of),
      pairs(list),
      n(of.n),
      met(adjacency(of)),
      decayed(decayed_adjacency(of, decay_years)),
      ones(n, 1.0F),
      adamic_adar(adamic_adar_weights(of)) {
  const Split& split = *candidates.split;
  const std::vector<bool> idle = without_firsts(split);
  for (const Split::Work& work : split.before) {
    const double years = (split.from - work.day) / days_of_year;
    age.push_back(static_cast<float>(years));
    decay.push_back(static_cast<float>(std::exp(-years / decade)));
    recency.push_back(idle[work.field] ? 0.0F : static_cast<float>(std::exp(-years / term)));
  }
  const Meetings meetings = meetings_of(split, decay);
  const auto met_within = [&](std::size_t cell, double years) {
    return meetings.first[cell] != std::numeric_limits<std::int32_t>::max() &&
           meetings.first[cell] > split.from - years * days_of_year;
  };
  fresh = sparse_of(n, n, [&](std::size_t i, std::size_t j) { return met_within(i * n + j, 5) ? 1.0F : 0.0F; });
  together = sparse_of(n, n, [&](std::size_t i, std::size_t j) { return meetings.weight[i * n + j]; });
  gained = row_sums(sparse_of(n, n, [&](std::size_t i, std::size_t j) { return met_within(i * n + j, 2) ? 1.0F : 0.0F; }));
}

std::vector<float> product_feature(const PairList& pairs, const SparseMatrix& left, std::span<const float> weights,
                                   const SparseMatrix& right, float least) {
  return of_product(pairs, left, weights, right,
                    [least](float cell, std::size_t, std::size_t) { return logarithm(cell, least); });
}

SparseMatrix by_field(const Candidates& candidates, std::span<const float> weights) {
  const std::size_t fields = candidates.split->fields.size();
  std::vector<double> cells(candidates.n * fields);
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const Split::Work& work = candidates.split->before[w];
    for (const std::uint32_t c : work.concepts) cells[c * fields + work.field] += weights[w];
  }
  return sparse_of(candidates.n, fields, [&](std::size_t c, std::size_t f) { return static_cast<float>(cells[c * fields + f]); });
}

}  // namespace lacuna::evaluation
