// What is behind Catalogues.
#pragma once

#include "uptake/uptake.hpp"
#include "uptake/vocabulary.hpp"

namespace lacuna {

struct Catalogues::State {
  std::vector<CatalogueText> records;
  uptake::Corpus corpus;
};

namespace uptake {

/// The split of a day with the concepts of that day. Linear in the texts and n² bits.
Split split_of(const Corpus& corpus, const Vocabulary& vocabulary, Day from, Day to);

}  // namespace uptake
}  // namespace lacuna
