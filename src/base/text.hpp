// Small text helpers that every folder uses.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// Of ASCII.
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_letter(char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); }

/// Whether it is one of the names.
bool is_one_of(std::string_view name, std::span<const std::string_view> names);

/// ASCII lower case; other bytes stay. Identifiers of standards bodies are ASCII.
std::string lower(std::string_view text);

/// `items` joined by `separator`.
std::string join(const std::vector<std::string>& items, std::string_view separator);
/// "a, b and c"; "a, b; and c" where one of them has a comma of its own.
std::string listed(const std::vector<std::string>& items);
/// The first `most` of them, and in the last place how many more there are: "a, b and 3 more".
std::string listed(std::vector<std::string> items, std::size_t most);

/// "1 need", "2 needs": the plural adds an s.
std::string count_of(std::size_t n, std::string_view noun);

/// "166,271".
std::string thousands(std::uint64_t n);

/// "a session", "an objective".
std::string with_article(std::string_view noun);

/// True for well-formed UTF-8 without NUL.
bool is_clean_utf8(std::string_view text);

/// Number of code points of well-formed UTF-8.
std::size_t length_of(std::string_view utf8);

/// The first `length` code points, with "…" in the last place when something was cut.
std::string shortened(std::string_view utf8, std::size_t length);

/// The text in lines of at most `width` code points, broken at spaces; a longer word is cut.
std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

/// The next word of a text as it stands there: a run of letters and digits, those of other scripts included. Moves `rest` behind
/// it; empty at the end.
std::string_view next_word(std::string_view& rest);

/// The words of a text: runs of letters and digits in lower case, at least two long. Letters of other scripts
/// belong to words and keep their case.
std::vector<std::string> words_of(std::string_view text);

/// 16 hexadecimal digits of the FNV-1a hash of the bytes: tells contents apart, protects nothing.
std::string fingerprint(std::string_view bytes);

/// The text with control characters, and characters that turn the direction of writing, as blanks, and malformed bytes as U+FFFD:
/// safe on a terminal and in XML.
std::string harmless(std::string_view text);

}  // namespace lacuna
