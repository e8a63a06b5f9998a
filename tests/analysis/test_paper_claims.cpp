// Every claim of every paper on random maps, held against a reading of the map that is written here again, link by link.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>
#include <string>

#include "lacuna/draft.hpp"
#include "lacuna/import.hpp"
#include "support/dice.hpp"
#include "support/random_map.hpp"

using namespace lacuna;
using namespace lacuna::test;

namespace {

using Names = std::set<std::string>;

/// The map as a person would read it on a day.
class NaiveReader {
 public:
  NaiveReader(const Map& map, Day day, bool suggested) : map_(map), day_(day), suggested_(suggested) {
    const auto all_lives = lives(map);
    for (std::size_t i = 0; i < map.nodes.size(); ++i) {
      const Node& node = map.nodes[i];
      nodes_[node.id] = &node;
      if (node.kind != Kind::deliverable) continue;
      for (const Milestone& m : all_lives[i]) {
        if (m.day <= day) states_[node.id] = m.state;
      }
    }
  }

  [[nodiscard]] const Node& node(const std::string& id) const { return *nodes_.at(id); }
  [[nodiscard]] std::optional<State> state(const std::string& deliverable) const {
    const auto found = states_.find(deliverable);
    return found == states_.end() ? std::nullopt : std::optional(found->second);
  }
  [[nodiscard]] bool counts(const Link& l) const {
    return l.status == Status::asserted || (suggested_ && l.status == Status::suggested);
  }
  [[nodiscard]] bool exists(const std::string& need) const {
    for (const NodeDate& d : node(need).dates) {
      if (d.what == "since" && d.date.last_day() > day_) return false;
      if (d.what == "until" && d.date.last_day() < day_) return false;
    }
    return true;
  }

  /// A group and everything inside it.
  [[nodiscard]] Names whole(const std::string& group) const { return closure({group}, Relation::part_of, true); }
  /// The same with the groups whose place one of them took, and what is inside those.
  [[nodiscard]] Names whole_with_inherited(const std::string& group) const {
    Names all = whole(group);
    for (bool more = true; more;) {
      more = false;
      for (const Link& l : map_.links) {
        if (l.relation != Relation::supersedes || l.status != Status::asserted || !all.contains(l.from)) continue;
        for (const std::string& g : whole(l.to)) more = all.insert(g).second || more;
      }
    }
    return all;
  }
  [[nodiscard]] Names texts_of(const Names& groups) const {
    Names texts;
    for (const Link& l : map_.links) {
      if (l.relation == Relation::develops && l.status == Status::asserted && groups.contains(l.from)) texts.insert(l.to);
    }
    return texts;
  }
  /// The texts of a group as a statement of `us` counts them; of nobody, whole.
  [[nodiscard]] Names side(const std::string& group, const std::string& us) const {
    if (group == us) return texts_of(whole(us));
    Names groups = whole_with_inherited(group);
    if (!us.empty()) {
      for (const std::string& own : whole(us)) groups.erase(own);
    }
    return texts_of(groups);
  }

  /// Asserted on an edition that a published one replaced, and no later edition has a verdict of its own on the need.
  [[nodiscard]] bool suspect(const Link& covers) const {
    if (covers.status != Status::asserted) return false;
    bool replaced = false;
    for (const std::string& newer : closure({covers.from}, Relation::supersedes, true)) {
      if (newer == covers.from || !state(newer)) continue;
      for (const Link& l : map_.links) {
        if (l.from == newer && l.to == covers.to && l.status != Status::suggested &&
            (l.relation == Relation::covers || l.relation == Relation::mentions))
          return false;
      }
      replaced = replaced || *state(newer) >= State::published;
    }
    return replaced;
  }
  /// Links that say a text on the map covers the need.
  [[nodiscard]] std::vector<const Link*> covering(const std::string& need) const {
    std::vector<const Link*> links;
    for (const Link& l : map_.links) {
      if (l.relation == Relation::covers && l.to == need && counts(l) && l.degree != Degree::none && state(l.from))
        links.push_back(&l);
    }
    return links;
  }
  /// Of these, of texts in force or under way.
  [[nodiscard]] std::vector<const Link*> live(const std::string& need) const {
    std::vector<const Link*> links = covering(need);
    std::erase_if(links, [&](const Link* l) { return *state(l->from) > State::published || suspect(*l); });
    return links;
  }
  [[nodiscard]] bool works_on(const Names& texts, const std::string& need) const {
    return std::ranges::any_of(live(need), [&](const Link* l) { return texts.contains(l->from); });
  }

