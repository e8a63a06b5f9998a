// Reading ZIP archives in memory; nothing is ever unpacked to the disk.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace lacuna {

constexpr std::size_t most_unpacked = 256u << 20;  ///< Bytes of all files of one archive together.

/// The files of an archive by name in lower case, as far as `wanted` (given that name) says; others are not unpacked. Names are
/// only names: "../x" leads nowhere. Throws Error(bad_input), without a place, when the archive is broken, encrypted, holds a
/// wanted name twice or unpacks to more than `most_unpacked`.
std::map<std::string, std::string> unzip(std::string_view bytes, const std::function<bool(std::string_view)>& wanted);

/// Tells every file of an archive in pieces, an empty one at its end. Throws Error(bad_input), without a place, when the archive
/// is broken; then what came before has been told. Memory: one piece.
void each_file(std::string_view bytes, const std::function<void(const std::string& name, std::string_view piece)>& tell);

}  // namespace lacuna
