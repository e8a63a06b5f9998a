#include "import/oscal_names.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include "base/text.hpp"

namespace lacuna::oscal {
namespace {

bool has_digit(std::string_view word) { return std::ranges::any_of(word, is_digit); }

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t blank = text.find(' ');
    if (blank != 0) words.emplace_back(text.substr(0, blank));
    text.remove_prefix(blank == std::string_view::npos ? text.size() : blank + 1);
  }
  return words;
}

/// Runs of letters, and of digits, in small letters.
std::set<std::string> parts_of(std::string_view name) {
  static const std::set<std::string> common = {"catalog",  "catalogue",   "json",    "yaml",     "oscal",     "control",
                                               "controls", "resolved",    "profile", "baseline", "mapping",   "framework",
                                               "security", "information", "version", "revision", "electronic"};
  constexpr std::size_t shortest = 4;
  std::set<std::string> parts;
  std::string part;
  const auto end = [&] {
    if (part.size() >= shortest && !common.contains(part)) parts.insert(part);
    part.clear();
  };
  for (const char c : lower(name)) {
    const bool letter = (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) > 0x7F;
    if (!part.empty() && is_digit(part.back()) != is_digit(c)) end();
    if (letter || is_digit(c))
      part += c;
    else
      end();
  }
  end();
  return parts;
}

}  // namespace

std::string document_id(std::string_view title) {
  constexpr std::string_view preamble = "Electronic Version of ";
  if (title.starts_with(preamble)) title.remove_prefix(preamble.size());
  title = title.substr(0, title.find(": "));
  title = title.substr(0, title.find(" ("));
  std::vector<std::string> words = words_in(title);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) {
    const std::string word = lower(words[i]);
    const std::string next = lower(words[i + 1]);
    if (word == "special" && next == "publication") {
      words[i] = "SP";
      words.erase(words.begin() + static_cast<std::ptrdiff_t>(i) + 1);
    } else if ((word == "revision" || word == "rev") && has_digit(next)) {
      words[i] = "Rev.";
    }
  }
  if (words.size() > 1 && (lower(words.back()) == "catalog" || lower(words.back()) == "catalogue")) words.pop_back();
  return shortened(join(words, " "), 100);
}

std::string prefix_of(const std::string& document) {
  std::string prefix;
  for (const std::string& word : words_in(document)) {
    const std::string small = lower(word);
    const bool marks_edition = small == "rev." || small == "version" || small == "edition" || small == "release";
    const bool edition = has_digit(word) && small.front() == 'v';
    const bool version =
        word.find('.') != std::string::npos && std::ranges::all_of(word, [](char c) { return is_digit(c) || c == '.'; });
    if (!prefix.empty() && (marks_edition || edition || version)) break;
    if (!prefix.empty()) prefix += ' ';
    prefix += word.substr(0, word.find(':'));
    if (has_digit(word)) break;
  }
  return prefix;
}

std::string label_of(const std::string& id) {
  std::size_t at = 0;
  while (at < id.size() && id[at] >= 'a' && id[at] <= 'z') ++at;
  if (at < 2 || at > 3) return id;
  std::string label;
  for (std::size_t i = 0; i < at; ++i) label += static_cast<char>(id[i] - 'a' + 'A');
  if (at == id.size()) return label;
  const auto number = [&] {
    const std::size_t first = at;
    while (at < id.size() && is_digit(id[at])) ++at;
    return id.substr(first, at - first);
  };
  if (id[at++] != '-') return id;
  const std::string control = number();
  if (control.empty()) return id;
  label += "-" + control;
  if (at == id.size()) return label;
  if (id[at++] != '.') return id;
  const std::string enhancement = number();
  if (enhancement.empty() || at != id.size()) return id;
  return label + "(" + enhancement + ")";
}

std::string file_name(std::string_view address) {
  address = address.substr(0, address.find_first_of("?#"));
  return std::string(address.substr(address.find_last_of('/') + 1));
}

std::string title_of(std::string_view address) {
  std::string title = file_name(address);
  title = title.substr(0, title.rfind('.'));
  std::ranges::replace(title, '_', ' ');
  std::vector<std::string> words = words_in(title);
  for (std::string& word : words) {
    if (word.starts_with("SP-")) word[2] = ' ';
    if (word.size() > 3 && lower(word).starts_with("rev") && is_digit(word[3])) word.insert(3, " ");
  }
  return join(words, " ");
}

bool share_a_word(std::string_view a, std::string_view b) {
  const std::set<std::string> parts = parts_of(b);
  return std::ranges::any_of(parts_of(a), [&](const std::string& part) { return parts.contains(part); });
}

}  // namespace lacuna::oscal
