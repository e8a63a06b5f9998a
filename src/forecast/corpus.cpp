#include "forecast/corpus.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "base/sorted.hpp"
#include "forecast/subject_fields.hpp"

namespace lacuna::forecast {
namespace {

constexpr std::size_t parts = 16;

/// A stretch of the records, with numbers of its own for the stems.
struct Part {
  Stems stems;
  std::vector<Stem> words;
  std::vector<std::array<std::uint32_t, 2>> lengths;  ///< Of title and abstract, by record.
};

/// The position of each name in the list of all, which it makes.
std::vector<std::uint32_t> numbered(const std::vector<std::string>& names, std::vector<std::string>& all) {
  all = names;
  sort_unique(all);
  std::erase(all, std::string());
  std::vector<std::uint32_t> numbers;
  numbers.reserve(names.size());
  for (const std::string& name : names)
    numbers.push_back(name.empty() ? no_committee
                                   : static_cast<std::uint32_t>(std::ranges::lower_bound(all, name) - all.begin()));
  return numbers;
}

}  // namespace

Corpus read_corpus(std::span<const CatalogueText> records) {
  Corpus corpus;
  corpus.records = records;
  corpus.facts.resize(records.size());
  std::vector<Part> read(parts);
  const auto first_of = [&](std::size_t part) { return records.size() * part / parts; };
  on_all_cores(parts, [&] {
    return [&](std::size_t p) {
      Part& part = read[p];
      for (std::size_t r = first_of(p); r < first_of(p + 1); ++r) {
        corpus.facts[r] = facts_of(records[r]);
        const std::size_t begin = part.words.size();
        read_text(records[r].title, part.stems, part.words);
        const std::size_t middle = part.words.size();
        read_text(subject_of(records[r].abstract), part.stems, part.words);
        part.lengths.push_back(
            {static_cast<std::uint32_t>(middle - begin), static_cast<std::uint32_t>(part.words.size() - middle)});
      }
    };
  });
  std::size_t words = 0;
  for (const Part& part : read) words += part.words.size();
  corpus.words.reserve(words);
  corpus.places.reserve(records.size());
  for (Part& part : read) {
    const std::vector<Stem> numbers = corpus.stems.take(part.stems);
    auto at = static_cast<std::uint32_t>(corpus.words.size());
    for (const Stem s : part.words) corpus.words.push_back(numbers[s]);
    for (const auto [title, abstract] : part.lengths) {
      corpus.places.push_back({at, at + title, at + title + abstract});
      at += title + abstract;
    }
    part = {};
  }
  corpus.works = works_of(records, corpus.facts);
  const Fields fields;
  std::vector<std::string> names;
  for (const Work& work : corpus.works) names.push_back(fields.of(records[work.record], work.base));
  for (const std::uint32_t f : numbered(names, corpus.fields)) corpus.field.push_back(static_cast<std::uint16_t>(f));
  names.clear();
  for (const Work& work : corpus.works) names.emplace_back(family_of(work.base));
  corpus.family = numbered(names, corpus.families);
  names.clear();
  for (const CatalogueText& record : records) names.push_back(record.group);
  corpus.committee = numbered(names, corpus.committees);
  return corpus;
}

}  // namespace lacuna::forecast
