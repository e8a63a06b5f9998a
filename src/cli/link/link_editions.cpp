// link confirm, move: verdicts on editions that were replaced, and on needs that read otherwise now.
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

void run_link_editions(const LinkEditionsArguments& arguments, Context& context) {
  static constexpr Kind deliverable[] = {Kind::deliverable};
  const Graph graph = Store(context.map_path).graph(Store::Texts::skip);
  const Situation situation(graph, context.profile(), today());
  const NodeId old = graph.find(arguments.deliverable, deliverable);
  const NodeId edition = arguments.to.empty() ? newest_edition(situation, old) : graph.find(arguments.to, deliverable);
  std::vector<std::string> suspects;  // Each need once, however many have spoken of it.
  bool only_needs_changed = true;
  for (const LinkId l : graph.out(old, Relation::covers)) {
    const bool wanted = arguments.need.empty() || graph.edge(l).to == graph.find(arguments.need, need_kinds);
    const std::string& need = graph.node(graph.edge(l).to).id;
    if (!wanted || !situation.waits(l)) continue;
    only_needs_changed = only_needs_changed && graph.edge(l).questioned;
    if (std::ranges::find(suspects, need) == suspects.end()) suspects.push_back(need);
  }
  if (suspects.empty()) {
    throw Error(ErrorCode::not_found, graph.node(old).id,
                fmt::format("has no suspect link{}; see: lacuna gaps --kind suspect",
                            arguments.need.empty() ? "" : " to " + arguments.need));
  }
  if (edition == old && !only_needs_changed)
    throw Error(ErrorCode::usage, "--to",
                fmt::format("{} is the edition that was replaced; name a later one", graph.node(old).id));
  const std::string from = graph.node(old).id;
  const std::string to = graph.node(edition).id;
  Settlement settlement{arguments.action == "move", std::nullopt, arguments.rationale, arguments.by};
  if (!arguments.degree.empty()) settlement.degree = parse<Degree>(arguments.degree);
  std::string told;
  const Occasion occasion{.by = arguments.by, .why = fmt::format("link {}: {} settled for {}", arguments.action, from, to)};
  change_checked(context.map_path, occasion, [&](Map& map) {
    for (const std::string& need : suspects) told += settle(map, from, to, need, settlement);
  });
  tell_change(context.map_path, told);
}

void declare_link_editions(CommandLine& line, Context& context, std::string action) {
  auto& arguments = line.hold<LinkEditionsArguments>({.action = std::move(action)});
  line.add("DELIVERABLE", &arguments.deliverable, "The edition that was replaced, or whose need reads otherwise now")
      .required()
      .called("NAME")
      .offers(NamesOnMap{"deliverable"});
  line.add("NEED", &arguments.need, "The need; default: all whose link is suspect").called("NAME").offers(NamesOnMap{"need"});
  line.add("--to", &arguments.to, "The edition to put the verdict on; default: the newest published one")
      .check(NotEmpty{})
      .called("NAME")
      .offers(NamesOnMap{"deliverable"});
  line.add("--by", &arguments.by, "Who looked").required().check(NotEmpty{}).called("NAME");
  line.add("--degree", &arguments.degree, "What the new edition covers, where that differs: full, partial or none")
      .check(OneOf{names_in(words<Degree>())})
      .called("DEGREE");
  line.add("--rationale", &arguments.rationale, "Why, in one sentence; default: as on the old edition")
      .check(NotEmpty{})
      .called("TEXT");
  line.runs([&context, &arguments] { run_link_editions(arguments, context); });
}

void declare_confirm(CommandLine& line, Context& context) { declare_link_editions(line, context, "confirm"); }

void declare_move(CommandLine& line, Context& context) { declare_link_editions(line, context, "move"); }

}  // namespace

extern const LinkAction link_confirm{
    "confirm", "the verdict on an edition that was replaced holds for the new one too; the old one stays", declare_confirm};
extern const LinkAction link_move{
    "move", "the verdict stands on the new edition; one's own on the old one goes, those of others stay", declare_move};

}  // namespace lacuna
