#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>

#include "base/hash.hpp"
#include "base/utf8.hpp"

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

std::string listed(const std::vector<std::string>& items) {
  if (items.size() < 2) return join(items, "");
  const bool commas = std::ranges::any_of(items, [](const std::string& item) { return item.find(", ") != std::string::npos; });
  return join(std::vector<std::string>(items.begin(), items.end() - 1), commas ? "; " : ", ") + (commas ? "; and " : " and ") +
         items.back();
}

std::string listed(std::vector<std::string> items, std::size_t most) {
  if (items.size() > most) {
    const std::size_t more = items.size() - most;
    items.resize(most);
    items.push_back(fmt::format("{} more", more));
  }
  return listed(items);
}

bool is_one_of(std::string_view name, std::span<const std::string_view> names) {
  return std::ranges::find(names, name) != names.end();
}

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

/// True for a sign that stands on the letter before it, or joins two.
bool is_mark_at(std::string_view utf8, std::size_t at) {
  if (at >= utf8.size() || static_cast<unsigned char>(utf8[at]) < 0x80) return false;
  std::string_view rest = utf8.substr(at);
  return code_point_length(rest) > 0 && columns_of(next_code_point(rest)) == 0;
}

/// Where a text is cut to have at most `count` code points: letters keep their marks, where that leaves anything.
std::size_t cut_after(std::string_view utf8, std::size_t count) {
  const std::size_t most = advance(utf8, count);
  std::size_t at = most;
  while (at > 0 && is_mark_at(utf8, at)) {
    do --at;
    while (at > 0 && (static_cast<unsigned char>(utf8[at]) & 0xC0U) == 0x80U);
  }
  return at > 0 ? at : most;
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
    const std::size_t n = text.front() == '\0' ? 0 : code_point_length(text);
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
  std::string result(utf8.substr(0, length > 1 ? cut_after(utf8, length - 1) : 0));
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
      const std::size_t cut = cut_after(word, width);
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
    std::string_view after = rest.substr(at);
    const bool ascii = static_cast<unsigned char>(rest[at]) < 0x80;
    const bool formed = ascii || code_point_length(after) > 0;  // Malformed bytes separate words, one by one.
    const char32_t c = ascii ? static_cast<char32_t>(rest[at]) : next_code_point(after);
    const bool inside = ascii ? is_letter(rest[at]) || is_digit(rest[at]) : formed && is_word_character(c);
    if (inside && begin == std::string_view::npos) begin = at;
    if (!inside && begin != std::string_view::npos) break;
    at = ascii ? at + 1 : rest.size() - after.size();
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

std::string fingerprint(std::string_view bytes) { return fmt::format("{:016x}", hash_of(bytes)); }

std::string harmless(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t n = code_point_length(text);
    const std::string_view character = text.substr(0, n);
    const char32_t c = next_code_point(text);
    const bool turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    const bool ends_a_line = c == 0x2028 || c == 0x2029;
    if (n == 0) {  // Malformed: to some terminals a control character.
      out += "\xEF\xBF\xBD";
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || turns || ends_a_line) {
      out += ' ';
    } else {
      out += character;
    }
  }
  return out;
}

}  // namespace lacuna
