#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "match/ranker_state.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_words = 8;

/// The words and phrases of a text by what they add to its dot product with `other`, as shares of the whole.
std::vector<Spoken> spoken(RankIndex& index, std::string_view text, const Features& direction, const Features& other) {
  const auto in = [](const Features& features, std::uint32_t id) {
    const auto at = std::ranges::lower_bound(features, id, {}, &Feature::id);
    return at != features.end() && at->id == id ? static_cast<double>(at->weight) : 0.0;
  };
  double all = 0;
  for (const Feature& f : direction) all += f.weight * in(other, f.id);
  std::vector<Spoken> list;
  std::vector<std::uint32_t> seen;
  for (const auto& [words, feature] : index.text().spans(text)) {
    const double weight = in(direction, feature) * in(other, feature);
    if (weight <= 0 || std::ranges::find(seen, feature) != seen.end()) continue;
    seen.push_back(feature);
    const std::string spelled = lower(words);
    const auto there = std::ranges::find(list, spelled, &Spoken::word);
    if (there == list.end()) {
      list.push_back({spelled, weight / all});
    } else {
      there->weight += weight / all;
    }
  }
  // To the millionth, so that those that say the same stand as in the text.
  std::ranges::stable_sort(list, std::greater<>(), [](const Spoken& s) { return std::llround(s.weight * 1e6); });
  if (list.size() > most_words) list.resize(most_words);
  return list;
}

}  // namespace

std::vector<double> Ranker::nearness(const RankQuery& query) const {
  State& state = *state_;
  std::vector<double> nearest(state.candidates.size(), 0.0);
  const Lesson& lesson = state.lesson(query);
  const auto hidden = state.hidden(query);
  const Likeness likeness = state.index.hold(state.read(query));
  for (std::uint32_t l = 0; l < state.links.size(); ++l) {
    if (lesson.view.known[l] == 0 || std::ranges::binary_search(hidden, l)) continue;
    for (const std::uint32_t c : state.index.targets(l))
      nearest[c] = std::max(nearest[c], std::min(1.0, static_cast<double>(likeness.linked[l])));
  }
  return nearest;
}

RankReason Ranker::why(const RankQuery& query, std::uint32_t candidate) const {
  State& state = *state_;
  RankReason reason;
  const Lesson& lesson = state.lesson(query);
  const RankReading reading = state.read(query);
  const auto hidden = state.hidden(query);
  const Likeness likeness = state.index.hold(reading);
  const std::lock_guard lock(state.mutex);
  const std::string text = query.text + " \n " + query.title + " \n " + query.context;
  std::vector<Feature> all = state.index.said()[candidate];
  for (const std::uint32_t l : state.index.links_to(candidate)) {
    if (lesson.view.known[l] == 0 || std::ranges::binary_search(hidden, l)) continue;
    const Features& features = state.index.link(l).direction;
    all.insert(all.end(), features.begin(), features.end());
    if (likeness.linked[l] > 0 && (!reason.nearest || likeness.linked[l] > likeness.linked[*reason.nearest])) reason.nearest = l;
  }
  std::ranges::stable_sort(all, {}, &Feature::id);
  Features sum;
  for (const Feature& f : all) {
    if (!sum.empty() && sum.back().id == f.id) {
      sum.back().weight += f.weight;
    } else {
      sum.push_back(f);
    }
  }
  reason.words = spoken(state.index, text, reading.direction, sum);
  if (reason.nearest) {
    reason.nearness = std::min(1.0, static_cast<double>(likeness.linked[*reason.nearest]));
    reason.nearest_words = spoken(state.index, text, reading.direction, state.index.link(*reason.nearest).direction);
  }
  return reason;
}

}  // namespace lacuna
