#include "text/acronyms.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "text/stop_words.hpp"

namespace lacuna {
namespace {

bool is_small(char c) { return c >= 'a' && c <= 'z'; }

/// The word that ends right before `end`, which moves to its start; empty at a sign that ends a phrase.
std::string_view word_before(std::string_view text, std::size_t& end) {
  while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '-')) --end;
  const std::size_t stop = end;
  while (end > 0 && (is_capital(text[end - 1]) || is_small(text[end - 1]))) --end;
  return text.substr(end, stop - end);
}

}  // namespace

std::vector<std::pair<std::string, std::string>> acronyms_in(std::string_view text) {
  std::vector<std::pair<std::string, std::string>> found;
  for (std::size_t open = text.find('('); open != std::string_view::npos; open = text.find('(', open + 1)) {
    std::size_t end = open + 1;
    while (end < text.size() && (is_capital(text[end]) || is_small(text[end]))) ++end;
    std::string_view letters = text.substr(open + 1, end - open - 1);
    if (letters.size() > 2 && letters.ends_with("s")) letters.remove_suffix(1);  // "(LLMs)"
    const auto capitals = std::ranges::count_if(letters, is_capital);
    if (capitals < 2 || letters.size() > 6 || letters.size() > static_cast<std::size_t>(capitals) + 1 || end >= text.size() ||
        text[end] != ')')
      continue;
    std::vector<std::string> words;
    std::size_t at = open;
    std::size_t left = letters.size();
    while (left > 0) {
      const std::string word = lower(word_before(text, at));
      if (word.empty()) break;
      if (word.front() == lower(letters.substr(left - 1, 1)).front()) {
        --left;
      } else if (words.empty() || !is_stop_word(word, StopWord::grammar)) {
        break;
      }
      words.push_back(word);
    }
    if (left > 0) continue;
    std::ranges::reverse(words);
    found.emplace_back(lower(letters), join(words, " "));
  }
  return found;
}

}  // namespace lacuna
