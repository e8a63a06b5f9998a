// SSSOM/TSV (Simple Standard for Sharing Ontology Mappings 1.0): what deliverables cover, as a mapping set.
#include <fmt/format.h>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

/// The predicate of SKOS for what a deliverable says of a need. It has none for "nothing of it": that is a negation.
std::string_view skos_predicate(Degree degree, std::optional<SetRelation> relation) {
  if (relation == SetRelation::equal_to) return "skos:exactMatch";
  if (relation == SetRelation::equivalent_to) return "skos:closeMatch";
  if (relation == SetRelation::subset_of) return "skos:broadMatch";
  if (relation == SetRelation::superset_of || (!relation && degree == Degree::full)) return "skos:narrowMatch";
  return "skos:relatedMatch";
}

std::string_view justification(std::optional<Method> method) {
  if (method == Method::automation) return "semapv:LexicalMatching";
  if (method == Method::hybrid) return "semapv:CompositeMatching";
  return "semapv:ManualMappingCuration";
}

/// A cell: tabs and line ends would end it; one with a quote stands in quotes.
std::string tsv_cell(std::string_view text) {
  const bool quoted = text.find('"') != std::string_view::npos;
  std::string out;
  for (const char c : text) {
    if (c == '"') out += c;
    out += c == '\t' || c == '\n' || c == '\r' ? ' ' : c;
  }
  return quoted ? fmt::format("\"{}\"", out) : out;
}

std::string write_sssom(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::string out = fmt::format(
      "#curie_map:\n#  lacuna: \"urn:lacuna:node:\"\n#  semapv: https://w3id.org/semapv/vocab/\n"
      "#  skos: http://www.w3.org/2004/02/skos/core#\n#mapping_set_title: {}\n#mapping_set_version: \"{}\"\n",
      json::write_compact(Value(graph.info().title)), to_string(situation.as_of()));
  out +=
      "subject_id\tsubject_label\tpredicate_id\tpredicate_modifier\tobject_id\tobject_label\tmapping_justification\tauthor_"
      "label\t"
      "mapping_date\tmapping_source\tsubject_match_field\tcomment\tother\n";
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    const LinkId id = static_cast<LinkId>(i);
    const Edge& edge = graph.edge(id);
    if (edge.relation != Relation::covers && edge.relation != Relation::maps_to) continue;
    const EdgeText& text = graph.text(id);
    const Node& from = graph.node(edge.from);
    const Node& to = graph.node(edge.to);
    const bool negated =
        edge.relation == Relation::covers ? edge.degree == Degree::none : text.set_relation == SetRelation::no_relationship;
    std::string other = edge.relation == Relation::covers ? fmt::format("degree={}|", name_of(edge.degree)) : std::string();
    other += fmt::format("status={}", name_of(edge.status));
    if (text.set_relation) other += fmt::format("|set-relation={}", name_of(*text.set_relation));
    if (!text.clause.empty()) other += "|clause=" + tsv_cell(text.clause);
    out += fmt::format("lacuna:{}\t{}\t{}\t{}\tlacuna:{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", urn_part(from), tsv_cell(from.title),
                       skos_predicate(edge.degree, text.set_relation), negated ? "Not" : "", urn_part(to), tsv_cell(to.title),
                       justification(text.method), tsv_cell(text.by), text.on ? to_string(*text.on) : "",
                       tsv_cell(text.source.name), tsv_cell(text.evidence), tsv_cell(text.rationale), other);
  }
  return out;
}

}  // namespace

extern const ExchangeFormat sssom_format{
    .name = "sssom",
    .help = "what deliverables cover as SSSOM/TSV mappings with predicates of SKOS",
    .leaves_out =
        "everything but covers and maps-to links and the titles of their ends; of these, strength and addresses of sources",
    .write = write_sssom,
};

}  // namespace lacuna
