// Nodes and links of an import onto the map that is there.
#include "model/merge_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "base/identity.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// True when two nodes say the same; where they were seen does not matter.
bool same(const Node& a, const Node& b) {
  return std::tie(a.kind, a.title, a.text, a.priority, a.state, a.address, a.aliases, a.attributes, a.dates) ==
         std::tie(b.kind, b.title, b.text, b.priority, b.state, b.address, b.aliases, b.attributes, b.dates);
}

bool same(const Link& a, const Link& b) {
  return std::tie(a.degree, a.set_relation, a.strength, a.rationale, a.evidence, a.clause, a.on, a.status) ==
         std::tie(b.degree, b.set_relation, b.strength, b.rationale, b.evidence, b.clause, b.on, b.status);
}

/// True when what was judged of the one need may not hold of the other.
bool reads_otherwise(const Node& old, const Node& node) {
  return is_need(node.kind) && old.attribute(awaited).empty() &&
         std::tie(old.kind, old.title, old.text) != std::tie(node.kind, node.title, node.text);
}

std::string key_of(const Link& l) { return fmt::format("{}\n{}\n{}\n{}", l.from, name_of(l.relation), l.to, identity_of(l.by)); }

std::string text_of(const Link& l) { return fmt::format("{} {} {}", l.from, name_of(l.relation), l.to); }

}  // namespace

std::string without_edition(std::string_view name) {
  static constexpr std::string_view marks[] = {"rev", "rev.", "revision", "version", "ver.", "edition", "ed.", "release"};
  const auto is_number = [](std::string_view word) {
    if (word.starts_with('v')) word.remove_prefix(1);
    return !word.empty() && std::ranges::all_of(word, [](char c) { return is_digit(c) || c == '.'; });
  };
  std::string out;
  bool after_mark = false;
  const std::string small = identity_of(name);
  std::string_view rest = small;
  while (!rest.empty()) {
    const std::size_t blank = rest.find(' ');
    std::string_view word = rest.substr(0, blank);
    while (word.ends_with(':') || word.ends_with(',')) word.remove_suffix(1);
    // "27001:2022" is 27001.
    if (const std::size_t colon = word.find(':'); colon != std::string_view::npos && is_number(word.substr(colon + 1)))
      word = word.substr(0, colon);
    rest.remove_prefix(blank == std::string_view::npos ? rest.size() : blank + 1);
    const bool mark = std::ranges::find(marks, word) != std::end(marks);
    const bool number = is_number(word) && (after_mark || word.find('.') != std::string_view::npos || word.starts_with('v'));
    if (!mark && !number && !word.empty()) out += (out.empty() ? "" : " ") + std::string(word);
    after_mark = mark;
  }
  return out;
}

namespace {

class Merging {
 public:
  Merging(Map& map, Map&& from, const MergeRules& rules, std::unordered_set<std::string>& said)
      : map_(map), from_(std::move(from)), rules_(rules), fresh_(said) {}

  ImportSummary run() {
    sort_canonically(from_);
    rename();
    for (std::size_t i = 0; i < map_.nodes.size(); ++i) nodes_.emplace(identity_of(map_.nodes[i].id), i);
    for (Node& node : from_.nodes) take(std::move(node));
    for (std::size_t i = 0; i < map_.links.size(); ++i) links_.emplace(key_of(map_.links[i]), i);
    for (Link& link : from_.links) take(std::move(link));
    for (Search& search : from_.searches) take(std::move(search));
    for (const WholeSource& source : rules_.whole) take_back(source);
    question();
    if (map_.info.title.empty() && map_.info.about.empty() && !map_.info.date) map_.info = std::move(from_.info);
    return std::move(summary_);
  }

