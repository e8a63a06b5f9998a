#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/archive.hpp"
#include "import/entries.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

namespace {

constexpr std::string_view relaton_rules =
    "One document in two files or two catalogues (the same identifier in any spelling, also ISO's names with a hyphen and with a "
    "colon) is one: the newer schema "
    "version is believed, the body's own catalogue before others, and both entries are kept.\n"
    "A text under publication (60.00, without a year) is the dated edition of the same project.\n"
    "Documents with different numbers are never taken for one, even where their abstracts are the same.\n"
    "Words are words: \"AI\" may be Air Interface, and what a title means is for people to judge.\n"
    "Anchors, aliases and merge keys, nesting over 32 levels, texts over 4 MiB, records over 16 MiB, NUL and broken UTF-8 are "
    "refused, record by record; "
    "links and names that lead out of an archive too. An archive that unpacks to more than 1,000 times its size is not read on.";

constexpr std::string_view rfc_index_rules =
    "An RFC that was obsoleted is superseded, a historic one withdrawn; obsoletes and updates become supersedes and amends. BCP, "
    "STD and FYI are documents that refer to "
    "their RFCs. Numbers that were not issued are kept as such.\n"
    "Document type declarations, and with them entities, are refused.";

}  // namespace

std::span<const Importer> importers() {
  static constexpr Importer list[] = {
      {"map", "the text form of a map: a folder of JSON files with nodes, links and searches", ".json", import_map},
      {"stix", "STIX 2.1 bundles: attack patterns, courses of action that mitigate them, tactics", ".json", import_stix},
      {"oscal", "OSCAL catalogues of controls, and control mappings between them", ".json", import_oscal},
      {"csv", "tables of nodes or links with a header row, as spreadsheets save them", ".csv", import_csv},
      {"xlsx", "workbooks with such tables; lacuna export --format xlsx-template makes an empty one", ".xlsx", import_xlsx},
      {"relaton", "a Relaton catalogue: a folder, a .tar.zst, .tar.gz or .zip of YAML files, or a stream of YAML documents",
       ".yaml", nullptr, read_relaton, nullptr, relaton_rules},
      {"rfc-index", "the RFC Editor's rfc-index.xml", ".xml", nullptr, nullptr, read_rfc_index, rfc_index_rules},
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
  std::string why = names.empty() ? "its name does not tell the format"
                                  : fmt::format("several formats end in {} ({})", found->extension, join(names, ", "));
  throw Error(ErrorCode::usage, path, fmt::format("{}; name it with --format", why));
}

Imported import_path(const Importer& importer, const std::string& path) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  std::error_code problem;
  const fs::file_status status = fs::status(path, problem);
  if (!fs::exists(status)) throw Error(ErrorCode::io, path, "there is no such file or folder");
  std::optional<FolderReading> reading;
  if (fs::is_directory(status)) {
    reading.emplace(path);
    for (fs::directory_iterator entry(path, problem), end; !problem && entry != end; entry.increment(problem)) {
      // Excel leaves "~$NAME.xlsx" beside a workbook that is open.
      const fs::path& file = entry->path();
      if (lower(file.extension().string()) == importer.extension && !file.filename().string().starts_with("~$"))
        files.push_back(file.string());
    }
    if (problem) throw Error(ErrorCode::io, path, fmt::format("cannot be read: {}", problem.message()));
    if (files.empty()) {
      throw Error(ErrorCode::bad_input, path,
                  fmt::format("holds no {} file; name the folder of {}", importer.extension, importer.help));
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
