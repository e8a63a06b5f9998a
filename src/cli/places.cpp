#include "cli/places.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include "base/files.hpp"
#include "base/text.hpp"
#include "cli/command.hpp"

namespace lacuna {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view inputs[] = {"FILE", "FILE…", "FOLDER", "OLD", "NEW", "TEXT|FILE", "COLUMNS|FILE", "BASE", "THEIRS"};
constexpr std::string_view outputs[] = {"PATH", "NEW-MAP"};

struct Place {
  std::string option;
  std::string path;
  std::string what;  ///< "the map", "what --template names"
};

/// "-o" or "--report" as one would type it; of an argument its name.
const std::string& typed(const Option& option) { return option.names().front(); }

/// True when the path lies in the folder or in a folder inside, whether it exists or not.
bool inside(const std::string& path, const std::string& folder) {
  const auto root = file_id(folder);
  std::error_code problem;
  for (fs::path at = fs::absolute(resolved(path), problem).lexically_normal().parent_path(); !at.empty(); at = at.parent_path()) {
    if (file_id(at.string()) == root) return true;
    if (at == at.parent_path()) break;
  }
  return false;
}

/// What standard input or output is, where that is an ordinary file.
std::optional<FileId> stream_id(int descriptor) {
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return FileId{status.st_dev, status.st_ino};
}

}  // namespace

std::span<const std::string_view> input_types() { return inputs; }
std::span<const std::string_view> output_types() { return outputs; }

void guard_inputs(const CommandLine& program, const Context& context) {
  std::vector<Place> read;
  std::vector<Place> written;
  bool stdin_read = false;
  bool new_map = false;
  for (const CommandLine* level : program.chosen_levels()) {
    for (const Option& option : level->options()) {
      const bool output = is_one_of(option.type(), outputs);
      new_map = new_map || option.type() == "NEW-MAP";
      if (!option.given() || (!output && !is_one_of(option.type(), inputs))) continue;
      for (const std::string& path : option.typed()) {
        if (path == "-")
          stdin_read = stdin_read || !output;
        else
          (output ? written : read).push_back({typed(option), path, fmt::format("what {} names", typed(option))});
      }
    }
  }
  if (!new_map) read.push_back({"-m", context.map_path, "the map"});
  const std::string another = "; name another file";
  for (std::size_t i = 0; i < written.size(); ++i) {
    const auto& [option, path, what] = written[i];
    const auto id = file_id(path);
    for (const Place& input : read) {
      std::error_code problem;
      if (id && id == file_id(input.path))
        throw Error(ErrorCode::usage, option,
                    fmt::format("{} is {}, which is read and would be lost{}", path, input.what, another));
      if (fs::is_directory(input.path, problem) && inside(path, input.path)) {
        throw Error(ErrorCode::usage, option,
                    fmt::format("{} lies in {}, which is read; name a place outside of it", path, input.path));
      }
    }
    if (id && stdin_read && id == stream_id(STDIN_FILENO))
      throw Error(ErrorCode::usage, option, fmt::format("{} is what standard input reads, and would be lost{}", path, another));
    for (std::size_t j = 0; j < i; ++j) {
      if (resolved(path) == resolved(written[j].path) || (id && id == file_id(written[j].path))) {
        throw Error(ErrorCode::usage, option, fmt::format("{} is what {} names too{}", path, written[j].option, another));
      }
    }
  }
  const auto out = stream_id(STDOUT_FILENO);
  for (const Place& input : read) {
    if (out && out == file_id(input.path))
      throw Error(ErrorCode::usage, "standard output",
                  fmt::format("goes into {}, which is {}; send it elsewhere", input.path, input.what));
  }
}

}  // namespace lacuna
