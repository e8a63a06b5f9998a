// Saying what is wrong with the bytes of a file whose name only the caller knows.
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {

/// Throws Error(bad_input), without a place.
[[noreturn]] inline void refuse(const std::string& message) { throw Error(ErrorCode::bad_input, "", message); }

/// A name out of the file, for a message.
inline std::string in_quotes(std::string_view name) { return fmt::format("\"{}\"", shortened(harmless(name), 80)); }

}  // namespace lacuna
