#include "analysis/papers/writing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
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
  run.rests_on = statement.rests_on;
  for (const auto& source : statement.sources) {
    const NodeId* node = std::get_if<NodeId>(&source);
    run.cites.push_back(node != nullptr ? cite(*node) : cite(*std::get<const NearDocument*>(source)));
  }
  return {std::move(run)};
}

std::vector<Prose> Writer::paragraphs(const std::vector<Claim>& statements) {
  std::vector<Prose> list;
  for (const Claim& statement : statements) {
    if (list.empty() || statement.begins_paragraph)
      list.emplace_back();
    else
      list.back().push_back({" "});
    for (Run& run : prose(statement)) list.back().push_back(std::move(run));
  }
  return list;
}

void Writer::annex(std::string_view title) {
  std::vector<Run> comments;
  for (const Passage& passage : paper_.passages) {
    const auto note = [&](const Prose& prose) {
      for (const Run& run : prose) {
        // What is cited says its reason in the tables below.
        if (!run.comment.empty() && run.cites.empty()) comments.push_back(run);
      }
    };
    note(passage.text);
    for (const PaperTable::Row& row : passage.table.rows) {
      for (const PaperTable::Cell& c : row.cells) {
        for (const Prose& prose : c.paragraphs) note(prose);
      }
    }
  }
  heading(1, std::string(annex_key), std::string(title));
  paragraph("This part is for who signs the draft; it can be left out: lacuna draft … --no-annex.");
  if (comments.empty()) return;
  PaperTable reasons{"Why it says so", {"What", "Why"}, {0.32, 0.68}, {}};
  for (Run& run : comments) {
    reasons.rows.push_back({"",
                            {cell(run.text.substr(run.text.starts_with(' ') ? 1 : 0)),
                             cell(Prose{said(std::move(run.comment), std::move(run.rests_on))})}});
  }
  table(std::move(reasons));
}

std::string Writer::whose() const { return params_.scope ? graph().node(*params_.scope).id : std::string("all groups"); }

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
Run said(std::string text, Value rests_on) {
  Run run{std::move(text)};
  run.rests_on = std::move(rests_on);
  return run;
}
Run commented(std::string text, std::string comment, Run::Kind kind) {
  Run run{std::move(text), kind};
  run.comment = std::move(comment);
  return run;
}
PaperTable::Cell cell(Prose text) { return {{std::move(text)}}; }
PaperTable::Cell cell(std::string text) { return {{Prose{{std::move(text)}}}}; }

PaperTable::Row form_row(std::string key, std::string label, std::vector<Prose> paragraphs) {
  return {std::move(key), {{{Prose{{std::move(label), Run::Kind::strong}}}}, {std::move(paragraphs)}}};
}

std::string period_of(const Node& group, Day day) {
  std::string_view rest = group.attribute("period");
  const int year = static_cast<int>(day) / 10000;
  while (!rest.empty()) {
    const std::string_view period = rest.substr(0, rest.find("; "));
    const auto first = Date::parse(period.substr(0, period.find('-')));
    const auto last = Date::parse(period.substr(period.rfind('-') + 1));
    if (first && last && first->year <= year && year <= last->year) return std::string(period);
    rest.remove_prefix(std::min(period.size() + 2, rest.size()));
  }
  return {};
}

void add_contribution_head(Writer& writer, const std::string& title, const std::string& question, const std::string& period,
                           std::string abstract) {
  PaperTable head;
  head.widths = {0.26, 0.74};
  const auto row = [&](const std::string& key, std::string label, Run run) {
    head.rows.push_back(form_row("contribution_" + key, std::move(label), {{std::move(run)}}));
  };
  row("period", "Study period", period.empty() ? blank("study period") : Run{period});
  row("number", "Contribution", blank(fmt::format("number; {}", writer.whose())));
  row("question", "Question(s)", question.empty() ? blank("Question(s)") : Run{question});
  row("meeting", "Meeting, place and date", blank("place and date of the meeting"));
  row("source", "Source", blank("who contributes"));
  row("title", "Title", {title, Run::Kind::strong});
  row("contact", "Contact", blank("name, organization, country, telephone, e-mail"));
  row("abstract", "Abstract", Run{std::move(abstract)});
  writer.table(std::move(head));
}