 private:
  /// Awaited nodes get the names under which they come; a name that is there already takes over the links.
  void rename() {
    if (rules_.renamed.empty()) return;
    const std::map<std::string, std::string> names(rules_.renamed.begin(), rules_.renamed.end());
    std::unordered_set<std::string> there;
    for (const Node& node : map_.nodes) there.insert(identity_of(node.id));
    const auto name = [&](std::string& id) {
      if (const auto found = names.find(id); found != names.end()) id = found->second;
    };
    std::erase_if(map_.nodes, [&](const Node& node) {
      const auto found = names.find(node.id);
      return found != names.end() && !there.insert(identity_of(found->second)).second;
    });
    for (Node& node : map_.nodes) name(node.id);
    for (Link& link : map_.links) {
      name(link.from);
      name(link.to);
    }
    std::unordered_set<std::string> seen;
    std::erase_if(map_.links, [&](const Link& link) { return link.from == link.to || !seen.insert(key_of(link)).second; });
    for (Search& search : map_.searches) {
      for (std::string& need : search.needs) name(need);
      for (JudgedCandidate& c : search.candidates) {
        name(c.need);
        name(c.document);
      }
      for (UnjudgedCandidate& c : search.unjudged) {
        name(c.need);
        name(c.document);
      }
    }
  }

  void take(Node&& node) {
    ++summary_.read;
    sort_canonically(node);
    came_.insert(identity_of(node.id));
    const auto [found, added] = nodes_.emplace(identity_of(node.id), map_.nodes.size());
    if (added) {
      ++summary_.added;
      map_.nodes.push_back(std::move(node));
      return;
    }
    Node& old = map_.nodes[found->second];
    node.id = old.id;
    // What stands for something that is there already says nothing new.
    const bool only_awaited = !node.attribute(awaited).empty() && old.attribute(awaited).empty();
    if (only_awaited || same(old, node)) {
      ++summary_.unchanged;
      return;
    }
    ++summary_.changed;
    summary_.changes.push_back(fmt::format(
        "{}: {}", old.id, old.title == node.title ? "details" : fmt::format("title now \"{}\"", shortened(node.title, 80))));
    if (reads_otherwise(old, node)) changed_.insert(old.id);
    old = std::move(node);
  }

  [[nodiscard]] std::string spelling(const std::string& id) const {
    const auto found = nodes_.find(identity_of(id));
    return found == nodes_.end() ? id : map_.nodes[found->second].id;
  }

  void take(Link&& link) {
    ++summary_.read;
    link.from = spelling(link.from);
    link.to = spelling(link.to);
    const std::string key = key_of(link);
    const auto [found, added] = links_.emplace(key, map_.links.size());
    said_.insert(key);
    if (added) {
      ++summary_.added;
      fresh_.insert(key);
      map_.links.push_back(std::move(link));
      return;
    }
    Link& old = map_.links[found->second];
    if (same(old, link)) {
      ++summary_.unchanged;
      return;
    }
    ++summary_.changed;
    summary_.changes.push_back(text_of(old));
    fresh_.insert(key);
    old = std::move(link);
  }

  void take(Search&& search) {
    ++summary_.read;
    const std::string id = identity_of(search.id);
    recorded_.insert(id);
    const auto same = std::ranges::find_if(map_.searches, [&](const Search& s) { return has_identity(s.id, id); });
    if (same == map_.searches.end()) {
      ++summary_.added;
      map_.searches.push_back(std::move(search));
    } else {
      ++summary_.unchanged;
      if (!rules_.whole.empty()) *same = std::move(search);
    }
  }

  /// What the source said before and does not say any more.
  void take_back(const WholeSource& source) {
    const std::string name = without_edition(source.name);
    const auto own_link = [&](const Link& link) {
      if (without_edition(link.source.name) != name || link.status == Status::rejected) return false;
      if (link.by.empty()) return link.relation == Relation::part_of;
      return link.by == link.source.name || std::ranges::find(source.voices, link.by) != source.voices.end();
    };
    const std::size_t links = std::erase_if(map_.links, [&](const Link& link) {
      const bool gone = own_link(link) && !said_.contains(key_of(link));
      if (gone) summary_.taken_back.push_back(text_of(link));
      return gone;
    });
    const std::size_t records = std::erase_if(map_.searches, [&](const Search& search) {
      const bool gone = search.id.starts_with(shortened(source.name, 80) + ": ") && !recorded_.contains(identity_of(search.id));
      if (gone) summary_.taken_back.push_back(fmt::format("search record {}", search.id));
      return gone;
    });
    const std::size_t nodes = take_back_nodes(source, name);
    summary_.gone_links += links;
    summary_.gone_nodes += nodes;
    summary_.gone_searches += records;
    summary_.gone += links + nodes + records;
  }

