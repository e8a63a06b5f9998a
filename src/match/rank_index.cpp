#include "match/rank_index.hpp"

#include <algorithm>
#include <cmath>

#include "base/sorted.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

// What parts of a candidate count in its words, beside its name.
constexpr double parent_counts = 0.5, grandparent_counts = 0.25, tag_counts = 0.3, related_counts = 0.15, context_counts = 0.5;
constexpr double query_context_counts = 0.4;
constexpr double k1 = 0.6, b = 0.75;        // BM25
constexpr double rarity_among_links = 0.7;  // its exponent; the rest is rarity among candidates

void to_length_one(Features& features) {
  double sum = 0;
  for (const Feature& f : features) sum += static_cast<double>(f.weight) * f.weight;
  if (sum <= 0) return;
  const auto scale = static_cast<float>(1 / std::sqrt(sum));
  for (Feature& f : features) f.weight *= scale;
}

/// How many rows have each feature.
std::vector<double> counts_in(const std::vector<Features>& rows, std::size_t features) {
  std::vector<double> counts(features, 0.0);
  for (const Features& row : rows) {
    for (const Feature& f : row) ++counts[f.id];
  }
  return counts;
}

double rarity_of(double with, double all) {
  return std::max(std::log(1 + (all - with + 0.5) / (with + 0.5)) / std::log(1 + all), 1e-6);
}

}  // namespace

double weigh_bm25(std::vector<Features>& rows, const std::vector<double>& rarities, double mean) {
  std::vector<double> lengths;
  double all = 0;
  for (const Features& row : rows) {
    double length = 0;
    for (const Feature& f : row) length += f.weight;
    lengths.push_back(length);
    all += length;
  }
  if (mean <= 0) mean = std::max(all / std::max(1.0, static_cast<double>(rows.size())), 1e-9);
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (Feature& f : rows[r])
      f.weight = static_cast<float>(rarities[f.id] * f.weight * (k1 + 1) / (f.weight + k1 * (1 - b + b * lengths[r] / mean)));
  }
  return mean;
}

Postings::Postings(const std::vector<Features>& rows, std::size_t features) : starts_(features + 1, 0) {
  for (const Features& row : rows) {
    for (const Feature& f : row) ++starts_[f.id + 1];
  }
  for (std::size_t i = 0; i < features; ++i) starts_[i + 1] += starts_[i];
  rows_.resize(starts_[features]);
  std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
  for (std::uint32_t r = 0; r < rows.size(); ++r) {
    for (const Feature& f : rows[r]) rows_[next[f.id]++] = {r, f.weight};
  }
}

void Postings::add(const Features& features, std::vector<float>& sums) const {
  for (const Feature& f : features) {
    if (f.id + 1 >= starts_.size()) continue;
    for (std::uint32_t i = starts_[f.id]; i < starts_[f.id + 1]; ++i) sums[rows_[i].id] += f.weight * rows_[i].weight;
  }
}

