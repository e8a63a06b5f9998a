#include "text/titles.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace lacuna {

std::vector<std::string_view> title_parts(std::string_view title) {
  constexpr std::array<std::string_view, 6> separators{" - ", " -- ", " – ", " — ", "; ", ": "};
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  const auto end_at = [&](std::size_t end) {
    if (end > begin) parts.push_back(title.substr(begin, end - begin));
  };
  for (std::size_t at = title.find_first_of(" ;:"); at != std::string_view::npos; at = title.find_first_of(" ;:", at)) {
    const std::string_view rest = title.substr(at);
    std::size_t size = 0;
    for (const std::string_view separator : separators) {
      if (rest.starts_with(separator)) size = separator.size();
    }
    if (size > 0) {
      end_at(at);
      begin = at + size;
    }
    at += std::max<std::size_t>(size, 1);
  }
  end_at(title.size());
  return parts;
}

std::string title_part_key(std::string_view part) {
  while (part.starts_with(' ')) part.remove_prefix(1);
  while (part.ends_with(' ')) part.remove_suffix(1);
  return lower(part);
}

std::vector<std::string> leading_parts(std::string_view title) {
  std::vector<std::string> keys;
  const std::vector<std::string_view> parts = title_parts(title);
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) keys.push_back(title_part_key(parts[i]));
  return keys;
}

}  // namespace lacuna
