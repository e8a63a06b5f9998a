// link confirm, move: verdicts on editions that were replaced.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

struct LinkEditionsArguments {
  std::string action;
  std::string deliverable;
  std::string need;
  std::string to;
  std::string by;
  std::string degree;
  std::string rationale;
};

/// The newest published edition that came after, along the links.
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

bool joined(const Link& l, const std::string& from, const std::string& to) { return l.relation == Relation::covers && l.from == from && l.to == to; }

/// A person's verdict on the new edition, made of the one on the old.
Link verdict_on(const Link& old, const std::string& edition, const LinkEditionsArguments& arguments) {
  Link link = old;
  link.from = edition;
  link.by = arguments.by;
  link.method = Method::human;
  link.on = Date::parse(to_string(today()));
  link.source = {};
  link.status = Status::asserted;
  if (!arguments.degree.empty() && parse<Degree>(arguments.degree) != link.degree) {
    link.degree = parse<Degree>(arguments.degree);
    link.set_relation.reset();  // Was read from another text.
    link.strength.reset();
  }
  if (!arguments.rationale.empty()) link.rationale = arguments.rationale;
  return link;
}

std::string who(const Link& l) { return l.by.empty() ? "somebody" : harmless(l.by); }

/// One need: the person's verdict on the new edition, made of what is held of the old one. What others hold of either stays. Returns what was done.
std::string settle_need(Map& map, const std::string& from, const std::string& to, const std::string& need, const LinkEditionsArguments& arguments) {
  std::vector<Link> held;
  for (const Link& l : map.links) {
    if (joined(l, from, need) && l.status == Status::asserted && l.degree != Degree::none) held.push_back(l);
  }
  if (held.empty()) return {};  // Somebody has settled it meanwhile.
  // Where people differ, one's own word goes before, then the one that claims less.
  const auto basis = std::ranges::max_element(held, {}, [&](const Link& l) { return std::pair(l.by == arguments.by, *l.degree); });
  Link verdict = verdict_on(*basis, to, arguments);
  const bool move = arguments.action == "move";
  std::string told = fmt::format("{}: {} covers it ({}), {} from {} by {} on {}\n", need, to, name_of(*verdict.degree), move ? "moved" : "confirmed", from, harmless(verdict.by), to_string(*verdict.on));
  const bool differ = std::ranges::any_of(held, [&](const Link& l) { return l.degree != basis->degree; });
  for (const Link& l : held) {
    if (differ && arguments.degree.empty() && &l != &*basis) told += fmt::format("  {} holds that {} covers it ({}); --degree says what holds for {}\n", who(l), from, name_of(*l.degree), to);
    else if (move && l.by != arguments.by) told += fmt::format("  what {} holds of {} stays\n", who(l), from);
  }
  std::erase_if(map.links, [&](const Link& l) {
    const bool own_old = move && joined(l, from, need) && l.status == Status::asserted && l.by == arguments.by;
    return own_old || (joined(l, to, need) && (l.status == Status::suggested || l.by == arguments.by));
  });
  map.links.push_back(std::move(verdict));
  return told;
}

void settle(const LinkEditionsArguments& arguments, Context& context) {
  static constexpr Kind deliverable[] = {Kind::deliverable};
  static constexpr Kind needs[] = {Kind::use_case, Kind::requirement, Kind::capability, Kind::threat, Kind::term};
  const Graph graph = Store(context.map_path).graph(Store::Texts::skip);
  const Situation situation(graph, context.profile(), today());
  const NodeId old = graph.find(arguments.deliverable, deliverable);
  const NodeId edition = arguments.to.empty() ? newest_edition(situation, old) : graph.find(arguments.to, deliverable);
  std::vector<std::string> suspects;  // Each need once, however many have spoken of it.
  for (const LinkId l : graph.out(old, Relation::covers)) {
    const bool wanted = arguments.need.empty() || graph.edge(l).to == graph.find(arguments.need, needs);
    const std::string& need = graph.node(graph.edge(l).to).id;
    if (wanted && situation.suspect(l) && std::ranges::find(suspects, need) == suspects.end()) suspects.push_back(need);
  }
  if (suspects.empty()) {
    throw Error(ErrorCode::not_found, graph.node(old).id, fmt::format("has no suspect link{}; see: lacuna gaps --kind suspect", arguments.need.empty() ? "" : " to " + arguments.need));
  }
  if (edition == old) throw Error(ErrorCode::usage, "--to", fmt::format("{} is the edition that was replaced; name a later one", graph.node(old).id));
  const std::string from = graph.node(old).id;
  const std::string to = graph.node(edition).id;
  std::string told;
  change_checked(context.map_path, [&](Map& map) {
    for (const std::string& need : suspects) told += settle_need(map, from, to, need, arguments);
  });
  tell_change(context.map_path, told);
}

void declare_link_editions(CommandLine& line, Context& context, std::string action) {
  auto& arguments = line.hold<LinkEditionsArguments>({.action = std::move(action)});
  line.add("DELIVERABLE", &arguments.deliverable, "The edition that was replaced").required().called("NAME");
  line.add("NEED", &arguments.need, "The need; default: all whose link is suspect").called("NAME");
  line.add("--to", &arguments.to, "The edition to put the verdict on; default: the newest published one").check(NotEmpty{}).called("NAME");
  line.add("--by", &arguments.by, "Who looked").required().check(NotEmpty{}).called("NAME");
  line.add("--degree", &arguments.degree, "What the new edition covers, where that differs: full, partial or none").check(OneOf{names_in(words<Degree>())}).called("DEGREE");
  line.add("--rationale", &arguments.rationale, "Why, in one sentence; default: as on the old edition").check(NotEmpty{}).called("TEXT");
  line.runs([&context, &arguments] { settle(arguments, context); });
}

void declare_confirm(CommandLine& line, Context& context) { declare_link_editions(line, context, "confirm"); }

void declare_move(CommandLine& line, Context& context) { declare_link_editions(line, context, "move"); }

}  // namespace

extern const LinkAction link_confirm{"confirm", "the verdict on an edition that was replaced holds for the new one too; the old one stays", declare_confirm};
extern const LinkAction link_move{"move", "the verdict stands on the new edition; one's own on the old one goes, those of others stay", declare_move};

}  // namespace lacuna
