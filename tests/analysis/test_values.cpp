// Answers go one way: found as values, worded, printed. Nothing reads words back as data.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <string>

namespace fs = std::filesystem;

TEST_CASE("answers: no code outside of rendering reads a row that was made for printing") {
  // What reads a Value all the same, and why.
  const std::map<std::string, std::string> allowed{
      {"analysis/show.cpp", "attributes of nodes, as the map has them"},
      {"analysis/ways/ways.cpp", "an attribute of a topic, as the map has it"},
      {"analysis/papers/follow_up.cpp", "prints the tables of a difference into a paper"},
  };
  const std::regex reads("\\.if_(text|integer|real|bool|array|object)\\(|\\b(row|value|rows\\[\\w+\\])\\[\"");
  std::size_t looked_at = 0;
  for (const char* folder : {"analysis", "workbench", "cli"}) {
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(LACUNA_SOURCE) / "src" / folder)) {
      if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
      ++looked_at;
      const std::string name = fs::relative(entry.path(), fs::path(LACUNA_SOURCE) / "src").string();
      std::ifstream in(entry.path());
      std::string line;
      for (std::size_t number = 1; std::getline(in, line); ++number) {
        INFO(name << ":" << number << ": " << line);
        CHECK((allowed.contains(name) || !std::regex_search(line, reads)));
      }
    }
  }
  CHECK(looked_at > 80);
}
