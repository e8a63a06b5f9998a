// A liaison statement: what both sides have, and what is asked of whom by when.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_rows = 40;  ///< Of one table: whoever is asked whether it is whole must see it.
constexpr std::size_t most_cited = 3;  ///< Texts of one side on one need.
constexpr std::size_t most_texts_asked = 4;

/// The form at the top of a statement.
struct StatementHead {
  Prose question;
  std::string title;
  std::vector<std::string> action;
  std::vector<std::string> information;
  std::string abstract;
};

void add_head(Writer& w, StatementHead head) {
  const std::string group = w.whose();
  PaperTable table;
  table.widths = {0.26, 0.74};
  const auto row = [&](std::string key, std::string label, Prose text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), {std::move(text)}));
  };
  const auto names = [](const std::vector<std::string>& list) { return join(list, "; "); };
  row("question", "Question(s)", head.question.empty() ? Prose{blank("Question(s)")} : std::move(head.question));
  row("meeting", "Meeting", {blank("meeting, place and date")});
  row("group", "Study group", {{group}});
  row("working_party", "Working party", {blank("working party")});
  row("source", "Source", {{group}});
  row("title", "Title", {{head.title, Run::Kind::strong}});
  row("action", "For action to",
      head.action.empty() ? Prose{blank("nobody on the map: name the addressee")} : Prose{{names(head.action)}});
  row("information", "For information to", {{head.information.empty() ? std::string("–") : names(head.information)}});
  row("approval", "Approval", {blank("approved by, on")});
  row("deadline", "Deadline", {blank("deadline for the answer")});
  row("contact", "Contact", {blank("name, affiliation, e-mail")});
  row("abstract", "Abstract", {{std::move(head.abstract)}});
  w.table(std::move(table));
}

/// What one side has on a need: its texts, each with what it does.
PaperTable::Cell texts_cell(Writer& w, NodeId need, const std::vector<Holding>& holdings) {
  Prose prose;
  for (std::size_t i = 0; i < std::min(most_cited, holdings.size()); ++i) {
    const Holding& h = holdings[i];
    Run run = said(fmt::format("{}{} {}{}", i == 0 ? "" : "; ", w.graph().node(h.deliverable).id,
                               h.degree == Degree::full ? "in full" : "in part",
                               h.state == State::published ? "" : fmt::format(" ({})", name_of(h.state))),
                   covers_claim(w.graph(), need, {h}));
    run.cites = {w.cite(h.deliverable)};
    prose.push_back(std::move(run));
  }
  if (holdings.size() > most_cited) prose.push_back({fmt::format("; {} more", holdings.size() - most_cited)});
  return cell(std::move(prose));
}

/// The needs with most to say first: by how many texts there are on them, then in natural order.
std::vector<NodeId> by_texts(std::vector<NodeId> needs, const std::vector<const Programme*>& sides) {
  const auto texts = [&](NodeId need) {
    std::size_t n = 0;
    for (const Programme* side : sides) {
      if (const auto on = side->on.find(need); on != side->on.end()) n += on->second.size();
    }
    return n;
  };
  std::ranges::stable_sort(needs, [&](NodeId a, NodeId b) { return texts(a) > texts(b); });
  return needs;
}

