#include <algorithm>

#include "lacuna/model.hpp"

namespace lacuna {

Map known_by(Map map, Day day) {
  std::erase_if(map.links, [&](const Link& link) {
    const std::optional<Date>& told = link.on ? link.on : link.source.seen;
    return told && told->last_day() > day;
  });
  std::erase_if(map.searches, [&](const Search& search) { return search.on.last_day() > day; });
  for (Search& search : map.searches) {
    if (search.signature && search.signature->on.last_day() > day) search.signature.reset();
    std::erase_if(search.unjudged, [&](const UnjudgedCandidate& c) { return c.on.last_day() > day; });
  }
  return map;
}

}  // namespace lacuna
