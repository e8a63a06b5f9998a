// The hash by which a page tells a browser which script and which style are its own.
#pragma once

#include <string>
#include <string_view>

namespace lacuna {

/// The 32 bytes of SHA-256 (FIPS 180-4). Linear.
std::string sha256(std::string_view bytes);
/// Base64 of RFC 4648, with padding.
std::string base64(std::string_view bytes);

}  // namespace lacuna