  /// State of a need for the texts of a scope; for all, without one.
  [[nodiscard]] CoverageState state_of(const std::string& need, const std::optional<Names>& scope) const {
    CoverageState best = uncovered(need);
    for (const Link* l : covering(need)) {
      CoverageState one = CoverageState::stale;
      if (*state(l->from) <= State::published && !suspect(*l)) {
        one = *state(l->from) < State::published ? CoverageState::in_progress
              : l->degree == Degree::full        ? CoverageState::covered
                                                 : CoverageState::partly_covered;
      }
      if (scope && !scope->contains(l->from)) {
        if (one == CoverageState::stale) continue;
        one = CoverageState::elsewhere;
      }
      best = std::min(best, one);
    }
    return best;
  }

  /// The needs that pass the filters.
  [[nodiscard]] std::vector<std::string> needs(const std::string& objective, const std::string& topic) const {
    std::vector<std::string> list;
    const Names topics = topic.empty() ? Names{} : closure({topic}, Relation::part_of, true);
    const Names objectives = objective.empty() ? Names{} : closure({objective}, Relation::part_of, true);
    for (const auto& [id, n] : nodes_) {
      if (!is_need(n->kind) || !exists(id)) continue;
      if (!topic.empty() && !topics.contains(id)) continue;
      const bool serves = std::ranges::any_of(map_.links, [&, need = id](const Link& l) {
        return l.relation == Relation::serves && l.from == need && counts(l) && objectives.contains(l.to);
      });
      if (!objective.empty() && !serves) continue;
      list.push_back(id);
    }
    return list;
  }

  [[nodiscard]] bool has_covers(const std::string& from, const std::string& to, Degree degree) const {
    return std::ranges::any_of(map_.links, [&](const Link& l) {
      return l.relation == Relation::covers && l.from == from && l.to == to && counts(l) && l.degree == degree;
    });
  }
  [[nodiscard]] bool is_part(const std::string& node, const std::string& of) const {
    return std::ranges::any_of(
        map_.links, [&](const Link& l) { return l.relation == Relation::part_of && l.from == node && l.to == of && counts(l); });
  }
  /// A liaison between two groups, or groups around them.
  [[nodiscard]] bool liaison(const std::string& a, const std::string& b) const {
    const Names around_a = closure({a}, Relation::part_of, false);
    const Names around_b = closure({b}, Relation::part_of, false);
    return std::ranges::any_of(map_.links, [&](const Link& l) {
      return l.relation == Relation::liaises_with && l.status == Status::asserted &&
             ((around_a.contains(l.from) && around_b.contains(l.to)) || (around_a.contains(l.to) && around_b.contains(l.from)));
    });
  }

 private:
  /// Everything reached over asserted links, against their direction or along it.
  [[nodiscard]] Names closure(Names start, Relation relation, bool against) const {
    for (bool more = true; more;) {
      more = false;
      for (const Link& l : map_.links) {
        if (l.relation != relation || l.status != Status::asserted) continue;
        if (start.contains(against ? l.to : l.from)) more = start.insert(against ? l.from : l.to).second || more;
      }
    }
    return start;
  }
  [[nodiscard]] CoverageState uncovered(const std::string& need) const {
    std::map<std::string, std::set<Finding>> findings;
    bool open = false;
    for (const Search& s : map_.searches) {
      for (const JudgedCandidate& c : s.candidates) {
        if (c.need == need && c.finding != Finding::not_read) findings[c.document].insert(c.finding);
      }
      for (const UnjudgedCandidate& c : s.unjudged) open = open || c.need == need;
    }
    for (const auto& [document, said] : findings) open = open || said.size() > 1;
    CoverageState best = CoverageState::unknown;
    for (const Search& s : map_.searches) {
      if (std::ranges::find(s.needs, need) == s.needs.end()) continue;
      const bool judged = std::ranges::any_of(
          s.candidates, [&](const JudgedCandidate& c) { return c.need == need && c.finding != Finding::not_read; });
      best = std::min(best, s.signature && judged && !open ? CoverageState::confirmed_gap : CoverageState::not_found);
    }
    return best;
  }

