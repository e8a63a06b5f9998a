// The justification of a new work item: the form of ITU-T A.1, Annex A, and its twin for texts that inform.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

/// "2026-12 to 2029-05", by the month.
std::string span(Day from, double years) {
  const int start = static_cast<int>(from);
  const int month = start / 100 % 100 - 1 + static_cast<int>(std::lround(years * 12));
  return fmt::format("{:04}-{:02}", start / 10000 + month / 12, month % 12 + 1);
}

/// Whether documents are under development or approved, on the day.
void add_relations(Writer& w, const Planner& planner, const WayForward& way, bool under_way, std::vector<Prose>& paragraphs) {
  const Graph& graph = w.graph();
  for (const Backing& text : way.texts) {
    if ((*w.situation().state(text.deliverable) < State::published) != under_way) continue;
    paragraphs.push_back({{fmt::format("{} ({}), {}: {}", graph.node(text.deliverable).id, developers(graph, text.deliverable),
                                       graph.node(text.deliverable).title, planner.does(text)),
                           Run::Kind::plain,
                           {w.cite(text.deliverable)}}});
  }
}

std::vector<Prose> addressee_texts(Writer& w, const std::vector<Addressee>& addressees, bool same_body) {
  std::vector<Prose> list;
  for (const Addressee& to : addressees) {
    if (to.same_body != same_body) continue;
    Prose prose{
        {fmt::format("{} (for {}): ", w.graph().node(to.group).id, to.action ? "action" : "information"), Run::Kind::strong}};
    for (Run& run : w.prose(to.why)) prose.push_back(std::move(run));
    list.push_back(std::move(prose));
  }
  if (list.empty()) list.push_back({{"none on the map"}});
  return list;
}

std::vector<Prose> statements(Writer& w, const std::vector<Claim>& list) {
  std::vector<Prose> paragraphs;
  for (const Claim& s : list) paragraphs.push_back(w.prose(s));
  return paragraphs;
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
  const std::string group = graph.node(*params.scope).id;
  const bool itu = graph.node(graph.body_of(*params.scope)).id == "ITU-T";
  const std::string form = !itu             ? "New work item proposal"
                           : plan.normative ? "A.1 justification for proposed draft new Recommendation"
                                            : fmt::format("A.13 justification for proposed draft new {}", plan.type);
  Writer w(s, params, "justification", fmt::format("{} “{}”", form, way.title));

  PaperTable table;
  table.widths = {0.26, 0.74};
  const auto row = [&](std::string key, std::string label, std::vector<Prose> text) {
    table.rows.push_back(form_row(std::move(key), std::move(label), std::move(text)));
  };
  std::vector<Prose> questions;
  for (std::size_t i = 0; i < plan.places.size(); ++i) {
    const Place& p = plan.places[i];
    Prose prose{{fmt::format("{} – {}", graph.node(p.group).id, graph.node(p.group).title),
                 i == 0 ? Run::Kind::strong : Run::Kind::plain},
                {fmt::format(" (alike by {:.2f}: {})", p.degree, p.words)}};
    if (i > 0) prose.insert(prose.begin(), {"else: "});
    questions.push_back(std::move(prose));
  }
  if (plan.places.empty())
    questions.push_back({blank("Question")});
  else if (!plan.places.front().near())
    questions.push_back({blank("Question: confirm, the mandates share few words with the proposal")});
  else if (plan.places.size() > 1 && plan.places[0].degree - plan.places[1].degree < 0.05)
    questions.push_back({blank("Question: decide, the first two are about equally alike")});
  row("question", itu ? "Question(s)" : "Group", std::move(questions));
  row("proposed", "Proposed",
      {{{fmt::format("new {}{}", itu ? "ITU-T " : "", plan.type)}, {" – " + plan.type_why, Run::Kind::emphasis}}});
  row("meeting", "Meeting, place and date", {{blank("place and date of the meeting")}});
  row("reference", "Reference and title",
      {{blank("number"), {" “" + way.title + "”", Run::Kind::strong}},
       {{way.title_why.empty() || !request.title.empty() ? std::string("title as given") : way.title_why, Run::Kind::emphasis}}});
  std::vector<Prose> bases;
  for (const NodeId d : plan.base_texts)
    bases.push_back({{fmt::format("{}, {}", graph.node(d).id, graph.node(d).title), Run::Kind::plain, {w.cite(d)}}});
  if (bases.empty()) bases.push_back({{"none: no published text covers any of the needs"}});
  bases.push_back({blank("contribution that holds the base text")});
  row("base_text", "Base text", std::move(bases));
  std::vector<Prose> timing;
  if (plan.timing.works >= Timing::enough) {
    timing.push_back({{fmt::format("{} to {}", span(params.as_of, 0), span(params.as_of, plan.timing.median)), Run::Kind::strong},
                      {fmt::format(" (at the latest {} where it takes as long as the slower quarter)",
                                   span(params.as_of, plan.timing.upper))}});
    timing.push_back({{plan.timing.says, Run::Kind::emphasis}});
  } else {
    timing.push_back({blank("start and end"), {" – " + plan.timing.says, Run::Kind::emphasis}});
  }
  row("timing", "Timing", std::move(timing));
  row("editors", "Editor(s)", {{blank("name, affiliation, address, e-mail")}});
  row("approval", "Approval process",
      {{itu && plan.normative ? blank("AAP or TAP: TAP where it has regulatory or policy implications")
        : itu                 ? Run{"Agreement"}
                              : blank("approval process")}});
  row("scope", "Scope (what it defines, its intent, its relation to existing work)", statements(w, plan.scope));
  row("summary", "Summary", statements(w, plan.summary));
  std::vector<Prose> relations{{{"Approved:", Run::Kind::strong}}};
  add_relations(w, planner, way, false, relations);
  if (relations.size() == 1) relations.push_back({{"none on the map"}});
  const std::size_t before = relations.size();
  relations.push_back({{"Under development:", Run::Kind::strong}});
  add_relations(w, planner, way, true, relations);
  if (relations.size() == before + 1) relations.push_back({{"none on the map"}});
  row("relations",
      itu ? "Relations to ITU-T Recommendations or to other standards (approved or under development)"
          : "Relations to other standards (approved or under development)",
      std::move(relations));
  row("liaisons_inside", itu ? "Liaisons with other study groups" : "Liaisons inside the body",
      addressee_texts(w, plan.addressees, true));
  row("liaisons_outside", "Liaisons with other standards bodies", addressee_texts(w, plan.addressees, false));
  row("members", "Supporting members committing to contribute actively",
      {{blank("at least four members from different countries or companies, with their commitments")}});
  w.table(std::move(table));

  w.heading(1, "evidence", "Evidence: the needs behind the proposal");
  w.table(needs_table(w, way.needs));
  add_searches(w, way.needs);
  w.heading(1, "risks", "Risks and open points");
  for (const Claim& risk : plan.risks) w.item(w.prose(risk));
  if (plan.risks.empty()) w.paragraph("None is on the map; see what the check says of title and scope: lacuna check.");
  w.heading(1, "rank", "Where the proposal stands among the ways forward");
  if (request.needs.empty()) {
    const auto at =
        std::ranges::find_if(ways.list,
                             [&](const WayForward& other) { return other.action == way.action && other.needs == way.needs; }) -
        ways.list.begin();
    w.paragraph(fmt::format(
        "Number {} of {} for {}, score {:.2f} (profile “{}”); “lacuna suggest --why {}” gives every component with its reason.",
        at + 1, ways.list.size(), group, way.score, params.profile->name, at + 1));
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
