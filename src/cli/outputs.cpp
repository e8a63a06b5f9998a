#include "cli/outputs.hpp"
#include "base/files.hpp"

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

}  // namespace lacuna
