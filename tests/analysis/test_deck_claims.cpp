// What decks and pictures claim, held against a reading of the map that shares no code with them: links one by one.
#include <catch2/catch.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <set>

#include "lacuna/draft.hpp"
#include "model/small_map.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Counts = EnumArray<CoverageState, std::size_t>;

/// The map as somebody reads it who goes through all links for every question. States of deliverables on the day, and which links
/// are suspect, have tests of their own and are believed.
class Reader {
 public:
  Reader(const Graph& graph, const Params& params)
      : g(graph), p(params), s(graph, *params.profile, params.as_of, params.include_suggested) {}

  bool counts(const Edge& e) const {
    return e.status == Status::asserted || (p.include_suggested && e.status == Status::suggested);
  }
  bool has(NodeId from, Relation relation, NodeId to) const {
    return std::ranges::any_of(
        g.edges(), [&](const Edge& e) { return e.from == from && e.relation == relation && e.to == to && counts(e); });
  }
  /// A group and all groups inside it.
  std::set<NodeId> inside(NodeId group) const {
    std::set<NodeId> found{group};
    for (std::size_t before = 0; before != found.size();) {
      before = found.size();
      for (const Edge& e : g.edges())
        if (e.relation == Relation::part_of && e.status == Status::asserted && found.contains(e.to)) found.insert(e.from);
    }
    return found;
  }
  std::set<NodeId> texts_of(NodeId group) const {
    std::set<NodeId> texts;
    const std::set<NodeId> groups = inside(group);
    for (const Edge& e : g.edges())
      if (e.relation == Relation::develops && e.status == Status::asserted && groups.contains(e.from)) texts.insert(e.to);
    return texts;
  }
  /// The state of a need by these texts; by all where there are none named.
  CoverageState state(NodeId need, const std::set<NodeId>* texts) const {
    CoverageState best = CoverageState::unknown;
    bool others = false;
    for (std::size_t i = 0; i < g.edges().size(); ++i) {
      const Edge& e = g.edges()[i];
      const auto state = e.relation == Relation::covers && e.to == need ? s.state(e.from) : std::nullopt;
      if (!state || !counts(e) || e.degree == Degree::none) continue;
      const bool stale = s.suspect(static_cast<LinkId>(i)) || *state == State::superseded || *state == State::withdrawn;
      const CoverageState makes = stale                        ? CoverageState::stale
                                  : *state != State::published ? CoverageState::in_progress
                                  : e.degree == Degree::full   ? CoverageState::covered
                                                               : CoverageState::partly_covered;
      if (texts == nullptr || texts->contains(e.from))
        best = std::min(best, makes);
      else
        others = others || !stale;
    }
    if (best <= CoverageState::stale) return best;
    return others ? CoverageState::elsewhere : g.uncovered_state(need);
  }
  static bool live(CoverageState state) {
    return state == CoverageState::covered || state == CoverageState::partly_covered || state == CoverageState::in_progress;
  }
  /// Texts with something in force or under way on one of the needs.
  std::set<NodeId> live_texts(const std::vector<NodeId>& needs, const std::set<NodeId>& texts) const {
    std::set<NodeId> found;
    for (std::size_t i = 0; i < g.edges().size(); ++i) {
      const Edge& e = g.edges()[i];
      if (e.relation != Relation::covers || !counts(e) || e.degree == Degree::none || !texts.contains(e.from)) continue;
      if (std::ranges::find(needs, e.to) == needs.end() || !s.state(e.from) || *s.state(e.from) > State::published) continue;
      if (!s.suspect(static_cast<LinkId>(i))) found.insert(e.from);
    }
    return found;
  }
  /// Needs of the day that pass the filters.
  std::vector<NodeId> needs() const {
    std::vector<NodeId> found;
    for (std::size_t i = 0; i < g.size(); ++i) {
      const auto id = static_cast<NodeId>(i);
      if (!is_need(g.node(id).kind) || !s.exists(id)) continue;
      if (p.objective && !has(id, Relation::serves, *p.objective)) continue;
      if (p.session && !about(id)) continue;
      found.push_back(id);
    }
    return found;
  }
  std::vector<NodeId> behind(NodeId objective) const {
    std::vector<NodeId> found;
    for (const NodeId need : needs())
      if (has(need, Relation::serves, objective)) found.push_back(need);
    return found;
  }
  std::size_t uncovered(const std::vector<NodeId>& needs, const std::set<NodeId>* texts) const {
    return static_cast<std::size_t>(std::ranges::count_if(needs, [&](NodeId n) { return !live(state(n, texts)); }));
  }
  Counts tally(const std::vector<NodeId>& needs, const std::set<NodeId>* texts) const {
    Counts counts{};
    for (const NodeId n : needs) ++counts[state(n, texts)];
    return counts;
  }
  std::size_t dependants(NodeId need) const {
    return static_cast<std::size_t>(std::ranges::count_if(g.edges(), [&](const Edge& e) {
      if (!counts(e)) return false;
      return (e.relation == Relation::serves && e.from == need && s.exists(e.to)) ||
             (e.relation == Relation::needs && e.to == need && s.exists(e.from));
    }));
  }
  /// A text covers the need for somebody, or mentions it, and a group that develops it is on the map.
  bool somebody_near(NodeId need) const {
    return std::ranges::any_of(g.edges(), [&](const Edge& e) {
      const bool near = e.to == need && counts(e) && s.state(e.from) &&
                        (e.relation == Relation::mentions || (e.relation == Relation::covers && e.degree != Degree::none));
      return near && std::ranges::any_of(g.edges(), [&](const Edge& d) {
               return d.relation == Relation::develops && d.to == e.from && d.status == Status::asserted;
             });
    });
  }
  /// The texts that stand in the column of a listed group: its own, and those of groups inside it with no other listed one
  /// between.
  std::set<NodeId> column(NodeId group) const {
    std::set<NodeId> inside{group};
    for (bool more = true; more;) {
      more = false;
      for (const Edge& e : g.edges()) {
        const bool listed = std::ranges::find(g.info().groups, g.node(e.from).id) != g.info().groups.end();
        if (e.relation == Relation::part_of && e.status == Status::asserted && inside.contains(e.to) && !listed)
          more = inside.insert(e.from).second || more;
      }
    }
    std::set<NodeId> texts;
    for (const Edge& e : g.edges()) {
      if (e.relation == Relation::develops && e.status == Status::asserted && inside.contains(e.from)) texts.insert(e.to);
    }
    return texts;
  }

