// Archives as people and attackers pack them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna::test {

/// One file of an archive.
struct Packed {
  enum class As : std::uint8_t { file, link, hard_link, device, pipe };
  std::string name;
  std::string bytes;  ///< Of a file; of links, where they lead.
  As as = As::file;
  std::uint64_t zeros = 0;  ///< Added to the bytes.
};

/// Writes .tar, .tar.gz, .tar.zst or .zip, by the ending of `format`; names go in as they are.
void pack(const std::string& path, std::string_view format, const std::vector<Packed>& files);

/// Bytes that cannot be packed; the same in every run.
std::string noise(std::size_t size);

}  // namespace lacuna::test
