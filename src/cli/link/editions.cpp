// link confirm, move: verdicts on editions that were replaced.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "cli/link/link.hpp"

namespace lacuna {
namespace {

struct Arguments {
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
Link verdict_on(const Link& old, const std::string& edition, const Arguments& arguments) {
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

void settle(const Arguments& arguments, Context& context) {
  static constexpr Kind deliverable[] = {Kind::deliverable};
  static constexpr Kind needs[] = {Kind::use_case, Kind::requirement, Kind::capability, Kind::threat, Kind::term};
  const Graph graph = Store(context.map_path).graph(Store::Texts::skip);
  const Situation situation(graph, context.profile(), today());
  const NodeId old = graph.find(arguments.deliverable, deliverable);
  const NodeId edition = arguments.to.empty() ? newest_edition(situation, old) : graph.find(arguments.to, deliverable);
  std::vector<std::string> suspects;
  for (const LinkId l : graph.out(old, Relation::covers)) {
    const bool wanted = arguments.need.empty() || graph.edge(l).to == graph.find(arguments.need, needs);
    if (wanted && situation.suspect(l)) suspects.push_back(graph.node(graph.edge(l).to).id);
  }
  if (suspects.empty()) {
    throw Error(ErrorCode::not_found, graph.node(old).id, fmt::format("has no suspect link{}; see: lacuna gaps --kind suspect", arguments.need.empty() ? "" : " to " + arguments.need));
  }
  if (edition == old) throw Error(ErrorCode::usage, "--to", fmt::format("{} is the edition that was replaced; name a later one", graph.node(old).id));
  const std::string from = graph.node(old).id;
  const std::string to = graph.node(edition).id;
  std::string told;
  change_checked(context.map_path, [&](Map& map) {
    for (const std::string& need : suspects) {
      std::vector<Link> verdicts;
      for (const Link& l : map.links) {
        if (joined(l, from, need) && l.status == Status::asserted && l.degree != Degree::none) verdicts.push_back(verdict_on(l, to, arguments));
      }
      verdicts.resize(std::min<std::size_t>(verdicts.size(), 1));  // One person, one verdict.
      if (arguments.action == "move") std::erase_if(map.links, [&](const Link& l) { return joined(l, from, need) && l.status == Status::asserted; });
      for (Link& v : verdicts) {
        told += fmt::format("{}: {} covers it ({}), {} from {} by {} on {}\n", need, to, name_of(*v.degree), arguments.action == "move" ? "moved" : "confirmed", from, v.by, to_string(*v.on));
        map.links.push_back(std::move(v));
      }
    }
  });
  deliver(told, "");
}

void declare(CLI::App& app, Context& context, Arguments& arguments) {
  app.add_option("DELIVERABLE", arguments.deliverable, "The edition that was replaced")->required()->type_name("NAME");
  app.add_option("NEED", arguments.need, "The need; default: all whose link is suspect")->type_name("NAME");
  app.add_option("--to", arguments.to, "The edition to put the verdict on; default: the newest published one")->check(not_empty())->type_name("NAME");
  app.add_option("--by", arguments.by, "Who looked")->required()->check(not_empty())->type_name("NAME");
  app.add_option("--degree", arguments.degree, "What the new edition covers, where that differs: full, partial or none")->check(one_of(names_in(words<Degree>())))->type_name("DEGREE");
  app.add_option("--rationale", arguments.rationale, "Why, in one sentence; default: as on the old edition")->check(not_empty())->type_name("TEXT");
  app.callback([&context, &arguments] { settle(arguments, context); });
}

void declare_confirm(CLI::App& app, Context& context) {
  static Arguments arguments{.action = "confirm"};
  declare(app, context, arguments);
}

void declare_move(CLI::App& app, Context& context) {
  static Arguments arguments{.action = "move"};
  declare(app, context, arguments);
}

}  // namespace

const LinkAction link_confirm{"confirm", "the verdict on an edition that was replaced holds for the new one too; the old one stays", declare_confirm};
const LinkAction link_move{"move", "the verdict stands on the new edition only", declare_move};

}  // namespace lacuna
