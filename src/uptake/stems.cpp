#include "uptake/stems.hpp"

#include <algorithm>

namespace lacuna::uptake {

std::map<std::string_view, std::vector<std::uint32_t>> by_stem(const Split& split) {
  std::map<std::string_view, std::vector<std::uint32_t>> list;
  for (std::uint32_t c = 0; c < split.concepts.size(); ++c) {
    for (std::string_view rest = split.concepts[c].name; !rest.empty();) {
      const std::size_t blank = std::min(rest.find(' '), rest.size());
      auto& holders = list[rest.substr(0, blank)];
      if (holders.empty() || holders.back() != c) holders.push_back(c);
      rest.remove_prefix(std::min(blank + 1, rest.size()));
    }
  }
  return list;
}

}  // namespace lacuna::uptake
