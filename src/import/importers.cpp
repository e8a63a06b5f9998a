#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "formats/archive.hpp"
#include "import/entries.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

std::span<const Importer> importers() {
  static constexpr Importer list[] = {
      {"map", "the text form of a map: a folder of JSON files with nodes, links and searches", ".json", import_map},
      {"stix", "STIX 2.1 bundles: attack patterns, courses of action that mitigate them, tactics", ".json", import_stix},
      {"oscal", "OSCAL catalogues of controls, and control mappings between them", ".json", import_oscal},
      {"relaton", "a Relaton catalogue: a folder, a .tar.zst, .tar.gz or .zip of YAML files, or a stream of YAML documents", ".yaml", nullptr, read_relaton},
      {"rfc-index", "the RFC Editor's rfc-index.xml", ".xml", nullptr, nullptr, read_rfc_index},
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

const Importer& importer_for(const std::string& path) {
  const std::string name = lower(path);
  std::vector<std::string> names;
  const Importer* found = nullptr;
  for (const Importer& i : importers()) {
    const bool archive = i.read_entry != nullptr && (Archive::holds_many(name) || name.ends_with(".yml"));
    if (!archive && !name.ends_with(i.extension)) continue;
    found = &i;
    names.emplace_back(i.name);
  }
  if (names.size() == 1) return *found;
  std::string why = names.empty() ? "its name does not tell the format" : fmt::format("several formats end in {} ({})", found->extension, join(names, ", "));
  throw Error(ErrorCode::usage, path, fmt::format("{}; name it with --format", why));
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
