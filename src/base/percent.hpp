// Texts in addresses: bytes as %XX.
#pragma once

#include <fmt/format.h>

#include <charconv>
#include <string>
#include <string_view>

#include "base/text.hpp"

namespace lacuna {

/// Letters and digits of ASCII, and what `signs` holds, stay; every other byte becomes %XX.
inline std::string percent_encoded(std::string_view text, std::string_view signs) {
  std::string out;
  for (const char c : text) {
    const bool plain = is_letter(c) || is_digit(c) || signs.find(c) != std::string_view::npos;
    out += plain ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return out;
}

/// A text in which "%20" stands for a blank; what is no such sequence stays.
inline std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned code = 0;
    const char* digits = text.data() + i + 1;
    const bool escaped = text[i] == '%' && i + 2 < text.size() && std::from_chars(digits, digits + 2, code, 16).ptr == digits + 2;
    out += escaped ? static_cast<char>(code) : text[i];
    if (escaped) i += 2;
  }
  return out;
}

}  // namespace lacuna
