#include "uptake/linear/ground.hpp"

#include <limits>

#include "uptake/fields.hpp"

namespace lacuna::uptake {
namespace {

constexpr double decade = 10;    ///< Years in which a work comes to count 1/e.
constexpr double term = 4;       ///< The same, for what goes on now.
constexpr float slow = 8;        ///< The same, for meetings.

struct Meetings {
  std::vector<std::int32_t> first;  ///< n × n: day of the earliest work that holds both.
  std::vector<float> weight;        ///< n × n: sum of `fading`.
};

Meetings meetings_of(const Split& split, std::span<const float> fading) {
  const std::size_t n = split.concepts.size();
  Meetings meetings{std::vector<std::int32_t>(n * n, std::numeric_limits<std::int32_t>::max()), std::vector<float>(n * n)};
  for (std::size_t w = 0; w < split.before.size(); ++w) {
    for (const std::uint32_t a : split.before[w].concepts) {
      for (const std::uint32_t b : split.before[w].concepts) {
        if (a == b) continue;
        meetings.first[a * n + b] = std::min(meetings.first[a * n + b], split.before[w].day);
        meetings.weight[a * n + b] += fading[w];
      }
    }
  }
  return meetings;
}

}  // namespace

Ground::Ground(const Trial& of, PairList list)
    : trial(of), pairs(list), n(of.n), met(uptake::met(of)), faded(uptake::faded(of, slow)), one(n, 1.0F), adamic_adar(uptake::adamic_adar(of)) {
  const Split& split = *trial.split;
  const std::vector<bool> idle = without_firsts(split);
  for (const Split::Work& work : split.before) {
    const double years = (split.from - work.day) / days_of_year;
    age.push_back(static_cast<float>(years));
    fading.push_back(static_cast<float>(std::exp(-years / decade)));
    recent.push_back(idle[work.field] ? 0.0F : static_cast<float>(std::exp(-years / term)));
  }
  const Meetings meetings = meetings_of(split, fading);
  const auto met_within = [&](std::size_t cell, double years) {
    return meetings.first[cell] != std::numeric_limits<std::int32_t>::max() && meetings.first[cell] > split.from - years * days_of_year;
  };
  fresh = rows_of(n, [&](std::size_t i, std::size_t j) { return met_within(i * n + j, 5) ? 1.0F : 0.0F; });
  together = rows_of(n, [&](std::size_t i, std::size_t j) { return meetings.weight[i * n + j]; });
  gained = sums(rows_of(n, [&](std::size_t i, std::size_t j) { return met_within(i * n + j, 2) ? 1.0F : 0.0F; }));
}

std::vector<float> product_figure(const PairList& pairs, const Rows& left, std::span<const float> weights, const Rows& right, float least) {
  return of_product(pairs, left, weights, right, [least](float cell, std::size_t, std::size_t) { return logarithm(cell, least); });
}

Rows by_field(const Trial& trial, std::span<const float> weights) {
  const std::size_t fields = trial.split->fields.size();
  std::vector<double> cells(trial.n * fields);
  for (std::size_t w = 0; w < weights.size(); ++w) {
    const Split::Work& work = trial.split->before[w];
    for (const std::uint32_t c : work.concepts) cells[c * fields + work.field] += weights[w];
  }
  Rows rows;
  for (std::size_t c = 0; c < trial.n; ++c) {
    for (std::uint32_t f = 0; f < fields; ++f) {
      if (cells[c * fields + f] == 0) continue;
      rows.columns.push_back(f);
      rows.values.push_back(static_cast<float>(cells[c * fields + f]));
    }
    rows.begin.push_back(rows.columns.size());
  }
  return rows;
}

}  // namespace lacuna::uptake
