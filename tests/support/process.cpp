#include "support/process.hpp"

#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <sys/wait.h>
#include <unistd.h>

namespace lacuna::test {

namespace fs = std::filesystem;

namespace {

/// What tests change is not numbered with the device of whoever runs them, and no catalogue of theirs is asked or changed.
[[maybe_unused]] const int named =
    ::setenv("LACUNA_DEVICE", "tests", 1) + ::setenv("LACUNA_BY", "Tester", 1) + ::setenv("LACUNA_CATALOGUES", "", 1);

}  // namespace

Scratch::Scratch() {
  std::string name = (fs::temp_directory_path() / "lacuna-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) throw std::runtime_error("no scratch folder");
  folder_ = name;
}

Scratch::~Scratch() {
  std::error_code ignored;
  fs::remove_all(folder_, ignored);
}

std::string Scratch::path(const std::string& name) const { return name.empty() ? folder_ : folder_ + "/" + name; }

std::string Scratch::file(const std::string& name, const std::string& bytes) const {
  const fs::path where = path(name);
  fs::create_directories(where.parent_path());
  std::ofstream(where, std::ios::binary) << bytes;
  return where.string();
}

namespace {

std::string contents(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

/// The shipped map, built once a process.
const std::string& shipped_map() {
  static const Scratch folder;
  static const std::string path = [] {
    const std::string map = folder.path("shipped.db");
    const std::string command =
        std::string(LACUNA_PROGRAM) + " build " + LACUNA_SOURCE + "/data/ai-ml-security -o " + map + " >/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("the shipped map does not build");
    return map;
  }();
  return path;
}

}  // namespace

Finished run_script(const std::string& script, const std::string& folder) {
  const std::string program_folder = fs::path(LACUNA_PROGRAM).parent_path().string();
  const std::string shipped = shipped_map();
  const Scratch outputs;
  const pid_t child = ::fork();
  if (child == 0) {
    const std::string path = program_folder + ":" + (std::getenv("PATH") != nullptr ? std::getenv("PATH") : "/usr/bin:/bin");
    ::setenv("PATH", path.c_str(), 1);
    ::setenv("TESTS", LACUNA_SOURCE "/tests", 1);
    ::setenv("DATA", LACUNA_SOURCE "/data", 1);
    ::setenv("SHIPPED", shipped.c_str(), 1);
    ::setenv("SOURCE_DATE_EPOCH", "1795392000", 1);  // 2026-11-23
    ::setenv("LC_ALL", "C.UTF-8", 1);
    ::setenv("LACUNA_CATALOGUES", "catalogues.db", 1);  // Beside the map.
    ::unsetenv("LACUNA_MAP");
    if (::chdir(folder.c_str()) != 0) ::_exit(126);
    if (std::freopen(outputs.path("out").c_str(), "wb", stdout) == nullptr ||
        std::freopen(outputs.path("err").c_str(), "wb", stderr) == nullptr || std::freopen("/dev/null", "rb", stdin) == nullptr) {
      ::_exit(126);
    }
    // What does not conform fails the case, whatever the script makes of it and whoever approved what it printed.
    const std::string prelude = "refuse() { touch '" + outputs.path("refused") +
                                "'; return 1; }\njsonschema() { /usr/bin/python3 -m jsonschema \"$@\" || refuse; }\n";
    ::execlp("bash", "bash", "-euo", "pipefail", "-c", (prelude + script).c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  Finished finished;
  finished.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  finished.out = contents(outputs.path("out"));
  finished.err = contents(outputs.path("err"));
  finished.conforms = !fs::exists(outputs.path("refused"));
  return finished;
}

}  // namespace lacuna::test
