// Samples of an importer: tests/import/NAME/valid/ holds inputs without a fault (a file, or a folder of files), invalid/ inputs
// named after their fault, each with what must be said of it in NAME.txt.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files.hpp"
#include "base/text.hpp"
#include "lacuna/import.hpp"
#include "workbench/checked.hpp"

namespace lacuna::test {

inline std::filesystem::path samples(std::string_view importer) {
  return std::filesystem::path(LACUNA_SOURCE) / "tests" / "import" / importer;
}

/// Inputs of a folder of samples, in the order of their names.
inline std::vector<std::filesystem::path> inputs_of(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> result;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".txt") result.push_back(entry.path());
  }
  std::sort(result.begin(), result.end());
  return result;
}

/// What an importer of catalogues made of an input.
struct Records {
  std::vector<Record> records;
  std::vector<Diagnostic> diagnostics;
};

/// A catalogue as the program reads it; what it says of the input as a whole comes last. File names do not depend on where the
/// source tree stands.
inline Records read_records(const Importer& importer, const std::filesystem::path& path) {
  Records result;
  CatalogueSink sink;
  sink.known = [](std::string_view, std::uint64_t) { return false; };
  sink.record = [&](Record&& r) { result.records.push_back(std::move(r)); };
  sink.unchanged = [](std::string_view) {};
  sink.skipped = [&](Diagnostic&& d) { result.diagnostics.push_back(std::move(d)); };
  sink.progress = [](double) {};
  try {
    read_catalogue(importer, path.string(), sink);
  } catch (const Error& error) {
    std::string message = error.what();
    message.erase(0, std::min(message.size(), error.where().size() + 2));
    const std::string where = error.where().substr(std::min(error.where().size(), path.string().size()));
    result.diagnostics.push_back({Severity::error, path.filename().string() + where, 0, message});
  }
  for (Diagnostic& d : result.diagnostics) {
    if (d.file.starts_with(path.parent_path().string())) d.file.erase(0, path.parent_path().string().size() + 1);
  }
  return result;
}

/// The sample as the program reads it, with file names that do not depend on where the source tree stands.
inline Imported read_sample(const Importer& importer, const std::filesystem::path& path) {
  if (importer.is_catalogue()) return {{}, read_records(importer, path).diagnostics, true};
  std::vector<std::filesystem::path> files;
  if (std::filesystem::is_directory(path)) {
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      if (entry.path().extension() == importer.extension) files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
  } else {
    files.push_back(path);
  }
  std::vector<std::string> bytes;
  for (const auto& file : files) bytes.push_back(read_file(file.string()));
  std::vector<Input> inputs;
  for (std::size_t i = 0; i < files.size(); ++i) inputs.push_back({files[i].filename().string(), bytes[i]});
  Imported imported = importer.read(inputs);
  // Tables are parts of a map, and have no title.
  if (importer.read_table != nullptr || !importer.first_heading.empty()) imported.map.info.title = "Tables";
  check(imported);
  return imported;
}

inline std::string faults(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& d : diagnostics) text += to_string(d) + "\n";
  return text;
}

}  // namespace lacuna::test
