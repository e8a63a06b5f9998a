// The table of commands as a whole: what every command has.
#include <catch2/catch.hpp>

#include <set>

#include "cli/command.hpp"

using namespace lacuna;

TEST_CASE("commands: every one is described, and has three examples or more that call the program") {
  CHECK(commands().size() == 40);
  for (const Command& command : commands()) {
    INFO(command.name);
    CHECK_FALSE(command.help.empty());
    CHECK(command.description.size() > 20);
    CHECK(command.examples.size() >= 3);
    std::set<std::string_view> different;
    bool own = false;
    for (const Example& example : command.examples) {
      INFO(example.command);
      CHECK(example.command.find("lacuna ") != std::string_view::npos);
      CHECK(example.says.size() > 10);
      own = own || example.command.find(command.name) != std::string_view::npos;
      different.insert(example.command);
    }
    CHECK(own);
    CHECK(different.size() == command.examples.size());
  }
}