RankIndex::RankIndex(std::span<const RankCandidate> candidates, std::span<const RankLink> links) {
  std::unordered_map<std::string_view, std::vector<const RankCandidate*>> by_text;
  for (std::uint32_t c = 0; c < candidates.size(); ++c) {
    by_id_.emplace(candidates[c].id, c);
    by_text[candidates[c].text].push_back(&candidates[c]);
  }
  std::vector<Features> own;
  std::vector<Features> names;
  std::vector<Features> name_characters;
  for (const RankCandidate& c : candidates) {
    Parts parts{{c.text, 1.0}};
    for (const std::string& parent : c.parents) {
      parts.emplace_back(parent, parent_counts);
      const auto same = by_text.find(parent);
      if (same == by_text.end()) continue;
      for (const RankCandidate* above : same->second) {
        for (const std::string& grandparent : above->parents) parts.emplace_back(grandparent, grandparent_counts);
      }
    }
    const std::string tags = join(c.tags, " \n ");
    const std::string related = join(c.related, " \n ");
    parts.emplace_back(tags, tag_counts);
    parts.emplace_back(related, related_counts);
    parts.emplace_back(c.context, context_counts);
    own.push_back(text_.read(parts));
    names.push_back(text_.read({{c.text, 1.0}}));
    name_characters.push_back(characters_.read({{c.text, 1.0}}, true));
  }
  std::vector<Features> others;
  for (const RankLink& link : links) others.push_back(text_.read(query_parts(link.text, {}, link.context, query_context_counts)));
  find_rarities(own, others);

  for (const Features& row : own) said_.push_back(directed(row));
  own_ = own;
  weigh_bm25(own, rarities_, 0);
  words_in_ = Postings(own, features());

  const std::vector<double> with_characters = counts_in(name_characters, characters_.size());
  for (const double with : with_characters)
    character_rarities_.push_back(std::log((1 + static_cast<double>(candidates.size())) / (1 + with)));
  for (Features& row : name_characters) {
    for (Feature& f : row) f.weight *= static_cast<float>(character_rarities_[f.id]);
    to_length_one(row);
  }
  characters_in_ = Postings(name_characters, characters_.size());

  for (const RankCandidate& c : candidates) name_marks_.push_back(text_.marks(c.text, {}));
  for (const Features& row : names) names_.push_back(directed(row));
  named_in_ = Postings(names_, features());
  std::vector<Features> directions;
  links_to_.resize(candidates.size());
  for (std::uint32_t l = 0; l < links.size(); ++l) {
    directions.push_back(directed(others[l]));
    links_.push_back({std::move(others[l]), directions.back(), {}, text_.marks(links[l].text, links[l].context)});
    const auto positions = [&](const std::vector<std::string>& ids) {
      std::vector<std::uint32_t> list;
      for (const std::string& id : ids) {
        if (const std::uint32_t c = candidate(id); c < candidates.size()) list.push_back(c);
      }
      sort_unique(list);
      return list;
    };
    targets_.push_back(positions(links[l].targets));
    refused_.push_back(positions(links[l].refused));
    for (const std::uint32_t c : targets_.back()) links_to_[c].push_back(l);
    const auto [leading, rest] = title_and_rest(links[l].text);
    Features characters = characters_.read({{leading, 1.5}, {rest, 1.0}}, false);
    for (Feature& f : characters) f.weight *= static_cast<float>(character_rarities_[f.id]);
    to_length_one(characters);
    links_.back().characters = std::move(characters);
  }
  linked_in_ = Postings(directions, features());
}

void RankIndex::find_rarities(const std::vector<Features>& own, const std::vector<Features>& others) {
  const std::size_t features = text_.size();
  const std::vector<double> in_own = counts_in(own, features);
  const std::vector<double> in_others = counts_in(others, features);
  const auto n = static_cast<double>(own.size());
  const auto m = static_cast<double>(others.size());
  const double mix = others.empty() ? 0 : rarity_among_links;
  rarities_.resize(features);
  for (std::uint32_t f = 0; f < features; ++f) {
    rarities_[f] = std::pow(rarity_of(in_own[f], n), 1 - mix) * std::pow(others.empty() ? 1 : rarity_of(in_others[f], m), mix) *
                   text_.worth(f);
  }
  rarest_ = 1;
}

Features RankIndex::directed(const Features& counts) const {
  Features result = counts;
  for (Feature& f : result) f.weight *= static_cast<float>(rarity(f.id));
  to_length_one(result);
  return result;
}

std::uint32_t RankIndex::candidate(const std::string& id) const {
  const auto known = by_id_.find(id);
  return known == by_id_.end() ? static_cast<std::uint32_t>(by_id_.size()) : known->second;
}

RankReading RankIndex::read(std::string_view text, std::string_view title, std::string_view context) {
  RankReading reading;
  reading.counts = text_.read(query_parts(text, title, context, query_context_counts));
  reading.direction = directed(reading.counts);
  reading.marks = text_.marks(title.empty() ? text : std::string(title) + " - " + std::string(text), context);
  const auto [leading, rest] = title_and_rest(text);
  reading.characters = characters_.read({{leading, 1.5}, {rest, 1.0}, {title, 1.0}}, false);
  for (Feature& f : reading.characters) f.weight *= static_cast<float>(character_rarities_[f.id]);
  to_length_one(reading.characters);
  return reading;
}

Likeness RankIndex::hold(const RankReading& reading) const {
  Likeness result;
  result.words.assign(candidates(), 0.0F);
  result.name.assign(candidates(), 0.0F);
  result.named.assign(candidates(), 0.0F);
  result.linked.assign(links(), 0.0F);
  words_in_.add(reading.counts, result.words);
  characters_in_.add(reading.characters, result.name);
  named_in_.add(reading.direction, result.named);
  linked_in_.add(reading.direction, result.linked);
  return result;
}

}  // namespace lacuna
