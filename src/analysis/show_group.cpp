#include "analysis/show_group.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"

namespace lacuna {
namespace {

using enum Column::Format;

Value ids(const Graph& graph, const std::vector<NodeId>& nodes) {
  Value list = Value::array();
  for (const NodeId n : nodes) list.push(graph.node(n).id);
  return list;
}

/// "RC01, RC02 and 5 more".
std::string names(const Graph& graph, const std::vector<NodeId>& nodes, std::size_t most) {
  std::vector<std::string> list;
  for (std::size_t i = 0; i < std::min(most, nodes.size()); ++i) list.push_back(graph.node(nodes[i]).id);
  return join(list, ", ") + (nodes.size() > most ? fmt::format(" and {} more", nodes.size() - most) : "");
}

Table needs_table(const Situation& situation, const Params& params, const GroupBrief& brief) {
  const Graph& graph = situation.graph();
  Table table{"covers",
              fmt::format("Needs that texts of {} cover:", graph.node(brief.group).id),
              {{"id", "need", text},
               {"title", "title", title},
               {"state", "by its texts", state},
               {"anywhere", "by all groups", state},
               {"by", "texts", prose}},
              {}};
  for (const BriefNeed& n : brief.covers) {
    Value row = node_value(graph, n.need);
    row.set("state", name_of(n.inside.state))
        .set("score", rounded(n.inside.score))
        .set("anywhere", name_of(n.anywhere))
        .set("by", evidence_texts(situation, n.inside.evidence, params.evidence ? n.inside.evidence.size() : 3));
    if (params.evidence) row.set("evidence", evidence_values(situation, n.inside.evidence));
    table.rows.push_back(std::move(row));
  }
  return table;
}

/// Why a gap is the group's business.
std::string business_text(const Graph& graph, const BriefGap& gap) {
  constexpr std::size_t few = 3;
  std::vector<std::string> parts;
  if (!gap.once_covered_by.empty()) parts.push_back(fmt::format("once covered by {}", names(graph, gap.once_covered_by, few)));
  if (!gap.mentioned_by.empty()) parts.push_back(fmt::format("mentioned by {}", names(graph, gap.mentioned_by, few)));
  if (!gap.beside.empty()) parts.push_back(fmt::format("tied to {}, which it covers", names(graph, gap.beside, few)));
  if (!gap.fields.empty()) parts.push_back(fmt::format("behind {}, which it works on", names(graph, gap.fields, few)));
  return join(parts, "; ");
}

Table gaps_table(const Situation& situation, const Params& params, const GroupBrief& brief) {
  const Graph& graph = situation.graph();
  const auto near = static_cast<std::size_t>(std::ranges::count_if(brief.gaps, &BriefGap::near));
  const std::size_t shown = params.evidence ? brief.gaps.size() : near;
  Table table{"gaps",
              "Needs that nobody covers, and that its texts come near:",
              {{"id", "need", text},
               {"title", "title", title},
               {"state", "state", state},
               {"rank", "rank", score},
               {"why", "why", prose}},
              {}};
  if (const std::size_t others = brief.gaps.size() - near; others > 0)
    table.caption.insert(table.caption.size() - 1, fmt::format(" ({} more stand behind what it works on)", others));
  table.quiet = brief.gaps.empty();
  for (const BriefGap& gap : std::span(brief.gaps).first(shown)) {
    Value row = node_value(graph, gap.need);
    row.set("kind_of_gap", name_of(gap.kind))
        .set("state", name_of(gap.state))
        .set("rank", rounded(gap.rank))
        .set("why", business_text(graph, gap));
    row.set("fields", ids(graph, gap.fields))
        .set("once_covered_by", ids(graph, gap.once_covered_by))
        .set("mentioned_by", ids(graph, gap.mentioned_by))
        .set("beside", ids(graph, gap.beside));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table neighbours_table(const Situation& situation, const GroupBrief& brief) {
  const Graph& graph = situation.graph();
  Table table{"neighbours",
              "Who covers the same needs:",
              {{"id", "group", text},
               {"title", "title", title},
               {"need_count", "in common", number},
               {"liaised", "liaison", text},
               {"needs", "needs", list, {}, 60}},
              {}};
  table.quiet = true;
  for (const BriefNeighbour& n : brief.neighbours) {
    Value row = node_value(graph, n.group);
    row.set("active", n.active).set("need_count", n.needs.size()).set("liaised", n.liaised).set("needs", ids(graph, n.needs));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table liaisons_table(const Situation& situation, const GroupBrief& brief) {
  const Graph& graph = situation.graph();
  Table table{"liaisons",
              "Liaisons:",
              {{"own", "of", text}, {"id", "with", text}, {"title", "title", title}, {"rationale", "why", prose}},
              {}};
  table.quiet = true;
  for (const BriefLiaison& l : brief.liaisons) {
    Value row = Value::object();
    row.set("own", graph.node(l.own).id).set("id", graph.node(l.other).id).set("title", graph.node(l.other).title);
    add_link(row, graph, l.link);
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

void add_group_brief(Result& result, const Situation& situation, const Params& params, const GroupBrief& brief) {
  const Graph& graph = situation.graph();
  Value value = Value::object();
  value.set("active", brief.active)
      .set("inside", ids(graph, brief.inside))
      .set("published", ids(graph, brief.published))
      .set("under_way", ids(graph, brief.under_way))
      .set("past", ids(graph, brief.past))
      .set("without_needs", ids(graph, brief.without_needs))
      .set("fields", ids(graph, brief.fields))
      .set("states", tally_value(brief.tally));
  result.head.emplace_back("brief", std::move(value));

  if (!brief.active) result.summary.push_back(absence_text(situation, brief.group));
  if (!brief.inside.empty())
    result.summary.push_back(fmt::format("Inside it: {}", names(graph, brief.inside, brief.inside.size())));
  std::string texts = fmt::format("Texts: {} in force, {} under way", brief.published.size(), brief.under_way.size());
  if (!brief.past.empty()) texts += fmt::format(", {} superseded or withdrawn", brief.past.size());
  if (!brief.inside.empty()) texts += "; those of groups inside it are counted";
  result.summary.push_back(std::move(texts));
  if (!brief.under_way.empty())
    result.summary.push_back(fmt::format("Under way: {}", names(graph, brief.under_way, brief.under_way.size())));
  std::vector<std::string> parts;
  for (const CoverageState s :
       {CoverageState::covered, CoverageState::partly_covered, CoverageState::in_progress, CoverageState::stale}) {
    if (brief.tally.by_state[s] > 0) parts.push_back(fmt::format("{} {}", brief.tally.by_state[s], name_of(s)));
  }
  result.summary.push_back(fmt::format("Covers {} of {}{}", brief.covers.size(), count_of(brief.tally.needs, "need"),
                                       parts.empty() ? "" : fmt::format(": {}, by its texts alone", join(parts, ", "))));
  if (!brief.without_needs.empty())
    result.summary.push_back(fmt::format("{} of its texts in force or under way cover none: {}", brief.without_needs.size(),
                                         names(graph, brief.without_needs, 5)));
  if (!brief.fields.empty())
    result.summary.push_back(fmt::format("Works on {}", names(graph, brief.fields, brief.fields.size())));
  const auto silent = std::ranges::count(brief.neighbours, false, &BriefNeighbour::liaised);
  const auto ended = std::ranges::count_if(brief.neighbours, [](const BriefNeighbour& n) { return !n.active && !n.liaised; });
  if (silent > 0)
    result.summary.push_back(fmt::format(
        "{} the same needs, and no liaison with {} is on the map{}",
        count_of(static_cast<std::size_t>(silent), "group") + (silent == 1 ? " covers" : " cover"), silent == 1 ? "it" : "them",
        ended == 0 ? "" : fmt::format("; {} of these {} ended", ended, ended == 1 ? "has" : "have")));

  result.tables.push_back(needs_table(situation, params, brief));
  result.tables.push_back(gaps_table(situation, params, brief));
  result.tables.push_back(neighbours_table(situation, brief));
  result.tables.push_back(liaisons_table(situation, brief));
}

}  // namespace lacuna
