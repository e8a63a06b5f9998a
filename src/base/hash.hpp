// One hash for texts: the same on every machine and in every run.
#pragma once

#include <cstdint>
#include <string_view>

namespace lacuna {

constexpr std::uint64_t hash_of_nothing = 0xcbf29ce484222325ULL;

/// FNV-1a, 64 bits: tells contents apart, protects nothing. Goes on from `hash`, that of the bytes before. Linear.
constexpr std::uint64_t hash_of(std::string_view bytes, std::uint64_t hash = hash_of_nothing) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

}  // namespace lacuna
