// Phrases of needs that are no concepts of the catalogues yet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "uptake/vocabulary.hpp"

namespace lacuna::uptake {

/// The stems of the catalogues, and numbers after theirs for stems that only needs have. Nothing tells which of the first come from later records only.
class NeedStems {
 public:
  explicit NeedStems(const Stems& catalogues) : catalogues_(catalogues) {}
  /// Appends what a text says, a cut at its end. Linear.
  void read(std::string_view text, bool shouted, std::vector<Stem>& into);
  [[nodiscard]] const std::string& text(Stem stem) const { return stem < catalogues_.size() ? catalogues_.text(stem) : own_.text(static_cast<Stem>(stem - catalogues_.size())); }

 private:
  const Stems& catalogues_;
  Stems own_;
};

/// What stands between quotation marks, "so" or “so”, at most 80 bytes of it. They point into the text.
std::vector<std::string_view> quoted_terms(std::string_view text);

}  // namespace lacuna::uptake
