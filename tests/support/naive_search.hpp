// What search records say of a need that nothing covers, read word by word.
#pragma once

#include <algorithm>
#include <string>

#include "lacuna/model.hpp"

namespace lacuna {

inline std::string naive_uncovered(const Map& map, const std::string& need) {
  bool open = false;  // Two people differ about a document near it.
  for (const Search& one : map.searches) {
    for (const JudgedCandidate& a : one.candidates) {
      for (const Search& other : map.searches) {
        for (const JudgedCandidate& b : other.candidates) {
          if (a.need != need || b.need != need || a.document != b.document) continue;
          open = open || (a.finding != Finding::not_read && b.finding != Finding::not_read && a.finding != b.finding);
        }
      }
    }
  }
  for (const Search& search : map.searches) {
    for (const UnjudgedCandidate& c : search.unjudged) open = open || c.need == need;  // Or one waits for judgement.
  }
  bool searched = false;
  for (const Search& search : map.searches) {
    if (std::find(search.needs.begin(), search.needs.end(), need) == search.needs.end()) continue;
    searched = true;
    for (const JudgedCandidate& a : search.candidates) {
      if (search.signature && a.need == need && a.finding != Finding::not_read && !open) return "confirmed-gap";
    }
  }
  return searched ? "not-found" : "unknown";
}

}  // namespace lacuna
