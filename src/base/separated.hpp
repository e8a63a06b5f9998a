// Lists in a text.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace lacuna {

/// What stands between the separators, without blanks at its ends; what is empty is left out. Linear.
inline std::vector<std::string> parts_between(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    std::string_view part = text.substr(0, end);
    while (part.starts_with(' ')) part.remove_prefix(1);
    while (part.ends_with(' ')) part.remove_suffix(1);
    if (!part.empty()) parts.emplace_back(part);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace lacuna