  const Map& map_;
  Day day_;
  bool suggested_;
  std::map<std::string, const Node*> nodes_;
  std::map<std::string, State> states_;
};

/// What a paper was asked.
struct PaperQuestion {
  std::string scope;  ///< Empty: all groups.
  std::string objective;
  std::string topic;
  bool suggested = false;
  Day day = Day::before_everything;
  Day before = Day::before_everything;  ///< follow-up.
};

std::vector<std::string> texts_in(const Value& list) {
  std::vector<std::string> all;
  for (const Value& v : *list.if_array()) all.push_back(*v.if_text());
  return all;
}

/// Holds claims against the map; returns what is wrong, or nothing.
class Judge {
 public:
  Judge(const Map& map, const PaperQuestion& question)
      : q_(question),
        now_(map, question.day, question.suggested),
        before_(map, question.before, question.suggested),
        needs_(now_.needs(question.objective, question.topic)) {}

  [[nodiscard]] std::string fault(const Value& claim) const {
    const std::string& kind = *claim["claim"].if_text();
    if (kind == "covers") return covers(claim);
    if (kind == "state") return state(claim);
    if (kind == "states") return states(claim);
    if (kind == "nothing-covers") return nothing_covers(claim);
    if (kind == "work-on") return work_on(claim);
    if (kind == "none-in-common") return none_in_common(claim);
    if (kind == "programme") return programme(claim);
    if (kind == "changed") return changed(claim);
    if (kind == "liaison") {
      const auto groups = texts_in(claim["groups"]);
      return now_.liaison(groups[0], groups[1]) == *claim["exists"].if_bool() ? "" : "the liaison is otherwise";
    }
    if (kind == "in-state") {
      const std::string& d = *claim["deliverable"].if_text();
      return now_.state(d) == parse<State>(*claim["state"].if_text()) ? "" : d + " is in another state";
    }
    if (kind == "verdict") {
      const auto degree = parse<Degree>(*claim["degree"].if_text());
      return now_.has_covers(*claim["from"].if_text(), *claim["to"].if_text(), *degree) ? "" : "no such verdict";
    }
    if (kind == "all-of") {
      for (const Value& one : *claim["claims"].if_array()) {
        if (std::string wrong = fault(one); !wrong.empty()) return wrong;
      }
      return "";
    }
    if (kind == "part-of") {
      for (const std::string& need : texts_in(claim["needs"])) {
        if (!now_.is_part(need, *claim["topic"].if_text())) return need + " is not of the topic";
      }
      return "";
    }
    if (kind == "needs") {
      std::map<std::string, std::int64_t> kinds;
      for (const std::string& need : needs_) ++kinds[std::string(name_of(now_.node(need).kind))];
      std::map<std::string, std::int64_t> said;
      for (const auto& [name, n] : *claim["kinds"].if_object()) said[name] = *n.if_integer();
      return kinds == said ? "" : "other numbers of needs";
    }
    return "an unknown claim: " + kind;
  }

  /// The row of a body in the table of what exists.
  [[nodiscard]] std::string landscape_fault(const std::string& body, const std::vector<std::string>& cells) const {
    const Names texts = now_.texts_of(body_groups(body));
    std::size_t published = 0;
    std::size_t under_way = 0;
    for (const std::string& t : texts) {
      if (const auto s = now_.state(t)) {
        published += *s == State::published;
        under_way += *s < State::published;
      }
    }
    std::size_t full = 0;
    std::size_t part = 0;
    for (const std::string& need : needs_) {
      bool in_full = false;
      bool any = false;
      for (const Link* l : now_.live(need)) {
        if (!texts.contains(l->from)) continue;
        any = true;
        in_full = in_full || l->degree == Degree::full;
      }
      full += in_full;
      part += any && !in_full;
    }
    const std::vector<std::string> right{std::to_string(published), std::to_string(under_way), std::to_string(full),
                                         std::to_string(part)};
    return right == cells ? "" : "the row of " + body + " says otherwise";
  }

 private:
  [[nodiscard]] std::optional<Names> scope_of(const Value& scope) const {
    if (scope.is_null()) return std::nullopt;
    return now_.texts_of(now_.whole(*scope.if_text()));
  }
  /// By the first part-of link of each group, up to the top.
  [[nodiscard]] Names body_groups(const std::string& body) const { return bodies_(body); }

