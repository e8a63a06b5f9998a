// lacuna_generate LINKS MAP [FOLDER]: a random map with about that many links, built, and as text where FOLDER is named.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "lacuna/render.hpp"
#include "lacuna/store.hpp"
#include "support/random_map.hpp"

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: lacuna_generate LINKS MAP [FOLDER]\n");
    return 2;
  }
  const auto links = static_cast<std::size_t>(std::strtoull(argv[1], nullptr, 10));
  lacuna::test::RandomMap shape;
  // Nine covers links out of ten; each need covered about twenty times, as in a well-kept map.
  shape.covers = links * 9 / 10;
  shape.needs = std::max<std::size_t>(20, links / 20);
  shape.deliverables = std::max<std::size_t>(30, links / 20);
  shape.groups = 60;
  lacuna::Map map = lacuna::test::random_map(shape);
  lacuna::write_map(map, argv[2]);
  if (argc > 3) {
    std::filesystem::create_directories(argv[3]);
    for (const auto& [name, bytes] : lacuna::render_map(map)) std::ofstream(std::filesystem::path(argv[3]) / name, std::ios::binary) << bytes;
  }
  fmt::print("{} nodes, {} links\n", map.nodes.size(), map.links.size());
  return 0;
}
