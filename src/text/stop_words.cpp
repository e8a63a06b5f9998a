#include "text/stop_words.hpp"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "base/text.hpp"

namespace lacuna {

std::string_view stop_word_list();

namespace {

constexpr std::array<std::string_view, 5> kinds{"grammar:", "requirements:", "documents:", "units:", "french:"};

/// Every word with a bit a kind.
const std::unordered_map<std::string_view, unsigned>& listed() {
  static const std::unordered_map<std::string_view, unsigned> words = [] {
    std::unordered_map<std::string_view, unsigned> result;
    unsigned kind = 0;
    std::string_view rest = stop_word_list();
    while (!rest.empty()) {
      std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      if (line.starts_with('#')) continue;
      for (std::size_t k = 0; k < kinds.size(); ++k) {
        if (!line.starts_with(kinds[k])) continue;
        kind = 1U << k;
        line.remove_prefix(kinds[k].size());
      }
      while (!line.empty()) {
        const std::string_view word = line.substr(0, line.find(' '));
        line.remove_prefix(std::min(line.size(), word.size() + 1));
        if (!word.empty()) result[word] |= kind;
      }
    }
    return result;
  }();
  return words;
}

}  // namespace

bool is_stop_word(std::string_view word, StopWord kind) {
  const auto found = listed().find(word);
  return found != listed().end() && (found->second >> static_cast<unsigned>(kind) & 1U) != 0;
}

bool is_stop_word(std::string_view word) { return listed().contains(word); }

}  // namespace lacuna
