// Small text and file helpers that every folder uses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// ASCII lower case; other bytes stay. Identifiers of standards bodies are ASCII.
std::string lower(std::string_view text);

/// `items` joined by `separator`.
std::string join(const std::vector<std::string>& items, std::string_view separator);

/// "1 need", "2 needs": the plural adds an s.
std::string count_of(std::size_t n, std::string_view noun);

/// True for well-formed UTF-8 without NUL.
bool is_clean_utf8(std::string_view text);

/// Number of code points of well-formed UTF-8.
std::size_t length_of(std::string_view utf8);

/// The first `length` code points, with "…" in the last place when something was cut.
std::string shortened(std::string_view utf8, std::size_t length);

/// The text in lines of at most `width` code points, broken at spaces; a longer word is cut.
std::vector<std::string> wrapped(std::string_view utf8, std::size_t width);

/// The words of a text: runs of letters and digits in lower case, at least two long. Letters of other scripts
/// belong to words and keep their case.
std::vector<std::string> words_of(std::string_view text);

/// 16 hexadecimal digits of the FNV-1a hash of the bytes: tells contents apart, protects nothing.
std::string fingerprint(std::string_view bytes);

/// The whole file. Throws Error(io), saying why, when it cannot be read.
std::string read_file(const std::string& path);

/// Writes beside `path` and renames, so that `path` holds either the old bytes or all of the new ones. Throws Error(io).
void write_file(const std::string& path, std::string_view bytes);

}  // namespace lacuna
