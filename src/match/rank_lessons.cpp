#include "match/rank_lessons.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/hash.hpp"
#include "base/parallel.hpp"

namespace lacuna {
namespace {

constexpr std::size_t fewest_links = 30;  // below, weights and calibration are constants
constexpr std::size_t fewest_for_calibration = 100;
constexpr std::size_t fewest_for_learned = 500;
constexpr std::size_t many_links = 2500;  // one fold teaches enough
constexpr std::size_t most_folds = 12;
constexpr unsigned group_folds = 5;
constexpr std::size_t competing = 100;  // candidates of a trial that weights are learned on
constexpr std::size_t calibrated = 20;  // first candidates of a trial that probabilities are learned on

/// By Signal. Measured on other frameworks: good where nothing can be learned, and where the learned ones are pulled to.
constexpr Weights prior_weights{0.5, 3, 0.5, 2.3, 1.6, 0, 0, 0, 0, 0, 0, 0};
constexpr Calibration prior_calibration{0.72, -1, 0.1};

/// Folded, so that the low digits hang on all.
std::uint64_t group_hash(const RankLink& link) {
  const std::uint64_t hash = hash_of(link.group.empty() ? link.id : link.group);
  return hash ^ hash >> 32;
}

/// Sources by name with the positions of their known links.
std::map<std::string_view, std::vector<std::uint32_t>> by_source(std::span<const RankLink> links,
                                                                 const std::vector<std::uint8_t>& known) {
  std::map<std::string_view, std::vector<std::uint32_t>> sources;
  for (std::uint32_t l = 0; l < links.size(); ++l) {
    if (known[l] != 0) sources[links[l].source].push_back(l);
  }
  return sources;
}

/// A link as a trial, with the signals it had without its fold.
struct Sat {
  std::uint32_t link = 0;
  std::vector<SignalRow> rows;
};

WeighingTrial weighing_trial(const Sat& sat, const std::vector<std::uint32_t>& right, double counts, bool learned) {
  std::vector<double> scores;
  for (const SignalRow& row : sat.rows)
    scores.push_back(score_of(row, prior_weights) + (learned ? 10.0 * row[static_cast<std::size_t>(Signal::learned)] : 0));
  std::vector<std::uint32_t> order(sat.rows.size());
  std::iota(order.begin(), order.end(), 0U);
  const std::size_t kept = std::min(competing, order.size());
  std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                    [&](std::uint32_t a, std::uint32_t b) { return scores[a] != scores[b] ? scores[a] > scores[b] : a < b; });
  order.resize(kept);
  for (const std::uint32_t r : right) {
    if (std::ranges::find(order, r) == order.end()) order.push_back(r);
  }
  WeighingTrial trial;
  trial.counts = counts;
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    trial.rows.push_back(sat.rows[order[i]]);
    if (std::ranges::binary_search(right, order[i])) trial.right.push_back(i);
  }
  return trial;
}

}  // namespace

double score_of(const SignalRow& row, const Weights& weights) {
  double sum = 0;
  for (std::size_t s = 0; s < signals; ++s) sum += weights[s] * row[s];
  return sum;
}

std::vector<Ranked> answer(const std::vector<SignalRow>& rows, const std::vector<std::uint8_t>& allowed, const Weights& weights,
                           const Calibration& calibration, std::span<const RankCandidate> candidates, std::size_t most) {
  std::vector<Ranked> list;
  double highest = -1e300;
  for (std::uint32_t c = 0; c < rows.size(); ++c) {
    if (allowed[c] == 0) continue;
    list.push_back({c, score_of(rows[c], weights), 0, {}});
    highest = std::max(highest, list.back().score);
  }
  double sum = 0;
  for (const Ranked& r : list) sum += std::exp(r.score - highest);
  const auto before = [&](const Ranked& a, const Ranked& b) {
    return a.score != b.score ? a.score > b.score : candidates[a.candidate].id < candidates[b.candidate].id;
  };
  const std::size_t kept = most == 0 ? list.size() : std::min(most, list.size());
  std::partial_sort(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(kept), list.end(), before);
  list.resize(kept);
  for (Ranked& r : list) {
    r.probability = r.score > 0 ? calibration(std::exp(r.score - highest) / sum) : 0;
    for (std::size_t s = 0; s < signals; ++s) r.parts[s] = weights[s] * rows[r.candidate][s];
  }
  return list;
}

unsigned group_fold(const RankLink& link) { return static_cast<unsigned>(group_hash(link) % group_folds); }

