// A map as it lies on the disk: every byte of a SQLite file.
#include "fuzz/map_file.hpp"

using namespace lacuna;

namespace {

const fuzz::MapFile& file() {
  static const fuzz::MapFile there;
  return there;
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv) {
  if (const auto folder = fuzz::option(*argc, *argv, "--seeds="); !folder.empty()) {
    std::filesystem::create_directories(folder);
    std::ofstream(std::filesystem::path(folder) / "map", std::ios::binary) << file().bytes();
    std::exit(0);
  }
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  file().write(fuzz::text_of(data, size));
  file().read();
  return 0;
}
