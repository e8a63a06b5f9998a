#include "store/read_model.hpp"

#include <algorithm>

#include "lacuna/error.hpp"

#include "store/edit.hpp"
#include "store/sqlite.hpp"

namespace lacuna {
namespace {

constexpr auto integer = ReadColumn::Type::integer;

constexpr ReadColumn node_columns[] = {{"id"},    {"kind"},  {"title"},   {"text"},           {"priority", integer},
                                       {"state"}, {"since"}, {"address"}, {"source_address"}, {"aliases"}};
constexpr std::string_view node_rows = R"sql(
SELECT n.id, n.kind, n.title, n.text, n.priority, s.state, s.since, n.address, n.source_address,
  (SELECT group_concat(alias, '; ') FROM (SELECT alias FROM alias a WHERE a.node = n.node ORDER BY alias))
FROM node n LEFT JOIN deliverable_state s ON s.node = n.node)sql";

constexpr ReadColumn link_columns[] = {{"from_node"}, {"relation"},          {"to_node"},         {"said_by"}, {"degree"},
                                       {"status"},    {"strength", integer}, {"method"},          {"said_on"}, {"rationale"},
                                       {"clause"},    {"evidence"},          {"suspect", integer}};
constexpr std::string_view link_rows = R"sql(
SELECT f.id, l.relation, t.id, coalesce(l.by, ''), l.degree, l.status, l.strength, l.method, l."on", l.rationale, c.clause, l.evidence,
  l.link IN (SELECT link FROM suspect)
FROM link l JOIN node f ON f.node = l."from" JOIN node t ON t.node = l."to" LEFT JOIN link_clause c ON c.link = l.link)sql";

constexpr ReadColumn coverage_columns[] = {
    {"need"}, {"kind"}, {"title"}, {"priority", integer}, {"state"}, {"deliverables", integer}};
constexpr std::string_view coverage_rows = "SELECT id, kind, title, priority, state, deliverables FROM coverage";

constexpr ReadColumn cover_columns[] = {{"need"}, {"group_name"}, {"deliverable"}, {"body"}, {"in_full", integer}};
constexpr std::string_view cover_rows = R"sql(
SELECT n.id, g.id, d.id, b.id, max(c.in_full)
FROM live_group c JOIN node n ON n.node = c.need JOIN node g ON g.node = c."group" JOIN node d ON d.node = c.deliverable
JOIN node b ON b.node = c.body
GROUP BY n.id, g.id, d.id, b.id)sql";

constexpr ReadColumn gap_columns[] = {{"kind"}, {"subject"}, {"other"}};
constexpr std::string_view gap_rows = "SELECT kind, subject, coalesce(other, '') FROM gap";

constexpr ReadColumn search_columns[] = {{"id"},         {"need"},      {"searched_by"}, {"searched_on"},
                                         {"catalogues"}, {"signed_by"}, {"signed_on"}};
constexpr std::string_view search_rows = R"sql(
SELECT s.id, n.id, s.by, s."on", (SELECT group_concat(name, '; ') FROM search_catalogue c WHERE c.search = s.search), p.signed_by, p.signed_on
FROM search s JOIN search_need w ON w.search = s.search JOIN node n ON n.node = w.node LEFT JOIN search_protocol p ON p.search = s.search)sql";

}  // namespace

std::span<const ReadTable> read_tables() {
  static constexpr ReadTable list[] = {
      {"node", "a node; state and since of a deliverable on that day", node_columns, 1, node_rows},
      {"link", "a link; suspect is 1 where somebody must look again", link_columns, 4, link_rows},
      {"coverage", "a need and its state, all groups together", coverage_columns, 1, coverage_rows},
      {"live_group", "a group that covers a need with a deliverable that is not stale", cover_columns, 3, cover_rows},
      {"gap", "a gap; other completes a pair, and names the one body of single-body", gap_columns, 3, gap_rows},
      {"search", "a need that somebody searched for", search_columns, 2, search_rows},
  };
  return list;
}

ReadModel read_model(const std::string& map) {
  Connection db(map, Connection::Is::map);
  if (!check_schema(db, version_of(db), false))
    throw Error(ErrorCode::io, map, "is of an earlier version, which has no such views; the next change makes it anew");
  db.run("PRAGMA trusted_schema = ON");  // Word for word our own.
  ReadModel model;
  Statement day = db.prepare("SELECT day FROM as_of");
  if (day.step()) model.day = day.text(0);
  for (const ReadTable& table : read_tables()) {
    Statement select = db.prepare(table.select);
    ReadRows& rows = model.rows.emplace_back();
    while (select.step()) {
      std::vector<std::string>& row = rows.emplace_back();
      for (int column = 0; column < select.columns(); ++column) row.emplace_back(select.text(column));
    }
    std::ranges::sort(rows);
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  }
  return model;
}

}  // namespace lacuna
