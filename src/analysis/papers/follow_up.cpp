// The follow-up of a meeting: what changed since, told in a page that can be read out; the changes one by one; what is next.
#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "analysis/changes.hpp"
#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_table_rows = 60;  ///< Of one table; the JSON answer of diff has them all.
constexpr std::size_t most_next_ways = 5;
constexpr std::size_t most_read_out = 5;

/// A column of a table of changes: its heading, its share of the line, and what a row says in it.
template <class Item>
struct ChangeColumn {
  std::string heading;
  double share;
  std::function<std::string(const Item&)> tell;
  std::function<Value(const Item&)> rests_on = nullptr;
};

/// A heading and a table with a row a change; nothing where there are none. Long reasons (the last column, called "Why") that
/// several rows have stand above it. `names` says which deliverable of the later map is cited in the first column.
template <class Item>
void add_changes(
    Writer& w, const char* key, const std::string& heading, const std::vector<Item>& items,
    std::vector<ChangeColumn<Item>> columns,
    const std::function<std::optional<NodeId>(const Item&)>& names = [](const Item&) { return std::nullopt; }) {
  if (items.empty()) return;
  w.heading(2, key, fmt::format("{}: {}", heading, items.size()));
  const std::size_t shown = std::min(most_table_rows, items.size());
  const bool reasoned = columns.back().heading == "Why";
  std::vector<std::string> whys;
  for (std::size_t i = 0; reasoned && i < shown; ++i) whys.push_back(columns.back().tell(items[i]));
  const Reasons reasons(whys);
  for (const std::string& reason : reasons.told_once()) w.item({{reason}});
  PaperTable table;
  if (items.size() > shown) table.caption = fmt::format("The first {} of {}", shown, items.size());
  double sum = 0;
  for (const auto& column : columns) sum += column.share;
  for (const auto& column : columns) {
    table.columns.push_back(column.heading);
    table.widths.push_back(column.share / sum);
  }
  for (std::size_t i = 0; i < shown; ++i) {
    PaperTable::Row row;
    for (std::size_t c = 0; c < columns.size(); ++c) {
      Run run{reasoned && c + 1 == columns.size() ? reasons.in_row(whys[i]) : columns[c].tell(items[i])};
      if (columns[c].rests_on) run.rests_on = columns[c].rests_on(items[i]);
      if (const auto named = c == 0 ? names(items[i]) : std::nullopt) run.cites = {w.cite(*named)};
      row.cells.push_back(cell(Prose{std::move(run)}));
    }
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
}

template <class E>
std::string word_or_dash(std::optional<E> word) {
  return word ? std::string(name_of(*word)) : std::string("–");
}

/// The title, its code behind it.
std::string named(const Changes& c, const NodePair& pair) {
  const Node& node = c.node(pair);
  return node.title.empty() || node.title == node.id ? node.id : fmt::format("{} ({})", node.title, node.id);
}

template <class Item>
std::vector<Item> those(const std::vector<Item>& items, auto&& fits) {
  std::vector<Item> list;
  std::ranges::copy_if(items, std::back_inserter(list), fits);
  return list;
}

/// Better since, and by others alone.
bool covered_by_others(const NeedChange& n) { return n.what == Turn::better && n.after == CoverageState::elsewhere; }

/// {"claim": "changed", "needs": [{"need", "before", "after"}]}: each was in the one state and is in the other; the same of
/// deliverables.
template <class Item>
Value changed_claim(const Changes& c, const std::vector<Item>& items) {
  constexpr bool of_needs = std::is_same_v<Item, NeedChange>;
  Value list = Value::array();
  for (const Item& item : items) {
    Value one = Value::object();
    one.set(of_needs ? "need" : "deliverable", c.node(item.node).id)
        .set("before", item.before ? Value(name_of(*item.before)) : Value())
        .set("after", item.after ? Value(name_of(*item.after)) : Value());
    list.push(std::move(one));
  }
  Value claim = Value::object();
  claim.set("claim", "changed").set(of_needs ? "needs" : "deliverables", std::move(list));
  return claim;
}

/// The first of them, by what `phrase` calls them.
std::string first_titles(const auto& items, const auto& phrase) {
  std::vector<std::string> list;
  for (const auto& item : items) list.push_back(phrase(item));
  return listed(std::move(list), most_read_out);
}

/// What can be read out in a meeting.
void add_read_out(Writer& w, const Changes& c) {
  const Graph& graph = w.graph();
  const Day from = c.before.params().as_of;
  const Day to = c.after.params().as_of;
  w.heading(1, "summary", "What changed");
  const std::string whose =
      w.params().scope ? fmt::format("the texts of {} alone", w.whose()) : std::string("the texts of all groups");
  const auto phrase = [&](const NeedChange& n) {
    return n.node.after ? need_phrase(graph, *n.node.after) : need_phrase(c.before.graph(), *n.node.before);
  };
  const auto better = those(c.needs, [](const NeedChange& n) { return n.what == Turn::better; });
  const auto by_others = those(better, covered_by_others);
  const auto worse = those(c.needs, [](const NeedChange& n) { return n.what == Turn::worse; });
  const auto appeared = those(c.needs, [](const NeedChange& n) { return n.what == Turn::appeared; });
  const auto gone = those(c.needs, [](const NeedChange& n) { return n.what == Turn::gone; });
  Prose first{{from == to ? fmt::format("On {}, two states of the map are compared, by {}.", long_day(to), whose)
                          : fmt::format("From {} to {}, by {}:", long_day(from), long_day(to), whose)}};
  const auto count = [&](std::string text, Value claim) {
    first.push_back({" "});
    first.push_back(said(std::move(text), std::move(claim)));
  };
  if (better.empty() && worse.empty())
    count("no need that both states have is in another state or better supported.", changed_claim(c, std::vector<NeedChange>{}));
  if (!better.empty())
    count(fmt::format("{} {} in a better state or better supported.", count_of(better.size(), "need"), is_or_are(better.size())),
          changed_claim(c, better));
  if (!by_others.empty())
    count(fmt::format("Of these, {} {} covered by others alone.", by_others.size(), is_or_are(by_others.size())),
          changed_claim(c, by_others));
  if (!worse.empty())
    count(fmt::format("{} {} in a worse state or less supported.", count_of(worse.size(), "need"), is_or_are(worse.size())),
          changed_claim(c, worse));
  if (!appeared.empty())
    count(fmt::format("{} {} described since.", count_of(appeared.size(), "need"), appeared.size() == 1 ? "was" : "were"),
          changed_claim(c, appeared));
  if (!gone.empty())
    count(fmt::format("{} {} not asked for any more.", count_of(gone.size(), "need"), is_or_are(gone.size())),
          changed_claim(c, gone));
  w.paragraph(std::move(first));

  const auto covered =
      those(better, [](const NeedChange& n) { return n.after == CoverageState::covered && n.before != n.after; });
  if (!covered.empty())
    w.paragraph(Prose{said(fmt::format("Now covered in full by a published text: {}.", first_titles(covered, phrase)),
                           changed_claim(c, covered))});
  const auto in_part =
      those(better, [](const NeedChange& n) { return n.after == CoverageState::partly_covered && n.before != n.after; });
  if (!in_part.empty())
    w.paragraph(Prose{said(fmt::format("Now covered in part: {}.", first_titles(in_part, phrase)), changed_claim(c, in_part))});
  const auto begun =
      those(better, [](const NeedChange& n) { return n.after == CoverageState::in_progress && n.before != n.after; });
  if (!begun.empty())
    w.paragraph(Prose{said(fmt::format("Now under way: {}.", first_titles(begun, phrase)), changed_claim(c, begun))});
  const auto lost = those(worse, [](const NeedChange& n) { return n.before != n.after; });
  if (!lost.empty())
    w.paragraph(Prose{said(fmt::format("In a worse state: {}.", first_titles(lost, phrase)), changed_claim(c, lost))});

  const auto came_to = [&](State state) {
    return those(c.deliverables, [&](const DeliverableChange& d) { return d.after == state && d.before != d.after; });
  };
  const auto published = came_to(State::published);
  const auto drafts =
      those(c.deliverables, [](const DeliverableChange& d) { return !d.before && d.after && *d.after < State::published; });
  const auto id_of = [&](const DeliverableChange& d) { return c.node(d.node).id; };
  std::vector<Run> texts;
  if (!published.empty())
    texts.push_back(said(fmt::format("{} {} published, among them {}.", count_of(published.size(), "text"),
                                     published.size() == 1 ? "was" : "were", first_titles(published, id_of)),
                         changed_claim(c, published)));
  if (!published.empty() && published.size() <= most_read_out)
    texts.back().text = fmt::format("{} {} published: {}.", count_of(published.size(), "text"),
                                    published.size() == 1 ? "was" : "were", first_titles(published, id_of));
  if (!drafts.empty())
    texts.push_back(said(fmt::format("{}{} {} begun: {}.", texts.empty() ? "" : " ", count_of(drafts.size(), "text"),
                                     drafts.size() == 1 ? "was" : "were", first_titles(drafts, id_of)),
                         changed_claim(c, drafts)));
  if (!texts.empty()) w.paragraph(std::move(texts));

  const std::vector<NodeId>& needs = c.after.needs();
  if (!needs.empty()) {
    w.paragraph(Prose{said(fmt::format("As things stand, of {}: {}.", count_of(needs.size(), "need"), tally_text(c.tally_after)),
                           states_claim(graph, w.params().scope, {}, c.tally_after))});
  }
}

std::string date_text(const Changes& c, const DeliverableChange& d) {
  const Milestone* m = milestone_of(c, d);
  return m == nullptr || m->day == Day::before_everything ? std::string("–") : to_string(m->day);
}

void add_all_changes(Writer& w, const Changes& c) {
  using Need = ChangeColumn<NeedChange>;
  const auto need_table = [&](const char* key, const std::string& heading, Turn what) {
    auto list = those(c.needs, [&](const NeedChange& n) { return n.what == what && !covered_by_others(n); });
    std::ranges::stable_sort(list, {}, [](const NeedChange& n) { return n.after; });
    std::vector<Need> columns{{"Need", 3, [&](const NeedChange& n) { return named(c, n.node); }}};
    if (what == Turn::better || what == Turn::worse) {
      columns.push_back({"Before", 1.2, [](const NeedChange& n) { return word_or_dash(n.before); }});
      columns.push_back({"Now", 1.2, [](const NeedChange& n) { return word_or_dash(n.after); }});
    } else {
      columns.push_back({"State", 1.2, [](const NeedChange& n) { return word_or_dash(n.after ? n.after : n.before); }});
    }
    columns.push_back({"Why", 4, [](const NeedChange& n) { return n.why.empty() ? std::string("–") : n.why; },
                       [&](const NeedChange& n) { return changed_claim(c, std::vector<NeedChange>{n}); }});
    add_changes<NeedChange>(w, key, heading, list, std::move(columns));
  };
  need_table("needs_better", "Needs in a better state, or better supported", Turn::better);
  add_changes<NeedChange>(w, "needs_by_others", "Needs that others alone cover now", those(c.needs, covered_by_others),
                          std::vector<Need>{{"Need", 3, [&](const NeedChange& n) { return named(c, n.node); }},
                                            {"Before", 1.2, [](const NeedChange& n) { return word_or_dash(n.before); }}});
  need_table("needs_worse", "Needs in a worse state, or less supported", Turn::worse);
  using Text = ChangeColumn<DeliverableChange>;
  add_changes<DeliverableChange>(w, "deliverables", "Texts", c.deliverables,
                                 std::vector<Text>{{"Text", 3, [&](const auto& d) { return named(c, d.node); }},
                                                   {"Group", 1.6,
                                                    [&](const auto& d) {
                                                      return d.node.after ? developers(c.after.graph(), *d.node.after)
                                                                          : developers(c.before.graph(), *d.node.before);
                                                    }},
                                                   {"Before", 1.1, [](const auto& d) { return word_or_dash(d.before); }},
                                                   {"Now", 1.1, [](const auto& d) { return word_or_dash(d.after); }},
                                                   {"Since", 1.2, [&](const auto& d) { return date_text(c, d); }}},
                                 [](const auto& d) { return d.node.after; });
  using ByGap = ChangeColumn<GapChange>;
  for (const auto& [what, key, heading] : {std::tuple{Turn::closed, "gaps_closed", "Gaps closed"},
                                           {Turn::opened, "gaps_opened", "Gaps opened"},
                                           {Turn::turned, "gaps_turned", "Gaps of another kind now"}}) {
    const auto list = those(c.gaps, [&, wanted = what](const GapChange& g) { return g.what == wanted; });
    std::vector<ByGap> columns{{"About", 3,
                                [&](const GapChange& g) {
                                  const Node& subject = c.side(g).graph().node(g.gap->subject);
                                  return g.gap->other ? fmt::format("{} {}", subject.id, title_of(c, g))
                                                      : fmt::format("{} ({})", subject.title, subject.id);
                                }},
                               {"Kind", 1.3, [](const GapChange& g) { return std::string(name_of(g.gap->kind)); }}};
    if (what == Turn::turned)
      columns.insert(columns.begin() + 1, {"Was", 1.3, [](const GapChange& g) { return word_or_dash(g.was); }});
    columns.push_back({"Why", 4, [](const GapChange& g) { return why_of(g); },
                       [&](const GapChange& g) {
                         return g.what == Turn::closed ? Value() : gap_claim(c.after.graph(), c.after.params().scope, *g.gap);
                       }});
    add_changes<GapChange>(w, key, heading, list, std::move(columns));
  }
  using Aim = ChangeColumn<ObjectiveChange>;
  add_changes<ObjectiveChange>(
      w, "objectives", "Objectives whose coverage changed", c.objectives,
      std::vector<Aim>{
          {"Objective", 3, [&](const auto& o) { return named(c, o.node); }},
          {"Needs before", 1, [](const auto& o) { return std::to_string(o.before.needs); }},
          {"now", 1, [](const auto& o) { return std::to_string(o.after.needs); }},
          {"Covered before", 1.1, [](const auto& o) { return std::to_string(o.before.by_state[CoverageState::covered]); }},
          {"now", 1, [](const auto& o) { return std::to_string(o.after.by_state[CoverageState::covered]); }},
          {"Open before", 1, [](const auto& o) { return std::to_string(open_needs(o.before)); }},
          {"now", 1, [](const auto& o) { return std::to_string(open_needs(o.after)); }}});
  using Team = ChangeColumn<GroupChange>;
  add_changes<GroupChange>(
      w, "groups", "Groups whose work changed", c.groups,
      std::vector<Team>{{"Group", 3, [&](const auto& g) { return named(c, g.node); }},
                        {"Published before", 1.2, [](const auto& g) { return std::to_string(g.before.published); }},
                        {"now", 1, [](const auto& g) { return std::to_string(g.after.published); }},
                        {"Drafts before", 1, [](const auto& g) { return std::to_string(g.before.drafts); }},
                        {"now", 1, [](const auto& g) { return std::to_string(g.after.drafts); }},
                        {"Needs before", 1, [](const auto& g) { return std::to_string(g.before.needs); }},
                        {"now", 1, [](const auto& g) { return std::to_string(g.after.needs); }}});
  need_table("needs_appeared", "Needs described since", Turn::appeared);
  need_table("needs_gone", "Needs not asked for any more", Turn::gone);
  using Verdict = ChangeColumn<LinkChange>;
  add_changes<LinkChange>(w, "links", "Verdicts and other links", c.links,
                          std::vector<Verdict>{{"From", 2.2,
                                                [&](const auto& l) {
                                                  const Graph& graph = c.side(l).graph();
                                                  return graph.node(graph.edge(l.after ? *l.after : *l.before).from).id;
                                                }},
                                               {"Says of", 2.2,
                                                [&](const auto& l) {
                                                  const Graph& graph = c.side(l).graph();
                                                  const Edge& e = graph.edge(l.after ? *l.after : *l.before);
                                                  return fmt::format("{} {}", name_of(e.relation), graph.node(e.to).id);
                                                }},
                                               {"Change", 1.2, [](const auto& l) { return std::string(name_of(l.what)); }},
                                               {"Before", 1.2,
                                                [&](const auto& l) {
                                                  const std::string text = stand_of(c.before, l.before);
                                                  return text.empty() ? std::string("–") : text;
                                                }},
                                               {"Now", 1.2,
                                                [&](const auto& l) {
                                                  const std::string text = stand_of(c.after, l.after);
                                                  return text.empty() ? std::string("–") : text;
                                                }},
                                               {"Why", 2.6, [&](const auto& l) { return why_of(c, l); }}},
                          [&](const auto& l) -> std::optional<NodeId> {
                            if (!l.after) return std::nullopt;
                            const NodeId from = w.graph().edge(*l.after).from;
                            return w.graph().node(from).kind == Kind::deliverable ? std::optional(from) : std::nullopt;
                          });
  using Other = ChangeColumn<NodeChange>;
  add_changes<NodeChange>(
      w, "nodes", "What the map says of itself", c.nodes,
      std::vector<Other>{{"Node", 3, [&](const auto& n) { return named(c, n.node); }},
                         {"Kind", 1.2, [&](const auto& n) { return std::string(name_of(c.node(n.node).kind)); }},
                         {"Change", 1.2, [](const auto& n) { return std::string(name_of(n.what)); }},
                         {"What", 2, [&](const auto& n) { return why_of(c, n); }}});
  using Record = ChangeColumn<SearchChange>;
  add_changes<SearchChange>(
      w, "searches", "Search records", c.searches,
      std::vector<Record>{{"Change", 1, [](const auto& s) { return std::string(name_of(s.what)); }},
                          {"Search", 2, [](const auto& s) { return s.search->record.id; }},
                          {"By", 1.5, [](const auto& s) { return s.search->record.by; }},
                          {"On", 1.2, [](const auto& s) { return to_string(s.search->record.on); }},
                          {"Needs", 0.8, [](const auto& s) { return std::to_string(s.search->needs.size()); }}});
}

void add_next(Writer& w) {
  const Ways ways = find_ways(w.situation(), w.params());
  w.heading(1, "next", fmt::format("What is next for {}", w.whose()));
  PaperTable next{
      "The first ways forward, as of now", {"No.", "What to do", "About", "Who", "By when"}, {0.07, 0.2, 0.41, 0.16, 0.16}, {}};
  for (std::size_t i = 0; i < std::min(most_next_ways, ways.list.size()); ++i) {
    next.rows.push_back({"",
                         {cell(std::to_string(i + 1)), cell(capitalized(std::string(word_of(ways.list[i].action).meaning))),
                          cell(ways.list[i].title), cell(Prose{blank("name")}), cell(Prose{blank("date")})}});
  }
  if (next.rows.empty())
    w.paragraph("No gap calls for action.");
  else
    w.table(std::move(next));
}

Paper draft_follow_up(const Graph& graph, const Params& params, const DraftRequest& request) {
  if (request.before == nullptr)
    throw Error(ErrorCode::usage, "", "a follow-up needs an earlier state: --since MAP|TAG, or --from DATE");
  if (request.before->params.as_of > params.as_of)
    throw Error(ErrorCode::usage, "--from",
                fmt::format("{} does not lie before {}", to_string(request.before->params.as_of), to_string(params.as_of)));
  const Changes changes = find_changes(*request.before, {"now", &graph, params});
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  const std::string title = !request.title.empty()
                                ? request.title
                                : fmt::format("Follow-up{}", graph.info().title.empty() ? "" : ": " + graph.info().title);
  Writer w(s, params, "follow-up", title);
  if (request.contribution) {
    add_contribution_head(w, title, "", params.scope ? period_of(graph.node(*params.scope), params.as_of) : "",
                          "This contribution tells what changed since the last meeting, and what is next.");
  } else {
    PaperTable table;
    table.widths = {0.26, 0.74};
    table.rows.push_back(form_row("meeting", "Meeting", {{blank("meeting, place and date")}}));
    table.rows.push_back(form_row("author", "Prepared by", {{blank("name, affiliation")}}));
    w.table(std::move(table));
  }
  add_read_out(w, changes);
  if (params.scope) add_next(w);
  w.heading(1, "changes", "The changes one by one");
  add_all_changes(w, changes);
  return w.done();
}

}  // namespace

extern const Form follow_up_form{
    .name = "follow-up",
    .help = "what changed since an earlier state, and what is next",
    .about = Form::About::change,
    .draft = draft_follow_up,
};

}  // namespace lacuna
