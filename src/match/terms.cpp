#include "match/terms.hpp"

#include <libstemmer.h>

#include <algorithm>
#include <new>
#include <set>

#include "base/text.hpp"

namespace lacuna {
namespace {

/// Words that carry no subject.
bool is_small_word(std::string_view word) {
  static const std::set<std::string_view> list = {
      "a",       "about", "above",   "after",  "all",     "also",  "an",      "and",     "any",   "are",    "as",    "at",
      "be",      "been",  "before",  "being",  "between", "both",  "but",     "by",      "can",   "could",  "do",    "does",
      "during",  "each",  "either",  "etc",    "for",     "from",  "further", "had",     "has",   "have",   "he",    "her",
      "his",     "how",   "however", "if",     "in",      "into",  "is",      "it",      "its",   "itself", "may",   "might",
      "more",    "most",  "must",    "no",     "nor",     "not",   "of",      "on",      "one",   "only",   "or",    "other",
      "others",  "our",   "out",     "over",   "own",     "per",   "same",    "shall",   "she",   "should", "so",    "some",
      "such",    "than",  "that",    "the",    "their",   "them",  "then",    "there",   "these", "they",   "this",  "those",
      "through", "thus",  "to",      "under",  "until",   "up",    "upon",    "us",      "used",  "uses",   "using", "very",
      "via",     "was",   "we",      "were",   "what",    "when",  "where",   "whether", "which", "while",  "who",   "whose",
      "why",     "will",  "with",    "within", "without", "would", "you",     "your"};
  return list.contains(word);
}

/// Words that requirements are made with, whatever they require.
bool is_requiring_word(std::string_view word) {
  static const std::set<std::string_view> list = {"against", "another", "below", "did",   "doing", "down", "eg",
                                                  "ensure",  "having",  "ie",    "least", "less",  "off",  "onto",
                                                  "use",     "verify",  "whom",  "whose", "am"};
  return list.contains(word);
}

/// Where the first word of a compound like "sessionToken" ends; the whole length where it is none.
std::size_t first_half(std::string_view word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (word[i - 1] >= 'a' && word[i - 1] <= 'z' && word[i] >= 'A' && word[i] <= 'Z') return i;
  }
  return word.size();
}

}  // namespace

struct Vocabulary::Stemmer {
  Stemmer() : handle(sb_stemmer_new("english", nullptr)) {
    if (handle == nullptr) throw std::bad_alloc();
  }
  Stemmer(const Stemmer&) = delete;
  Stemmer& operator=(const Stemmer&) = delete;
  ~Stemmer() { sb_stemmer_delete(handle); }

  sb_stemmer* handle;
};

Vocabulary::Vocabulary(Reading reading) : stemmer_(std::make_unique<Stemmer>()), reading_(reading) {}
Vocabulary::~Vocabulary() = default;

std::uint32_t Vocabulary::term_of(std::string_view word) {
  // A short form keeps its last letter: AIS is not AI.
  const bool short_form = word.size() <= 5 && std::ranges::all_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
  lowered_.assign(short_form ? "\x01" : "");
  for (const char c : word) lowered_ += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  if (const auto known = words_.find(std::string_view(lowered_)); known != words_.end()) return known->second;
  std::uint32_t term = none;
  const std::string_view lowered = std::string_view(lowered_).substr(short_form ? 1 : 0);
  const bool requirements = reading_ == Reading::requirements;
  const bool number = !requirements && std::ranges::all_of(lowered, [](char c) { return c >= '0' && c <= '9'; });
  if (!number && lowered.size() > 1 && !is_small_word(lowered) && !(requirements && is_requiring_word(lowered))) {
    std::string_view stem = lowered;
    if (!short_form) {
      const sb_symbol* stemmed =
          sb_stemmer_stem(stemmer_->handle, reinterpret_cast<const sb_symbol*>(lowered.data()), static_cast<int>(lowered.size()));
      if (stemmed == nullptr) throw std::bad_alloc();
      stem = {reinterpret_cast<const char*>(stemmed), static_cast<std::size_t>(sb_stemmer_length(stemmer_->handle))};
    }
    const auto [entry, fresh] = numbers_.try_emplace(std::string(stem), static_cast<std::uint32_t>(stems_.size()));
    if (fresh) stems_.emplace_back(stem);
    term = entry->second;
  }
  words_.emplace(lowered_, term);
  return term;
}

std::string_view Vocabulary::next(std::string_view& rest) {
  if (halves_.empty()) halves_ = next_word(rest);
  const std::size_t end = reading_ == Reading::requirements ? first_half(halves_) : halves_.size();
  const std::string_view word = halves_.substr(0, end);
  halves_.remove_prefix(end);
  return word;
}

std::vector<Token> Vocabulary::tokens(std::string_view text) {
  std::vector<Token> result;
  for (std::string_view word = next(text); !word.empty(); word = next(text)) {
    if (const std::uint32_t term = term_of(word); term != none) result.push_back({term, word});
  }
  return result;
}

void Vocabulary::terms(std::string_view text, std::vector<std::uint32_t>& into) {
  for (std::string_view word = next(text); !word.empty(); word = next(text)) {
    if (const std::uint32_t term = term_of(word); term != none) into.push_back(term);
  }
}

}  // namespace lacuna
