// A liaison statement about a way forward.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/papers/writing.hpp"
#include "analysis/ways/house_style.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// What the statement is about and asks for, by what is to be done.
struct Matter {
  std::string title;
  std::string opening;
  std::vector<std::string> asks;
};

std::string need_list(const Graph& graph, const std::vector<NodeId>& needs) {
  std::vector<std::string> list;
  for (const NodeId need : needs) list.push_back(inside_title(graph.node(need).title));
  return join(first_few(std::move(list), 6), "; ");
}

Matter matter_of(const Graph& graph, const WayForward& way, const std::string& group) {
  const std::string target = way.target ? graph.node(*way.target).id : std::string();
  switch (way.action) {
    case Action::new_work_item:
      return {fmt::format("LS on a proposed new work item “{}”", way.title),
              fmt::format("{} considers starting work on “{}”.", group, way.title),
              {"whether you plan or have under way work on any of the needs that is not listed here",
               "for drafts of yours that are listed: their present state and schedule, and whether the texts can be shared",
               "whether the proposed scope collides with your work, and how it should then be divided"}};
    case Action::accelerate:
      return {fmt::format("LS on the completion of {}", target),
              fmt::format("{} intends to bring {} to approval.", group, target),
              {"your comments on the draft, and whether your own work depends on it"}};
    case Action::revise:
      return {fmt::format("LS on a revision of {}", target),
              fmt::format("{} considers a revision of {}.", group, target),
              {"what the revision should take over from your texts that are listed"}};
    case Action::adopt:
      return {fmt::format("LS on reference to or adoption of {}", target),
              fmt::format("{} found that {} covers in full what its own deliverables do not.", group, target),
              {"whether a normative reference or an identical text would suit you, and under which conditions",
               "whether a new edition is planned, and when"}};
    case Action::consolidate:
      return {fmt::format("LS on overlapping deliverables with {}", target),
              fmt::format("{} found needs that its own and your deliverables both cover in full.", group),
              {"which of the texts should be referred to from now on, and how the scopes should be divided"}};
    case Action::liaise:
      return {fmt::format("LS on common subjects with {}", target),
              fmt::format("{} found texts of {} on needs that concern it.", group, target),
              {"a contact for these subjects", "the state and schedule of your work that is listed",
               "whether you know of further work on these needs"}};
    case Action::investigate: break;  // Nobody is written to.
  }
  return {};
}

Paper draft_liaison(const Graph& graph, const Params& params, const DraftRequest& request) {
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  const Ways ways = request.needs.empty() ? find_ways(s, params) : way_for(s, params, request.needs);
  WayForward way = way_asked(graph, ways, request, params);
  if (way.action == Action::investigate || (way.action == Action::liaise && !way.target)) {
    throw Error(ErrorCode::usage, "--way",
                fmt::format("way forward {} concerns nobody in particular: \"{}\"; name a group with --to-group", request.way,
                            shortened(way.title, 60)));
  }
  const Planner planner(s, params);
  const std::string group = graph.node(*params.scope).id;
  Matter matter = matter_of(graph, way, group);
  if (!request.title.empty()) matter.title = request.title;
  Writer w(s, params, "liaison", matter.title);

  std::vector<Addressee> addressees = planner.addressees(way);
  std::vector<std::string> action;
  std::vector<std::string> information;
  const auto add_unique = [](std::vector<std::string>& list, const std::string& name) {
    if (std::ranges::find(list, name) == list.end()) list.push_back(name);
  };
  if (request.to) add_unique(action, graph.node(*request.to).id);
  if (way.target && graph.node(*way.target).kind == Kind::group) add_unique(action, graph.node(*way.target).id);
  if (way.action == Action::adopt && way.target) {
    for (const NodeId g : graph.developers_of(*way.target)) {
      if (const auto to = addressee(s, g)) add_unique(action, graph.node(*to).id);
    }
  }
  for (const Addressee& to : addressees) {
    const std::string& name = graph.node(to.group).id;
    if (std::ranges::find(action, name) != action.end()) continue;
    add_unique(to.action && way.action == Action::new_work_item && !request.to ? action : information, name);
  }

  PaperTable table;
  table.widths = {0.26, 0.74};
  const auto row = [&](std::string key, std::string label, Prose text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), {std::move(text)}));
  };
  Prose question{blank("Question(s)")};
  std::vector<Claim> steps;
  if (way.action == Action::new_work_item) {
    WorkItemPlan plan = planner.plan(way);
    if (!plan.places.empty()) question = {{graph.node(plan.places.front().group).id}, {" "}, blank("confirm")};
    steps = std::move(plan.scope);
  } else {
    steps = planner.steps(way);
  }
  row("question", "Question(s)", std::move(question));
  row("meeting", "Meeting", {blank("meeting, place and date")});
  row("group", "Study group", {{group}});
  row("working_party", "Working party", {blank("working party")});
  row("source", "Source", {{group}});
  row("title", "Title", {{matter.title, Run::Kind::strong}});
  row("action", "For action to",
      action.empty() ? Prose{blank("nobody on the map: name the addressee")} : Prose{{join(action, "; ")}});
  row("information", "For information to", {{information.empty() ? std::string("–") : join(information, "; ")}});
  row("approval", "Approval", {blank("approved by, on")});
  row("deadline", "Deadline", {blank("deadline for the answer")});
  row("contact", "Contact", {blank("name, affiliation, e-mail")});
  row("abstract", "Abstract",
      {{fmt::format("{} It asks {} about {}: {}.", matter.opening,
                    action.empty() ? std::string("the addressees") : join(action, " and "), count_of(way.needs.size(), "need"),
                    need_list(graph, way.needs))}});
  w.table(std::move(table));

  w.heading(1, "matter", "What it is about");
  w.paragraph(matter.opening);
  for (const Claim& step : steps) w.item(w.prose(step));
  w.heading(1, "needs", "The needs, and what is known of them");
  w.table(needs_table(w, way.needs));
  if (!addressees.empty()) {
    w.heading(1, "texts", "Texts of the addressees that bear on it");
    for (const Addressee& to : addressees) {
      Prose prose{{graph.node(to.group).id + ": ", Run::Kind::strong}};
      for (Run& run : w.prose(to.why)) prose.push_back(std::move(run));
      w.item(std::move(prose));
    }
  }
  w.heading(1, "asks", "What is asked");
  w.paragraph(fmt::format("{} asks to be told", group));
  for (const std::string& ask : matter.asks) w.item({{ask + (&ask == &matter.asks.back() ? "." : ";")}});
  w.paragraph(Prose{{"Attachment: "}, blank("documents attached")});
  return w.done();
}

}  // namespace

extern const Form liaison_form{
    .name = "liaison",
    .help = "liaison statement about a way forward, or to a group with --to",
    .about = Form::About::way,
    .draft = draft_liaison,
};

}  // namespace lacuna
