// The entries of a catalogue, one after the other, from wherever they are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "lacuna/catalogue.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

/// 64 bits of the bytes: tells contents apart, protects nothing. `seed` counts the importer's readings, so that records are read
/// again when an importer has learned something. Linear, eight bytes a step.
std::uint64_t fingerprint_of(std::string_view bytes, std::uint64_t seed);

}  // namespace lacuna
