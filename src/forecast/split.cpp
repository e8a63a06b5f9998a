#include "forecast/split.hpp"

#include <algorithm>

#include "base/sorted.hpp"
#include "forecast/subject_fields.hpp"

namespace lacuna::forecast {
namespace {

/// Concepts in which field, and how many works.
void describe(Split& split, const std::vector<std::vector<std::uint32_t>>& by_work, const std::vector<std::uint32_t>& fields) {
  std::vector<std::vector<std::uint32_t>> counts(split.concepts.size(), std::vector<std::uint32_t>(split.fields.size()));
  for (std::size_t w = 0; w < by_work.size(); ++w) {
    for (const std::uint32_t c : by_work[w]) ++counts[c][fields[w]];
  }
  for (std::size_t c = 0; c < split.concepts.size(); ++c) {
    Split::Concept& entry = split.concepts[c];
    entry.works = 0;
    for (std::uint32_t f = 0; f < split.fields.size(); ++f) {
      entry.works += counts[c][f];
      if (counts[c][f] > counts[c][entry.field]) entry.field = f;
    }
  }
}

}  // namespace

std::vector<bool> without_firsts(const Split& split) {
  std::vector<bool> without;
  for (const std::string& field : split.fields) without.push_back(field == field_3gpp);
  return without;
}

Split split_of(const Corpus& corpus, const Vocabulary& vocabulary, Day from, Day to) {
  Split split;
  split.from = count_of(from);
  split.to = count_of(to);
  split.fields = corpus.fields;
  split.committees = corpus.committees;
  for (const Label& label : vocabulary.labels) split.concepts.push_back({label.name, label.alias, label.works, 0, label.shown});
  std::vector<std::vector<std::uint32_t>> by_work;
  std::vector<std::uint32_t> fields;
  std::vector<std::uint32_t> found;
  for (std::size_t w = 0; w < corpus.works.size(); ++w) {
    const Work& work = corpus.works[w];
    const bool earlier = work.date.hi <= split.from;
    const bool later = work.date.lo > split.from && work.date.hi <= split.to && work.firsted;
    if (!earlier && !later) continue;
    Split::Work entry;
    entry.day = earlier ? work.date.hi : work.date.lo;
    entry.field = corpus.field[w];
    entry.family = corpus.family[w];
    entry.committee = corpus.committee[work.record];
    entry.base = work.base;
    vocabulary.phrases.find(corpus.title_of(work.record), entry.concepts);
    if (later) entry.title = entry.concepts;
    vocabulary.phrases.find(corpus.abstract_of(work.record), entry.concepts);
    sort_unique(entry.concepts);
    if (later) {
      split.after.push_back(std::move(entry));
      continue;
    }
    by_work.push_back(entry.concepts);
    fields.push_back(entry.field);
    split.before.push_back(std::move(entry));
  }
  describe(split, by_work, fields);
  const auto by_day = [](const Split::Work& a, const Split::Work& b) {
    return std::pair(a.day, std::string_view(a.base)) < std::pair(b.day, std::string_view(b.base));
  };
  std::ranges::sort(split.before, by_day);
  std::ranges::sort(split.after, by_day);

  std::vector<bool> covered(split.concepts.size() * split.concepts.size());
  std::vector<bool> held(split.committees.size() * split.concepts.size());
  for (std::size_t r = 0; r < corpus.records.size(); ++r) {
    if (!corpus.facts[r].date || corpus.facts[r].date->lo > split.from) continue;
    found.clear();
    vocabulary.phrases.find(corpus.title_of(r), found);
    vocabulary.phrases.find(corpus.abstract_of(r), found);
    sort_unique(found);
    for (std::size_t x = 0; x < found.size(); ++x) {
      for (std::size_t y = x + 1; y < found.size(); ++y) covered[found[x] * split.concepts.size() + found[y]] = true;
      if (corpus.committee[r] != no_committee) held[corpus.committee[r] * split.concepts.size() + found[x]] = true;
    }
  }
  const auto pairs = [&](const std::vector<bool>& table, auto& into) {
    for (std::size_t k = 0; k < table.size(); ++k) {
      if (table[k])
        into.emplace_back(static_cast<std::uint32_t>(k / split.concepts.size()),
                          static_cast<std::uint32_t>(k % split.concepts.size()));
    }
  };
  pairs(covered, split.also);
  pairs(held, split.committee_also);
  return split;
}

const CatalogueText* Catalogues::find(const std::string& base) const {
  const auto found = std::ranges::lower_bound(corpus_.works, base, {}, &Work::base);
  return found == corpus_.works.end() || found->base != base ? nullptr : &records_[found->record];
}

}  // namespace lacuna::forecast