PaperTable needs_table(Writer& writer, const std::vector<NodeId>& needs) {
  const Graph& graph = writer.graph();
  const Situation& s = writer.situation();
  const Scope scope = scope_of(graph, writer.params());
  const bool scoped = writer.params().scope.has_value();
  PaperTable table{"Needs and what deliverables do for them", {"Need"}, {}, {}};
  if (scoped) table.columns.push_back("For " + writer.whose());
  table.columns.insert(table.columns.end(), {"For all groups", "By which documents"});
  table.widths = scoped ? std::vector<double>{0.34, 0.14, 0.14, 0.38} : std::vector<double>{0.4, 0.16, 0.44};
  for (const NodeId need : needs) {
    if (!is_need(graph.node(need).kind)) continue;
    const Node& node = graph.node(need);
    const Coverage anywhere = s.coverage(need);
    PaperTable::Row row{node.id, {}};
    row.cells.push_back(cell(capitalized(need_phrase(graph, need))));
    const NodeId one[] = {need};
    const auto state = [&](std::optional<NodeId> whose, CoverageState st) {
      row.cells.push_back(cell(Prose{said(std::string(name_of(st)), state_claim(graph, whose, st, one))}));
    };
    if (scoped) state(writer.params().scope, s.state_of(need, scope));
    state(std::nullopt, anywhere.state);
    Prose by;
    constexpr std::size_t most = 4;
    for (std::size_t i = 0; i < std::min(most, anywhere.evidence.size()); ++i) {
      const Evidence& e = anywhere.evidence[i];
      by.push_back({fmt::format("{}{} {}{}", i == 0 ? "" : "; ", graph.node(e.deliverable).id,
                                e.degree == Degree::full ? "in full" : "in part",
                                e.suspect                     ? " (edition replaced)"
                                : e.state == State::published ? ""
                                                              : fmt::format(" ({})", name_of(e.state))),
                    Run::Kind::plain,
                    {writer.cite(e.deliverable)}});
    }
    if (anywhere.evidence.size() > most) by.push_back({fmt::format("; {} more", anywhere.evidence.size() - most)});
    if (by.empty()) by.push_back({"–"});
    row.cells.push_back(cell(std::move(by)));
    table.rows.push_back(std::move(row));
  }
  return table;
}

PaperTable searches_table(const Graph& graph, const std::vector<NodeId>& needs) {
  PaperTable table{"Searches behind what was not found",
                   {"By, on", "Needs", "Catalogues, with their days", "Read", "Not searched", "Signed"},
                   {0.16, 0.08, 0.33, 0.15, 0.15, 0.13},
                   {}};
  const std::vector<std::size_t> behind = needs_by_search(graph, needs);
  for (std::size_t s = 0; s < behind.size(); ++s) {
    if (behind[s] == 0) continue;
    const Search& record = graph.searches()[s].record;
    std::vector<std::string> catalogues;
    for (const SearchedCatalogue& c : record.catalogues) {
      std::vector<std::string> more;
      if (c.records) more.push_back(thousands(static_cast<std::uint64_t>(*c.records)) + " records");
      if (c.date) more.push_back(to_string(*c.date));
      catalogues.push_back(c.name + (more.empty() ? "" : fmt::format(" ({})", join(more, ", "))));
    }
    table.rows.push_back({record.id,
                          {cell(fmt::format("{}, {}", record.by, to_string(record.on))), cell(std::to_string(behind[s])),
                           cell(catalogues.empty() ? std::string("–") : join(catalogues, "; ")), cell(read_of(record)),
                           cell(record.not_searched.empty() ? std::string("–") : join(record.not_searched, ", ")),
                           cell(record.signature ? fmt::format("{}, {}", record.signature->by, to_string(record.signature->on))
                                                 : std::string("no"))}});
  }
  return table;
}

Value gap_claim(const Graph& graph, std::optional<NodeId> scope, const Gap& gap) {
  if (gap.other) {
    Value both = work_claim(graph, {gap.subject, *gap.other}, {}, gap.needs);
    both.set("whole", true);
    return all_of_claim({std::move(both), liaison_claim(graph, gap.subject, *gap.other, false)});
  }
  if (gap.anywhere == nullptr) return {};
  const NodeId one[] = {gap.subject};
  return gap.by_state ? state_claim(graph, scope, gap.inside->state, one)
                      : state_claim(graph, std::nullopt, gap.anywhere->state, one);
}

Reasons::Reasons(const std::vector<std::string>& all) {
  std::map<std::string_view, std::size_t> times;
  for (const std::string& reason : all) ++times[reason];
  for (const std::string& reason : all) {
    if (times[reason] > 1 && reason.size() > 40 && std::ranges::find(numbered_, reason) == numbered_.end())
      numbered_.push_back(reason);
  }
}

std::string Reasons::in_row(const std::string& reason) const {
  const auto found = std::ranges::find(numbered_, reason);
  return found == numbered_.end() ? reason : fmt::format("({})", found - numbered_.begin() + 1);
}

std::vector<std::string> Reasons::told_once() const {
  std::vector<std::string> list;
  for (const std::string& reason : numbered_) list.push_back(fmt::format("({}) {}", list.size() + 1, reason));
  return list;
}

const WayForward& way_asked(const Graph& graph, const Ways& ways, const DraftRequest& request, const Params& params) {
  if (!request.needs.empty()) return ways.list.front();
  if (request.way == 0 || request.way > ways.list.size()) {
    throw Error(ErrorCode::not_found, "--way",
                fmt::format("there is no way forward number {}: {} has {}; see: lacuna suggest", request.way,
                            graph.node(*params.scope).id, ways.list.size()));
  }
  return ways.list[request.way - 1];
}

}  // namespace lacuna