  const Graph& g;
  Params p;
  Situation s;

 private:
  bool about(NodeId need) const {
    bool served = false;
    bool otherwise = false;
    bool any = false;
    for (const Edge& e : g.edges()) {
      if (e.relation != Relation::discusses || e.from != *p.session || !counts(e)) continue;
      served = served || has(need, Relation::serves, e.to);
      otherwise = otherwise || !g.node(e.to).attribute("answered_by").empty();
      for (const Edge& f : g.edges())
        any = any || (f.relation == Relation::serves && f.to == e.to && counts(f) && s.exists(f.from));
    }
    return any ? served : otherwise;
  }
};

/// A random map with groups that have ended, groups that it lists, and objectives that something else than needs answers.
Graph map_of(std::uint64_t seed, Dice& dice) {
  Map map = random_map({.seed = seed, .needs = 25, .deliverables = 30, .groups = 9, .covers = 60});
  for (Node& node : map.nodes) {
    if (node.kind == Kind::group && dice.chance(20)) node.dates.push_back({"until", date("2022")});
    if (node.kind == Kind::group && dice.chance(40)) map.info.groups.push_back(node.id);
    if (node.kind == Kind::objective && dice.chance(20))
      node.attributes.emplace_back("answered_by", dice.chance(50) ? "ways forward" : "groups and liaisons");
  }
  return graph_of(std::move(map));
}