Folds divided(std::span<const RankLink> links, const std::vector<std::uint8_t>& known, unsigned round) {
  Folds folds;
  const auto sources = by_source(links, known);
  if (sources.size() >= 3) {
    folds.left_out = "source";
    std::vector<const std::vector<std::uint32_t>*> order;
    for (const auto& [name, list] : sources) order.push_back(&list);
    std::ranges::stable_sort(order, [](const auto* a, const auto* b) { return a->size() > b->size(); });
    folds.parts.resize(std::min(most_folds, order.size()));
    for (const auto* list : order) {
      auto& smallest = *std::ranges::min_element(folds.parts, {}, [](const auto& part) { return part.size(); });
      smallest.insert(smallest.end(), list->begin(), list->end());
    }
  } else {
    folds.left_out = "group";
    folds.parts.resize(group_folds);
    for (std::uint32_t l = 0; l < links.size(); ++l) {
      if (known[l] == 0) continue;
      folds.parts[round == 0 ? group_fold(links[l]) : group_hash(links[l]) / group_folds % group_folds].push_back(l);
    }
    std::erase_if(folds.parts, [](const auto& part) { return part.empty(); });
  }
  return folds;
}

std::vector<SignalRow> signals_of_link(const RankIndex& index, const Lesson& lesson, std::uint32_t link,
                                       const std::vector<std::uint8_t>& everything) {
  std::vector<SignalRow> rows = signals_of(index, lesson.view, index.link(link), index.hold(index.link(link)), everything);
  if (lesson.learned) lesson.learned->add(index.link(link).marks, everything, rows);
  return rows;
}

Lesson learn(const RankIndex& index, std::span<const RankCandidate> candidates, std::span<const RankLink> links,
             std::vector<std::uint8_t> known) {
  Lesson lesson;
  lesson.teaching.weights = prior_weights;
  lesson.calibration = prior_calibration;
  lesson.view = view_of(index, known);
  lesson.teaching.links = lesson.view.links;
  Folds folds = divided(links, known, 1);
  if (lesson.view.links < fewest_links || folds.parts.size() < 2) return lesson;
  lesson.teaching.left_out = folds.left_out;
  if (lesson.view.links >= many_links && folds.left_out == "group") folds.parts.resize(1);

  const std::vector<std::uint8_t> everything(index.candidates(), 1);
  std::vector<Sat> sat;
  std::vector<std::size_t> first;
  for (const auto& part : folds.parts) {
    first.push_back(sat.size());
    for (const std::uint32_t l : part) sat.push_back({l, {}});
  }
  first.push_back(sat.size());
  // What each fold is ranked with, and at last the lesson's own model: trainings are long, so they go beside each other.
  const bool trains = lesson.view.links >= fewest_for_learned && folds.left_out == "group";
  std::vector<std::unique_ptr<Lesson>> without(folds.parts.size());
  on_all_cores(folds.parts.size() + 1, [&] {
    return [&](std::size_t f) {
      if (f == folds.parts.size()) {
        if (trains) lesson.learned = std::make_unique<Learned>(candidates, index, known);
        return;
      }
      std::vector<std::uint8_t> rest = known;
      for (const std::uint32_t l : folds.parts[f]) rest[l] = 0;
      without[f] = std::make_unique<Lesson>();
      if (trains) without[f]->learned = std::make_unique<Learned>(candidates, index, rest);
      without[f]->view = view_of(index, std::move(rest));
    };
  });
  for (std::size_t f = 0; f < folds.parts.size(); ++f) {
    on_all_cores(first[f + 1] - first[f], [&] {
      return [&](std::size_t i) {
        Sat& s = sat[first[f] + i];
        s.rows = signals_of_link(index, *without[f], s.link, everything);
      };
    });
    without[f].reset();
  }

  std::map<std::string_view, double> of_source;
  for (const Sat& s : sat) of_source[links[s.link].source] += index.targets(s.link).empty() ? 0 : 1;
  // Each source counts the same, however many links it has, and all together as many as there are.
  const auto counts_of = [&](std::uint32_t link) {
    if (folds.left_out != "source") return 1.0;
    return static_cast<double>(sat.size()) / static_cast<double>(of_source.size()) /
           std::max(1.0, of_source.at(links[link].source));
  };
  std::vector<WeighingTrial> trials;
  for (const Sat& s : sat) {
    if (index.targets(s.link).empty()) continue;
    trials.push_back(weighing_trial(s, index.targets(s.link), counts_of(s.link), trains));
  }
  if (trials.size() < fewest_links) return lesson;
  lesson.teaching.weights = fit_weights(
      trials, prior_weights, folds.left_out == "source" ? 0.1 : std::min(0.1, 5.0 / static_cast<double>(trials.size())));
  lesson.teaching.learned = true;

  if (sat.size() < fewest_for_calibration) return lesson;
  std::vector<CalibrationPair> pairs;
  for (const Sat& s : sat) {
    for (const Ranked& r : answer(s.rows, everything, lesson.teaching.weights, Calibration{}, candidates, calibrated)) {
      pairs.push_back(
          {r.probability, std::ranges::binary_search(index.targets(s.link), r.candidate), std::sqrt(counts_of(s.link))});
    }
  }
  lesson.calibration = fit_calibration(pairs, prior_calibration);

  return lesson;
}

}  // namespace lacuna
