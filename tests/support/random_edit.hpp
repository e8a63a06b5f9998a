// One edit of a map by chance, as people make them: it stays valid.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "lacuna/model.hpp"
#include "support/dice.hpp"

namespace lacuna::test {

inline void random_edit(Map& map, Dice& dice, const std::string& by) {
  const auto node = [&]() -> Node& { return map.nodes[dice.below(map.nodes.size())]; };
  switch (dice.below(9)) {
    case 0: node().title += fmt::format(" {}", dice.below(100)); break;
    case 1: node().priority = static_cast<int>(1 + dice.below(5)); break;
    case 2: {
      Node& n = node();
      std::erase_if(n.attributes, [](const auto& a) { return a.first == "owner"; });
      n.attributes.emplace_back("owner", Value(by));
      break;
    }
    case 3: {
      const std::string alias = fmt::format("alias {} {}", by, dice.below(100000));
      node().aliases.push_back(alias);
      break;
    }
    case 4: {  // A person's verdict on a pair that somebody has judged.
      std::vector<const Link*> covers;
      for (const Link& l : map.links) {
        if (l.relation == Relation::covers) covers.push_back(&l);
      }
      if (covers.empty()) break;
      Link verdict = *covers[dice.below(covers.size())];
      const bool there = std::ranges::any_of(map.links, [&](const Link& l) {
        return l.from == verdict.from && l.to == verdict.to && l.relation == verdict.relation && l.by == by;
      });
      if (there) break;
      verdict.by = by;
      verdict.status = Status::asserted;
      verdict.degree = Degree::partial;
      verdict.set_relation.reset();
      verdict.rationale = fmt::format("read by {}", by);
      map.links.push_back(verdict);
      break;
    }
    case 5:
      if (!map.links.empty()) map.links[dice.below(map.links.size())].rationale = fmt::format("{} {}", by, dice.below(100));
      break;
    case 6: {
      std::vector<std::size_t> covers;
      for (std::size_t i = 0; i < map.links.size(); ++i) {
        if (map.links[i].relation == Relation::covers) covers.push_back(i);
      }
      if (!covers.empty()) map.links.erase(map.links.begin() + static_cast<std::ptrdiff_t>(covers[dice.below(covers.size())]));
      break;
    }
    case 7: {
      Node need;
      need.id = fmt::format("{}-{}", by, dice.below(1000000));
      need.kind = Kind::requirement;
      need.title = "A need that was missing";
      if (std::ranges::none_of(map.nodes, [&](const Node& n) { return n.id == need.id; })) map.nodes.push_back(need);
      break;
    }
    default: {  // A need goes, with everything that is said of it.
      const std::string id = node().id;
      if (map.nodes.size() < 10 || std::ranges::find(map.nodes, id, &Node::id)->kind != Kind::requirement) break;
      std::erase_if(map.links, [&](const Link& l) { return l.from == id || l.to == id; });
      for (Search& s : map.searches) {
        std::erase(s.needs, id);
        std::erase_if(s.candidates, [&](const JudgedCandidate& c) { return c.need == id; });
        std::erase_if(s.unjudged, [&](const UnjudgedCandidate& c) { return c.need == id; });
      }
      std::erase_if(map.searches, [](const Search& s) { return s.needs.empty(); });
      std::erase_if(map.nodes, [&](const Node& n) { return n.id == id; });
    }
  }
  sort_canonically(map);
}

}  // namespace lacuna::test
