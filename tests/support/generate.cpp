// lacuna_generate LINKS MAP [FOLDER] [--seed N]: a random map with about that many links, built, and as text where FOLDER is
// named. lacuna_generate --hub LINKS MAP [--seed N]: a random map in which that many deliverables cover one need, N0.
// lacuna_generate --frameworks MAP [STEPS] [--seed N]: standards over one hierarchy of requirements (support/framework_map.hpp),
// built, and as a weighted graph for other programs where STEPS is named.
#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "lacuna/render.hpp"
#include "lacuna/store.hpp"
#include "support/framework_map.hpp"
#include "support/random_map.hpp"

namespace {

void write(const std::filesystem::path& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

lacuna::Map random(std::size_t links, std::uint64_t seed) {
  lacuna::test::RandomMap shape;
  shape.seed = seed;
  // Nine covers links out of ten; each need covered about twenty times, as in a well-kept map.
  shape.covers = links * 9 / 10;
  shape.needs = std::max<std::size_t>(20, links / 20);
  shape.deliverables = std::max<std::size_t>(30, links / 20);
  shape.groups = 60;
  return lacuna::test::random_map(shape);
}

lacuna::Map hub(std::size_t links, std::uint64_t seed) {
  lacuna::Map map = random(10'000, seed);
  std::vector<std::string> groups;
  for (const lacuna::Node& node : map.nodes) {
    if (node.kind == lacuna::Kind::group) groups.push_back(node.id);
  }
  const auto link = [&](const std::string& from, lacuna::Relation relation, const std::string& to) -> lacuna::Link& {
    lacuna::Link added;
    added.from = from;
    added.relation = relation;
    added.to = to;
    return map.links.emplace_back(std::move(added));
  };
  for (std::size_t i = 0; i < links; ++i) {
    lacuna::Node text;
    text.id = fmt::format("Text {}", i);
    text.kind = lacuna::Kind::deliverable;
    text.title = fmt::format("Text number {}", i);
    text.state = i % 5 == 0 ? lacuna::State::draft : lacuna::State::published;
    link(groups[i % groups.size()], lacuna::Relation::develops, text.id);
    lacuna::Link& covers = link(text.id, lacuna::Relation::covers, "N0");
    covers.degree = lacuna::Degree::partial;
    covers.rationale = "because";
    map.nodes.push_back(std::move(text));
  }
  return map;
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> words(argv + 1, argv + argc);
  std::uint64_t seed = 1;
  if (words.size() > 2 && words[words.size() - 2] == "--seed") {
    seed = std::strtoull(words.back().c_str(), nullptr, 10);
    words.resize(words.size() - 2);
  }
  if (words.size() < 2 || words.size() > 3) {
    fmt::print(stderr,
               "usage: lacuna_generate LINKS MAP [FOLDER] [--seed N]\n       lacuna_generate --hub LINKS MAP [--seed N]\n       "
               "lacuna_generate --frameworks MAP [STEPS] [--seed N]\n");
    return 2;
  }
  const bool frameworks = words[0] == "--frameworks";
  const bool one_need = words[0] == "--hub";
  if (one_need) words.erase(words.begin());
  if (words.size() < 2) {
    fmt::print(stderr, "lacuna_generate: --hub wants LINKS and MAP\n");
    return 2;
  }
  lacuna::Map map = one_need     ? hub(std::strtoull(words[0].c_str(), nullptr, 10), seed)
                    : frameworks ? lacuna::test::framework_map(seed)
                                 : random(std::strtoull(words[0].c_str(), nullptr, 10), seed);
  lacuna::write_map(map, words[1]);
  if (words.size() == 3 && frameworks) {
    write(words[2], lacuna::test::framework_steps(map));
  } else if (words.size() == 3) {
    std::filesystem::create_directories(words[2]);
    for (const auto& [name, bytes] : lacuna::render_map(map)) write(std::filesystem::path(words[2]) / name, bytes);
  }
  fmt::print("{} nodes, {} links\n", map.nodes.size(), map.links.size());
  return 0;
}
