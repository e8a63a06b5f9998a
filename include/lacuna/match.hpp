// Texts held against texts: what is near to what, and which words make it so.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "lacuna/vocabulary.hpp"

namespace lacuna {

/// What is held against others: a proposal, a need, a document.
struct Writing {
  std::string title;
  std::string text;
};

/// A proposed work item.
struct Proposal {
  std::string id;   ///< Where it has one already: documents of that identifier are itself.
  Writing writing;  ///< Title and scope.
};

/// How near a document is to a proposal.
enum class Nearness : std::uint8_t { same_subject, neighbouring, similar_words };
template <>
inline constexpr auto word_list<Nearness> = std::to_array<Word>({
    {"same-subject", "the titles say nearly the same of the same thing"},
    {"neighbouring", "the titles share a good part of their subject"},
    {"similar-words", "some words are the same, the subject is not"},
});

/// What a check of a proposal comes to; the first that holds.
enum class CheckVerdict : std::uint8_t { collides, coordinate, relate, clear };
template <>
inline constexpr auto word_list<CheckVerdict> = std::to_array<Word>({
    {"collides", "a document in force has the same subject"},
    {"coordinate", "a draft or work item has the same subject"},
    {"relate", "documents are neighbouring, or had the subject and have ended: name them under relations"},
    {"clear", "nothing near was found"},
});

/// A word that two texts share.
struct SharedWord {
  std::string word;     ///< As the document has it.
  double rarity = 0;    ///< How rare it is among all texts, in nats.
  bool titles = false;  ///< It stands in both titles.
};

/// A document beside a proposal.
struct Overlap {
  double found = 0;  ///< Share of the proposal's title, by rarity of its words, that the document has: a word in its title counts
                     ///< whole, one in its text half.
  double answered = 0;              ///< Share of the document's title that the proposal has; the words of its scope count 0.7.
  double degree = 0;                ///< Harmonic mean of both, in [0,1].
  std::vector<SharedWord> shared;   ///< Rarest first, those in both titles before others.
  std::vector<SharedWord> missing;  ///< Words of the proposal's title that the document does not have, rarest first.
};

/// How rare each stem is among some texts, as NearWorks tells it of the catalogues. Linear in the texts.
std::function<double(const std::string& stem)> rarity_in(const std::vector<std::string>& texts);
/// How many of some titles have a part before their last one ("information technology" of "Information technology — Security
/// techniques — …"; in lower case), likewise. Linear in the titles.
std::function<std::size_t(const std::string& part)> titles_with_part(const std::vector<std::string>& titles);

/// A short form and what it stands for, in lower case: "ai", "artificial intelligence".
using ShortForm = std::pair<std::string, std::string>;

/// A writing as a Comparison sees it: its terms. Good for the Comparison that made it, in any number of overlaps.
struct Prepared {
  Writing writing;
  struct Term {
    std::uint32_t term = 0;
    double counts = 1;        ///< Less than 1 in a part of a title that other titles have as well.
    std::uint32_t begin = 0;  ///< Where the word stands first, in the title or after it in the text.
    std::uint32_t length = 0;
    bool in_title = false;
  };
  std::vector<Term> words;  ///< Each term once, in the order of the writing.
  std::vector<std::uint32_t>
      in_title;  ///< Ascending, as the next: with what short forms stand for, and the short forms of phrases.
  std::vector<std::uint32_t> anywhere;
};

/// What a writing is about: the words of its title, and what each does in it. Good for the Comparison that made it.
struct Subject {
  struct Word {
    std::uint32_t term = 0;
    double weight = 0;  ///< How rare it is, in nats; a quarter of it for words that tell what kind of document it is.
    std::string plain;  ///< In lower case, without the ending of a plural: "proofs" is "proof", "proofing" is not.
  };
  struct Part {
    std::string text;  ///< "Security techniques".
    std::vector<Word> words;
    std::vector<std::uint32_t> terms;  ///< Ascending, with what short forms stand for.
    std::size_t titles = 1;            ///< Of the collection that have it before their last part.
  };
  using Pair = std::pair<std::uint32_t, std::uint32_t>;
  struct Phrase {
    Pair words;  ///< The lower first.
    std::string text;
    std::size_t titles = 1;  ///< Of the collection that have its part before their last one.
  };
  std::vector<Part> parts;           ///< Of the title, those that say something: "Part 3:" alone is none.
  std::size_t core = 0;              ///< From that part on the title says enough by itself.
  std::vector<std::uint32_t> terms;  ///< Of the whole title; ascending, with what short forms stand for.
  std::vector<Phrase> phrases;       ///< Words of the title that stand together; by words.
  std::vector<Pair> text_phrases;    ///< Those of the text; ascending.
  std::vector<Pair>
      acts;  ///< What acts on what: (security, twin) in "security of twins", (twin, security) in "twins for security".
  std::vector<std::string> numbers;  ///< "39" of "Code 39"; ascending, without those of parts and editions.
  std::vector<std::string>
      kinds;  ///< Of document: "guidelines", "requirements", "framework", "vocabulary", "tests", "use cases".
  std::vector<std::string> aspects;  ///< "security", "privacy", "performance": what sets texts on one object apart.
};

/// How near a document is to a proposal, and the reason in words.
struct Closeness {
  Nearness nearness = Nearness::similar_words;
  std::string why;  ///< "shares “data poisoning”"; may be empty.

  /// From where on it is so, all in [0,1].
  struct Bounds {
    double same = 0;          ///< Product of the shares of both titles,
    double title = 0;         ///< and the smaller of them.
    double neighbouring = 0;  ///< Degree of the overlap.
  };
};

/// Compares writings. A short form and what it stands for are one; of a title in parts ("Information technology — Security
/// techniques — …"), the words of one that stands before the last count 1 / (1 + ln n), where n titles have it. Not for several
/// threads at once.
class Comparison {
 public:
  /// `rarity` tells how rare a word without its ending is, in nats; see Vocabulary. `titles_with` tells how many titles have a
  /// part, as titles_with_part() does.
  Comparison(std::function<double(const std::string& stem)> rarity,
             std::function<std::size_t(const std::string& part)> titles_with, const std::vector<ShortForm>& short_forms);
  Comparison(Comparison&&) noexcept;
  ~Comparison();

  /// Linear in the writing.
  [[nodiscard]] Prepared prepare(Writing writing);
  /// O(words of both · log).
  [[nodiscard]] Overlap overlap(const Prepared& proposal, const Prepared& document);

  /// How rare a word is, by the number that it has in what was prepared here, in nats.
  [[nodiscard]] double rarity(std::uint32_t term);
  /// Linear in the writing.
  [[nodiscard]] Subject subject(const Writing& writing);
  /// A document has the subject of a proposal where both titles have enough of each other's words, taken over the whole or over
  /// what they say by themselves after names of series; where the parts that set texts of one series apart say the same, or the
  /// series itself has the subject; and where neither has a number, an aspect, a kind of document, a word in the place of another
  /// or a role of a word that the other denies. It is neighbouring where they overlap enough and both share a phrase or a word
  /// that few texts have. O(words of both · log).
  [[nodiscard]] Closeness closeness(const Subject& proposal, const Subject& document, const Overlap& overlap,
                                    const Closeness::Bounds& bounds);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lacuna
