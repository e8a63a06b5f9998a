#include "support/random_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "support/dice.hpp"

namespace lacuna::test {
namespace {

class RandomMaker {
 public:
  explicit RandomMaker(const RandomMap& shape) : shape_(shape), dice_(shape.seed) {}

  Map run() {
    map_.info = {"Random map", "", Date{2026, 6, 1}};
    add_frame();
    add_groups();
    add_needs();
    add_deliverables();
    add_coverage();
    add_searches();
    return std::move(map_);
  }

 private:
  Node& add(Kind kind, std::string id) {
    Node node;
    node.kind = kind;
    node.title = fmt::format("{} number {}", name_of(kind), map_.nodes.size());
    node.id = std::move(id);
    map_.nodes.push_back(std::move(node));
    return map_.nodes.back();
  }
  Link* link(const std::string& from, Relation relation, const std::string& to) {
    if (from == to || !pairs_.insert(fmt::format("{}|{}|{}", from, static_cast<int>(relation), to)).second) return nullptr;
    Link l;
    l.from = from;
    l.relation = relation;
    l.to = to;
    map_.links.push_back(std::move(l));
    return &map_.links.back();
  }
  Date date() {
    Date d{static_cast<std::int16_t>(2012 + dice_.below(16)), 0, 0};
    if (dice_.chance(80)) d.month = static_cast<std::uint8_t>(1 + dice_.below(12));
    if (d.month > 0 && dice_.chance(60)) d.day = static_cast<std::uint8_t>(1 + dice_.below(28));
    return d;
  }

  void add_frame() {
    add(Kind::workshop, "WS");
    for (std::size_t i = 1; i <= 6; ++i) link(add(Kind::objective, fmt::format("O{}", i)).id, Relation::part_of, "WS");
    for (std::size_t i = 1; i <= 5; ++i) {
      const std::string id = add(Kind::topic, fmt::format("topic {}", i)).id;
      if (i > 2) link(id, Relation::part_of, fmt::format("topic {}", 1 + dice_.below(2)));
    }
    for (std::size_t i = 1; i <= 2; ++i) {
      const std::string id = add(Kind::session, fmt::format("Session {}", i)).id;
      link(id, Relation::part_of, "WS");
      link(id, Relation::discusses, fmt::format("O{}", 1 + dice_.below(6)));
    }
  }

  void add_groups() {
    for (std::size_t i = 0; i < shape_.groups; ++i) {
      groups_.push_back(add(Kind::group, fmt::format("Group {}", i)).id);
      if (i > 2 && dice_.chance(70)) link(groups_[i], Relation::part_of, groups_[dice_.below(i)]);
      if (i > 4 && dice_.chance(15)) link(groups_[i], Relation::part_of, groups_[dice_.below(i)]);
      if (dice_.chance(40)) link(groups_[i], Relation::works_on, fmt::format("O{}", 1 + dice_.below(6)));
    }
    for (std::size_t i = 0; i < shape_.groups / 3; ++i) {
      const std::string& a = groups_[dice_.below(groups_.size())];
      const std::string& b = groups_[dice_.below(groups_.size())];
      if (!pairs_.contains(fmt::format("{}|{}|{}", b, static_cast<int>(Relation::liaises_with), a)))
        link(a, Relation::liaises_with, b);
    }
  }

  void add_needs() {
    static constexpr Kind kinds[] = {Kind::use_case, Kind::requirement, Kind::capability, Kind::threat, Kind::term};
    for (std::size_t i = 0; i < shape_.needs; ++i) {
      const Kind kind = kinds[dice_.below(5)];
      Node& node = add(kind, fmt::format("N{}", i));
      if (dice_.chance(50)) node.priority = static_cast<int>(1 + dice_.below(5));
      if (dice_.chance(15)) node.dates.push_back({"since", date()});
      const std::string id = node.id;
      needs_.push_back(id);
      by_kind_[static_cast<std::size_t>(kind)].push_back(id);
      if (dice_.chance(80)) link(id, Relation::serves, fmt::format("O{}", 1 + dice_.below(6)));
      if (dice_.chance(80)) link(id, Relation::part_of, fmt::format("topic {}", 1 + dice_.below(5)));
    }
    for (std::size_t i = 1; i < needs_.size(); ++i) {
      // Parts of needs of the same kind; always of an earlier one, so never in a circle.
      const std::string& whole = needs_[dice_.below(i)];
      const auto kind_of = [&](const std::string& id) {
        for (std::size_t k = 0; k < by_kind_.size(); ++k) {
          if (std::find(by_kind_[k].begin(), by_kind_[k].end(), id) != by_kind_[k].end()) return k;
        }
        return by_kind_.size();
      };
      if (i < 100 && dice_.chance(40) && kind_of(needs_[i]) == kind_of(whole)) link(needs_[i], Relation::part_of, whole);
    }
    const auto some = [&](Kind kind) -> const std::vector<std::string>& { return by_kind_[static_cast<std::size_t>(kind)]; };
    for (const std::string& use_case : some(Kind::use_case)) {
      if (!some(Kind::requirement).empty() && dice_.chance(70))
        link(use_case, Relation::needs, some(Kind::requirement)[dice_.below(some(Kind::requirement).size())]);
      if (!some(Kind::threat).empty() && dice_.chance(60))
        link(use_case, Relation::faces, some(Kind::threat)[dice_.below(some(Kind::threat).size())]);
    }
    for (const std::string& requirement : some(Kind::requirement)) {
      if (!some(Kind::threat).empty() && dice_.chance(60))
        link(requirement, Relation::counters, some(Kind::threat)[dice_.below(some(Kind::threat).size())]);
    }
  }

