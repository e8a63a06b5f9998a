#include "server/upload_folder.hpp"

#include <cstdlib>
#include <filesystem>

#include "lacuna/error.hpp"

namespace lacuna {

std::string upload_folder() {
  std::string made = (std::filesystem::temp_directory_path() / "lacuna-XXXXXX").string();
  if (::mkdtemp(made.data()) == nullptr)
    throw Error(ErrorCode::io, made, "cannot be made, and an upload needs a place; see $TMPDIR");
  return made;
}

}  // namespace lacuna
