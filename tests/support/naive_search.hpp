// What search records say of a need that nothing covers, read word by word.
#pragma once

#include <algorithm>
#include <string>

#include "lacuna/model.hpp"

namespace lacuna {

inline std::string naive_uncovered(const Map& map, const std::string& need) {
  bool searched = false;
  for (const Search& search : map.searches) {
    if (std::find(search.needs.begin(), search.needs.end(), need) == search.needs.end()) continue;
    searched = true;
    bool judged = false;
    bool disputed = false;
    for (const JudgedCandidate& a : search.candidates) {
      if (a.need != need || a.finding == Finding::not_read) continue;
      judged = true;
      for (const JudgedCandidate& b : search.candidates) {
        disputed =
            disputed || (b.need == need && b.document == a.document && b.finding != Finding::not_read && b.finding != a.finding);
      }
    }
    if (search.signature && judged && !disputed) return "confirmed-gap";
  }
  return searched ? "not-found" : "unknown";
}

}  // namespace lacuna
