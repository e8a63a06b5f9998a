// The text form of everything that a map says, as one text.
#pragma once

#include <string>

#include "lacuna/render.hpp"

namespace lacuna::test {

inline std::string text_form(const Map& map) {
  std::string text;
  for (const auto& [name, bytes] : render_map(map)) text += name + "\n" + bytes;
  return text;
}

}  // namespace lacuna::test
