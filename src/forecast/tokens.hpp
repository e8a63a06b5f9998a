// Texts as runs of stems, cut where no phrase goes on.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace lacuna::forecast {

/// The number of a stem, or a cut.
using Stem = std::uint32_t;
constexpr Stem cut = 0;     ///< Punctuation, a stop word, a number or a single letter.
constexpr Stem opened = 1;  ///< "(".
constexpr Stem closed = 2;  ///< ")".
constexpr Stem first_stem = 3;

/// The stem of a word as it stands in a text: in lower case, in one spelling ("fibre" is "fiber") and without its ending (see
/// Stemmer); a word of two to five capitals keeps them (SAW is no saw) unless the text is shouted. Empty for a word that cuts: a
/// stop word, a number, a single letter.
std::string stem_of(std::string_view word, bool shouted);

/// A word of a text as it stands there, or where `word` is empty, the cut of that kind.
struct Token {
  std::string_view word;
  Stem cut = forecast::cut;
};

/// Reads a text word by word. Hyphens part words and cut nothing. Linear.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view text) : rest_(text) {}
  /// False at the end.
  bool next(Token& token);

 private:
  std::string_view rest_;
};

/// True where most letters are capitals, which then tell nothing. Linear.
bool mostly_capitals(std::string_view text);

/// Numbers for stems, given in the order in which they come.
class Stems {
 public:
  Stem number(std::string_view stem);
  /// The number of a word's stem, or `cut`. Each different word is stemmed once.
  Stem read(std::string_view word, bool shouted);
  /// The number of a stem that is there; `cut` for others.
  [[nodiscard]] Stem find(std::string_view stem) const;
  [[nodiscard]] const std::string& text(Stem stem) const { return texts_[stem]; }
  /// The word that was read most often with that stem, for people; the stem itself where none was. The first call looks at all
  /// words read; none may be read after it. Not for several threads at once.
  [[nodiscard]] std::string word(Stem stem) const;
  /// Takes over stems and words of another one; gives its numbers here. Whatever the order in which several come, word() is the
  /// same.
  std::vector<Stem> take(const Stems& other);
  [[nodiscard]] std::size_t size() const { return texts_.size(); }

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
  };
  template <class Value>
  using ByText = std::unordered_map<std::string, Value, Hash, std::equal_to<>>;
  /// A word as it stands, and how often it was read.
  struct Read {
    Stem stem = cut;
    std::uint32_t times = 0;
  };
  using Words = ByText<Read>;
  ByText<Stem> numbers_;
  std::array<Words, 2> words_;  ///< Of texts that are not shouted, and of those that are.
  mutable std::vector<std::string> shown_;
  std::vector<std::string> texts_{"", "(", ")"};
};

/// Appends what a text says to `into`, a cut at its end. New stems get numbers.
void read_text(std::string_view text, Stems& stems, std::vector<Stem>& into);
/// The same where stems that are not there cut.
void read_text(std::string_view text, const Stems& stems, std::vector<Stem>& into);
/// The stems of a label, or none where something in it cuts or a stem is not there.
std::vector<Stem> read_label(std::string_view text, bool shouted, const Stems& stems);

/// The parts of a title between " - ", semicolons, colons, commas and parentheses. They point into it.
std::vector<std::string_view> title_elements(std::string_view title);
/// The keywords of a record, which stand between semicolons.
std::vector<std::string_view> keywords_of(std::string_view keywords);

/// An abstract without what does not tell its subject: empty where it is French, cut where it tells what it "cancels and
/// replaces" or which "significant technical changes" there are.
std::string_view subject_of(std::string_view abstract);

/// True for names, of stems, that say nothing of a subject ("conform test").
bool is_generic(std::string_view name);

}  // namespace lacuna::forecast
