// Words as matching sees them: without endings, numbered. "Detecting attacks" and "attack detection" share both terms.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "text/stemmer.hpp"

namespace lacuna {

/// A word of a text and its number in a vocabulary.
struct Token {
  std::uint32_t term = 0;
  std::string_view word;  ///< As it stands in the text; valid as long as that.
};

/// How a vocabulary reads texts.
enum class Reading : std::uint8_t {
  subjects,      ///< As catalogues and titles need it.
  requirements,  ///< Numbers count ("256 bits"), "sessionToken" is two words, and "verify that", "ensure" say nothing.
};

/// Terms by number, in the order in which they came. Words that carry no subject ("of", "which") are none, nor are bare numbers
/// in texts read as `subjects`. Not for several threads at once.
class Vocabulary {
 public:
  explicit Vocabulary(Reading reading = Reading::subjects);
  Vocabulary(const Vocabulary&) = delete;
  Vocabulary& operator=(const Vocabulary&) = delete;

  /// The terms of a text in their order; new ones get the next number. Linear; each different word is stemmed once (Porter 2 by
  /// Snowball); of two to five capitals, none (AIS is not AI).
  std::vector<Token> tokens(std::string_view text);
  /// The same, appended to a list of numbers.
  void terms(std::string_view text, std::vector<std::uint32_t>& into);
  [[nodiscard]] std::size_t size() const { return stems_.size(); }
  [[nodiscard]] const std::string& stem(std::uint32_t term) const { return stems_[term]; }

 private:
  static constexpr std::uint32_t none = 0xffffffffU;
  std::uint32_t term_of(std::string_view word);
  std::string_view next(std::string_view& rest);

  Stemmer stemmer_;
  Reading reading_;
  std::string_view halves_;  ///< What is left of a word that is several.
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
  ByText<std::uint32_t> words_;    ///< By word in lower case, short forms after a sign of their own: its term, or none.
  ByText<std::uint32_t> numbers_;  ///< By stem.
  std::vector<std::string> stems_;
  std::string lowered_;
};

}  // namespace lacuna
