#include "workbench/verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "lacuna/error.hpp"

namespace lacuna {
namespace {

bool joins(const Link& l, const Verdict& v) {
  return l.from == v.from && l.to == v.to &&
         (l.relation == Relation::covers || l.relation == Relation::part_of || l.relation == Relation::needs ||
          l.relation == Relation::counters || l.relation == Relation::faces);
}

/// The suggestion on the pair, else what somebody holds for right, else what was rejected or is in dispute; of equal ones the
/// latest.
const Link* stands_on(const Map& map, const Verdict& v) {
  const auto weight = [](const Link& l) { return l.status == Status::suggested ? 2 : l.status == Status::asserted ? 1 : 0; };
  const auto day = [](const Link& l) { return l.on ? l.on->last_day() : Day::before_everything; };
  const Link* found = nullptr;
  for (const Link& l : map.links) {
    if (!joins(l, v)) continue;
    if (found == nullptr || weight(l) > weight(*found) || (weight(l) == weight(*found) && day(l) >= day(*found))) found = &l;
  }
  return found;
}

bool joined(const Link& l, const std::string& from, const std::string& to) {
  return l.relation == Relation::covers && l.from == from && l.to == to;
}

/// A person's verdict on the new edition, made of the one on the old.
Link verdict_on(const Link& old, const std::string& edition, const Settlement& settlement) {
  Link link = old;
  link.from = edition;
  link.by = settlement.by;
  link.method = Method::human;
  link.on = Date::of(today());
  link.source = {};
  link.status = Status::asserted;
  link.questioned.clear();
  if (settlement.degree && settlement.degree != link.degree) {
    link.degree = settlement.degree;
    link.set_relation.reset();  // Was read from another text.
    link.strength.reset();
  }
  if (!settlement.rationale.empty()) link.rationale = settlement.rationale;
  return link;
}

std::string who(const Link& l) { return l.by.empty() ? "somebody" : harmless(l.by); }

}  // namespace

bool is_own_suggestion(const Link& link) {
  return link.status == Status::suggested && link.method == Method::automation && link.by.starts_with("lacuna ");
}

std::vector<std::string> degree_names() {
  std::vector<std::string> names;
  for (const auto& list : {words<Degree>(), words<SetRelation>()}) {
    for (const Word& w : list) names.emplace_back(w.name);
  }
  return names;
}

void set_degree(Verdict& verdict, const std::string& word, Kind need) {
  if (const auto set = parse<SetRelation>(word)) {
    if (need != Kind::requirement && need != Kind::capability) {
      throw Error(ErrorCode::usage, "relation",
                  fmt::format("{} is for requirements and capabilities, and {} is a {}; write full, partial or none", word,
                              verdict.to, name_of(need)));
    }
    verdict.set_relation = set;
    verdict.degree = degree_of(*set);
    return;
  }
  verdict.degree = parse<Degree>(word);
  if (!verdict.degree)
    throw Error(ErrorCode::usage, "relation",
                fmt::format("\"{}\" is none; one of {}", shortened(word, 40), join(degree_names(), ", ")));
}

Kept keep_deliverable(Map& map, const std::string& id) {
  Kept kept;
  for (Node& n : map.nodes) {
    if (n.id != id) continue;
    const auto mark = std::ranges::find_if(n.attributes, [](const auto& a) { return a.first == brought; });
    if (mark == n.attributes.end()) continue;
    kept.brought = std::move(mark->second);
    n.attributes.erase(mark);
  }
  for (Link& l : map.links) {
    if (l.relation != Relation::develops || l.to != id || l.status != Status::suggested) continue;
    l.status = Status::asserted;
    kept.developers.push_back(l.from);
  }
  return kept;
}

Judged judge(Map& map, const Verdict& v) {
  const Link* before = stands_on(map, v);
  if (before == nullptr)
    throw Error(ErrorCode::not_found, "",
                fmt::format("nothing links {} to {}; see the suggestions with: lacuna link review --by NAME", v.from, v.to));
  if (v.says == Verdict::Says::accept && v.reason.empty() && before->status != Status::suggested &&
      before->status != Status::asserted) {
    throw Error(
        ErrorCode::bad_input, "",
        fmt::format("{} {} {} – {} (\"{}\"); say why it holds", before->by.empty() ? "somebody" : harmless(before->by),
                    before->status == Status::rejected ? "has rejected" : "disputes", v.to, v.from, harmless(before->rationale)));
  }
  // What a machine counts is no reason that somebody can give in a meeting.
  if (v.says == Verdict::Says::accept && v.reason.empty() && is_own_suggestion(*before))
    throw Error(ErrorCode::bad_input, "", fmt::format("say why {} – {} holds, in one sentence", v.to, v.from));
  // What speaks for one degree does not speak for another.
  if (v.says == Verdict::Says::accept && v.reason.empty() && before->status == Status::asserted && v.degree &&
      v.degree != before->degree) {
    throw Error(ErrorCode::bad_input, "",
                fmt::format("{} holds that {} – {} is {} (\"{}\"); say why it is {}",
                            before->by.empty() ? "somebody" : harmless(before->by), v.to, v.from,
                            before->degree ? name_of(*before->degree) : "so", harmless(before->rationale), name_of(*v.degree)));
  }
  Link link = *before;
  const bool machine = before->status == Status::suggested;
  link.by = v.by;
  link.on = Date::of(today());
  link.method = machine ? Method::hybrid : Method::human;
  link.source = {};
  link.questioned.clear();
  if (!machine && v.says != Verdict::Says::accept) link.strength.reset();
  if (!v.reason.empty()) link.rationale = v.reason;
  if (!v.clause.empty()) link.clause = v.clause;
  switch (v.says) {
    case Verdict::Says::accept: link.status = Status::asserted; break;
    case Verdict::Says::reject: link.status = Status::rejected; break;
    case Verdict::Says::dispute: link.status = Status::disputed; break;
  }
  if (v.degree && link.relation == Relation::covers) {
    link.degree = v.degree;
    link.set_relation = v.set_relation;
  }
  Judged judged;
  std::erase_if(map.links, [&](Link& l) {
    if (!joins(l, v) || (l.status != Status::suggested && l.by != v.by)) return false;
    judged.replaced.push_back(std::move(l));
    return true;
  });
  std::string what = v.says == Verdict::Says::reject ? "rejected" : v.says == Verdict::Says::dispute ? "disputed" : "accepted";
  if (v.says == Verdict::Says::accept && link.relation == Relation::covers) {
    what += fmt::format(" ({})", link.set_relation ? name_of(*link.set_relation) : name_of(*link.degree));
    judged.kept = keep_deliverable(map, v.from);
  }
  judged.told = fmt::format("{} – {}: {} by {} on {}", v.to, v.from, what, harmless(v.by), to_string(*link.on));
  judged.made = link;
  map.links.push_back(std::move(link));
  return judged;
}

void take_back(Map& map, const Judged& judged) {
  const Link& made = judged.made;
  const auto same_pair = [&](const Link& l) { return l.relation == made.relation && l.from == made.from && l.to == made.to; };
  const std::size_t gone = std::erase_if(map.links, [&](const Link& l) {
    return same_pair(l) && l.by == made.by && l.status == made.status && l.degree == made.degree &&
           l.rationale == made.rationale && l.on == made.on;
  });
  if (gone == 0)
    throw Error(ErrorCode::not_found, "",
                fmt::format("{} – {}: that verdict has been changed meanwhile; nothing was undone", made.to, made.from));
  // Whoever has judged the pair meanwhile has judged the suggestion too.
  const bool judged_by_others = std::ranges::any_of(map.links, same_pair);
  for (const Link& l : judged.replaced) {
    if (l.status != Status::suggested || !judged_by_others) map.links.push_back(l);
  }
  const std::string& id = made.from;
  const bool held = std::ranges::any_of(map.links, [&](const Link& l) {
    return (l.from == id || l.to == id) && l.relation != Relation::develops && l.status != Status::suggested;
  });
  if (held || !judged.kept.brought) return;
  for (Node& n : map.nodes) {
    if (n.id == id) n.attributes.emplace_back(std::string(brought), *judged.kept.brought);
  }
  for (Link& l : map.links) {
    if (l.relation == Relation::develops && l.to == id &&
        std::ranges::find(judged.kept.developers, l.from) != judged.kept.developers.end())
      l.status = Status::suggested;
  }
}

NodeId newest_edition(const Situation& situation, NodeId deliverable) {
  const Graph& graph = situation.graph();
  NodeId newest = deliverable;
  std::vector<bool> seen(graph.size());
  for (bool further = true; further;) {
    further = false;
    seen[index(newest)] = true;
    for (const LinkId l : graph.in(newest, Relation::supersedes)) {
      const NodeId next = graph.edge(l).from;
      const auto state = situation.state(next);
      if (graph.edge(l).status != Status::asserted || seen[index(next)] || !state || *state < State::published) continue;
      newest = next;
      further = true;
      break;
    }
  }
  return newest;
}

std::string settle(Map& map, const std::string& from, const std::string& to, const std::string& need,
                   const Settlement& settlement) {
  std::vector<Link> held;
  for (const Link& l : map.links) {
    if (joined(l, from, need) && l.status == Status::asserted && l.degree != Degree::none) held.push_back(l);
  }
  if (held.empty()) return {};  // Somebody has settled it meanwhile.
  // Where people differ, one's own word goes before, then the one that claims less.
  const auto basis =
      std::ranges::max_element(held, {}, [&](const Link& l) { return std::pair(l.by == settlement.by, *l.degree); });
  Link verdict = verdict_on(*basis, to, settlement);
  const bool move = settlement.moves && from != to;
  std::string told =
      fmt::format("{}: {} covers it ({}), {}{} by {} on {}\n", need, to, name_of(*verdict.degree), move ? "moved" : "confirmed",
                  from == to ? "" : " from " + from, harmless(verdict.by), to_string(*verdict.on));
  const bool differ = std::ranges::any_of(held, [&](const Link& l) { return l.degree != basis->degree; });
  for (const Link& l : held) {
    if (differ && !settlement.degree && &l != &*basis)
      told += fmt::format("  {} holds that {} covers it ({}); --degree says what holds for {}\n", who(l), from,
                          name_of(*l.degree), to);
    else if (move && l.by != settlement.by)
      told += fmt::format("  what {} holds of {} stays\n", who(l), from);
  }
  std::erase_if(map.links, [&](const Link& l) {
    const bool own_old = move && joined(l, from, need) && l.status == Status::asserted && l.by == settlement.by;
    return own_old || (joined(l, to, need) && (l.status == Status::suggested || l.by == settlement.by));
  });
  map.links.push_back(std::move(verdict));
  return told;
}

}  // namespace lacuna