  std::size_t take_back_nodes(const WholeSource& source, const std::string& name) {
    if (source.mark.empty()) return 0;
    std::unordered_set<std::string> gone;
    for (const Node& node : map_.nodes) {
      const bool own = std::ranges::any_of(node.attributes, [&](const auto& a) { return a.first == source.mark; });
      if (own && without_edition(node.source.name) == name && !came_.contains(identity_of(node.id))) gone.insert(node.id);
    }
    // What is in no other hands goes with all that hangs together with it.
    std::unordered_set<std::string> rests;
    const auto hold = [&](const std::string& id) {
      if (gone.contains(id)) rests.insert(id);
    };
    for (const Link& link : map_.links) {
      hold(link.from);
      hold(link.to);
    }
    for (const Search& search : map_.searches) {
      for (const std::string& need : search.needs) hold(need);
    }
    std::size_t count = 0;
    std::erase_if(map_.nodes, [&](const Node& node) {
      if (!gone.contains(node.id) || rests.contains(node.id)) return false;
      summary_.taken_back.push_back(fmt::format("{} {} ({})", name_of(node.kind), node.id, shortened(node.title, 80)));
      ++count;
      return true;
    });
    for (Node& node : map_.nodes) {
      if (!rests.contains(node.id) || node.kind == Kind::deliverable) continue;
      const bool ended = std::ranges::find(node.dates, "until", &NodeDate::what) != node.dates.end();
      if (ended || !source.on) continue;
      const auto since = std::ranges::find(node.dates, "since", &NodeDate::what);
      const bool later = since != node.dates.end() && since->date.first_day() > source.on->last_day();
      node.dates.push_back({"until", later ? since->date : *source.on});
      sort_canonically(node);
      summary_.ended.push_back(fmt::format("{} ({})", node.id, shortened(node.title, 80)));
    }
    return count;
  }

  void question() {
    if (!rules_.questions || changed_.empty()) return;
    for (Link& link : map_.links) {
      if (link.relation != Relation::covers || link.status != Status::asserted || link.degree == Degree::none) continue;
      if (!changed_.contains(link.to) || fresh_.contains(key_of(link))) continue;
      link.questioned = fmt::format("{} reads otherwise since {}", link.to, to_string(*rules_.questions));
      summary_.questioned.push_back(text_of(link));
    }
    for (Search& search : map_.searches) {
      if (!search.signature || recorded_.contains(identity_of(search.id)) || search.catalogues.empty()) continue;
      for (const JudgedCandidate& c : search.candidates) {
        const bool waits = std::ranges::any_of(
            search.unjudged, [&](const UnjudgedCandidate& u) { return u.need == c.need && u.document == c.document; });
        if (!changed_.contains(c.need) || c.finding == Finding::not_read || waits) continue;
        search.unjudged.push_back({c.need, c.document, c.document, search.catalogues.front().name, *rules_.questions});
        summary_.questioned.push_back(fmt::format("{} near {}, judged in {}", c.document, c.need, search.id));
      }
    }
  }

  Map& map_;
  Map from_;
  const MergeRules& rules_;
  ImportSummary summary_;
  std::unordered_map<std::string, std::size_t> nodes_;  ///< By the identity of the id.
  std::map<std::string, std::size_t> links_;
  std::unordered_set<std::string> came_;      ///< Nodes that came, by identity.
  std::unordered_set<std::string> said_;      ///< Links that came, by key.
  std::unordered_set<std::string> recorded_;  ///< Search records that came, by identity.
  std::unordered_set<std::string> changed_;   ///< Needs that read otherwise.
  std::unordered_set<std::string>& fresh_;    ///< Links that are new or say something new, by key.
};

}  // namespace

ImportSummary merge_into(Map& map, Map&& from, const MergeRules& rules, std::unordered_set<std::string>& said) {
  return Merging(map, std::move(from), rules, said).run();
}

ImportSummary merge_into(Map& map, Map&& from) {
  std::unordered_set<std::string> said;
  return merge_into(map, std::move(from), {}, said);
}

}  // namespace lacuna
