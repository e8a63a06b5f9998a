#include "evaluation/linear_ranker.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>

#include "evaluation/features/features.hpp"
#include "evaluation/inner_split.hpp"
#include "match/logistic_regression.hpp"

namespace lacuna::evaluation {
namespace {

constexpr std::size_t negatives = 25;  ///< For each positive.
constexpr double ridge = 300;
constexpr double widest = 5;  ///< Standard deviations.

bool taken_up(const Trial& trial, std::uint32_t pair) { return (trial.labels[pair] & bit(Outcome::any)) != 0; }

/// Some pairs of a trial, ascending, as a list.
struct Choice {
  std::vector<std::uint32_t> pairs;
  std::vector<std::uint32_t> begin;
  std::vector<std::uint16_t> second;

  Choice(const Trial& trial, std::vector<std::uint32_t> chosen) : pairs(std::move(chosen)) {
    for (const std::uint32_t end : trial.begin)
      begin.push_back(static_cast<std::uint32_t>(std::ranges::lower_bound(pairs, end) - pairs.begin()));
    for (const std::uint32_t p : pairs) second.push_back(trial.second[p]);
  }
  [[nodiscard]] PairList list() const { return {begin, second}; }
};

/// All pairs that were taken up, and `negatives` times as many others.
Choice examples(const Trial& trial) {
  std::vector<std::uint32_t> chosen;
  for (std::uint32_t p = 0; p < trial.pairs(); ++p) {
    if (taken_up(trial, p)) chosen.push_back(p);
  }
  std::vector<bool> there(trial.pairs());
  std::mt19937_64 random(1);
  for (std::size_t left = std::min(negatives * chosen.size(), trial.pairs() - chosen.size()); left > 0;) {
    const auto p = static_cast<std::uint32_t>(random() % trial.pairs());
    if (there[p] || taken_up(trial, p)) continue;
    there[p] = true;
    chosen.push_back(p);
    --left;
  }
  std::ranges::sort(chosen);
  return {trial, std::move(chosen)};
}

/// Features of examples by feature, so that they can be put on one scale.
struct Columns {
  std::vector<std::string_view> names;
  std::vector<std::vector<float>> values;
  std::vector<std::uint8_t> labels;
};

void add_examples(const Trial& trial, Columns& columns) {
  const Choice choice = examples(trial);
  if (choice.pairs.empty()) return;
  for (const std::uint32_t p : choice.pairs) columns.labels.push_back(taken_up(trial, p) ? 1 : 0);
  std::size_t next = 0;
  each_feature(trial, choice.list(), [&](std::string_view name, const std::vector<float>& values) {
    if (next == columns.names.size()) {
      columns.names.push_back(name);
      columns.values.emplace_back();
    }
    auto& all = columns.values[next++];
    all.insert(all.end(), values.begin(), values.end());
  });
}

void add_inner_examples(const Split& split, std::int32_t from, std::int32_t to, Columns& columns) {
  const Split inner = inner_split(split, from, to);
  add_examples(make_trial(inner), columns);
}

double scaled(const LinearTerm& term, float value) { return std::clamp((value - term.mean) / term.deviation, -widest, widest); }

/// Mean and deviation of each column, and the rows on that scale. Takes the columns apart.
TrainingSet standardised(Columns& columns, std::vector<LinearTerm>& terms) {
  TrainingSet set;
  set.labels = std::move(columns.labels);
  const auto rows = static_cast<double>(set.labels.size());
  set.features = columns.names.size();
  set.values.resize(set.labels.size() * set.features);
  for (std::size_t f = 0; f < set.features; ++f) {
    const std::vector<float> values = std::move(columns.values[f]);
    LinearTerm term{columns.names[f]};
    for (const float value : values) term.mean += value / rows;
    double square = 0;
    for (const float value : values) square += (value - term.mean) * (value - term.mean) / rows;
    term.deviation = std::sqrt(square) + 1e-9;
    for (std::size_t r = 0; r < values.size(); ++r)
      set.values[r * set.features + f] = static_cast<float>(scaled(term, values[r]));
    terms.push_back(term);
  }
  return set;
}

}  // namespace

LinearModel learn_linear(const Candidates& candidates, const Trial* earlier) {
  Columns columns;
  const Split& split = *candidates.split;
  if (earlier != nullptr) {
    add_examples(*earlier, columns);
    const std::int32_t day = earlier->split->from;
    add_inner_examples(*earlier->split, day - (split.from - day), day, columns);
  } else {
    for (const double years : {5.0, 8.0}) {
      const std::int32_t day = split.from - static_cast<std::int32_t>(years * days_of_year);
      add_inner_examples(split, day, day + static_cast<std::int32_t>(5 * days_of_year), columns);
    }
  }
  LinearModel model;
  if (std::ranges::count(columns.labels, 0) == 0 || std::ranges::count(columns.labels, 1) == 0) return model;
  const LogisticModel fitted = fit_logistic(standardised(columns, model.terms), ridge);
  for (std::size_t k = 0; k < model.terms.size(); ++k) model.terms[k].weight = fitted.weights[k];
  model.constant = fitted.intercept;
  return model;
}

std::vector<float> linear_scores(const LinearModel& model, const Candidates& candidates) {
  std::vector<float> scores(candidates.pairs(), static_cast<float>(model.constant));
  if (model.terms.empty()) return scores;
  std::size_t next = 0;
  each_feature(candidates, {candidates.begin, candidates.second}, [&](std::string_view, const std::vector<float>& values) {
    const LinearTerm& term = model.terms[next++];
    for (std::size_t p = 0; p < values.size(); ++p) scores[p] += static_cast<float>(term.weight * scaled(term, values[p]));
  });
  return scores;
}

std::vector<float> linear_ranking(const Candidates& candidates, const Trial* earlier) {
  return linear_scores(learn_linear(candidates, earlier), candidates);
}

}  // namespace lacuna::evaluation
