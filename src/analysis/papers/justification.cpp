// The justification of a new work item: the form of ITU-T A.1, Annex A, and its twin for texts that inform.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_informed = 4;  ///< Groups of each side that are written to for information.

/// Texts that cover a need or mention one, own ones first: those under development, or those that are out.
std::vector<Prose> related(Writer& w, const Planner& planner, const WayForward& way, const Scope& own, bool under_way) {
  const Graph& graph = w.graph();
  std::vector<const Backing*> texts;
  for (const Backing& text : way.texts) {
    if ((*w.situation().state(text.deliverable) < State::published) == under_way) texts.push_back(&text);
  }
  std::ranges::stable_sort(texts, [&](const Backing* a, const Backing* b) {
    return std::pair(!own.has(a->deliverable), !a->covers) < std::pair(!own.has(b->deliverable), !b->covers);
  });
  std::vector<Prose> paragraphs;
  for (const Backing* text : texts) {
    const Node& node = graph.node(text->deliverable);
    Run run = commented(node.title.empty() || node.title == node.id ? node.id : fmt::format("{}, {}", node.id, node.title),
                        fmt::format("{}: {} ({}).", node.id, planner.does(*text), developers(graph, text->deliverable)));
    run.rests_on = in_state_claim(graph, text->deliverable, *w.situation().state(text->deliverable));
    run.cites = {w.cite(text->deliverable)};
    paragraphs.push_back({std::move(run)});
  }
  return paragraphs;
}

/// "Other study groups, for information: ITU-T SG13." for one side and one purpose; nothing where there is nobody.
void add_liaisons(const Graph& graph, std::vector<Prose>& paragraphs, std::string_view side, std::string_view purpose,
                  const std::vector<Addressee>& addressees, std::size_t most, auto&& is_meant) {
  Prose prose{{fmt::format("{}, for {}: ", side, purpose), Run::Kind::strong}};
  std::size_t named = 0;
  std::vector<std::string> more;
  for (const Addressee& to : addressees) {
    if (!is_meant(to)) continue;
    const Node& node = graph.node(to.group);
    const bool telling = !node.title.empty() && node.title != node.id;
    std::string why = fmt::format("{}{}: {}.", node.id, telling ? ", " + node.title : "", to.why.says);
    if (named == most) {
      more.push_back(std::move(why));
      continue;
    }
    if (named++ > 0) prose.push_back({"; "});
    Run run = commented(node.id, std::move(why));
    run.rests_on = to.why.rests_on;
    prose.push_back(std::move(run));
  }
  if (!more.empty()) prose.push_back(commented(fmt::format("; and {} more", more.size()), join(more, " ")));
  if (named > 0) paragraphs.push_back(std::move(prose));
}

std::vector<Prose> liaisons(const Graph& graph, const WorkItemPlan& plan, std::string_view inside) {
  std::vector<Prose> paragraphs;
  for (const bool same_body : {true, false}) {
    const std::string_view side = same_body ? inside : "Other standards bodies";
    add_liaisons(graph, paragraphs, side, "action", plan.addressees, plan.addressees.size(),
                 [&](const Addressee& to) { return to.same_body == same_body && to.action; });
    add_liaisons(graph, paragraphs, side, "information", plan.addressees, most_informed,
                 [&](const Addressee& to) { return to.same_body == same_body && !to.action && to.covers_part; });
  }
  if (paragraphs.empty()) paragraphs.push_back({{"None"}});
  return paragraphs;
}

/// The place for the work item: the group inside whose mandate is nearest, and how sure that is.
Prose question_of(const Graph& graph, const WorkItemPlan& plan) {
  if (plan.places.empty()) return {blank("Question")};
  std::vector<std::string> alike;
  for (const Place& p : plan.places)
    alike.push_back(
        fmt::format("{} – {} (alike by {:.2f}: {})", graph.node(p.group).id, graph.node(p.group).title, p.degree, p.words));
  const std::string comment = "Nearest mandates by their words: " + join(alike, "; ") + ".";
  const Place& first = plan.places.front();
  if (!first.near()) {
    Run open = blank("Question: no mandate on the map is near");
    open.comment = comment;
    return {std::move(open)};
  }
  Prose prose{
      commented(fmt::format("{} – {}", graph.node(first.group).id, graph.node(first.group).title), comment, Run::Kind::strong)};
  if (plan.places.size() > 1 && first.degree - plan.places[1].degree < 0.05)
    prose.insert(prose.end(), {{" "}, blank(fmt::format("decide: {} is as near", graph.node(plan.places[1].group).id))});
  return prose;
}

