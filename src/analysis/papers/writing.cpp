#include "analysis/papers/writing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

#include "base/text.hpp"

namespace lacuna {

Writer::Writer(const Situation& situation, const Params& params, std::string form, std::string title)
    : s_(situation), params_(params) {
  paper_.form = std::move(form);
  paper_.title = std::move(title);
  paper_.head = head_of(situation, params);
  std::vector<std::string> about;
  if (params.scope) about.push_back(graph().node(*params.scope).id);
  about.push_back(moment_text(situation, params));
  if (!graph().info().title.empty()) about.push_back("from the map “" + graph().info().title + "”");
  paper_.about = join(about, " · ");
}

std::size_t Writer::cite(NodeId deliverable) {
  const Node& node = graph().node(deliverable);
  const auto [known, fresh] = numbers_.try_emplace(node.id, paper_.references.size() + 1);
  if (fresh)
    paper_.references.push_back(
        {node.id, node.id, node.title, developers(graph(), deliverable), standing_of(s_, deliverable), node.address});
  return known->second;
}

std::size_t Writer::cite(const NearDocument& near) {
  const auto [known, fresh] = numbers_.try_emplace(near.identifier, paper_.references.size() + 1);
  if (fresh) {
    std::string state = near.state ? std::string(name_of(*near.state)) : std::string("state unknown");
    if (near.since) state += ", " + to_string(*near.since);
    paper_.references.push_back({"", near.identifier, near.title, near.group, std::move(state), near.address});
  }
  return known->second;
}

Prose Writer::prose(const Claim& statement) {
  Run run{statement.says};
  for (const auto& source : statement.sources) {
    const NodeId* node = std::get_if<NodeId>(&source);
    run.cites.push_back(node != nullptr ? cite(*node) : cite(*std::get<const NearDocument*>(source)));
  }
  return {std::move(run)};
}

void Writer::heading(int level, std::string key, std::string text) {
  paper_.passages.push_back({Passage::Kind::heading, level, std::move(key), {{std::move(text)}}, {}});
}
void Writer::paragraph(Prose text) { paper_.passages.push_back({Passage::Kind::paragraph, 1, "", std::move(text), {}}); }
void Writer::item(Prose text, int level) { paper_.passages.push_back({Passage::Kind::item, level, "", std::move(text), {}}); }
void Writer::table(PaperTable table) {
  // A cell too many would stand under another heading.
  for (const PaperTable::Row& row : table.rows) {
    if (!table.columns.empty() && row.cells.size() != table.columns.size())
      throw std::logic_error(
          fmt::format("a row of \"{}\" has {} cells for {} columns", table.caption, row.cells.size(), table.columns.size()));
  }
  paper_.passages.push_back({Passage::Kind::table, 1, "", {}, std::move(table)});
}

Run blank(std::string what) { return {std::move(what), Run::Kind::blank}; }
PaperTable::Cell cell(Prose text) { return {{std::move(text)}}; }
PaperTable::Cell cell(std::string text) { return {{Prose{{std::move(text)}}}}; }

PaperTable::Row form_row(std::string key, std::string label, std::vector<Prose> paragraphs) {
  return {std::move(key), {{{Prose{{std::move(label), Run::Kind::strong}}}}, {std::move(paragraphs)}}};
}

PaperTable needs_table(Writer& writer, const std::vector<NodeId>& needs) {
  const Graph& graph = writer.graph();
  const Situation& s = writer.situation();
  const Scope scope = scope_of(graph, writer.params());
  PaperTable table{"Needs and what deliverables do for them",
                   {"Need", "State in " + (writer.params().scope ? graph.node(*writer.params().scope).id : std::string("scope")),
                    "State anywhere", "By which documents"},
                   {0.36, 0.14, 0.14, 0.36},
                   {}};
  for (const NodeId need : needs) {
    if (!is_need(graph.node(need).kind)) continue;
    const Node& node = graph.node(need);
    const Coverage anywhere = s.coverage(need);
    PaperTable::Row row;
    row.cells.push_back({{Prose{{node.id + " ", Run::Kind::strong}, {fmt::format("{} ({})", node.title, name_of(node.kind))}}}});
    row.cells.push_back(cell(std::string(name_of(s.state_of(need, scope)))));
    row.cells.push_back(cell(std::string(name_of(anywhere.state))));
    Prose by;
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < std::min(most, anywhere.evidence.size()); ++i) {
      const Evidence& e = anywhere.evidence[i];
      by.push_back({fmt::format("{}{} {}", i == 0 ? "" : "; ", graph.node(e.deliverable).id,
                                e.degree == Degree::full      ? "in full"
                                : e.degree == Degree::partial ? "in part"
                                                              : "not"),
                    Run::Kind::plain,
                    {writer.cite(e.deliverable)}});
    }
    if (anywhere.evidence.size() > most) by.push_back({fmt::format("; {} more", anywhere.evidence.size() - most)});
    if (by.empty()) by.push_back({search_text(graph, need)});
    row.cells.push_back(cell(std::move(by)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

void add_searches(Writer& writer, const std::vector<NodeId>& needs) {
  for (const SearchRecord& search : writer.graph().searches()) {
    const auto behind = std::ranges::count_if(search.needs, [&](NodeId n) { return std::ranges::find(needs, n) != needs.end(); });
    if (behind == 0) continue;
    std::vector<std::string> catalogues;
    for (const SearchedCatalogue& c : search.record.catalogues) {
      catalogues.push_back(fmt::format("{}{}{}", c.name, c.records ? fmt::format(", {} records", thousands(*c.records)) : "",
                                       c.date ? ", as of " + to_string(*c.date) : ""));
    }
    std::string text = fmt::format("{}{}", count_of(static_cast<std::size_t>(behind), "need"),
                                   catalogues.empty() ? "" : " in " + join(catalogues, "; "));
    // A reader of the paper wants what was not searched; the patterns are in the map.
    if (!search.record.method.empty()) text += fmt::format(". {}", shortened(search.record.method, 200));
    if (!search.record.note.empty()) text += fmt::format(". {}", shortened(search.record.note, 800));
    if (!text.ends_with('.')) text += '.';
    writer.item({{fmt::format("Search by {}, {}: ", search.record.by, to_string(search.record.on)), Run::Kind::strong},
                 {std::move(text)}});
  }
}

const WayForward& way_asked(const Graph& graph, const Ways& ways, const DraftRequest& request, const Params& params) {
  if (!request.needs.empty()) return ways.list.front();
  if (request.to) {
    const auto concerns = [&](const WayForward& way) { return way.target == request.to; };
    if (const auto found = std::ranges::find_if(ways.list, concerns); found != ways.list.end()) return *found;
    // Else the one that rests most on texts of the group, and is not about another one.
    const std::vector<NodeId> theirs = graph.deliverables_of(*request.to);
    const WayForward* best = nullptr;
    double most = 0;
    for (const WayForward& way : ways.list) {
      if (way.action == Action::investigate || way.action == Action::liaise || way.action == Action::consolidate) continue;
      if (way.action == Action::adopt) {
        const auto owners = graph.developers_of(*way.target);
        if (std::ranges::find(owners, *request.to) == owners.end()) continue;
      }
      double strength = 0;
      for (const Backing& text : way.texts) {
        if (text.covers && std::ranges::binary_search(theirs, text.deliverable)) strength += text.strength;
      }
      if (strength > most) {
        best = &way;
        most = strength;
      }
    }
    if (best != nullptr) return *best;
    throw Error(ErrorCode::not_found, "--to-group",
                fmt::format("no way forward of {} concerns {}", graph.node(*params.scope).id, graph.node(*request.to).id));
  }
  if (request.way == 0 || request.way > ways.list.size()) {
    throw Error(ErrorCode::not_found, "--way",
                fmt::format("there is no way forward number {}: {} has {}; see: lacuna suggest", request.way,
                            graph.node(*params.scope).id, ways.list.size()));
  }
  return ways.list[request.way - 1];
}

}  // namespace lacuna
