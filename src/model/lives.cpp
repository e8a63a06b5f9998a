#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "lacuna/model.hpp"

namespace lacuna {

std::vector<std::vector<Milestone>> lives(const Map& map) {
  std::vector<std::vector<Milestone>> result(map.nodes.size());
  std::unordered_map<std::string_view, std::size_t> position;
  position.reserve(map.nodes.size());
  for (std::size_t i = 0; i < map.nodes.size(); ++i) position.emplace(map.nodes[i].id, i);

  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    const Node& node = map.nodes[i];
    if (node.kind != Kind::deliverable) continue;
    for (const NodeDate& date : node.dates) {
      if (const auto state = parse<State>(date.what)) {
        Milestone m{date.date.last_day(), *state, true, fmt::format("{} {}", date.what, to_string(date.date))};
        // A draft "2026" that was seen in August was there by then.
        const std::optional<Date>& seen = node.source.seen;
        if (seen && node.state == state && date.date.first_day() <= seen->last_day() && seen->last_day() < m.day) {
          m.day = seen->last_day();
          m.basis += fmt::format(", seen {}", to_string(*seen));
        }
        result[i].push_back(std::move(m));
      }
    }
  }

  const auto add_undated = [&](std::size_t i) {
    const Node& node = map.nodes[i];
    std::vector<Milestone>& life = result[i];
    if (node.kind != Kind::deliverable) return;
    const bool told = !node.state || std::ranges::any_of(life, [&](const Milestone& m) { return m.state == *node.state; });
    if (!told) {
      Milestone last{Day::before_everything, *node.state, false,
                     fmt::format("{}, undated: taken to hold always", name_of(*node.state))};
      if (node.source.seen) {
        last.day = node.source.seen->last_day();
        last.basis = fmt::format("{}, undated; seen {}", name_of(*node.state), to_string(*node.source.seen));
      } else if (map.info.date) {
        last.day = map.info.date->last_day();
        last.basis = fmt::format("{}, undated; on the map of {}", name_of(*node.state), to_string(*map.info.date));
      }
      // A state that is told without a date comes after everything that is dated.
      for (const Milestone& m : life) last.day = std::max(last.day, m.day);
      life.push_back(std::move(last));
    }
  };
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    if (map.nodes[i].state <= State::published) add_undated(i);
  }

  // A later edition ends the life of the earlier one, unless the earlier one already says when it ended.
  const auto published_on = [&](std::size_t i) -> const Milestone* {
    const auto found = std::ranges::find(result[i], State::published, &Milestone::state);
    return found == result[i].end() ? nullptr : &*found;
  };
  const auto ended = [&](std::size_t i) {
    return std::ranges::any_of(result[i], [](const Milestone& m) { return m.state >= State::superseded; });
  };
  std::vector<std::pair<std::size_t, Milestone>> derived;
  for (const Link& link : map.links) {
    if (link.relation != Relation::supersedes || link.status != Status::asserted) continue;
    const auto from = position.find(link.from);
    const auto to = position.find(link.to);
    if (from == position.end() || to == position.end() || ended(to->second)) continue;
    if (const Milestone* newer = published_on(from->second)) {
      derived.emplace_back(to->second, Milestone{newer->day, State::superseded, newer->dated,
                                                 fmt::format("superseded by {}, {}", link.from, newer->basis)});
    }
  }
  for (auto& [node, milestone] : derived) {
    const auto same = std::ranges::find(result[node], State::superseded, &Milestone::state);
    if (same == result[node].end()) {
      result[node].push_back(std::move(milestone));
    } else if (std::pair(milestone.day, milestone.basis) < std::pair(same->day, same->basis)) {
      *same = std::move(milestone);
    }
  }

  // An end that nobody dated: neither the record nor a later edition.
  for (std::size_t i = 0; i < map.nodes.size(); ++i) {
    if (map.nodes[i].state > State::published) add_undated(i);
  }
  for (std::vector<Milestone>& life : result) {
    std::ranges::stable_sort(life, {}, [](const Milestone& m) { return std::pair(m.day, m.state); });
    // Nothing comes back to life: a state that was passed is not entered again.
    State reached = State::proposed;
    std::erase_if(life, [&](const Milestone& m) {
      const bool passed = m.state < reached;
      reached = std::max(reached, m.state);
      return passed;
    });
  }
  return result;
}

}  // namespace lacuna