struct Found {
  std::size_t claims = 0;
  std::string first_fault;
  void hold(bool truth, const std::string& what) {
    ++claims;
    if (!truth && first_fault.empty()) first_fault = what;
  }
};

std::string id_of(const std::string& text) { return text.substr(0, text.find("  ")); }

/// "5 texts on 3 needs", "2 of 7 needs uncovered" in the boxes of columns; the tallies of grids.
void hold_picture(const Picture& picture, const Reader& all, const std::set<NodeId>* own, const std::string& where,
                  Found& found) {
  const bool alone =
      std::ranges::any_of(picture.notes, [](const std::string& n) { return n.find(" alone") != std::string::npos; });
  const std::set<NodeId>* texts = alone ? own : nullptr;
  found.hold(alone || std::ranges::any_of(picture.notes,
                                          [](const std::string& n) { return n.find("by all groups") != std::string::npos; }),
             where + ": whose coverage?");
  for (const Picture::Stack& stack : picture.stacks) {
    for (const Box& box : stack.boxes) {
      for (const std::string& line : box.lines) {
        std::size_t a = 0;
        std::size_t b = 0;
        if (std::sscanf(line.c_str(), "%zu of %zu need", &a, &b) == 2 && line.ends_with(" uncovered")) {
          const auto behind = all.behind(all.g.find(box.id));
          found.hold(b == behind.size() && a == all.uncovered(behind, texts), where + " " + box.id + ": " + line);
        } else if (std::sscanf(line.c_str(), "%zu text%*[s] on %zu need", &a, &b) == 2 ||
                   std::sscanf(line.c_str(), "%zu text on %zu need", &a, &b) == 2) {
          const std::string name = box.lines.front().substr(0, box.lines.front().find(" without "));
          if (std::ranges::find(all.g.info().groups, name) == all.g.info().groups.end() || (alone && own)) continue;
          const std::set<NodeId> column = all.column(all.g.find(name));
          const auto needs = all.needs();
          const std::size_t covered = needs.size() - all.uncovered(needs, &column);
          found.hold(a == all.live_texts(needs, column).size() && b == covered, where + " " + name + ": " + line);
        }
      }
    }
  }
  if (!picture.grid) return;
  for (std::size_t r = 0; r < picture.grid->rows.size(); ++r) {
    const std::string row = id_of(picture.grid->rows[r]);
    const auto objective = all.g.named(row);
    if (objective.size() != 1 || all.g.node(objective.front()).kind != Kind::objective) continue;
    const auto behind = all.behind(objective.front());
    for (std::size_t c = 0; c < picture.grid->columns.size(); ++c) {
      const Box& box = picture.grid->cells[r][c];
      const std::string& heading = picture.grid->columns[c];
      const std::string what = where + " " + row + " / " + heading;
      if (c + picture.grid->bars >= picture.grid->columns.size()) {
        found.hold(*box.tally == all.tally(behind, heading.ends_with(" alone") ? own : nullptr), what);
        continue;
      }
      const std::string name = heading.substr(0, heading.find(" without "));
      if (std::ranges::find(all.g.info().groups, name) == all.g.info().groups.end()) continue;
      const std::set<NodeId> column = all.column(all.g.find(name));
      const std::size_t covered = behind.size() - all.uncovered(behind, &column);
      found.hold(box.lines.front() == (covered > 0 ? std::to_string(covered) : behind.empty() ? "" : "–"), what);
      for (const CoverageState state : {CoverageState::covered, CoverageState::partly_covered, CoverageState::in_progress})
        found.hold((*box.tally)[state] == all.tally(behind, &column)[state], what + " " + std::string(name_of(state)));
    }
  }
}

