// Bytes packed with zstd and back, in memory.
#pragma once

#include <string>
#include <string_view>

namespace lacuna {

/// The same bytes every time.
std::string pack(std::string_view bytes);
/// `size` bytes from what pack() made of them. Throws Error(bad_input), without a place, when they are damaged, or would become
/// more than 100 times as large.
std::string unpack(std::string_view packed, std::size_t size);

}  // namespace lacuna
