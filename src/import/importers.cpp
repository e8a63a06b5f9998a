#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

std::span<const Importer> importers() {
  static constexpr Importer list[] = {
      {"map", "the text form of a map: a folder of JSON files with nodes, links and searches", ".json", import_map},
  };
  return list;
}

const Importer& importer(std::string_view name) {
  const auto found = std::ranges::find(importers(), name, &Importer::name);
  if (found != importers().end()) return *found;
  std::vector<std::string> names;
  for (const Importer& i : importers()) names.emplace_back(i.name);
  throw Error(ErrorCode::usage, "", fmt::format("unknown input format \"{}\"; one of {}", name, join(names, ", ")));
}

Imported import_path(const Importer& importer, const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (!fs::exists(status)) throw Error(ErrorCode::io, path, "there is no such file or folder");
  if (fs::is_directory(status)) {
    for (fs::directory_iterator entry(path, problem), end; !problem && entry != end; entry.increment(problem)) {
      if (entry->path().extension() == importer.extension) files.push_back(entry->path().string());
    }
    if (problem) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", problem.message()));
    if (files.empty()) {
      throw Error(ErrorCode::bad_input, path, fmt::format("holds no {} file; name the folder of {}", importer.extension, importer.help));
    }
    std::ranges::sort(files, natural_less);
  } else {
    files.push_back(path);
  }
  std::vector<std::string> bytes;
  std::vector<Input> inputs;
  for (const std::string& file : files) bytes.push_back(read_file(file));
  for (std::size_t i = 0; i < files.size(); ++i) inputs.push_back({files[i], bytes[i]});
  return importer.read(inputs);
}

}  // namespace lacuna