void hold_gaps(const Slide& slide, const Reader& all, const std::set<NodeId>* own, Found& found) {
  const auto needs = all.needs();
  for (const auto& row : slide.grid->rows) {
    const std::string id = id_of(row[0].text);
    const NodeId subject = all.g.find(id);
    const Kind kind = all.g.node(subject).kind;
    const std::string what = slide.title + ": " + row[0].text;
    if (!is_need(kind)) continue;
    found.hold(std::ranges::count(needs, subject) == 1, what + ": is not asked for");
    if (row[1].state) found.hold(*row[1].state == all.state(subject, own), what + ": state");
    if (row[1].text == "nothing covers it")
      found.hold(all.state(subject, nullptr) > CoverageState::elsewhere, what + ": nothing covers it");
    found.hold(row[2].text == std::to_string(all.dependants(subject)), what + ": dependants");
    found.hold((row[3].text == "nobody on the map") == !all.somebody_near(subject), what + ": who is near");
  }
}

void hold_groups(const Slide& slide, const Reader& all, Found& found) {
  const auto needs = all.needs();
  for (const auto& row : slide.grid->rows) {
    const std::string name = row[0].text.substr(0, row[0].text.find(" without "));
    if (std::ranges::find(all.g.info().groups, name) == all.g.info().groups.end()) continue;
    const std::set<NodeId> column = all.column(all.g.find(name));
    const auto live = all.live_texts(needs, column);
    const auto in_force = std::ranges::count_if(live, [&](NodeId d) { return all.s.state(d) == State::published; });
    const Counts counts = all.tally(needs, &column);
    const std::size_t covered = needs.size() - all.uncovered(needs, &column);
    found.hold(row[1].text == std::to_string(in_force), name + ": in force");
    found.hold(row[2].text == std::to_string(static_cast<std::ptrdiff_t>(live.size()) - in_force), name + ": under way");
    found.hold(row[3].text == fmt::format("{} of {}", covered, needs.size()), name + ": " + row[3].text);
    found.hold(row[4].text == std::to_string(counts[CoverageState::covered]), name + ": in full");
  }
}

}  // namespace

TEST_CASE("decks: every count, tally and state on every slide is what a reading link by link finds", "[deck][claims]") {
  std::size_t claims = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    Dice dice(seed);
    const Graph graph = map_of(seed, dice);
    Params params;
    params.profile = &default_profile();
    params.as_of = day(dice.chance(50) ? "2026-06-01" : "2019-01-21");
    params.include_suggested = dice.chance(30);
    const auto any = [&](Kind kind) {
      const auto list = graph.of_kind(kind);
      return list[dice.below(list.size())];
    };
    if (dice.chance(60)) params.scope = any(Kind::group);
    if (dice.chance(30))
      params.session = any(Kind::session);
    else if (dice.chance(30))
      params.objective = any(Kind::objective);
    const Reader all(graph, params);
    std::set<NodeId> own;
    if (params.scope) own = all.texts_of(*params.scope);
    const std::set<NodeId>* texts = params.scope ? &own : nullptr;
    Found found;
    for (const Slide& slide : session_deck(graph, params).slides) {
      found.hold(slide.whose == "coverage by all groups" || slide.whose.ends_with(" alone"), slide.title + ": whose?");
      if (slide.picture) hold_picture(*slide.picture, all, texts, slide.title, found);
      if (slide.grid && slide.title.starts_with("Gaps")) hold_gaps(slide, all, texts, found);
      if (slide.grid && slide.title.starts_with("On-going")) hold_groups(slide, all, found);
    }
    ViewParams view{{params}};
    hold_picture(*view_gaps(graph, view).picture, all, texts, "gaps view", found);
    hold_picture(*view_relationship(graph, view).picture, all, texts, "relationship view", found);
    INFO("seed " << seed << ", scope " << (params.scope ? graph.node(*params.scope).id : "all") << ", session "
                 << (params.session ? graph.node(*params.session).id : "none") << ", objective "
                 << (params.objective ? graph.node(*params.objective).id : "none"));
    REQUIRE(found.first_fault == "");
    claims += found.claims;
  }
  CHECK(claims > 10000);
}
