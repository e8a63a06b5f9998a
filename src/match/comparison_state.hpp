// What the comparison of writings keeps: words, how rare they are, what titles of a series have in common, short forms.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "lacuna/match.hpp"
#include "match/short_forms.hpp"
#include "text/terms.hpp"

namespace lacuna {

struct Comparison::State {
  State(std::function<double(const std::string&)> rarity_of_stem, std::function<std::size_t(const std::string&)> titles_with,
        const std::vector<ShortForm>& short_forms)
      : rarity(std::move(rarity_of_stem)),
        titles(std::move(titles_with)),
        forms(short_forms, vocabulary),
        rarest(rarity(std::string())) {}

  double rarity_of(std::uint32_t term) {
    if (term >= rarities.size()) rarities.resize(vocabulary.size(), -1);
    double& known = rarities[term];
    return known >= 0 ? known : known = rarity(vocabulary.stem(term));
  }

  Vocabulary vocabulary;
  std::function<double(const std::string&)> rarity;
  std::function<std::size_t(const std::string&)> titles;
  ShortForms forms;
  double rarest;                      ///< Of a word that no text has.
  std::vector<double> rarities;       ///< By term; below 0 where not yet asked for.
  std::vector<std::uint32_t> places;  ///< By term, while a writing is prepared: position among its words, from 1.
};

}  // namespace lacuna
