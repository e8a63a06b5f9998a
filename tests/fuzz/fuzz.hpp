// What the fuzz targets claim of what they call.
#pragma once

#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.hpp"
#include "lacuna/error.hpp"
#include "lacuna/model.hpp"

namespace lacuna::fuzz {

/// Ends the run, so that libFuzzer keeps the input, unless `holds`.
inline void claim(bool holds, std::string_view what, std::string_view seen = {}) {
  if (holds) return;
  std::fputs(fmt::format("claim broken: {}\n{}\n", what, seen).c_str(), stderr);
  std::abort();
}

/// What a user may be told: no fault of the program's own, in well-formed text.
inline void claim_told(const Error& error) {
  claim(error.code() != ErrorCode::internal, "no internal error", error.what());
  claim(error.what()[0] != '\0' && is_clean_utf8(error.what()), "an error is told in well-formed text", error.what());
}

inline void claim_told(const std::vector<Diagnostic>& diagnostics) {
  for (const Diagnostic& d : diagnostics) {
    claim(!d.message.empty() && is_clean_utf8(d.message), "a fault is told in well-formed text", d.message);
  }
}

inline void claim_clean(std::string_view what, std::initializer_list<const std::string*> texts) {
  for (const std::string* text : texts) claim(is_clean_utf8(*text), what, *text);
}

inline void claim_clean(const Map& map) {
  for (const Node& n : map.nodes) claim_clean("a node holds well-formed text", {&n.id, &n.title, &n.text, &n.address});
  for (const Link& l : map.links) {
    claim_clean("a link holds well-formed text", {&l.from, &l.to, &l.rationale, &l.evidence, &l.by});
  }
}

/// The rest of the first argument that starts with `flag`; empty where none does.
inline std::string_view option(int argc, char** argv, std::string_view flag) {
  for (int i = 1; i < argc; ++i) {
    if (const std::string_view word = argv[i]; word.starts_with(flag)) return word.substr(flag.size());
  }
  return {};
}

inline std::string_view text_of(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace lacuna::fuzz