/// A row a need, a column a side.
void add_programme_table(Writer& w, const std::string& caption, const std::vector<NodeId>& needs,
                         const std::vector<const Programme*>& sides) {
  if (needs.empty()) return;
  const Graph& graph = w.graph();
  PaperTable table{needs.size() > most_rows ? fmt::format("{} (the first {} of {})", caption, most_rows, needs.size()) : caption,
                   {"Need"},
                   {sides.size() == 2 ? 0.3 : 0.4},
                   {}};
  for (const Programme* side : sides) {
    table.columns.push_back("Texts of " + graph.node(side->group).id);
    table.widths.push_back(sides.size() == 2 ? 0.35 : 0.6);
  }
  const std::vector<NodeId> order = by_texts(needs, sides);
  for (std::size_t i = 0; i < std::min(most_rows, order.size()); ++i) {
    PaperTable::Row row{graph.node(order[i]).id, {cell(capitalized(need_phrase(graph, order[i])))}};
    for (const Programme* side : sides) row.cells.push_back(texts_cell(w, order[i], side->on.at(order[i])));
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
}

/// "46 texts in force and 11 under way".
std::string programme_text(const Programme& programme) {
  if (programme.published + programme.under_way == 0) return "no text";
  std::vector<std::string> parts;
  if (programme.published > 0) parts.push_back(count_of(programme.published, "text") + " in force");
  if (programme.under_way > 0)
    parts.push_back(programme.published > 0 ? fmt::format("{} under way", programme.under_way)
                                            : count_of(programme.under_way, "text") + " under way");
  return join(parts, " and ");
}

/// Drafts of a side on these needs.
std::vector<NodeId> drafts_on(const Programme& side, const std::vector<NodeId>& needs) {
  std::vector<NodeId> drafts;
  for (const NodeId need : needs) {
    const auto on = side.on.find(need);
    if (on == side.on.end()) continue;
    for (const Holding& h : on->second) {
      if (h.state != State::published && std::ranges::find(drafts, h.deliverable) == drafts.end())
        drafts.push_back(h.deliverable);
    }
  }
  return drafts;
}

std::string names_of(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t most) {
  std::vector<std::string> names;
  for (const NodeId node : nodes) names.push_back(graph.node(node).id);
  return listed(std::move(names), most);
}

/// Who is asked, by when, and for what, one item each.
void add_asks(Writer& w, const std::string& whom, std::vector<Run> asks) {
  w.heading(1, "asks", "What is asked");
  w.paragraph(Prose{{fmt::format("{} asks {}, by ", w.whose(), whom)}, blank("deadline"), {", to tell it"}});
  for (Run& ask : asks) {
    ask.text += &ask == &asks.back() ? "." : ";";
    w.item({std::move(ask)});
  }
  w.paragraph(Prose{{"Attachment: "}, blank("documents attached")});
}

/// Two bodies beside each other: what each has on the needs, and what the other should tell. `text` is one of theirs that the
/// group could take over.
Paper coordination(const Situation& s, const Params& params, const DraftRequest& request, NodeId to, std::optional<NodeId> text,
                   const std::vector<NodeId>& about) {
  const Graph& graph = s.graph();
  const NodeId us = *params.scope;
  const std::string& our_name = graph.node(us).id;
  const std::string& their_name = graph.node(to).id;
  const std::vector<NodeId> needs = selected_needs(s, params);
  const Programme ours = programme_of(s, scope_of(graph, params), us, needs);
  const Programme theirs = programme_of(s, to, us, needs);
  const Beside beside = beside_each_other(ours, theirs, needs);
  if (theirs.on.empty() && ours.on.empty()) {
    throw Error(ErrorCode::not_found, "--to-group",
                fmt::format("neither {} nor {} has a text on any of the {}: there is nothing to write about", our_name,
                            their_name, count_of(needs.size(), "need")));
  }
  const std::string& map = graph.info().title;
  const std::string subject = map.empty() ? std::string("common subjects") : fmt::format("“{}”", map);
  const std::string title =
      !request.title.empty() ? request.title
      : text                 ? fmt::format("LS on coordination of work on {} and on the use of {}", subject, graph.node(*text).id)
                             : fmt::format("LS on coordination of work on {}", subject);
  Writer w(s, params, "liaison", title);
  StatementHead head{{}, title, {their_name}, {}, {}};
  head.abstract =
      fmt::format("{} sets its programme on {} beside that of {}, and asks {} to correct the tables and to tell of its plans.",
                  our_name, subject, their_name, their_name);
  add_head(w, std::move(head));

  w.heading(1, "matter", "Where the two programmes meet");
  Prose opening{
      said(fmt::format("{} has mapped what standards bodies have on {}: {}.", our_name, subject, count_of(needs.size(), "need")),
           needs_claim(graph, needs)),
      said(fmt::format(" In this map {} has {}", our_name, programme_text(ours)), programme_claim(graph, ours)),
      said(fmt::format(", {} {}.", their_name, programme_text(theirs)), programme_claim(graph, theirs))};
  if (!beside.both.empty()) {
    opening.push_back(said(fmt::format(" Both have texts on {} (Table 1).", count_of(beside.both.size(), "need")),
                           work_claim(graph, {us, to}, {}, beside.both)));
  } else {
    opening.push_back(said(" There is no need on which both have texts.", none_in_common_claim(graph, us, to)));
  }
  if (!beside.theirs.empty()) {
    opening.push_back(said(fmt::format(" {} alone has texts on {}", their_name, beside.theirs.size()),
                           work_claim(graph, {to}, {us}, beside.theirs)));
    opening.push_back(beside.ours.empty() ? Run{"."}
                                          : said(fmt::format(", {} alone on {}.", our_name, beside.ours.size()),
                                                 work_claim(graph, {us}, {to}, beside.ours)));
  } else if (!beside.ours.empty()) {
    opening.push_back(said(fmt::format(" {} alone has texts on {}.", our_name, beside.ours.size()),
                           work_claim(graph, {us}, {to}, beside.ours)));
  }
  if (Liaisons(graph).between(us, to)) opening.push_back(said(" The two have a liaison.", liaison_claim(graph, us, to, true)));
  w.paragraph(std::move(opening));
  std::vector<NodeId> in_question;
  std::ranges::copy_if(about, std::back_inserter(in_question), [&](NodeId n) { return theirs.on.contains(n); });
  if (text && !in_question.empty()) {
    std::vector<std::pair<NodeId, Holding>> links;
    for (const NodeId need : in_question) {
      for (const Holding& h : theirs.on.at(need)) {
        if (h.deliverable == *text) links.emplace_back(need, h);
      }
    }
    if (!links.empty()) {
      std::vector<NodeId> covered;
      for (const auto& [need, h] : links) covered.push_back(need);
      Run run = said(fmt::format("{} is of interest as it stands: it covers {}.", document_phrase(graph, *text),
                                 need_phrases(graph, covered, 4)),
                     covers_claim(graph, links));
      run.cites = {w.cite(*text)};
      w.paragraph(Prose{std::move(run)});
    }
  }

  std::vector<Run> asks{{"whether the tables below are right and whole as to its texts"}};
  if (const auto drafts = drafts_on(theirs, needs); !drafts.empty()) {
    asks.push_back({fmt::format("for {}: the present state and the planned date, and whether the text can be shared",
                                names_of(graph, drafts, most_texts_asked))});
  }
  if (text) {
    asks.push_back({fmt::format(
        "whether a normative reference to {} or an identical text would suit it, and whether a new edition is planned",
        graph.node(*text).id)});
  }
  if (!beside.both.empty()) {
    asks.push_back(said("how the work on what both have texts on (Table 1) should be divided, or the texts refer to each other",
                        work_claim(graph, {us, to}, {}, beside.both)));
  }
  if (!beside.theirs.empty() && !text) {
    asks.push_back(said(fmt::format("which of its texts on what {} has none on could be referred to", our_name),
                        work_claim(graph, {to}, {us}, beside.theirs)));
  }
  std::vector<NodeId> open;
  std::ranges::copy_if(beside.nobody, std::back_inserter(open), [&](NodeId n) {
    // Where nobody looked, nothing can be said.
    return holdings_on(s, n).empty() && s.state_of(n) != CoverageState::unknown;
  });
  if (!open.empty()) {
    asks.push_back(said(fmt::format("whether it plans work on {}, on which no text is known", need_phrases(graph, open, 3)),
                        nothing_covers_claim(graph, std::nullopt, open)));
  }
  add_asks(w, their_name, std::move(asks));

  w.heading(1, "needs", "The two programmes");
  std::size_t number = 0;
  const auto caption = [&](std::string what) { return fmt::format("Table {} – {}", ++number, what); };
  if (!beside.both.empty()) add_programme_table(w, caption("What both have texts on"), beside.both, {&ours, &theirs});
  if (!beside.theirs.empty())
    add_programme_table(w, caption(fmt::format("What {} has texts on and {} has none", their_name, our_name)), beside.theirs,
                        {&theirs});
  if (!beside.ours.empty())
    add_programme_table(w, caption(fmt::format("What {} has texts on and {} has none", our_name, their_name)), beside.ours,
                        {&ours});
  return w.done();
}

/// What is told of the group's own plans, and asked of those whose texts it touches.
Paper about_own_work(const Situation& s, const Params& params, const DraftRequest& request, const WayForward& way) {
  const Graph& graph = s.graph();
  const Planner planner(s, params);
  const std::string& group = graph.node(*params.scope).id;
  const std::string target = way.target ? graph.node(*way.target).id : std::string();
  std::string title;
  std::string opening;
  std::vector<Run> asks;
  std::vector<Claim> steps;
  Prose question;
  switch (way.action) {
    case Action::new_work_item: {
      const std::string name = request.title.empty() ? way.title : request.title;
      title = fmt::format("LS on a proposed new work item “{}”", name);
      opening = fmt::format("{} considers starting work on “{}”.", group, name);
      asks = {{"whether it plans or has under way work on any of this that is not listed here"},
              {"for its drafts that are listed: their present state and planned date, and whether the texts can be shared"},
              {"whether the proposed scope collides with its work, and how it should then be divided"}};
      WorkItemPlan plan = planner.plan(way);
      if (!plan.places.empty()) question = {{graph.node(plan.places.front().group).id}, {" "}, blank("confirm")};
      steps = std::move(plan.scope);
      break;
    }
    case Action::accelerate:
      title = fmt::format("LS on the completion of {}", target);
      opening = fmt::format("{} intends to bring {} to approval.", group, target);
      asks = {{"its comments on the draft, and whether its own work depends on it"}};
      steps = planner.steps(way);
      break;
    default:
      title = fmt::format("LS on a revision of {}", target);
      opening = fmt::format("{} considers a revision of {}.", group, target);
      asks = {{"what the revision should take over from its texts that are listed"}};
      steps = planner.steps(way);
  }
  if (!request.title.empty() && way.action != Action::new_work_item) title = request.title;
  Writer w(s, params, "liaison", title);
  const std::vector<Addressee> addressees = planner.addressees(way);
  StatementHead head{std::move(question), title, {}, {}, {}};
  if (request.to) head.action.push_back(graph.node(*request.to).id);
  for (const Addressee& to : addressees) {
    const std::string& name = graph.node(to.group).id;
    if (std::ranges::find(head.action, name) != head.action.end()) continue;
    if (to.action && !request.to)
      head.action.push_back(name);
    else if (to.action || to.covers_part)
      head.information.push_back(name);
  }
  const std::string asked = head.action.empty() ? std::string("the addressees") : listed(head.action);
  head.abstract = fmt::format("{} It asks {} about {}.", opening, asked, need_phrases(graph, way.needs, 4));
  add_head(w, std::move(head));

  w.heading(1, "matter", "What it is about");
  w.paragraph(opening);
  if (way.action == Action::new_work_item) {
    for (Prose& paragraph : w.paragraphs(steps)) w.paragraph(std::move(paragraph));
  } else {
    for (const Claim& step : steps) w.item(w.prose(step));
  }
  add_asks(w, asked, std::move(asks));
  w.heading(1, "needs", "The needs, and what is known of them");
  w.table(needs_table(w, way.needs));
  if (!addressees.empty()) {
    w.heading(1, "texts", "Texts of the addressees that bear on it");
    PaperTable table{"", {"Group", "What it has"}, {0.3, 0.7}, {}};
    for (const Addressee& to : addressees) {
      Prose prose = w.prose(to.why);
      prose.front().text = capitalized(prose.front().text);
      table.rows.push_back({"", {cell(graph.node(to.group).id), cell(std::move(prose))}});
    }
    w.table(std::move(table));
  }
  return w.done();
}

Paper draft_liaison(const Graph& graph, const Params& params, const DraftRequest& request) {
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  if (request.to && request.needs.empty()) {
    const auto to = addressee(s, *request.to);
    if (!to)
      throw Error(ErrorCode::not_found, "--to-group",
                  fmt::format("{} has ended, and nobody took its place", graph.node(*request.to).id));
    const std::vector<NodeId> inside = graph.whole(*params.scope);
    if (std::ranges::binary_search(inside, *to)) {
      throw Error(ErrorCode::usage, "--to-group",
                  fmt::format("{} is {}; name another group", graph.node(*to).id,
                              *to == *params.scope ? "who writes" : "a part of " + graph.node(*params.scope).id));
    }
    return coordination(s, params, request, *to, std::nullopt, {});
  }
  const Ways ways = request.needs.empty() ? find_ways(s, params) : way_for(s, params, request.needs);
  const WayForward& way = way_asked(graph, ways, request, params);
  if (way.action == Action::investigate || (way.action == Action::liaise && !way.target)) {
    throw Error(ErrorCode::usage, "--way",
                fmt::format("way forward {} concerns nobody in particular: \"{}\"; name a group with --to-group", request.way,
                            shortened(way.title, 60)));
  }
  switch (way.action) {
    case Action::liaise:
    case Action::consolidate: return coordination(s, params, request, *way.target, std::nullopt, way.needs);
    case Action::adopt: {
      const std::vector<NodeId> inside = graph.whole(*params.scope);
      for (const NodeId g : graph.developers_of(*way.target)) {
        if (const auto to = addressee(s, g); to && !std::ranges::binary_search(inside, *to))
          return coordination(s, params, request, *to, *way.target, way.needs);
      }
      throw Error(ErrorCode::usage, "--way",
                  fmt::format("nobody is on the map who could be written to about {}", graph.node(*way.target).id));
    }
    default: return about_own_work(s, params, request, way);
  }
}

}  // namespace

extern const Form liaison_form{
    .name = "liaison",
    .help = "liaison statement about a way forward, or to a group with --to-group",
    .about = Form::About::way,
    .draft = draft_liaison,
};

}  // namespace lacuna
