#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include <fcntl.h>
#include <unistd.h>

#include "lacuna/error.hpp"

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

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> result;
  std::string word;
  const auto flush = [&] {
    if (length_of(word) >= 2) result.push_back(std::move(word));
    word.clear();
  };
  while (!text.empty()) {
    // Malformed bytes separate words, one by one.
    const std::size_t n = std::max<std::size_t>(1, code_point_length(text));
    const std::string_view character = text.substr(0, n);
    text.remove_prefix(n);
    if (is_word_character(character)) {
      word += lower(character);
    } else {
      flush();
    }
  }
  flush();
  return result;
}

std::string fingerprint(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : bytes) {
    hash ^= static_cast<unsigned char>(c);
    hash *= 0x100000001b3ULL;
  }
  return fmt::format("{:016x}", hash);
}

namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::string read_file(const std::string& path) {
  if (std::error_code ignored; std::filesystem::is_directory(path, ignored)) {
    throw Error(ErrorCode::io, path, "is a folder, not a file; name a file");
  }
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (!file) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", std::strerror(errno)));
  std::string bytes;
  char buffer[1 << 16];
  while (const std::size_t n = std::fread(buffer, 1, sizeof buffer, file.get())) bytes.append(buffer, n);
  if (std::ferror(file.get()) != 0) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", std::strerror(errno)));
  return bytes;
}

void write_file(const std::string& path, std::string_view bytes) {
  const std::string part = path + ".part";
  const auto failed = [&](int error) {
    ::unlink(part.c_str());
    throw Error(ErrorCode::io, path, fmt::format("cannot be written: {}; nothing was changed", std::strerror(error)));
  };
  const int file = ::open(part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file < 0) failed(errno);
  while (!bytes.empty()) {
    const ssize_t n = ::write(file, bytes.data(), bytes.size());
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) {
      const int error = errno;
      ::close(file);
      failed(error);
    }
    bytes.remove_prefix(static_cast<std::size_t>(n));
  }
  if (::fsync(file) != 0 && errno != EINVAL) {
    const int error = errno;
    ::close(file);
    failed(error);
  }
  if (::close(file) != 0) failed(errno);
  if (::rename(part.c_str(), path.c_str()) != 0) failed(errno);
}

}  // namespace lacuna
