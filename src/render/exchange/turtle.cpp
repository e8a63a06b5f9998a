// Turtle (RDF 1.1): the map in the vocabularies of DCMI Terms, SKOS, ORG, PROV and DCAT.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "formats/json.hpp"
#include "render/exchange/exchange.hpp"

namespace lacuna {
namespace {

/// A literal: what JSON escapes in a text, and how, Turtle does, too.
std::string turtle_text(std::string_view text) { return json::write_compact(Value(text)); }

/// "2019"^^xsd:gYear, "2019-06"^^xsd:gYearMonth, "2019-06-22"^^xsd:date.
std::string turtle_date(const Date& date) {
  const std::string text = to_string(date);
  return fmt::format("\"{}\"^^xsd:{}", text, text.size() == 4 ? "gYear" : text.size() == 7 ? "gYearMonth" : "date");
}

/// An address that may stand between angle brackets; nothing where it holds what may not.
std::optional<std::string> turtle_address(std::string_view address) {
  const bool fits =
      (address.starts_with("http://") || address.starts_with("https://")) && std::ranges::none_of(address, [](char c) {
        return static_cast<unsigned char>(c) <= ' ' || std::string_view("<>\"{}|^`\\").find(c) != std::string_view::npos;
      });
  return fits ? std::optional(fmt::format("<{}>", address)) : std::nullopt;
}

/// A resource with what is said of it, a line a property.
class Resource {
 public:
  Resource(std::string& out, std::string name, std::string_view type) : out_(out) {
    out_ += fmt::format("\n{} a {}", name, type);
  }
  Resource(const Resource&) = delete;
  Resource& operator=(const Resource&) = delete;
  ~Resource() { out_ += " .\n"; }

  void say(std::string_view property, std::string_view object) { out_ += fmt::format(" ;\n  {} {}", property, object); }
  void text(std::string_view property, std::string_view words) {
    if (!words.empty()) say(property, turtle_text(words));
  }

