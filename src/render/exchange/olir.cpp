// NIST's OLIR template (IR 8278A r1, set theory relationship mapping): what needs say of each other, a pair a row.
#include <array>

#include "base/text.hpp"
#include "formats/csv.hpp"
#include "formats/xlsx.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

struct OlirColumn {
  std::string_view name;
  std::string_view note;
  std::size_t width;
};
constexpr OlirColumn olir_columns[] = {
    {"Focal Document Element", "The element of the one document.", 22},
    {"Focal Document Element Description", "What it says.", 50},
    {"Rationale", "Why the two are related: syntactic, semantic or functional. The map does not know.", 12},
    {"Relationship", "What the focal element says of the other: subset of, intersects with, equal, superset of, not related to.",
     16},
    {"Reference Document Element", "The element of the other document.", 22},
    {"Reference Document Element Description", "What it says.", 50},
    {"Comments", "Why.", 50},
    {"Strength of Relationship", "From 0 to 10.", 12},
};
constexpr std::size_t olir_width = std::size(olir_columns);

/// In OLIR's words; it has one for what says the same, in whatever words.
std::string_view olir_word(std::optional<SetRelation> relation) {
  if (!relation) return "intersects with";
  switch (*relation) {
    case SetRelation::equal_to:
    case SetRelation::equivalent_to: return "equal";
    case SetRelation::superset_of: return "superset of";
    case SetRelation::subset_of: return "subset of";
    case SetRelation::intersects_with: return "intersects with";
    case SetRelation::no_relationship: break;
  }
  return "not related to";
}

std::vector<std::vector<std::string>> olir_rows(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::vector<std::vector<std::string>> rows;
  const auto description = [](const Node& node) { return node.text.empty() ? node.title : node.text; };
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const auto id = static_cast<LinkId>(i);
    const Edge& edge = graph.edge(id);
    if (edge.relation != Relation::maps_to || !situation.counts(id)) continue;
    const EdgeText& text = graph.text(id);
    const Node& from = graph.node(edge.from);
    const Node& to = graph.node(edge.to);
    rows.push_back({from.id, description(from), "", std::string(olir_word(text.set_relation)), to.id, description(to),
                    text.rationale, text.strength ? std::to_string(*text.strength) : std::string()});
  }
  return rows;
}

std::string write_olir(const Situation& situation) {
  std::string out;
  const auto add = [&](std::size_t c, std::string text) {
    out += csv_cell(std::move(text), true) + (c + 1 < olir_width ? "," : "\r\n");
  };
  for (std::size_t c = 0; c < olir_width; ++c) add(c, std::string(olir_columns[c].name));
  for (std::vector<std::string>& row : olir_rows(situation)) {
    for (std::size_t c = 0; c < olir_width; ++c) add(c, std::move(row[c]));
  }
  return out;
}

std::string write_olir_workbook(const Situation& situation) {
  TemplateSheet sheet{"Relationships", {}, olir_rows(situation)};
  for (const OlirColumn& column : olir_columns)
    sheet.columns.push_back({std::string(column.name), std::string(column.note), {}, column.width});
  Sheet notes{"how to", {}};
  const auto say = [&](std::string text) {
    notes.rows.push_back({static_cast<std::uint32_t>(notes.rows.size() + 1), {std::move(text)}});
  };
  say("Set theory relationships for the National OLIR Program (NIST IR 8278A r1)");
  say("From the map \"" + situation.graph().info().title + "\", as of " + to_string(situation.as_of()) + ".");
  return write_xlsx_template(std::span(&sheet, 1), notes);
}

constexpr std::string_view olir_leaves_out =
    "everything but maps-to links that count, and the texts of their ends; of these, who says so, when and from what source; "
    "equivalent-to, which it calls equal; whether wording, meaning or function was compared";

}  // namespace

extern const ExchangeFormat olir_format{
    .name = "olir",
    .help = "maps-to links as rows of NIST's OLIR template, CSV",
    .leaves_out = olir_leaves_out,
    .write = write_olir,
};

extern const ExchangeFormat olir_workbook_format{
    .name = "olir-xlsx",
    .help = "the same as a workbook",
    .leaves_out = olir_leaves_out,
    .write = write_olir_workbook,
};

}  // namespace lacuna
