#include "cli/outputs.hpp"
#include <filesystem>
#include <set>

#include "base/files.hpp"
#include "lacuna/render.hpp"

namespace lacuna {

std::string on_layout(const std::string& path, const std::function<std::string(std::string_view)>& f) {
  if (path.empty()) return f({});
  const std::string bytes = read_file(path);
  // To what takes a layout, no bytes mean none.
  if (bytes.empty()) throw Error(ErrorCode::bad_input, path, "is empty; name another template, or leave --template out");
  try {
    return f(bytes);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::bad_input) throw;
    std::string what = error.what();
    if (const std::string before = error.where() + ": "; !error.where().empty() && what.starts_with(before))
      what.erase(0, before.size());
    throw Error(error.code(), path, what);
  }
}

std::string rendered(const PaperFormat& format, const Paper& paper, const std::string& layout) {
  return on_layout(layout, [&](std::string_view bytes) { return format.render(paper, bytes); });
}

void write_text_form(const Map& map, const std::string& folder) {
  namespace fs = std::filesystem;
  if (folder.empty()) throw Error(ErrorCode::usage, "", "--format map writes a folder; name it with -o FOLDER");
  FolderReplacement replacement(folder);
  std::set<std::string> before;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    if (!is_text_file_of_map(name))
      throw Error(ErrorCode::io, folder,
                  fmt::format("holds \"{}\", which would become part of the map; name an empty folder", name));
    before.insert(name);
  }
  render_map(map, [&](const std::string& name, std::string&& bytes) {
    replacement.put(name, bytes);
    before.erase(name);
  });
  for (const std::string& name : before) replacement.remove(name);
  replacement.commit();
}

}  // namespace lacuna
