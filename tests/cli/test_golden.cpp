// Golden tests of the command line: tests/golden/CASE/ holds `cmd` (a script), and what it must print: `stdout`, `stderr`
// (each missing when empty) and `status` (missing when 0). tools/approve writes them anew; a person reads the difference.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "support/process.hpp"

namespace fs = std::filesystem;
using namespace lacuna::test;

namespace {

std::string read_or_empty(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void approve(const fs::path& path, const std::string& bytes, const std::string& unless) {
  if (bytes == unless) {
    fs::remove(path);
  } else {
    std::ofstream(path, std::ios::binary) << bytes;
  }
}

}  // namespace

TEST_CASE("golden: every case prints exactly what it printed when it was approved", "[golden]") {
  std::vector<fs::path> cases;
  for (const auto& entry : fs::directory_iterator(fs::path(LACUNA_SOURCE) / "tests" / "golden")) {
    if (fs::exists(entry.path() / "cmd")) cases.push_back(entry.path());
  }
  std::sort(cases.begin(), cases.end());
  REQUIRE(cases.size() >= 30);
  for (const fs::path& folder : cases) {
    DYNAMIC_SECTION(folder.filename().string()) {
      const Scratch scratch;
      const Finished finished = run_script(read_or_empty(folder / "cmd"), scratch.path());
      const std::string status = std::to_string(finished.status) + "\n";
      if (std::getenv("LACUNA_APPROVE") != nullptr) {
        approve(folder / "stdout", finished.out, "");
        approve(folder / "stderr", finished.err, "");
        approve(folder / "status", status, "0\n");
      }
      // A case that prints where the source lies holds on one machine alone.
      CHECK(finished.out.find(LACUNA_SOURCE) == std::string::npos);
      CHECK(finished.err.find(LACUNA_SOURCE) == std::string::npos);
      CHECK(finished.conforms);
      CHECK(finished.out == read_or_empty(folder / "stdout"));
      CHECK(finished.err == read_or_empty(folder / "stderr"));
      const std::string expected = read_or_empty(folder / "status");
      CHECK(status == (expected.empty() ? "0\n" : expected));
    }
  }
}
