#include "base/identity.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <optional>

namespace lacuna {
namespace {

char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// What utf8proc makes of a text; nothing for malformed UTF-8.
std::optional<std::string> mapped(std::string_view text, int options) {
  utf8proc_uint8_t* result = nullptr;
  const auto length =
      utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &result,
                   static_cast<utf8proc_option_t>(options | UTF8PROC_STABLE));
  const std::unique_ptr<utf8proc_uint8_t, void (*)(void*)> owner(result, [](void* p) { std::free(p); });
  if (length < 0) return std::nullopt;
  return std::string(reinterpret_cast<const char*>(result), static_cast<std::size_t>(length));
}

}  // namespace

std::string identity_of(std::string_view id) {
  std::string in_small(id);
  unsigned char seen = 0;
  for (char& c : in_small) {
    seen |= static_cast<unsigned char>(c);
    c = small_letter(c);
  }
  if (seen < 0x80) return in_small;
  // Taken apart before it is folded: a folded letter may take its marks otherwise (Unicode, definition D145).
  const auto apart = mapped(id, UTF8PROC_DECOMPOSE);
  if (!apart) return in_small;
  return mapped(*apart, UTF8PROC_CASEFOLD | UTF8PROC_COMPOSE | UTF8PROC_IGNORE).value_or(in_small);
}

bool has_identity(std::string_view id, std::string_view identity) {
  const bool ascii = std::ranges::all_of(id, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return ascii ? std::ranges::equal(id, identity, {}, small_letter) : identity_of(id) == identity;
}

}  // namespace lacuna