 private:
  std::string& out_;
};

std::string_view class_of(Kind kind) {
  switch (kind) {
    case Kind::group: return "org:Organization";
    case Kind::deliverable: return "dcterms:Standard, prov:Entity";
    case Kind::workshop:
    case Kind::session: return "prov:Activity";
    default: return "skos:Concept";
  }
}

/// What a relation is called in these vocabularies; in ours where they have no word for it.
std::string property_of(Relation relation, Kind from) {
  switch (relation) {
    case Relation::part_of:
      return from == Kind::group                ? "org:subOrganizationOf"
             : class_of(from) == "skos:Concept" ? "skos:broader"
                                                : "dcterms:isPartOf";
    case Relation::supersedes: return "dcterms:replaces";
    case Relation::references: return "dcterms:references";
    case Relation::adopts: return "dcterms:isVersionOf";
    default: return fmt::format("lacuna:{}", name_of(relation));
  }
}

void add_node(std::string& out, const Situation& situation, NodeId id) {
  const Graph& graph = situation.graph();
  const Node& node = graph.node(id);
  const auto name = [&](NodeId other) { return fmt::format("<{}>", urn_of(graph.node(other))); };
  Resource r(out, name(id), class_of(node.kind));
  const bool concept_like = class_of(node.kind) == "skos:Concept";
  r.text("dcterms:identifier", node.id);
  r.text(concept_like || node.kind == Kind::group ? "skos:prefLabel" : "dcterms:title", node.title);
  r.say("lacuna:kind", turtle_text(name_of(node.kind)));
  r.text(concept_like ? "skos:definition" : "dcterms:description", node.text);
  for (const std::string& alias : node.aliases) r.text("skos:altLabel", alias);
  r.text("lacuna:state", state_name(situation, id));
  for (const NodeDate& date : node.dates)
    r.say(date.what == "published" ? "dcterms:issued" : fmt::format("lacuna:{}", date.what), turtle_date(date.date));
  if (const auto address = turtle_address(node.address)) r.say("rdfs:seeAlso", *address);
  r.text("dcterms:source", node.source.name);
  for (const NodeId group : node.kind == Kind::deliverable ? graph.developers_of(id) : std::vector<NodeId>())
    r.say("dcterms:publisher", name(group));
  for (const LinkId l : graph.out(id)) {
    const Edge& edge = graph.edge(l);
    // What is said of covers links has its own resource; who develops a text stands with the text.
    if (edge.relation == Relation::covers || edge.relation == Relation::develops || !situation.counts(l)) continue;
    r.say(property_of(edge.relation, node.kind), name(edge.to));
  }
}

void add_coverage(std::string& out, const Graph& graph, LinkId id) {
  const Edge& edge = graph.edge(id);
  const EdgeText& text = graph.text(id);
  Resource r(out, fmt::format("<urn:lacuna:link:{}>", index(id)), "lacuna:Coverage, prov:Entity");
  r.say("lacuna:deliverable", fmt::format("<{}>", urn_of(graph.node(edge.from))));
  r.say("lacuna:need", fmt::format("<{}>", urn_of(graph.node(edge.to))));
  r.text("lacuna:degree", name_of(edge.degree));
  r.text("lacuna:status", name_of(edge.status));
  if (text.set_relation) r.text("lacuna:set-relation", name_of(*text.set_relation));
  r.text("lacuna:clause", text.clause);
  r.text("dcterms:description", text.rationale);
  r.text("lacuna:evidence", text.evidence);
  if (!text.by.empty()) r.say("prov:wasAttributedTo", fmt::format("[ a prov:Agent ; rdfs:label {} ]", turtle_text(text.by)));
  if (text.on) r.say("dcterms:created", turtle_date(*text.on));
}

/// The search behind what was not found, with the catalogues as they stood: the denominator.
void add_search(std::string& out, const Graph& graph, const SearchRecord& search, std::size_t number) {
  const std::string name = fmt::format("urn:lacuna:search:{}", number + 1);
  Resource r(out, fmt::format("<{}>", name), "prov:Activity");
  r.text("dcterms:identifier", search.record.id);
  r.say("prov:wasAssociatedWith", fmt::format("[ a prov:Agent ; rdfs:label {} ]", turtle_text(search.record.by)));
  r.say("prov:endedAtTime", turtle_date(search.record.on));
  for (const SearchedCatalogue& c : search.record.catalogues) {
    std::string set = fmt::format("[ a dcat:Dataset ; dcterms:title {}", turtle_text(c.name));
    if (c.records) set += fmt::format(" ; lacuna:records {}", *c.records);
    if (c.date) set += fmt::format(" ; dcterms:modified {}", turtle_date(*c.date));
    r.say("prov:used", set + " ]");
  }
  for (const std::string& body : search.record.not_searched) r.text("lacuna:not-searched", body);
  for (const NodeId need : search.needs) r.say("lacuna:need", fmt::format("<{}>", urn_of(graph.node(need))));
}

std::string write_turtle(const Situation& situation) {
  const Graph& graph = situation.graph();
  std::string out =
      "@prefix dcat: <http://www.w3.org/ns/dcat#> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
      "@prefix lacuna: <urn:lacuna:terms:> .\n@prefix org: <http://www.w3.org/ns/org#> .\n"
      "@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
      "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n";
  {
    Resource map(out, "<urn:lacuna:map>", "dcat:Dataset");
    map.text("dcterms:title", graph.info().title);
    map.text("dcterms:description", graph.info().about);
    map.say("lacuna:as-of", fmt::format("\"{}\"^^xsd:date", to_string(situation.as_of())));
  }
  for (std::size_t i = 0; i < graph.size(); ++i) add_node(out, situation, static_cast<NodeId>(i));
  for (std::size_t i = 0; i < graph.edges().size(); ++i) {
    if (graph.edge(static_cast<LinkId>(i)).relation == Relation::covers) add_coverage(out, graph, static_cast<LinkId>(i));
  }
  for (std::size_t i = 0; i < graph.searches().size(); ++i) add_search(out, graph, graph.searches()[i], i);
  return out;
}

}  // namespace

extern const ExchangeFormat turtle_format{
    .name = "turtle",
    .help = "linked data as Turtle, in the words of DCMI Terms, SKOS, ORG, PROV and DCAT",
    .leaves_out = "priorities, further attributes and links that do not count, but for covers links with their status",
    .write = write_turtle,
};

}  // namespace lacuna
