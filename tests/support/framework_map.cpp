#include "support/framework_map.hpp"

#include <fmt/format.h>

#include <set>
#include <unordered_map>

#include "support/dice.hpp"

namespace lacuna::test {
namespace {

constexpr std::size_t levels[] = {12, 40, 100, 140, 136};  // 428 requirements.
constexpr std::size_t standards = 30;
constexpr std::size_t sections = 100;
constexpr std::size_t groups = 10;

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : dice_(seed) {}

  Map run() {
    map_.info = {"Frameworks", "", Date{2026, 6, 1}};
    add_requirements();
    for (std::size_t g = 1; g <= groups; ++g) add(Kind::group, fmt::format("Body {:02}", g));
    for (std::size_t s = 1; s <= standards; ++s) add_standard(s);
    return std::move(map_);
  }

 private:
  std::string add(Kind kind, const std::string& id) {
    Node node;
    node.kind = kind;
    node.id = id;
    node.title = fmt::format("{} {}", name_of(kind), id);
    if (kind == Kind::deliverable) {
      node.state = State::published;
      node.dates = {{"published", Date{2024}}};
    }
    map_.nodes.push_back(std::move(node));
    return id;
  }
  Link& link(const std::string& from, Relation relation, const std::string& to) {
    Link link;
    link.from = from;
    link.relation = relation;
    link.to = to;
    map_.links.push_back(std::move(link));
    return map_.links.back();
  }
  static std::string requirement(std::size_t i) { return fmt::format("R{:03}", i + 1); }

  /// Parents come from the level above only, so nothing runs in a circle.
  void add_requirements() {
    std::size_t above = 0;
    std::size_t first = 0;
    for (const std::size_t size : levels) {
      for (std::size_t i = first; i < first + size; ++i) {
        const std::string id = add(Kind::requirement, requirement(i));
        if (first == 0) continue;
        const std::size_t parent = above + dice_.below(first - above);
        link(id, Relation::part_of, requirement(parent));
        const std::size_t second = above + dice_.below(first - above);
        if (dice_.chance(15) && second != parent) link(id, Relation::part_of, requirement(second));
      }
      above = first;
      first += size;
    }
    requirements_ = first;
  }

  void add_standard(std::size_t number) {
    const std::string group = fmt::format("Body {:02}", 1 + dice_.below(groups));
    const std::string standard = add(Kind::deliverable, fmt::format("STD{:02}", number));
    link(group, Relation::develops, standard);
    for (std::size_t s = 1; s <= sections; ++s) {
      const std::string section = add(Kind::deliverable, fmt::format("{} §{:03}", standard, s));
      link(section, Relation::part_of, standard);
      link(group, Relation::develops, section);
      std::set<std::size_t> covered;
      for (const std::size_t wanted = 1 + dice_.below(3); covered.size() < wanted;) covered.insert(dice_.below(requirements_));
      for (const std::size_t r : covered) {
        Link& covers = link(section, Relation::covers, requirement(r));
        covers.degree = dice_.below(3) < 2 ? Degree::full : Degree::partial;
        covers.rationale = "because";
        covers.by = "A";
      }
    }
  }

  Dice dice_;
  Map map_;
  std::size_t requirements_ = 0;
};

}  // namespace

Map framework_map(std::uint64_t seed) { return Maker(seed).run(); }

std::string framework_steps(Map map) {
  sort_canonically(map);
  std::unordered_map<std::string_view, std::size_t> number;
  for (const Node& node : map.nodes) {
    if (node.kind == Kind::requirement) number.emplace(node.id, number.size());
  }
  // Sections stand behind the requirements, those of one standard together: first all the starts, then all the ends.
  const std::size_t starts = number.size();
  const std::size_t ends = starts + standards * sections;
  std::string text = fmt::format("nodes {}\n", ends + standards * sections);
  for (std::size_t s = 0; s < standards; ++s) {
    const std::string standard = fmt::format("STD{:02}", s + 1);
    text += fmt::format("standard {} {} {} {} {}\n", standard, starts + s * sections, starts + (s + 1) * sections,
                        ends + s * sections, ends + (s + 1) * sections);
  }
  for (const Node& node : map.nodes) {
    if (node.kind == Kind::deliverable && node.id.find(' ') != std::string::npos) number.emplace(node.id, number.size());
  }
  for (const Link& link : map.links) {
    if (link.relation == Relation::covers) {
      const std::size_t section = number.at(link.from);
      const std::size_t requirement = number.at(link.to);
      const int weight = link.degree == Degree::full ? 0 : 1;
      text += fmt::format("{} {} {}\n{} {} {}\n", section, requirement, weight, requirement, section - starts + ends, weight);
    } else if (link.relation == Relation::part_of && link.from.front() == 'R') {
      const std::size_t child = number.at(link.from);
      const std::size_t parent = number.at(link.to);
      text += fmt::format("{} {} 2\n{} {} 1\n", child, parent, parent, child);
    }
  }
  return text;
}

}  // namespace lacuna::test