  [[nodiscard]] std::string covers(const Value& claim) const {
    for (const Value& link : *claim["links"].if_array()) {
      const std::string& from = *link["from"].if_text();
      const std::string& to = *link["to"].if_text();
      const std::string text = from + " covers " + to;
      if (now_.state(from) != parse<State>(*link["state"].if_text())) return text + ": in another state";
      const auto live = now_.live(to);
      const auto degree = parse<Degree>(*link["degree"].if_text());
      if (std::ranges::none_of(live, [&](const Link* l) { return l->from == from && l->degree == degree; }))
        return text + ": no such link";
    }
    return "";
  }
  [[nodiscard]] std::string state(const Value& claim) const {
    for (const std::string& need : texts_in(claim["needs"])) {
      if (now_.state_of(need, scope_of(claim["scope"])) != parse<CoverageState>(*claim["state"].if_text()))
        return need + " is in another state";
    }
    return "";
  }
  [[nodiscard]] std::string states(const Value& claim) const {
    const std::vector<std::string> needs = claim["needs"].is_null() ? needs_ : texts_in(claim["needs"]);
    std::map<std::string, std::int64_t> counts;
    const auto scope = scope_of(claim["scope"]);
    for (const std::string& need : needs) ++counts[std::string(name_of(now_.state_of(need, scope)))];
    std::map<std::string, std::int64_t> said;
    for (const auto& [name, n] : *claim["counts"].if_object()) said[name] = *n.if_integer();
    if (*claim["of"].if_integer() != static_cast<std::int64_t>(needs.size())) return "another denominator";
    return counts == said ? "" : "other counts";
  }
  [[nodiscard]] std::string nothing_covers(const Value& claim) const {
    for (const std::string& need : texts_in(claim["needs"])) {
      const auto scope = scope_of(claim["scope"]);
      for (const Link* l : now_.live(need)) {
        if (!scope || scope->contains(l->from)) return l->from + " covers " + need;
      }
    }
    return "";
  }
  [[nodiscard]] std::string work_on(const Value& claim) const {
    const std::string us = claim["whole"].is_null() ? q_.scope : std::string();
    for (const std::string& need : texts_in(claim["needs"])) {
      for (const std::string& g : texts_in(claim["with"])) {
        if (!now_.works_on(now_.side(g, us), need)) return g + " has no text on " + need;
      }
      for (const std::string& g : texts_in(claim["without"])) {
        if (now_.works_on(now_.side(g, us), need)) return g + " has a text on " + need;
      }
    }
    return "";
  }
  [[nodiscard]] std::string none_in_common(const Value& claim) const {
    const auto groups = texts_in(claim["groups"]);
    for (const std::string& need : needs_) {
      if (now_.works_on(now_.side(groups[0], q_.scope), need) && now_.works_on(now_.side(groups[1], q_.scope), need))
        return "both have texts on " + need;
    }
    return "";
  }
  [[nodiscard]] std::string programme(const Value& claim) const {
    std::int64_t published = 0;
    std::int64_t under_way = 0;
    for (const std::string& t : now_.side(*claim["group"].if_text(), q_.scope)) {
      const auto s = now_.state(t);
      if (!s) continue;
      published += *s == State::published;
      under_way += *s < State::published;
    }
    return published == *claim["published"].if_integer() && under_way == *claim["under_way"].if_integer()
               ? ""
               : "other numbers of texts";
  }
  [[nodiscard]] std::string changed(const Value& claim) const {
    const std::vector<std::string> then = before_.needs(q_.objective, q_.topic);
    const auto scope_now = q_.scope.empty() ? std::nullopt : std::optional(now_.texts_of(now_.whole(q_.scope)));
    const auto text = [](const auto& word) { return word ? std::string(name_of(*word)) : std::string(); };
    const auto said = [](const Value& v) { return v.if_text() ? *v.if_text() : std::string(); };
    if (const Value::Array* needs = claim["needs"].if_array()) {
      for (const Value& n : *needs) {
        const std::string& id = *n["need"].if_text();
        const auto at = [&](const std::vector<std::string>& asked, const NaiveReader& reader) {
          return std::ranges::find(asked, id) == asked.end() ? std::nullopt : std::optional(reader.state_of(id, scope_now));
        };
        if (said(n["before"]) != text(at(then, before_)) || said(n["after"]) != text(at(needs_, now_)))
          return id + " changed otherwise";
      }
    }
    if (const Value::Array* deliverables = claim["deliverables"].if_array()) {
      for (const Value& d : *deliverables) {
        const std::string& id = *d["deliverable"].if_text();
        if (said(d["before"]) != text(before_.state(id)) || said(d["after"]) != text(now_.state(id)))
          return id + " changed otherwise";
      }
    }
    return "";
  }

 public:
  std::function<Names(const std::string&)> bodies_;  ///< The groups of a body; see Graph::bodies_of().

