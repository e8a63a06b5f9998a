// The follow-up of a meeting: what changed since, what it means for the objectives, what is next.
#include <fmt/format.h>

#include <algorithm>

#include "analysis/changes.hpp"
#include "analysis/papers/writing.hpp"
#include "base/text.hpp"

namespace lacuna {
namespace {

constexpr std::size_t most_table_rows = 60;  ///< Of one table; the JSON answer of diff has them all.
constexpr std::size_t most_ways = 5;

std::string cell_text(std::string text) { return text; }
std::string cell_text(std::size_t n) { return std::to_string(n); }
template <class E>
std::string cell_text(E word) {
  return std::string(name_of(word));
}
template <class E>
std::string cell_text(std::optional<E> word) {
  return word ? cell_text(*word) : std::string();
}
template <class... T>
std::vector<std::string> cells_of(const T&... cells) {
  return {cell_text(cells)...};
}

/// A heading and a table with a row a change; nothing where there are none. `tell` says what stands in its columns, and `names`
/// which deliverable of the later map one of them names, to be cited.
template <class Item>
void add_changes(
    Writer& w, const char* key, const char* heading, std::vector<std::string> columns, const std::vector<Item>& items,
    const std::function<std::vector<std::string>(const Item&)>& tell,
    const std::function<std::optional<NodeId>(const Item&)>& names = [](const Item&) { return std::nullopt; }) {
  if (items.empty()) return;
  w.heading(2, key, heading);
  PaperTable table;
  if (items.size() > most_table_rows) table.caption = fmt::format("The first {} of {}", most_table_rows, items.size());
  double sum = 0;
  for (const std::string& column : columns)
    sum += table.widths.emplace_back(column == "title" || column == "why" || column == "what" ? 3 : 1.3);
  for (double& width : table.widths) width /= sum;
  table.columns = std::move(columns);
  for (std::size_t i = 0; i < std::min(most_table_rows, items.size()); ++i) {
    const std::optional<NodeId> named = names(items[i]);
    PaperTable::Row row;
    for (std::string& words : tell(items[i])) {
      Run run{std::move(words)};
      if (named && run.text == w.graph().node(*named).id) run.cites = {w.cite(*named)};
      row.cells.push_back(cell(Prose{std::move(run)}));
    }
    table.rows.push_back(std::move(row));
  }
  w.table(std::move(table));
}

void add_all_changes(Writer& w, const Changes& c) {
  add_changes<NeedChange>(
      w, "needs", "Needs:", {"change", "need", "title", "before", "after", "why"}, c.needs,
      [&](const auto& n) { return cells_of(n.what, c.node(n.node).id, c.node(n.node).title, n.before, n.after, n.why); });
  add_changes<GapChange>(w, "gaps", "Gaps:", {"change", "was", "kind", "subject", "title", "why"}, c.gaps, [&](const auto& g) {
    return cells_of(g.what, g.was, g.gap->kind, c.side(g).graph().node(g.gap->subject).id, title_of(c, g), why_of(g));
  });
  add_changes<DeliverableChange>(
      w, "deliverables", "Deliverables:", {"change", "deliverable", "title", "groups", "before", "after", "since", "why"},
      c.deliverables,
      [&](const auto& d) {
        const Milestone* m = milestone_of(c, d);
        return cells_of(std::string(d.word()), c.node(d.node).id, c.node(d.node).title,
                        d.node.after ? developers(c.after.graph(), *d.node.after) : developers(c.before.graph(), *d.node.before),
                        d.before, d.after, m == nullptr || m->day == Day::before_everything ? std::string() : to_string(m->day),
                        why_of(c, d));
      },
      [](const auto& d) { return d.node.after; });
  add_changes<LinkChange>(
      w, "links", "Links:", {"change", "from", "relation", "to", "before", "after", "why"}, c.links,
      [&](const auto& l) {
        const Graph& graph = c.side(l).graph();
        const Edge& e = graph.edge(l.after ? *l.after : *l.before);
        return cells_of(l.what, graph.node(e.from).id, e.relation, graph.node(e.to).id, stand_of(c.before, l.before),
                        stand_of(c.after, l.after), why_of(c, l));
      },
      [&](const auto& l) -> std::optional<NodeId> {
        if (!l.after) return std::nullopt;
        const NodeId from = w.graph().edge(*l.after).from;
        return w.graph().node(from).kind == Kind::deliverable ? std::optional(from) : std::nullopt;
      });
  add_changes<ObjectiveChange>(
      w, "objectives", "Objectives whose coverage changed:",
      {"objective", "title", "needs before", "needs after", "covered before", "covered after", "open before", "open after"},
      c.objectives, [&](const auto& o) {
        return cells_of(c.node(o.node).id, c.node(o.node).title, o.before.needs, o.after.needs,
                        o.before.by_state[CoverageState::covered], o.after.by_state[CoverageState::covered], open_needs(o.before),
                        open_needs(o.after));
      });
  add_changes<GroupChange>(
      w, "groups", "Groups whose work changed:",
      {"group", "title", "published before", "published after", "drafts before", "drafts after", "needs before", "needs after"},
      c.groups, [&](const auto& g) {
        return cells_of(c.node(g.node).id, c.node(g.node).title, g.before.published, g.after.published, g.before.drafts,
                        g.after.drafts, g.before.needs, g.after.needs);
      });
  add_changes<NodeChange>(w, "nodes", "Nodes of the map:", {"change", "kind", "node", "title", "what"}, c.nodes,
                          [&](const auto& n) {
                            return cells_of(n.what, c.node(n.node).kind, c.node(n.node).id, c.node(n.node).title, why_of(c, n));
                          });
  add_changes<SearchChange>(w, "searches", "Search records:", {"change", "search", "by", "on", "needs"}, c.searches,
                            [](const auto& s) {
                              const Search& record = s.search->record;
                              return cells_of(s.what, record.id, record.by, to_string(record.on), s.search->needs.size());
                            });
}

Paper draft_follow_up(const Graph& graph, const Params& params, const DraftRequest& request) {
  if (request.before == nullptr)
    throw Error(ErrorCode::usage, "", "a follow-up needs an earlier state: --since MAP|TAG, or --from DATE");
  if (request.before->params.as_of > params.as_of)
    throw Error(ErrorCode::usage, "--from",
                fmt::format("{} does not lie before {}", to_string(request.before->params.as_of), to_string(params.as_of)));
  const Changes changes = find_changes(*request.before, {"now", &graph, params});
  const Situation s(graph, *params.profile, params.as_of, params.include_suggested);
  Writer w(s, params, "follow-up", !request.title.empty() ? request.title : "Follow-up: What changed");
  PaperTable table;
  table.widths = {0.26, 0.74};
  table.rows.push_back(form_row("meeting", "Meeting", {{blank("meeting, place and date")}}));
  table.rows.push_back(form_row("author", "Prepared by", {{blank("name, affiliation")}}));
  w.table(std::move(table));
  w.heading(1, "summary", "What changed");
  for (const std::string& line : summary_of(changes)) w.item({{line}});
  add_all_changes(w, changes);
  if (params.scope) {
    const Ways ways = find_ways(s, params);
    w.heading(1, "next", fmt::format("What is next for {}", graph.node(*params.scope).id));
    PaperTable next{"The first ways forward, as of now",
                    {"Rank", "Way forward", "About", "Who", "By when"},
                    {0.08, 0.17, 0.41, 0.17, 0.17},
                    {}};
    for (std::size_t i = 0; i < std::min(most_ways, ways.list.size()); ++i) {
      next.rows.push_back({"",
                           {cell(std::to_string(i + 1)), cell(std::string(name_of(ways.list[i].action))),
                            cell(ways.list[i].title), cell(Prose{blank("name")}), cell(Prose{blank("date")})}});
    }
    if (next.rows.empty())
      w.paragraph("No gap calls for action.");
    else
      w.table(std::move(next));
  }
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
