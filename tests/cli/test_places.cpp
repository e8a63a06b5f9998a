// Whatever is written never takes the place of what is read: every option of every command that names a path is known to be one
// or the other.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>

#include "base/files.hpp"
#include "cli/command.hpp"
#include "cli/places.hpp"
#include "support/process.hpp"

namespace fs = std::filesystem;
using namespace lacuna;
using namespace lacuna::test;

namespace {

void each_option(const CommandLine& line, const std::function<void(const CommandLine&, const Option&)>& f) {
  for (const Option& option : line.options()) f(line, option);
  for (const CommandLine& inner : line.inner()) each_option(inner, f);
}

bool has(std::span<const std::string_view> names, const std::string& name) {
  return std::ranges::find(names, name) != names.end();
}

}  // namespace

TEST_CASE("places: the value of every option is known to be something that is read, something that is written, or no path") {
  // A new name for values must be put in one of the three lists.
  const std::vector<std::string_view> no_path{
      "ADDRESS",  "",       "NAME",    "GROUP",    "GROUP,…", "DATE",      "N",       "P",          "FORMAT",
      "KIND",     "KIND,…", "STATE,…", "TYPE,…",   "TEXT",    "PRECISION", "COMMAND", "TITLE",      "NEED,…",
      "FORM",     "VIEW",   "ACTION",  "QUESTION", "WORD…",   "RELATION",  "DEGREE",  "SETS",       "A",
      "B",        "A B",    "ID",      "MAP",      "NEED…",   "BODY,…",    "SESSION", "BLANK=TEXT", "MEMBER=VALUE",
      "NEW-NAME", "NUMBER", "SOURCE…", "OURS"};  // Of a merge: the one input that its output may
                                                 // replace.

  Context context;
  CommandLine program("lacuna", "");
  declare_program(program, context);
  std::size_t read = 0;
  std::size_t written = 0;
  each_option(program, [&](const CommandLine& command, const Option& option) {
    const std::string& type = option.type();
    INFO(command.name() << " " << option.names().front() << ": " << type);
    CHECK(has(input_types(), type) + has(output_types(), type) + has(no_path, type) == 1);
    read += has(input_types(), type);
    written += has(output_types(), type);
    for (const char* output : {"-o", "--out", "--report"}) {
      if (option.names().front() == output) CHECK(has(output_types(), type));
    }
  });
  CHECK(read >= 15);
  CHECK(written >= 15);
}

TEST_CASE("places: no output of any command takes the place of the map, the profile or another input, by whatever name") {
  const Scratch scratch;
  REQUIRE(run_script("cp \"$SHIPPED\" m.db; lacuna profile show --format json -o p.json; ln -s m.db soft.db; ln m.db hard.db; cp "
                     "m.db before.db; cp p.json p.before",
                     scratch.path())
              .status == 0);
  const std::vector<std::pair<std::string, std::string>> cases{
      {"gaps -o m.db", "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"gaps -o ./soft.db", "lacuna: -o: ./soft.db is the map, which is read and would be lost; name another file\n"},
      {"gaps --format json -o \"$PWD/hard.db\"",
       "lacuna: -o: @/hard.db is the map, which is read and would be lost; name another file\n"},
      {"export -o m.db", "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"report --format md -o m.db", "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"render --view gaps --format svg -o m.db",
       "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"draft gap-analysis --format md -o m.db",
       "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"link review --out m.db", "lacuna: --out: m.db is the map, which is read and would be lost; name another file\n"},
      {"profile show -o m.db", "lacuna: -o: m.db is the map, which is read and would be lost; name another file\n"},
      {"import --format map t.json --report m.db",
       "lacuna: --report: m.db is the map, which is read and would be lost; name another file\n"},
      {"import --format map t.json --report t.json",
       "lacuna: --report: t.json is what PATH names, which is read and would be lost; name another file\n"},
      {"--profile p.json gaps -o p.json",
       "lacuna: -o: p.json is what --profile names, which is read and would be lost; name another file\n"},
      {"profile check p.json -o p.json",
       "lacuna: -o: p.json is what FILE names, which is read and would be lost; name another file\n"},
      {"draft gap-analysis --template t.docx -o t.docx",
       "lacuna: -o: t.docx is what --template names, which is read and would be lost; name another file\n"},
      {"gaps --with t.json -o t.json",
       "lacuna: -o: t.json is what --with names, which is read and would be lost; name another file\n"},
      {"diff before.db -o before.db",
       "lacuna: -o: before.db is what OLD names, which is read and would be lost; name another file\n"},
      {"build src -o src/nodes.json", "lacuna: -o: src/nodes.json lies in src, which is read; name a place outside of it\n"},
      {"diff src -o src/diff.json", "lacuna: -o: src/diff.json lies in src, which is read; name a place outside of it\n"},
      {"import --format map - --report t.json < t.json",
       "lacuna: --report: t.json is what standard input reads, and would be lost; name another file\n"},
      {"gaps >> m.db", "lacuna: standard output: goes into m.db, which is the map; send it elsewhere\n"},
      {"gaps -o other.db",
       "lacuna: other.db: is a map or another database, and would be lost; name another file, or remove this one first\n"},
  };
  REQUIRE(
      run_script("mkdir src; echo '{}' > src/nodes.json; echo '{}' > t.json; echo x > t.docx; cp m.db other.db", scratch.path())
          .status == 0);
  for (const auto& [command, said] : cases) {
    INFO(command);
    const Finished finished = run_script("status=0; lacuna -m m.db " + command +
                                             " || status=$?; cmp m.db before.db; cmp p.json p.before; cmp other.db before.db; "
                                             "test \"$(cat t.json src/nodes.json t.docx | tr -d '\\n')\" = '{}{}x'; exit $status",
                                         scratch.path());
    std::string expected = said;
    if (const std::size_t at = expected.find('@'); at != std::string::npos)
      expected.replace(at, 1, fs::canonical(scratch.path()).string());
    CHECK(finished.err == expected);
    CHECK(finished.status == 2);
    CHECK(finished.out.empty());
  }
}