 private:
  const PaperQuestion& q_;
  NaiveReader now_;
  NaiveReader before_;
  std::vector<std::string> needs_;
};

/// Words of sentences that claim something of the map: none without what it rests on.
bool claims(const std::string& text) {
  // What a kind of gap or of action is, and what is asked or to be settled, is no claim.
  const auto means = [&](std::string_view meaning) { return text.find(meaning.substr(1)) != std::string::npos; };
  for (const Word& word : words<GapKind>()) {
    if (means(word.meaning)) return false;
  }
  for (const Word& word : words<Action>()) {
    if (means(word.meaning)) return false;
  }
  if (text.find("whether") != std::string::npos || text.starts_with("no longer: ")) return false;
  if (text.size() > 2 && text[0] == '(' && text[1] >= '1' && text[1] <= '9') return false;  // A reason whose rows claim it.
  static constexpr std::string_view words[] = {"both have texts",
                                               "both work on",
                                               "has texts on",
                                               "alone has texts",
                                               "have texts on",
                                               " in force and ",
                                               "that was found covers",
                                               "confirmed gap",
                                               "covered in full by",
                                               "covered in part",
                                               " covers ",
                                               "known, in force or under way",
                                               " of these needs",
                                               "are in a better state",
                                               "are covered"};
  return std::ranges::any_of(words, [&](std::string_view w) { return text.find(w) != std::string::npos; });
}

struct Findings {
  std::size_t papers = 0;
  std::map<std::string, std::size_t> claims;
  std::vector<std::string> faults;
};

void read_paper(const Paper& paper, const Judge& judge, Findings& found) {
  ++found.papers;
  const auto prose = [&](const Prose& runs) {
    for (const Run& run : runs) {
      if (run.rests_on.is_null()) {
        if (run.kind != Run::Kind::blank && claims(run.text))
          found.faults.push_back("claims without anything behind it: " + run.text);
        continue;
      }
      ++found.claims[*run.rests_on["claim"].if_text()];
      if (std::string fault = judge.fault(run.rests_on); !fault.empty()) found.faults.push_back(fault + ", but: " + run.text);
    }
  };
  std::string section;
  for (const Passage& passage : paper.passages) {
    if (passage.kind == Passage::Kind::heading) section = passage.key;
    prose(passage.text);
    for (const PaperTable::Row& row : passage.table.rows) {
      for (const PaperTable::Cell& cell : row.cells) {
        for (const Prose& p : cell.paragraphs) prose(p);
      }
      if (section == "landscape" && passage.table.columns.size() == 5) {
        std::vector<std::string> cells;
        for (std::size_t c = 1; c < row.cells.size(); ++c) cells.push_back(row.cells[c].paragraphs.front().front().text);
        ++found.claims["landscape"];
        if (std::string fault = judge.landscape_fault(row.key, cells); !fault.empty()) found.faults.push_back(fault);
      }
    }
  }
}

/// A random map with groups that ended, and some whose place another took.
Map map_of_groups_that_end(std::uint64_t seed) {
  Dice dice(seed * 7919 + 1);
  Map map = random_map({.seed = seed,
                        .needs = 8 + dice.below(25),
                        .deliverables = 10 + dice.below(40),
                        .groups = 4 + dice.below(8),
                        .covers = 20 + dice.below(80)});
  std::vector<std::string> groups;
  for (const Node& n : map.nodes) {
    if (n.kind == Kind::group) groups.push_back(n.id);
  }
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (!dice.chance(25)) continue;
    Node& ended = *std::ranges::find(map.nodes, groups[i], &Node::id);
    ended.dates = {{"until", Date{static_cast<std::int16_t>(2015 + dice.below(12)), 6, 30}}};
    if (!dice.chance(60)) continue;
    Link link;
    link.from = groups[dice.below(i)];
    link.relation = Relation::supersedes;
    link.to = groups[i];
    map.links.push_back(std::move(link));
  }
  return map;
}

