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

/// Reads one entry of a Relaton catalogue. Returns why it could not be read, with the line counted from `first_line`.
std::optional<Diagnostic> read_relaton(const Input& entry, std::uint32_t first_line, Record& record);

/// Reads the RFC Editor's index as a stream: memory of one entry. Entries go to the sink in their order.
void read_rfc_index(const std::string& file, const ByteSource& source, const CatalogueSink& sink);

}  // namespace lacuna
