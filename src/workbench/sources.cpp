#include "workbench/sources.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.hpp"
#include "base/names.hpp"
#include "base/text.hpp"
#include "formats/json.hpp"
#include "lacuna/import.hpp"
#include "workbench/device.hpp"

namespace lacuna {
namespace {

/// A text that a row must have, or may.
std::string text_of(const Value& row, std::string_view member, const std::string& where, bool must) {
  const std::string* text = row[member].if_text();
  if (text != nullptr && !text->empty() && harmless(*text) == *text) return *text;
  if (must || !row[member].is_null()) throw Error(ErrorCode::bad_input, where, fmt::format("needs \"{}\", a text", member));
  return {};
}

UpdateSource source_of(const Value& row, const std::string& file, std::size_t number) {
  const std::string where = fmt::format("{}: source {}", file, number);
  UpdateSource source{.name = text_of(row, "name", where, true),
                      .address = text_of(row, "address", where, true),
                      .format = text_of(row, "format", where, true),
                      .of = text_of(row, "of", where, false),
                      .licence = text_of(row, "licence", where, false),
                      .attribution = text_of(row, "attribution", where, false)};
  if (source.name.find('/') != std::string::npos || source.name.starts_with('.'))
    throw Error(ErrorCode::bad_input, where, "has a name that is none of a file");
  const auto row_of = std::ranges::find(importers(), source.format, &Importer::name);
  if (row_of == importers().end() || !row_of->is_catalogue())
    throw Error(ErrorCode::bad_input, where,
                fmt::format("has a \"format\" that is no importer of catalogues: {}", source.format));
  if (const auto* hosts = row["hosts"].if_array(); hosts != nullptr) {
    for (const Value& host : *hosts) {
      if (host.if_text() != nullptr) source.hosts.push_back(lower(*host.if_text()));
    }
  }
  if (const bool* insecure = row["insecure"].if_bool(); insecure != nullptr) source.insecure = *insecure;
  if (const auto* most = row["most_megabytes"].if_integer(); most != nullptr && *most > 0)
    source.most_megabytes = static_cast<std::uint64_t>(*most);
  return source;
}

void add(std::vector<UpdateSource>& sources, std::string_view text, const std::string& file) {
  std::vector<Diagnostic> faults;
  const auto json = json::read(text, file, faults);
  if (!json) throw error_of(faults.front());
  const Value all = json::to_value(*json);
  const auto* rows = all["sources"].if_array();
  if (rows == nullptr) throw Error(ErrorCode::bad_input, file, "needs \"sources\", a list");
  std::size_t number = 0;
  for (const Value& row : *rows) {
    UpdateSource source = source_of(row, file, ++number);
    std::erase_if(sources, [&](const UpdateSource& s) { return s.name == source.name; });
    sources.push_back(std::move(source));
  }
}

}  // namespace

std::vector<UpdateSource> catalogue_sources() {
  std::vector<UpdateSource> sources;
  add(sources, shipped_sources(), "data/sources.json");
  const std::string own = configuration_folder() + "/sources.json";
  if (!configuration_folder().empty() && holds_something(own)) add(sources, read_file(own), own);
  std::ranges::sort(sources, {}, &UpdateSource::name);
  return sources;
}

}  // namespace lacuna
