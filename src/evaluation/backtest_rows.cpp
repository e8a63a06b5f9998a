#include "evaluation/backtest_rows.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace lacuna::evaluation {
namespace {

constexpr double wide = 1.96;  ///< Standard errors to either side of a 95 % interval.

double low(const Estimate& estimate) { return std::max(0.0, estimate.value - wide * estimate.error); }
double high(const Estimate& estimate) { return std::min(1.0, estimate.value + wide * estimate.error); }

}  // namespace

void put(Value& row, std::string_view name, const std::optional<Estimate>& estimate) {
  row.set(name, estimate ? Value(rounded(estimate->value)) : Value());
  row.set(fmt::format("{}_low", name), estimate ? Value(rounded(low(*estimate))) : Value());
  row.set(fmt::format("{}_high", name), estimate ? Value(rounded(high(*estimate))) : Value());
}

void put_shown(Value& row, std::string_view name, const std::optional<Estimate>& estimate) {
  row.set(fmt::format("{}_shown", name),
          estimate ? fmt::format("{:.3f} ({:.3f}–{:.3f})", estimate->value, low(*estimate), high(*estimate)) : std::string());
}

void put_outcome(Value& row, const Trial& trial, const Catalogues* catalogues, std::uint32_t pair) {
  std::set<std::uint32_t> families;
  std::size_t works = 0;
  const Split::Work* first = nullptr;
  for (auto it = std::ranges::lower_bound(trial.taken, std::pair(pair, 0U)); it != trial.taken.end() && it->first == pair; ++it) {
    const Split::Work& work = trial.split->after[it->second];
    families.insert(work.family);
    ++works;
    if (first == nullptr || work.day < first->day) first = &work;
  }
  const CatalogueText* record = first != nullptr && catalogues != nullptr ? catalogues->find(first->base) : nullptr;
  row.set("works", works).set("families", families.size()).set("in_a_title", (trial.labels[pair] & bit(Outcome::title)) != 0);
  row.set("on", first != nullptr ? Value(to_string(day_of(first->day))) : Value());
  row.set("by", first == nullptr ? Value() : Value(record != nullptr ? record->identifier : first->base))
      .set("title", record != nullptr ? Value(record->title) : Value());
}

std::vector<std::uint32_t> first_pairs(std::span<const float> scores, std::size_t limit) {
  std::vector<std::uint32_t> order(scores.size());
  std::iota(order.begin(), order.end(), 0U);
  limit = std::min(limit, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(limit), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) { return std::pair(-scores[a], a) < std::pair(-scores[b], b); });
  order.resize(limit);
  return order;
}

}  // namespace lacuna::evaluation