void draft_all(std::uint64_t seed, Findings& found) {
  const Map map = map_of_groups_that_end(seed);
  const Graph graph = graph_of(map);
  Dice dice(seed);
  const auto any_of = [&](Kind kind) {
    const std::vector<NodeId> all = graph.of_kind(kind);
    return all[dice.below(all.size())];
  };
  PaperQuestion q;
  q.day = Date{static_cast<std::int16_t>(2014 + dice.below(14)), static_cast<std::uint8_t>(1 + dice.below(12)), 15}.last_day();
  q.before = Date{static_cast<std::int16_t>(2012 + dice.below(3)), 3, 1}.last_day();
  q.suggested = dice.chance(25);
  Params params;
  params.profile = &default_profile();
  params.as_of = q.day;
  params.include_suggested = q.suggested;
  if (dice.chance(30)) params.objective = any_of(Kind::objective);
  if (dice.chance(20)) params.topic = any_of(Kind::topic);
  if (params.objective) q.objective = graph.node(*params.objective).id;
  if (params.topic) q.topic = graph.node(*params.topic).id;
  const auto draft = [&](std::string_view form, const DraftRequest& request) {
    q.scope = params.scope ? graph.node(*params.scope).id : "";
    Judge judge(map, q);
    judge.bodies_ = [&](const std::string& body) {
      Names groups;
      for (const NodeId g : graph.of_kind(Kind::group)) {
        // Up by every link, but not on from a root.
        std::set<NodeId> up{g};
        for (bool more = true; more;) {
          more = false;
          for (const Edge& e : graph.edges()) {
            if (e.relation == Relation::part_of && e.status == Status::asserted && up.contains(e.from) && graph.parent(e.from))
              more = up.insert(e.to).second || more;
          }
        }
        if (up.contains(graph.find(body)) && !graph.parent(graph.find(body))) groups.insert(graph.node(g).id);
      }
      return groups;
    };
    try {
      read_paper(std::ranges::find(forms(), form, &Form::name)->draft(graph, params, request), judge, found);
    } catch (const Error& error) {
      // There may be nothing to write about: that is said.
      if (error.code() != ErrorCode::usage && error.code() != ErrorCode::not_found) throw;
    }
  };
  if (dice.chance(40)) draft("gap-analysis", {});
  params.scope = any_of(Kind::group);
  draft("gap-analysis", {});
  for (std::size_t way = 1; way <= 3; ++way) {
    draft("justification", {.way = way});
    draft("liaison", {.way = 1 + dice.below(12)});
  }
  DraftRequest chosen;
  for (std::size_t i = 0; i < 3; ++i) {
    const Kind kind = need_kinds[dice.below(need_kinds.size())];
    if (!graph.of_kind(kind).empty()) chosen.needs.push_back(any_of(kind));
  }
  if (!chosen.needs.empty()) draft("justification", chosen);
  DraftRequest to_group;
  to_group.to = any_of(Kind::group);
  draft("liaison", to_group);
  DraftRequest follow_up;
  Standing before{"before", &graph, params};
  before.params.as_of = q.before;
  follow_up.before = &before;
  draft("follow-up", follow_up);
}

}  // namespace

TEST_CASE("papers: on random maps every claim holds, and no sentence that claims something has nothing behind it") {
  // More by hand: LACUNA_MAPS=5000 lacuna_tests "papers: on random maps*"
  const char* asked = std::getenv("LACUNA_MAPS");
  const std::uint64_t maps = asked == nullptr ? 200 : std::strtoull(asked, nullptr, 10);
  Findings found;
  for (std::uint64_t seed = 1; seed <= maps; ++seed) {
    const std::size_t before = found.faults.size();
    draft_all(seed, found);
    for (std::size_t i = before; i < found.faults.size(); ++i) UNSCOPED_INFO("map " << seed << ": " << found.faults[i]);
    if (found.faults.size() > 20) break;
  }
  CHECK(found.faults.size() == 0);
  // All kinds of claims were met.
  for (const char* kind : {"covers", "state", "states", "nothing-covers", "work-on", "none-in-common", "programme", "liaison",
                           "in-state", "verdict", "needs", "part-of", "changed", "landscape"}) {
    INFO(kind);
    CHECK(found.claims[kind] > 0);
  }
  CHECK(found.papers > maps * 3);
}

TEST_CASE("papers: a false claim is found") {
  const Map map = map_of_groups_that_end(3);
  PaperQuestion q;
  q.day = day_of(std::chrono::sys_days{std::chrono::year{2026} / 6 / 1});
  const Judge judge(map, q);
  Value claim = Value::object();
  claim.set("claim", "states").set("scope", Value()).set("needs", Value()).set("of", 1).set("counts", Value::object());
  CHECK(judge.fault(claim) == "another denominator");
  Value liaison = Value::object();
  Value groups = Value::array();
  groups.push("Group 0").push("Group 0");
  liaison.set("claim", "work-on").set("with", groups).set("without", groups).set("needs", Value::array().push("N0"));
  CHECK(judge.fault(liaison).starts_with("Group 0 has "));
}