/// Contributions that the map has: texts of the group that are proposed for one of the needs.
std::vector<Prose> base_text(Writer& w, const WayForward& way, const Scope& own) {
  std::vector<Prose> paragraphs;
  for (const Backing& text : way.texts) {
    if (!text.covers || !own.has(text.deliverable) || w.situation().state(text.deliverable) != State::proposed) continue;
    const Node& node = w.graph().node(text.deliverable);
    paragraphs.push_back({{fmt::format("{}, {}", node.id, node.title), Run::Kind::plain, {w.cite(text.deliverable)}}});
  }
  if (paragraphs.empty()) paragraphs.push_back({blank("contribution that holds the base text: C nnn or TD nnn")});
  return paragraphs;
}

/// One date, and why.
Prose target_date(Day day, const Timing& timing) {
  if (timing.works < Timing::enough) {
    Run run = blank("month and year");
    run.comment = capitalized(timing.says) + ".";
    return {std::move(run)};
  }
  return {commented(month_after(day, timing.median),
                    fmt::format("{}. From {} on, the median leads to {}, the slower quarter to {}.", capitalized(timing.says),
                                long_day(day), month_after(day, timing.median), month_after(day, timing.upper)))};
}

Paper draft_justification(const Graph& graph, const Params& params, const DraftRequest& request) {
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  const Ways ways = request.needs.empty() ? find_ways(s, params) : way_for(s, params, request.needs);
  WayForward way = way_asked(graph, ways, request, params);
  if (way.action != Action::new_work_item) {
    throw Error(ErrorCode::usage, "--way",
                fmt::format("way forward {} is to {}, not a new work item: \"{}\"; draft a liaison statement for it, or name the "
                            "needs with --needs",
                            request.way, name_of(way.action), shortened(way.title, 60)));
  }
  if (!request.title.empty()) way.title = request.title;
  const Planner planner(s, params);
  const WorkItemPlan plan = planner.plan(way);
  const Scope own = scope_of(graph, params);
  const bool itu = graph.node(graph.body_of(*params.scope)).id == "ITU-T";
  const std::string form = !itu             ? "New work item proposal"
                           : plan.normative ? "A.1 justification for proposed draft new Recommendation"
                                            : fmt::format("A.13 justification for proposed draft new {}", plan.type);
  Writer w(s, params, "justification", fmt::format("{} “{}”", form, way.title));
  if (request.contribution) {
    const Node* place = plan.places.empty() || !plan.places.front().near() ? nullptr : &graph.node(plan.places.front().group);
    std::string period = place != nullptr ? period_of(*place, params.as_of) : std::string();
    if (period.empty()) period = period_of(graph.node(*params.scope), params.as_of);
    add_contribution_head(w, fmt::format("Proposal for a new work item “{}”", way.title), place != nullptr ? place->id : "",
                          period,
                          fmt::format("It is proposed that {} start a new {} “{}”. {} The justification follows.",
                                      graph.node(*params.scope).id, plan.type, way.title, plan.scope.front().says));
  }

  PaperTable table;
  table.widths = {0.3, 0.7};
  const auto row = [&](std::string key, std::string label, std::vector<Prose> text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), std::move(text)));
  };
  row("question", itu ? "Question(s)" : "Group", {question_of(graph, plan)});
  row("proposed", fmt::format("Proposed new {}{}", itu ? "ITU-T " : "", plan.type), {{blank("meeting, place and date")}});
  row("reference", "Reference and title",
      {{blank("number"),
        commented(
            " “" + way.title + "”",
            fmt::format("{}. {}: {}.", way.title_why.empty() || !request.title.empty() ? "The title was given" : way.title_why,
                        plan.type, plan.type_why),
            Run::Kind::strong)}});
  row("base_text", "Base text", base_text(w, way, own));
  row("timing", "Timing", {target_date(params.as_of, plan.timing)});
  row("editors", "Editor(s)", {{blank("name, affiliation, address, e-mail")}});
  Run approval = itu && plan.normative ? blank("AAP or TAP") : itu ? Run{"Agreement"} : blank("approval process");
  if (itu && plan.normative) approval.comment = "TAP where the text has regulatory or policy implications, else AAP.";
  row("approval", "Approval process", {{std::move(approval)}});
  std::vector<Prose> whole_scope = w.paragraphs(plan.scope);
  if (!plan.leaves_out) {
    whole_scope.back().push_back({" "});
    whole_scope.back().push_back(blank("what it leaves out"));
  }
  row("scope",
      "Scope (defines the intent or object of the document and the aspects covered, thereby indicating the limits of its "
      "applicability)",
      std::move(whole_scope));
  row("summary", "Summary (a brief overview of the purpose and contents of the document)", w.paragraphs(plan.summary));
  std::vector<Prose> relations{{{"Approved:", Run::Kind::strong}}};
  for (const bool under_way : {false, true}) {
    if (under_way) relations.push_back({{"Under development:", Run::Kind::strong}});
    std::vector<Prose> list = related(w, planner, way, own, under_way);
    if (list.empty()) list.push_back({{"none on the map"}});
    relations.insert(relations.end(), list.begin(), list.end());
  }
  row("relations",
      itu ? "Relations to ITU-T Recommendations or to other standards (approved or under development)"
          : "Relations to other standards (approved or under development)",
      std::move(relations));
  row("liaisons", "Liaisons with other study groups or with other standards bodies",
      liaisons(graph, plan, itu ? "Other study groups" : "Other groups of the body"));
  row("members", "Supporting members that are committing to contributing actively to the work item",
      {{blank("at least four members from different countries or companies")}});
  w.table(std::move(table));

  w.annex("Annex: How this draft was made");
  w.heading(2, "evidence", "The needs behind the proposal");
  w.table(needs_table(w, way.needs));
  if (PaperTable searches = searches_table(graph, way.needs); !searches.rows.empty()) w.table(std::move(searches));
  const bool others = std::ranges::any_of(plan.addressees, [](const Addressee& to) { return !to.action && !to.covers_part; });
  if (others) w.heading(2, "near_groups", "Who only mentions it");
  for (const Addressee& to : plan.addressees) {
    if (to.action || to.covers_part) continue;
    Prose prose{{graph.node(to.group).id + ": ", Run::Kind::strong}};
    for (Run& run : w.prose(to.why)) prose.push_back(std::move(run));
    w.item(std::move(prose));
  }
  w.heading(2, "risks", "Risks and open points");
  for (const Claim& risk : plan.risks) w.item(w.prose(risk));
  if (plan.risks.empty()) w.paragraph("None is on the map; see what the check says of title and scope: lacuna check.");
  w.heading(2, "rank", "Where the proposal stands among the ways forward");
  if (request.needs.empty()) {
    const auto at =
        std::ranges::find_if(ways.list,
                             [&](const WayForward& other) { return other.action == way.action && other.needs == way.needs; }) -
        ways.list.begin();
    w.paragraph(fmt::format(
        "Number {} of {} for {}, score {:.2f} (profile “{}”); “lacuna suggest --why {}” gives every component with its reason.",
        at + 1, ways.list.size(), w.whose(), way.score, params.profile->name, at + 1));
  } else {
    w.paragraph(fmt::format("The needs were chosen by hand; score {:.2f} (profile “{}”).", way.score, params.profile->name));
  }
  return w.done();
}

}  // namespace

extern const Form justification_form{
    .name = "justification",
    .help = "for a new work item: ITU-T A.1 (A.13 for a Supplement or Technical Report)",
    .about = Form::About::way,
    .draft = draft_justification,
};

}  // namespace lacuna
