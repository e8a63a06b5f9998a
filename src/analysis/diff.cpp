// diff: changes as tables, and in the words that papers use as well.
#include <fmt/format.h>

#include <map>

#include "analysis/changes.hpp"
#include "base/parallel.hpp"
#include "base/text.hpp"
#include "model/state_looks.hpp"

namespace lacuna {
namespace {

/// The word, or null where there is none.
template <class E>
Value word_value(std::optional<E> word) {
  return word ? Value(name_of(*word)) : Value();
}

std::string moment_of(const Standpoint& side) {
  return fmt::format("{}, as of {}", side.name(), to_string(side.situation().as_of()));
}

std::string who_says(const EdgeText& text) {
  std::string line = text.by.empty() ? std::string() : fmt::format("by {}", text.by);
  if (text.on) line += fmt::format("{}on {}", line.empty() ? "" : " ", to_string(*text.on));
  if (!text.rationale.empty()) line += fmt::format("{}{}", line.empty() ? "" : ": ", text.rationale);
  return line;
}

/// Which published edition replaced the one that the link speaks of.
std::string suspect_text(const Standpoint& side, LinkId link) {
  const Situation& situation = side.situation();
  if (side.graph().edge(link).questioned) return side.graph().text(link).questioned;
  for (const NodeId newer : situation.later_editions(side.graph().edge(link).from)) {
    const auto state = situation.state(newer);
    if (state && *state >= State::published)
      return fmt::format("replaced by {} ({}), which has no verdict yet", side.graph().node(newer).id,
                         situation.milestone(newer)->basis);
  }
  return {};
}

/// "Needs: 1 appeared, 6 better": words in the order of the alphabet.
template <class Item, class WordOf>
std::string words_counted(std::string_view name, const std::vector<Item>& items, const WordOf& word_of_item) {
  std::map<std::string_view, std::size_t> counts;
  for (const Item& item : items) ++counts[word_of_item(item)];
  std::vector<std::string> parts;
  for (const auto& [word, n] : counts) parts.push_back(fmt::format("{} {}", n, word));
  return fmt::format("{}: {}", name, join(parts, ", "));
}

Table needs_listed(const Changes& c) {
  using enum Column::Format;
  const Params& params = c.after.params();
  return table_of(
      "needs", "Needs",
      {{"change", "change", text},
       {"id", "need", text},
       {"title", "title", title},
       {"before", "before", state},
       {"after", "after", state},
       spare({"score_before", "score before", score}),
       spare({"score_after", "score after", score}),
       {"why", "why", prose}},
      c.needs.size(), params, [&](std::size_t i) {
        const NeedChange& n = c.needs[i];
        const auto& [was, is] = n.node;
        const Node& node = c.node(n.node);
        Value row = Value::object();
        row.set("change", name_of(n.what)).set("id", node.id).set("kind", name_of(node.kind)).set("title", node.title);
        row.set("before", word_value(n.before)).set("after", word_value(n.after));
        row.set("score_before", was ? Value(rounded(n.score_before)) : Value())
            .set("score_after", is ? Value(rounded(n.score_after)) : Value());
        row.set("why", n.why);
        if (params.explain) {
          Reason tree{fmt::format("{}: {}", node.id, name_of(n.what))};
          const auto add = [&](const char* when, const Standpoint& side, std::optional<NodeId> need) {
            if (!need) return;
            const Situation& s = side.situation();
            tree.because.push_back({when, {reason_of(s, side.params(), *need, s.coverage(*need, side.scope()))}});
          };
          add("before", c.before, was);
          add("after", c.after, is);
          row.set("explanation", reason_value(tree));
        }
        return row;
      });
}

Table gaps_listed(const Changes& c) {
  using enum Column::Format;
  return table_of("gaps", "Gaps",
                  {{"change", "change", text},
                   {"was", "was", text},
                   {"kind", "kind", text},
                   {"subject", "subject", text},
                   {"title", "title", title},
                   {"severity", "severity", score},
                   {"why", "why", prose}},
                  c.gaps.size(), c.after.params(), [&](std::size_t i) {
                    const GapChange& g = c.gaps[i];
                    const Standpoint& side = c.side(g);
                    const Gap& gap = *g.gap;
                    Value row = Value::object();
                    row.set("change", name_of(g.what)).set("was", word_value(g.was));
                    row.set("kind", name_of(gap.kind)).set("subject", side.graph().node(gap.subject).id);
                    row.set("other", gap.other ? Value(side.graph().node(*gap.other).id) : Value()).set("title", title_of(c, g));
                    row.set("severity", rounded(gap.severity)).set("action", name_of(gap.action)).set("why", why_of(g));
                    if (side.params().explain)
                      row.set("explanation", reason_value(reason_of(side.situation(), side.params(), gap)));
                    return row;
                  });
}

Table deliverables_listed(const Changes& c) {
  using enum Column::Format;
  return table_of(
      "deliverables", "Deliverables",
      {{"change", "change", text},
       {"id", "deliverable", text},
       {"title", "title", title},
       {"groups", "groups", list},
       {"before", "before", text},
       {"after", "after", text},
       {"since", "since", text},
       {"why", "why", prose}},
      c.deliverables.size(), c.after.params(), [&](std::size_t i) {
        const DeliverableChange& d = c.deliverables[i];
        const Standpoint& side = d.node.after ? c.after : c.before;
        const NodeId id = d.node.after ? *d.node.after : *d.node.before;
        const Milestone* m = milestone_of(c, d);
        Value row = Value::object();
        row.set("change", d.word()).set("id", side.graph().node(id).id).set("title", side.graph().node(id).title);
        row.set("groups", developers(side.graph(), id)).set("before", word_value(d.before)).set("after", word_value(d.after));
        row.set("since", m == nullptr ? Value() : day_value(m->day)).set("why", why_of(c, d));
        if (side.params().explain) row.set("explanation", reason_value(life_reason(side.situation(), side.params(), id)));
        return row;
      });
}

Table links_listed(const Changes& c) {
  using enum Column::Format;
  return table_of("links", "Links",
                  {{"change", "change", text},
                   {"from", "from", text},
                   {"relation", "relation", text},
                   {"to", "to", text},
                   {"before", "before", text},
                   {"after", "after", text},
                   {"why", "why", prose}},
                  c.links.size(), c.after.params(), [&](std::size_t i) {
                    const LinkChange& l = c.links[i];
                    const Graph& graph = c.side(l).graph();
                    const LinkId link = l.after ? *l.after : *l.before;
                    const Edge& e = graph.edge(link);
                    const std::string& from = graph.node(e.from).id;
                    const std::string& to = graph.node(e.to).id;
                    Value row = Value::object();
                    row.set("change", name_of(l.what)).set("from", from).set("relation", name_of(e.relation)).set("to", to);
                    row.set("before", l.before ? Value(stand_of(c.before, l.before)) : Value())
                        .set("after", l.after ? Value(stand_of(c.after, l.after)) : Value());
                    row.set("why", why_of(c, l));
                    if (c.side(l).params().explain)
                      row.set("explanation",
                              reason_value({fmt::format("{} {} {}: {}", from, name_of(e.relation), to, name_of(l.what)),
                                            {reason_of(graph, link)}}));
                    return row;
                  });
}

Table objectives_listed(const Changes& c) {
  using enum Column::Format;
  return table_of("objectives", "Objectives whose coverage changed",
                  {{"id", "objective", text},
                   {"title", "title", title},
                   {"needs_before", "needs before", number},
                   {"needs_after", "needs after", number},
                   {"score_before", "score before", score},
                   {"score_after", "score after", score},
                   {"covered_before", "covered before", number},
                   {"covered_after", "covered after", number},
                   {"open_before", "open before", number},
                   {"open_after", "open after", number}},
                  c.objectives.size(), c.after.params(), [&](std::size_t i) {
                    const ObjectiveChange& o = c.objectives[i];
                    const auto& [pair, before, after] = o;
                    Value row = Value::object();
                    row.set("id", c.node(pair).id).set("title", c.node(pair).title);
                    row.set("needs_before", before.needs).set("needs_after", after.needs);
                    row.set("score_before", before.needs == 0 ? Value() : Value(rounded(before.score)))
                        .set("score_after", after.needs == 0 ? Value() : Value(rounded(after.score)));
                    row.set("covered_before", before.by_state[CoverageState::covered])
                        .set("covered_after", after.by_state[CoverageState::covered]);
                    row.set("open_before", open_needs(before)).set("open_after", open_needs(after));
                    row.set("states_before", tally_value(before)).set("states_after", tally_value(after));
                    return row;
                  });
}

Table groups_listed(const Changes& c) {
  using enum Column::Format;
  return table_of("groups", "Groups whose work changed",
                  {{"id", "group", text},
                   {"title", "title", title},
                   {"published_before", "published before", number},
                   {"published_after", "published after", number},
                   {"drafts_before", "drafts before", number},
                   {"drafts_after", "drafts after", number},
                   {"needs_before", "needs before", number},
                   {"needs_after", "needs after", number}},
                  c.groups.size(), c.after.params(), [&](std::size_t i) {
                    const GroupChange& g = c.groups[i];
                    Value row = Value::object();
                    row.set("id", c.node(g.node).id).set("title", c.node(g.node).title);
                    row.set("published_before", g.before.published).set("published_after", g.after.published);
                    row.set("drafts_before", g.before.drafts).set("drafts_after", g.after.drafts);
                    row.set("needs_before", g.before.needs).set("needs_after", g.after.needs);
                    return row;
                  });
}

Table nodes_listed(const Changes& c) {
  using enum Column::Format;
  return table_of("nodes", "Nodes of the map",
                  {{"change", "change", text},
                   {"kind", "kind", text},
                   {"id", "node", text},
                   {"title", "title", title},
                   {"why", "what", prose}},
                  c.nodes.size(), c.after.params(), [&](std::size_t i) {
                    const NodeChange& n = c.nodes[i];
                    const Node& node = c.node(n.node);
                    Value row = Value::object();
                    row.set("change", name_of(n.what)).set("kind", name_of(node.kind)).set("id", node.id);
                    row.set("title", node.title).set("why", why_of(c, n));
                    return row;
                  });
}

Table searches_listed(const Changes& c) {
  using enum Column::Format;
  return table_of(
      "searches", "Search records",
      {{"change", "change", text}, {"id", "search", text}, {"by", "by", text}, {"on", "on", text}, {"needs", "needs", number}},
      c.searches.size(), c.after.params(), [&](std::size_t i) {
        const SearchChange& s = c.searches[i];
        const Search& record = s.search->record;
        Value row = Value::object();
        row.set("change", name_of(s.what)).set("id", record.id).set("by", record.by).set("on", to_string(record.on));
        row.set("needs", s.search->needs.size());
        return row;
      });
}

}  // namespace

std::vector<std::string> summary_of(const Changes& c) {
  const Params& params = c.after.params();
  const Graph& graph = c.after.graph();
  std::vector<std::string> lines{c.before.name() == c.after.name()
                                     ? fmt::format("{} from {} to {}", c.after.name(), to_string(c.before.situation().as_of()),
                                                   to_string(c.after.situation().as_of()))
                                     : fmt::format("From {} to {}", moment_of(c.before), moment_of(c.after))};
  std::string filters = params.scope ? fmt::format("scope: {}", graph.node(*params.scope).id) : "scope: all groups";
  if (params.objective) filters += fmt::format(" · objective: {}", graph.node(*params.objective).id);
  if (params.topic) filters += fmt::format(" · topic: {}", graph.node(*params.topic).title);
  lines.push_back(filters);
  lines.push_back(fmt::format("Before: {}: {}", count_of(c.tally_before.needs, "need"), tally_text(c.tally_before)));
  lines.push_back(fmt::format("After: {}: {}", count_of(c.tally_after.needs, "need"), tally_text(c.tally_after)));
  const std::size_t told = lines.size();
  const auto what = [](const auto& item) { return name_of(item.what); };
  if (!c.needs.empty()) lines.push_back(words_counted("Needs", c.needs, what));
  if (!c.gaps.empty()) lines.push_back(words_counted("Gaps", c.gaps, what));
  if (!c.deliverables.empty())
    lines.push_back(words_counted("Deliverables", c.deliverables, [](const DeliverableChange& d) { return d.word(); }));
  if (!c.links.empty()) lines.push_back(words_counted("Links", c.links, what));
  if (!c.nodes.empty()) lines.push_back(words_counted("Nodes", c.nodes, what));
  if (!c.searches.empty()) lines.push_back(words_counted("Searches", c.searches, what));
  if (lines.size() == told) lines.push_back("Nothing changed");
  for (const std::string& line : cut_texts(c.before.graph(), c.gaps_before.cut))
    lines.push_back(fmt::format("Gaps before, {}", line));
  for (const std::string& line : cut_texts(graph, c.gaps_after.cut)) lines.push_back(fmt::format("Gaps after, {}", line));
  return lines;
}

std::string title_of(const Changes& c, const GapChange& change) {
  const Graph& graph = c.side(change).graph();
  return change.gap->other ? "and " + graph.node(*change.gap->other).id : graph.node(change.gap->subject).title;
}

std::string why_of(const GapChange& change) {
  if (change.what != Turn::closed) return change.gap->why;
  return change.why != nullptr ? *change.why : fmt::format("no longer: {}", change.gap->why);
}

const Milestone* milestone_of(const Changes& c, const DeliverableChange& change) {
  return change.after ? c.after.situation().milestone(*change.node.after) : nullptr;
}

std::string why_of(const Changes& c, const DeliverableChange& change) {
  const Milestone* m = milestone_of(c, change);
  return m != nullptr ? m->basis : change.node.after ? "not there on that day" : "not on the map any more";
}

std::string stand_of(const Standpoint& side, std::optional<LinkId> link) {
  if (!link) return {};
  const Edge& e = side.graph().edge(*link);
  std::string stand = e.relation == Relation::covers ? fmt::format("{} ", name_of(e.degree)) : std::string();
  stand += name_of(e.status);
  if (e.relation == Relation::covers && side.situation().suspect(*link)) stand += ", suspect";
  return stand;
}

std::string why_of(const Changes& c, const LinkChange& change) {
  const LinkId link = change.after ? *change.after : *change.before;
  return change.what == Turn::suspect ? suspect_text(c.after, link) : who_says(c.side(change).graph().text(link));
}

std::string why_of(const Changes& c, const NodeChange& change) {
  static constexpr std::string_view names[] = {"kind", "title", "text", "priority", "aliases", "address", "attributes", "dates"};
  std::vector<std::string> parts;
  for (const Trait trait : change.traits) {
    const Node& old = c.before.graph().node(*change.node.before);
    const Node& node = c.node(change.node);
    std::string& part = parts.emplace_back(names[static_cast<std::size_t>(trait)]);
    if (trait == Trait::kind) part += fmt::format(" {} → {}", name_of(old.kind), name_of(node.kind));
    if (trait == Trait::title) part += fmt::format(" was \"{}\"", shortened(old.title, 80));
    if (trait == Trait::priority) part += fmt::format(" {} → {}", priority_of(old), priority_of(node));
  }
  return join(parts, ", ");
}

std::size_t open_needs(const Tally& tally) {
  std::size_t open = 0;
  for (const CoverageState s : all_of<CoverageState>()) open += is_open(s) ? tally.by_state[s] : 0;
  return open;
}

Result answer_changes(const Changes& c) {
  Result result;
  result.schema = "diff-1";
  result.title = "What changed";
  const auto side = [](const Standpoint& s, const Tally& t) {
    Value value = Value::object();
    value.set("name", s.name()).set("map", s.graph().info().title).set("as_of", to_string(s.situation().as_of()));
    if (!s.params().tag.empty()) value.set("tag", s.params().tag);
    if (!s.params().known_by.empty()) value.set("known_by", s.params().known_by);
    value.set("needs", t.needs).set("states", tally_value(t)).set("score", t.needs == 0 ? Value() : Value(rounded(t.score)));
    return value;
  };
  result.head.emplace_back("before", side(c.before, c.tally_before));
  result.head.emplace_back("after", side(c.after, c.tally_after));
  for (auto& member : filters_head(c.after.situation(), c.after.params())) result.head.push_back(std::move(member));
  result.summary = summary_of(c);
  constexpr Table (*tables[])(const Changes&) = {needs_listed,      gaps_listed,   deliverables_listed, links_listed,
                                                 objectives_listed, groups_listed, nodes_listed,        searches_listed};
  result.tables.resize(std::size(tables));
  const auto make = [&](std::size_t i) { result.tables[i] = tables[i](c); };
  if (c.after.params().explain) {  // Explanations ask the catalogues, one after the other.
    for (std::size_t i = 0; i < std::size(tables); ++i) make(i);
  } else {
    on_all_cores(std::size(tables), [&] { return make; });
  }
  for (Table& table : result.tables) {
    table.quiet = true;
    table.caption += ":";
  }
  return result;
}

Result query_diff(const Standing& before, const Standing& after) { return answer_changes(find_changes(before, after)); }

}  // namespace lacuna
