// Phrases of needs that are no concepts of the catalogues yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "evaluation/map_needs.hpp"
#include "forecast/split.hpp"

namespace lacuna::evaluation {

using namespace forecast;

/// The stems of the catalogues, and numbers after theirs for stems that only needs have. Nothing tells which of the first come
/// from later records only.
class NeedStems {
 public:
  explicit NeedStems(const Stems& catalogues) : catalogues_(catalogues) {}
  /// Appends what a text says, a cut at its end. Linear.
  void read(std::string_view text, bool shouted, std::vector<Stem>& into);
  [[nodiscard]] const std::string& text(Stem stem) const {
    return stem < catalogues_.size() ? catalogues_.text(stem) : own_.text(static_cast<Stem>(stem - catalogues_.size()));
  }
  /// The same as a word for people.
  [[nodiscard]] std::string word(Stem stem) const {
    return stem < catalogues_.size() ? catalogues_.word(stem) : own_.word(static_cast<Stem>(stem - catalogues_.size()));
  }

 private:
  const Stems& catalogues_;
  Stems own_;
};

/// What stands between quotation marks, "so" or “so”, at most 80 bytes of it. They point into the text.
std::vector<std::string_view> quoted_terms(std::string_view text);

/// A split of the catalogues with phrases of needs as further concepts, at most 2,000, those of most needs first. Of titles and
/// aliases, and of what stands in quotation marks, these phrases enter that are neither concepts of the split nor generic, with
/// cuts between stop words and words of the trade: whole stretches of two to four words, and of longer ones what ends them ("data
/// poisoning" of "training data poisoning"); any other two to four words in a row that some record of the first day holds too, or
/// two writings of needs do; single words that fewer than ten works of the first day hold. None enters that more than 2.5 % of
/// these works hold. A phrase that holds the short form of a concept shares a word with it: the two are no candidate. Of each
/// need a work of the first day is made (Split::needs): with phrases of its labels and text, and with concepts of the split in
/// these and in those of linked needs. Nothing published later has a part in this. Linear in the texts: some tenths of a second.
Split with_needs(const Catalogues& catalogues, const Split& split, std::span<const MapNeed> needs);

}  // namespace lacuna::evaluation
