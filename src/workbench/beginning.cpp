#include "workbench/beginning.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "base/files.hpp"
#include "formats/document.hpp"
#include "workbench/checked.hpp"

namespace lacuna {

Map map_of_programme(const std::string& file) {
  std::vector<Diagnostic> faults;
  const auto programme = read_programme(read_file(file, largest_document + 1), file, faults);
  refuse_faults(file, "", "; no map was made", faults);
  Map map;
  map.info.title = programme->title;
  const Source source{.name = std::filesystem::path(file).filename().string()};
  std::size_t number = 0;
  for (const std::string& objective : programme->objectives)
    map.nodes.push_back({.id = fmt::format("O{}", ++number), .kind = Kind::objective, .title = objective, .source = source});
  number = 0;
  for (const WorkshopProgramme::Session& session : programme->sessions) {
    ++number;
    const std::string id = session.number.empty() ? fmt::format("Session {}", number) : "Session " + session.number;
    map.nodes.push_back({.id = id, .kind = Kind::session, .title = session.title, .source = source});
  }
  return map;
}

std::string installed_map() {
  std::error_code none;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", none);
  const std::filesystem::path map = program.parent_path().parent_path() / "share/lacuna/ai-ml-security.db";
  return !none && std::filesystem::exists(map, none) ? map.string() : std::string();
}

}  // namespace lacuna
