#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/hash.hpp"

namespace lacuna {

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::string join(const std::vector<std::string>& items, std::string_view separator) {
  return fmt::format("{}", fmt::join(items, separator));
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) { return std::ranges::find(names, name) != names.end(); }

std::string thousands(std::uint64_t n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeio").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

std::string count_of(std::size_t n, std::string_view noun) { return fmt::format("{} {}{}", n, noun, n == 1 ? "" : "s"); }

namespace {

/// Bytes of the well-formed code point at the start of `text`; 0 when it is malformed (overlong, surrogate, cut) or NUL.
std::size_t code_point_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
  const unsigned first = byte(0);
  if (first == 0) return 0;
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (!continues(1) || !continues(2)) return 0;
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return 3;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return 4;
  }
  return 0;
}

/// Letters and digits; of what is not ASCII, everything but blanks, punctuation, symbols and malformed bytes.
bool is_word_character(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned>(static_cast<unsigned char>(character[i])); };
  if (character.size() == 1) {
    const char c = character[0];
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
  unsigned code = 0;
  if (character.size() == 2) code = (byte(0) & 0x1FU) << 6U | (byte(1) & 0x3FU);
  if (character.size() == 3) code = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
  if (character.size() == 4) return true;
  const bool latin_sign = code < 0xC0 || code == 0xD7 || code == 0xF7;
  const bool punctuation_or_symbol = code >= 0x2000 && code <= 0x2BFF;
  const bool cjk_punctuation = (code >= 0x3000 && code <= 0x303F) || (code >= 0xFF00 && code <= 0xFF0F);
  return !latin_sign && !punctuation_or_symbol && !cjk_punctuation;
}

/// Byte position after `count` code points, or the end.
std::size_t advance(std::string_view utf8, std::size_t count) {
  std::size_t at = 0;
  while (count > 0 && at < utf8.size()) {
    ++at;
    while (at < utf8.size() && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U) ++at;
    --count;
  }
  return at;
}

}  // namespace

bool is_clean_utf8(std::string_view text) {
  while (!text.empty()) {
    // Eight bytes at a time as long as they are ASCII without NUL.
    for (std::uint64_t word = 0; text.size() >= sizeof word; text.remove_prefix(sizeof word)) {
      std::memcpy(&word, text.data(), sizeof word);
      constexpr std::uint64_t low = 0x0101010101010101ULL;
      constexpr std::uint64_t high = low << 7U;
      if (((word | (word - low)) & high) != 0) break;
    }
    if (text.empty()) break;
    const std::size_t n = code_point_length(text);
    if (n == 0) return false;
    text.remove_prefix(n);
  }
  return true;
}

std::size_t length_of(std::string_view utf8) {
  std::size_t n = 0;
  for (const char c : utf8) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  return n;
}

std::string shortened(std::string_view utf8, std::size_t length) {
  if (length_of(utf8) <= length) return std::string(utf8);
  std::string result(utf8.substr(0, advance(utf8, length > 0 ? length - 1 : 0)));
  while (!result.empty() && result.back() == ' ') result.pop_back();
  return result + "…";
}

std::vector<std::string> wrapped(std::string_view utf8, std::size_t width) {
  std::vector<std::string> lines;
  std::string line;
  const auto flush = [&] {
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
  };
  while (!utf8.empty()) {
    const std::size_t space = utf8.find(' ');
    std::string_view word = utf8.substr(0, space);
    utf8.remove_prefix(space == std::string_view::npos ? utf8.size() : space + 1);
    if (word.empty()) continue;
    if (!line.empty() && length_of(line) + 1 + length_of(word) > width) flush();
    while (length_of(word) > width) {
      const std::size_t cut = advance(word, width);
      lines.emplace_back(word.substr(0, cut));
      word.remove_prefix(cut);
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  flush();
  return lines;
}

std::string_view next_word(std::string_view& rest) {
  std::size_t begin = std::string_view::npos;
  std::size_t at = 0;
  while (at < rest.size()) {
    // Malformed bytes separate words, one by one.
    const auto byte = static_cast<unsigned char>(rest[at]);
    const std::size_t n = byte < 0x80 ? 1 : std::max<std::size_t>(1, code_point_length(rest.substr(at)));
    const bool inside = is_word_character(rest.substr(at, n));
    if (inside && begin == std::string_view::npos) begin = at;
    if (!inside && begin != std::string_view::npos) break;
    at += n;
  }
  const std::string_view word = begin == std::string_view::npos ? std::string_view() : rest.substr(begin, at - begin);
  rest.remove_prefix(at);
  return word;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  for (std::string_view word = next_word(text); !word.empty(); word = next_word(text)) {
    if (length_of(word) >= 2) result.push_back(lower(word));
  }
  return result;
}

std::string fingerprint(std::string_view bytes) {
  return fmt::format("{:016x}", hash_of(bytes));
}

std::string harmless(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t n = std::max<std::size_t>(1, code_point_length(text));
    const std::string_view character = text.substr(0, n);
    text.remove_prefix(n);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
    const bool control = n == 1 && (byte(0) < 0x20 || byte(0) == 0x7F);
    const bool high_control = n == 2 && byte(0) == 0xC2 && byte(1) < 0xA0;
    const bool turns = n == 3 && byte(0) == 0xE2 && ((byte(1) == 0x80 && byte(2) >= 0xAA && byte(2) <= 0xAE) || (byte(1) == 0x81 && byte(2) >= 0xA6 && byte(2) <= 0xA9));
    if (control || high_control || turns) {
      out += ' ';
    } else if (n == 1 && byte(0) >= 0x80) {  // Malformed: to some terminals a control character.
      out += "\xEF\xBF\xBD";
    } else {
      out += character;
    }
  }
  return out;
}

}  // namespace lacuna
