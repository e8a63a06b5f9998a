// The catalogues as they stood on a day, and what was published after it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "forecast/concepts.hpp"

namespace lacuna::forecast {

/// The catalogues as they stood on a day, and what came until another one. Days are counted from 1970-01-01.
struct Split {
  struct Concept {
    std::string name;         ///< Stems: "medium access control"; what tells concepts apart.
    std::string alias;        ///< A short form that counts as the same: "MAC".
    std::uint32_t works = 0;  ///< Published by the first day that hold it.
    std::uint32_t field = 0;  ///< Where most of these are at home: position in `fields`.
    std::string shown;        ///< The name in words, for people.
  };
  struct Work {
    std::int32_t day = 0;  ///< Last day that its date may mean for earlier works, first day for later ones.
    std::uint32_t field = 0;
    std::uint32_t family = 0;             ///< All parts of a document share one.
    std::uint32_t committee = no_one;     ///< Position in `committees`.
    std::string base;                     ///< "I:27001"; may be empty before the first day.
    std::vector<std::uint32_t> concepts;  ///< In title or abstract, ascending.
    std::vector<std::uint32_t> title;     ///< In the title; only after the first day.
  };
  static constexpr std::uint32_t no_one = 0xffffffffU;

  std::int32_t from = 0;
  std::int32_t to = 0;
  std::vector<Concept> concepts;
  std::vector<std::string> fields;
  std::vector<std::string> committees;
  std::vector<Work> before;  ///< Published by the first day.
  std::vector<Work> after;   ///< True first editions published later, by the last day.
  std::vector<std::pair<std::uint32_t, std::uint32_t>>
      also;  ///< Pairs, smaller first, ascending, that some record by the first day holds: draft, amendment, edition.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> committee_also;  ///< The same of committees and concepts.
  std::size_t outside =
      0;  ///< So many of the concepts, the first ones, are phrases of needs that are no concepts of the catalogues.
  std::vector<Work> needs;  ///< Of a map: they bring concepts together as a work of the first day does, but no pair is held by a
                            ///< record because of them. Where there are any, only pairs with a phrase of theirs are candidates.
};

/// By field of a split: none of its works is ever told to be a first edition, so none of them can be a new work.
std::vector<bool> without_firsts(const Split& split);

/// The split of a day with the concepts of that day. Linear in the texts and n² bits.
Split split_of(const Corpus& corpus, const Vocabulary& vocabulary, Day from, Day to);

/// Catalogues read for splits on any days.
class Catalogues {
 public:
  /// Linear in the texts: two seconds for 166,000 records on two cores.
  explicit Catalogues(std::vector<CatalogueText> records) : records_(std::move(records)), corpus_(read_corpus(records_)) {}
  Catalogues(Catalogues&&) = default;

  /// Nothing of what came after `from` has a part in concepts and earlier works. Linear in the texts; a second.
  [[nodiscard]] Split split(Day from, Day to) const { return split_of(corpus_, concepts_of(corpus_, count_of(from)), from, to); }
  /// The record with the text of a work's first publication, by its base id; nothing for others. Logarithmic.
  [[nodiscard]] const CatalogueText* find(const std::string& base) const;
  [[nodiscard]] const Corpus& corpus() const { return corpus_; }

 private:
  std::vector<CatalogueText> records_;
  Corpus corpus_;
};

}  // namespace lacuna::forecast
