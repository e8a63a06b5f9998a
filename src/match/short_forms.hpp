// Short forms and what they stand for, as terms of a vocabulary.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "lacuna/match.hpp"
#include "text/terms.hpp"

namespace lacuna {

class ShortForms {
 public:
  ShortForms(const std::vector<ShortForm>& forms, Vocabulary& vocabulary);

  /// Appends to the terms of a text what its short forms stand for, and the short forms of the phrases in it. Linear.
  void expand(std::vector<std::uint32_t>& terms) const;

 private:
  struct Phrase {
    std::uint32_t form = 0;
    std::vector<std::uint32_t> terms;
  };
  std::vector<Phrase> phrases_;
  std::unordered_multimap<std::uint32_t, std::uint32_t> by_form_;   ///< Positions in phrases_.
  std::unordered_multimap<std::uint32_t, std::uint32_t> by_first_;  ///< By the first term of the phrase.
};

}  // namespace lacuna
