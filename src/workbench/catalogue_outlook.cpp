#include "workbench/catalogue_outlook.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/shared_words.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_near = 12;
constexpr std::size_t most_looked_up = 40;  ///< Works whose newest edition came after the day.

}  // namespace

CatalogueOutlook::CatalogueOutlook(const Store& store, const Graph& graph, const Params& params)
    : store_(store), graph_(graph), params_(params) {
  outlook_.catalogues = store.catalogues();
  if (outlook_.catalogues.empty()) return;
  texts_.emplace(store, graph);
  add_works();
  outlook_.rarity = [this](const std::string& stem) { return rarity(stem); };
  outlook_.nearest = [this](const Writing& writing) { return nearest(writing); };
  // Where it counts for nothing, nobody waits for it.
  if (params.profile->rank[Component::uptake] > 0) outlook_.uptake = [this](const Writing& writing) { return prospect(writing); };
}

/// Works of the committee that the catalogues call by the group's identifier, title or alias; those whose newest edition came
/// later are left out.
void CatalogueOutlook::add_works() {
  const Node& group = graph_.node(*params_.scope);
  std::vector<std::string> names{group.id, group.title};
  names.insert(names.end(), group.aliases.begin(), group.aliases.end());
  for (const std::string& name : names) {
    std::vector<RecordRow> faces;
    try {
      SearchQuery query;
      query.groups = {name};
      faces = store_.faces(query);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::not_found) throw;
      continue;
    }
    for (const RecordRow& face : faces) {
      if (face.title.empty() || !face.facts.published || face.facts.published->last_day() > params_.as_of) continue;
      outlook_.works.push_back({face.facts.identifier.text, face.title, face.facts.begun, face.facts.published});
    }
    break;
  }
  std::ranges::stable_sort(outlook_.works,
                           [](const GroupWork& a, const GroupWork& b) { return natural_less(a.identifier, b.identifier); });
}

/// The work as it stood on the day: its newest published edition by then, in the state that it had; nothing where there was none.
std::optional<RecordRow> CatalogueOutlook::standing(const RecordRow& face) const {
  const auto by_then = [&](const std::optional<Date>& date) { return date && date->last_day() <= params_.as_of; };
  const auto as_it_was = [&](RecordRow record) {
    if (record.state > State::published && !by_then(record.since)) {
      record.state = State::published;
      record.since = record.facts.published;
    }
    return record;
  };
  if (by_then(face.facts.published)) return as_it_was(face);
  if (!face.facts.published && by_then(face.since)) return face;  // A draft.
  std::optional<RecordRow> newest;
  for (RecordRow& record : store_.beside(face)) {
    if (!record.facts.is_edition() || !by_then(record.facts.published)) continue;
    if (!newest || *record.facts.published > *newest->facts.published) newest = std::move(record);
  }
  if (newest) newest = as_it_was(*newest);
  return newest;
}

std::vector<NearDocument> CatalogueOutlook::nearest(const Writing& writing) {
  const std::lock_guard lock(one_at_a_time_);
  const auto [known, fresh] = asked_.try_emplace({writing.title, writing.text});
  if (!fresh) return known->second;
  Comparison& comparison = texts_->comparison();
  const Held proposal(comparison, *params_.profile, writing);
  std::vector<NearDocument> list;
  std::vector<std::pair<double, RecordRow>> rows;
  for (NearWork& near : texts_->nearest(writing)) {
    const auto [text, unread] = texts_read_.try_emplace(near.face.key);
    if (unread) text->second = comparison.prepare(writing_of(near.face));
    const double degree = proposal.overlap(text->second).degree;
    if (degree > 0) rows.emplace_back(degree, std::move(near.face));
  }
  std::ranges::stable_sort(rows, [](const auto& a, const auto& b) { return a.first > b.first; });
  std::size_t looked_up = 0;
  for (const auto& [degree, face] : rows) {
    if (list.size() >= most_near) break;
    if (face.facts.published && face.facts.published->last_day() > params_.as_of && ++looked_up > most_looked_up) continue;
    const auto record = standing(face);
    if (!record || record->state > State::published) continue;
    if (auto document = proposal.beside(*record)) list.push_back(std::move(*document));
  }
  std::ranges::stable_sort(list,
                           [](const NearDocument& a, const NearDocument& b) { return a.overlap.degree > b.overlap.degree; });
  known->second = list;
  return list;
}

double CatalogueOutlook::rarity(const std::string& stem) {
  const std::lock_guard lock(one_at_a_time_);
  return texts_->rarity(stem);
}

Prospect CatalogueOutlook::prospect(const Writing& writing) {
  const std::lock_guard lock(one_at_a_time_);
  if (!uptake_) {
    // What was kept when the catalogues came tells of every day from its own on.
    auto kept = store_.uptake();
    if (kept && kept->day <= params_.as_of)
      uptake_.emplace(std::move(*kept), [this](std::size_t entry) { return store_.uptake_ranks(entry); });
    else
      uptake_.emplace(forecast::uptake_table(store_.texts(), params_.as_of));
  }
  forecast::UptakeForecast::Score score = uptake_->score(writing);
  if (score.pairs.empty()) return {std::nullopt, std::move(score.why)};
  // The first hundredth of all pairs and the first thousandth differ as much as the first tenth and the first hundredth.
  constexpr double rarest = 1e-4;
  const double higher = std::max(1 - score.score, rarest);
  return {-std::log10(higher) / 4, fmt::format("{}; of all pairs still apart, {} 1 in {} rank as high", score.why,
                                               1 - score.score < rarest ? "less than" : "about",
                                               thousands(static_cast<std::size_t>(std::lround(1 / higher))))};
}

}  // namespace lacuna
