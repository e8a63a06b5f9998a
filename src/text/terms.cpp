#include "text/terms.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "text/stop_words.hpp"

namespace lacuna {
namespace {

/// Where the first word of a compound like "sessionToken" ends; the whole length where it is none.
std::size_t first_half(std::string_view word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (word[i - 1] >= 'a' && word[i - 1] <= 'z' && word[i] >= 'A' && word[i] <= 'Z') return i;
  }
  return word.size();
}

}  // namespace

Vocabulary::Vocabulary(Reading reading) : reading_(reading) {}

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
  const bool says_nothing =
      is_stop_word(lowered, StopWord::grammar) || (requirements && is_stop_word(lowered, StopWord::requirements));
  if (!number && lowered.size() > 1 && !says_nothing) {
    std::string_view stem = lowered;
    if (!short_form) stem = stemmer_.stem(lowered);
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
