#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/files.hpp"
#include "base/text.hpp"
#include "formats/archive.hpp"
#include "formats/json.hpp"
#include "formats/table.hpp"
#include "import/entries.hpp"
#include "lacuna/import.hpp"

namespace lacuna {

// Each beside the code that reads it, in its own file.
extern const Importer map_importer, stix_importer, oscal_importer, atlas_importer, mappings_explorer_importer, needs_importer,
    csl_importer, csv_importer, tsv_importer, xlsx_importer, sssom_importer, opencre_importer, relaton_importer,
    rfc_index_importer, iso_open_data_importer, datatracker_importer, work_programme_importer;

std::span<const Importer> importers() {
  static const Importer list[] = {
      map_importer,         stix_importer,          oscal_importer,   atlas_importer,     mappings_explorer_importer,
      needs_importer,       csl_importer,           csv_importer,     tsv_importer,       xlsx_importer,
      sssom_importer,       opencre_importer,       relaton_importer, rfc_index_importer, iso_open_data_importer,
      datatracker_importer, work_programme_importer};
  return list;
}

const Importer& importer(std::string_view name) {
  const auto found = std::ranges::find(importers(), name, &Importer::name);
  if (found != importers().end()) return *found;
  std::vector<std::string> names;
  for (const Importer& i : importers()) names.emplace_back(i.name);
  throw Error(ErrorCode::usage, "", fmt::format("unknown input format \"{}\"; one of {}", name, join(names, ", ")));
}

namespace {

/// The first heading of a table, below lines that begin with "#".
std::string_view first_heading_of(std::string_view beginning) {
  if (beginning.starts_with("\xEF\xBB\xBF")) beginning.remove_prefix(3);
  while (beginning.starts_with('#')) beginning.remove_prefix(std::min(beginning.find('\n'), beginning.size() - 1) + 1);
  if (beginning.starts_with('"')) return beginning.substr(1, std::min(beginning.find('"', 1), beginning.size()) - 1);
  return beginning.substr(0, std::min(beginning.find_first_of("\t,;\r\n"), beginning.size()));
}

/// The one of the formats that the beginning of the file tells: by its first heading, or by the members of an object, the one
/// that has most of them; else the one that needs no sign; nothing where none or several are told.
const Importer* told_by_beginning(const std::string& path, const std::vector<std::string>& names) {
  const std::string beginning = read_beginning(path, 1U << 20U);
  // Of a list, the members of its first object; a format whose files are lists says so by a bracket before its members.
  const bool list = trimmed(beginning).starts_with('[');
  const std::vector<std::string> members =
      json::root_members(list ? std::string_view(beginning).substr(std::min(beginning.find('{'), beginning.size())) : beginning);
  const Importer* found = nullptr;
  const Importer* plain = nullptr;
  std::ptrdiff_t most = 0;
  for (const Importer& i : importers()) {
    if (std::ranges::find(names, i.name) == names.end()) continue;
    if (i.members.empty() && i.first_heading.empty()) plain = &i;
    std::ptrdiff_t has = !i.first_heading.empty() && first_heading_of(beginning) == i.first_heading ? 1 : 0;
    std::string_view rest = i.members;
    const bool lists = rest.starts_with("[ ");
    if (lists) rest.remove_prefix(2);
    while (!rest.empty() && lists == list) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      has += std::ranges::count(members, rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    if (has == 0 || has < most) continue;
    found = has > most ? &i : nullptr;
    most = has;
  }
  return most > 0 ? found : plain;
}

}  // namespace

const Importer& importer_for(const std::string& path) {
  const std::string name = lower(path);
  std::vector<std::string> names;
  const Importer* found = nullptr;
  for (const Importer& i : importers()) {
    if (!i.only_file.empty() && std::filesystem::path(name).filename() == i.only_file) return i;
    if (!i.only_file.empty()) continue;
    const bool archive = i.read_entry != nullptr && (Archive::holds_many(name) || name.ends_with(".yml"));
    // More extensions are for folders, .xml alone says too little; but a first heading does say it.
    const bool headed = !i.first_heading.empty() &&
                        std::ranges::any_of(i.more_extensions, [&](std::string_view ending) { return name.ends_with(ending); });
    if (!archive && !headed && !name.ends_with(i.extension)) continue;
    found = &i;
    names.emplace_back(i.name);
  }
  if (names.size() == 1) return *found;
  if (!names.empty()) {
    if (const Importer* told = told_by_beginning(path, names)) return *told;
  }
  std::string why = names.empty() ? "its name does not tell the format"
                                  : fmt::format("several formats end in {} ({})",
                                                std::filesystem::path(name).extension().string(), join(names, ", "));
  throw Error(ErrorCode::usage, path, fmt::format("{}; name it with --format", why));
}

Imported import_path(const Importer& importer, const std::string& path, const TableLayout& layout, const Map* onto) {
  if (importer.read_table == nullptr && !layout.empty())
    throw Error(ErrorCode::usage, path, fmt::format("the format {} has no columns to be named; tables have", importer.name));
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
      const std::string ending = lower(file.extension().string());
      const bool belongs =
          ending == importer.extension || std::ranges::find(importer.more_extensions, ending) != importer.more_extensions.end();
      if (belongs && !file.filename().string().starts_with("~$")) files.push_back(file.string());
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
  if (importer.read_table != nullptr) return importer.read_table(inputs, layout);
  return onto != nullptr && importer.read_onto != nullptr ? importer.read_onto(inputs, *onto) : importer.read(inputs);
}

}  // namespace lacuna
