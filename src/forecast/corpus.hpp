// All records read once: what they are, their works, and their texts as stems.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "forecast/tokens.hpp"
#include "forecast/works.hpp"

namespace lacuna::forecast {

struct Corpus {
  std::span<const CatalogueText> records;  ///< Must outlive the corpus.
  std::vector<RecordFacts> facts;          ///< By record.
  std::vector<Work> works;                 ///< By base id.
  Stems stems;
  std::vector<Stem> words;  ///< Of all records: title, then the subject of the abstract.
  struct Place {
    std::uint32_t title = 0;  ///< Where the title begins in `words`.
    std::uint32_t abstract = 0;
    std::uint32_t end = 0;
  };
  std::vector<Place> places;             ///< By record.
  std::vector<std::string> fields;       ///< By name.
  std::vector<std::uint16_t> field;      ///< By work.
  std::vector<std::string> committees;   ///< By name.
  std::vector<std::uint32_t> committee;  ///< By record; `no_committee` where it names none.
  std::vector<std::string> families;     ///< By name.
  std::vector<std::uint32_t> family;     ///< By work.

  [[nodiscard]] std::span<const Stem> title_of(std::size_t record) const {
    return std::span(words).subspan(places[record].title, places[record].abstract - places[record].title);
  }
  [[nodiscard]] std::span<const Stem> abstract_of(std::size_t record) const {
    return std::span(words).subspan(places[record].abstract, places[record].end - places[record].abstract);
  }
};

constexpr std::uint32_t no_committee = 0xffffffffU;

/// Linear; a second for 166,000 records on two cores. The same numbers on any number of cores.
Corpus read_corpus(std::span<const CatalogueText> records);

}  // namespace lacuna::forecast
