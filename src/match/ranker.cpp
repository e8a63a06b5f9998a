#include "match/ranker.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "match/rank_index.hpp"
#include "match/rank_kin.hpp"
#include "match/rank_lessons.hpp"
#include "match/ranker_state.hpp"

namespace lacuna {

Ranker::State::State(std::vector<RankCandidate> candidates_given, std::vector<RankLink> links_given)
    : candidates(std::move(candidates_given)), links(std::move(links_given)), index(candidates, links) {}

const Lesson& Ranker::State::lesson(const RankQuery& query) {
  std::vector<std::string> sources = query.exclude_source;
  sort_unique(sources);
  std::erase_if(sources,
                [&](const std::string& source) { return std::ranges::find(links, source, &RankLink::source) == links.end(); });
  const std::lock_guard lock(mutex);
  auto& entry = lessons[sources];
  if (!entry) {
    std::vector<std::uint8_t> known(links.size(), 1);
    for (std::size_t l = 0; l < links.size(); ++l) known[l] = std::ranges::binary_search(sources, links[l].source) ? 0 : 1;
    entry = std::make_unique<Lesson>(learn(index, candidates, links, std::move(known)));
  }
  return *entry;
}

const Learned* Ranker::State::model(const RankQuery& query, const Lesson& lesson) {
  if (!lesson.learned) return nullptr;
  unsigned folds = 0;
  for (const std::uint32_t l : hidden(query)) {
    if (lesson.view.known[l] != 0) folds |= 1U << group_fold(links[l]);
  }
  if (folds == 0) return lesson.learned.get();
  const std::lock_guard lock(mutex);
  auto& entry = models[{&lesson, folds}];
  if (!entry) {
    std::vector<std::uint8_t> known = lesson.view.known;
    for (std::size_t l = 0; l < links.size(); ++l) {
      if ((folds >> group_fold(links[l]) & 1U) != 0) known[l] = 0;
    }
    entry = std::make_unique<Learned>(candidates, index, known);
  }
  return entry.get();
}

const Kin& Ranker::State::kin() {
  const std::lock_guard lock(mutex);
  if (!kin_) kin_ = std::make_unique<Kin>(index, candidates);
  return *kin_;
}

RankReading Ranker::State::read(const RankQuery& query) {
  const std::lock_guard lock(mutex);
  return index.read(query.text, query.title, query.context);
}

std::vector<std::uint8_t> Ranker::State::allowed(const RankQuery& query) const {
  std::vector<std::uint8_t> result(candidates.size(), 1);
  const std::uint32_t self = index.candidate(query.id);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const bool group =
        !candidates[c].group.empty() && std::ranges::find(query.exclude_group, candidates[c].group) != query.exclude_group.end();
    if (group || c == self) result[c] = 0;
  }
  for (const std::string& id : query.exclude_candidates) {
    if (const std::uint32_t c = index.candidate(id); c < candidates.size()) result[c] = 0;
  }
  return result;
}

std::vector<std::uint32_t> Ranker::State::hidden(const RankQuery& query) const {
  std::vector<std::uint32_t> list;
  if (query.exclude_link.empty() && query.exclude_group.empty()) return list;
  for (std::uint32_t l = 0; l < links.size(); ++l) {
    const bool named = std::ranges::find(query.exclude_link, links[l].id) != query.exclude_link.end();
    const bool group =
        !links[l].group.empty() && std::ranges::find(query.exclude_group, links[l].group) != query.exclude_group.end();
    if (named || group) list.push_back(l);
  }
  return list;
}

std::vector<Ranked> Ranker::State::rank(const RankQuery& query, const RankReading& reading, const Lesson& lesson,
                                        const Learned* model, const Kin* kin, std::size_t most) const {
  std::vector<std::uint8_t> may = allowed(query);
  const std::uint32_t self = index.candidate(query.id);
  const auto taken_away = hidden(query);
  const Likeness likeness = index.hold(reading);
  std::vector<std::uint8_t> counted = may;
  if (self < candidates.size()) {
    // Namesakes of the query are other things; they must not outshine what it is about.
    for (std::size_t c = 0; c < candidates.size(); ++c)
      counted[c] = counted[c] != 0 && candidates[c].text != candidates[self].text ? 1 : 0;
  }
  std::vector<SignalRow> rows = signals_of(index, taken_away.empty() ? lesson.view : view_without(index, lesson.view, taken_away),
                                           reading, likeness, counted);
  if (model != nullptr) model->add(reading.marks, counted, rows);
  if (kin != nullptr && self < candidates.size()) {
    kin->add(self, counted, rows);
    if (!lesson.teaching.learned) return answer(rows, may, kin_weights, kin_calibration, candidates, most);
  }
  return answer(rows, may, lesson.teaching.weights, lesson.calibration, candidates, most);
}

Ranker::Ranker(std::vector<RankCandidate> candidates, std::vector<RankLink> links)
    : state_(std::make_unique<State>(std::move(candidates), std::move(links))) {}
Ranker::Ranker(Ranker&&) noexcept = default;
Ranker::~Ranker() = default;

std::span<const RankCandidate> Ranker::candidates() const { return state_->candidates; }
std::span<const RankLink> Ranker::links() const { return state_->links; }
const Teaching& Ranker::teaching(const RankQuery& query) const { return state_->lesson(query).teaching; }

std::vector<std::vector<Ranked>> Ranker::rank(std::span<const RankQuery> queries, std::size_t most) const {
  State& state = *state_;
  std::vector<std::vector<Ranked>> answers(queries.size());
  if (state.candidates.empty()) return answers;
  std::vector<RankReading> readings;
  std::vector<const Lesson*> lessons;
  std::vector<const Learned*> models;
  const Kin* kin = nullptr;
  for (const RankQuery& query : queries) {
    readings.push_back(state.read(query));
    lessons.push_back(&state.lesson(query));
    models.push_back(state.model(query, *lessons.back()));
    if (kin == nullptr && state.index.candidate(query.id) < state.candidates.size()) kin = &state.kin();
  }
  on_all_cores(queries.size(), [&] {
    return [&](std::size_t i) { answers[i] = state.rank(queries[i], readings[i], *lessons[i], models[i], kin, most); };
  });
  return answers;
}

std::vector<RankTrial> Ranker::cross_validate() const {
  constexpr std::size_t shown = 20;
  const State& state = *state_;
  std::vector<RankTrial> trials(state.links.size());
  const std::vector<std::uint8_t> all(state.links.size(), 1);
  const std::vector<std::uint8_t> everything(state.candidates.size(), 1);
  for (const auto& part : divided(state.links, all, 0).parts) {
    std::vector<std::uint8_t> known = all;
    for (const std::uint32_t l : part) known[l] = 0;
    const Lesson lesson = learn(state.index, state.candidates, state.links, std::move(known));
    on_all_cores(part.size(), [&] {
      return [&](std::size_t i) {
        RankTrial& trial = trials[part[i]];
        trial.link = part[i];
        trial.ranked = answer(signals_of_link(state.index, lesson, part[i], everything), everything, lesson.teaching.weights,
                              lesson.calibration, state.candidates, 0);
        std::size_t kept = std::min(shown, trial.ranked.size());
        for (std::size_t r = kept; r < trial.ranked.size(); ++r) {
          if (std::ranges::binary_search(state.index.targets(part[i]), trial.ranked[r].candidate))
            trial.ranked[kept++] = trial.ranked[r];
        }
        trial.ranked.resize(kept);
        trial.ranked.shrink_to_fit();  // all candidates of all links would be much
      };
    });
  }
  return trials;
}

}  // namespace lacuna
