// What the fuzz targets claim of what they call.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace lacuna::fuzz {

/// Ends the run, so that libFuzzer keeps the input, unless `holds`.
inline void claim(bool holds, std::string_view what, std::string_view seen = {}) {
  if (holds) return;
  std::fputs(fmt::format("claim broken: {}\n{}\n", what, seen).c_str(), stderr);
  std::abort();
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

}  // namespace lacuna::fuzz
