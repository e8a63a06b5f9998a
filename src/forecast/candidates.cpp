#include "forecast/candidates.hpp"

#include <algorithm>

#include "lacuna/error.hpp"

namespace lacuna::forecast {
namespace {

/// The concepts of a work have met on its day.
void meet(Candidates& into, const Split::Work& work) {
  for (const std::uint32_t a : work.concepts) {
    for (const std::uint32_t b : work.concepts) {
      if (a == b) continue;
      into.count[a * into.n + b] += 1;
      into.last[a * into.n + b] = std::max(into.last[a * into.n + b], work.day);
    }
  }
}

}  // namespace

std::map<std::string_view, std::vector<std::uint32_t>> concepts_by_stem(const Split& split) {
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

std::uint32_t Candidates::find(std::uint32_t a, std::uint32_t b) const {
  if (a > b) std::swap(a, b);
  const auto first = second.begin() + begin[a];
  const auto last = second.begin() + begin[a + 1];
  const auto found = std::lower_bound(first, last, b);
  return found == last || *found != b ? no_pair : static_cast<std::uint32_t>(found - second.begin());
}

std::uint32_t Candidates::first(std::uint32_t pair) const {
  return static_cast<std::uint32_t>(std::ranges::upper_bound(begin, pair) - begin.begin() - 1);
}

Candidates candidates_of(const Split& split) {
  Candidates result;
  result.split = &split;
  const std::size_t n = result.n = split.concepts.size();
  if (n > 0xffff) throw Error(ErrorCode::bad_input, "concepts", "there are more than 65,535");
  result.count.assign(n * n, 0);
  result.last.assign(n * n, Candidates::never);
  for (const Split::Work& work : split.before) meet(result, work);
  std::vector<bool> apart(n * n, true);
  for (std::size_t k = 0; k < n * n; ++k) apart[k] = result.count[k] == 0;
  for (const Split::Work& need : split.needs) meet(result, need);
  result.degree.assign(n, 0);
  for (std::size_t a = 0; a < n; ++a)
    result.degree[a] = static_cast<float>(std::count_if(result.count.begin() + static_cast<std::ptrdiff_t>(a * n),
                                                        result.count.begin() + static_cast<std::ptrdiff_t>((a + 1) * n),
                                                        [](float c) { return c > 0; }));
  for (const auto& [a, b] : split.also) apart[a * n + b] = false;
  for (const auto& [stem, list] : concepts_by_stem(split)) {
    for (const std::uint32_t a : list) {
      for (const std::uint32_t b : list) apart[a * n + b] = false;
    }
  }
  for (std::size_t a = 0; a < n; ++a) {
    result.begin.push_back(static_cast<std::uint32_t>(result.second.size()));
    if (!split.needs.empty() && a >= split.outside) continue;
    for (std::size_t b = a + 1; b < n; ++b) {
      if (apart[a * n + b]) result.second.push_back(static_cast<std::uint16_t>(b));
    }
  }
  result.begin.push_back(static_cast<std::uint32_t>(result.second.size()));
  return result;
}

}  // namespace lacuna::forecast