  void add_deliverables() {
    for (std::size_t i = 0; i < shape_.deliverables; ++i) {
      Node& node = add(Kind::deliverable, fmt::format("Doc {}", i));
      const unsigned dice = static_cast<unsigned>(dice_.below(100));
      node.state = dice < 60   ? State::published
                   : dice < 80 ? State::draft
                   : dice < 85 ? State::proposed
                   : dice < 88 ? State::approved
                   : dice < 94 ? State::superseded
                               : State::withdrawn;
      if (dice_.chance(85)) {
        if (*node.state >= State::published) {
          node.dates.push_back({"published", date()});
        } else {
          node.dates.push_back({std::string(name_of(*node.state)), date()});
        }
      }
      if (dice_.chance(30)) node.source.seen = date();
      const std::string id = node.id;
      deliverables_.push_back(id);
      if (dice_.chance(95)) link(groups_[dice_.below(groups_.size())], Relation::develops, id);
      if (dice_.chance(8)) link(groups_[dice_.below(groups_.size())], Relation::develops, id);
      if (i > 0 && dice_.chance(15)) link(id, Relation::supersedes, deliverables_[dice_.below(i)]);
      if (i > 0 && dice_.chance(5)) link(id, Relation::adopts, deliverables_[dice_.below(i)]);
    }
  }

  void add_coverage() {
    for (std::size_t i = 0; i < shape_.covers; ++i) {
      const std::string& need =
          needs_[dice_.below(needs_.size())];  // One draw after the other: compilers differ in the order of arguments.
      Link* l = link(deliverables_[dice_.below(deliverables_.size())], Relation::covers, need);
      if (l == nullptr) continue;
      const unsigned degree = static_cast<unsigned>(dice_.below(100));
      l->degree = degree < 30 ? Degree::full : degree < 90 ? Degree::partial : Degree::none;
      l->rationale = "because";
      l->by = "A";
      const unsigned status = static_cast<unsigned>(dice_.below(100));
      l->status = status < 80   ? Status::asserted
                  : status < 88 ? Status::suggested
                  : status < 94 ? Status::rejected
                                : Status::disputed;
      if (dice_.chance(6)) {
        Link second = *l;
        second.by = "B";
        second.degree = dice_.chance(50) ? Degree::full : Degree::none;
        map_.links.push_back(std::move(second));
      }
    }
    for (std::size_t i = 0; i < shape_.covers / 5; ++i) {
      const std::string& need = needs_[dice_.below(needs_.size())];
      link(deliverables_[dice_.below(deliverables_.size())], Relation::mentions, need);
    }
  }

  /// Two records: what was found near a need is judged at times, once or by two people, and signed at times; what came later
  /// waits at times.
  void add_searches() {
    for (const char* id : {"S1", "S2"}) {
      Search search;
      search.id = id;
      search.by = "A";
      search.on = Date{2026, 1, 1};
      search.catalogues = {{"Catalogue", 1000, Date{2025, 12, 31}}};
      search.read = dice_.chance(50) ? "titles" : "";
      if (dice_.chance(50)) search.not_searched = {"Body", "Other body"};
      if (dice_.chance(50)) search.queries = {{"some words", 12}, {"other words", std::nullopt}};
      if (dice_.chance(60)) search.signature = Signature{"A", Date{2026, 1, 2}};
      for (const std::string& need : needs_) {
        if (!dice_.chance(id[1] == '1' ? 70 : 30)) continue;
        search.needs.push_back(need);
        for (unsigned n = dice_.chance(50) ? 3 : 0; n > 0; --n) {
          const auto finding = static_cast<Finding>(dice_.below(words<Finding>().size()));
          search.candidates.push_back(
              {need, dice_.chance(50) ? "Document" : "Other document", finding, n == 1 ? "why" : "", n == 2 ? "B" : ""});
        }
        if (dice_.chance(15)) search.unjudged.push_back({need, "New document", "Of late", "Catalogue", Date{2026, 5, 1}});
      }
      map_.searches.push_back(std::move(search));
    }
  }

  RandomMap shape_;
  Dice dice_;
  Map map_;
  std::set<std::string> pairs_;
  std::vector<std::string> groups_;
  std::vector<std::string> needs_;
  std::vector<std::string> deliverables_;
  std::array<std::vector<std::string>, 11> by_kind_;
};

}  // namespace

Map random_map(const RandomMap& shape) { return RandomMaker(shape).run(); }

}  // namespace lacuna::test
